"""The life of a commitment, told from its rows: where it was said, what was moved, what came of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone

from commitments.models import Event, FollowUp, OutsideStatement, Statement
from commitments.services.sayings import Saying, in_order

# What happened to the promise itself; everything else that is noted is a step of who keeps it.
SIGNS: dict[str, str] = {
    Event.Kind.BECAME_OVERDUE: "late",
    Event.Kind.ASKED: "asked",
    Event.Kind.ANSWERED: "answered",
    Event.Kind.WAITING_ENDED: "asked",
    Event.Kind.STATUS_CHANGED: "ended",
    Event.Kind.PART_DONE: "ended",
}


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
    def earlier(self) -> int:
        """How many days the last day came nearer; 0 when it did not."""
        return max(0, -(self.slipped or 0))

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
    """One line of the life line: exactly one of `statement`, `outside`, `follow_up` and `event` is set.

    step  what it named as deadline, and the days it moved; None for what names none
    """

    day: date
    at: datetime
    statement: Statement | None = None
    outside: OutsideStatement | None = None
    follow_up: FollowUp | None = None
    event: Event | None = None
    step: Step | None = None

    @property
    def sign(self) -> str:
        """What kind of thing happened, for the mark beside it: of the promise itself, or no more than a step."""
        if self.event is not None:
            return SIGNS.get(self.event.kind, "step")
        if self.step and self.step.slipped:
            return "moved"
        return "followed" if self.follow_up else "said"


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
    steps: Iterable[Step] = (),
) -> list[Line]:
    """Return everything that happened, oldest first; on one day what was said comes before what was done with it.

    steps: those of the deadline's history; each goes with the line of what was said in it.
    """
    of = {(type(step.said), step.said.pk): step for step in steps}

    def step(row: Statement | FollowUp | OutsideStatement) -> Step | None:
        return of.get((type(row), row.pk))

    lines = [Line(outside.said_on, _start_of(outside.said_on), outside=outside, step=step(outside))] if outside else []
    lines += [Line(one.said_on, _start_of(one.said_on), statement=one, step=step(one)) for one in statements]
    for one in follow_ups:
        day = one.item.document.date
        lines.append(Line(day, _start_of(day), follow_up=one, step=step(one)))
    lines += [Line(one.day, one.at, event=one) for one in events]
    return sorted(lines, key=lambda line: (line.day, line.at))


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
