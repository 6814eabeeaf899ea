"""The desk for follow-ups: a promise beside the later words about it, each judged with one request."""

from datetime import date
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import strip_tags
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from commitments.admin.desk import Desk, Verb
from commitments.admin.follow_up_queue import FollowUpQueue, FollowUpQueueForm
from commitments.admin.queue import DeskQueue
from commitments.follow_up_forms import (
    CloseForm,
    CorrectForm,
    DismissForm,
    close_form_of,
    correct_form_of,
    dismiss_form_of,
)
from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.services import due, following, tracking
from commitments.services.judging import hold_follow_up, newest_event
from commitments.services.undoing import undo_follow_up
from commitments.showing.audience import may_judge_follow_ups, sees_follow_ups
from commitments.showing.follow_ups import later_words, promise_of
from commitments.showing.why import why_this_date
from commitments.templatetags.promises import interval
from tracker.clock import today
from transcripts.models import Question


def search(request: HttpRequest, uid: Any) -> HttpResponse:
    """Compare one commitment with all later items; what is found waits at the desk, and the page says how much."""
    if not may_judge_follow_ups(request.user):
        raise PermissionDenied
    commitment = get_object_or_404(Commitment, uid=uid)
    if not Commitment.objects.open().filter(pk=commitment.pk).exists():
        messages.warning(request, _("This commitment is closed; make it open again before searching for it."))
        return HttpResponseRedirect(_back(request, commitment))
    found = following.search_later(commitment=commitment, day=today())
    if not found:
        messages.info(request, _("No later item speaks of this commitment that is not judged already."))
        return HttpResponseRedirect(_back(request, commitment))
    said = ngettext("%(count)d later item may speak of it.", "%(count)d later items may speak of it.", len(found))
    messages.success(request, said % {"count": len(found)})
    return HttpResponseRedirect(f"{DESK.place}?commitment={commitment.uid}&order=sure")


def _confirm(follow_up: FollowUp, actor: Any, day: date, form: Form) -> str:
    return _confirmed(follow_up, tracking.confirm_follow_up(follow_up=follow_up, actor=actor, day=day))


def _dismiss(follow_up: FollowUp, actor: Any, day: date, form: DismissForm) -> str:
    tracking.dismiss_follow_up(follow_up=follow_up, actor=actor, day=day, reason=form.reason())
    return _("Dismissed, with the reason.")


def _correct(follow_up: FollowUp, actor: Any, day: date, form: CorrectForm) -> str:
    done = tracking.confirm_follow_up(
        follow_up=follow_up, actor=actor, day=day, kind=form.changed("kind"), deadline=form.given_deadline()
    )
    return _confirmed(follow_up, done)


def _close(follow_up: FollowUp, actor: Any, day: date, form: CloseForm) -> str:
    done = tracking.confirm_follow_up(
        follow_up=follow_up, actor=actor, day=day, kind=FollowUp.Kind.REPORTED_DONE, closing=form.closing()
    )
    return _("Confirmed; the commitment is now: %(status)s.") % {"status": done.commitment.get_status_display()}


def _reopen(follow_up: FollowUp, actor: Any, day: date, form: Form) -> str:
    tracking.reopen_follow_up(follow_up=follow_up, actor=actor, day=day)
    return _("Put back to proposed.")


def _confirmed(before: FollowUp, done: FollowUp) -> str:
    """Say what was confirmed, and which deadline the commitment has now where that became another one."""
    now = Commitment.objects.get(pk=done.commitment_id)
    said = _("Confirmed: %(kind)s.") % {"kind": done.get_kind_display()}
    if due.told(now) == due.told(before.commitment):
        return said
    days = strip_tags(interval(now)) or now.due_text
    moved = _("The deadline of the promise is now: %(days)s.") % {"days": days}
    return f"{said} {moved}"


class FollowUpDesk(Desk[FollowUp]):
    """The desk of what later items say of a promise."""

    name = "commitments_followup"
    folder, part, row_name = "admin/commitments/followup", "desk_follow_up.html", "follow_up"
    title = gettext_lazy("Desk for follow-ups")
    model = FollowUp
    queue = FollowUpQueue
    verbs: ClassVar = {
        "confirm": Verb(_confirm),
        "dismiss": Verb(_dismiss, lambda follow_up, data: dismiss_form_of(data)),
        "correct": Verb(_correct, correct_form_of),
        "close": Verb(_close, close_form_of),
        "reopen": Verb(_reopen, stays=True),
    }
    not_offered = gettext_lazy("This commitment is closed already; confirm the follow-up alone.")

    def may_look(self, user: Any) -> bool:
        return sees_follow_ups(user)

    def may_judge(self, user: Any) -> bool:
        return may_judge_follow_ups(user)

    def find(self, pk: int | None) -> FollowUp | None:
        if not pk:
            return None
        rows = FollowUp.objects.select_related(
            "speech__person",
            "item__document__meeting",
            "commitment__person",
            "commitment__mandate",
            "commitment__outside",
            "reviewed_by",
        )
        return (
            rows.defer("item__document__text", "item__document__account_spans")
            .prefetch_related(Prefetch("item__questions", Question.objects.select_related("asker", "addressee")))
            .annotate(version=newest_event("follow_up"))
            .filter(pk=pk)
            .first()
        )

    def hold(self, row: FollowUp, seen: int) -> object:
        return hold_follow_up(follow_up=row, seen=seen)

    def undoable(self, user: Any) -> QuerySet[Event]:
        return Event.objects.undoable(user.pk, "follow_up").select_related("follow_up__commitment")

    def undo(self, decision: Event, actor: Any, day: date) -> FollowUp | None:
        return undo_follow_up(decision=decision, actor=actor, day=day)

    def beside(self, request: HttpRequest, queue: DeskQueue, row: FollowUp | None) -> dict[str, Any]:
        """And the commitment to which the queue is narrowed (`only_of`), which most often is that of the row."""
        form = queue.form
        one = form.one if isinstance(form, FollowUpQueueForm) else None
        here = row.commitment if row is not None and row.commitment.uid == one else None
        if here is None and one is not None:
            here = Commitment.objects.filter(uid=one).first()
        return {"other_waiting": Statement.objects.waiting().count(), "only_of": here}

    def about(self, request: HttpRequest, row: FollowUp) -> dict[str, Any]:
        return {
            "commitment": row.commitment,
            **promise_of(row),
            **later_words(row),
            "why_date": why_this_date(row),
            "dismiss_form": dismiss_form_of(),
            "correct_form": correct_form_of(row),
            "close_form": close_form_of(row),
        }


DESK = FollowUpDesk()


def urls(site: admin.AdminSite) -> list[URLPattern]:
    """Return the addresses of the desk, for the admin of follow-ups."""
    search_later = site.admin_view(require_POST(search))
    return [path("desk/search/<uuid:uid>/", search_later, name="commitments_followup_search"), *DESK.urls(site)]


def _back(request: HttpRequest, commitment: Commitment) -> str:
    """Return where the search was asked for: an address of this site, else the page of the commitment."""
    asked = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return asked
    return reverse("admin:commitments_commitment_change", args=[commitment.pk])
