"""What the start page tells, in a number of questions to the database that knows neither the rows nor the blocks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet, Value, Window
from django.db.models.functions import RowNumber

from commitments.models import Commitment, FollowUp, Statement
from commitments.querysets import CommitmentQuerySet
from commitments.showing import months
from transcripts.models import Meeting

ON_START = 5  # lines of a block
WEEK = 6  # days before today that are of the past week
AHEAD, BEHIND = 12, 12  # months
NEWEST = "newest"
KEPT = ("on_time", "later", "open", "moved")  # what became of a last day, as kept_by_month names it


@dataclass(frozen=True, slots=True)
class Front:
    """lead: the newest miss, else what is due first. blocks: the first lines of each; counts: how many there are."""

    lead: Commitment | None
    blocks: dict[str, list[Commitment]]
    counts: dict[str, int]


def read(published: CommitmentQuerySet, day: date, *, review: bool, follow_ups: bool) -> Front:
    """Return the lines and numbers of the start page about these commitments.

    review, follow_ups: whether what waits at the desks is counted as well.
    """
    meetings = Meeting.objects.next_after(day)
    found: dict[str, CommitmentQuerySet] = {
        "late": published.overdue(day),
        "soon": published.due_by_meeting(day, settings.DUE_SOON_DAYS, meetings),
        "ask": published.time_to_ask(day),
        "asked": published.waiting_for_answer(day),
        "answered": published.answered_between(day - timedelta(days=WEEK), day),
    }
    counted: dict[str, QuerySet] = dict(found) | {"all": published}
    if review:
        counted["waiting"] = Statement.objects.waiting()
    if follow_ups:
        counted["follow_ups"] = FollowUp.objects.waiting()
    blocks = _blocks(found, meetings)
    lead = next(iter(blocks.pop(NEWEST) or blocks["soon"]), None)
    return Front(lead, blocks, _counts(counted))


def months_ahead(published: CommitmentQuerySet, day: date) -> months.Ahead:
    """Return the picture of what is to be expected in the month of `day` and those after it."""
    first, *_, last = months.months_from(day, AHEAD)
    rows = published.deadlines(max(first, day), months.last_of(last))
    return months.ahead((months.Interval(*row) for row in rows), first, AHEAD)


def months_behind(published: CommitmentQuerySet, day: date) -> months.Behind:
    """Return the picture of what became of the last days in the months before that of `day`."""
    past = months.months_from(day, -BEHIND)
    counts: dict[date, dict[str, int]] = {month: {} for month in past}
    for month, what, number in published.kept_by_month(past[0], months.last_of(past[-1]), day):
        counts[month][what] = counts[month].get(what, 0) + number
    return months.behind(counts, KEPT, past)


def _blocks(found: dict[str, CommitmentQuerySet], meetings: dict[str, date]) -> dict[str, list[Commitment]]:
    """Read the lines of all blocks at once: first which they are, then they themselves; and the newest miss."""
    oldest: list[Any] = [F("due_end").asc(nulls_last=True), "check_on", "said_on", "pk"]
    newest: list[Any] = ["-due_end", "-said_on", "pk"]
    wanted = found | {NEWEST: found["late"]}
    numbered = [
        rows.order_by()
        .annotate(block=Value(name), nth=Window(RowNumber(), order_by=newest if name == NEWEST else oldest))
        .filter(nth__lte=1 if name == NEWEST else ON_START)
        .values_list("block", "pk")
        for name, rows in wanted.items()
    ]
    blocks: dict[str, list[int]] = {name: [] for name in wanted}
    for name, pk in numbered[0].union(*numbered[1:], all=True):
        blocks[name].append(pk)
    shown = Commitment.objects.filter(pk__in={pk for some in blocks.values() for pk in some})
    lines = list(shown.with_next_meeting(meetings).with_sources().by_last_day())
    return {name: [one for one in lines if one.pk in some] for name, some in blocks.items()}


def _counts(rows: dict[str, QuerySet]) -> dict[str, int]:
    counted = [
        one.order_by()
        .annotate(block=Value(name))
        .values("block")
        .annotate(number=Count("pk"))
        .values("block", "number")
        for name, one in rows.items()
    ]
    told = counted[0].union(*counted[1:], all=True)
    return dict.fromkeys(rows, 0) | {one["block"]: one["number"] for one in told}
