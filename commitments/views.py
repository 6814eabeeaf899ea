"""The pages. Anyone sees accepted commitments and the documents; what still waits for a person, only those see
who may look at statements."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.forms import CommitmentSearch
from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.showing.audience import may_mark, sees_review
from commitments.showing.lifeline import deadline_history, life_line
from commitments.showing.marking import excerpt_of, paragraphs
from commitments.showing.offices import dossiers, marks_on, watches_alone
from commitments.showing.places import place_of
from commitments.showing.succession import Holders
from commitments.showing.why import doubts_about, why_this_date
from commitments.team_forms import OfficeSearch
from tracker.clock import today
from transcripts.models import Document, Speech

ON_START = 5  # lines per block of the start page
PER_PAGE = 25
# Steps of the review itself: the office's own work, not part of what anyone sees of a promise.
OF_THE_DESK = (
    Event.Kind.PROPOSED,
    Event.Kind.REJECTED,
    Event.Kind.REOPENED,
    Event.Kind.EDITED,
    Event.Kind.SPLIT,
    Event.Kind.UNDONE,
    Event.Kind.FOLLOW_UP_JUDGED,
    Event.Kind.FOLLOW_UP_PROPOSED,
)


def start(request: HttpRequest) -> HttpResponse:
    """What is late, due soon, to be asked, waiting for review; and what came in last."""
    day = today()
    published = Commitment.objects.published()
    # The newest miss is the news; the list beneath it goes from the longest past its date.
    overdue = published.overdue(day)
    lead = overdue.with_sources().order_by("-due_end", "-said_on", "pk").first()
    if lead is None:
        lead = published.due_soon(day, settings.DUE_SOON_DAYS).with_sources().by_last_day().first()
    blocks = {
        "late": overdue,
        "soon": published.due_soon(day, settings.DUE_SOON_DAYS),
        "ask": published.time_to_ask(day),
        "asked": published.waiting_for_answer(day),
    }
    context: dict[str, object] = {
        "lead": lead,
        "counts": {name: rows.count() for name, rows in blocks.items()} | {"all": published.count()},
        "blocks": {name: rows.with_sources().by_last_day()[:ON_START] for name, rows in blocks.items()},
        "documents": _counted(_documents()[:ON_START]),
        "last_import": Document.objects.defer("text", "account_spans").order_by("-imported_at").first(),
    }
    if sees_review(request.user):
        waiting = Statement.objects.waiting()
        context["waiting_count"] = waiting.count()
        context["waiting"] = waiting.with_source()[:ON_START]
    return render(request, "pages/start.html", context)


def commitment_list(request: HttpRequest) -> HttpResponse:
    search = CommitmentSearch(request.GET, holders=Holders(today()))
    office = OfficeSearch(request.GET, viewer=request.user)
    found = office.narrow(search.narrow(Commitment.objects.published(), today()))
    page = _page(request, found.with_sources().by_last_day())
    marks = marks_on(request.user, page.object_list)
    for one in page.object_list:
        one.marks = marks[one.uid]
    return render(
        request,
        "pages/commitments.html",
        {"section": "commitments", "search": search, "office": office, "page": page},
    )


def commitment_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One promise: the words in their context, the date and why, and everything that came of it."""
    published = Commitment.objects.published()
    commitment = get_object_or_404(published.with_sources(), uid=uid)
    statements, outside = list(commitment.accepted_statements), commitment.said_outside
    follow_ups = list(_follow_ups(request, commitment))
    shown = {one.pk for one in follow_ups}
    events = [
        one
        for one in commitment.events.select_related("actor", "statement").order_by("at", "pk")
        if (one.follow_up_id is None or one.follow_up_id in shown)
        and (sees_review(request.user) or one.kind not in OF_THE_DESK)
    ]
    history = deadline_history(statements, outside=outside, follow_ups=follow_ups)
    dated = next((step.said for step in reversed(history.steps) if step.said.due_rule), None)
    return render(
        request,
        "pages/commitment.html",
        {
            "section": "commitments",
            "commitment": commitment,
            "superseded_by": published.filter(supersedes=commitment).first(),
            "outside": outside,
            **(_first_said(statements[0]) if statements and not outside else {}),
            "why_date": why_this_date(dated) if dated else [],
            "doubts": doubts_about(dated) if isinstance(dated, Statement) else [],
            "history": history,
            "holders": Holders(today()).after(commitment.mandate),
            "parts": commitment.parts.all(),
            "follow_ups": follow_ups,
            "lines": life_line(statements, follow_ups, events, outside),
            "dossiers": dossiers(request.user, commitment),
            "watched_alone": watches_alone(request.user, commitment),
        },
    )


