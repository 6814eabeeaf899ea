"""Which mails need somebody who looks after their readers: counted for the desk."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from commitments.models import Digest, Subscription
from commitments.privacy import Viewer
from commitments.roles import administers, looked_after


@dataclass(frozen=True, slots=True)
class Troubles:
    """uncertain, failed: digests that no later one tells. refused: subscriptions that are off for it."""

    uncertain: int = 0
    failed: int = 0
    refused: int = 0


def troubles(viewer: Viewer) -> Troubles:
    """Count what a viewer can mend, of the whole site or of those whom the viewer looks after."""
    if not (viewer.has_perm("commitments.view_digest") and viewer.has_perm("commitments.view_subscription")):
        return Troubles()
    digests: Any = Digest.objects.in_trouble()
    refused: Any = Subscription.objects.refused()
    if not administers(viewer, "commitments.view_digest"):
        digests = digests.filter(subscription__user__in=looked_after(viewer))
    if not administers(viewer, "commitments.view_subscription"):
        refused = refused.filter(user__in=looked_after(viewer))
    counted = digests.aggregate(
        uncertain=Count("pk", filter=Q(state=Digest.State.UNCERTAIN)),
        failed=Count("pk", filter=Q(state=Digest.State.FAILED)),
    )
    return Troubles(**counted, refused=refused.count())
