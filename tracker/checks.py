"""System checks: what the types of the settings cannot say. `manage.py check --deploy` asks them all.

E001  a number of the house's policy is out of its range
W001  the calendars end within a year
W002  SQLite, while a worker writes beside the site
W101  (deploy) mail stays in files
W102  (deploy) links in mails lead to this machine
W103  (deploy) the site's day stands still
W104  (deploy) no HTTPS
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from commitments.engine import calendars
from tracker.clock import today

# Setting: (smallest, largest) sensible value, both allowed.
RANGES = {
    "CHECK_AFTER_MONTHS": (1, 60),
    "DUE_SOON_DAYS": (1, 366),
    "SILENT_MONTHS": (1, 60),
    "LAPSE_NOTICE_DAYS": (1, 366),
    "MAX_UPLOAD_MB": (1, 1000),
}
FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
Apps = Sequence[AppConfig] | None


@register()
def policy_in_range(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    return [
        Error(f"{name} is {getattr(settings, name)}.", hint=f"Set it from {low} to {high}.", id="tracker.E001")
        for name, (low, high) in RANGES.items()
        if not low <= getattr(settings, name) <= high
    ]


@register()
def calendars_last(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    end = calendars.runs_out(calendars.load())
    if end >= today() + timedelta(days=365):
        return []
    return [
        Warning(
            f"The calendars of holidays and terms end on {end}; deadlines after that day are read in part.",
            hint="Add to the tables in commitments/rules/calendars what has been decided since.",
            id="tracker.W001",
        )
    ]


@register()
def one_writer_for_sqlite(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.REDIS_URL and settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return [
            Warning(
                "REDIS_URL asks for workers beside the site, and SQLite takes one writer at a time.",
                hint="Set DATABASE_URL to a PostgreSQL, or leave REDIS_URL out: tasks then run in the process itself.",
                id="tracker.W002",
            )
        ]
    return []


@register(deploy=True)
def mail_leaves(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND != FILE_BACKEND:
        return []
    return [
        Warning(
            f"Mail is written to {settings.EMAIL_FILE_PATH} and nobody gets it.",
            hint="Set EMAIL_URL, e.g. smtp+tls://name:password@mail.example.org:587.",
            id="tracker.W101",
        )
    ]


@register(deploy=True)
def links_lead_here(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if urlsplit(settings.SITE_URL).hostname not in {"127.0.0.1", "localhost", "::1", None}:
        return []
    return [
        Warning(
            f"Links in mails lead to {settings.SITE_URL}, which is another machine for every reader.",
            hint="Set SITE_URL to the address of the site, e.g. https://toegezegd.example.org.",
            id="tracker.W102",
        )
    ]


@register(deploy=True)
def the_day_moves(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.TODAY is None:
        return []
    return [
        Warning(
            f"TODAY is set: for this site it stays {settings.TODAY}, and nothing becomes overdue.",
            hint="Leave TODAY out; it is for the demo.",
            id="tracker.W103",
        )
    ]


@register(deploy=True)
def https_is_on(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.HTTPS:
        return []
    return [
        Warning(
            "HTTPS=0: passwords and sessions cross the network in the clear.",
            hint="Put a proxy with TLS in front, and leave HTTPS out.",
            id="tracker.W104",
        )
    ]
