"""Word-for-word reports of committee and plenary meetings.

One pass over the rows. A row opens an item, names the chair, opens a turn, is a stage note, or goes on with what
stands open. Nothing is thrown away: every row is entered in the ledger, as what it was taken for.
"""

import re

from transcripts.messages import Message, Sentence
from transcripts.parsing import headings, notes
from transcripts.parsing.agenda import Agenda, Heading, chair_line
from transcripts.parsing.bounds import refuse_more_turns
from transcripts.parsing.callers import Callers
from transcripts.parsing.cover import Meeting, read_cover, read_headers
from transcripts.parsing.headings import DATA
from transcripts.parsing.joining import Joiner
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, ends_sentence, opens_paragraph, sort_lines
from transcripts.parsing.names import strip_title
from transcripts.parsing.placeholders import is_notice, told_provisional
from transcripts.parsing.speakers import Expected, Label, Standing, read_label
from transcripts.parsing.transcript import (
    Capacity,
    DocumentKind,
    Item,
    Reason,
    Speaker,
    Transcript,
)
from transcripts.parsing.turns import OpenTurn, build_turn
from transcripts.reading.source import Source

_CLOSED = re.compile(
    r"\b(?:is|zijn|wordt|worden)\s+(?:hierbij\s+|daarmee\s+)?(?:" + "|".join(DATA["closings"]) + r")\s*\."
)
_LONG_FOR_A_CHAIR = 400  # characters after the floor was given


