"""What the mails of one day are made of, read once for all who get one, in a fixed number of queries.

Ids only: which of it goes to whom is decided in memory (digest_claims), and the words are read when a mail is written.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.querysets import OPEN
from commitments.services.due import add_months
from transcripts.models import Document, Meeting

# Blocks in which a commitment is told once, as what the watch noted of it.
TOLD_ONCE = {
    "no_answer": Event.Kind.WAITING_ENDED,
    "condition_came": Event.Kind.CONDITION_CAME,
    "silent": Event.Kind.SILENT,
    "lapsing": Event.Kind.LAPSE_ANNOUNCED,
}
# Blocks that go on telling what is so; the event says since when, so that the first time is news.
TOLD_ON = {
    "overdue": Event.Kind.BECAME_OVERDUE,
    "due_soon": Event.Kind.BECAME_DUE_SOON,
    "time_to_ask": Event.Kind.TIME_TO_ASK,
}
# What came of a promise, for "answered or moved".
_CHANGES = (
    Event.Kind.ANSWERED,
    Event.Kind.DEADLINE_MOVED,
    Event.Kind.STATUS_CHANGED,
    Event.Kind.FOLLOW_UP_ADDED,
    Event.Kind.PART_DONE,
)
# An event that was being written while the mail before was claimed could not be seen by it: it is looked for again, and
# what was told is known by its id.
OVERLAP = timedelta(hours=1)
LONGEST_LOOK_BACK = timedelta(days=92)
FIRST_LOOK_BACK = 7  # days, of who never had a mail


@dataclass(frozen=True, slots=True)
class Change:
    event: int
    commitment: int
    at: datetime
    day: date


@dataclass(slots=True)
class Blocks:
    """ids: of the commitments per block, in the order of the mail. news: the event by which one came into a block.

    meetings: the next meeting for those due by then. counts: what is told alike to all.
    """

    day: date
    ids: dict[str, list[int]] = field(default_factory=dict)
    news: dict[str, dict[int, int]] = field(default_factory=dict)
    meetings: dict[int, date] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    noted: set[int] = field(default_factory=set)
    counts: dict[str, Any] = field(default_factory=dict)

    @property
    def commitments(self) -> set[int]:
        """Ids of all that some mail of the day may tell of."""
        return {pk for pks in self.ids.values() for pk in pks} | {one.commitment for one in self.changes}

    def worth_remembering(self, told: Iterable[int]) -> list[int]:
        """Return those of the events told that could be told again: of open commitments, and the latest changes."""
        edge = timezone.now() - OVERLAP
        recent = {one.event for one in self.changes if one.at >= edge}
        return sorted(event for event in told if event in self.noted or event in recent)


def read_blocks(day: date, *, since: datetime | None) -> Blocks:
    """Return what there is to tell on `day`. since: when the earliest of the mails before was claimed."""
    published = Commitment.objects.published()
    blocks = Blocks(day)
    asked_for = {
        "overdue": published.overdue(day),
        "time_to_ask": published.time_to_ask(day),
        "no_answer": published.term_passed(day),
        "condition_came": published.condition_came(day),
        "silent": published.silent_since(add_months(day, -settings.SILENT_MONTHS), day),
        "lapsing": published.announced_to_lapse(),
    }
    due: dict[int, tuple[date | None, date | None]] = {}
    for name, rows in asked_for.items():
        found = list(rows.by_last_day().values_list("pk", "due_end", "check_on"))
        due |= {pk: (end, check) for pk, end, check in found}
        blocks.ids[name] = [pk for pk, _, _ in found]
    coming = _due_by_meeting(day)
    blocks.ids["due_soon"] = [pk for pk, _, _ in coming]
    blocks.meetings = {pk: meeting for pk, _, meeting in coming if meeting is not None}
    due |= {pk: (end, None) for pk, end, _ in coming}
    waiting = published.waiting_for_answer(day).order_by("waiting_until", "pk")
    blocks.ids["asked"] = list(waiting.values_list("pk", flat=True))
    _add_news(blocks, due)
    blocks.changes = _changes(day, since)
    blocks.counts = _counts()
    return blocks


def _due_by_meeting(day: date) -> list[tuple[int, date, date | None]]:
    """Return id, last day and next meeting of what is due by the next meeting after `day` that is known.

    The meeting is that of the committee in which it was promised, else the plenary. Where the calendar knows neither,
    what is due within DUE_SOON_DAYS.
    """
    meetings = Meeting.objects.next_after(day)
    rows: Any = Commitment.objects.published().due_by_meeting(day, settings.DUE_SOON_DAYS, meetings)
    return list(rows.by_last_day().values_list("pk", "due_end", "meeting"))


def _add_news(blocks: Blocks, due: dict[int, tuple[date | None, date | None]]) -> None:
    """Find for each commitment of a block the event by which it came there, and what is noted at all."""
    kinds = {str(kind): name for name, kind in (TOLD_ONCE | TOLD_ON).items()}
    blocks.news = {name: {} for name in kinds.values()}
    among = {name: set(blocks.ids[name]) for name in kinds.values()}
    rows = Event.objects.filter(kind__in=kinds, commitment__status__in=OPEN).order_by("about_day", "pk")
    for event, commitment, kind, about in rows.values_list("pk", "commitment", "kind", "about_day").iterator():
        blocks.noted.add(event)
        name = kinds[kind]
        if commitment not in among[name]:
            continue
        end, check = due[commitment]
        if name in TOLD_ON and about != (check if name == "time_to_ask" else end):
            continue  # of a day it had before it was moved
        blocks.news[name][commitment] = event
    for name in TOLD_ONCE:
        blocks.ids[name] = [pk for pk in blocks.ids[name] if pk in blocks.news[name]]


def _changes(day: date, since: datetime | None) -> list[Change]:
    """Return what came of promises since then, and in the week before `day` for who never had a mail; oldest first."""
    earliest = timezone.now() - LONGEST_LOOK_BACK
    wanted = Q(day__gte=day - timedelta(days=FIRST_LOOK_BACK))
    if since is not None:
        wanted |= Q(at__gte=max(since - OVERLAP, earliest))
    confirmed = Q(kind=Event.Kind.FOLLOW_UP_JUDGED, after__state=FollowUp.State.CONFIRMED)
    rows = (
        Event.objects.filter(wanted, Q(kind__in=_CHANGES) | confirmed, commitment__isnull=False)
        .filter(undone_by__isnull=True, undoes__isnull=True)
        .filter(Q(follow_up__isnull=True) | Q(follow_up__state=FollowUp.State.CONFIRMED))
        .filter(commitment__in=Commitment.objects.published())
        .order_by("pk")
    )
    return [Change(*row) for row in rows.values_list("pk", "commitment", "at", "day")]


def _counts() -> dict[str, Any]:
    """What all are told alike: the day of the last report in ISO (or null), and what waits, counted."""
    last = Document.objects.order_by("-imported_at").values_list("imported_at", flat=True).first()
    return {
        "waiting": Statement.objects.waiting().count(),
        "waiting_follow_ups": FollowUp.objects.waiting().count(),
        "last_report": timezone.localtime(last).date().isoformat() if last else None,
    }


def by_commitment(changes: Iterable[Change]) -> dict[int, list[int]]:
    """Return the events of each commitment, in the order in which the commitments last changed, the latest first."""
    found: dict[int, list[int]] = defaultdict(list)
    for one in sorted(changes, key=lambda one: one.event, reverse=True):
        found[one.commitment].insert(0, one.event)
    return found
