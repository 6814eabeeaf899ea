"""The pages. Anyone sees accepted commitments and the documents; what still waits for a person, only those see
who may look at statements."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.services import lapsing
from commitments.showing import papers
from commitments.showing.audience import OF_THE_DESK, may_judge, may_mark, sees_follow_ups, sees_review
from commitments.showing.lifeline import deadline_history, life_line
from commitments.showing.listing import page_of
from commitments.showing.marking import excerpt_of, paragraphs
from commitments.showing.offices import kept_about
from commitments.showing.places import place_of
from commitments.showing.succession import Holders
from commitments.showing.why import doubts_about, why_this_date
from tracker.clock import today
from transcripts.models import Document, Question, Speech


def commitment_detail(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One promise: the words in their context, the date and why, and everything that came of it."""
    published = Commitment.objects.published()
    commitment = get_object_or_404(published.with_sources(), uid=uid)
    statements, outside = list(commitment.accepted_statements), commitment.said_outside
    follow_ups = list(_follow_ups(request, commitment))
    first = statements[0] if statements and not outside else None
    items = [*(one.item for one in follow_ups), *([first.speech.item] if first else [])]
    prefetch_related_objects(items, Prefetch("questions", Question.objects.select_related("asker", "addressee")))
    shown = {one.pk for one in follow_ups}
    everything = list(commitment.events.select_related("actor", "statement").order_by("at", "pk"))
    events = [
        one
        for one in everything
        if (one.follow_up_id is None or one.follow_up_id in shown)
        and (sees_review(request.user) or one.kind not in OF_THE_DESK)
    ]
    history = deadline_history(statements, outside=outside, follow_ups=follow_ups)
    dated = next((step.said for step in reversed(history.steps) if step.said.due_rule), None)
    # What was never announced, and what took the place of what was not replaced, is not looked for.
    was_announced = any(one.kind == Event.Kind.LAPSE_ANNOUNCED for one in everything)
    announced = lapsing.announcement(commitment) if was_announced else None
    after = commitment.superseded_by_id
    return render(
        request,
        "pages/commitment.html",
        {
            "section": "commitments",
            "commitment": commitment,
            "may_correct": may_judge(request.user),
            "superseded_by": published.filter(pk=after).first() if after is not None else None,
            "outside": outside,
            **(_first_said(first) if first else {}),
            "why_date": why_this_date(dated) if dated else [],
            "doubts": doubts_about(dated) if isinstance(dated, Statement) else [],
            "history": history,
            "holders": Holders(today()).after(commitment.mandate),
            "lapses_on": lapsing.lapses_on(announced) if announced else None,
            "parts": commitment.parts.all(),
            "follow_ups": follow_ups,
            "lines": life_line(statements, follow_ups, events, outside, history.steps),
            "kept": kept_about(request.user, commitment),
        },
    )


def _first_said(statement: Statement) -> dict[str, object]:
    """What was said first, in its turn, and the question it answers: as listed, and the last words of a member.

    The questions of its item are to be prefetched.
    """
    speech = statement.speech
    before = Q(capacity=Speech.Capacities.MEMBER, position__lt=speech.position)
    turns = Speech.objects.filter(Q(pk=speech.pk) | before, item=speech.item_id).select_related("person")
    own, *asked = turns.only("text", "label", "uid", "person", "party", "position").order_by("-position")[:2]
    return {
        "first": statement,
        "place": place_of(statement),
        "excerpt": excerpt_of(statement, own.text),
        "questions": speech.item.questions.all(),
        "asked": asked[0] if asked else None,
    }


def document_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, papers.newest_first())
    page.object_list = papers.counted(page.object_list)
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
    followed: dict[int, list[FollowUp]] = defaultdict(list)
    for follow_up in _following(request, paper):
        followed[follow_up.item_id].append(follow_up)
    sections = [
        {
            "item": item,
            "follow_ups": followed[item.pk],
            "turns": [
                {"speech": speech, "paragraphs": paragraphs(speech, by_speech[speech.pk], paper.page_starts)}
                for speech in item.speeches.all()
            ],
            "found": sum(len(by_speech[speech.pk]) for speech in item.speeches.all()),
            "speakers": _speakers([item]),
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
            "first_found": next(
                (one for item in items for speech in item.speeches.all() for one in by_speech[speech.pk]), None
            ),
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


def _follow_ups(request: HttpRequest, commitment: Commitment) -> QuerySet[FollowUp]:
    rows = commitment.follow_ups.select_related("item__document").defer(
        "item__document__text", "item__document__account_spans"
    )
    if sees_review(request.user):
        return rows.standing()
    return rows.filter(state=FollowUp.State.CONFIRMED)


def _following(request: HttpRequest, paper: Document) -> QuerySet[FollowUp]:
    """The promises that the items of a document follow up; what is only proposed, for who may look at the desk."""
    rows = FollowUp.objects.filter(item__document=paper).select_related("commitment").order_by("commitment__said_on")
    if sees_follow_ups(request.user):
        return rows.standing()
    return rows.filter(state=FollowUp.State.CONFIRMED, commitment__in=Commitment.objects.published())
