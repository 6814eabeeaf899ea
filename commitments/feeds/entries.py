"""What a calendar shows: for each commitment with a day one entry, in the words of the active language.

A fixed number of queries, however many there are; and never more than MOST, those that lie nearest.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.feeds import words
from commitments.feeds.scopes import Office, Scope, accepted_once
from commitments.feeds.stamps import EVER, NEVER, Stamp, stamps_of
from commitments.links import commitment_address
from commitments.models import Commitment, Event, OfficeEvent, Priority, Statement, Tagging
from commitments.querysets import OPEN, CommitmentQuerySet
from commitments.showing.standing import DAY
from commitments.templatetags.promises import interval

MOST = 1000  # entries of one calendar
MOST_ENDED = 200  # of what came to an end, and of what was withdrawn
MOST_LOOKED_UP = 5 * MOST_ENDED
KEPT = timedelta(days=90)  # how long a calendar says that something is no longer to be expected
# What may end that a commitment is for everybody to see, while it stays.
HIDING = (Event.Kind.REOPENED, Event.Kind.EDITED, Event.Kind.UNDONE)
OF_MARKS = (OfficeEvent.Kind.PRIORITY, OfficeEvent.Kind.LABELS, OfficeEvent.Kind.WATCH)


@dataclass(frozen=True, slots=True)
class Entry:
    """One whole day in a calendar. cancelled: it is no longer to be expected, and a calendar takes it away."""

    uid: UUID
    day: date
    summary: str
    description: str
    address: str
    stamp: Stamp
    created: datetime
    cancelled: bool = False
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """The entries by day, and whether there were too many to show all."""

    entries: tuple[Entry, ...]
    cut: bool


def read(scope: Scope, *, day: date) -> Shown:
    """Return what a calendar shows on `day`: open commitments by their last day, or by the day to ask.

    What lies ahead goes before what has passed. What was closed, withdrawn or hidden in the last KEPT days is shown as
    cancelled.
    """
    since = timezone.make_aware(datetime.combine(day - KEPT, time.min))
    dated = (
        Commitment.objects.published()
        .filter(scope.now)
        .annotate(shown_on=Coalesce("due_end", "check_on"))
        .filter(shown_on__isnull=False)
    )
    ahead = list(_told(dated.open().filter(shown_on__gte=day).order_by("shown_on", "pk"))[: MOST + 1])
    room = MOST + 1 - len(ahead)
    behind = list(_told(dated.open().filter(shown_on__lt=day).order_by("-shown_on", "-pk"))[:room])
    ended = dated.exclude(status__in=OPEN).filter(updated_at__gte=since).order_by("-updated_at", "-pk")
    rows = [*ahead, *behind][:MOST]
    closed = list(_told(ended)[:MOST_ENDED])
    withdrawn = _withdrawn(scope, since)
    stamps = stamps_of({one.uid for one in [*rows, *closed]} | set(withdrawn))
    marks = _marks(scope.office, [one.uid for one in [*rows, *closed]]) if scope.office else {}
    entries = [_entry(one, stamps[one.uid], marks.get(one.uid)) for one in [*rows, *closed]]
    entries += [_of_withdrawn(uid, at, stamps[uid]) for uid, at in withdrawn.items()]
    return Shown(tuple(sorted(entries, key=lambda one: (one.day, one.uid))), len(ahead) + len(behind) > MOST)


@dataclass(slots=True)
class _OfficeMarks:
    priority: str = ""
    labels: tuple[str, ...] = ()
    stamp: Stamp = NEVER


def quoted(path: str = "") -> Prefetch:
    """Bring along what was accepted, and of it no more than the words; `path` leads to the commitment."""
    said = Statement.objects.accepted().order_by("said_on", "speech_id", "start")
    return Prefetch(
        f"{path}statements", said.only("quote", "commitment", "said_on", "speech", "start"), "accepted_statements"
    )


def quote_of(row: Commitment) -> str:
    """Return the words it began with, as far as anybody may read them (`quoted` brings them along)."""
    outside = row.said_outside
    if outside is not None and outside.public:
        return outside.quote
    return row.accepted_statements[0].quote if row.accepted_statements else row.title


def _told(rows: CommitmentQuerySet) -> QuerySet[Any]:
    """Bring along what an entry says."""
    return rows.select_related("person", "outside").prefetch_related(quoted())


def _entry(row: Any, stamp: Stamp, marks: _OfficeMarks | None) -> Entry:
    if marks:
        stamp = stamp.and_also(marks.stamp.sequence, marks.stamp.changed)
    cancelled = row.status not in OPEN
    what = words.line(row.title)
    who = words.line(row.person.name) if row.person else _("unknown")
    if cancelled:
        kind = capfirst(row.get_status_display())
    elif row.due_end is None:
        kind = _("Ask about")
    else:
        kind = _("Last day")
    categories = [str(row.get_kind_display())]
    if row.due_end is None and not cancelled:
        categories.append(_("to ask about"))
    if marks and marks.labels:
        categories += marks.labels
    return Entry(
        uid=row.uid,
        day=row.shown_on,
        summary=f"{kind}: {what} ({who})",
        description="\n".join(_description(row, who, marks)),
        address=commitment_address(row),
        stamp=stamp,
        created=row.created_at,
        cancelled=cancelled,
        categories=tuple(categories),
    )


def _description(row: Any, who: str, marks: _OfficeMarks | None) -> Iterable[str]:
    yield f"“{words.shortened(quote_of(row))}”"
    yield f"{who}, {date_format(row.said_on, DAY)}"
    days = strip_tags(interval(row))
    if row.due_text or days:
        yield f"{_('Deadline')}: " + ", ".join(
            part for part in (f"“{words.line(row.due_text)}”" if row.due_text else "", days) if part
        )
    if row.due_end is None and row.status in OPEN:
        yield _("No last day was named; it is time to ask from %(day)s on.") % {"day": date_format(row.check_on, DAY)}
    if row.condition:
        yield f"{_('Condition')}: {words.shortened(row.condition)}"
    if row.status != Commitment.Status.OPEN:
        yield f"{_('Status')}: {row.get_status_display()}"
    if row.status in OPEN and row.asked_on and row.waiting_until:
        yield _("A question was filed on %(day)s; the term for the answer ends on %(until)s.") % {
            "day": date_format(row.asked_on, DAY),
            "until": date_format(row.waiting_until, DAY),
        }
    if marks and marks.priority:
        yield f"{_('Priority')}: {Priority.Level(marks.priority).label}"
    if marks and marks.labels:
        yield f"{_('Labels')}: {', '.join(marks.labels)}"
    yield commitment_address(row)


def _of_withdrawn(uid: UUID, at: datetime, stamp: Stamp) -> Entry:
    """Say no more than that it is gone: its words and days are no longer for everybody."""
    said = _("This commitment was put back to review and is no longer shown.")
    changed = max(at, stamp.changed)
    return Entry(
        uid=uid,
        day=timezone.localdate(changed),
        summary=_("Withdrawn"),
        description=said,
        address="",
        stamp=Stamp(stamp.sequence, changed),
        created=changed,
        cancelled=True,
    )


def _withdrawn(scope: Scope, since: datetime) -> dict[UUID, datetime]:
    """Return the permanent ids of what anybody could see once and nobody can now, and when that ended; latest first."""
    standing = Commitment.objects.filter(uid=OuterRef("uid"))
    deleted = Commitment.history.filter(~Exists(standing), history_type="-", history_date__gte=since)
    # Few are deleted: they are looked up one by one, where one question would go through every version there is.
    latest = list(deleted.order_by("-history_date", "-history_id").values_list("pk", flat=True)[:MOST_LOOKED_UP])
    gone = Commitment.history.filter(scope.once, accepted_once(), pk__in=latest).order_by(
        "-history_date", "-history_id"
    )
    found: dict[UUID, datetime] = {}
    for uid, at in gone.values_list("uid", "history_date")[:MOST_ENDED]:
        found.setdefault(uid, at)
    touched = Event.objects.filter(day__gte=timezone.localdate(since), kind__in=HIDING)
    hidden = (
        Commitment.objects.filter(scope.once, accepted_once(), pk__in=touched.values("commitment"))
        .exclude(pk__in=Commitment.objects.published().values("pk"))
        .annotate(at=Max("events__at"))
        .order_by("-at", "-pk")
    )
    for uid, at in hidden.values_list("uid", "at")[:MOST_ENDED]:
        found.setdefault(uid, at)
    return found


def _marks(office: Office, uids: Any) -> dict[UUID, _OfficeMarks]:
    """Return what an office says of each commitment, with when it last said so."""
    found: dict[UUID, _OfficeMarks] = defaultdict(_OfficeMarks)
    team, viewer = office.team, office.viewer
    labels: dict[UUID, list[str]] = defaultdict(list)
    levels: Any = Priority.objects.seen_by(viewer).filter(team=team, commitment__in=uids)
    for uid, level in levels.values_list("commitment", "level"):
        found[uid].priority = level
    given: Any = Tagging.objects.seen_by(viewer).filter(tag__team=team, commitment__in=uids).order_by("tag__name")
    for uid, name in given.values_list("commitment", "tag__name"):
        labels[uid].append(words.line(name))
    events: Any = OfficeEvent.objects.seen_by(viewer).filter(team=team)
    renamed = list(events.filter(kind=OfficeEvent.Kind.LABEL).values_list("at", flat=True))
    of_labels = Stamp(len(renamed), max(renamed, default=EVER))
    told: dict[UUID, Stamp] = defaultdict(lambda: of_labels)
    for uid, at in events.filter(kind__in=OF_MARKS, commitment__in=uids).values_list("commitment", "at"):
        told[uid] = told[uid].and_also(1, at)
    for uid in uids:
        found[uid].labels, found[uid].stamp = tuple(labels[uid]), told[uid]
    return found