class _Report:
    """The state of the one pass."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.sheet = sort_lines(source)
        self.rows = self.sheet.rows
        self.ledger = Ledger(source.text, self.sheet.marks)
        self.joiner = Joiner(source.text, self.sheet)
        self.meeting = read_headers(self.sheet.headers)
        self.agenda = Agenda(self.rows, self.ledger, self.joiner)
        self.turn: OpenTurn | None = None
        self.turns = 0
        self.chair = ""
        self.expected = Expected()
        self.callers = Callers(source, self.expected)
        self.unannounced = 0
        self.before: list[Row] = []

    def read(self) -> None:
        at, rows = 0, self.rows
        while at < len(rows):
            row = rows[at]
            if self.turn is None or row.gap or row.broken or ends_sentence(rows[at - 1].text):
                at = self._step(at)
            else:  # most rows only go on with the speech that stands open
                self.turn.rows.append(row)
                at += 1
        self._leave_contents()
        self._close_turn()
        for row in read_cover(self.before, self.meeting):
            self.ledger.add(row.start, row.end, Reason.COVER)

    def noticed(self) -> bool:
        """Tell whether the cover or the edges of the pages say that the report is provisional."""
        edges = (Reason.PAGE_HEADER, Reason.PAGE_FOOTER)
        printed = {self.source.text[start:end] for start, end, reason in self.sheet.marks if reason in edges}
        return any(map(is_notice, printed)) or any(is_notice(row.text) for row in self.before)

    def _step(self, at: int) -> int:
        row = self.rows[at]
        if self._opens(at):
            agenda = self.agenda
            if (kind := agenda.kind_at(at)) or (agenda.in_capitals(at) and self._between_turns()):
                return self._heading(at, kind)
            if agenda.opens_contents(row):
                agenda.contents = []
                self.ledger.add(row.start, row.end, Reason.CONTENTS)
                return at + 1
            if who := chair_line(row.text):
                return self._chair_line(row, at, who)
            if agenda.is_sub_heading(at):
                self._close_turn()
                self.ledger.add(row.start, row.end, Reason.HEADING)
                agenda.items[-1].end = row.end
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

    def _between_turns(self) -> bool:
        return self.turn is None or self._closes(self.turn)

    def _go_on(self, row: Row) -> None:
        if self.turn is not None:
            self.turn.rows.append(row)
        elif self.agenda.contents is not None:
            self.ledger.add(row.start, row.end, Reason.CONTENTS)
        elif not self.agenda.items:
            self.before.append(row)

    # Items

    def _heading(self, at: int, kind: str) -> int:
        heading, end = self.agenda.read_heading(at, kind)
        if self.agenda.contents is not None:
            self.agenda.list_in_contents(heading)
        else:
            self._enter(heading, end)
        return end

    def _enter(self, heading: Heading, following: int) -> None:
        self._close_turn()
        question = self.agenda.enter(heading, following)
        for name in (question.asker, question.addressee, *headings.invited(question.subject)):
            self.expected.add(name)

    def _leave_contents(self) -> None:
        for heading in self.agenda.leave_contents():
            self._enter(heading, len(self.rows))

    def _chair_line(self, row: Row, at: int, who: str) -> int:
        self._leave_contents()
        self._close_turn()
        self.chair = strip_title(re.split(r"\s+en\s+(?=de heer|mevrouw)", who)[0])
        self.ledger.add(row.start, row.end, Reason.HEADING)
        item = self.agenda.item
        if item is not None and not item.closed:
            item.chair = item.chair or self.chair
            item.end = row.end
        return at + 1

    # Turns

    def _label(self, at: int) -> tuple[Label, int] | None:
        """Read the label at a row, or over this row and the next where the end of the line breaks it."""
        row, taken = self.rows[at], 1
        label = read_label(row.text)
        if label is None and self._may_run_on(at):
            label = read_label(self.joiner.join(self.rows[at : at + 2], one_paragraph=True).text)
            if label is None or label.length <= len(row.text):
                return None
            own = read_label(self.rows[at + 1].text)
            if not label.sure and (label.standing is not Standing.GUEST or (own is not None and own.sure)):
                return None
            taken = 2
        if label is None:
            return None
        if label.sure or self._expects(label):
            return label, taken
        last = self.rows[at + taken - 1]
        words = last.text.partition(":")[2].lstrip() or (
            self.rows[at + taken].text if at + taken < len(self.rows) else ""
        )
        opens = self._opens_paragraph(at) and not words[:1].islower()
        return (label, taken) if opens and self.callers.admit(label, row.start, words) else None

    def _may_run_on(self, at: int) -> bool:
        text = self.rows[at].text
        if ":" in text or not text[0].isupper() or at + 1 == len(self.rows) or self.rows[at + 1].gap:
            return False
        return self.rows[at + 1].text.find(":", 0, 60) >= 0 and (len(text) <= 60 or "," in text[:60])

    def _opens_paragraph(self, at: int) -> bool:
        """Tell whether a paragraph of its own begins at this row, not only a sentence."""
        if at == 0 or self.turn is None:
            return True
        row, before = self.rows[at], self.rows[at - 1]
        if row.broken:
            return ends_sentence(before.text)
        return opens_paragraph(before, row, self.sheet.width)

    def _expects(self, label: Label) -> bool:
        if label.standing is Standing.DOUBTFUL:
            return False
        if label.speaker.name in self.expected:
            return True
        if self.turn is None or self.turn.speaker.capacity is not Capacity.CHAIR:
            return False
        said = " ".join(row.text for row in self.turn.rows[-3:])
        return label.speaker.name.split()[-1] in said and "woord" in said

    def _open_turn(self, at: int, label: Label, taken: int) -> int:
        self._leave_contents()
        self._close_turn()
        if self.agenda.item is None:
            self.agenda.open_untitled(self.rows[at].start)
        speaker = label.speaker
        if speaker.capacity is Capacity.CHAIR:
            if speaker.name:
                self.chair = speaker.name
            speaker = Speaker(speaker.label, self.chair, speaker.capacity, speaker.party)
        else:
            speaker = Speaker(speaker.label, self.expected.in_full(speaker.name), speaker.capacity, speaker.party)
            self.expected.add(speaker.name)
            self.callers.note(label.speaker.name)
        row = self.rows[at + taken - 1]
        colon = row.text.index(":") + 1
        self.turn = OpenTurn(speaker, self.rows[at].start)
        self.turns += 1
        refuse_more_turns(self.turns)
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
        if self.agenda.item is not None:
            self.agenda.item.end = last.end
        return end

    def _close_turn(self) -> None:
        turn, self.turn = self.turn, None
        item = self.agenda.item
        if turn is None or item is None:
            return
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


def parse_report(source: Source) -> Transcript:
    """Parse a word-for-word report. `said_on` is None where neither cover nor page header gives the day."""
    report = _Report(source)
    report.read()
    items = tuple(item.finish(source) for item in report.agenda.items)
    account = report.ledger.close()
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
    found.extend(report.callers.warnings())
    found.extend(told_provisional((turn for item in items for turn in item.turns), noticed=report.noticed()))
    for day in report.meeting.days:
        if day != report.meeting.said_on:
            found.append(Sentence.OTHER_DATE_PRINTED(day=day))
    return tuple(found)
