"""How often one may ask: so many requests by a key, a login or an address, counted together by all processes.

The count is kept in the cache: with a Redis it is one count for the whole site, without one each process counts for
itself. When the cache is away nobody is held back: the counting is for the site, and not the site for the counting.
"""

import ipaddress
import re
import time

import redis
from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from commitments.models import ApiToken

SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
RATE = re.compile(rf"(\d+)/({'|'.join(SECONDS)})")


def parse_rate(rate: str) -> tuple[int, int] | None:
    """Return how many in how many seconds; None where nobody is held back. Raises ValueError for what is no rate."""
    if not rate:
        return None
    found = RATE.fullmatch(rate)
    if found is None or int(found[1]) < 1:
        raise ValueError(rate)
    return int(found[1]), SECONDS[found[2]]


class Throttle(BaseThrottle):
    """Counts in windows as long as the rate's period; of the window before, the share counts that is not yet past.

    One number a window and a counter that the cache raises by itself: two processes never both take the last place.
    """

    def __init__(self) -> None:
        self._wait: float | None = None

    def allow_request(self, request: Request, view: object) -> bool:
        return self._may(*asked_by(self, request))

    def allow_stranger(self, request: Request) -> bool:
        """Count a request with a key that is none for its address: nobody tries keys as fast as they like."""
        return self._may(*asked_from(self, request))

    def wait(self) -> float | None:
        """Seconds until there is a place again."""
        return None if self._wait is None else round(self._wait, 3)  # a hair more would become a whole second

    def _may(self, who: str, rate: str) -> bool:
        parsed = parse_rate(rate)
        if parsed is None:
            return True
        try:
            return self._count(who, *parsed)
        except (redis.RedisError, OSError):
            return True

    def _count(self, who: str, most: int, period: int) -> bool:
        window, passed = divmod(time.time(), period)
        left = 1 - passed / period
        now, before = (f"throttle:{period}:{int(window) - back}:{who}" for back in (0, 1))
        earlier = int(cache.get(before, 0))
        cache.add(now, 0, 2 * period)
        try:
            count = cache.incr(now)
        except ValueError:  # the cache was emptied in between
            return True
        if round(earlier * left + count, 6) <= most:
            return True
        others = cache.decr(now)  # who is refused takes no place
        self._wait = _until_free(earlier, others, most - 1, left) * period
        return False


def _until_free(earlier: int, count: int, room: int, left: float) -> float:
    """Return after which share of a window no more than `room` count: in this window, or else in the next one."""
    if earlier and count <= room:
        return max(0.0, left - (room - count) / earlier)
    return left + max(0.0, 1 - room / max(count, 1))


def asked_by(throttle: BaseThrottle, request: Request) -> tuple[str, str]:
    """Return whom a request counts for, and at which rate."""
    if isinstance(request.auth, ApiToken):
        return f"key:{request.auth.pk}", settings.API_RATE_KEY
    if request.user.is_authenticated:
        return f"user:{request.user.pk}", settings.API_RATE_KEY
    return asked_from(throttle, request)


def asked_from(throttle: BaseThrottle, request: Request) -> tuple[str, str]:
    """Return the address that a request counts for, whoever asks, and its rate."""
    return f"address:{one_client(throttle.get_ident(request) or '')}", settings.API_RATE_ADDRESS


def one_client(address: str) -> str:
    """Return what one client has of addresses: an address of IPv4; of IPv6 the network, of which it may take any."""
    try:
        found = ipaddress.ip_address(address.strip().partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
