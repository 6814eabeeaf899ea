"""My keys: made, shown once, withdrawn; and the addresses to which events are sent with them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commitments.key_forms import KeyForm, WebHookForm
from commitments.models import ApiToken, WebHook, WebHookDelivery
from commitments.privacy import Viewer
from commitments.services import tokens, webhooks
from commitments.services.errors import ServiceError
from commitments.showing.calls import outcome
from commitments.tasks import call_webhook
from tracker.clock import moment, today

LATEST = 10  # deliveries shown of each address


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_keys(request: HttpRequest) -> HttpResponse:
    """My keys and my addresses. A new key is shown in the answer to the very request that made it, and never again."""
    form, secret = KeyForm(request.POST or None, viewer=request.user), ""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            _key, secret = tokens.make(
                user=request.user,
                name=chosen["name"],
                scopes=chosen["scopes"],
                days=chosen["days"],
                at=moment(),
                day=today(),
            )
        except ServiceError as error:
            form.add_error(None, str(error))
        else:
            form = KeyForm(viewer=request.user)
    return _page(request, form, WebHookForm(viewer=request.user), secret)


@login_required
@require_POST
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """Withdraw a key of mine."""
    mine = get_object_or_404(ApiToken.objects.seen_by(request.user), pk=key)
    return _done(
        request,
        partial(tokens.revoke, token=mine, actor=request.user, at=moment(), day=today()),
        _("Withdrawn. Whatever still uses this key is refused from now on."),
    )


@login_required
@never_cache
@require_POST
def add_webhook(request: HttpRequest) -> HttpResponse:
    """Have events sent to an address."""
    form = WebHookForm(request.POST, viewer=request.user)
    if form.is_valid():
        try:
            webhooks.register(actor=request.user, at=moment(), **form.cleaned_data)
        except ServiceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Events are sent there from now on. Send a test to see whether they arrive."))
            return HttpResponseRedirect(reverse("my_keys"))
    return _page(request, KeyForm(viewer=request.user), form)


@login_required
@require_POST
def change_webhook(request: HttpRequest, hook: UUID, verb: str) -> HttpResponse:
    """Switch an address of mine on, have a test sent to it, or remove it."""
    mine = get_object_or_404(WebHook.objects.seen_by(request.user), pk=hook)
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "aan": (
            partial(webhooks.switch_on, webhook=mine, actor=request.user),
            _("Switched on. What happened meanwhile is not sent."),
        ),
        "proef": (lambda: _test(request, mine), _("A test is on its way. Look again in a moment.")),
        "verwijderen": (partial(webhooks.remove, webhook=mine, actor=request.user), _("Removed.")),
    }
    if verb not in verbs:
        raise Http404
    return _done(request, *verbs[verb])


@login_required
@require_POST
def send_again(request: HttpRequest, delivery: UUID) -> HttpResponse:
    """Have a delivery to an address of mine sent once more."""
    mine = WebHookDelivery.objects.filter(webhook__in=WebHook.objects.seen_by(request.user))
    found = get_object_or_404(mine.select_related("webhook"), pk=delivery)

    def again() -> None:
        webhooks.send_again(delivery=found, actor=request.user)
        _call(found.webhook)

    return _done(request, again, _("It is on its way once more. Look again in a moment."))


@dataclass(frozen=True, slots=True)
class Shown:
    """An address with what the page tells of it. latest: deliveries with what became of them, in words."""

    webhook: WebHook
    secret: str
    works: bool
    latest: list[tuple[WebHookDelivery, str]]


def _page(request: HttpRequest, form: KeyForm, hook_form: WebHookForm, secret: str = "") -> HttpResponse:
    at = moment()
    context = {
        "section": "my_keys",
        "form": form,
        "hook_form": hook_form,
        "secret": secret,
        "keys": [(key, _state(key)) for key in ApiToken.objects.seen_by(request.user)],
        "webhooks": _shown(request.user, at),
    }
    return render(request, "pages/my_keys.html", context)


def _shown(viewer: Viewer, at: Any) -> list[Shown]:
    works = set(WebHook.objects.seen_by(viewer).working(at).values_list("pk", flat=True))
    return [
        Shown(
            one,
            webhooks.secret_of(one),
            one.pk in works,
            [(made, outcome(made)) for made in one.deliveries.select_related("event__commitment")[:LATEST]],
        )
        for one in WebHook.objects.seen_by(viewer).select_related("token")
    ]


def _state(key: ApiToken) -> str:
    """Return why a key works no more, nothing where it does."""
    if key.revoked_at is not None:
        return _("withdrawn")
    return _("expired") if key.expires_at <= moment() else ""


def _test(request: HttpRequest, webhook: WebHook) -> None:
    webhooks.send_test(webhook=webhook, actor=request.user, at=moment())
    _call(webhook)


def _call(webhook: WebHook) -> None:
    transaction.on_commit(partial(call_webhook.delay, str(webhook.pk)), robust=True)


def _done(request: HttpRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    try:
        verb()
    except ServiceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return HttpResponseRedirect(reverse("my_keys"))
