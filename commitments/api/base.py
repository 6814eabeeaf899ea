"""What every list of the feed is made of: paging, formats, freshness and problems, the same for each resource."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments.api import syncing
from commitments.api.asked import OF_THE_LIST
from commitments.api.formats import FORMATS, FeedNegotiation, Format, Row, Table, in_pieces_of, wants_excel
from commitments.api.freshness import FreshMixin
from commitments.api.paging import FeedPages, order_of
from commitments.api.problems import as_problem
from commitments.api.schema import FeedSchema
from commitments.keyset import Order
from tracker.clock import today

AT_ONCE = 500  # rows of an export that are in memory at a time


class FeedViewSet(FreshMixin, ReadOnlyModelViewSet):
    """A list that is read: by cursor, in every format, with the same rows in each; and one of it by its `uid`.

    A resource says its `queryset` (with all that a row needs, in a fixed number of queries), its `serializer_class`,
    its `orders` (the first is the usual one; each needs an index of its own to stay fast) and its `columns` of CSV and
    XLSX: ways to the values of a row, "person.name" for a value within a value. Filters must not repeat a row: ask
    with Exists instead of a join to many. `rows` can be written by hand where serializers cost too much; then the
    columns `brought` are asked for together with the keys of a page.
    """

    orders: ClassVar[dict[str, Order]]
    columns: ClassVar[tuple[str, ...]]
    brought: ClassVar[tuple[Any, ...]] = ()
    also_asked: ClassVar[tuple[str, ...]] = ()  # beside the filters and what every list takes
    sync_kind: ClassVar[str] = ""  # of its changes, where they are noted (commitments.changes)
    file_name: ClassVar[str] = ""  # of a download, without day and ending; default the basename of the address
    lookup_field = "uid"
    lookup_value_converter = "uuid"
    pagination_class = FeedPages
    content_negotiation_class = FeedNegotiation
    schema = FeedSchema()

    def get_renderers(self) -> Any:
        return [one() for one in (FORMATS if self.action == "list" else self.renderer_classes)]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        found = self.filter_queryset(self.get_queryset())
        if isinstance(request.accepted_renderer, Format):
            return self._export(found, request.accepted_renderer)
        if syncing.is_asked(request, self.sync_kind):
            page = syncing.page_of_changes(_bare(found), request, self.sync_kind)
        else:
            page = FeedPages().page(_bare(found), request, self.orders, self.brought)
        return Response({**page.around, "results": self.rows(page.pks, page.values)})

    def rows(self, pks: Sequence[Any], values: Sequence[tuple[Any, ...]] | None = None) -> Sequence[Row]:
        """Return what JSON says of the rows with these keys, in this order, in a fixed number of queries.

        values: the key and the columns `brought` of each, where they were asked for with the keys.
        """
        found = {one.pk: one for one in self.get_queryset().order_by().filter(pk__in=pks)}
        shown = self.prepare([found[pk] for pk in pks if pk in found])
        return self.get_serializer(shown, many=True).data

    def changed_at(self) -> datetime | None:
        # What a filter looks at, the rows need not show: then it is not noted.
        filtered = not OF_THE_LIST.union(self.also_asked).issuperset(self.request.query_params)
        return syncing.last_change(self.sync_kind) if self.sync_kind and not filtered else None

    def prepare(self, found: Sequence[Any]) -> Sequence[Any]:
        """Return rows of the database as the serializer is to see them."""
        return found

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    def get_exception_handler(self) -> Callable:
        return as_problem

    def _export(self, found: QuerySet, form: Format) -> StreamingHttpResponse:
        _name, order = order_of(self.request, self.orders)
        wants_excel(self.request)
        if syncing.is_asked(self.request, self.sync_kind):
            found = syncing.changed_among(_bare(found), self.request, self.sync_kind)
        pks = order.sort(_bare(found)).values_list("pk", flat=True)

        def rows() -> Iterator[Row]:
            # The keys are one answer of the database: what changes meanwhile neither repeats nor skips a row.
            for some in in_pieces_of(AT_ONCE, pks.iterator(chunk_size=10 * AT_ONCE)):
                yield from self.rows(some)

        table = Table(self.columns, rows, pks.count)
        form.check(table)
        answer = StreamingHttpResponse(form.write(table, self.request), content_type=form.media_type)
        if form.charset:
            answer["Content-Type"] += f"; charset={form.charset}"
        name = f"{self.file_name or self.basename}-{today().isoformat()}.{form.format}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer.packed = form.packed  # type: ignore[attr-defined]
        return answer


def _bare(rows: QuerySet) -> QuerySet:
    """Leave behind what is only brought along to be shown."""
    return rows.select_related(None).prefetch_related(None).order_by()
