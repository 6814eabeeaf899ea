"""What an answer says of its freshness, so that nobody fetches twice what they have: ETag, Last-Modified, 304, gzip.

The ETag is made of the answer itself: it differs wherever the answer does, by reader, language, `as_of` or the day.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date, parse_http_date_safe
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.clock import moment

# A date of HTTP counts in seconds: of what changed within this one, nobody can say yet that they have the last of it.
SETTLED = timedelta(seconds=2)
_gzip = GZipMiddleware(lambda _request: HttpResponse())


class FreshMixin:
    """For a view of Django REST framework: its good answers to GET can be kept and asked for again by their ETag.

    An answer that says by itself how it may be kept (Cache-Control) is left alone.
    """

    def changed_at(self) -> datetime | None:
        """Return a moment after which nothing in this answer changed; None where that is not known."""
        return None

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        patch_vary_headers(answer, ("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie"))
        if request.method not in ("GET", "HEAD") or answer.status_code != 200 or answer.has_header("Cache-Control"):
            return answer
        # Everybody may keep what everybody may see, and has to ask each time whether it is still so.
        public = is_public(request)
        patch_cache_control(answer, no_cache=True, **{"public" if public else "private": True})
        if public and (changed := self.changed_at()) and moment() - changed >= SETTLED:
            answer["Last-Modified"] = http_date(changed.timestamp())
        if isinstance(answer, Response):
            answer.add_post_render_callback(lambda rendered: _conditional(request, rendered, public=public))
            return answer
        return _conditional(request, answer, public=public)


def is_public(request: Request) -> bool:
    """Tell whether nobody in particular asks: then the answer is the same for all, and holds no secret."""
    return not request.auth and not request.user.is_authenticated


def _conditional(request: Request, answer: Any, *, public: bool) -> Any:
    if not answer.streaming:
        answer["ETag"] = f'W/"{hashlib.sha256(answer.content).hexdigest()[:32]}"'
    modified = _seconds(answer)
    asked = request._request
    found = get_conditional_response(asked, etag=answer.get("ETag"), last_modified=modified, response=answer)
    # Packed only for the public: how long a packed secret is, tells of it to who may choose words beside it.
    if found is not None and public and found is answer and not getattr(answer, "packed", False):
        return _gzip.process_response(asked, answer)
    return found


def _seconds(answer: Any) -> int | None:
    told = answer.get("Last-Modified")
    return parse_http_date_safe(told) if told else None
