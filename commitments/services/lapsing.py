"""The end of a legislature: what is still open lapses with it, announced before, once, and undone by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import DateField, Exists, OuterRef, Value
from django.utils.translation import gettext as _

from commitments.engine import calendars
from commitments.engine.calendars import Term
from commitments.models import Commitment, Event
from commitments.querysets import OPEN, CommitmentQuerySet
from commitments.services.errors import NotAllowedError
from commitments.services.locking import lock, show
from commitments.services.noting import Found, note_once
from commitments.services.tracking import told

Kind = Event.Kind


@dataclass(frozen=True, slots=True)
class LapseResult:
    """How many were announced to lapse, and how many lapsed, in this run."""

    announced: int
    lapsed: int

    @property
    def sentence(self) -> str:
        return f"{self.announced} commitments announced to lapse with their legislature, {self.lapsed} lapsed."


def lapse_ended(*, day: date, actor: Any = None) -> LapseResult:
    """Announce what will lapse with its legislature, and let lapse what was announced long enough ago.

    1. From LAPSE_NOTICE_DAYS before the last day of a legislature on, each open commitment of it is announced: one
       event, however often this runs. What comes in later is announced then.
    2. After that last day, and as many days after the announcement, it lapses: one event.
    3. What somebody kept open, or made open again after it lapsed, stays as it is: it lapses by itself once.

    A run that was missed is made up for by the next one; a second run finds nothing to do.
    """
    announced = sum(_announce(term, day) for term in _terms(day + timedelta(days=settings.LAPSE_NOTICE_DAYS)))
    lapsed = 0
    for term in _terms(day - timedelta(days=1)):
        noted = Event.objects.filter(
            commitment=OuterRef("pk"),
            kind=Kind.LAPSE_ANNOUNCED,
            about_day=term.last,
            day__lte=day - timedelta(days=settings.LAPSE_NOTICE_DAYS),
        )
        for row in _staying(term).filter(Exists(noted)).order_by("pk"):
            lapsed += lapse(commitment=row, actor=actor, day=day)
    return LapseResult(announced, lapsed)


@transaction.atomic
def lapse(*, commitment: Commitment, actor: Any, day: date) -> bool:
    """Let an open commitment of a legislature that has ended lapse. Return whether it did so now.

    Who is no longer open, and whose legislature goes on or is not in the calendar, stays as it is.
    """
    row = lock(commitment)
    ended = calendars.load().ended(row.said_on, day)
    if row.status not in OPEN or ended is None:
        return False
    before = told(row)
    row.status = Commitment.Status.LAPSED
    row.save()
    Event.objects.create(
        kind=Kind.STATUS_CHANGED,
        day=day,
        actor=actor,
        commitment=row,
        before=before,
        after=told(row) | {"term_ended": ended.isoformat()},
    )
    show(commitment, row)
    return True


@transaction.atomic
def keep_open(*, commitment: Commitment, actor: Any, day: date) -> None:
    """Say that a commitment which was announced to lapse stays open after its legislature. Twice changes nothing.

    Raises NotAllowedError where nothing was announced.
    """
    row = lock(commitment)
    kept = row.events.filter(kind=Kind.KEPT_OPEN)
    announced = announcement(row)
    if announced is not None:
        Event.objects.create(kind=Kind.KEPT_OPEN, day=day, actor=actor, commitment=row, about_day=announced.about_day)
    elif row.status not in OPEN or not kept.exists():
        raise NotAllowedError(_("It is not announced that this commitment will lapse."))
    show(commitment, row)


def announcement(commitment: Commitment) -> Event | None:
    """Return the event that announced that an open commitment will lapse, as long as it stands."""
    if commitment.status not in OPEN:
        return None
    return commitment.events.standing_announcements().order_by("about_day").last()


def lapses_on(announced: Event) -> date:
    """Return the first day on which a commitment lapses by itself, after what announced it."""
    notice = timedelta(days=settings.LAPSE_NOTICE_DAYS)
    end = announced.about_day or announced.day
    return max(end + timedelta(days=1), announced.day + notice)


def _terms(until: date) -> Iterator[Term]:
    return (term for term in calendars.load().terms if term.last <= until)


def _staying(term: Term) -> CommitmentQuerySet:
    """Open commitments of a legislature that nobody kept open and that did not lapse with it before."""
    of_it = Event.objects.filter(commitment=OuterRef("pk"))
    return Commitment.objects.open().filter(
        ~Exists(of_it.filter(kind=Kind.KEPT_OPEN, about_day=term.last)),
        ~Exists(of_it.filter(kind=Kind.STATUS_CHANGED, after__term_ended=term.last.isoformat())),
        said_on__gte=term.first,
        said_on__lt=term.last,
    )


def _announce(term: Term, day: date) -> int:
    """Write the missing announcements."""
    end = Value(term.last, DateField())
    return sum(note_once(Found(_staying(term), Kind.LAPSE_ANNOUNCED, end), day=day))
