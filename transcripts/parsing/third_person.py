"""Reports in the third person: "Minister X antwoordt dat …", as in a *Verslag namens de commissie*.

A paragraph is said by the person its first sentence names with a verb of saying; one that only points back ("Hij voegt
eraan toe") or names nobody goes with whom the report named last in the same section, or with whom the heading of the
section names. Inside a paragraph only a verb of answering changes who speaks: what a member retells of a minister stays
the member's. What is about the course of the meeting is a note; what nobody can be named for has no speaker.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.messages import Message, Sentence
from transcripts.parsing import headings
from transcripts.parsing.bounds import refuse_more_turns
from transcripts.parsing.cover import Meeting, read_headers
from transcripts.parsing.joining import Joiner, cut
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, ends_sentence, opens_paragraph, sort_lines
from transcripts.parsing.names import strip_title
from transcripts.parsing.placeholders import is_notice, told_provisional
from transcripts.parsing.reported import DATA, Roster, read_sentence, tells_an_answer
from transcripts.parsing.speakers import read_label
from transcripts.parsing.third_person_cover import read_told_cover
from transcripts.parsing.third_person_signs import CHAIR, ON_BEHALF, START
from transcripts.parsing.transcript import (
    Capacity,
    DocumentKind,
    Item,
    Passage,
    Question,
    Reason,
    Speaker,
    Transcript,
    Turn,
)
from transcripts.parsing.word_tree import any_of
from transcripts.reading.source import Source

_NUMBERED = re.compile(r"(?P<level>(?:\d{1,2}\.){0,3}\d{1,2}|[IVX]{1,5}|[A-H])\.?\s+(?P<title>[A-ZÀ-Ý].{2,200})$")
_HEADINGS = re.compile(rf"{any_of(DATA['headings'])}\b.{{0,120}}$", re.IGNORECASE)
_COURSE = re.compile(rf"{any_of(DATA['course'])}\b", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r".{3,160}?(?:[\s.…]{2,}|\s)\d{1,3}$")
_CONTENTS = frozenset(("inhoud", "inhoudsopgave", "inhoudstafel"))
_SENTENCE = re.compile(r"(?<=[.?!])[”’)]?\s+(?=[A-ZÀ-Ý“‘])")
_PAPER_HEADER = re.compile(
    r"(?:\d{1,4}\s+)?(?:[Ss]tuk\s+)?\d{1,5}(?:-[A-Z])?\s\(\d{4}-\d{4}\)\s[–—-]\s[Nn]r\.\s?\d{1,3}(?:\s+\d{1,4})?"
)
_SIGNED = re.compile(
    r"(?:[A-ZÀ-Ý][^.?!]{2,120},\s+(?:verslag(?:gevers?|geefsters?)|voorzitter)\s*)+"
    r"|(?:[A-ZÀ-Ý][\w’'-]+(?:\s+[A-ZÀ-Ý’'-]{2,}){1,4}\s*){1,4}"
)
_NUMBER_LINE = re.compile(r"[–—-]\s*\d{1,5}(?:-[A-Z])?\s*\(\d{4}-\d{4}\)")
_TITLE = "bespreking"


@dataclass(slots=True)
class _Part:
    """Words of one speaker in a row: passages with a paragraph break between; over once anything else follows."""

    speaker: Speaker
    passages: list[Passage] = field(default_factory=list)
    over: bool = False


@dataclass(slots=True)
class _Section:
    title: str
    start: int
    kind: str = _TITLE
    heading: Speaker | None = None
    questions: list[Question] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    last: Speaker | None = None
    minister: str = ""  # who spoke last
    end: int = 0

    def interrupt(self) -> None:
        """Note that whoever was named last does not simply go on."""
        self.last = None
        for part in self.parts[-1:]:
            part.over = True


class _Telling:
    """The state of the one pass."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sheet = sort_lines(source)
        self.rows = self.sheet.rows
        self.ledger = Ledger(source.text, self.sheet.marks)
        self.joiner = Joiner(source.text, self.sheet)
        self.roster = Roster()
        self.roster.learn(source.text)
        self.meeting = read_headers(self.sheet.headers)
        self.sections: list[_Section] = []
        self.chair = ""
        self.minister = self.roster.only_minister()
        self.unnamed: list[int] = []
        self.followed = 0
        self.turns = 0
        self.noticed = False

    def read(self) -> None:
        at = self._cover()
        self._drop_paper_headers(at)
        while at < len(self.rows):
            end = self._paragraph_end(at)
            if self._is_heading(at, end):
                self._open(self.rows[at:end])
            else:
                self._paragraph(self.rows[at:end])
            at = end

    def _drop_paper_headers(self, at: int) -> None:
        """Take the number of the paper, at the head or foot of its pages, out of what follows the cover."""
        kept: list[Row] = self.rows[:at]
        broken = False
        for row in self.rows[at:]:
            if "r." in row.text and _PAPER_HEADER.fullmatch(row.text):
                self.ledger.add(row.start, row.end, Reason.PAGE_HEADER)
                broken = True
                continue
            kept.append(row._replace(broken=True) if broken else row)
            broken = False
        self.rows = kept

    def _cover(self) -> int:
        """Take all before the first paragraph that tells something: cover, members, contents. Return where it ends."""
        at = 0
        named = ON_BEHALF.search(self.source.text[:START])
        least = named.end() if named else 0
        contents = False
        before: list[Row] = []
        while at < len(self.rows):
            end = self._paragraph_end(at)
            words = self.joiner.join(self.rows[at:end], one_paragraph=True).text
            found = read_sentence(words, self.roster, self.minister)
            begun = self.rows[at].start >= least
            if (begun and found.speaker is not None) or (
                begun and self._is_heading(at, end) and not _CONTENTS_LINE.match(words)
            ):
                break
            if words.casefold() in _CONTENTS:
                contents = True
            if chair := CHAIR.search(words):
                self.chair = self.chair or strip_title(chair["who"])
            for row in self.rows[at:end]:
                if contents and (_CONTENTS_LINE.match(row.text) or row.text.casefold() in _CONTENTS):
                    self.ledger.add(row.start, row.end, Reason.CONTENTS)
                else:
                    contents = contents and not before
                    self.ledger.add(row.start, row.end, Reason.COVER)
                    before.append(row)
            at = end
        self.noticed = any(is_notice(row.text) for row in before)
        read_told_cover(before, self.source.text[:START], self.meeting)
        return at

    def _paragraph_end(self, at: int) -> int:
        end = at + 1
        if self._looks_numbered(at) or self._kind(at):
            while end < len(self.rows) and not self.rows[end].gap and self._kind(at) and end - at < 12:
                end += 1
            if end < len(self.rows) and self._kind(at) and _NUMBER_LINE.fullmatch(self.rows[end].text):
                end += 1
            return end
        while end < len(self.rows) and not opens_paragraph(self.rows[end - 1], self.rows[end], self.sheet.width):
            if self._looks_numbered(end) or (self.rows[end].gap and not self.rows[end].broken):
                break
            if self.rows[end].broken and ends_sentence(self.rows[end - 1].text) and self._names_somebody(end):
                break
            end += 1
        return end

    def _names_somebody(self, at: int) -> bool:
        words = self.joiner.join(self.rows[at : at + 3], one_paragraph=True).text
        return read_sentence(words, self.roster, self.minister).speaker is not None

    def _kind(self, at: int) -> str:
        kind = headings.heading_kind(self.rows[at].text)
        return kind if kind and headings.is_loud(kind, self.rows[at].text) else ""

    def _looks_numbered(self, at: int) -> bool:
        row = self.rows[at]
        if (
            not (row.gap or row.broken or at == 0)
            or not _NUMBERED.match(row.text)
            or row.text.endswith((".", ":", ";", "?"))
        ):
            return False
        return at + 1 == len(self.rows) or self.rows[at + 1].gap or self.rows[at + 1].broken

    def _is_heading(self, at: int, end: int) -> bool:
        if self._looks_numbered(at) or self._kind(at):
            return True
        row = self.rows[at]
        return end - at == 1 and len(row.text) < 120 and row.text[-1].isalnum() and bool(_HEADINGS.match(row.text))

    def _open(self, rows: Sequence[Row]) -> None:
        """Open a section, or go one deeper: a heading below another may name who speaks under it."""
        words = self.joiner.join(rows, one_paragraph=True).text
        for row in rows:
            self.ledger.add(row.start, row.end, Reason.HEADING)
        kind = headings.heading_kind(rows[0].text)
        numbered = _NUMBERED.match(words)
        title = numbered["title"] if numbered else words
        speaker = self.roster.named_in(title)
        if numbered and "." in numbered["level"] and self.sections:
            section = self.sections[-1]
            section.heading, section.end = speaker, rows[-1].end
            section.interrupt()
            return
        section = _Section(title, rows[0].start, heading=speaker, end=rows[-1].end)
        if kind and headings.is_loud(kind, rows[0].text):
            found = headings.read_number(words)
            text = words[: found.start].rstrip(" –—-") if found else words
            number, session = (found.number, found.session) if found else ("", "")
            asked = headings.read_question(kind, text, number, session)
            section.kind, section.title = headings.question_kind(kind), asked.subject or kind
            section.questions = [asked] if kind in headings.QUESTION_KINDS else []
        self.sections.append(section)

    def _paragraph(self, rows: Sequence[Row]) -> None:
        if not self.sections:
            self.sections.append(_Section(self.meeting.committee or _TITLE, rows[0].start))
        section = self.sections[-1]
        passage = self.joiner.join(rows, one_paragraph=True)
        section.end = rows[-1].end
        told = read_sentence(passage.text, self.roster, self._the_minister(section))
        course = _COURSE.match(passage.text) or _SIGNED.fullmatch(passage.text)
        if told.speaker is None and not told.last and course:
            for row in rows:
                self.ledger.add(row.start, row.end, Reason.NOTE)
            section.interrupt()
            return
        for row in rows:
            self.ledger.add(row.start, row.end, Reason.SPEECH)
        speaker = told.speaker or self._labelled(passage.text)
        if speaker is None or (told.loose and section.last is not None):
            speaker = section.last or section.heading
            self.followed += speaker is not None
        if speaker is None:
            speaker = Speaker("", "", Capacity.OTHER)
            self.unnamed.append(self.source.page_at(rows[0].start))
        else:
            section.last = speaker if speaker.name or speaker.capacity is Capacity.MINISTER else None
        self._say(section, speaker, passage)

    def _labelled(self, words: str) -> Speaker | None:
        """Return who a label at the head of a paragraph names, before a list of what was asked."""
        label = read_label(words)
        return label.speaker if label is not None and label.sure and label.speaker.name else None

    def _the_minister(self, section: _Section) -> str:
        """Return whom "de minister" means: the only one of the report, else the one last named in the section."""
        if self.minister:
            return self.minister
        for speaker in (section.last, section.heading):
            if speaker is not None and speaker.capacity is Capacity.MINISTER:
                return speaker.name
        return section.minister

    def _say(self, section: _Section, speaker: Speaker, passage: Passage) -> None:
        """Give a paragraph to its speaker, from where somebody answers to whom does."""
        start = 0
        sentences = _SENTENCE.finditer(passage.text) if tells_an_answer(passage.text) else ()
        for found in sentences:
            told = read_sentence(passage.text[found.end() :], self.roster, self._the_minister(section))
            if not told.answers or told.speaker is None or told.loose or told.speaker.name == speaker.name:
                continue
            before = [(0, start)] if start else []
            self._add(section, speaker, cut(passage, [*before, (found.start(), len(passage.text))]))
            speaker, start = told.speaker, found.end()
            section.last = speaker
        self._add(section, speaker, cut(passage, [(0, start)] if start else []))

    def _add(self, section: _Section, speaker: Speaker, passage: Passage) -> None:
        if speaker.capacity is Capacity.MINISTER:
            section.minister = speaker.name
        last = section.parts[-1] if section.parts else None
        if last is None or last.over or not _same(last.speaker, speaker):
            section.parts.append(_Part(speaker, [passage]))
            self.turns += 1
            refuse_more_turns(self.turns)
        else:
            last.passages.append(passage)

    def items(self) -> tuple[Item, ...]:
        return tuple(
            Item(
                section.kind,
                section.title,
                tuple(section.questions),
                tuple(self._turn(part) for part in section.parts),
                section.start,
                section.end,
                self.source.page_at(section.start),
                self.chair,
            )
            for section in self.sections
        )

    def _turn(self, part: _Part) -> Turn:
        passage = _joined(part.passages)
        first, last = passage.pieces[0], passage.pieces[-1]
        return Turn(part.speaker, passage, first[1], last[1] + last[2], self.source.page_at(first[1]))


