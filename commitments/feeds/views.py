"""The doors of the feeds. Those of everybody know no visitor; one's own opens by its secret alone, never by a login."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from commitments.feeds import asked, calendars, entries, news, scopes
from commitments.feeds.asked import Asked, BadQueryError
from commitments.feeds.scopes import Scope
from commitments.feeds.stamps import latest_change
from commitments.links import site_address
from commitments.services import feed_addresses
from tracker.clock import moment, today
from transcripts.models import Person

CALENDAR = "ics"
PUBLIC_FOR = "public, max-age=900"
# Between the two, only who asks keeps it, and asks each time whether it still holds.
PRIVATE = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow"}
SECRET = "key"  # behind the question mark, where no log keeps it

Door = Callable[..., HttpResponseBase]


def _closed(view: Door) -> Door:
    """Whatever is answered, a refusal as well, is for who asked and for no other."""

    @wraps(view)
    def door(request: HttpRequest, **given: str) -> HttpResponseBase:
        answer = view(request, **given)
        for name, value in PRIVATE.items():
            answer.headers[name] = value
        return answer

    return door


def _feed(view: Door) -> Door:
    @require_safe
    @wraps(view)
    def door(request: HttpRequest, **given: str) -> HttpResponseBase:
        with translation.override(asked.language_of(request.GET)):
            try:
                return view(request, asked.read(request.GET), **given)
            except BadQueryError as error:
                return _say(str(error), 400)

    return door


@_feed
def everything(request: HttpRequest, wanted: Asked, format: str) -> HttpResponseBase:
    return _public(request, wanted, scopes.everything(), format)


@_feed
def of_person(request: HttpRequest, wanted: Asked, uid: str, format: str) -> HttpResponseBase:
    """The id of somebody who turned out to be another person leads to that one for good."""
    person = Person.objects.known_as(UUID(uid)).first()
    if person is None:
        raise Http404
    if person.uid != UUID(uid):
        query = request.META.get("QUERY_STRING", "")
        there = reverse("feed_person", args=[person.uid, format])
        return HttpResponsePermanentRedirect(f"{there}?{query}" if query else there)
    return _public(request, wanted, scopes.of_person(person, today()), format)


@_feed
def of_portfolio(request: HttpRequest, wanted: Asked, slug: str, format: str) -> HttpResponseBase:
    return _public(request, wanted, scopes.of_portfolio(slug), format)


@_feed
def of_committee(request: HttpRequest, wanted: Asked, slug: str, format: str) -> HttpResponseBase:
    return _public(request, wanted, scopes.of_committee(slug), format)


@_closed
@_feed
def own(request: HttpRequest, wanted: Asked, format: str) -> HttpResponseBase:
    """What a secret address gives. One that gives nothing (any more) is as one that never was."""
    address = feed_addresses.find(request.GET.get(SECRET, ""))
    if address is None:
        return _say(_("There is no feed at this address, or it was revoked."), 404)
    feed_addresses.note_used(address=address, day=today())
    return _answer(request, wanted, scopes.of_address(address), format, private=True)


def _public(request: HttpRequest, wanted: Asked, scope: Scope | None, format: str) -> HttpResponseBase:
    if scope is None:
        raise Http404
    answer = _answer(request, wanted, scope, format)
    answer.headers["Cache-Control"] = PUBLIC_FOR
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def _answer(request: HttpRequest, wanted: Asked, scope: Scope, format: str, private: bool = False) -> HttpResponseBase:
    """Write the feed out only where the program that asks does not have it already."""
    day = today()
    # Nobody notes when somebody's own watch list changed, so of a private feed only the tag tells whether it did.
    changed = None if private else _whole_seconds(day)
    page = site_address(scope.page)
    if format == CALENDAR:
        shown = entries.read(scope, day=day)
        tag = calendars.fingerprint(scope.title, shown, alarm=wanted.alarm, private=private)

        def body() -> bytes:
            return calendars.written(scope.title, page, shown, alarm=wanted.alarm, private=private)
    else:
        told = news.read(scope, limit=wanted.limit, before=wanted.before)
        tag = news.fingerprint(scope.title, told)

        def body() -> bytes:
            older = _itself(request, before=str(told.older)) if told.older else None
            return news.written(scope, told, page=page, address=_itself(request), older=older)

    etag = f'"{tag}"'
    answer = get_conditional_response(request, etag=etag, last_modified=changed)
    if answer is None:
        content_type = calendars.CONTENT_TYPE if format == CALENDAR else news.CONTENT_TYPE
        answer = HttpResponse(body(), content_type=content_type)
        if format == CALENDAR:
            answer.headers["Content-Disposition"] = 'inline; filename="toegezegd.ics"'
    answer.headers["ETag"] = etag
    answer.headers["Content-Language"] = translation.get_language() or ""
    if changed is not None:
        answer.headers["Last-Modified"] = http_date(changed)
    return answer


def _whole_seconds(day: date) -> int:
    """Return when a public feed last changed, and never a time that is still to come."""
    return int(min(latest_change(day), moment()).timestamp())


def _itself(request: HttpRequest, **other: str) -> str:
    query = request.GET.copy()
    for name, value in other.items():
        query[name] = value
    return site_address(f"{request.path}?{query.urlencode()}" if query else request.path)


def _say(said: str, status: int) -> HttpResponse:
    return HttpResponse(f"{said}\n", status=status, content_type="text/plain; charset=utf-8")
