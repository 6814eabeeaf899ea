"""How a commitment stands on a day, in the tracker's sober words. Computed, never stored."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.models import Commitment
from commitments.querysets import OPEN

DAY = "j F Y"


class Code(StrEnum):
    LATE = "late"
    SOON = "soon"
    ASK = "ask"
    RUNNING = "running"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """words: for the reader. days_late: whole days past the last day of the interval, 0 when not late."""

    code: Code
    words: str
    days_late: int = 0


def days_late(commitment: Commitment, day: date) -> int:
    """Return how many days `day` is past the interval of an open commitment; 0 while it waits for an answer."""
    return 0 if waits_until(commitment, day) else days_past(commitment, day)


def days_past(commitment: Commitment, day: date) -> int:
    """Return how many days `day` is past the interval of an open commitment, whatever was asked about it; else 0."""
    if commitment.status not in OPEN or commitment.due_end is None:
        return 0
    return max(0, (day - commitment.due_end).days)


def waits_until(commitment: Commitment, day: date) -> date | None:
    """Return the last day of the term that runs on `day` for the answer about an open commitment; None without one."""
    asked, until = commitment.asked_on, commitment.waiting_until
    if commitment.status not in OPEN or asked is None or until is None:
        return None
    return until if asked <= day <= until else None


def standing(commitment: Commitment, day: date) -> Standing:
    """Say how the commitment stands on `day`; the same questions as the QuerySets, put to one row."""
    if commitment.status not in OPEN:
        return Standing(Code.CLOSED, str(commitment.get_status_display()))
    until = waits_until(commitment, day)
    if until:
        said = _("waiting for an answer until %(day)s") % {"day": date_format(until, DAY)}
        return Standing(Code.WAITING, said)
    if commitment.due_end is None:
        if commitment.check_on is not None and commitment.check_on <= day:
            return Standing(Code.ASK, _("time to ask"))
        return Standing(Code.RUNNING, _("no end day named"))
    late = days_late(commitment, day)
    if late:
        return Standing(
            Code.LATE,
            ngettext("%(days)s day past its date", "%(days)s days past its date", late) % {"days": late},
            late,
        )
    left = (commitment.due_end - day).days
    if left == 0:
        return Standing(Code.SOON, _("last day today"))
    if left <= settings.DUE_SOON_DAYS:
        return Standing(Code.SOON, ngettext("%(days)s day to go", "%(days)s days to go", left) % {"days": left})
    return Standing(Code.RUNNING, _("running"))
