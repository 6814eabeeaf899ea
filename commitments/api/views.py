"""/api/v1/commitments/: what ministers promised, for machines. Reading only, and accepted commitments only."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api import commitment_rows
from commitments.api.asked import KnownBackend
from commitments.api.base import FeedViewSet
from commitments.api.deciding import WriteNotes
from commitments.api.filters import CommitmentFilter
from commitments.api.formats import Row
from commitments.api.permissions import viewer
from commitments.api.serializers import (
    CommitmentDetailSerializer,
    CommitmentSerializer,
    DossierSerializer,
    ProblemSerializer,
)
from commitments.changes.watched import COMMITMENT
from commitments.keyset import Key, Order
from commitments.models import Commitment, Scope
from commitments.showing.offices import kept_about
from commitments.showing.past import Past
from commitments.showing.succession import Holders
from tracker.clock import today

AS_OF = OpenApiParameter(
    "as_of",
    OpenApiTypes.DATE,
    description="the day on which status, evidence, what was asked, overdue and days_late are told (default: today)",
)
FIRST_YEAR, LAST_YEAR = 1900, 2199  # of what can be asked about

COLUMNS = (
    "uid", "url", "title", "kind", "conditional", "condition", "person.uid", "person.name", "mandate.title",
    "mandate.portfolio", "said_on", "status", "deadline.words", "deadline.start", "deadline.end", "deadline.precision",
    "deadline.modifier", "deadline.rule", "check_on", "overdue", "days_late", "asked_on", "waiting_until",
    "successors.person.name", "fulfilled_on", "evidence", "source.document.uid", "source.document.title",
    "source.document.kind", "source.document.date", "source.document.url", "source.page", "source.start", "source.end",
    "source.quote", "source.url", "outside.quote", "outside.said_on", "outside.name", "outside.url", "updated_at",
)  # fmt: skip


@extend_schema_view(
    list=extend_schema(parameters=[AS_OF], responses={200: CommitmentSerializer(many=True), 400: ProblemSerializer}),
    retrieve=extend_schema(
        parameters=[AS_OF], responses={200: CommitmentDetailSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
    ),
)
class CommitmentViewSet(WriteNotes, FeedViewSet):
    """Commitments that a person accepted, the longest past their date first."""

    queryset = Commitment.objects.published().with_sources()
    filter_backends = [KnownBackend]
    filterset_class = CommitmentFilter
    also_asked: ClassVar = ("as_of",)
    orders: ClassVar = {
        "last_day": Order.by(Key("due_end", null_as=date.max), Key("check_on", null_as=date.max), "said_on")
    }
    columns = COLUMNS
    brought = commitment_rows.COLUMNS
    sync_kind = COMMITMENT
    file_name = "commitments"

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        request.day = self.day = day_asked(request)  # type: ignore[attr-defined]
        request.past = self.past = Past(self.day, today())  # type: ignore[attr-defined]

    def get_serializer_class(self) -> type[CommitmentSerializer]:
        return CommitmentDetailSerializer if self.action == "retrieve" else CommitmentSerializer

    def get_serializer_context(self) -> dict:
        day = getattr(self, "day", None)
        return {**super().get_serializer_context(), "day": day, "holders": self.holders if day else None}

    @cached_property
    def holders(self) -> Holders:
        return Holders(self.day)

    def rows(self, pks: Sequence[Any], values: Sequence[tuple[Any, ...]] | None = None) -> Sequence[Row]:
        values = commitment_rows.values_of(pks) if values is None else values
        return commitment_rows.rows_of(
            values, request=self.request, day=self.day, past=self.past, holders=lambda: self.holders
        )

    def get_object(self) -> Commitment:
        commitment = super().get_object()
        self.past.rewind([commitment])
        return commitment

    @extend_schema(responses={200: DossierSerializer(many=True), 404: ProblemSerializer}, filters=False)
    @action(detail=True, pagination_class=None)
    def office(self, request: Request, uid: str) -> Response:
        """What your own offices keep about a commitment. Without an office there is nothing here."""
        found = kept_about(viewer(request, Scope.OFFICE), self.get_object()).dossiers
        if not found:
            raise Http404
        answer = Response(DossierSerializer(found, many=True).data)
        patch_cache_control(answer, private=True, no_store=True)
        return answer


def day_asked(request: Request) -> date:
    """Return the day of `as_of`, today without one. Raises ValidationError."""
    return day_of(request, "as_of") or today()


def day_of(request: Request, name: str) -> date | None:
    """Return the day that a parameter gives, None without one. Raises ValidationError."""
    asked = request.query_params.get(name)
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked) if len(asked) == len("2023-12-31") else None
    except ValueError:
        day = None
    if day is None:
        raise ValidationError({name: [_("“%(given)s” is not a day. Write it as YYYY-MM-DD.") % {"given": asked}]})
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        years = {"first": FIRST_YEAR, "last": LAST_YEAR}
        raise ValidationError({name: [_("Give a day of the years %(first)d to %(last)d.") % years]})
    return day
