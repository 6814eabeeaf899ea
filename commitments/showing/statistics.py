"""How many promises stand how on a day: in all, by who promised, by portfolio, committee or month, and day after day.

A promise counts from the day it was first said. What came of it is that of the day (showing.past); its deadline is
today's, except that it has slipped only once the later day was named.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from commitments.models import Asking, Commitment, FollowUp, OutsideStatement, Statement
from commitments.querysets import OPEN
from commitments.showing.past import Changes, Past, changes_after
from commitments.showing.standing import days_late, waits_until

Status = Commitment.Status
NEEDED = ("status", "due_end", "check_on", "said_on", "fulfilled_on", "asked_on", "waiting_until", "evidence")


@dataclass(slots=True)
class Tally:
    """How many promises stand how on a day; `days_late` and `days_slipped` are sums over them, in whole days.

    total = open + fulfilled + dropped + lapsed + superseded, and fulfilled = on_time + late + undated.
    """

    total: int = 0
    open: int = 0
    partly: int = 0
    overdue: int = 0
    days_late: int = 0
    waiting: int = 0
    dated: int = 0
    fulfilled: int = 0
    on_time: int = 0
    late: int = 0
    undated: int = 0
    dropped: int = 0
    lapsed: int = 0
    superseded: int = 0
    slipped: int = 0
    days_slipped: int = 0

    def add(self, one: Commitment, day: date, slip: int) -> None:
        """Count a commitment as it stands on a day. slip: whole days its last day was put off by then."""
        self.total += 1
        self.dated += one.due_end is not None
        self.slipped += slip > 0
        self.days_slipped += max(0, slip)
        if one.status in OPEN:
            late = days_late(one, day)
            self.open += 1
            self.partly += one.status == Status.PARTLY
            self.overdue += late > 0
            self.days_late += late
            self.waiting += waits_until(one, day) is not None
        elif one.status == Status.FULFILLED:
            self.fulfilled += 1
            if one.due_end is None or one.fulfilled_on is None:
                self.undated += 1
            else:
                self.on_time += one.fulfilled_on <= one.due_end
                self.late += one.fulfilled_on > one.due_end
        else:
            self.dropped += one.status == Status.DROPPED
            self.lapsed += one.status == Status.LAPSED
            self.superseded += one.status == Status.SUPERSEDED


@dataclass(frozen=True, slots=True)
class Slips:
    """The last days that were named for each commitment, and when, in order."""

    named: Mapping[int, Sequence[tuple[date, date]]] = field(default_factory=dict)

    def until(self, commitment: int, day: date) -> int:
        """Return the days between the first last day that was named and the one that was named last, by that day."""
        said = self.named.get(commitment, ())
        known = said[: bisect_right(said, day, key=lambda one: one[0])]
        return (known[-1][1] - known[0][1]).days if known else 0


def tally(commitments: Iterable[Commitment], day: date, slips: Slips) -> Tally:
    """Count those that had been said by that day."""
    found = Tally()
    for one in commitments:
        if one.said_on <= day:
            found.add(one, day, slips.until(one.pk, day))
    return found


def rows(commitments: Any, *more: str) -> list[Commitment]:
    """Return these commitments with what counting needs and the fields named, in one query."""
    return list(commitments.order_by().only(*NEEDED, *more))


def on_day(commitments: Any, day: date, today: date, *more: str) -> list[Commitment]:
    """Return these commitments as they stood on a day; never to be saved."""
    found = rows(commitments.filter(said_on__lte=day), *more)
    past = Past(day, today)
    by_pk = {one.pk: one for one in found}
    for pk, then in past.changed().items():
        if pk in by_pk:
            _copy(then, by_pk[pk])
    return found


def groups(
    commitments: Iterable[Commitment], keys: Callable[[Commitment], Iterable[Any]]
) -> dict[Any, list[Commitment]]:
    """Return commitments by what `keys` says of each; one may be in several groups, or in none."""
    found: dict[Any, list[Commitment]] = defaultdict(list)
    for one in commitments:
        for key in keys(one):
            found[key].append(one)
    return found


def series(commitments: Any, days: Sequence[date], today: date) -> Iterator[tuple[date, Tally]]:
    """Yield each of these days (in order) with the count on it, in a number of queries that knows neither's length."""
    kept = rows(commitments)
    by_pk = {one.pk: one for one in kept}
    slips = slips_of(commitments)
    askings: dict[int, list[Asking]] = defaultdict(list)
    for asking in Asking.objects.all():
        askings[asking.commitment_id].append(asking)
    events = sorted(changes_after(days[0]).values_list("day", *Changes.COLUMNS)) if days else []
    found: list[tuple[date, Tally]] = []
    changes = Changes()
    for day in reversed(days):  # each change is taken up once, on the way back
        if day < today:
            while events and events[-1][0] > day:
                changes.add([events.pop()[1:]])
            changes.put_back(by_pk, askings)
        found.append((day, tally(kept, day, slips)))
    yield from reversed(found)


def slips_of(commitments: Any) -> Slips:
    """Read every last day that was named for these commitments, in three queries."""
    wanted = {"commitment__in": commitments.order_by().values("pk"), "due_end__isnull": False}
    put_off = FollowUp.objects.filter(**wanted, state=FollowUp.State.CONFIRMED, kind=FollowUp.Kind.POSTPONED)
    said: list[Any] = [
        OutsideStatement.objects.filter(**wanted).order_by("pk").values_list("commitment", "said_on", "due_end"),
        Statement.objects.accepted()
        .filter(**wanted)
        .order_by("said_on", "speech", "start")
        .values_list("commitment", "said_on", "due_end"),
        put_off.order_by("item__document__date", "pk").values_list("commitment", "item__document__date", "due_end"),
    ]
    named: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for each in said:
        for commitment, day, end in each:
            named[commitment].append((day, end))
    for each_day in named.values():
        each_day.sort(key=lambda one: one[0])  # of one day they stay in this order, as services.sayings has them
    return Slips(named)


def month_ends(first: date, last: date) -> list[date]:
    """Return the last day of every month from that of `first` on, and `last` itself for its own month."""
    found = []
    at = first.replace(day=1)
    while at <= last:
        following = (at + timedelta(days=32)).replace(day=1)
        found.append(min(following - timedelta(days=1), last))
        at = following
    return found


def _copy(then: Commitment, now: Commitment) -> None:
    for name in ("status", "evidence", "fulfilled_on", "asked_on", "waiting_until"):
        setattr(now, name, getattr(then, name))
