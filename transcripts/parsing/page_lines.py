"""Report pages of which the words alone are left: the lines are marked as a page of today marks its speeches."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from sys import maxsize

from transcripts.parsing import names
from transcripts.parsing.dates import find_date
from transcripts.parsing.floor import GIVEN, announced
from transcripts.parsing.marked import printed_label
from transcripts.parsing.notes import is_stage_note
from transcripts.parsing.page_head import names_asker, opens_question
from transcripts.parsing.transcript import Capacity
from transcripts.reading.source import Mark, Role, Source

_CLOSING_LINE = re.compile(
    r"(?:De|Het)\s(?:[\w-]+\s){0,3}?(?:vraag|vragen|interpellatie|bespreking|incident|gedachtewisseling|vergadering|debat)"
    r"(?:\s[\w-]+){0,3}\s(?:is|zijn)\s(?:hierbij\s)?(?:afgehandeld|gesloten|beëindigd)\."
)
CHAIR = "De voorzitter"
LONGEST_LABEL = 90  # characters
_LONGEST_NAME = 45
_COVER = re.compile(
    r"U bent hier|Home|Voorzitter|Plenaire vergadering|Commissievergadering|Verslag(?: van de vergadering)?"
    r"|(?:maan|dins|woens|donder|vrij|zater|zon)dag \d{1,2} \w+ \d{4}.{0,40}",
    re.IGNORECASE,
)
_COMMITTEE = re.compile(r"(?:verenigde )?commissies? (?:voor|ad hoc|inzake)\b.{3,200}", re.IGNORECASE)
_HEAD_REACH = 3  # lines under the subject of a question in which it is said who asks


@dataclass(slots=True)
class Line:
    """A line that has words, without the white space around them; start: its offset in the text as read."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def mark_lines(source: Source) -> Source:
    """Mark the speeches of a page whose words alone are left, one paragraph a line."""
    furniture = [mark for mark in source.marks if mark.role in (Role.HEADER, Role.FOOTER)]
    covered = {mark.start for mark in furniture}
    lines = [line for line in lines_of(source.text) if line.start not in covered]
    called = {names.fold(f"X {names.strip_title(name)}") for name in _floor_givings(lines)}
    marks: list[Mark] = list(furniture)
    open_at: Line | None = None
    label = given = False
    last = None
    heads: list[Line] = []
    firsts = [0]  # in `heads`, of each item

    def close() -> None:
        if open_at is not None and last is not None:
            marks.append(Mark(open_at.start, last.end, Role.SPEECH, "", _chair_of(open_at, source.text)))

    for at, line in enumerate(lines):
        if (
            open_at is not None
            and opens_question(line.text)
            and any(names_asker(below.text) for below in lines[at + 1 : at + 1 + _HEAD_REACH])
        ):
            close()
            firsts.append(len(heads))
            open_at, last = None, None
            label = given = False
        is_label = _is_label(line.text, called) or (open_at is not None and _is_bare_name(line, last))
        if open_at is None and (line.text.rstrip(" :") == "Voorzitter" or names_asker(line.text)):
            is_label = False
        stage = line.text[0] in "–—-" and is_stage_note(line.text)
        gives = bool(GIVEN.match(line.text)) and line.text.endswith(".") and len(line.text) < 200
        if stage:
            marks.append(Mark(line.start, line.end, Role.NOTE))
            if open_at is not None:
                last = line
            continue
        closing = bool(_CLOSING_LINE.fullmatch(line.text)) and not (label and _is_chair(open_at))
        if is_label or closing or (given and not label) or (gives and not (label and _is_chair(open_at))):
            close()
            open_at, label = line, is_label
            if is_label:
                marks.append(Mark(line.start, line.end, Role.SPEAKER))
        elif open_at is None:
            heads.append(line)
            continue
        elif given and label:
            close()
            open_at, label = line, False
        last = line
        given = gives or (bool(announced(line.text)) and _is_chair(open_at))
        if gives:
            label = False
    close()
    marks += [Mark(line.start, line.end, Role.COVER if _is_cover(line.text) else Role.HEADING) for line in heads]
    marks += _items([heads[first:last] for first, last in pairwise([*firsts, len(heads)])], marks)
    order = {role: at for at, role in enumerate(Role)}
    marks.sort(key=lambda mark: (mark.start, -mark.end, order[mark.role]))
    date = next((line.text for line in heads if find_date(line.text)), "")
    hints = source.hints | ({"date": date} if date and "date" not in source.hints else {})
    return replace(source, marks=tuple(marks), hints=hints)


def _items(heads: Sequence[Sequence[Line]], marks: Sequence[Mark]) -> Iterator[Mark]:
    """Mark the items: each has its lines in `heads`, and the speeches up to the lines of the next."""
    bounds = [0, *(lines[0].start for lines in heads[1:]), maxsize]
    for lines, (begin, end) in zip(heads, pairwise(bounds), strict=True):
        speeches = [mark for mark in marks if mark.role is Role.SPEECH and begin <= mark.start < end]
        if speeches:
            title = next((line.text for line in reversed(lines) if not _is_cover(line.text)), "")
            facts = {"title": title} if title else {}
            yield Mark(speeches[0].start, max(mark.end for mark in speeches), Role.ITEM, "", facts)


def lines_of(text: str) -> Iterator[Line]:
    """Yield the lines of `text` that have words."""
    start = 0
    for line in text.split("\n"):
        words = line.strip()
        if words:
            yield Line(words, start + line.index(words[0]))
        start += len(line) + 1


def _floor_givings(lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        if "woord" in line.text:
            for found in GIVEN.finditer(line.text):
                yield str(found["who"] or found["next"] or found["then"])


def _is_label(words: str, called: set[str]) -> bool:
    """Tell whether a line is the bare label of a speaker: a name with a party or a title, or one that was announced."""
    if len(words) > LONGEST_LABEL or words[-1] in ".?!:;,…”":
        return False
    found = printed_label(words)
    if found is None:
        return False
    return found.sure or names.fold(f"X {names.family_name(words)}") in called


def _is_bare_name(line: Line, last: Line | None) -> bool:
    """Tell whether a line inside a report is a name alone, under a paragraph that has ended."""
    if len(line.text) > _LONGEST_NAME or last is None or last.text[-1] not in ".?!)”…:":
        return False
    return names.looks_like_name(line.text)


def _is_chair(line: Line | None) -> bool:
    return line is not None and (line.text.startswith(CHAIR) or bool(GIVEN.match(line.text)))


def _chair_of(line: Line, text: str) -> dict[str, str]:
    """A speech that begins with giving the floor, or with closing an item, is the chair's."""
    chair = GIVEN.match(text, line.start) or _CLOSING_LINE.match(text, line.start)
    return {"capacity": Capacity.CHAIR.value} if chair else {}


def _is_cover(words: str) -> bool:
    return bool(_COVER.fullmatch(words) or _COMMITTEE.fullmatch(words))
