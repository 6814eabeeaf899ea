"""Written questions with their answer.

A head (number, who asks whom), a title, an introduction, the numbered questions, and the answer numbered alike.
The answer begins at a line that says so, else where the numbering begins again at 1.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.messages import Sentence
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
from transcripts.parsing.written_head import OFFICE, addressee_of, read_head_line
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
_TO_HEAD = re.compile(
    r"op\s+(?:de\s+)?(?:schriftelijke\s+)?vraag\s+(?:met\s+)?(?:nr\.?|nummer)\s*\d+\b[^?!]{0,60}", re.IGNORECASE
)
_SPOKEN_ANSWER = re.compile(r"antwoord(?:en)?\s*:\s*(?=\S)", re.IGNORECASE)
_HEAD_ROWS, _TITLE_ROWS = 30, 4
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
        self.ledger = Ledger(source.text, self.sheet.marks)
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
        if self._alternates(at, end):
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
        at, known, office = 0, False, False
        while at < min(end, _HEAD_ROWS):
            row = rows[at]
            found = read_head_line(row.text)
            upper = row.text.isupper() and not (office and row.gap)
            open_end = at > 0 and rows[at - 1].text.endswith((",", " en", " van"))
            continued = office and not row.gap and (row.text[0].islower() or open_end)
            if not found and not (known and (OFFICE.match(row.text) or upper or continued)):
                break
            known = True
            office = bool(OFFICE.search(row.text)) or (office and not found)
            if found:
                self.head.number = self.head.number or found["number"] or ""
                self.head.asker = self.head.asker or strip_title(found["asker"] or "")
                self.head.addressee = self.head.addressee or addressee_of(found["addressee"] or "")
            self.ledger.add(row.start, row.end, Reason.HEADING)
            at += 1
        last = self._title_end(at, end, known)
        self.head.title = list(rows[at:last])
        self._mark(self.head.title, Reason.HEADING)
        return last

    def _title_end(self, at: int, end: int, known: bool) -> int:
        """Return the row after the title that begins at `at`; `at` itself where none does.

        A title stands alone above an empty line. Under a head it may also stand in a text without empty lines, as out
        of a PDF: then the next sentence begins on a line of its own.
        """
        rows = self.rows
        last = at
        while last < end and last - at < _TITLE_ROWS and (last == at or not rows[last].gap):
            last += 1
        if last >= end or _NUMBERED.match(rows[at].text):
            return at
        if rows[last].gap and not any(ends_sentence(row.text) for row in rows[at:last]):
            return last
        last = at + 1
        while last < end and last - at < _TITLE_ROWS and rows[last].text[0].islower():
            last += 1
        alone = known and last < end and not any(ends_sentence(row.text) for row in rows[at:last])
        return last if alone else at

    def _find_marker(self, begin: int, end: int) -> tuple[int, int] | None:
        """Find the line that opens the answer: (first row of its head, first row of the answer)."""
        for at in range(begin, end):
            if not self._says_answer(at):
                continue
            first = at
            while first > begin and self.rows[first - 1].text.isupper() and len(self.rows[first - 1].text) < 200:
                first -= 1
            last = self._answer_head_end(at, end)
            self._mark(self.rows[first:last], Reason.HEADING)
            self._name_minister(self.rows[first:at])
            return first, last
        return None

    def _says_answer(self, at: int) -> bool:
        """Tell whether a row is the heading of an answer; in capitals it needs no empty line before it."""
        text = self.rows[at].text
        if len(text) > 140 or text[0] not in "ANTWOORDantwoordvgVGa":
            return False
        if not _ANSWER.fullmatch(text) or _ANSWER_TO.fullmatch(text):
            return False
        return text.isupper() or self._opens(at)

    def _answer_head_end(self, at: int, end: int) -> int:
        """Return the row after the heading of an answer: to which question, of whom."""
        last = at + 1
        while last < min(end, at + 8):
            text = self.rows[last].text
            if not (_TO_HEAD.fullmatch(text) or read_head_line(text) or text.isupper()):
                break
            last += 1
        return last

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
        if rows := self.rows[begin:end]:
            self.parts.append(_Part(Capacity.MEMBER, rows=rows, start=rows[0].start))
            self._mark(rows, Reason.SPEECH)

    def _answer(self, begin: int, end: int) -> None:
        """Cut the answer at the numbers of the questions; a list inside an answer stays inside it."""
        numbers = [(at, found) for at in range(begin, end) if (found := self._any_number(at)) is not None]
        outer = _outer([int(re.findall(r"\d+", found["numbers"])[0]) for _, found in numbers])
        starts = {at: found for keep, (at, found) in zip(outer, numbers, strict=True) if keep}
        part: _Part | None = None
        heads = begin
        for at in range(begin, end):
            row = self.rows[at]
            if (found := starts.get(at)) is not None:
                part = self._open(row, found.end(), Capacity.MINISTER, _numbers(found["numbers"]))
            elif at < heads:
                continue
            elif row.text.isupper() and self._says_answer(at):  # a second answer, which completes the first
                heads = self._answer_head_end(at, end)
                self._mark(self.rows[at:heads], Reason.HEADING)
                part = None
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

    def _open(self, row: Row, label: int, capacity: Capacity, answer_to: str) -> _Part:
        """Open a part with the words of `row` after its label, which has `label` characters."""
        part = _Part(capacity, answer_to, start=row.start)
        self.parts.append(part)
        words = row.text[label:]
        begin = row.end - len(words)
        self.ledger.add(row.start, begin, Reason.SPEAKER_LABEL)
        if words:
            part.rows.append(row.tail(words))
            self.ledger.add(begin, row.end, Reason.SPEECH)
        return part

    def _alternates(self, begin: int, end: int) -> bool:
        """Tell whether answers stand under their questions: one says to which it answers, or several begin so."""
        spoken = 0
        for at in range(begin, end):
            text = self.rows[at].text
            if text[0] not in "AaBb" or not self._opens(at):
                continue
            if _ANSWER_TO.match(text):
                return True
            spoken += bool(_SPOKEN_ANSWER.match(text))
        return spoken > 1

    def _alternating(self, begin: int, end: int) -> None:
        """Questions and answers in turn: “Vraag 1”, “Antwoord op vraag 1”, “Vraag 2”, …"""
        part: _Part | None = None
        asked = ""
        for at in range(begin, end):
            row = self.rows[at]
            opens = self._opens(at)
            if opens and (found := _ANSWER_TO.match(row.text)):
                part = self._open(row, found.end(), Capacity.MINISTER, _numbers(found["numbers"]))
            elif opens and (found := _QUESTION_NO.match(row.text)) and _is_label(found, row.text):
                asked = _numbers(found["numbers"])
                part = self._open(row, found.end(), Capacity.MEMBER, "")
            elif opens and (found := _SPOKEN_ANSWER.match(row.text)):
                part = self._open(row, found.end(), Capacity.MINISTER, asked)
            else:
                if part is None:
                    part = _Part(Capacity.MEMBER, start=row.start)
                    self.parts.append(part)
                part.rows.append(row)
                self.ledger.add(row.start, row.end, Reason.SPEECH)


def _is_label(found: re.Match[str], text: str) -> bool:
    """Tell whether “Vraag 1” is the label of a question: alone on its line, or with a sign after it."""
    return found.end() == len(text) or found[0].rstrip()[-1] in ".:)"


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
    title = " ".join(paper.joiner.join(head.title, one_paragraph=True).text.split())
    turns: list[Turn] = []
    for part in paper.parts:
        name = answering if part.capacity is Capacity.MINISTER else head.asker
        end = part.rows[-1].end if part.rows else part.start
        speaker = Speaker("", name, part.capacity)
        passage = paper.joiner.join(part.rows)
        turns.append(Turn(speaker, passage, part.start, end, source.page_at(part.start), (), part.answer_to))
    warnings = []
    if not any(turn.speaker.capacity is Capacity.MINISTER for turn in turns):
        warnings.append(Sentence.NO_ANSWER())
    question = Question(head.number, "", head.asker, answering, "", title)
    text_end = max((turn.end for turn in turns), default=len(source.text.rstrip()))
    start = paper.rows[0].start if paper.rows else 0
    item = Item(KIND, title or KIND, (question,), tuple(turns), start, text_end, 1)
    return Transcript(
        kind=DocumentKind.WRITTEN_QUESTION,
        items=(item,),
        account=paper.ledger.close(),
        title=title,
        warnings=tuple(warnings),
    )
