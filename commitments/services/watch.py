"""The watch: what became overdue, due soon, has to be asked about, got no answer within the term, hangs on a condition
whose day came, or of which nothing was heard for long is noted once, however late and often it runs."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F

from commitments.models import Commitment, Event
from commitments.querysets import CommitmentQuerySet
from commitments.services.due import add_months
from commitments.services.noting import Found, note_once


@dataclass(frozen=True, slots=True)
class WatchResult:
    """How many events were new."""

    overdue: int
    due_soon: int
    to_ask: int
    waiting_ended: int = 0
    condition_came: int = 0
    silent: int = 0

    @property
    def sentence(self) -> str:
        noted = f"Noted {self.overdue} overdue, {self.due_soon} due soon, {self.to_ask} to ask about."
        further = [
            (self.waiting_ended, "got no answer within the term"),
            (self.condition_came, "hang on a condition whose day came"),
            (self.silent, "were not heard of for long"),
        ]
        return " ".join([noted, *(f"{number} {what}." for number, what in further if number)])


@transaction.atomic
def note_overdue(*, day: date) -> WatchResult:
    """Note everything that holds on `day` and was not noted yet for the same last day (or day to ask, and so on).

    There is no window of time in it: a week without a run is made up for, and a moved deadline counts anew.
    """
    found = Commitment.objects.all()
    kinds = Event.Kind
    long_ago = add_months(day, -settings.SILENT_MONTHS)

    def about(rows: CommitmentQuerySet, kind: str, day_of: str) -> Found:
        return Found(rows, kind, F(day_of))

    # In the order of the result's fields.
    noted = note_once(
        about(found.overdue(day), kinds.BECAME_OVERDUE, "due_end"),
        about(found.due_soon(day, settings.DUE_SOON_DAYS), kinds.BECAME_DUE_SOON, "due_end"),
        about(found.time_to_ask(day), kinds.TIME_TO_ASK, "check_on"),
        about(found.term_passed(day), kinds.WAITING_ENDED, "waiting_until"),
        about(found.condition_came(day), kinds.CONDITION_CAME, "condition_on"),
        about(found.silent_since(long_ago, day).with_last_heard(), kinds.SILENT, "last_heard"),
        day=day,
    )
    return WatchResult(*noted)
