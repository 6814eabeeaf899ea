"""The day as the house counts it: Brussels time, or the day the demo is set on."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today's date in Europe/Brussels, or settings.TODAY when that is set."""
    return settings.TODAY or timezone.localdate()
