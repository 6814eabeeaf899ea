"""Signed addresses in a mail: each for one purpose, of one subscriber and one promise, until it expires.

What is signed is the same each time a mail is written, so that one digest is one mail. An address alone does nothing:
its page asks for a confirmation, and whether its person may do it is asked again at that moment. It stands behind the
question mark, where no log keeps it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from django.core import signing
from django.urls import reverse

from commitments.links import site_address
from commitments.models import Commitment, Subscription


class Purpose(StrEnum):
    """The values are the names of the doors."""

    PUT_OFF = "mail_put_off"
    ASKED = "mail_asked"
    STOP = "mail_stop"


VALID_FOR = {
    Purpose.PUT_OFF: timedelta(days=60),
    Purpose.ASKED: timedelta(days=60),
    Purpose.STOP: timedelta(days=3 * 366),  # who finds an old mail can still be rid of the next one
}
PARAMETER = "t"


class BadLinkError(Exception):
    """The address was not made here, not for this, or for somebody or something that is gone."""


class ExpiredLinkError(Exception):
    """The address was good once."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Whose mail it stood in, of which day, and which published promise it is about (none for the mail itself)."""

    subscription: Subscription
    mailed_on: date
    commitment: Commitment | None


def address(purpose: Purpose, subscription: Subscription, day: date, commitment: Commitment | None = None) -> str:
    """Return the whole signed address for a mail of `day`."""
    return site_address(f"{reverse(purpose)}?{PARAMETER}={token(purpose, subscription, day, commitment)}")


def token(purpose: Purpose, subscription: Subscription, day: date, commitment: Commitment | None = None) -> str:
    about = str(commitment.uid) if commitment else ""
    return _signer(purpose).sign_object([subscription.pk, subscription.user_id, about, day.isoformat()])


def opened(purpose: Purpose, given: str, *, day: date) -> Opened:
    """Return what a signed address leads to on `day`. Raises BadLinkError and ExpiredLinkError."""
    try:
        pk, user, about, mailed = _signer(purpose).unsign_object(given)
        mailed_on = date.fromisoformat(mailed)
    except (signing.BadSignature, ValueError, TypeError):
        raise BadLinkError from None
    if day > mailed_on + VALID_FOR[purpose]:
        raise ExpiredLinkError
    subscription = Subscription.objects.select_related("user").filter(pk=pk, user=user).first()
    commitment = Commitment.objects.published().filter(uid=UUID(about)).first() if about else None
    if subscription is None or (about and commitment is None):
        raise BadLinkError
    return Opened(subscription, mailed_on, commitment)


def _signer(purpose: Purpose) -> signing.Signer:
    return signing.Signer(salt=f"commitments.{purpose}")
