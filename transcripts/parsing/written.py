"""Written questions with their answer.

A head (number, who asks whom), a title, an introduction, the numbered questions, and the answer numbered alike.
The answer begins at a line that says so, else where the numbering begins again at 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.parsing.joining import Joiner
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, ends_sentence, sort_lines
from transcripts.parsing.names import recase, split_title, strip_title
from transcripts.parsing.transcript import (
    Capacity,
    DocumentKind,
    Item,
    Question,
    Reason,
    Speaker,
    Transcript,
    Turn,
)
from transcripts.reading.source import Source

KIND = "schriftelijke vraag"

_AND = r"\s{0,3}+(?:\.\s{0,3}+)?+(?:-|–|,|\+|&|/|en|tot en met|tot|t\.?e\.?m\.?)\s{0,3}+"
_NUMBERS = rf"\d{{1,2}}(?:{_AND}\d{{1,2}}){{0,9}}"
_NUMBERED = re.compile(rf"(?P<numbers>{_NUMBERS})\s?(?:[.)°](?:[)/])?|\s?/)(?=\s|$)\s*")
_ANSWER_TO = re.compile(
    rf"(?:antwoord(?:en)?(?:\s+op)?(?:\s+de)?(?:\s+(?:deel)?vra(?:ag|gen))?|ad|betreffende\s+vraag)\s+(?:nr\.\s*)?"
    rf"(?P<numbers>{_NUMBERS})\s*[.:)]?(?=\s|$)\s*",
    re.IGNORECASE,
)
_QUESTION_NO = re.compile(rf"(?:deel)?vra(?:ag|gen)\s+(?P<numbers>{_NUMBERS})\s*[.:)]?(?=\s|$)\s*", re.IGNORECASE)
_ANSWER = re.compile(
    r"(?:voorlopig\s+|aanvullend\s+|gecoördineerd\s+|gezamenlijk\s+)?antwoord(?:en)?"
    r"(?:\s+op\s+(?:(?:schriftelijke\s+|de\s+)*vraag|vragen)\b[^.?!]{0,80}|\s+van\s+[^.?!]{3,100})?(?:\s*:)?",
    re.IGNORECASE,
)
_APPENDIX = re.compile(r"(?:BIJLAGEN?|Bijlagen?)\s*(?:\(n\))?\s*:?\s*\d{0,2}")
_HEAD = re.compile(
    r"(?:VLAAMS PARLEMENT|Vlaams Parlement|SCHRIFTELIJKE VRAAG|Schriftelijke vraag)\b[^.?!]{0,60}"
    r"|(?:[Vv]raag\s+)?[Nn]r\.?\s*(?P<number>\d{1,5})\b[^.?!]{0,60}"
    r"|(?:[Vv]an|VAN)\s*:?\s+(?P<asker>[^.?!,]{3,60})"
    r"|(?:[Aa]an|AAN)\s*:?\s+(?P<addressee>[^.?!]{3,200})"
    r"|(?:[Dd]atum|DATUM)\s*:.{0,40}|\(?\d{4}-\d{4}\)?"
    r"|op\s+vraag\s+nr\.\s*\d+\b[^?!]{0,60}"
)
_FIRST_PERSON = re.compile(r"\b(?:ik|mijn|wij|we|ons|onze)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Part:
    """Rows spoken by one side: `answer_to` the numbers answered, `label` the span of the number or heading."""

    capacity: Capacity
    answer_to: str = ""
    rows: list[Row] = field(default_factory=list)
    start: int = -1


@dataclass(slots=True)
class _Head:
    number: str = ""
    asker: str = ""
    addressee: str = ""
    title: list[Row] = field(default_factory=list)


class _Written:
    """The state of the one pass over a written question."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sheet = sort_lines(source)
        self.rows = self.sheet.rows
        self.ledger = Ledger(self.sheet.marks)
        self.joiner = Joiner(source.text, self.sheet)
        self.head = _Head()
        self.parts: list[_Part] = []

    def read(self) -> None:
        rows = self.rows
        end = next((at for at, row in enumerate(rows) if at and _APPENDIX.fullmatch(row.text)), len(rows))
        for row in rows[end:]:
            self.ledger.add(row.start, row.end, Reason.NOTE)
        at = self._read_head(rows, end)
        marker = self._find_marker(at, end)
        if marker is not None:
            self._member(at, marker[0])
            self._answer(marker[1], end)
            return
        if any(_ANSWER_TO.match(row.text) and self._opens(i) for i, row in enumerate(rows[at:end], start=at)):
            self._alternating(at, end)
            return
        restart = self._find_restart(at, end)
        self._member(at, restart)
        self._answer(restart, end)

    def _opens(self, at: int) -> bool:
        row = self.rows[at]
        return (
            at == 0
            or row.gap
            or row.broken
            or ends_sentence(self.rows[at - 1].text)
            or len(self.rows[at - 1].text) < self.sheet.width * 0.6
        )

    def _number(self, at: int) -> re.Match[str] | None:
        return _NUMBERED.match(self.rows[at].text) if self.rows[at].text[0].isdigit() and self._opens(at) else None

    def _mark(self, rows: Sequence[Row], reason: Reason) -> None:
        for row in rows:
            self.ledger.add(row.start, row.end, reason)

    def _read_head(self, rows: Sequence[Row], end: int) -> int:
        """Read the head and the title; return the row after them."""
        at, known = 0, False
        while at < min(end, 30):
            text = rows[at].text
            found = _HEAD.fullmatch(text)
            if not found and not (known and text.isupper()):
                break
            known = True
            if found:
                self.head.number = self.head.number or found["number"] or ""
                self.head.asker = self.head.asker or strip_title(found["asker"] or "")
                self.head.addressee = self.head.addressee or (found["addressee"] or "").partition(",")[0].strip()
            self.ledger.add(rows[at].start, rows[at].end, Reason.HEADING)
            at += 1
        last = at
        while last < end and last - at < 4 and (last == at or not rows[last].gap):
            last += 1
        title = rows[at:last]
        alone = last < end and rows[last].gap
        if title and alone and not ends_sentence(title[-1].text) and not _NUMBERED.match(title[0].text):
            self.head.title = list(title)
            self._mark(title, Reason.HEADING)
            return last
        return at

    def _find_marker(self, begin: int, end: int) -> tuple[int, int] | None:
        """Find the line that opens the answer: (first row of its head, first row of the answer)."""
        for at in range(begin, end):
            row = self.rows[at]
            if len(row.text) > 140 or row.text[0] not in "ANTWOORDantwoordvgVGa" or not self._opens(at):
                continue
            if not _ANSWER.fullmatch(row.text) or _ANSWER_TO.fullmatch(row.text):
                continue
            first = at
            while first > begin and self.rows[first - 1].text.isupper() and len(self.rows[first - 1].text) < 200:
                first -= 1
            last = at + 1
            while last < min(end, at + 8) and (_HEAD.fullmatch(self.rows[last].text) or self.rows[last].text.isupper()):
                last += 1
            self._mark(self.rows[first:last], Reason.HEADING)
            self._name_minister(self.rows[first:at])
            return first, last
        return None

    def _name_minister(self, rows: Sequence[Row]) -> None:
        if rows and not self.head.addressee and "MINISTER" not in rows[0].text:
            self.head.addressee = rows[0].text

    def _find_restart(self, begin: int, end: int) -> int:
        """Find the row at which the numbering begins again: after the questions, at a page break if there is one."""
        ones: list[int] = []
        asked = False
        numbered = False
        for at in range(begin, end):
            found = self._number(at)
            if found and re.match(r"1\b", found["numbers"]):
                if numbered and asked:
                    ones.append(at)
                numbered = True
            asked = asked or "?" in self.rows[at].text
        if not ones:
            return end
        first = next((at for at in ones if self.rows[at].broken), ones[0])
        return self._introduction(begin, first)

    def _introduction(self, begin: int, first: int) -> int:
        """Walk back over the paragraphs of the answer that stand before its number 1."""
        at = first
        while at - 1 > begin and not self._number(at - 1):
            start = at - 1
            while start > begin and not (self.rows[start].gap or self.rows[start].broken) and not self._number(start):
                start -= 1
            words = " ".join(row.text for row in self.rows[start:at])
            if self._number(start) or "?" in words:
                break
            if not (self.rows[start].broken or _FIRST_PERSON.search(words)):
                break
            at = start
            if self.rows[start].broken:
                break
        return at

    def _member(self, begin: int, end: int) -> None:
        rows = [row for row in self.rows[begin:end] if not _HEAD.fullmatch(row.text) or len(row.text) > 70]
        kept = {row.start for row in rows}
        self._mark([row for row in self.rows[begin:end] if row.start not in kept], Reason.HEADING)
        if rows:
            self.parts.append(_Part(Capacity.MEMBER, rows=rows, start=rows[0].start))
            self._mark(rows, Reason.SPEECH)

    def _answer(self, begin: int, end: int) -> None:
        """Cut the answer at the numbers of the questions; a list inside an answer stays inside it."""
        numbers = [(at, found) for at in range(begin, end) if (found := self._any_number(at)) is not None]
        outer = _outer([int(re.findall(r"\d+", found["numbers"])[0]) for _, found in numbers])
        starts = {at: found for keep, (at, found) in zip(outer, numbers, strict=True) if keep}
        part: _Part | None = None
        for at in range(begin, end):
            row = self.rows[at]
            if (found := starts.get(at)) is not None:
                part = self._open(row, found)
            else:
                if part is None:
                    part = _Part(Capacity.MINISTER, start=row.start)
                    self.parts.append(part)
                part.rows.append(row)
                self.ledger.add(row.start, row.end, Reason.SPEECH)

    def _any_number(self, at: int) -> re.Match[str] | None:
        if found := self._number(at):
            return found
        text = self.rows[at].text
        if not self._opens(at) or len(text) < 4:
            return None
        return _ANSWER_TO.match(text) or _QUESTION_NO.fullmatch(text)

    def _open(self, row: Row, found: re.Match[str]) -> _Part:
        """Open the part that answers the numbers `found` at the head of `row`."""
        part = _Part(Capacity.MINISTER, _numbers(found["numbers"]), start=row.start)
        self.parts.append(part)
        words = row.text[found.end() :]
        begin = row.end - len(words)
        self.ledger.add(row.start, begin, Reason.SPEAKER_LABEL)
        if words:
            part.rows.append(row.tail(words))
            self.ledger.add(begin, row.end, Reason.SPEECH)
        return part

    def _alternating(self, begin: int, end: int) -> None:
        """Questions and answers in turn: “Vraag 1”, “Antwoord op vraag 1”, “Vraag 2”, …"""
        part: _Part | None = None
        for at in range(begin, end):
            row = self.rows[at]
            opens = self._opens(at)
            answer = _ANSWER_TO.match(row.text) if opens else None
            question = _QUESTION_NO.fullmatch(row.text) if opens else None
            if answer:
                part = self._open(row, answer)
                continue
            if question:
                part = _Part(Capacity.MEMBER, start=row.start)
                self.parts.append(part)
                self.ledger.add(row.start, row.end, Reason.SPEAKER_LABEL)
                continue
            if part is None:
                part = _Part(Capacity.MEMBER, start=row.start)
                self.parts.append(part)
            part.rows.append(row)
            self.ledger.add(row.start, row.end, Reason.SPEECH)


