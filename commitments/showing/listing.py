"""Long lists, a page at a time: by number, or by the place where the page before ended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

from commitments.keyset import BadCursorError, Order, read_cursor, write_cursor
from commitments.models import Commitment
from commitments.querysets import CommitmentQuerySet
from commitments.showing.offices import marks_on

PER_PAGE = 25
COUNTED = 1000  # rows that are counted; of more it is only said that there are more
FROM = "from"  # where a page begins, in the address
FORWARDS, BACKWARDS = "n", "p"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page of a list that is walked by key. total: how many there are, COUNTED at most; more: there are more.

    before, after: where the pages beside it begin, as the address says it; empty where there is none.
    """

    rows: list[Commitment]
    total: int
    more: bool
    before: str
    after: str

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self.rows)


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """Return the page of the address; the first or the last for a number that makes no sense."""
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def stretch_of(request: HttpRequest, found: CommitmentQuerySet, orders: Mapping[str, Order], name: str) -> Stretch:
    """Return the page of the address, each row with the `marks` of the viewer's own offices.

    It begins beyond a row, not after a number of rows: the last page costs what the first does. A place that is not one
    of this list in this order is the beginning.
    """
    order, found = orders[name], found.with_sources()
    backwards, place = _place(request.GET.get(FROM, ""), name)
    try:
        walked: QuerySet = order.beyond(found, place, backwards=backwards) if place else order.sort(found)
    except BadCursorError:
        backwards, place, walked = False, [], order.sort(found)
    rows = list(walked[: PER_PAGE + 1])
    further, rows = len(rows) > PER_PAGE, rows[:PER_PAGE]
    if backwards:
        rows.reverse()
    after = rows and (further or backwards)
    before = rows and (further if backwards else place)
    counted = found.prefetch_related(None).order_by().values("pk")[: COUNTED + 1].count()
    return Stretch(
        rows=_marked(request, rows),
        total=min(counted, COUNTED),
        more=counted > COUNTED,
        before=write_cursor(name, BACKWARDS, *_place_of(rows[0], order)) if before else "",
        after=write_cursor(name, FORWARDS, *_place_of(rows[-1], order)) if after else "",
    )


def _marked(request: HttpRequest, rows: list[Commitment]) -> list[Commitment]:
    marks = marks_on(request.user, rows)
    for one in rows:
        one.marks = marks[one.uid]  # type: ignore[attr-defined]
    return rows


def _place_of(row: Commitment, order: Order) -> list[Any]:
    """The values of a row by which its place in the order is found again."""
    values = [(getattr(row, key.field), key.null_as) for key in order.all_keys]
    return [empty if value is None else value for value, empty in values]


def _place(cursor: str, name: str) -> tuple[bool, list]:
    try:
        told, direction, *place = read_cursor(cursor) if cursor else (name, FORWARDS)
    except (BadCursorError, ValueError):
        return False, []
    if told != name or direction not in (FORWARDS, BACKWARDS):
        return False, []
    return direction == BACKWARDS, place
