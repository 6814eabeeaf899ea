"""The review of one statement: what the reviewer sees, and the doors to the review service."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from commitments.forms import AcceptForm, DeadlineForm, RejectForm
from commitments.models import Statement
from commitments.services import review
from commitments.services.errors import DeadlineNotReadError, ServiceError
from commitments.showing.marking import excerpt_of
from commitments.showing.places import place_of
from commitments.showing.why import doubts_about, why_this_date
from tracker.clock import today


def forms_for(statement: Statement) -> dict[str, Form]:
    """One fresh form per thing a reviewer can do, by its name."""
    return {
        "accept": AcceptForm(initial={"title": statement.summary or statement.quote[:200]}),
        "reject": RejectForm(),
        "deadline": DeadlineForm(initial={"due_text": statement.due_text}),
        "reopen": Form(),
    }


def what_the_reviewer_sees(statement: Statement) -> dict[str, object]:
    return {
        "statement": statement,
        "place": place_of(statement),
        "excerpt": excerpt_of(statement, statement.speech.text),
        "why_date": why_this_date(statement),
        "doubts": doubts_about(statement),
    }


def judge(request: HttpRequest, statement: Statement, verb: str) -> dict[str, Form] | None:
    """Do what was asked for, through the service. Returns None when done, else the forms with what was wrong."""
    form = BOUND[verb](request.POST)
    if form.is_valid():
        try:
            done = SERVICES[verb](statement, request.user, form)
        except DeadlineNotReadError as error:
            form.add_error(None, str(error))
        except ServiceError as error:
            messages.warning(request, str(error))
        else:
            messages.success(request, done)
            return None
    return forms_for(statement) | {verb: form}


def _accept(statement: Statement, actor: AbstractBaseUser, form: Form) -> str:
    review.accept(statement=statement, actor=actor, day=today(), title=form.cleaned_data["title"])
    return _("Accepted: it is tracked from now on.")


def _reject(statement: Statement, actor: AbstractBaseUser, form: RejectForm) -> str:
    review.reject(statement=statement, actor=actor, day=today(), reason=form.reason())
    return _("Rejected, with the reason.")


def _correct(statement: Statement, actor: AbstractBaseUser, form: DeadlineForm) -> str:
    words, start, end = form.deadline()
    review.correct_deadline(statement=statement, actor=actor, day=today(), due_text=words, due_start=start, due_end=end)
    return _("The deadline was corrected.")


def _reopen(statement: Statement, actor: AbstractBaseUser, form: Form) -> str:
    review.reopen(statement=statement, actor=actor, day=today())
    return _("Put back to proposed.")


BOUND: dict[str, type[Form]] = {"accept": AcceptForm, "reject": RejectForm, "deadline": DeadlineForm, "reopen": Form}
SERVICES: dict[str, Callable[..., str]] = {
    "accept": _accept,
    "reject": _reject,
    "deadline": _correct,
    "reopen": _reopen,
}


def one_by_one(request: HttpRequest, rows: Iterable[Any], verb: Callable[[Any], object]) -> None:
    """Judge one by one, each in its own transaction, and say how many."""
    done = 0
    for row in rows:
        try:
            verb(row)
        except ServiceError as error:
            messages.warning(request, str(error))
        else:
            done += 1
    said = _("Judged: %(done)d.") % {"done": done}
    messages.add_message(request, messages.SUCCESS if done else messages.WARNING, said)


def next_waiting(statement: Statement) -> Statement | None:
    """Return what to judge next: further down the same document, else the surest of the queue."""
    waiting = Statement.objects.waiting().exclude(pk=statement.pk)
    same = waiting.filter(speech__item__document=statement.speech.item.document_id)
    return same.order_by("speech__item__position", "speech__position", "start").first() or waiting.first()
