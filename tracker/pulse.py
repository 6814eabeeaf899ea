"""Signs of life of those who work beside the site: who was not seen for a while is told.

A worker is seen by the heartbeats that Celery sends anyway, the beat by the task of its table that runs every minute.
When they were seen stands in the cache that all processes share; where tasks run in the process itself, nobody is
missed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import redis
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise  # of the tools for development; the product runs without

WORKER, BEAT = "worker", "beat"
PATIENCE = timedelta(minutes=5)
NAMES: "dict[str, StrPromise]" = {WORKER: _("the worker"), BEAT: _("the beat")}


@dataclass(frozen=True, slots=True)
class Missed:
    """One who was not seen for a while. since: None where nobody was seen since the cache was emptied."""

    name: str
    since: datetime | None

    @property
    def words(self) -> "StrPromise":
        return NAMES[self.name]


def note(name: str, at: datetime) -> None:
    """Note that `name` was seen."""
    cache.set(_key(name), at.isoformat(), timeout=None)


def missed(now: datetime) -> list[Missed]:
    """Return who was not seen in the last minutes; nobody where tasks run in the process itself."""
    if not settings.REDIS_URL:
        return []
    seen = cache.get_many([_key(name) for name in NAMES])
    last = {name: datetime.fromisoformat(seen[_key(name)]) if _key(name) in seen else None for name in NAMES}
    return [Missed(name, at) for name, at in last.items() if at is None or now - at > PATIENCE]


def missed_or_unknown() -> list[Missed]:
    """As `missed` now; everybody where the cache does not answer: a page is shown all the same."""
    try:
        return missed(timezone.now())
    except (redis.RedisError, OSError):
        return [Missed(name, None) for name in NAMES]


def _key(name: str) -> str:
    return f"seen:{name}"
