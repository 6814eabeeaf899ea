"""What the engine says of a document, laid upon what is stored; what a person touched stays as it is."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from commitments.models import Event, Statement
from commitments.services import due

State = Statement.State
BATCH = 500  # rows in one query

# What the engine says of a statement; a later reading may change these on a row nobody has touched.
SAID_BY_ENGINE = (
    "quote", "said_on", "kind", "condition", "summary", "addressee_id", "confidence", "cues", "due_at", "doubts",
    *due.FIELDS,
)  # fmt: skip


class Merge:
    """Collects the engine's statements of one document and then writes what differs, each change with its event."""

    def __init__(self, stored: Iterable[Statement]) -> None:
        self._at: dict[int, _Places] = defaultdict(_Places)
        for row in stored:
            self._at[row.speech_id].add(row)
        self._said: set[int] = set()
        self._new: list[Statement] = []
        self._changed: dict[int, tuple[Statement, dict[str, Any]]] = {}
        self._repeats: list[tuple[Statement, Statement]] = []

    def add(self, fresh: Sequence[Statement], repeats: Sequence[int | None]) -> None:
        """Take the engine's statements of one agenda item; repeats: for each the index of the one it repeats."""
        rows = [self._place(one) for one in fresh]
        for row, index in zip(rows, repeats, strict=True):
            if index is not None and rows[index] is not row:
                self._repeats.append((row, rows[index]))

    def write(self, day: date) -> None:
        """Write what is new, what changed and what is gone; `day` is that of the events.

        In a few queries whatever their number: a note may hold tens of thousands.
        """
        gone = self._gone()
        self._create()
        changed = [row for row, _before in self._changed.values()]
        _update(changed, [*SAID_BY_ENGINE, "state"])
        for row in gone:
            row.state = State.WITHDRAWN
        _update(gone, ["state"])
        repeating = []
        for row, original in self._repeats:
            if not touched(row) and row.repeats_id != original.pk:
                row.repeats = original
                repeating.append(row)
        _update(repeating, ["repeats"])
        kinds = Event.Kind
        events = [Event(kind=kinds.PROPOSED, day=day, statement=row, after=_told(row)) for row in self._new]
        events += [
            Event(kind=kinds.PROPOSED, day=day, statement=row, before=before, after=_told(row))
            for row, before in self._changed.values()
        ]
        events += [Event(kind=kinds.WITHDRAWN, day=day, statement=row, before=_told(row)) for row in gone]
        Event.objects.bulk_create(events, batch_size=BATCH)

    def _create(self) -> None:
        """Write the new rows, first those that repeat no other: a repeat names the row it repeats."""
        originals = {id(row): original for row, original in self._repeats}
        bulk_create_with_history([row for row in self._new if id(row) not in originals], Statement, batch_size=BATCH)
        again = [row for row in self._new if id(row) in originals]
        for row in again:
            original = originals[id(row)]
            row.repeats = original if original.pk else None
        bulk_create_with_history(again, Statement, batch_size=BATCH)

    def _place(self, fresh: Statement) -> Statement:
        """Return the row that stands for what the engine says: the stored one at its place, or the new one."""
        places = self._at[fresh.speech_id]
        row = places.find(fresh)
        if row is None:
            row = fresh
            places.add(fresh)
            self._new.append(fresh)
        elif row.pk is not None and not touched(row):
            before = _take_over(row, fresh)
            if before:
                self._changed.setdefault(row.pk, (row, before))
        self._said.add(id(row))
        return row

    def _gone(self) -> list[Statement]:
        return [
            row
            for places in self._at.values()
            for row in places
            if id(row) not in self._said and not touched(row) and row.state == State.PROPOSED
        ]


class _Places:
    """The statements of one speech, found by their place: a speech may hold thousands."""

    def __init__(self) -> None:
        self._rows: dict[tuple[int, int], Statement] = {}
        self._touched: list[Statement] = []
        self._longest = 0

    def __iter__(self) -> Iterator[Statement]:
        return iter(self._rows.values())

    def add(self, row: Statement) -> None:
        self._rows.setdefault((row.start, row.end), row)
        if touched(row):
            insort(self._touched, row, key=_start)
            self._longest = max(self._longest, row.end - row.start)

    def find(self, fresh: Statement) -> Statement | None:
        """Return the statement at exactly this place, else one a person touched that shares half of its words."""
        exact = self._rows.get((fresh.start, fresh.end))
        if exact is not None:
            return exact
        first = bisect_left(self._touched, fresh.start - self._longest, key=_start)
        for row in self._touched[first : bisect_left(self._touched, fresh.end, key=_start)]:
            shared = min(row.end, fresh.end) - max(row.start, fresh.start)
            if shared * 2 >= min(row.end - row.start, fresh.end - fresh.start):
                return row
        return None


def _start(row: Statement) -> int:
    return row.start


def _update(rows: Sequence[Statement], fields: Sequence[str]) -> None:
    if rows:
        bulk_update_with_history(rows, Statement, fields, batch_size=BATCH)


def touched(row: Statement) -> bool:
    """Tell whether a person judged, corrected or marked the statement."""
    return row.reviewed_at is not None or row.origin == Statement.Origin.HAND


def _take_over(row: Statement, fresh: Statement) -> dict[str, Any]:
    """Let `row` say what the engine says now. Return what it said before, or nothing where that is the same."""
    same = all(getattr(row, name) == getattr(fresh, name) for name in SAID_BY_ENGINE)
    if same and row.state == State.PROPOSED:
        return {}
    before = _told(row)
    for name in SAID_BY_ENGINE:
        setattr(row, name, getattr(fresh, name))
    row.state = State.PROPOSED
    return before


def _told(row: Statement) -> dict[str, Any]:
    return {"kind": row.kind, "confidence": row.confidence, "state": row.state} | due.told(row)
