"""The Celery application: `celery -A tracker worker` and `celery -A tracker beat`."""

import logging.config
import os
import time
from contextlib import suppress
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent, setup_logging
from django_structlog.celery.steps import DjangoStructLogInitStep

from tracker.beat import BEAT_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()
app.steps["worker"].add(DjangoStructLogInitStep)  # the number of a request goes along with its tasks

NOTED_EVERY = 30  # seconds; Celery's own heartbeat comes every other second
_noted_at = 0.0


@heartbeat_sent.connect
def worker_is_there(**_: Any) -> None:
    """Note that this worker lives. It does so also when it cannot be noted."""
    global _noted_at
    if time.monotonic() - _noted_at < NOTED_EVERY:
        return
    from django.utils import timezone

    from tracker import pulse

    _noted_at = time.monotonic()
    with suppress(Exception):
        pulse.note(pulse.WORKER, timezone.now())


@setup_logging.connect
def log_like_the_site(loglevel: int | str | None = None, **_: Any) -> None:
    """Let worker and beat write their log as the site does, at the level their command asks for."""
    from django.conf import settings

    logging.config.dictConfig(settings.LOGGING)
    if loglevel:
        logging.getLogger().setLevel(loglevel)
