"""The desk for statements: what was proposed, one at a time, and words of a turn that a person marks."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from commitments.admin.desk import Desk, Verb
from commitments.admin.queue import DeskQueue
from commitments.admin.statement_queue import StatementQueue
from commitments.models import Commitment, Event, FollowUp, Statement
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
from commitments.services.errors import DeadlineNotReadError, ServiceError
from commitments.services.judging import hold, newest_event
from commitments.services.splitting import split
from commitments.services.undoing import undo
from commitments.showing.audience import may_judge, may_mark, sees_follow_ups, sees_review
from commitments.showing.likeness import likely_same
from commitments.showing.marking import excerpt_of, turn_around
from commitments.showing.places import place_of as place_in_document
from commitments.showing.why import doubts_about, why_this_date
from commitments.templatetags.promises import interval
from tracker.clock import today
from transcripts.models import Speech

AROUND = 900  # characters of the turn on either side of the quote
ASKED = 700  # characters of the end of the question
OFFERED = 9  # commitments to merge into: one for each digit


def may_look(user: Any) -> bool:
    return sees_review(user) or may_judge(user)


def read_words(request: HttpRequest) -> JsonResponse:
    """What words say as a deadline, on the day they were said: {"days", "start", "end"}, or {"problem"}."""
    if not may_look(request.user) and not sees_follow_ups(request.user):
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
            return HttpResponseRedirect(f"{DESK.place}?at={made.pk}")
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
        addressee=form.given_addressee(),
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


def _reopen(statement: Statement, actor: Any, day: date, form: Form) -> str:
    review.reopen(statement=statement, actor=actor, day=day)
    return _("Put back to proposed.")


def reject_form_of(statement: Statement, data: Any = None) -> ChosenReasonForm:
    return ChosenReasonForm(data, auto_id="reject_%s")


class StatementDesk(Desk[Statement]):
    """The desk of what was proposed and what a person marked."""

    name = "commitments_statement"
    folder, part, row_name = "admin/commitments/statement", "desk_proposal.html", "statement"
    title = gettext_lazy("Desk")
    model = Statement
    queue = StatementQueue
    verbs: ClassVar = {
        "accept": Verb(_accept),
        "reject": Verb(_reject, reject_form_of),
        "edit": Verb(_edit, edit_form_of, stays=True),
        "merge": Verb(_merge, lambda statement, data: MergeForm(data, auto_id="merge_%s")),
        "split": Verb(_split, split_form_of, stays=True),
        "reopen": Verb(_reopen, stays=True),
    }

    def may_look(self, user: Any) -> bool:
        return may_look(user)

    def may_judge(self, user: Any) -> bool:
        return may_judge(user)

    def find(self, pk: int | None) -> Statement | None:
        if not pk:
            return None
        rows = Statement.objects.select_related(
            "speech__person",
            "speech__item__document__meeting",
            "reviewed_by",
            "commitment",
            "repeats__commitment__person",
        )
        rows = rows.defer("speech__item__document__text", "speech__item__document__account_spans")
        return rows.annotate(version=newest_event("statement")).filter(pk=pk).first()

    def hold(self, row: Statement, seen: int) -> object:
        return hold(statement=row, seen=seen)

    def undoable(self, user: Any) -> QuerySet[Event]:
        return Event.objects.undoable(user.pk).select_related("statement")

    def undo(self, decision: Event, actor: Any, day: date) -> Statement | None:
        return undo(decision=decision, actor=actor, day=day)

    def beside(self, request: HttpRequest, queue: DeskQueue, row: Statement | None) -> dict[str, Any]:
        return {"other_waiting": FollowUp.objects.waiting().count() if sees_follow_ups(request.user) else None}

    def about(self, request: HttpRequest, row: Statement) -> dict[str, Any]:
        likely = likely_same(row)
        text = row.speech.text
        around = excerpt_of(row, text) if row.displaced else turn_around(text, row.start, row.end, AROUND)
        return {
            "place": place_in_document(row),
            "excerpt": around,
            "why_date": why_this_date(row),
            "doubts": doubts_about(row),
            "question": _question_before(row.speech),
            "likely": likely,
            "commitments": _offered(request, row, likely),
            "find": request.GET.get("find", ""),
            "open": "merge" if "find" in request.GET else "",
            "reject_form": reject_form_of(row),
            "edit_form": edit_form_of(row),
            "split_form": split_form_of(row),
        }


DESK = StatementDesk()


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses of the desk, for the admin of statements."""
    view = site.admin_view
    return [
        path("desk/words/", view(require_GET(read_words)), name="commitments_statement_words"),
        path("mark/<uuid:uid>/", view(mark), name="commitments_statement_mark"),
        *DESK.urls(site),
    ]


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
