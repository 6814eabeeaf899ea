"""What a report page prints above its speeches, line by line: the committee, the day, the chair, who asks whom what.

Joined questions are listed one after the other: each is a kind with its subject, who asks whom, and a number, in any
order. What is none of these is left to the caller.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from transcripts.parsing import names
from transcripts.parsing.dates import find_date
from transcripts.parsing.headings import QUESTION_KINDS, question_kind, read_number
from transcripts.parsing.placeholders import is_notice
from transcripts.parsing.transcript import Question, Reason

_KINDS = tuple(sorted(QUESTION_KINDS, key=len, reverse=True))
_LONGEST_KIND = len(_KINDS[0])
_MEETING = re.compile(
    r"(?:(?:voorlopig|woordelijk)\s+)?(?:verslag\s+)?(?:van\s+de\s+)?(?:(?:commissie)?vergadering\s*)?(?:van\s+(?:de\s+)?|[-–:|]\s*)?"
    r"(?P<committee>(?:verenigde\s+)?commissies?\s+(?:voor|ad\s+hoc|inzake)\b.{3,200})",
    re.IGNORECASE,
)
_COVER = re.compile(
    r"U bent hier|Home|Plenaire vergadering|Commissievergadering"
    r"|Verslag(?: van)?(?: de)?(?: plenaire)?(?: vergadering)?"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag \d{1,2} \w+ \d{4}.{0,40}",
    re.IGNORECASE,
)
_PARTIES = re.compile(r"van\s*(?P<asker>.{3,60}?)\s*aan\s*(?P<addressee>\S.{3,250})", re.IGNORECASE)
_CHAIR = re.compile(r"voorzitter\s*:?\s*(?P<name>.{0,60})", re.IGNORECASE)


@dataclass(slots=True)
class _Asked:
    kind: str = ""
    subject: str = ""
    asker: str = ""
    addressee: str = ""
    number: str = ""
    session: str = ""


@dataclass(slots=True)
class PageHead:
    """What was read; empty where it was not printed. runs: (start, end, reason) of the lines that were understood."""

    committee: str = ""
    chair: str = ""
    date: str = ""
    provisional: bool = False
    kind: str = ""
    subject: str = ""
    questions: list[Question] = field(default_factory=list)
    runs: list[tuple[int, int, Reason]] = field(default_factory=list)


def read_page_head(lines: Iterable[tuple[str, int]]) -> PageHead:
    """Read the lines (words, offset in the text as read) that stand above the speeches of one agenda item."""
    head = PageHead()
    asked: list[_Asked] = []
    waits = ""  # for the line below: "chair"
    for words, start in lines:
        waited, waits = waits, ""
        reason = Reason.HEADING
        if waited and names.looks_like_name(names.strip_title(words)):
            head.chair = names.strip_title(words)
            reason = Reason.COVER
        elif (found := _CHAIR.fullmatch(words)) and _is_name_or_nothing(found["name"]):
            head.chair = names.strip_title(found["name"])
            waits = "" if head.chair else "chair"
            reason = Reason.COVER
        elif found := _MEETING.fullmatch(words):
            head.committee = head.committee or found["committee"].strip()
            reason = Reason.COVER
        elif _COVER.fullmatch(words):
            head.date = head.date or (words if find_date(words) else "")
            reason = Reason.COVER
        elif is_notice(words):
            head.provisional = True
            reason = Reason.NOTE
        elif not _read_question(words, asked):
            continue
        head.runs.append((start, start + len(words), reason))
    head.kind = next((one.kind for one in asked if one.kind), "")
    head.subject = next((one.subject for one in asked if one.subject), "")
    head.questions = [_question(one) for one in asked if one.asker or one.number]
    return head


def kind_of(words: str) -> str:
    """Return the kind of question that `words` begin with, in the singular; empty where they begin with none."""
    return question_kind(_printed_kind(words.strip()).casefold())


def opens_question(words: str) -> bool:
    """Tell whether a line prints the kind and the subject of a question: "Vraag om uitleg over fietspaden"."""
    kind = _printed_kind(words)
    return bool(kind) and re.match(r"\s*(?:over\b|:|$)", words[len(kind) :]) is not None


def names_asker(words: str) -> bool:
    """Tell whether a line says who asks whom: "van Jan Maes aan minister Els Wouters"."""
    return _parties(words) is not None


def _printed_kind(words: str) -> str:
    folded = words[:_LONGEST_KIND].casefold()
    if not folded.startswith(_KINDS):
        return ""
    return next(words[: len(kind)] for kind in _KINDS if folded.startswith(kind))


def _read_question(words: str, asked: list[_Asked]) -> bool:
    """Read one line of a question into the last of `asked`, or into a new one where that one has it already."""
    number = read_number(words)
    if number and number.start == 0:
        _current(asked, "number").number = number.number
        asked[-1].session = number.session
    elif parties := _parties(words):
        one = _current(asked, "asker")
        one.asker, one.addressee = parties
    elif opens_question(words):
        one = _current(asked, "kind")
        kind = _printed_kind(words)
        one.kind, rest = question_kind(kind.casefold()), words[len(kind) :]
        if number:
            one.number, one.session, rest = number.number, number.session, words[len(kind) : number.start]
        one.subject = _subject(rest)
    elif asked and asked[-1].kind and not asked[-1].subject and words.casefold().startswith("over "):
        asked[-1].subject = _subject(words)
    else:
        return False
    return True


def _current(asked: list[_Asked], name: str) -> _Asked:
    if not asked or getattr(asked[-1], name):
        asked.append(_Asked())
    return asked[-1]


def _parties(words: str) -> tuple[str, str] | None:
    found = _PARTIES.fullmatch(words)
    if not found:
        return None
    asker = names.strip_title(found["asker"])
    title, name = names.split_title(found["addressee"])
    if not (names.looks_like_name(asker) and names.is_minister_title(title) and name):
        return None
    return asker, found["addressee"]


def _subject(words: str) -> str:
    return re.sub(r"^over\s+", "", words.strip(" ,:–-"), flags=re.IGNORECASE)


def _question(one: _Asked) -> Question:
    title, name = names.split_title(one.addressee)
    return Question(one.number, one.session, one.asker, names.recase(name), title, one.subject)


def _is_name_or_nothing(words: str) -> bool:
    return not words or names.looks_like_name(names.strip_title(words))
