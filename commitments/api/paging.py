"""A list a page at a time: by cursor, or by number for who counts pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.utils.urls import remove_query_param, replace_query_param

from commitments.keyset import BadCursorError, Order, read_cursor, write_cursor

PAGE_SIZE = 100
LARGEST = 500
FORWARDS, BACKWARDS = "n", "p"
LARGEST_NUMBER = 2**31 - 1
SINCE = "updated_since"


@dataclass(frozen=True, slots=True)
class Page:
    """The keys of one page in the order of the list, and what is told around its rows.

    values: of each row the key and the columns that were to be brought along; None where the keys are all there is.
    """

    pks: Sequence[Any]
    around: Mapping[str, Any]
    values: Sequence[tuple[Any, ...]] | None = None


class FeedPages(BasePagination):
    """Cursor paging. A client that gives `page` is counted to it instead, and told how many rows there are."""

    def page(self, rows: QuerySet, request: Request, orders: Mapping[str, Order], more: Sequence[Any] = ()) -> Page:
        """Return one page of rows, by cursor with `more` of their columns.

        Raises ValidationError for a parameter without sense, NotFound past the end.
        """
        size = whole_number(request, "page_size", PAGE_SIZE, LARGEST)
        name, order = order_of(request, orders)
        if "page" in request.query_params:
            return self._numbered(rows, request, order, size)
        return self._by_cursor(rows, request, name, order, size, more)

    def _numbered(self, rows: QuerySet, request: Request, order: Order, size: int) -> Page:
        number = whole_number(request, "page", 1, LARGEST_NUMBER)
        paginator = Paginator(order.sort(rows).values_list("pk", flat=True), size)
        try:
            found = paginator.page(number)
        except InvalidPage:
            raise NotFound(
                _("There is no page %(number)s; the last one is %(last)s.")
                % {"number": number, "last": paginator.num_pages}
            ) from None
        address = request.build_absolute_uri()
        return Page(
            list(found.object_list),
            {
                "count": paginator.count,
                "next": replace_query_param(address, "page", number + 1) if found.has_next() else None,
                "previous": replace_query_param(address, "page", number - 1) if found.has_previous() else None,
            },
        )

    def _by_cursor(
        self, rows: QuerySet, request: Request, name: str, order: Order, size: int, columns: Sequence[Any]
    ) -> Page:
        backwards, place = self._place(request, name)
        try:
            found = order.beyond(rows, place, backwards=backwards) if place else order.sort(rows)
        except BadCursorError:
            raise bad_cursor() from None
        rows_found = order.places(found, size + 1, columns, backwards=backwards)
        more, rows_found = len(rows_found) > size, rows_found[:size]
        if backwards:
            rows_found.reverse()
        last = len(order.keys)
        places = [one[: last + 1] for one in rows_found]
        after = places[-1] if places and (more or backwards) else None
        before = places[0] if places and (more if backwards else place) else None
        return Page(
            [one[-1] for one in places],
            {"next": _address(request, name, FORWARDS, after), "previous": _address(request, name, BACKWARDS, before)},
            [one[last:] for one in rows_found] if columns else None,
        )

    def _place(self, request: Request, name: str) -> tuple[bool, Sequence[Any]]:
        cursor = request.query_params.get("cursor")
        if not cursor:
            return False, ()
        try:
            told, direction, *place = read_cursor(cursor)
        except (BadCursorError, ValueError):
            raise bad_cursor() from None
        if told != name or direction not in (FORWARDS, BACKWARDS):
            raise bad_cursor()
        return direction == BACKWARDS, place

    # What drf-spectacular asks a pagination.

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        found = [
            _parameter("cursor", {"type": "string"}, "where to go on, from `next` or `previous` of an answer"),
            _parameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": LARGEST, "default": PAGE_SIZE},
                "rows per page",
            ),
            _parameter(
                "page",
                {"type": "integer", "minimum": 1, "maximum": LARGEST_NUMBER},
                "counts pages from 1 instead of going on from a cursor; then `count` is told",
            ),
        ]
        if view.sync_kind:
            found.append(
                _parameter(
                    SINCE,
                    {"type": "string"},
                    "only what changed since: a day, a moment, or what `sync` of an earlier answer has here",
                )
            )
        if len(view.orders) > 1:
            names = list(view.orders)
            found.append(_parameter("ordering", {"type": "string", "enum": names, "default": names[0]}, "the order"))
        return found

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "count": {"type": "integer", "description": "how many rows there are; only where `page` was given"},
                "next": address | {"description": "address of the rows that follow, null at the end"},
                "previous": address | {"description": "address of the rows before, null at the beginning"},
                "results": schema,
                "sync": {
                    "type": "string",
                    "format": "uri",
                    "description": "address of what changes after this page, to be asked later; with `updated_since`",
                },
                "gone": {
                    "type": "array",
                    "description": "what changed and is not, or no longer, in this list; with `updated_since`",
                    "items": {
                        "type": "object",
                        "required": ["uid", "at"],
                        "properties": {
                            "uid": {"type": "string", "format": "uuid"},
                            "at": {"type": "string", "format": "date-time", "description": "when that was noted"},
                        },
                    },
                },
            },
        }


def order_of(request: Request, orders: Mapping[str, Order]) -> tuple[str, Order]:
    """Return the order that is asked for, the first one by default. Raises ValidationError."""
    name = request.query_params.get("ordering") or next(iter(orders))
    if name not in orders:
        raise ValidationError(
            {
                "ordering": [
                    _("“%(given)s” is not an order of this list. Choose from: %(orders)s.")
                    % {"given": name, "orders": ", ".join(orders)}
                ]
            }
        )
    return name, orders[name]


def whole_number(request: Request, name: str, default: int, largest: int) -> int:
    """Return a whole number from 1 of the address, the largest for a larger one. Raises ValidationError."""
    given = request.query_params.get(name)
    if given is None or given == "":
        return default
    if not (given.isascii() and given.isdigit()) or not given.strip("0"):
        raise ValidationError({name: [_("“%(given)s” is not a whole number from 1.") % {"given": given}]})
    return min(int(given[-12:]) if len(given.lstrip("0")) <= 12 else largest, largest)


def bad_cursor() -> ValidationError:
    return ValidationError({"cursor": [_("This is not a cursor of this list in this order. Begin again without one.")]})


def _address(request: Request, name: str, direction: str, place: Sequence[Any] | None) -> str | None:
    if place is None:
        return None
    address = remove_query_param(request.build_absolute_uri(), "page")
    return replace_query_param(address, "cursor", write_cursor(name, direction, *place))


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}
