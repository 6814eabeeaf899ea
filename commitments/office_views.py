"""Pages for who keeps the tracker: the question drafted from a promise, and the hand-over of a legislature."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from commitments.models import Commitment, FollowUp
from commitments.question_forms import FileForm
from commitments.services import asking
from commitments.services.errors import ServiceError
from commitments.showing import handover, sheets, word
from commitments.showing.drafting import Draft, Form, draft
from commitments.showing.standing import DAY
from commitments.showing.succession import Holders
from tracker.clock import today
from transcripts.models import Document

View = Callable[..., HttpResponse]


def _for(permission: str) -> Callable[[View], View]:
    """Open to who is logged in and has the permission; others are asked to log in, or refused."""

    def guard(view: View) -> View:
        return login_required(permission_required(permission, raise_exception=True)(view))

    return guard


@_for("commitments.view_commitment")
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The drafted question, to copy or to download; "asked" files it with the text as it was then."""
    commitment = get_object_or_404(Commitment.objects.published().with_sources(), uid=uid)
    drafted = _draft(commitment, _form_asked(request))
    may_file = request.user.has_perm("commitments.change_commitment")
    until = asking.wait_for(commitment=commitment, kind=drafted.form.asking_kind, filed_on=today())
    form = FileForm(request.POST or None, day=today(), text=drafted.text, until=until)
    if request.method == "POST":
        if not may_file:
            return HttpResponse(status=403)
        if form.is_valid() and _filed(request, commitment, drafted.form, form):
            return HttpResponseRedirect(reverse("commitment", args=[commitment.uid]))
    return render(
        request,
        "pages/question.html",
        {
            "section": "commitments",
            "commitment": commitment,
            "draft": drafted,
            "forms": Form,
            "file_form": form,
            "may_file": may_file,
        },
    )


@_for("commitments.view_commitment")
@require_GET
def question_docx(request: HttpRequest, uid: UUID) -> HttpResponse:
    commitment = get_object_or_404(Commitment.objects.published().with_sources(), uid=uid)
    drafted = _draft(commitment, _form_asked(request))
    return _download(word.of_text(drafted.text), word.CONTENT_TYPE, f"vraag-{commitment.uid}.docx")


@_for("commitments.view_commitment")
@require_GET
def hand_over(request: HttpRequest, format: str = "") -> HttpResponse:
    """What is handed over with each portfolio of a legislature: a page, a CSV or a DOCX."""
    day = today()
    terms = handover.terms_until(day)
    asked = request.GET.get("from", "")
    term = next((one for one in terms if str(one.first.year) == asked), terms[0])
    portfolios = handover.hand_over(term=term, day=day)
    title = _("Hand-over %(term)s") % {"term": term.name}
    name = f"overdracht-{term.first.year}-{term.last.year}"
    if format == "csv":
        head = [_("Portfolio"), _("Now in charge"), *handover.columns()]
        rows = [
            [one.name, handover.in_charge(one.holders), *handover.row_of(commitment, day)]
            for one in portfolios
            for commitment in one.commitments
        ]
        return _download(sheets.as_csv([head, *rows]).encode(), "text/csv; charset=utf-8", f"{name}.csv")
    if format == "docx":
        sections = [
            (_heading(one), handover.columns(), [handover.row_of(c, day) for c in one.commitments])
            for one in portfolios
        ]
        title = f"{title}, {date_format(day, DAY)}"
        return _download(word.of_tables(title, sections), word.CONTENT_TYPE, f"{name}.docx")
    return render(
        request,
        "pages/handover.html",
        {"section": "commitments", "title": title, "terms": terms, "term": term, "portfolios": portfolios},
    )


def _heading(portfolio: handover.Portfolio) -> str:
    name = portfolio.name or _("Without a portfolio")
    after = handover.in_charge(portfolio.holders)
    return f"{name} ({portfolio.ministers})" + (f" → {after}" if after else "")


def _form_asked(request: HttpRequest) -> Form:
    try:
        return Form(request.GET.get("form", Form.WRITTEN))
    except ValueError:
        raise Http404 from None


def _draft(commitment: Commitment, form: Form) -> Draft:
    follow_ups = commitment.follow_ups.filter(state=FollowUp.State.CONFIRMED).prefetch_related(
        "item__questions__addressee",
        Prefetch("item__document", Document.objects.defer("text", "account_spans").select_related("meeting")),
    )
    prefetch_related_objects(
        commitment.accepted_statements, "speech__item__questions", "speech__item__document__meeting"
    )
    day = today()
    return draft(
        commitment,
        form=form,
        day=day,
        follow_ups=list(follow_ups.select_related("item")),
        parts=list(commitment.parts.all()),
        askings=list(commitment.askings.all()),
        holders=Holders(day).after(commitment.mandate),
    )


def _filed(request: HttpRequest, commitment: Commitment, form: Form, given: FileForm) -> bool:
    holders = Holders(today()).after(commitment.mandate)
    try:
        filed = asking.file_question(
            commitment=commitment,
            actor=request.user,
            day=today(),
            kind=form.asking_kind,
            addressee=holders[0].person if holders else commitment.person,
            **given.cleaned_data,
        )
    except ServiceError as error:
        given.add_error(None, str(error))
        return False
    said = _("Nobody need ask again until %(day)s.") % {"day": date_format(filed.waiting_until, DAY)}
    messages.success(request, said)
    return True


def _download(content: bytes, kind: str, name: str) -> HttpResponse:
    headers: dict[str, Any] = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
