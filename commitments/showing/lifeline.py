"""The life of a commitment, told from its rows: where it was said, what was moved, what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from commitments.models import Event, FollowUp, Statement


@dataclass(frozen=True, slots=True)
class Step:
    """One statement in the deadline history.

    slipped  days the last day moved against the statement before it that named one; None when there is none
    """

    statement: Statement
    slipped: int | None


@dataclass(frozen=True, slots=True)
class History:
    """The statements in the order they were said. slipped: days from the first last day named to the latest."""

    steps: tuple[Step, ...]
    slipped: int
    moves: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the life line: exactly one of `statement`, `follow_up` and `event` is set."""

    day: date
    at: datetime
    statement: Statement | None = None
    follow_up: FollowUp | None = None
    event: Event | None = None


def deadline_history(statements: Iterable[Statement]) -> History:
    """Read the slippage from the statements; nothing of it is stored."""
    steps: list[Step] = []
    ends: list[date] = []
    moves = 0
    for statement in sorted(statements, key=lambda one: (one.said_on, one.speech_id, one.start)):
        slipped = None
        if statement.due_end is not None:
            if ends:
                slipped = (statement.due_end - ends[-1]).days
                moves += slipped > 0
            ends.append(statement.due_end)
        steps.append(Step(statement, slipped))
    return History(tuple(steps), (ends[-1] - ends[0]).days if ends else 0, moves)


def life_line(statements: Sequence[Statement], follow_ups: Sequence[FollowUp], events: Sequence[Event]) -> list[Line]:
    """Return everything that happened, oldest first; on one day what was said comes before what was done with it."""
    lines = [Line(one.said_on, _start_of(one.said_on), statement=one) for one in statements]
    lines += [Line(one.item.document.date, _start_of(one.item.document.date), follow_up=one) for one in follow_ups]
    lines += [Line(one.day, one.at, event=one) for one in events]
    return sorted(lines, key=lambda line: (line.day, line.at))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
