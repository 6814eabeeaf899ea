"""The life of a commitment, told from its rows: where it was said, what was moved, what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from commitments.models import Event, FollowUp, OutsideStatement, Statement
from commitments.services.sayings import Saying, in_order


@dataclass(frozen=True, slots=True)
class Step:
    """One time a deadline could be named: exactly one of `statement`, `follow_up` and `outside` is set.

    slipped  days the last day moved against the one named before it; None when there is none
    """

    saying: Saying
    slipped: int | None

    @property
    def day(self) -> date:
        return self.saying.day

    @property
    def said(self) -> Statement | FollowUp | OutsideStatement:
        return self.saying.row

    @property
    def statement(self) -> Statement | None:
        return self.said if isinstance(self.said, Statement) else None

    @property
    def follow_up(self) -> FollowUp | None:
        return self.said if isinstance(self.said, FollowUp) else None

    @property
    def outside(self) -> OutsideStatement | None:
        return self.said if isinstance(self.said, OutsideStatement) else None

    @property
    def who(self) -> str:
        """Who said it, as printed; of a follow-up the minister who was asked."""
        if isinstance(self.said, Statement):
            return self.said.speech.label or str(self.said.speech.person or "")
        if isinstance(self.said, FollowUp):
            asked = (question.addressee for question in self.said.item.questions.all())
            return next((one.name for one in asked if one), "")
        return self.said.commitment.person.name if self.said.commitment.person else ""


@dataclass(frozen=True, slots=True)
class History:
    """What was said in order. first, last: the first and the present last day. slipped: days between the two."""

    steps: tuple[Step, ...]
    slipped: int
    moves: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the life line: exactly one of `statement`, `outside`, `follow_up` and `event` is set."""

    day: date
    at: datetime
    statement: Statement | None = None
    outside: OutsideStatement | None = None
    follow_up: FollowUp | None = None
    event: Event | None = None


def deadline_history(
    statements: Iterable[Statement],
    *,
    outside: OutsideStatement | None = None,
    follow_ups: Iterable[FollowUp] = (),
) -> History:
    """Read the slippage from what was said; nothing of it is stored."""
    ordered = sorted(statements, key=lambda one: (one.said_on, one.speech_id, one.start))
    steps: list[Step] = []
    ends: list[date] = []
    moves = 0
    for saying in in_order(outside=outside, statements=ordered, follow_ups=follow_ups):
        slipped = None
        end = saying.row.due_end
        if end is not None:
            if ends:
                slipped = (end - ends[-1]).days
                moves += slipped > 0
            ends.append(end)
        steps.append(Step(saying, slipped))
    if not ends:
        return History(tuple(steps), 0, moves)
    return History(tuple(steps), (ends[-1] - ends[0]).days, moves, ends[0], ends[-1])


def life_line(
    statements: Sequence[Statement],
    follow_ups: Sequence[FollowUp],
    events: Sequence[Event],
    outside: OutsideStatement | None = None,
) -> list[Line]:
    """Return everything that happened, oldest first; on one day what was said comes before what was done with it."""
    lines = [Line(outside.said_on, _start_of(outside.said_on), outside=outside)] if outside else []
    lines += [Line(one.said_on, _start_of(one.said_on), statement=one) for one in statements]
    lines += [Line(one.item.document.date, _start_of(one.item.document.date), follow_up=one) for one in follow_ups]
    lines += [Line(one.day, one.at, event=one) for one in events]
    return sorted(lines, key=lambda line: (line.day, line.at))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
