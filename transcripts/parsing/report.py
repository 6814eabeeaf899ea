"""Word-for-word reports of committee and plenary meetings.

One pass over the rows. A row opens an item, names the chair, opens a turn, is a stage note, or goes on with what
stands open. Nothing is thrown away: every row is entered in the ledger, as what it was taken for.
"""

import re
from dataclasses import dataclass, field

from transcripts.messages import Message, Sentence
from transcripts.parsing import headings, notes
from transcripts.parsing.cover import Meeting, read_cover, read_headers
from transcripts.parsing.headings import DATA, NumberLine
from transcripts.parsing.joining import Joiner
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, ends_sentence, sort_lines
from transcripts.parsing.names import family_name, fold, strip_title
from transcripts.parsing.speakers import Label, read_label
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
from transcripts.parsing.turns import OpenTurn, build_turn
from transcripts.reading.source import Source

_CHAIR_LINE = re.compile(
    r"^(?:Onder)?[Vv]oorzitters?\s*:\s*(?P<who>(?:de heer|mevrouw|dhr\.|mevr\.|mw\.)\s[^.:?!]{3,80})$", re.IGNORECASE
)
_CONTENTS = frozenset(("inhoud", "inhoudsopgave", "inhoudstafel"))
_CLOSED = re.compile(
    r"\b(?:is|zijn|wordt|worden)\s+(?:hierbij\s+|daarmee\s+)?(?:" + "|".join(DATA["closings"]) + r")\s*\."
)
_LONGEST_HEADING = 24  # rows
_LONGEST_QUIET = 9  # rows of a heading in small letters
_LONG_FOR_A_CHAIR = 400  # characters after the floor was given
_UNTITLED = "agendapunt"


@dataclass(slots=True)
class _Heading:
    kind: str
    rows: list[Row]
    taken: list[Row] = field(default_factory=list)  # with the line of the number
    number: str = ""
    session: str = ""
    page: str = ""
    end: int = 0

    @property
    def start(self) -> int:
        return self.rows[0].start


@dataclass(slots=True)
class _Item:
    kind: str
    start: int
    headings: list[_Heading] = field(default_factory=list)
    chair: str = ""
    turns: list[Turn] = field(default_factory=list)
    closed: bool = False
    end: int = 0


