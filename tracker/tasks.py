"""Doors for the beat."""

from celery import shared_task
from django.utils import timezone

from tracker import pulse


@shared_task
def seen() -> None:
    """Note that the beat sends what its table says, and that a worker does it."""
    pulse.note(pulse.BEAT, timezone.now())
