"""The day as the house counts it: Brussels time, or the day the demo is set on."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """Return today's date in Europe/Brussels, or settings.TODAY when that is set."""
    return settings.TODAY or timezone.localdate()


def now() -> datetime:
    """Return the time in Europe/Brussels; when settings.TODAY is set, noon of that day."""
    if settings.TODAY is not None:
        return timezone.make_aware(datetime.combine(settings.TODAY, time(12)))
    return timezone.localtime()
