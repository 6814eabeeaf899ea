"""The watch: what became overdue, due soon, has to be asked about, or got no answer within the term is noted once,
however late and often it runs."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from commitments.models import Commitment, Event
from commitments.querysets import CommitmentQuerySet

BATCH = 500


@dataclass(frozen=True, slots=True)
class WatchResult:
    """How many events were new."""

    overdue: int
    due_soon: int
    to_ask: int
    waiting_ended: int = 0

    @property
    def sentence(self) -> str:
        noted = f"Noted {self.overdue} overdue, {self.due_soon} due soon, {self.to_ask} to ask about."
        return f"{noted} {self.waiting_ended} got no answer within the term." if self.waiting_ended else noted


@transaction.atomic
def note_overdue(*, day: date) -> WatchResult:
    """Note everything that holds on `day` and was not noted yet for the same last day (or day to ask).

    There is no window of time in it: a week without a run is made up for, and a moved deadline counts anew.
    """
    open_ones = Commitment.objects.all()
    kinds = Event.Kind
    return WatchResult(
        overdue=_note(open_ones.overdue(day), kinds.BECAME_OVERDUE, "due_end", day),
        due_soon=_note(open_ones.due_soon(day, settings.DUE_SOON_DAYS), kinds.BECAME_DUE_SOON, "due_end", day),
        to_ask=_note(open_ones.time_to_ask(day), kinds.TIME_TO_ASK, "check_on", day),
        waiting_ended=_note(open_ones.term_passed(day), kinds.WAITING_ENDED, "waiting_until", day),
    )


def _note(commitments: CommitmentQuerySet, kind: str, about: str, day: date) -> int:
    """Write the missing events and return how many of them are ours: another run may be writing the same ones."""
    noted = Event.objects.filter(commitment=OuterRef("pk"), kind=kind, about_day=OuterRef(about))
    missing = list(commitments.filter(~Exists(noted)).order_by("pk").values_list("pk", F(about)))
    new = 0
    for at in range(0, len(missing), BATCH):
        rows = missing[at : at + BATCH]
        events = [Event(kind=kind, day=day, commitment_id=pk, about_day=about_day) for pk, about_day in rows]
        Event.objects.bulk_create(events, ignore_conflicts=True)
        new += Event.objects.filter(uid__in=[event.uid for event in events]).count()
    return new
