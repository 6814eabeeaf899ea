"""What a subscriber does from a mail: put a reminder off, say that it was asked, have no more mail.

Who may do it is asked at the moment it is done, whoever the mail was sent to.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Asking, Commitment, Subscription
from commitments.services import asking, offices
from commitments.services.errors import NotAllowedError, RoleError
from commitments.services.locking import lock
from commitments.showing.succession import Holders

LONGEST_PUT_OFF = timedelta(days=366)


def may_file(user: Any) -> bool:
    return bool(user.is_active and user.has_perm("commitments.change_commitment"))


def put_off(*, commitment: Commitment, user: Any, until: date, day: date) -> None:
    """Leave a commitment out of somebody's own mails before the day `until`. Nobody else's change.

    Raises RoleError for who may no longer log in, NotAllowedError for a day that is no later one.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    if not day < until <= day + LONGEST_PUT_OFF:
        raise NotAllowedError(_("Choose a later day, within a year."))
    offices.put_off_alone(commitment=commitment, user=user, until=until)


@transaction.atomic
def mark_asked(*, commitment: Commitment, user: Any, mailed_on: date, day: date, kind: str, number: str = "") -> Asking:
    """Note that a question was filed today, from a mail of `mailed_on`: once, however often its address is used.

    Raises RoleError for who may not file questions (any more), NotAllowedError where a question was filed since the
    mail or the commitment is closed.
    """
    if not may_file(user):
        raise RoleError(_("You may not, or no longer, note questions on this site."))
    row = lock(commitment)
    if row.askings.filter(filed_on__gte=mailed_on).exists():
        raise NotAllowedError(_("A question about this was noted since that mail; see its page."))
    holders = Holders(day).after(row.mandate)
    return asking.file_question(
        commitment=row,
        actor=user,
        day=day,
        kind=kind,
        number=number,
        addressee=holders[0].person if holders else row.person,
    )


@transaction.atomic
def stop(*, subscription: Subscription) -> None:
    """Send this subscriber no more mail. Twice changes nothing."""
    row = Subscription.objects.select_for_update().get(pk=subscription.pk)
    if row.active:
        row.active = False
        row.save()
