"""The doors from the page of a commitment to the services: one verb, one form, one sentence when it is done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commitments.life_forms import (
    AskedForm,
    AskForm,
    ChooseAskingForm,
    ChoosePartForm,
    LifeForm,
    PartForm,
    StatusForm,
    TickForm,
    UndoForm,
    WordsForm,
)
from commitments.models import Asking, Commitment
from commitments.services import asking, lapsing, outside, parts, tracking
from commitments.services.errors import NotAllowedError, ServiceError
from commitments.services.undoing_life import last_of_life, undo_life
from commitments.showing.standing import DAY
from tracker.clock import today

LEGAL = (Asking.Kind.WRITTEN, Asking.Kind.ORAL)  # the parliament's two forms


@dataclass(frozen=True, slots=True)
class Verb:
    """do: takes the commitment, who acts, and the bound form; returns what to say."""

    form: type[LifeForm]
    do: Callable[[Commitment, Any, Any], str]


def act(request: HttpRequest, commitment: Commitment, verb: str) -> LifeForm | None:
    """Do what was asked for, through the service. Returns None when done, else the form with what was wrong."""
    day = today()
    form = VERBS[verb].form(request.POST, commitment=commitment, day=day)
    if form.is_valid():
        try:
            done = VERBS[verb].do(commitment, request.user, form)
        except ServiceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return None
    return form


def what_the_keeper_sees(commitment: Commitment, actor: Any) -> dict[str, object]:
    """One fresh form per thing that can be done now, by its name, and the rows they are about."""
    day = today()
    listed = list(commitment.parts.select_related("done_by"))
    askings = commitment.askings.select_related("filed_by", "asker", "addressee", "answer__document").defer(
        "answer__document__text", "answer__document__account_spans"
    )
    announced = lapsing.announcement(commitment)
    names = ["status", "part", "ask", *(["words"] if commitment.said_outside is not None else [])]
    return {
        "forms": {name: VERBS[name].form(commitment=commitment, day=day) for name in names},
        "parts": listed,
        "all_done": parts.all_done(listed),
        "tick": TickForm(commitment=commitment, day=day),
        "askings": [
            (one, None if one.outcome else AskedForm(commitment=commitment, day=day, asking=one)) for one in askings
        ],
        "waits": {kind.label: asking.wait_for(commitment=commitment, kind=kind, filed_on=day) for kind in LEGAL},
        "undoable": last_of_life(commitment, actor),
        "lapses_on": lapsing.lapses_on(announced) if announced else None,
    }


def _status(commitment: Commitment, actor: Any, form: StatusForm) -> str:
    tracking.change_status(commitment=commitment, actor=actor, day=form.day, **form.cleaned_data)
    return _("The status was changed.")


def _part(commitment: Commitment, actor: Any, form: PartForm) -> str:
    parts.add(commitment=commitment, actor=actor, day=form.day, **form.cleaned_data)
    return _("The part was added.")


def _tick(commitment: Commitment, actor: Any, form: TickForm) -> str:
    parts.tick(actor=actor, day=form.day, **form.cleaned_data)
    if parts.all_done(commitment.parts.all()):
        return _("All parts are done: is the promise fulfilled? Then change the status.")
    return _("The part is done.")


def _untick(commitment: Commitment, actor: Any, form: ChoosePartForm) -> str:
    parts.untick(actor=actor, day=form.day, **form.cleaned_data)
    return _("The part is not done.")


def _drop(commitment: Commitment, actor: Any, form: ChoosePartForm) -> str:
    parts.remove(actor=actor, day=form.day, **form.cleaned_data)
    return _("The part was taken off the list.")


def _ask(commitment: Commitment, actor: Any, form: AskForm) -> str:
    filed = asking.file_question(commitment=commitment, actor=actor, day=form.day, **form.cleaned_data)
    return said_of(filed)


def _asked(commitment: Commitment, actor: Any, form: AskedForm) -> str:
    asking_given = form.cleaned_data["asking"]
    return said_of(asking.correct_asking(asking=asking_given, actor=actor, day=form.day, given=form.given()))


def _answered(commitment: Commitment, actor: Any, form: ChooseAskingForm) -> str:
    asking.answered(actor=actor, day=form.day, **form.cleaned_data)
    return _("The question is answered; the waiting is over.")


def _withdraw(commitment: Commitment, actor: Any, form: ChooseAskingForm) -> str:
    asking.withdraw(actor=actor, day=form.day, **form.cleaned_data)
    return _("The question is withdrawn; the waiting is over.")


def _words(commitment: Commitment, actor: Any, form: WordsForm) -> str:
    said = commitment.said_outside
    if said is None:
        raise NotAllowedError(_("This promise was made in parliament; its words are those of the document."))
    outside.amend(
        said=said,
        words=form.words(),
        public=form.cleaned_data["public"],
        actor=actor,
        day=form.day,
    )
    return _("The words were corrected.")


def _undo(commitment: Commitment, actor: Any, form: UndoForm) -> str:
    undo_life(commitment=commitment, decision=form.cleaned_data["decision"], actor=actor, day=form.day)
    return _("Undone.")


def _keep(commitment: Commitment, actor: Any, form: LifeForm) -> str:
    lapsing.keep_open(commitment=commitment, actor=actor, day=form.day)
    return _("It stays open after its legislature.")


def said_of(filed: Asking) -> str:
    return _("Nobody need ask again until %(day)s.") % {"day": date_format(filed.waiting_until, DAY)}


VERBS: Mapping[str, Verb] = {
    "status": Verb(StatusForm, _status),
    "part": Verb(PartForm, _part),
    "tick": Verb(TickForm, _tick),
    "untick": Verb(ChoosePartForm, _untick),
    "drop": Verb(ChoosePartForm, _drop),
    "ask": Verb(AskForm, _ask),
    "asked": Verb(AskedForm, _asked),
    "answered": Verb(ChooseAskingForm, _answered),
    "withdraw": Verb(ChooseAskingForm, _withdraw),
    "keep": Verb(LifeForm, _keep),
    "undo": Verb(UndoForm, _undo),
    "words": Verb(WordsForm, _words),
}
