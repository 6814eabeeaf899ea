"""Secret addresses of private feeds: made, found again by their secret, revoked.

What is asked of an office leaves an OfficeEvent that its members see; of one's own watch list the row itself tells.
"""

import hashlib
import secrets
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import FeedAddress, Membership, OfficeEvent, Team
from commitments.models.feed_addresses import LONGEST_NAME
from commitments.services.errors import RoleError, ServiceError
from tracker.clock import moment

MOST = 20  # addresses of one person that still give something
LONGEST_SECRET = 100  # characters that are looked up


@transaction.atomic
def make(*, user: Any, day: date, team: Team | None = None, name: str = "") -> tuple[FeedAddress, str]:
    """Make an address and return it with its secret, which cannot be had again.

    team: the office whose marks it tells; without one it is about the watch lists its owner sees.
    Raises RoleError for who may not log in or is not of the office, ServiceError for one too many.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    list(User.objects.select_for_update().filter(pk=user.pk))  # two at once are counted one after the other
    if team is not None and not Membership.objects.of(user).filter(team=team).exists():
        raise RoleError(_("You do not work for this office."))
    if FeedAddress.objects.seen_by(user).giving().count() >= MOST:
        raise ServiceError(_("You have %(most)d secret addresses: revoke one first.") % {"most": MOST})
    secret = secrets.token_urlsafe(32)
    row = FeedAddress.objects.create(
        user=user,
        team=team,
        name=" ".join(name.split())[:LONGEST_NAME],
        fingerprint=fingerprint_of(secret),
        made_at=moment(),
    )
    _tell(OfficeEvent.Kind.FEED_MADE, row, user, day, after={"name": row.name})
    return row, secret


@transaction.atomic
def revoke(*, address: FeedAddress, actor: Any, day: date) -> FeedAddress:
    """Let an address of one's own give nothing from now on. Twice changes nothing. Raises RoleError for another's."""
    row = FeedAddress.objects.seen_by(actor).select_related("team").select_for_update(of=("self",)).filter(
        pk=address.pk
    ).first()  # fmt: skip
    if row is None:
        raise RoleError(_("This address is somebody else's."))
    if row.ended_at is None:
        row.ended_at = moment()
        row.save(update_fields=["ended_at"])
        _tell(OfficeEvent.Kind.FEED_REVOKED, row, actor, day, before={"name": row.name})
    return row


def find(secret: str) -> FeedAddress | None:
    """Return the address with this secret, where it still gives something.

    It is looked for by its fingerprint: how long that takes tells nothing of the secret.
    """
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    return FeedAddress.objects.opened_by(fingerprint_of(secret)).select_related("user", "team").first()


def note_used(*, address: FeedAddress, day: date) -> None:
    """Note the last day on which an address was asked for; a program that asks every hour writes once a day."""
    if address.used_on is None or address.used_on < day:
        FeedAddress.objects.seen_by(address.user).filter(pk=address.pk).update(used_on=day)


def fingerprint_of(secret: str) -> str:
    # 256 bits of chance: there is nothing to guess, so nothing is gained by a slow hash.
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _tell(kind: str, row: FeedAddress, actor: Any, day: date, **sides: dict[str, str]) -> None:
    if row.team is not None:
        OfficeEvent.objects.create(kind=kind, team=row.team, actor=actor, day=day, **sides)
