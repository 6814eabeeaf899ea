"""Parts a sentence that makes two promises, or one beside a remark: at a semicolon, at "en" or "maar", at a comma."""

import re
from collections.abc import Callable
from dataclasses import replace

from commitments.engine.statements.rules import Book
from commitments.engine.statements.weighing import Reading
from commitments.engine.types import Expression, ExpressionKind

# Where one main clause may end and another begin. What opens a clause of its own belongs to the clause before it.
_HANGS = r"dat|die|dit|waar\w*|wie|wat|welke?|hoe|of|om|zodat|omdat|terwijl|zoals|want|tegelijk\w*|dus|niet|ook"
_CUT = re.compile(
    r"(?:(?P<strong>;)|(?P<comma>,)(?: (?P<and>en|maar))?| (?P<bare>en|maar)) "
    rf"(?(and)|(?!(?:en|maar|als|indien|wanneer|zodra)\b))(?!(?:{_HANGS})\b)"
)
_OPENER = re.compile(
    r"\b(?:dat|die|waar\w*|wie|wat|welke?|hoe|of|om|als|indien|wanneer|zodra|zodat|omdat|terwijl|doordat|door|hoewel|nadat)\b"
)
_OPENS_ITSELF = re.compile(r"(?:als|indien|wanneer|zodra|omdat|terwijl|hoewel|nadat|mocht|om|door)\b")
_WORD = re.compile(r"[a-zà-ÿ]+")
_FEWEST_WORDS = 4
_MOST_CUTS = 6
_SUBJECTS = ("ik", "we")
# "… en leg de tekst voor": a verb without its subject, before what cannot follow a noun.
_BARE_VERB = re.compile(
    r"(?!\w+(?:heid|ing|teit|schap)\b)[a-zà-ÿ]{3,} (?:de|het|een|mijn|onze|die|deze|dit|dat|ze|hem|hen|er\w*|daar\w*|"
    r"hier\w*|u|nog|ook|nieuwe|extra|alle|elke|meer)\b"
)

# Weighs [a, b) of the text with these words put before it; the spans of the reading count from a.
Weigh = Callable[[int, int, str], Reading | None]


def part(
    book: Book, low: str, start: int, end: int, whole: Reading | None, weigh: Weigh
) -> list[tuple[int, int, Reading | None]]:
    """Return the spans that [start, end) of the folded text falls into, each with its reading; mostly the one it is.

    A semicolon parts wherever one of its sides promises something by itself. "en", "maar" and a comma part only two
    promises: each side must convince alone, and around a bare comma each must have a day of its own. A verb behind
    "en" without a subject takes over "ik" or "we" from the first side.
    """
    convinces = whole is not None and book.convinces(whole.log_odds)
    for number, cut in enumerate(_CUT.finditer(low, start, end)):
        if number == _MOST_CUTS:
            break
        if not cut["strong"] and not convinces:
            continue
        sides = _sides(book, low, start, cut, end, weigh)
        if sides:
            (left, right), at = sides, cut.end()
            if right and left and left.deadline and not right.deadline and right.start == 0 and _leads(left):
                # "In mei openen we het loket en sluiten we het oude": what stands in front holds for both
                right = replace(right, deadline=_move(left.deadline, start - at))
            return [(start, cut.start() + (1 if cut["strong"] else 0), left), *part(book, low, at, end, right, weigh)]
    return [(start, end, whole)]


def _sides(
    book: Book, low: str, start: int, cut: re.Match[str], end: int, weigh: Weigh
) -> tuple[Reading | None, Reading | None] | None:
    """Return the readings of both sides of a cut, or None where the sentence is not to be parted there."""
    before, after = low[start : cut.start()], low[cut.end() : end]
    if min(before.count(" "), after.count(" ")) < _FEWEST_WORDS - 1:
        return None
    if not cut["strong"]:
        last = before[before.rfind(",") + 1 :]
        if _OPENS_ITSELF.match(before) or (_OPENER.search(last) and not cut["comma"]):
            return None
    left = weigh(start, cut.start(), "")
    if not cut["strong"] and not (left and book.convinces(left.log_odds)):
        return None
    right = weigh(cut.end(), end, "")
    if not (right and book.convinces(right.log_odds)) and left and (cut["and"] or cut["bare"]):
        said = _WORD.findall(before) if _BARE_VERB.match(after) else ()
        subject = next((word for word in _SUBJECTS if word in said), "")
        right = weigh(cut.end(), end, f"{subject} ") if subject else right
        right = right if right and right.start == 0 else None
    one, other = bool(left and book.convinces(left.log_odds)), bool(right and book.convinces(right.log_odds))
    if cut["strong"]:
        return (left, right) if one or other else None
    if not (one and other and left and right):
        return None
    if cut["comma"] and not cut["and"] and not (_dated(left) and _dated(right) and _leads(right)):
        return None
    return left, right


def _dated(reading: Reading) -> bool:
    return reading.deadline is not None and reading.deadline.kind is ExpressionKind.DEADLINE


def _leads(reading: Reading) -> bool:
    """Tell whether the deadline stands in front."""
    return reading.deadline is not None and reading.deadline.start < 2


def _move(e: Expression, by: int) -> Expression:
    return e._replace(start=e.start + by, end=e.end + by)
