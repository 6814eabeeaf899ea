"""The agenda of a word-for-word report: where an item opens, which questions stand over it, what is contents only."""

import re
from dataclasses import dataclass, field

from transcripts.parsing import headings
from transcripts.parsing.bounds import refuse_more_items
from transcripts.parsing.headings import NumberLine
from transcripts.parsing.joining import Joiner
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row
from transcripts.parsing.speakers import read_label
from transcripts.parsing.transcript import Capacity, Item, Question, Reason, Turn
from transcripts.reading.source import Source

_CHAIR_LINE = re.compile(
    r"^(?:Onder)?[Vv]oorzitters?\s*:\s*(?P<who>(?:de heer|mevrouw|dhr\.|mevr\.|mw\.)\s[^.:?!]{3,80})$", re.IGNORECASE
)
_CONTENTS = frozenset(("inhoud", "inhoudsopgave", "inhoudstafel"))
_LONGEST_HEADING = 24  # rows
_LONGEST_QUIET = 9  # rows of a heading in small letters
_SHORTEST_SUB = 4  # characters of a heading inside an item
_UNTITLED = "agendapunt"


def chair_line(text: str) -> str:
    """Return whom a line such as "Voorzitter: de heer Jan Maes" names, with the title; nothing for other lines."""
    found = _CHAIR_LINE.match(text) if text[0] in "VvOo" else None
    return found["who"] if found else ""


@dataclass(slots=True)
class Heading:
    """The head of an item. taken: all its rows; rows: those with its words; page: where the contents say it begins."""

    kind: str
    rows: list[Row] = field(default_factory=list)
    taken: list[Row] = field(default_factory=list)
    number: str = ""
    session: str = ""
    page: str = ""

    @property
    def start(self) -> int:
        return self.taken[0].start

    @property
    def end(self) -> int:
        return self.taken[-1].end


@dataclass(slots=True)
class OpenItem:
    """An item in the making; `closed` once the chair said so."""

    kind: str
    start: int
    questions: list[Question] = field(default_factory=list)
    chair: str = ""
    turns: list[Turn] = field(default_factory=list)
    closed: bool = False
    end: int = 0

    def finish(self, source: Source) -> Item:
        title = "; ".join(dict.fromkeys(question.subject for question in self.questions if question.subject))
        chair = self.chair or next(
            (turn.speaker.name for turn in self.turns if turn.speaker.capacity is Capacity.CHAIR), ""
        )
        kept = tuple(self.questions) if self.kind in headings.QUESTION_KINDS else ()
        page = source.page_at(self.start)
        return Item(self.kind, title or self.kind, kept, tuple(self.turns), self.start, self.end, page, chair)


