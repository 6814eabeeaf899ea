"""The desk: proposals one at a time, each decided with one request, which answers with the next one.

Without scripts each decision is a form and a redirect; with desk.js the same forms are sent by keys, and the answer is
the part of the page that changed.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from commitments.admin import desk
from commitments.admin.queue import Queue, Spot
from commitments.models import Commitment, Event, Kinds, Statement
from commitments.proposal_forms import (
    ChosenReasonForm,
    EditForm,
    MarkForm,
    MergeForm,
    SplitForm,
    edit_form_of,
    split_form_of,
)
from commitments.services import due, review
from commitments.services.editing import edit, place_from_to, place_of
from commitments.services.errors import DeadlineNotReadError, NotHereError, ServiceError
from commitments.services.judging import hold, version_of
from commitments.services.splitting import split
from commitments.services.undoing import undo
from commitments.showing.audience import may_judge, may_mark, sees_review
from commitments.showing.likeness import likely_same
from commitments.showing.marking import turn_around
from commitments.templatetags.promises import interval
from tracker.clock import today
from transcripts.models import Speech

DESK = "admin:commitments_statement_desk"
AROUND = 900  # characters of the turn on either side of the quote
ASKED = 700  # characters of the end of the question
NONE = 0  # the id of no proposal: the first that waits is shown
OF_ONE = ("at", "find")  # what the address says of one proposal, and not of the queue
OFFERED = 9  # commitments to merge into: one for each digit


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses of the desk, for the admin of statements."""
    view = site.admin_view
    return [
        path("desk/", view(require_GET(show)), name="commitments_statement_desk"),
        path("desk/undo/", view(require_POST(take_back)), name="commitments_statement_undo"),
        path("desk/words/", view(require_GET(read_words)), name="commitments_statement_words"),
        path("desk/<int:pk>/<str:verb>/", view(require_POST(decide)), name="commitments_statement_decide"),
        path("mark/<uuid:uid>/", view(mark), name="commitments_statement_mark"),
    ]


def may_look(request: HttpRequest) -> bool:
    return sees_review(request.user) or may_judge(request.user)


def show(request: HttpRequest, at: int | None = None, **shown: Any) -> HttpResponse:
    """One proposal of the queue: the one in the address, else the first that waits."""
    if not may_look(request):
        raise PermissionDenied
    if at is None:
        asked = request.GET.get("at", "")
        at = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    queue = Queue(request.GET, at)
    statement = _statement(at) or _statement(queue.first)
    spot = queue.spot(statement.pk if statement else None)
    context = {
        **admin.site.each_context(request),
        "title": _("Desk"),
        "subtitle": None,
        "opts": Statement._meta,
        "queue": queue.form,
        "spot": spot,
        "filters": _filters(request),
        "kept": [(name, value) for name, value in request.GET.items() if name not in OF_ONE],
        "address": address(request, statement.pk if statement else None),
        "may_judge": may_judge(request.user),
        "undoable": Event.objects.undoable(request.user.pk).select_related("statement").first(),
        "only_part": _is_fetched(request),
        **_about(request, statement, spot),
        **shown,
    }
    template = "desk_proposal" if _is_fetched(request) else "desk"
    return render(request, f"admin/commitments/statement/{template}.html", context)


