"""Parts a sentence that makes two promises, or one beside a remark: at a semicolon, at "en" or "maar", at a comma."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from commitments.engine.statements.rules import Book
from commitments.engine.statements.weighing import Reading
from commitments.engine.types import Expression

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
    book: Book, low: str, start: int, end: int, whole: Reading | None, days: Callable[[], Sequence[int]], weigh: Weigh
) -> list[tuple[int, int, Reading | None]]:
    """Return the spans that [start, end) of the folded text falls into, each with its reading; mostly the one it is.

    days  asked for where the deadlines of the sentence begin

    A semicolon parts wherever one of its sides promises something by itself. "en", "maar" and a comma part only two
    promises: each side must convince alone, and around a bare comma each must have a day of its own, the second one in
    front. A verb behind "en" without a subject takes over "ik" or "we" from the first side.
    """
    convinces = _convincing(book, whole)
    if not convinces and low.find(";", start, end) < 0:
        return [(start, end, whole)]
    for number, cut in enumerate(_CUT.finditer(low, start, end)):
        if number == _MOST_CUTS:
            break
        if not cut["strong"] and not convinces:
            continue
        sides = _sides(book, low, start, cut, end, days, weigh)
        if sides:
            (left, right), at = sides, cut.end()
            if right and left and left.deadline and not right.deadline and right.start == 0 and _leads(left):
                # "In mei openen we het loket en sluiten we het oude": what stands in front holds for both
                right = replace(right, deadline=_move(left.deadline, start - at))
            first = (start, cut.start() + (1 if cut["strong"] else 0), left)
            return [first, *part(book, low, at, end, right, days, weigh)]
    return [(start, end, whole)]


def _sides(
    book: Book, low: str, start: int, cut: re.Match[str], end: int, days: Callable[[], Sequence[int]], weigh: Weigh
) -> tuple[Reading | None, Reading | None] | None:
    """Return the readings of both sides of a cut, or None where the sentence is not to be parted there."""
    before, after = low[start : cut.start()], low[cut.end() : end]
    if min(before.count(" "), after.count(" ")) < _FEWEST_WORDS - 1:
        return None
    if cut["strong"]:
        left, right = weigh(start, cut.start(), ""), weigh(cut.end(), end, "")
        return (left, right) if _convincing(book, left) or _convincing(book, right) else None
    if _OPENS_ITSELF.match(before) or (not cut["comma"] and _OPENER.search(before, before.rfind(",") + 1)):
        return None
    if cut["comma"] and not cut["and"] and not (any(day < cut.start() for day in days()) and cut.end() in days()):
        return None
    right = weigh(cut.end(), end, "")
    if not _convincing(book, right) and (cut["and"] or cut["bare"]) and _BARE_VERB.match(after):
        said = _WORD.findall(before)
        subject = next((word for word in _SUBJECTS if word in said), "")
        right = weigh(cut.end(), end, f"{subject} ") if subject else None
        right = right if right and right.start == 0 else None
    if not right or not _convincing(book, right) or " en " in after[: right.start]:
        # "… en gebouwen en verbreedt dat": the cut stands inside a list, not between two clauses
        return None
    left = weigh(start, cut.start(), "")
    return (left, right) if _convincing(book, left) else None


def _convincing(book: Book, reading: Reading | None) -> bool:
    return reading is not None and book.convinces(reading.log_odds)


def _leads(reading: Reading) -> bool:
    """Tell whether the deadline stands in front."""
    return reading.deadline is not None and reading.deadline.start < 2


def _move(e: Expression, by: int) -> Expression:
    return e._replace(start=e.start + by, end=e.end + by)
