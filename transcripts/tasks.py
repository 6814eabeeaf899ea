"""Doors for the worker and the beat."""

from celery import shared_task
from django.conf import settings

from tracker.clock import today
from transcripts.services import syncing

SPARE = 60  # seconds before the limit of a task in which a run comes to its end


@shared_task
def sync_parliament() -> None:
    """Read what the parliament published, where that is switched on; what does not fit in a task is for the next."""
    if not settings.PARLIAMENT_SYNC:
        return
    day = today()
    steps = syncing.sync_parliament(
        since=syncing.since_or_month(day),
        until=day,
        day=day,
        committees=settings.PARLIAMENT_COMMITTEES,
        seconds=max(1, settings.CELERY_TASK_SOFT_TIME_LIMIT - SPARE),
    )
    syncing.log_problems(steps)