def _numbers(words: str) -> str:
    """Return "1-3" for "1 tot 3" and "1, 2" for "1 en 2", at most ten characters."""
    figures = re.findall(r"\d+", words)
    if len(figures) == 2 and re.search(r"-|–|tot|t\.?e\.?m", words):
        return "-".join(figures)
    joined = ", ".join(figures)
    return joined if len(joined) <= 10 else f"{figures[0]}-{figures[-1]}"


def _outer(numbers: Sequence[int]) -> list[bool]:
    """Tell which of the numbers at paragraph heads number the answers, and which a list inside one of them."""
    left: dict[int, int] = {}
    for number in numbers:
        left[number] = left.get(number, 0) + 1
    keep: list[bool] = []
    last = inner = 0
    for number in numbers:
        left[number] -= 1
        if inner and number == inner + 1 and (number != last + 1 or left[number]):
            inner = number
            keep.append(False)
        elif number > last and number <= last + 5:
            last, inner = number, 0
            keep.append(True)
        else:
            inner = number if number == 1 else inner
            keep.append(False)
    return keep


def parse_written_question(source: Source, *, minister: str = "") -> Transcript:
    """Parse a written question with its answer. The day of the answer is never in the text: `said_on` is None."""
    paper = _Written(source)
    paper.read()
    head = paper.head
    answering = minister or recase(split_title(head.addressee)[1])
    title = paper.joiner.join(head.title, one_paragraph=True).text if head.title else ""
    turns: list[Turn] = []
    for part in paper.parts:
        name = answering if part.capacity is Capacity.MINISTER else head.asker
        end = part.rows[-1].end if part.rows else part.start
        speaker = Speaker("", name, part.capacity)
        passage = paper.joiner.join(part.rows)
        turns.append(Turn(speaker, passage, part.start, end, source.page_at(part.start), (), part.answer_to))
    warnings = []
    if not any(turn.speaker.capacity is Capacity.MINISTER for turn in turns):
        warnings.append("No answer was found in this written question; only the question was read.")
    question = Question(head.number, "", head.asker, answering, "", title)
    text_end = max((turn.end for turn in turns), default=len(source.text.rstrip()))
    start = paper.rows[0].start if paper.rows else 0
    item = Item(KIND, title or KIND, (question,), tuple(turns), start, text_end, 1)
    return Transcript(
        kind=DocumentKind.WRITTEN_QUESTION,
        items=(item,),
        account=paper.ledger.close(source.text),
        title=title,
        warnings=tuple(warnings),
    )
