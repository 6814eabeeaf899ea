"""The lists beside the commitments: statements, follow-ups, events, and what was said by whom.

Each shows what the pages show, and no more; what waits for review needs the scope `proposals`.
"""

from datetime import date
from typing import Any, ClassVar

from django.db.models import Min, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.parsers import JSONParser
from rest_framework.request import Request

from commitments.api import seen
from commitments.api.asked import KnownBackend
from commitments.api.base import FeedViewSet
from commitments.api.deciding import CanFollow, DecideOnFollowUps, DecideOnStatements
from commitments.api.promise_filters import EventFilter, FollowUpFilter, StatementFilter
from commitments.api.promise_serializers import EventSerializer, FollowUpSerializer, SaidSerializer
from commitments.api.serializers import ProblemSerializer
from commitments.api.transcript_filters import (
    AgendaItemFilter,
    DocumentFilter,
    MandateFilter,
    PersonFilterSet,
    PortfolioFilter,
    SpeechFilter,
)
from commitments.api.transcript_serializers import (
    AgendaItemSerializer,
    DocumentSerializer,
    MandateSerializer,
    PersonDetailSerializer,
    PortfolioSerializer,
    SpeechSerializer,
)
from commitments.api.views import AS_OF, day_asked
from commitments.changes.watched import DOCUMENT, EVENT, FOLLOW_UP, STATEMENT
from commitments.keyset import Key, Order
from commitments.models import Event, FollowUp, Statement
from commitments.showing.portfolios import Portfolios
from transcripts.models import AgendaItem, Document, Mandate, Person, Speech

LAST_DAY = date.max  # where what has none comes in an order


def told(shown: Any, *more: Any) -> Any:
    """Say in the schema what a list and one row of it answer."""
    return extend_schema_view(
        list=extend_schema(
            parameters=[*more], responses={200: shown(many=True), 400: ProblemSerializer, 404: ProblemSerializer}
        ),
        retrieve=extend_schema(
            parameters=[*more], responses={200: shown, 400: ProblemSerializer, 404: ProblemSerializer}
        ),
    )


class ResourceViewSet(FeedViewSet):
    """A list of rows that not everybody sees all of."""

    filter_backends = [KnownBackend]

    @cached_property
    def sight(self) -> seen.Sight:
        # Who describes the API is nobody in particular.
        return seen.Sight() if getattr(self, "swagger_fake_view", False) else seen.sight_of(self.request)

    def get_serializer_context(self) -> dict:
        return {**super().get_serializer_context(), "sight": self.sight}


@told(SaidSerializer)
class StatementViewSet(DecideOnStatements, ResourceViewSet):
    """Places where a promise is made: those that a person accepted; with the scope `proposals` also what waits."""

    queryset = Statement.objects.none()
    serializer_class = SaidSerializer
    filterset_class = StatementFilter
    sync_kind = STATEMENT
    orders: ClassVar = {
        "said_on": Order.by("said_on"),
        "-said_on": Order.by("said_on", downwards=True),
        "due_end": Order.by(Key("due_end", null_as=LAST_DAY)),
        "-confidence": Order.by(Key("confidence", null_as=1.0), downwards=True),
    }
    columns = (
        "uid", "url", "commitment", "state", "relation", "kind", "condition", "person.uid", "person.name",
        "addressee.uid", "addressee.name", "said_on", "deadline.words", "deadline.start", "deadline.end",
        "deadline.precision", "deadline.modifier", "deadline.rule", "source.document.uid", "source.document.title",
        "source.document.date", "source.document.url", "source.page", "source.start", "source.end", "source.quote",
        "confidence", "rejected_because",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Statement]:
        return seen.statements(self.sight)


@told(FollowUpSerializer)
class FollowUpViewSet(DecideOnFollowUps, ResourceViewSet):
    """Later items that tell something of a promise: those that a person confirmed; with `proposals` also what waits."""

    queryset = FollowUp.objects.none()
    serializer_class = FollowUpSerializer
    filterset_class = FollowUpFilter
    sync_kind = FOLLOW_UP
    orders: ClassVar = {
        "said_on": Order.by("item__document__date"),
        "-said_on": Order.by("item__document__date", downwards=True),
        "-score": Order.by(Key("score", null_as=1.0), downwards=True),
    }
    columns = (
        "uid", "commitment", "item", "title", "said_on", "kind", "state", "person.uid", "person.name",
        "deadline.words", "deadline.start", "deadline.end", "source.document.uid", "source.document.title",
        "source.page", "source.start", "source.end", "source.quote", "source.url", "score", "certainty",
        "dismissed_because",
    )  # fmt: skip

    def get_permissions(self) -> Any:
        return [CanFollow()] if self.action == "create" else super().get_permissions()

    def get_parsers(self) -> list[Any]:
        return [JSONParser()]

    def get_queryset(self) -> QuerySet[FollowUp]:
        return seen.follow_ups(self.sight)