def _same(one: Speaker, other: Speaker) -> bool:
    """Tell whether two speakers are one: nobody knows that of two without a name, unless the label is the same."""
    if not (one.name and other.name):
        return (one.name, one.label) == (other.name, other.label)
    return (one.name, one.capacity) == (other.name, other.capacity)


def _joined(passages: Sequence[Passage]) -> Passage:
    """Join passages with a paragraph break between."""
    texts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = 0
    for passage in passages:
        pieces.extend((here + length, there, size) for here, there, size in passage.pieces)
        texts.append(passage.text)
        length += len(passage.text) + 1
    return Passage("\n".join(texts), tuple(pieces))


def parse_third_person(source: Source) -> Transcript:
    """Parse a report in the third person. `said_on` is None where it does not say when the meeting was held."""
    telling = _Telling(source)
    telling.read()
    items = telling.items()
    meeting = telling.meeting
    return Transcript(
        kind=DocumentKind.REPORT,
        items=items,
        account=telling.ledger.close(),
        said_on=meeting.said_on,
        title=_title(meeting, items),
        meeting_number=meeting.number,
        session=meeting.session,
        committee=meeting.committee,
        chair=telling.chair,
        warnings=_warnings(telling, items),
    )


def _title(meeting: Meeting, items: tuple[Item, ...]) -> str:
    name = f"Verslag – {meeting.committee}" if meeting.committee else ""
    return name or next((item.title for item in items if item.title != _TITLE), "Verslag")


def _warnings(telling: _Telling, items: tuple[Item, ...]) -> tuple[Message, ...]:
    turns = [turn for item in items for turn in item.turns]
    if not turns:
        return (Sentence.NO_SPEAKER(),)
    found = [Sentence.THIRD_PERSON()]
    if telling.followed:
        found.append(Sentence.GO_WITH_THE_ONE_BEFORE(count=telling.followed))
    if telling.unnamed:
        pages = ", ".join(str(page) for page in sorted(set(telling.unnamed))[:10])
        found.append(Sentence.NOBODY_NAMED(count=len(telling.unnamed), pages=pages))
    found.extend(told_provisional(turns, noticed=telling.noticed))
    for day in telling.meeting.days:
        if day != telling.meeting.said_on:
            found.append(Sentence.OTHER_DAY_OF_MEETING(day=day))
    return tuple(found)
