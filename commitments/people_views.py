"""The page of one person: the offices held, what was promised and how that stands; and what was promised to them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments.models import Asking, Commitment, Statement
from commitments.querysets import LONG, CommitmentQuerySet
from commitments.search_forms import LAST_DAY, ORDERS
from commitments.showing.listing import stretch_of
from commitments.showing.meetings import next_about
from commitments.showing.over_time import draw
from commitments.showing.succession import Holders
from tracker.clock import today
from transcripts.models import Person, Question

QUESTIONS = 8  # of a member, on the page
UNANSWERED = 5


@require_safe
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One person. The id of somebody who turned out to be this person leads here for good."""
    found: Any = Person.objects.known_as(uid).annotate(has_asked=_has_asked()).first()
    if found is None:
        raise Http404
    if found.uid != uid:
        return HttpResponsePermanentRedirect(reverse("person", args=[found.uid]))
    day, published = today(), Commitment.objects.published()
    holders, own = Holders(day), published.filter(person=found)
    taken_over = published.filter(mandate__in=holders.mandates_of(found)).exclude(person=found)
    offices = holders.offices_of(found)
    context: dict[str, Any] = {
        "section": "people",
        "person": found,
        "offices": offices,
        "counts": own.counted(day),
        "taken_over": taken_over.count() if offices else 0,
        "by_mail": f"{reverse('my_mail')}?{urlencode({'minister': str(found.uid)})}",
        "listed": f"{reverse('commitments')}?{urlencode({'minister': str(found.uid)})}",
    }
    promises = own
    if context["counts"]["total"] or offices:
        context["drawing"] = draw(own.by_quarter(day), day)
        context["next_meeting"] = next_about(own, day)
    elif found.has_asked:
        promises = published.of_member(found.pk)
    if found.has_asked:
        context |= _member(found, published.of_member(found.pk), day)
    return render(request, "pages/person.html", context | {"page": stretch_of(request, promises, ORDERS, LAST_DAY)})


def _member(found: Person, promised: CommitmentQuerySet, day: Any) -> dict[str, Any]:
    """What a member of parliament asked and was promised, and what is still unanswered."""
    silent = promised.unanswered(day)
    return {
        "member": promised.counted(day),
        "unanswered": silent.with_sources().by_last_day()[:UNANSWERED],
        "asked_listed": f"{reverse('commitments')}?{urlencode({'member': str(found.uid)})}",
        "questions": _questions(found),
    }


def _questions(asker: Person) -> QuerySet[Question]:
    """The latest questions, each with whether something was promised in answer to it."""
    said = Statement.objects.accepted().filter(speech__item=OuterRef("item"))
    rows = Question.objects.filter(asker=asker).annotate(promised=Exists(said)).select_related("item__document")
    rows = rows.defer(*(f"item__document__{name}" for name in LONG))
    return rows.order_by("-item__document__date", "-pk")[:QUESTIONS]


def _has_asked() -> Any:
    here = OuterRef("pk")
    return (
        Exists(Question.objects.filter(asker=here))
        | Exists(Statement.objects.accepted().filter(addressee=here))
        | Exists(Asking.objects.filter(asker=here, commitment__in=Commitment.objects.published()))
    )
