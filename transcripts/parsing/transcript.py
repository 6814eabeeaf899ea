"""What every parser returns: a meeting or a paper as agenda items with speeches, and an account of every character."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from transcripts.messages import Message


class DocumentKind(StrEnum):
    """The kinds of paper, by the name users give them (the values are the contract of `--kind`)."""

    REPORT = "verslag"
    WRITTEN_QUESTION = "schriftelijke-vraag"
    POLICY_NOTE = "beleidsnota"


class Capacity(StrEnum):
    """In which capacity somebody speaks."""

    CHAIR = "chair"
    MINISTER = "minister"
    MEMBER = "member"
    OTHER = "other"


class Reason(StrEnum):
    """Where a character of the text as read went. Everything but the first three is left out of the speeches."""

    SPEECH = "speech"
    HEADING = "heading"
    NOTE = "note"
    COVER = "cover"
    CONTENTS = "contents"
    PAGE_HEADER = "page header"
    PAGE_FOOTER = "page footer"
    LINK = "link"
    SPEAKER_LABEL = "speaker label"
    FOREIGN = "another language"
    REPEATED = "repeated"
    BLANK = "blank"
    NOT_UNDERSTOOD = "not understood"


@dataclass(frozen=True, slots=True)
class Passage:
    """Running text joined from lines: hyphenation undone, lines joined by a space, paragraphs by "\\n".

    pieces  (offset in text, offset in the source, length), ascending, in both; characters of `text` between two
            pieces (a joining space or paragraph break) stand for the line end between them.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Map the character span [start, end) of `text` to the span of the text as read that it was made from."""
        return self._first(start), self._last(end)

    def _first(self, offset: int) -> int:
        at = bisect_right(self.pieces, (offset, 1 << 60, 0)) - 1
        here, there, length = self.pieces[max(at, 0)]
        if offset < here + length or at + 1 >= len(self.pieces):
            return there + min(offset - here, length)
        return self.pieces[at + 1][1]

    def _last(self, offset: int) -> int:
        at = bisect_right(self.pieces, (offset - 1, 1 << 60, 0)) - 1
        here, there, length = self.pieces[max(at, 0)]
        return there + min(offset - here, length)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as the document prints it.

    label     the printed words before the colon ("Minister-president Jan Jambon", "Stijn De Roo (cd&v)")
    name      the name alone; empty where the document names nobody
    party     the party as spelled on the day, or empty
    """

    label: str
    name: str
    capacity: Capacity
    party: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One uninterrupted speech. start, end: character span in the text as read, label included. page: from 1.

    notes   (offset in passage.text, words) of stage and editor's notes that stood inside the turn
    answer_to  for written answers: the number of the question answered ("3"), else empty
    heading  for policy notes: the headings above the section, one to a line, else empty
    """

    speaker: Speaker
    passage: Passage
    start: int
    end: int
    page: int
    notes: tuple[tuple[int, str], ...] = ()
    answer_to: str = ""
    heading: str = ""

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Question:
    """One listed question of an agenda item: number and session as printed, who asks whom, about what."""

    number: str
    session: str
    asker: str
    addressee: str
    addressee_title: str
    subject: str


@dataclass(frozen=True, slots=True)
class Item:
    """An agenda item: its questions (several when joined), its chair as announced, and its speeches in order.

    kind   as printed, lower case: "vraag om uitleg", "actuele vraag", "interpellatie", "gedachtewisseling",
           "schriftelijke vraag", "beleidsnota", …
    """

    kind: str
    title: str
    questions: tuple[Question, ...]
    turns: tuple[Turn, ...]
    start: int
    end: int
    page: int
    chair: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """One run of characters [start, end) of the text as read, and where it went."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Transcript:
    """One document, understood.

    account   covers the text as read from 0 to its length without gap or overlap
    warnings  sentences for the person who imports: what was not understood, and what to do
    """

    kind: DocumentKind
    items: tuple[Item, ...]
    account: tuple[Account, ...]
    said_on: date | None = None
    title: str = ""
    meeting_number: str = ""
    session: str = ""
    committee: str = ""
    chair: str = ""
    warnings: tuple[Message, ...] = field(default=())

    def turns(self) -> Sequence[Turn]:
        return [turn for item in self.items for turn in item.turns]
