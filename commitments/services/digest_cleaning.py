"""What the list of digests need not keep: that somebody who wants no mail without news was looked at, and got none."""

from datetime import timedelta

from commitments.models import Digest
from tracker.clock import moment

# Twelve weeks and some days, for who asks why no mail came; a claim counts for its own period alone, a week or a day.
KEPT = timedelta(days=92)
AT_ONCE, MOST = 5_000, 500_000  # rows in one statement, and in one run


def clean() -> int:
    """Remove the rows that say "nothing to tell" and were claimed longer than KEPT ago; return how many.

    In pieces, each a transaction of its own, so that nobody waits for it; what is left is for the next run.
    """
    old = (
        Digest.objects.filter(nothing=True, claimed_at__lt=moment() - KEPT).order_by("pk").values_list("pk", flat=True)
    )
    removed = 0
    while removed < MOST and (some := list(old[:AT_ONCE])):
        removed += Digest.objects.filter(pk__in=some).delete()[0]
    return removed
