"""The list of commitments: searched, sorted, a stretch at a time; and the same as a table."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import Commitment, SavedSearch
from commitments.querysets import CommitmentQuerySet
from commitments.search_forms import ORDERS, Choices, CommitmentSearch
from commitments.searches import query_of
from commitments.showing import sheets, table
from commitments.showing.circle import Circle
from commitments.showing.listing import stretch_of
from commitments.team_forms import OfficeSearch
from tracker.clock import today

AT_ONCE = 500  # rows that are read for the table in one go


@require_safe
def commitments(request: HttpRequest) -> HttpResponse:
    search, office, circle, found = _searched(request)
    query = query_of(request.GET)
    known = request.user.is_authenticated
    return render(
        request,
        "pages/commitments.html",
        {
            "section": "commitments",
            "search": search,
            "office": office,
            "circle": circle,
            "kept": SavedSearch.objects.seen_by(request.user).filter(query=query).first() if known and query else None,
            "to_keep": query if known else "",
            "page": stretch_of(request, found, ORDERS, search.order),
            "query": query,
        },
    )


@require_safe
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that was found, in the order that was chosen, as a table for a spreadsheet."""
    search, _office, _circle, found = _searched(request)
    day = today()
    rows = ORDERS[search.order].sort(found.with_sources()).iterator(chunk_size=AT_ONCE)

    def lines() -> Iterator[list[str]]:
        yield table.columns()
        yield from (table.row_of(one, day) for one in rows)

    return StreamingHttpResponse(
        sheets.csv_lines(lines(), flemish=True),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="toezeggingen-{day.isoformat()}.csv"'},
    )


def _searched(request: HttpRequest) -> tuple[CommitmentSearch, OfficeSearch, Circle, CommitmentQuerySet]:
    day = today()
    search = CommitmentSearch(request.GET, choices=Choices(day))
    office = OfficeSearch(request.GET, viewer=request.user)
    circle = Circle(request.GET, request.user)
    found = office.narrow(search.narrow(Commitment.objects.published(), day))
    return search, office, circle, circle.narrow(found)
