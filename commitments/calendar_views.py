"""The calendar: what is due on which day of a month, and who meets."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Window
from django.db.models.functions import Coalesce, RowNumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.engine import calendars
from commitments.engine.calendars import answers
from commitments.models import Commitment
from commitments.querysets import LONG, OPEN, CommitmentQuerySet
from commitments.search_forms import Choices, CommitmentSearch
from commitments.showing.circle import Circle
from commitments.showing.month_view import MonthView, free_days, month_view, read_month
from commitments.showing.months import last_of
from commitments.showing.standing import waits_until
from tracker.clock import today
from transcripts.models import Document, Meeting

A_DAY = 3  # lines of one day; of more it is said how many
FIELDS = ("minister", "portfolio", "committee")
MONTH = "maand"


@require_safe
def month(request: HttpRequest) -> HttpResponse:
    """A month of last days, days to ask and meetings, of all or narrowed as the list of commitments is."""
    day = today()
    circle = Circle(request.GET, request.user)
    search = CommitmentSearch(request.GET, choices=Choices(day))
    found = circle.narrow(search.narrow(Commitment.objects.published(), day))
    first = read_month(request.GET.get(MONTH, ""), day)
    shown = _month(found, first, day, search.cleaned_data.get("committee", ""))
    return render(
        request,
        "pages/calendar.html",
        {
            "section": "calendar",
            "circle": circle,
            "search": search,
            "fields": [search[name] for name in FIELDS],
            "month": shown,
            "may_ask": request.user.has_perm("commitments.view_commitment"),
        },
    )


def _month(found: CommitmentQuerySet, first: date, day: date, committee: str) -> MonthView:
    last = last_of(first)
    meetings = Meeting.objects.filter(date__gte=first, date__lte=last).order_by("date", "committee", "number")
    if committee:
        meetings = meetings.filter(committee=committee)
    papers = Document.objects.defer(*LONG).order_by("-provisional", "pk")
    return month_view(
        first,
        day,
        due=((one.on, one, one.of_day) for one in _due(found, first, last, day)),
        meetings=((one.date, one) for one in meetings.prefetch_related(Prefetch("documents", papers))),
        free=free_days(calendars.load(), answers.load().oral, range(first.year - 1, first.year + 1)),
    )


def _due(found: CommitmentQuerySet, first: date, last: date, day: date) -> list[Any]:
    """Return the first few of each day: `on` that day it has its last day, or is to be asked about without one.

    Each tells with `of_day` how many there are on its day, and may be asked at its next `meeting`.
    """
    rows: Any = found.annotate(on=Coalesce("due_end", "check_on")).filter(on__gte=first, on__lte=last)
    rows = rows.filter(status__in=[*OPEN, Commitment.Status.FULFILLED])
    rows = rows.annotate(
        of_day=Window(Count("pk"), partition_by=F("on")),
        nth=Window(RowNumber(), partition_by=F("on"), order_by=["said_on", "pk"]),
    )
    rows = rows.filter(nth__lte=A_DAY).with_next_meeting(Meeting.objects.next_after(day))
    shown = list(rows.with_sources().order_by("on", "said_on", "pk"))
    for one in shown:
        one.may_be_asked = one.status in OPEN and waits_until(one, day) is None and one.on <= day + timedelta(days=92)
    return shown