def decide(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One decision on one proposal, on what was seen of it; then the next, or the same with what was wrong."""
    if verb not in VERBS:
        raise Http404
    if not may_judge(request.user):
        raise PermissionDenied
    statement = _statement(pk)
    if statement is None:
        messages.warning(request, _("This proposal is no longer there."))
        return _go(request, None)
    form = FORMS[verb](statement, request.POST)
    following = Queue(request.GET, pk).spot(pk).following
    if form.is_valid():
        try:
            with transaction.atomic():
                hold(statement=statement, seen=_seen(request))
                said = VERBS[verb](statement, request.user, today(), form)
        except (DeadlineNotReadError, NotHereError) as error:
            form.add_error(None, str(error))
        except ServiceError as error:
            messages.warning(request, str(error))
            return _go(request, pk)
        else:
            messages.success(request, said)
            return _go(request, pk if verb in STAYS else following)
    return show(request, at=pk, **{f"{verb}_form": form, "open": verb})


def take_back(request: HttpRequest) -> HttpResponse:
    """Undo the decision of this person that the page named, and show its proposal again."""
    if not may_judge(request.user):
        raise PermissionDenied
    chosen = request.POST.get("decision", "")
    decision = Event.objects.filter(pk=int(chosen)).first() if chosen.isascii() and chosen.isdigit() else None
    if decision is None:
        messages.warning(request, _("There is nothing of yours to undo."))
        return _go(request, None)
    pk = decision.statement_id
    try:
        left = undo(decision=decision, actor=request.user, day=today())
    except ServiceError as error:
        messages.warning(request, str(error))
    else:
        pk = left.pk if left else None
        messages.success(request, _("Undone: %(what)s.") % {"what": decision.get_kind_display()})
    return _go(request, pk)


def read_words(request: HttpRequest) -> JsonResponse:
    """What words say as a deadline, on the day they were said: {"days", "start", "end"}, or {"problem"}."""
    if not may_look(request):
        raise PermissionDenied
    try:
        said_on = date.fromisoformat(request.GET.get("said_on", ""))
        read = Statement(**due.given(request.GET.get("words", "")[:300], said_on))
    except ValueError:
        return JsonResponse({"problem": "said_on=2026-01-31&words=…"}, status=400)
    except DeadlineNotReadError as error:
        return JsonResponse({"problem": str(error)})
    days = strip_tags(interval(read)) or (_("no last day") if read.due_text else "")
    start, end = (day.isoformat() if day else None for day in (read.due_start, read.due_end))
    return JsonResponse({"days": days, "start": start, "end": end})


def mark(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Words of one turn become a statement; it then stands at the desk."""
    if not may_mark(request.user):
        raise PermissionDenied
    turns = Speech.objects.select_related("person", "item__document")
    speech = get_object_or_404(turns.defer("item__document__text", "item__document__account_spans"), uid=uid)
    form = MarkForm(request.POST) if request.method == "POST" else MarkForm(initial=_selected(request, speech))
    if request.method == "POST" and form.is_valid():
        words, start, end = form.deadline()
        given = form.cleaned_data
        try:
            place = form.place() or place_from_to(speech=speech, first=given["first"], last=given["last"])
            made = review.mark_by_hand(
                speech=speech, start=place[0], end=place[1], actor=request.user, day=today(), kind=given["kind"],
                due_text=words, due_start=start, due_end=end,
            )  # fmt: skip
        except ServiceError as error:
            form.add_error(None, str(error))
        except ValueError:
            form.add_error("first", _("There are no words at this place of the turn."))
        else:
            messages.success(request, _("Marked as a statement; it waits at the desk."))
            return HttpResponseRedirect(f"{reverse(DESK)}?at={made.pk}")
    return render(
        request,
        "admin/commitments/statement/mark.html",
        {
            **admin.site.each_context(request),
            "title": _("Make a statement"),
            "subtitle": None,
            "opts": Statement._meta,
            "speech": speech,
            "document": speech.item.document,
            "form": form,
        },
    )


def address(request: HttpRequest, pk: int | None) -> str:
    """Return the address of the desk with its filters, at one proposal."""
    query = _filters(request, at=pk)
    return f"{reverse(DESK)}?{query}" if query else reverse(DESK)


def _accept(statement: Statement, actor: Any, day: date, form: Form) -> str:
    review.accept(statement=statement, actor=actor, day=day)
    return _("Accepted: it is tracked from now on.")


def _reject(statement: Statement, actor: Any, day: date, form: ChosenReasonForm) -> str:
    review.reject(statement=statement, actor=actor, day=day, reason=form.reason())
    return _("Rejected, with the reason.")


def _edit(statement: Statement, actor: Any, day: date, form: EditForm) -> str:
    words = form.changed("quote")
    edit(
        statement=statement,
        actor=actor,
        day=day,
        title=form.changed("title"),
        kind=form.changed("kind"),
        condition=form.changed("condition"),
        place=place_of(speech=statement.speech, words=words, near=statement.start) if words is not None else None,
        deadline=form.given_deadline(),
    )
    return _("Changed as you said.")


def _merge(statement: Statement, actor: Any, day: date, form: MergeForm) -> str:
    made = review.accept(statement=statement, actor=actor, day=day, into=form.cleaned_data["commitment"])
    return _("Merged into “%(title)s”.") % {"title": Truncator(made.title).chars(80)}


def _split(statement: Statement, actor: Any, day: date, form: SplitForm) -> str:
    first = place_of(speech=statement.speech, words=form.cleaned_data["first"], near=statement.start)
    second = place_of(speech=statement.speech, words=form.cleaned_data["second"], near=first[1], after=first[1])
    split(statement=statement, first=first, second=second, actor=actor, day=day)
    return _("Split in two; both wait.")


VERBS: dict[str, Callable[[Statement, Any, date, Any], str]] = {
    "accept": _accept,
    "reject": _reject,
    "edit": _edit,
    "merge": _merge,
    "split": _split,
}
FORMS: dict[str, Callable[[Statement, Any], Any]] = {
    "accept": lambda statement, data: Form(data),
    "reject": lambda statement, data: ChosenReasonForm(data, auto_id="reject_%s"),
    "edit": edit_form_of,
    "merge": lambda statement, data: MergeForm(data, auto_id="merge_%s"),
    "split": split_form_of,
}
STAYS = ("edit", "split")  # the proposal still waits for its verdict


def _statement(pk: int | None) -> Statement | None:
    if pk is None:
        return None
    rows = Statement.objects.select_related(
        "speech__person", "speech__item__document__meeting", "reviewed_by", "commitment", "repeats__commitment__person"
    )
    return rows.defer("speech__item__document__text", "speech__item__document__account_spans").filter(pk=pk).first()


def _about(request: HttpRequest, statement: Statement | None, spot: Spot) -> dict[str, Any]:
    """What the page shows of one proposal."""
    if statement is None:
        return {"statement": None}
    speech = statement.speech
    likely = likely_same(statement)
    shown = desk.what_the_reviewer_sees(statement)
    if not statement.displaced:
        shown["excerpt"] = turn_around(speech.text, statement.start, statement.end, AROUND)
    return shown | {
        "version": version_of(statement),
        "question": _question_before(speech),
        "likely": likely,
        "commitments": _offered(request, statement, likely),
        "find": request.GET.get("find", ""),
        "open": "merge" if "find" in request.GET else "",
        "previous": address(request, spot.previous) if spot.previous else None,
        "following": address(request, spot.following) if spot.following else None,
        "reject_form": FORMS["reject"](statement, None),
        "edit_form": edit_form_of(statement),
        "split_form": split_form_of(statement),
        "kinds": Kinds.choices,
    }


def _question_before(speech: Speech) -> dict[str, str] | None:
    """Return who asked and how it ended: the nearest turn before, of somebody else and not of the chair."""
    before = Speech.objects.filter(item=speech.item_id, position__lt=speech.position)
    others = before.exclude(capacity=Speech.Capacities.CHAIR).select_related("person").order_by("-position")[:4]
    asked = next((one for one in others if one.person_id is None or one.person_id != speech.person_id), None)
    if asked is None or asked.gone:
        return None
    text = asked.text if len(asked.text) <= ASKED else "… " + asked.text[-ASKED:].partition(" ")[2]
    return {"who": asked.label or str(asked.person or ""), "text": text}


def _offered(request: HttpRequest, statement: Statement, likely: list) -> list[Commitment]:
    """Return what the proposal can be merged into: what was searched, else the likely ones, then the newest."""
    living = Commitment.objects.exclude(status=Commitment.Status.SUPERSEDED).select_related("person")
    words = request.GET.get("find", "").strip()
    if words:
        return list(living.matching(words[:200]).order_by("-said_on", "-pk")[:OFFERED])
    near = [statement.repeats, *(one.statement for one in likely)]
    first = {one.commitment.pk: one.commitment for one in near if one is not None and one.commitment is not None}
    of_person = living.filter(person=statement.speech.person_id) if statement.speech.person_id else living.none()
    newest = of_person.exclude(pk__in=first).order_by("-said_on", "-pk")[:OFFERED]
    return [*first.values(), *newest][:OFFERED]


def _selected(request: HttpRequest, speech: Speech) -> dict[str, Any]:
    """Return the place in the address as the form begins with it, and its words; nothing where it is none."""
    try:
        start, end = int(request.GET["start"]), int(request.GET["end"])
    except (KeyError, ValueError):
        return {}
    words = " ".join(speech.text[max(start, 0) : max(end, 0)].split())
    return {"start": start, "end": end, "first": words} if words else {}


def _seen(request: HttpRequest) -> int:
    seen = request.POST.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0


def _filters(request: HttpRequest, at: int | None = None) -> str:
    """Return the filters in the address, for another one; a place and a search belong to one proposal only."""
    query = request.GET.copy()
    for name in OF_ONE:
        query.pop(name, None)
    if at is not None:
        query["at"] = str(at)
    return query.urlencode()


def _is_fetched(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _go(request: HttpRequest, pk: int | None) -> HttpResponse:
    """Show a proposal, or the first that waits: in the same answer to a script, else by another address."""
    if not _is_fetched(request):
        return HttpResponseRedirect(address(request, pk))
    return show(request, at=pk or NONE)