class _Report:
    """The state of the one pass."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sheet = sort_lines(source)
        self.rows = self.sheet.rows
        self.ledger = Ledger(self.sheet.marks)
        self.joiner = Joiner(source.text, self.sheet)
        self.meeting = read_headers(self.sheet.headers)
        self.items: list[_Item] = []
        self.turn: OpenTurn | None = None
        self.chair = ""
        self.expected: set[str] = set()
        self.full_names: dict[str, set[str]] = {}
        self.unannounced = 0
        self.contents: list[_Heading] | None = None
        self.before: list[Row] = []

    @property
    def item(self) -> _Item | None:
        return self.items[-1] if self.items else None

    def read(self) -> None:
        at, rows = 0, self.rows
        while at < len(rows):
            at = self._step(at)
        self._leave_contents()
        self._close_turn()
        for row in read_cover(self.before, self.meeting):
            self.ledger.add(row.start, row.end, Reason.COVER)

    def _step(self, at: int) -> int:
        row = self.rows[at]
        if self._opens(at):
            if (kind := self._kind(at)) or self._in_capitals(at):
                return self._heading(at, kind)
            if row.text.casefold() in _CONTENTS and not self.items:
                self.contents = []
                self.ledger.add(row.start, row.end, Reason.CONTENTS)
                return at + 1
            if found := _CHAIR_LINE.match(row.text):
                return self._chair_line(at, found["who"])
            if self._is_sub_heading(at):
                self._close_turn()
                self.ledger.add(row.start, row.end, Reason.HEADING)
                self.items[-1].end = row.end
                return at + 1
            if (label := self._label(at)) is not None:
                return self._open_turn(at, *label)
            if row.text[0] in "–—-" and (last := self._stage_note(at)):
                return last
        self._go_on(row)
        return at + 1

    def _opens(self, at: int) -> bool:
        """Tell whether a paragraph, a turn or an item can begin at this row."""
        row = self.rows[at]
        return row.gap or row.broken or at == 0 or self.turn is None or ends_sentence(self.rows[at - 1].text)

    def _go_on(self, row: Row) -> None:
        if self.turn is not None:
            self.turn.rows.append(row)
        elif self.contents is not None:
            self.ledger.add(row.start, row.end, Reason.CONTENTS)
        elif not self.items:
            self.before.append(row)

    # Items

    def _kind(self, at: int) -> str:
        """Return the kind of item whose heading begins at this row; in small letters only if its number follows."""
        text = self.rows[at].text
        kind = headings.heading_kind(text)
        if not kind or headings.is_loud(kind, text):
            return kind
        for row in self.rows[at : at + _LONGEST_QUIET]:
            if headings.read_number(row.text):
                return kind
            if row is not self.rows[at] and read_label(row.text):
                return ""
        return ""

    def _in_capitals(self, at: int) -> bool:
        """Tell whether this row is a heading of a kind nobody listed: capitals alone between empty lines."""
        row, rows = self.rows[at], self.rows
        if not row.text.isupper() or self.item is None or not (self.turn is None or self._closes(self.turn)):
            return False
        alone = row.gap and (at + 1 == len(rows) or rows[at + 1].gap)
        return alone and sum(sign.isalpha() for sign in row.text) >= 8 and " " in row.text

    def _is_sub_heading(self, at: int) -> bool:
        """Tell whether this row, alone between empty lines, opens a part of the item that stands open."""
        row = self.rows[at]
        if self.contents is not None or self.item is None or row.text.casefold() not in headings.SUB_HEADINGS:
            return False
        return row.gap and row.text[0].isupper() and (at + 1 == len(self.rows) or self.rows[at + 1].gap)

    def _heading(self, at: int, kind: str) -> int:
        heading = _Heading(kind or _UNTITLED, [])
        end = at
        while end < len(self.rows) and end - at < _LONGEST_HEADING:
            row = self.rows[end]
            if end > at and self._stops_heading(end, heading):
                break
            number = headings.read_number(row.text) if end > at or "(" in row.text else None
            if number is not None:
                self._number(heading, row, number)
                end += 1
                break
            heading.rows.append(row)
            heading.end = row.end
            end += 1
        reason = Reason.HEADING if self.contents is None else Reason.CONTENTS
        if self.contents is not None:
            heading.page = heading.page or headings.read_page(heading.rows[-1].text if heading.rows else "")
            self.contents.append(heading)
        heading.taken = self.rows[at:end]
        for row in heading.taken:
            self.ledger.add(row.start, row.end, reason)
        if self.contents is None:
            self._enter(heading, end)
        return end

    def _number(self, heading: _Heading, row: Row, number: NumberLine) -> None:
        heading.number, heading.session, heading.page = number.number, number.session, number.page
        heading.end = row.end
        words = row.text[: number.start].rstrip(" –—-")
        if words:
            heading.rows.append(row._replace(text=words))

    def _stops_heading(self, at: int, heading: _Heading) -> bool:
        row = self.rows[at]
        if headings.heading_kind(row.text) or _CHAIR_LINE.match(row.text):
            return True
        label = read_label(row.text)
        if label is not None and label.sure:
            return True
        if row.gap and not row.broken:
            return headings.read_number(row.text) is None or not row.text.startswith(("–", "—", "-"))
        return False

    def _enter(self, heading: _Heading, following: int) -> None:
        """Open an item, or join a question to the one that stands open."""
        item = self.item
        joins = (
            item is not None
            and not item.closed
            and heading.kind in headings.QUESTION_KINDS
            and headings.question_kind(item.kind) == headings.question_kind(heading.kind)
            and (not (item.turns or self.turn) or not self._chair_follows(following))
        )
        self._close_turn()
        if item is not None and joins and not item.closed:
            item.headings.append(heading)
        else:
            self.items.append(_Item(headings.question_kind(heading.kind), heading.start, [heading]))
        self.items[-1].end = max(self.items[-1].end, heading.end)
        question = self._question(heading)
        for name in (question.asker, question.addressee):
            self._expect(name)

    def _expect(self, name: str) -> None:
        """Remember that this person may speak, by the whole name and by the family name."""
        if " " in name:
            self.expected.add(fold(name))
            self.full_names.setdefault(fold(family_name(name)), set()).add(name)

    def _in_full(self, name: str) -> str:
        """Return the whole name of somebody printed by the family name, where only one is known to bear it."""
        known = self.full_names.get(fold(name), set())
        return next(iter(known)) if len(known) == 1 and name not in known else name

    def _chair_follows(self, at: int) -> bool:
        return at < len(self.rows) and bool(_CHAIR_LINE.match(self.rows[at].text))

    def _question(self, heading: _Heading) -> Question:
        text = self.joiner.join(heading.rows, one_paragraph=True).text
        kind = heading.kind if heading.kind != _UNTITLED else ""
        return headings.read_question(kind, text, heading.number, heading.session)

    def _leave_contents(self) -> None:
        """The headings at the end of a table of contents that name no page open the first item."""
        if self.contents is None:
            return
        listed, self.contents = self.contents, None
        paged = [at for at, heading in enumerate(listed) if heading.page]
        seen: set[str] = set()
        first = len(listed)
        if paged:
            first = paged[-1] + 1
        else:
            for at, heading in enumerate(listed):
                if heading.number and heading.number in seen:
                    first = at
                    break
                seen.add(heading.number)
        for heading in listed[first:]:
            for row in heading.taken:
                self.ledger.claim(row.start, row.end, Reason.HEADING)
            self._enter(heading, len(self.rows))

    def _chair_line(self, at: int, who: str) -> int:
        row = self.rows[at]
        self._leave_contents()
        self._close_turn()
        self.chair = strip_title(re.split(r"\s+en\s+(?=de heer|mevrouw)", who)[0])
        self.ledger.add(row.start, row.end, Reason.HEADING)
        if self.item is not None and not self.item.closed:
            self.item.chair = self.item.chair or self.chair
            self.item.end = row.end
        return at + 1

    # Turns

    def _label(self, at: int) -> tuple[Label, int] | None:
        """Read the label at a row, or over this row and the next where a narrow column breaks it."""
        row = self.rows[at]
        label = read_label(row.text)
        rows_taken = 1
        if label is None and ":" not in row.text and len(row.text) <= 60 and at + 1 < len(self.rows):
            following = self.rows[at + 1]
            if not following.gap and 0 <= following.text.find(":") <= 40 and row.text[0].isupper():
                joined = self.joiner.join([row, following], one_paragraph=True)
                label = read_label(joined.text)
                if label is None or not label.sure or label.length <= len(row.text):
                    return None
                rows_taken = 2
        if label is None:
            return None
        if not label.sure and not self._expects(label):
            return None
        return label, rows_taken

    def _expects(self, label: Label) -> bool:
        if fold(label.speaker.name) in self.expected:
            return True
        if self.turn is None or self.turn.speaker.capacity is not Capacity.CHAIR:
            return False
        said = " ".join(row.text for row in self.turn.rows[-3:])
        return label.speaker.name.split()[-1] in said and "woord" in said

    def _open_turn(self, at: int, label: Label, taken: int) -> int:
        self._leave_contents()
        self._close_turn()
        if self.item is None:
            self.items.append(_Item(_UNTITLED, self.rows[at].start))
        speaker = label.speaker
        if speaker.capacity is Capacity.CHAIR:
            if speaker.name:
                self.chair = speaker.name
            speaker = Speaker(speaker.label, self.chair, speaker.capacity, speaker.party)
        else:
            speaker = Speaker(speaker.label, self._in_full(speaker.name), speaker.capacity, speaker.party)
            self._expect(speaker.name)
        row = self.rows[at + taken - 1]
        colon = row.text.index(":") + 1
        self.turn = OpenTurn(speaker, self.rows[at].start)
        self.ledger.add(self.turn.start, row.start + colon, Reason.SPEAKER_LABEL)
        words = row.text[colon:].lstrip()
        if words:
            self.turn.rows.append(row.tail(words))
        return at + taken

    def _stage_note(self, at: int) -> int:
        """Take the paragraph at this row as a stage note; return the row after it, 0 where it is none."""
        end = at + 1
        while (
            end < len(self.rows)
            and end - at < 5
            and not self.rows[end].gap
            and not ends_sentence(self.rows[end - 1].text)
        ):
            end += 1
        words = self.joiner.join(self.rows[at:end], one_paragraph=True).text
        if not notes.is_stage_note(words):
            return 0
        self.chair = notes.new_chair(words) or self.chair
        first, last = self.rows[at], self.rows[end - 1]
        if self.turn is not None:
            self.turn.stage.append((first, last))
        for row in self.rows[at:end]:
            self.ledger.add(row.start, row.end, Reason.NOTE)
        if self.items:
            self.items[-1].end = last.end
        return end

    def _close_turn(self) -> None:
        turn, self.turn = self.turn, None
        if turn is None or not self.items:
            return
        item = self.items[-1]
        built = build_turn(turn, self.source, self.joiner, self.ledger)
        item.turns.append(built)
        item.end = max(item.end, built.end)
        item.closed = item.closed or self._closes(turn)
        if turn.speaker.capacity is Capacity.CHAIR:
            _, found_floor, rest = built.text.partition(" heeft het woord.\n")
            self.unannounced += bool(found_floor) and len(rest) > _LONG_FOR_A_CHAIR

    @staticmethod
    def _closes(turn: OpenTurn) -> bool:
        """Tell whether the chair closes the item in this turn."""
        if turn.speaker.capacity is not Capacity.CHAIR:
            return False
        return bool(_CLOSED.search(" ".join(row.text for row in turn.rows[-4:])))

    def finished_items(self) -> tuple[Item, ...]:
        items: list[Item] = []
        for item in self.items:
            questions = tuple(self._question(heading) for heading in item.headings)
            title = "; ".join(dict.fromkeys(question.subject for question in questions if question.subject))
            chair = item.chair or self._first_chair(item)
            page = self.source.page_at(item.start)
            kept = questions if item.kind in headings.QUESTION_KINDS else ()
            items.append(
                Item(item.kind, title or item.kind, kept, tuple(item.turns), item.start, item.end, page, chair)
            )
        return tuple(items)

    @staticmethod
    def _first_chair(item: _Item) -> str:
        return next((turn.speaker.name for turn in item.turns if turn.speaker.capacity is Capacity.CHAIR), "")


def parse_report(source: Source) -> Transcript:
    """Parse a word-for-word report. `said_on` is None where neither cover nor page header gives the day."""
    report = _Report(source)
    report.read()
    items = report.finished_items()
    account = report.ledger.close(source.text)
    meeting = report.meeting
    return Transcript(
        kind=DocumentKind.REPORT,
        items=items,
        account=account,
        said_on=meeting.said_on,
        title=_title(meeting, items),
        meeting_number=meeting.number,
        session=meeting.session,
        committee=meeting.committee,
        chair=next((item.chair for item in items if item.chair), ""),
        warnings=_warnings(report, items),
    )


def _title(meeting: Meeting, items: tuple[Item, ...]) -> str:
    parts = [meeting.committee or ("Commissievergadering" if meeting.number.startswith("C") else "Vergadering")]
    if meeting.number:
        parts.append(f"{meeting.number} ({meeting.session})" if meeting.session else meeting.number)
    if not meeting.number and not meeting.committee and items:
        return items[0].title
    return " – ".join(parts)


def _warnings(report: _Report, items: tuple[Item, ...]) -> tuple[Message, ...]:
    found: list[Message] = []
    if not any(item.turns for item in items):
        found.append(Sentence.NO_SPEAKER())
    if report.unannounced:
        found.append(Sentence.SPEAKER_LINE_MISSING(number=report.unannounced))
    for day in report.meeting.days:
        if day != report.meeting.said_on:
            found.append(Sentence.OTHER_DATE_PRINTED(day=day))
    return tuple(found)
