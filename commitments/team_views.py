"""What an office writes on the page of a promise. Who is not of the office finds nothing here, whatever the address."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from commitments.models import Commitment, Note, Team
from commitments.services import offices
from commitments.services.errors import RoleError, ServiceError
from commitments.showing.offices import rooms
from commitments.team_forms import MarksForm
from tracker.clock import today

View = Callable[..., HttpResponse]


def _door(view: View) -> View:
    """Open only to who is logged in, and only by sending a form. After a login one lands where the form was."""

    @require_POST
    @wraps(view)
    def opened(request: HttpRequest, **ids: UUID) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(_page(ids["uid"]) if "uid" in ids else reverse("start"))
        return view(request, **ids)

    return opened


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The viewer's own offices: members, latest notes, what changed."""
    return render(request, "pages/office.html", {"section": "office", "rooms": rooms(request.user)})


@_door
def mark(request: HttpRequest, uid: UUID, team: UUID) -> HttpResponse:
    """Priority, labels and watch list of one office, all at once."""
    commitment, office = _commitment(uid), _team(request, team)
    form = MarksForm(request.POST, viewer=request.user, team=office)
    if not form.is_valid():
        messages.warning(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return _back(commitment)
    given = form.cleaned_data
    return _do(
        request,
        commitment,
        lambda: offices.mark(team=office, commitment=commitment, actor=request.user, day=today(), **given),
        _("Kept for your office."),
    )


@_door
def add_note(request: HttpRequest, uid: UUID, team: UUID) -> HttpResponse:
    commitment, office = _commitment(uid), _team(request, team)
    text = request.POST.get("text", "")
    return _do(
        request,
        commitment,
        lambda: offices.add_note(team=office, commitment=commitment, text=text, actor=request.user, day=today()),
        _("The note was added."),
    )


@_door
def edit_note(request: HttpRequest, note: UUID) -> HttpResponse:
    row = _note(request, note)
    text = request.POST.get("text", "")
    return _do(
        request,
        row.commitment,
        lambda: offices.edit_note(note=row, text=text, actor=request.user, day=today()),
        _("The note was changed."),
    )


@_door
def remove_note(request: HttpRequest, note: UUID) -> HttpResponse:
    row = _note(request, note)
    return _do(
        request,
        row.commitment,
        lambda: offices.remove_note(note=row, actor=request.user, day=today()),
        _("The note was removed."),
    )


@_door
def watch_alone(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One's own watch list, which no office sees."""
    commitment = _commitment(uid)
    watched = request.POST.get("watched") == "on"
    return _do(
        request,
        commitment,
        lambda: offices.watch_alone(commitment=commitment, user=request.user, watched=watched),
        _("It is on your own watch list.") if watched else _("It is no longer on your own watch list."),
    )


def _commitment(uid: UUID) -> Commitment:
    return get_object_or_404(Commitment.objects.published(), uid=uid)


def _team(request: HttpRequest, uid: UUID) -> Team:
    return get_object_or_404(Team.objects.of(request.user), uid=uid)


def _note(request: HttpRequest, pk: UUID) -> Note:
    published = Commitment.objects.published()
    rows = Note.objects.seen_by(request.user).filter(commitment__in=published).select_related("commitment")
    return get_object_or_404(rows, pk=pk)


def _do(request: HttpRequest, commitment: Commitment, verb: Callable[[], object], said: str) -> HttpResponse:
    try:
        verb()
    except RoleError as error:
        raise PermissionDenied(str(error)) from None
    except ServiceError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, said)
    return _back(commitment)


def _back(commitment: Commitment) -> HttpResponse:
    return redirect(f"{_page(commitment.uid)}#office")


def _page(uid: UUID) -> str:
    return reverse("commitment", args=[uid])
