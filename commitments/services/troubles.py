"""Digests of which nobody knows whether they arrived, and those that failed for good: who can mend it is told, once."""

import logging
from collections import defaultdict
from datetime import timedelta

from django.contrib.auth.models import User
from django.db.models import Max

from commitments.models import Digest
from commitments.services.refusals import who_can_mend
from commitments.trouble_mails import trouble_mail
from tracker.clock import moment

log = logging.getLogger(__name__)

# After the first one, for the others of the same morning: one mail tells them all.
AWAIT_OTHERS = timedelta(minutes=15)


def tell() -> int:
    """Tell by mail of every digest that is uncertain or failed and of which nobody was told; return of how many.

    One mail to each person, with all that concern people of that person's offices. Marked before it is sent, and
    unmarked where the mail certainly did not go: two runs do not both tell it. At the desk they are seen at once.
    """
    untold = Digest.objects.in_trouble().filter(trouble_told_at__isnull=True)
    since = moment() - AWAIT_OTHERS
    if not untold.annotate(last=Max("delivery_notes__at")).filter(last__lte=since).exists():
        return 0
    at = moment()
    rows = untold.select_related("subscription__user").prefetch_related("delivery_notes").order_by("pk")
    mine = [digest for digest in rows if untold.filter(pk=digest.pk).update(trouble_told_at=at)]
    told: dict[User, list[Digest]] = defaultdict(list)
    for digest in mine:
        people = list(who_can_mend(digest.subscription.user))
        if not people:
            log.warning("Digest %s is in trouble, and nobody who could be told has an address.", digest.pk)
        for person in people:
            told[person].append(digest)
    for person, digests in told.items():
        try:
            trouble_mail(digests, to=person).send()
        except OSError:
            log.exception("Nobody was told yet of %s digests in trouble.", len(digests))
            keys = [digest.pk for digest in digests]
            Digest.objects.filter(pk__in=keys, trouble_told_at=at).update(trouble_told_at=None)
    return len(mine)