@told(EventSerializer)
class EventViewSet(ResourceViewSet):
    """Everything that happened to promises, and when; who did it is not told."""

    queryset = Event.objects.none()
    serializer_class = EventSerializer
    filterset_class = EventFilter
    sync_kind = EVENT
    orders: ClassVar = {"at": Order.by("at"), "-at": Order.by("at", downwards=True)}
    columns = (
        "uid", "at", "day", "kind", "commitment", "statement", "follow_up", "about_day", "change", "before.status",
        "after.status", "before.due_end", "after.due_end",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Event]:
        return seen.events(self.sight)


@told(DocumentSerializer)
class DocumentViewSet(ResourceViewSet):
    """The papers that were read."""

    queryset = Document.objects.none()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    sync_kind = DOCUMENT
    orders: ClassVar = {"-date": Order.by("date", downwards=True), "date": Order.by("date")}
    columns = (
        "uid", "url", "title", "kind", "date", "source_url", "provisional", "pages", "meeting.uid", "meeting.date",
        "meeting.number", "meeting.session", "meeting.committee", "accepted", "waiting",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Document]:
        return seen.documents()


@told(AgendaItemSerializer)
class AgendaItemViewSet(ResourceViewSet):
    """The items of meetings and the subjects of written papers, with the questions that were put."""

    queryset = AgendaItem.objects.none()
    serializer_class = AgendaItemSerializer
    filterset_class = AgendaItemFilter
    orders: ClassVar = {
        "-date": Order.by("document__date", downwards=True),
        "date": Order.by("document__date"),
        "position": Order.by("document", "position"),
    }
    columns = (
        "uid", "url", "document.uid", "document.title", "document.date", "position", "kind", "title", "page", "start",
        "end", "chair.name", "questions.number", "questions.session", "questions.asker.name",
        "questions.addressee.name",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[AgendaItem]:
        return seen.agenda_items()


@told(SpeechSerializer)
class SpeechViewSet(ResourceViewSet):
    """Who said what: every turn of every document, in full."""

    queryset = Speech.objects.none()
    serializer_class = SpeechSerializer
    filterset_class = SpeechFilter
    orders: ClassVar = {
        "-date": Order.by("item__document__date", downwards=True),
        "date": Order.by("item__document__date"),
        "position": Order.by("item__document", "item__position", "position"),
    }
    columns = (
        "uid", "url", "item", "document.uid", "document.title", "document.date", "position", "person.uid",
        "person.name", "label", "capacity", "party", "heading", "answer_to", "text", "page", "start", "end", "current",
    )  # fmt: skip

    def get_queryset(self) -> QuerySet[Speech]:
        return seen.speeches()


@told(PersonDetailSerializer)
class PersonViewSet(ResourceViewSet):
    """Everybody who spoke, asked or was asked. The id of before a merge leads to the same person."""

    queryset = Person.objects.none()
    serializer_class = PersonDetailSerializer
    filterset_class = PersonFilterSet
    orders: ClassVar = {"name": Order.by("family_name", "name")}
    columns = ("uid", "url", "name", "family_name", "former_uids", "mandates.title", "mandates.portfolio")

    def get_queryset(self) -> QuerySet[Person]:
        return Person.objects.prefetch_related("mandates", "merges")

    def get_object(self) -> Person:
        found = self.get_queryset().filter(pk__in=Person.objects.known_as(self.kwargs["uid"])).first()
        if found is None:
            raise Http404
        return found


@told(MandateSerializer)
class MandateViewSet(ResourceViewSet):
    """Who held which portfolio from when to when."""

    queryset = Mandate.objects.none()
    serializer_class = MandateSerializer
    filterset_class = MandateFilter
    orders: ClassVar = {"-start": Order.by("start", downwards=True), "start": Order.by("start")}
    columns = ("uid", "person.uid", "person.name", "title", "portfolio", "start", "end")

    def get_queryset(self) -> QuerySet[Mandate]:
        return Mandate.objects.select_related("person")


@told(PortfolioSerializer, AS_OF)
class PortfolioViewSet(ResourceViewSet):
    """Portfolios in the words under which they were given, with who has them now."""

    queryset = Mandate.objects.none()
    serializer_class = PortfolioSerializer
    filterset_class = PortfolioFilter
    orders: ClassVar = {"portfolio": Order.by("portfolio")}
    columns = ("uid", "portfolio", "competences", "in_charge.uid", "in_charge.name")
    also_asked: ClassVar = ("as_of",)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.portfolios = Portfolios(day_asked(request))

    def get_queryset(self) -> QuerySet[Mandate]:
        one_each = Mandate.objects.exclude(portfolio="").order_by().values("portfolio").annotate(one=Min("pk"))
        return Mandate.objects.filter(pk__in=one_each.values("one"))

    def get_object(self) -> Mandate:
        words = self.portfolios.named(self.kwargs["uid"])
        if words is None:
            raise Http404
        return self.portfolios.held(words)[0]

    def get_serializer_context(self) -> dict:
        return {**super().get_serializer_context(), "portfolios": getattr(self, "portfolios", None)}