def _first_said(statement: Statement) -> dict[str, object]:
    speech = Speech.objects.only("text").get(pk=statement.speech_id)
    return {"first": statement, "place": place_of(statement), "excerpt": excerpt_of(statement, speech.text)}


def document_list(request: HttpRequest) -> HttpResponse:
    page = _page(request, _documents())
    page.object_list = _counted(page.object_list)
    return render(request, "pages/documents.html", {"section": "documents", "page": page})


def document(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The transcript, with the statements marked where they stand."""
    paper = get_object_or_404(Document.objects.defer("text", "account_spans").select_related("meeting__chair"), uid=uid)
    items = list(
        paper.items.select_related("chair").prefetch_related(
            "questions", Prefetch("speeches", Speech.objects.select_related("person").order_by("position"))
        )
    )
    statements = Statement.objects.not_withdrawn().filter(speech__item__document=paper).select_related("commitment")
    if not sees_review(request.user):
        statements = statements.accepted()
    by_speech: dict[int, list[Statement]] = defaultdict(list)
    for statement in statements.order_by("start"):
        by_speech[statement.speech_id].append(statement)
    sections = [
        {
            "item": item,
            "turns": [
                {"speech": speech, "paragraphs": paragraphs(speech, by_speech[speech.pk], paper.page_starts)}
                for speech in item.speeches.all()
            ],
            "found": sum(len(by_speech[speech.pk]) for speech in item.speeches.all()),
        }
        for item in items
    ]
    return render(
        request,
        "pages/transcript.html",
        {
            "section": "documents",
            "document": paper,
            "sections": sections,
            "speakers": _speakers(items),
            "found": sum(len(found) for found in by_speech.values()),
            "may_mark": may_mark(request.user),
        },
    )


def _speakers(items: list) -> list[dict[str, object]]:
    """Everybody who speaks but the chair, in order of appearance, with the first turn and the number of turns."""
    found: dict[object, dict[str, object]] = {}
    for item in items:
        for speech in item.speeches.all():
            if speech.capacity == Speech.Capacities.CHAIR:
                continue
            name = speech.person.name if speech.person else speech.label
            seen = found.setdefault(
                name, {"name": name, "party": speech.party, "capacity": speech.capacity, "first": speech, "turns": 0}
            )
            seen["turns"] = int(str(seen["turns"])) + 1
    ministers_first = sorted(found.values(), key=lambda one: one["capacity"] != Speech.Capacities.MINISTER)
    return [one for one in ministers_first if one["name"]]


def _documents() -> QuerySet[Document]:
    newest_first = Document.objects.order_by("-date", "-imported_at", "pk")
    return newest_first.defer("text", "account_spans", "account").select_related("meeting")


def _counted(shown: Iterable[Document]) -> list[Document]:
    """Return the documents of one page with `accepted` and `waiting`: how many promises of each are in it."""
    documents = list(shown)
    found = Statement.objects.filter(speech__item__document__in=documents).order_by()
    rows = (
        found.values("speech__item__document")
        .annotate(
            accepted=Count("pk", filter=Q(state=Statement.State.ACCEPTED)),
            waiting=Count("pk", filter=Q(state=Statement.State.PROPOSED)),
        )
        .values_list("speech__item__document", "accepted", "waiting")
    )
    counts = {pk: (accepted, waiting) for pk, accepted, waiting in rows}
    for one in documents:
        one.accepted, one.waiting = counts.get(one.pk, (0, 0))  # type: ignore[attr-defined]
    return documents


def _follow_ups(request: HttpRequest, commitment: Commitment) -> QuerySet[FollowUp]:
    rows = commitment.follow_ups.select_related("item").prefetch_related(
        "item__questions__addressee", Prefetch("item__document", Document.objects.defer("text", "account_spans"))
    )
    if sees_review(request.user):
        return rows.standing()
    return rows.filter(state=FollowUp.State.CONFIRMED)


def _page(request: HttpRequest, rows: QuerySet) -> Page:
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
