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
        return noon_of(settings.TODAY)
    return timezone.localtime()


def noon_of(day: date) -> datetime:
    """Return noon of a day in Brussels: the moment meant where only a day is given."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def moment() -> datetime:
    """Return the time that runs, whatever day the site is set on: for pauses, and for how long something is held."""
    return timezone.now()
