"""What the engine says of a document, laid upon what is stored; what a person touched stays as it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from simple_history.utils import bulk_create_with_history

from commitments.models import Event, Statement
from commitments.services import due

State = Statement.State

# What the engine says of a statement; a later reading may change these on a row nobody has touched.
SAID_BY_ENGINE = (
    "quote", "said_on", "kind", "condition", "summary", "addressee_id", "confidence", "cues", "due_at", "doubts",
    *due.FIELDS,
)  # fmt: skip


class Merge:
    """Collects the engine's statements of one document and then writes what differs, each change with its event."""

    def __init__(self, stored: Iterable[Statement]) -> None:
        self._at: dict[int, list[Statement]] = defaultdict(list)
        for row in stored:
            self._at[row.speech_id].append(row)
        self._said: set[int] = set()
        self._new: list[Statement] = []
        self._changed: list[tuple[Statement, dict[str, Any]]] = []
        self._repeats: list[tuple[Statement, Statement]] = []

    def add(self, fresh: Sequence[Statement], repeats: Sequence[int | None]) -> None:
        """Take the engine's statements of one agenda item; repeats: for each the index of the one it repeats."""
        rows = [self._place(one) for one in fresh]
        for row, index in zip(rows, repeats, strict=True):
            if index is not None and rows[index] is not row:
                self._repeats.append((row, rows[index]))

    def write(self, day: date) -> None:
        """Write what is new, what changed and what is gone; `day` is that of the events."""
        gone = self._gone()
        bulk_create_with_history(self._new, Statement)
        for row, _before in self._changed:
            row.save()
        for row in gone:
            row.state = State.WITHDRAWN
            row.save()
        for row, original in self._repeats:
            if not touched(row) and row.repeats_id != original.pk:
                row.repeats = original
                row.save()
        kinds = Event.Kind
        events = [Event(kind=kinds.PROPOSED, day=day, statement=row, after=_told(row)) for row in self._new]
        events += [
            Event(kind=kinds.PROPOSED, day=day, statement=row, before=before, after=_told(row))
            for row, before in self._changed
        ]
        events += [Event(kind=kinds.WITHDRAWN, day=day, statement=row, before=_told(row)) for row in gone]
        Event.objects.bulk_create(events)

    def _place(self, fresh: Statement) -> Statement:
        """Return the row that stands for what the engine says: the stored one at its place, or the new one."""
        row = _same_place(self._at[fresh.speech_id], fresh)
        if row is None:
            row = fresh
            self._at[fresh.speech_id].append(fresh)
            self._new.append(fresh)
        elif row.pk is not None and not touched(row):
            before = _take_over(row, fresh)
            if before:
                self._changed.append((row, before))
        self._said.add(id(row))
        return row

    def _gone(self) -> list[Statement]:
        return [
            row
            for rows in self._at.values()
            for row in rows
            if id(row) not in self._said and not touched(row) and row.state == State.PROPOSED
        ]


def touched(row: Statement) -> bool:
    """Tell whether a person judged, corrected or marked the statement."""
    return row.reviewed_at is not None or row.origin == Statement.Origin.HAND


def _same_place(rows: Iterable[Statement], fresh: Statement) -> Statement | None:
    """Return the statement at exactly this place, else one a person touched that shares half of its words."""
    for row in rows:
        if (row.start, row.end) == (fresh.start, fresh.end):
            return row
    for row in rows:
        shared = min(row.end, fresh.end) - max(row.start, fresh.start)
        if touched(row) and shared * 2 >= min(row.end - row.start, fresh.end - fresh.start):
            return row
    return None


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
