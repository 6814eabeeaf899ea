"""Keys for programs: made, found again by their secret, and withdrawn.

A key is kept when it is withdrawn: the row says who made it, for what, until when it was used and who ended it. Each of
these two is told to the offices its owner works for as well, since their notes may go that way.
"""

import hashlib
import re
import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from commitments.models import ApiToken, Scope
from commitments.roles import administers, looked_after, reaches
from commitments.services import offices
from commitments.services.errors import RoleError, ServiceError

PREFIX = "tgz_"  # by which a key is recognised where it should not be
BYTES = 24  # of the secret, from the system's source of chance
SHAPE = re.compile(rf"{PREFIX}[0-9a-f]{{{2 * BYTES}}}")
SHOWN = len(PREFIX) + 6  # characters by which its owner knows a key again
MOST_DAYS = 366
MOST = 20  # keys of one person that work
NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make(*, user: Any, name: str, scopes: Collection[str], days: int, at: datetime, day: date) -> tuple[ApiToken, str]:
    """Make a key that works for `days` days from `at` on. Return it with its secret, which is told this one time.

    Raises RoleError for a scope beyond what its owner may do, ServiceError for a name, a number of days or a number of
    keys that will not do.
    """
    if not user.is_active:
        raise RoleError(_("This login is closed."))
    name = " ".join(name.split())[:100]
    if not name:
        raise ServiceError(_("A key needs a name."))
    if not 1 <= days <= MOST_DAYS:
        raise ServiceError(_("A key works for 1 to %(most)d days.") % {"most": MOST_DAYS})
    wanted = [scope for scope in Scope if scope in scopes]
    if len(wanted) != len(set(scopes)):
        raise ServiceError(_("There is no such scope."))
    for scope in wanted:
        if not reaches(user, scope):
            raise RoleError(_("Your role does not go as far as: %(scope)s.") % {"scope": scope.label})
    if ApiToken.objects.seen_by(user).usable(at).count() >= MOST:
        raise ServiceError(_("You have %(most)d keys already. Withdraw one first.") % {"most": MOST})
    secret = PREFIX + secrets.token_hex(BYTES)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        start=secret[:SHOWN],
        digest=digest_of(secret),
        scopes=[str(scope) for scope in wanted],
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    offices.tell_key(user=user, actor=user, day=day, after=_facts(token))
    return token, secret


@transaction.atomic
def revoke(*, token: ApiToken, actor: Any, at: datetime, day: date) -> None:
    """Let a key work no more, for good: its owner does that, or who looks after its owner. Raises RoleError.

    A second time changes nothing.
    """
    row = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    if not may_revoke(row, actor):
        raise RoleError(_("A key is withdrawn by whose it is, or by a manager of that office."))
    if row.revoked_at is not None:
        return
    row.revoked_at, row.revoked_by = at, actor
    row.save(update_fields=["revoked_at", "revoked_by"])
    offices.tell_key(user=row.user, actor=actor, day=day, before=_facts(row))


def may_revoke(token: ApiToken, actor: Any) -> bool:
    """Its owner, a manager who looks after its owner and nobody else's, and who administers the site."""
    if not actor.is_active:
        return False
    if token.user_id == actor.pk or administers(actor, "commitments.view_apitoken"):
        return True
    return looked_after(actor).filter(pk=token.user_id).exists()


def find(secret: str) -> ApiToken | None:
    """Return the key of this secret, whether or not it still works; None where there is none."""
    if not SHAPE.fullmatch(secret):
        return None
    return ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()


def note_use(*, token: ApiToken, at: datetime) -> None:
    """Note that a key was used, at most once an hour: reading stays reading."""
    if token.used_at is None or at - token.used_at >= NOTED_EVERY:
        old = Q(used_at__isnull=True) | Q(used_at__lte=at - NOTED_EVERY)
        ApiToken.objects.filter(old, pk=token.pk).update(used_at=at)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _facts(token: ApiToken) -> dict[str, Any]:
    """What an office is told: whose and for what. The name is its owner's own."""
    return {"user": token.user.get_username(), "scopes": token.scopes}
