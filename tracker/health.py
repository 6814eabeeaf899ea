"""Three answers for those who watch the site: is the process alive, can it do its work, and is the work behind it done.

/health/live/   200 as long as this process answers
/health/work/   200 when beat and workers were seen in the last minutes, else 503 naming who was not, and since when
/health/ready/  200 when the database (and Redis, where one is configured) answers, else 503 naming what does not
"""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker import pulse

logger = logging.getLogger(__name__)
REDIS_SECONDS = 3


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    parts = {"database": _answers(_ask_database)}
    if settings.REDIS_URL:
        parts["redis"] = _answers(_ask_redis)
    well = all(parts.values())
    answer = {"status": "ok" if well else "unavailable"}
    answer |= {name: "ok" if up else "no answer" for name, up in parts.items()}
    return JsonResponse(answer, status=200 if well else 503)


@require_safe
@never_cache
def work(request: HttpRequest) -> JsonResponse:
    missing = pulse.missed_or_unknown()
    answer: dict[str, str | None] = {"status": "not seen" if missing else "ok"}
    answer |= {one.name: one.since.isoformat(timespec="seconds") if one.since else None for one in missing}
    return JsonResponse(answer, status=503 if missing else 200)


def _answers(ask: Callable[[], None]) -> bool:
    """Ask; what went wrong is for the log, never for whoever called."""
    try:
        ask()
    except (DatabaseError, redis.RedisError, OSError) as error:
        logger.error("not ready: %s: %s", ask.__name__.removeprefix("_ask_"), error)
        return False
    return True


def _ask_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _ask_redis() -> None:
    with redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=REDIS_SECONDS, socket_timeout=REDIS_SECONDS
    ) as client:
        client.ping()


urlpatterns = [
    path("live/", live, name="health-live"),
    path("ready/", ready, name="health-ready"),
    path("work/", work, name="health-work"),
]
