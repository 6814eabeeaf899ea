"""An address that a mail server refuses for good: its subscription is switched off, and who can mend it is told."""

import logging

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from commitments.models import Digest, Membership, Subscription
from commitments.refusal_mails import refusal_mail
from commitments.services import offices
from tracker.clock import moment, today

log = logging.getLogger(__name__)


@transaction.atomic
def switch_off(*, digest: Digest, code: int | None, words: str) -> None:
    """Switch off the subscription of a digest whose address was refused, unless the address was corrected since.

    It leaves a version of the subscription with the reason, and an event with each office its subscriber works for.
    """
    tried = digest.subscription.user.email
    mine = Subscription.objects.select_for_update(of=("self",)).select_related("user")
    subscription = mine.get(pk=digest.subscription_id)
    if not subscription.active or subscription.user.email != tried:
        return
    subscription.active = False
    subscription.refused_at, subscription.refusal_told_at = moment(), None
    subscription.refused_address, subscription.refused_words = tried[:254], f"{code or ''} {words}".strip()[:520]
    subscription._change_reason = subscription.refused_words[:100]  # type: ignore[attr-defined]
    subscription.save()
    offices.tell_mail_refused(user=subscription.user, day=today())


def tell() -> int:
    """Tell by mail of every refusal that nobody was told of yet; return how many. At the desk they are seen anyway.

    Marked before it is sent, and unmarked where the mail certainly did not go: two runs do not both tell it.
    """
    untold = Subscription.objects.filter(active=False, refused_at__isnull=False, refusal_told_at__isnull=True)
    told = 0
    for subscription in untold.select_related("user"):
        if not untold.filter(pk=subscription.pk).update(refusal_told_at=moment()):
            continue
        people = list(who_can_mend(subscription.user))
        if not people:
            log.warning("Subscription %s was refused, and nobody who could be told has an address.", subscription.pk)
        for person in people:
            try:
                refusal_mail(subscription, to=person).send()
            except OSError:
                log.exception("Nobody was told yet that subscription %s was refused.", subscription.pk)
                Subscription.objects.filter(pk=subscription.pk).update(refusal_told_at=None)
                break
        else:
            told += 1
    return told


def who_can_mend(user: User) -> QuerySet[User]:
    """Who manages an office that somebody works for, or administers the site where there is none; with an address."""
    reachable = User.objects.filter(is_active=True).exclude(email="").exclude(pk=user.pk).order_by("pk")
    mine = Membership.objects.filter(user=user).values("team")
    managers = reachable.filter(memberships__team__in=mine, memberships__role=Membership.Role.MANAGER).distinct()
    return managers if managers.exists() else reachable.filter(is_superuser=True)