class Agenda:
    """The items of one report, and its table of contents while that stands open."""

    def __init__(self, rows: list[Row], ledger: Ledger, joiner: Joiner) -> None:
        self.items: list[OpenItem] = []
        self.contents: list[Heading] | None = None
        self._entered = 0
        self._rows = rows
        self._ledger = ledger
        self._joiner = joiner

    @property
    def item(self) -> OpenItem | None:
        return self.items[-1] if self.items else None

    def open_untitled(self, start: int) -> None:
        """Open an item nobody announced, for words that stand before any heading."""
        self.items.append(OpenItem(_UNTITLED, start))

    # What a row is

    def opens_contents(self, row: Row) -> bool:
        """Tell whether the table of contents begins at this row."""
        return not self.items and row.text.casefold() in _CONTENTS

    def kind_at(self, at: int) -> str:
        """Return the kind of item whose heading begins at this row.

        In small letters a question needs its number below it, and every other kind the line that names the chair.
        """
        first = self._rows[at]
        kind = headings.heading_kind(first.text)
        if kind and headings.is_loud(kind, first.text):
            return kind
        quiet = headings.quiet_kind(first.text) if first.gap or first.broken else ""
        if not kind and not quiet:
            return ""
        for row in self._rows[at : at + _LONGEST_QUIET]:
            if kind and headings.read_number(row.text):
                return kind
            if row is not first and chair_line(row.text):
                return kind or quiet
            if row is not first and read_label(row.text):
                return ""
        return ""

    def in_capitals(self, at: int) -> bool:
        """Tell whether this row is set as a heading of a kind nobody listed: capitals alone between empty lines."""
        row = self._rows[at]
        if not row.gap or not row.text.isupper() or self.item is None:
            return False
        return self._stands_alone(at) and sum(sign.isalpha() for sign in row.text) >= 8 and " " in row.text

    def is_sub_heading(self, at: int) -> bool:
        """Tell whether this row opens a part of the item that stands open.

        It stands alone between empty lines, or, listed or in capitals, right above the label of whoever speaks in it.
        """
        row = self._rows[at]
        if self.contents is not None or self.item is None or not row.text[0].isupper():
            return False
        listed = row.text.casefold() in headings.SUB_HEADINGS
        if listed and self._stands_alone(at):
            return True
        if not (listed or row.text.isupper()) or len(row.text) < _SHORTEST_SUB or at + 1 == len(self._rows):
            return False
        label = read_label(self._rows[at + 1].text)
        return label is not None and label.sure

    def _stands_alone(self, at: int) -> bool:
        return self._rows[at].gap and (at + 1 == len(self._rows) or self._rows[at + 1].gap)

    # Headings

    def read_heading(self, at: int, kind: str) -> tuple[Heading, int]:
        """Take the heading that begins at this row; return it with the row after it."""
        heading = Heading(kind or _UNTITLED)
        end = at
        while end < len(self._rows) and end - at < _LONGEST_HEADING:
            row = self._rows[end]
            if end > at and self._stops_heading(row):
                break
            number = headings.read_number(row.text) if end > at or "(" in row.text else None
            end += 1
            if number is not None:
                _number(heading, row, number)
                break
            heading.rows.append(row)
        heading.taken = self._rows[at:end]
        reason = Reason.HEADING if self.contents is None else Reason.CONTENTS
        for row in heading.taken:
            self._ledger.add(row.start, row.end, reason)
        return heading, end

    def _stops_heading(self, row: Row) -> bool:
        if headings.heading_kind(row.text) or chair_line(row.text):
            return True
        label = read_label(row.text)
        if label is not None and label.sure:
            return True
        if row.gap and not row.broken:
            return headings.read_number(row.text) is None or not row.text.startswith(("–", "—", "-"))
        return False

    def list_in_contents(self, heading: Heading) -> None:
        """Note an entry of the table of contents."""
        if self.contents is not None:
            heading.page = heading.page or headings.read_page(heading.rows[-1].text if heading.rows else "")
            self.contents.append(heading)

    def leave_contents(self) -> list[Heading]:
        """Close the contents; return the headings at their end that name no page: they open the first item."""
        if self.contents is None:
            return []
        listed, self.contents = self.contents, None
        paged = [at for at, heading in enumerate(listed) if heading.page]
        first = paged[-1] + 1 if paged else _first_repeated(listed)
        for heading in listed[first:]:
            for row in heading.taken:
                self._ledger.claim(row.start, row.end, Reason.HEADING)
        return listed[first:]

    def enter(self, heading: Heading, following: int) -> Question:
        """Open an item, or join a question to the one that stands open. following: the row after the heading."""
        self._entered += 1
        refuse_more_items(self._entered)
        item = self.item
        kind = headings.question_kind(heading.kind)
        joins = (
            item is not None
            and not item.closed
            and heading.kind in headings.QUESTION_KINDS
            and item.kind == kind
            and (not item.turns or not self._chair_follows(following))
        )
        if item is None or not joins:
            item = OpenItem(kind, heading.start)
            self.items.append(item)
        item.end = max(item.end, heading.end)
        question = self._question(heading)
        item.questions.append(question)
        return question

    def _chair_follows(self, at: int) -> bool:
        return at < len(self._rows) and bool(chair_line(self._rows[at].text))

    def _question(self, heading: Heading) -> Question:
        text = self._joiner.join(heading.rows, one_paragraph=True).text
        kind = heading.kind if heading.kind != _UNTITLED else ""
        return headings.read_question(kind, text, heading.number, heading.session)


def _number(heading: Heading, row: Row, number: NumberLine) -> None:
    heading.number, heading.session, heading.page = number.number, number.session, number.page
    words = row.text[: number.start].rstrip(" –—-")
    if words:
        heading.rows.append(row._replace(text=words))


def _first_repeated(listed: list[Heading]) -> int:
    """Return the first heading whose number was listed before; the length where none was."""
    seen: set[str] = set()
    for at, heading in enumerate(listed):
        if heading.number and heading.number in seen:
            return at
        seen.add(heading.number)
    return len(listed)
