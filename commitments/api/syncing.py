"""What changed since: for who keeps a copy of a list, and asks only for what became otherwise."""

from datetime import UTC, datetime, time

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

from commitments.api.paging import LARGEST, PAGE_SIZE, SINCE, Page, whole_number
from commitments.keyset import BadCursorError, read_cursor, write_cursor
from commitments.models import FeedChange, FeedEntry
from commitments.services import feed
from tracker.clock import today

SYNC = "sync"  # what a cursor of this kind begins with


def is_asked(request: Request, kind: str) -> bool:
    """Tell whether changes are asked for. Raises ValidationError where none are noted of this list (no kind)."""
    asked = bool(request.query_params.get(SINCE))
    if asked and not kind:
        raise _refusal(_("Changes of this list are not noted. Fetch it whole; its ETag tells whether it changed."))
    return asked


def entries_since(request: Request, kind: str) -> QuerySet[FeedEntry]:
    """Return the entries that changed since, in the order of their numbers. Raises ValidationError."""
    entries = FeedEntry.objects.filter(kind=kind).order_by("number")
    since = _since(request.query_params[SINCE])
    if not isinstance(since, int):
        return entries.filter(changed_at__gte=since)
    if since:
        _must_be_given(since, entries)
    return entries.filter(number__gt=since)


def page_of_changes(rows: QuerySet, request: Request, kind: str) -> Page:
    """Return a page of what changed of these rows, and what of it is no longer among them.

    A row that left the list, by a withdrawal or by a filter, is told by its uid alone.
    """
    size = whole_number(request, "page_size", PAGE_SIZE, LARGEST)
    since = entries_since(request, kind)
    feed.number_for_a_reader()
    found = list(since[: size + 1])
    more, found = len(found) > size, found[:size]
    there = set(rows.filter(pk__in=[one.object_id for one in found if not one.gone]).values_list("pk", flat=True))
    shown = [one.object_id for one in found if not one.gone and one.object_id in there]
    gone = [{"uid": str(one.uid), "at": one.changed_at} for one in found if one.gone or one.object_id not in there]
    address = _address(request, write_cursor(SYNC, found[-1].number) if found else request.query_params[SINCE])
    return Page(shown, {"next": address if more else None, "previous": None, "sync": address, "gone": gone})


def changed_among(rows: QuerySet, request: Request, kind: str) -> QuerySet:
    """Return those of the rows that changed since."""
    since = entries_since(request, kind)
    feed.number_for_a_reader()
    return rows.filter(pk__in=since.order_by().values("object_id"))


def last_change(kind: str) -> datetime | None:
    """Return when the last change of any row of a kind was noted, or what is counted by the day: at its midnight.

    None where a change has no number yet: it may be newer than anything that could be said.
    """
    newest = (
        FeedEntry.objects.filter(kind=kind)
        .order_by("-number")
        .annotate(waiting=Exists(FeedChange.objects.all()))
        .values_list("changed_at", "waiting")
        .first()
    )
    if newest is None or newest[1]:
        return None
    return max(newest[0], timezone.make_aware(datetime.combine(today(), time())))


def _since(given: str) -> datetime | int:
    try:
        name, number = read_cursor(given)
        if name == SYNC and type(number) is int and 0 <= number < 2**63:
            return number
    except (BadCursorError, ValueError):
        pass
    try:
        moment = parse_datetime(given)
        day = None if moment else parse_date(given)
        if day:
            moment = datetime.combine(day, time())
        if moment:
            moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _refusal(
        _("This is neither a moment nor the end of an earlier answer. Write it as 2026-03-31T10:00:00Z, or as a day.")
    )


def _must_be_given(since: int, entries: QuerySet[FeedEntry]) -> None:
    """Refuse a number that was never given: the copy is of another site, or of before a backup was put back."""
    last = entries.order_by("-number").values_list("number", flat=True).first()
    if since > (last or 0):
        raise _refusal(_("This site has told no such change, it may have been restored. Begin again with a day."))


def _refusal(sentence: str) -> ValidationError:
    return ValidationError({SINCE: [sentence]})


def _address(request: Request, since: str) -> str:
    address = remove_query_param(remove_query_param(request.build_absolute_uri(), "page"), "cursor")
    return replace_query_param(address, SINCE, since)
