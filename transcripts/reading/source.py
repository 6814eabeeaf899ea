"""What every reader returns: the text of one document, with its pages and what the reader saw beside it."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from transcripts.messages import Message


class UnreadableError(Exception):
    """The document cannot be read. `message` is one clear sentence that says what to do; `name` that of the file."""

    def __init__(self, message: Message, name: str = "") -> None:
        self.message = message
        self.name = name
        super().__init__(f"{name}: {message}" if name else str(message))


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text as read: `text` without its line end, `start` its character offset, `page` from 1."""

    text: str
    start: int
    page: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Role(StrEnum):
    """What a container can say of a run of characters.

    A meeting, an item and a speech hold other marks; the rest stand inside them or between. PERSON and AGENDA are facts
    out of a file that lies beside the document, and span no character.
    """

    MEETING = "meeting"
    ITEM = "item"
    SPEECH = "speech"
    SPEAKER = "speaker"
    HEADING = "heading"
    NOTE = "note"
    FOREIGN = "foreign"
    COVER = "cover"
    HEADER = "header"
    FOOTER = "footer"
    LINK = "link"
    REPEATED = "repeated"
    PERSON = "person"
    AGENDA = "agenda"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the container says of the characters [start, end) of the text: structure that lines cannot carry.

    value  the language of a foreign run, else empty
    facts  strings by name. meeting: id, date, number, session, committee, title, url. item: id, kind, number, session,
           asker, addressee, title, url. speech: id, name, party, capacity (of parsing.transcript.Capacity).
           person: id, name, party, capacity. agenda: as item.
    """

    start: int
    end: int
    role: Role
    value: str = ""
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """The text as read. All character positions in the product count from here.

    text        the whole text; line ends are "\\n" and nothing else is changed
    reader      name of the reader that made it ("text", "pdf", …)
    page_starts character offsets at which pages begin, ascending, the first is 0
    hints       what the container said of itself (title, date, kind, url, minister), all strings
    warnings    sentences for the person who imports, about what was not understood
    marks       the structure a structured container gives, by start, the outer before the inner; empty for plain lines
    """

    text: str
    reader: str
    page_starts: tuple[int, ...] = (0,)
    hints: dict[str, str] = field(default_factory=dict)
    warnings: tuple[Message, ...] = ()
    marks: tuple[Mark, ...] = ()

    def lines(self) -> Iterator[Line]:
        """Yield the lines in order; every character except the line ends is in exactly one of them."""
        start = 0
        for text in self.text.split("\n"):
            yield Line(text, start, self.page_at(start))
            start += len(text) + 1

    def page_at(self, offset: int) -> int:
        """Return the page number (from 1) that holds the character at `offset`."""
        return bisect_right(self.page_starts, offset)
