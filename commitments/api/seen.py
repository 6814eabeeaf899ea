"""Who sees which rows: what anyone sees on the pages; with the scope `proposals` also what waits for review."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from rest_framework.request import Request

from commitments.api.permissions import may
from commitments.models import Commitment, Event, FollowUp, Scope, Statement
from commitments.showing.audience import public_events, public_follow_ups, sees_follow_ups
from transcripts.models import AgendaItem, Document, Question, Speech

LONG = ("text", "account", "account_spans")  # columns of a document that no list needs


@dataclass(frozen=True, slots=True)
class Sight:
    """How far a request sees. review: proposals, rejections and the steps of the review; follow_ups: those proposed."""

    review: bool = False
    follow_ups: bool = False


def sight_of(request: Request) -> Sight:
    """Return how far this request sees: no further than its person's role, nor than its key."""
    if not may(request, Scope.PROPOSALS):
        return Sight()
    return Sight(review=True, follow_ups=sees_follow_ups(request.user))


def statements(sight: Sight) -> QuerySet[Statement]:
    """Accepted statements; who reviews sees all but those that the engine withdrew, each with its `version`."""
    rows = Statement.objects.with_source().select_related("commitment", "addressee")
    if sight.review:
        return rows.not_withdrawn().annotate(version=_newest("statement"))
    return rows.accepted()


def follow_ups(sight: Sight) -> QuerySet[FollowUp]:
    """Confirmed follow-ups of what anyone may see; who judges them sees all but the withdrawn, with their `version`."""
    papers = Document.objects.defer(*LONG, "warnings")
    rows = FollowUp.objects.exclude(state=FollowUp.State.WITHDRAWN) if sight.follow_ups else public_follow_ups()
    rows = rows.select_related("commitment", "item").prefetch_related(
        Prefetch("speech", Speech.objects.select_related("person").defer("text", "notes")),
        Prefetch("item__document", papers),
    )
    return rows.annotate(version=_newest("follow_up")) if sight.follow_ups else rows


def events(sight: Sight) -> QuerySet[Event]:
    """What happened to what anyone may see; who reviews also sees the steps of the review."""
    beside = ("commitment", "statement", "follow_up")
    if not sight.review:
        return public_events().select_related(*beside)
    published = Q(commitment__in=Commitment.objects.published())
    rows = Event.objects.select_related(*beside)
    rows = rows.filter(published | Q(commitment__isnull=True, statement__isnull=False))
    if not sight.follow_ups:
        return rows.filter(Q(follow_up__isnull=True) | Q(follow_up__state=FollowUp.State.CONFIRMED))
    return rows.exclude(follow_up__state=FollowUp.State.WITHDRAWN)


def documents() -> QuerySet[Document]:
    """Every document, with how many promises it has: `accepted` and `waiting`; the second is for who reviews."""
    rows: Any = Document.objects.defer(*LONG).select_related("meeting__chair")
    return rows.annotate(accepted=_found(Statement.State.ACCEPTED), waiting=_found(Statement.State.PROPOSED))


def agenda_items() -> QuerySet[AgendaItem]:
    asked = Question.objects.select_related("asker", "addressee").order_by("position")
    return AgendaItem.objects.select_related("chair").prefetch_related(
        Prefetch("document", Document.objects.only("uid", "title", "kind", "date")), Prefetch("questions", asked)
    )


def speeches() -> QuerySet[Speech]:
    paper = Prefetch("item__document", Document.objects.only("uid", "title", "kind", "date"))
    return Speech.objects.defer("pieces", "notes").select_related("person", "item").prefetch_related(paper)


def _newest(about: str) -> Subquery:
    newest = Event.objects.filter(**{about: OuterRef("pk")}).order_by().values(about)
    return Subquery(newest.annotate(newest=Max("pk")).values("newest"))


def _found(state: str) -> Coalesce:
    """How many statements of a document are in this state, without a join that would count others twice."""
    inside = Statement.objects.filter(state=state, speech__item__document=OuterRef("pk")).order_by()
    counted = inside.values("speech__item__document").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted), 0)
