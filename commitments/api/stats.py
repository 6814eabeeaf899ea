"""/api/v1/stats/: how many promises stand how, on a day or at the end of every month."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date
from typing import Any, ClassVar

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from django_filters import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from commitments.api.asked import KnownBackend
from commitments.api.filters import CommitmentFilter
from commitments.api.formats import FORMATS, FeedNegotiation, Format, Table, wants_excel
from commitments.api.freshness import FreshMixin
from commitments.api.problems import as_problem
from commitments.api.schema import FeedSchema
from commitments.api.serializers import ProblemSerializer
from commitments.api.stats_serializers import (
    ByCommitteeSerializer,
    ByMinisterSerializer,
    ByMonthSerializer,
    ByPortfolioSerializer,
    OnDaySerializer,
    TotalsSerializer,
)
from commitments.api.views import AS_OF, day_asked, day_of
from commitments.models import Commitment, Statement
from commitments.showing import statistics
from commitments.showing.past import Past
from commitments.showing.portfolios import portfolio_uid
from commitments.showing.statistics import Tally
from tracker.clock import today

MOST_MONTHS = 240
COUNTS = tuple(Tally.__dataclass_fields__)


class StatsFilter(CommitmentFilter):
    """Which promises are counted; how they stand is what is counted."""

    status = overdue = waiting = late_by = slipped = dated = due_after = due_before = None  # type: ignore[assignment]
    label = priority = watched = None  # type: ignore[assignment]


class StatsView(FreshMixin, GenericAPIView):
    """Counts. They hold nothing but what anyone may see, so that everybody is told the same."""

    filterset_class: ClassVar[type[FilterSet]] = StatsFilter
    filter_backends = [KnownBackend]
    pagination_class = None
    schema = FeedSchema()
    content_negotiation_class = FeedNegotiation
    also_asked: ClassVar[tuple[str, ...]] = ("as_of",)
    columns: ClassVar[tuple[str, ...]] = ()
    file_name: ClassVar[str] = ""
    many: ClassVar[bool] = True
    action = "list"

    def get_queryset(self) -> Any:
        return Commitment.objects.published()

    def get_renderers(self) -> list[Any]:
        return [one() for one in (FORMATS if self.many else self.renderer_classes)]

    def get_exception_handler(self) -> Callable:
        return as_problem

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        request.day = self.day = day_asked(request)  # type: ignore[attr-defined]
        request.past = Past(self.day, today())  # type: ignore[attr-defined]

    def get(self, request: Request) -> Any:
        found = list(self.count(self.filter_queryset(self.get_queryset())))
        if not isinstance(request.accepted_renderer, Format):
            return Response(found if self.many else found[0])
        form = request.accepted_renderer
        wants_excel(request)
        table = Table((*self.columns, *COUNTS), lambda: found, lambda: len(found))
        answer = StreamingHttpResponse(form.write(table, request), content_type=form.media_type)
        if form.charset:
            answer["Content-Type"] += f"; charset={form.charset}"
        answer["Content-Disposition"] = f'attachment; filename="{self.file_name}-{self.day}.{form.format}"'
        answer.packed = form.packed  # type: ignore[attr-defined]
        return answer

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        raise NotImplementedError

    def grouped(
        self, commitments: Any, keys: Callable[[Commitment], Iterable[Any]], order: Callable[[Any], Any], *more: str
    ) -> list[tuple[Any, dict[str, int]]]:
        """Return each key of these commitments with its counts; None, which is no key, at the end."""
        slips = statistics.slips_of(commitments)
        rows = statistics.on_day(commitments, self.day, today(), *more)
        groups = statistics.groups(rows, keys)
        return [
            (key, asdict(statistics.tally(groups[key], self.day, slips)))
            for key in sorted(groups, key=lambda one: (one is None, order(one) if one is not None else ""))
        ]


def told(shown: Any, *more: OpenApiParameter) -> Any:
    """Say in the schema what a count answers."""
    answers = {200: shown, 400: ProblemSerializer}
    return extend_schema_view(get=extend_schema(parameters=[AS_OF, *more], filters=True, responses=answers))


@told(TotalsSerializer)
class TotalsView(StatsView):
    """All promises together, as they stood on a day."""

    many = False
    action = "retrieve"

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        rows = statistics.on_day(commitments, self.day, today())
        found = statistics.tally(rows, self.day, statistics.slips_of(commitments))
        return [{"as_of": self.day, **asdict(found)}]


@told(ByMinisterSerializer(many=True))
class MinistersView(StatsView):
    """The promises of each person who made one, as they stood on a day; by name."""

    columns = ("minister.uid", "minister.name")
    file_name = "stats-ministers"

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        people = commitments.select_related("person")
        found = self.grouped(
            people, lambda one: [one.person], lambda person: (person.family_name, person.name), *_of("person")
        )
        for person, counts in found:
            yield {"minister": {"uid": str(person.uid), "name": person.name} if person else None, **counts}


@told(ByPortfolioSerializer(many=True))
class PortfoliosView(StatsView):
    """The promises made for each portfolio, as they stood on a day; a portfolio in other words is another one."""

    columns = ("portfolio.uid", "portfolio.portfolio")
    file_name = "stats-portfolios"

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        def words(one: Commitment) -> list[str | None]:
            return [(one.mandate.portfolio or None) if one.mandate else None]

        for found, counts in self.grouped(
            commitments.select_related("mandate"), words, str.casefold, "mandate__portfolio"
        ):
            told = {"uid": str(portfolio_uid(found)), "portfolio": found} if found else None
            yield {"portfolio": told, **counts}


@told(ByCommitteeSerializer(many=True))
class CommitteesView(StatsView):
    """The promises made in each committee, as they stood on a day."""

    columns = ("committee",)
    file_name = "stats-committees"

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        said = Statement.objects.accepted().filter(commitment__in=commitments.order_by().values("pk"))
        committees: dict[int, set[str]] = defaultdict(set)
        for pk, name in said.order_by().values_list("commitment", "speech__item__document__meeting__committee"):
            if name:
                committees[pk].add(name)
        for name, counts in self.grouped(commitments, lambda one: committees.get(one.pk) or [None], str.casefold):
            yield {"committee": name, **counts}


@told(ByMonthSerializer(many=True))
class MonthsView(StatsView):
    """The promises first said in each month, as they stood on a day; a month without any is left out."""

    columns = ("month",)
    file_name = "stats-months"

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        for month, counts in self.grouped(commitments, lambda one: [f"{one.said_on:%Y-%m}"], str):
            yield {"month": month, **counts}


SINCE = OpenApiParameter(
    "since",
    OpenApiTypes.DATE,
    description=f"a day of the first month; at most {MOST_MONTHS} months (default: eleven months before as_of)",
)


@told(OnDaySerializer(many=True), SINCE)
class SeriesView(StatsView):
    """All promises together at the end of every month up to `as_of`, each as it stood then."""

    columns = ("day",)
    file_name = "stats-series"
    also_asked = ("as_of", "since")

    def count(self, commitments: Any) -> Iterable[dict[str, Any]]:
        days = statistics.month_ends(self._since(), self.day)
        for day, counts in statistics.series(commitments, days, today()):
            yield {"day": day.isoformat(), **asdict(counts)}

    def _since(self) -> date:
        since = day_of(self.request, "since") or _months_before(self.day, 11)
        if since > self.day:
            raise ValidationError({"since": [_("This day comes after the last one (as_of).")]})
        if _months_before(self.day, MOST_MONTHS - 1) > since:
            raise ValidationError({"since": [_("That is more than %(most)d months.") % {"most": MOST_MONTHS}]})
        return since


def _of(path: str) -> tuple[str, ...]:
    return tuple(f"{path}__{name}" for name in ("uid", "name", "family_name"))


def _months_before(day: date, months: int) -> date:
    """Return the first day of the month so many months before that of a day."""
    count = day.year * 12 + day.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)
