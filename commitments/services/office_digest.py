"""What the weekly digest tells one subscriber alone: the watch list, and what colleagues of the same office wrote."""

from datetime import date, timedelta
from typing import Any

from commitments.models import Commitment, Note, Subscription, Watch

WEEK = timedelta(days=7)
NOTES = 25  # in one mail; the rest comes with the next


def items_for(subscription: Subscription, week: date) -> dict[str, list[Any]]:
    """Return what to claim: ids of the open commitments that are watched, and of notes not told before.

    week: the Monday it is for. Notes are looked for from the Monday before the last digest that went out, so that a
    week without a run is made up for; the first digest tells those of the week before.
    """
    user = subscription.user
    published = Commitment.objects.published()
    watched = published.open().filter(uid__in=Watch.objects.seen_by(user).values("commitment")).by_last_day()
    sent = subscription.digests.filter(sent_at__isnull=False)
    last = sent.order_by("-week").values_list("week", flat=True).first()
    told = {note for items in sent.values_list("items", flat=True) for note in items.get("notes", [])}
    notes = Note.objects.seen_by(user).filter(commitment__in=published, day__gte=min(last or week, week) - WEEK)
    others = notes.exclude(author=user).order_by("at").values_list("pk", flat=True)
    return {
        "watched": list(watched.values_list("pk", flat=True)),
        "notes": [str(pk) for pk in others if str(pk) not in told][:NOTES],
    }
