"""/api/v1/commitments/: what ministers promised, for machines. Reading only, and accepted commitments only."""

from collections.abc import Callable
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils.cache import patch_cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from commitments.api.filters import CommitmentFilter
from commitments.api.problems import as_problem
from commitments.api.serializers import (
    CommitmentDetailSerializer,
    CommitmentSerializer,
    DossierSerializer,
    ProblemSerializer,
)
from commitments.models import Commitment
from commitments.showing.offices import dossiers
from commitments.showing.succession import Holders
from tracker.clock import today

AS_OF = OpenApiParameter(
    "as_of", OpenApiTypes.DATE, description="the day on which overdue and days_late are counted; today when left out"
)


class Pages(PageNumberPagination):
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


@extend_schema_view(
    list=extend_schema(parameters=[AS_OF], responses={200: CommitmentSerializer(many=True), 400: ProblemSerializer}),
    retrieve=extend_schema(
        parameters=[AS_OF], responses={200: CommitmentDetailSerializer, 400: ProblemSerializer, 404: ProblemSerializer}
    ),
)
class CommitmentViewSet(ReadOnlyModelViewSet):
    """Commitments that a person accepted, the longest past their date first."""

    queryset = Commitment.objects.published().with_sources().by_last_day()
    filterset_class = CommitmentFilter
    pagination_class = Pages
    lookup_field = "uid"
    lookup_value_converter = "uuid"

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        request.day = self.day = _day_asked(request)  # type: ignore[attr-defined]

    def get_serializer_class(self) -> type[CommitmentSerializer]:
        return CommitmentDetailSerializer if self.action == "retrieve" else CommitmentSerializer

    def get_serializer_context(self) -> dict:
        day = getattr(self, "day", None)
        return {**super().get_serializer_context(), "day": day, "holders": Holders(day) if day else None}

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        return super().filter_queryset(queryset) if self.action == "list" else queryset

    @extend_schema(responses={200: DossierSerializer(many=True), 404: ProblemSerializer}, filters=False)
    @action(detail=True, pagination_class=None)
    def office(self, request: Request, uid: str) -> Response:
        """What your own offices keep about a commitment. Without an office there is nothing here."""
        found = dossiers(request.user, self.get_object())
        if not found:
            raise Http404
        answer = Response(DossierSerializer(found, many=True).data)
        patch_cache_control(answer, private=True, no_store=True)
        return answer

    def get_exception_handler(self) -> Callable:
        return as_problem


def _day_asked(request: Request) -> date:
    asked = request.query_params.get("as_of")
    if not asked:
        return today()
    try:
        return date.fromisoformat(asked) if len(asked) == len("2023-12-31") else _refuse(asked)
    except ValueError:
        return _refuse(asked)


def _refuse(asked: str) -> date:
    raise ValidationError({"as_of": [f"“{asked}” is not a day. Write it as YYYY-MM-DD."]})
