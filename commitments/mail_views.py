"""One's own mail: what comes and when, what would come now, and what the signed addresses in it do.

A signed address shows a page that asks for a confirmation, to whoever has it; only sending its form does anything, and
whether the subscriber may do that is asked then. A mail program that follows every link changes nothing by it.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments import mails
from commitments.feeds import scopes
from commitments.mail_forms import AskedForm, MailForm, PutOffForm
from commitments.mail_links import PARAMETER, BadLinkError, ExpiredLinkError, Opened, Purpose, opened
from commitments.models import Commitment, Digest, PutOff, Subscription
from commitments.services import digest_claims, mail_actions, offices, subscribing
from commitments.services.errors import RoleError, ServiceError
from commitments.showing.standing import DAY
from tracker.clock import today
from transcripts.models import Person

# The mail as it is, in a frame of one's own page: its style is within it, and it loads and runs nothing.
_BODY = re.compile(r"<body[^>]*>")
# What is followed opens outside the frame; and how that looks which stands above the mail.
_HEAD = (
    '<base target="_blank"><style>'
    ".preview { font: 15px/1.5 system-ui, sans-serif; max-width: 640px; margin: 0 auto 16px; padding-bottom: 8px; "
    "border-bottom: 1px solid #c9c6bf; } .preview pre { white-space: pre-wrap; }</style>"
)
OF_THE_PREVIEW = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-popups-to-escape-sandbox"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_mail(request: HttpRequest) -> HttpResponse:
    """What I chose, and what would be sent to me now."""
    kept = Subscription.objects.filter(user=request.user.pk).first()
    language = getattr(request, "LANGUAGE_CODE", "")
    shown = kept or Subscription(user=request.user, language=language)  # type: ignore[misc]
    also = _to_follow(request.GET)
    form = MailForm(request.POST or None, subscription=shown, viewer=request.user, day=today(), also=also)
    if request.method == "POST" and form.is_valid():
        subscribing.choose(user=request.user, topics=form.topics, **form.chosen)
        messages.success(request, _("Kept. Below is what you would get now."))
        return HttpResponseRedirect(reverse("my_mail"))
    put_off = PutOff.objects.seen_by(request.user).filter(
        until__gt=today(), commitment__in=Commitment.objects.published()
    )
    context = {
        "section": "my_mail",
        "form": form,
        "subscription": kept,
        "to_follow": also,
        "put_off": put_off.select_related("commitment").order_by("until", "pk"),
    }
    return render(request, "pages/my_mail.html", context)


@login_required
@never_cache
@require_safe
@xframe_options_sameorigin
def preview(request: HttpRequest) -> HttpResponse:
    """The mail that would be sent to me now, as a mail program shows it, under its subject and with its plain text.

    A frame of its own: what a mail tells takes as many questions as a mail takes, and "my mail" does not wait for it.
    """
    subscription = get_object_or_404(Subscription.objects.select_related("user"), user=request.user)
    words, wanted = _preview(subscription)
    above = render_to_string(
        "parts/preview.html", {"subscription": subscription, "words": words, "wanted": wanted}, request
    )
    page = words.html.replace("<head>", f"<head>{_HEAD}", 1)
    page = _BODY.sub(lambda found: found[0] + above, page, count=1)
    return HttpResponse(page, headers={"Content-Security-Policy": OF_THE_PREVIEW})


@login_required
@require_POST
def tell_again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back that a reminder was put off."""
    commitment = get_object_or_404(Commitment.objects.published(), uid=uid)
    offices.tell_again(commitment=commitment, user=request.user)
    messages.success(request, _("Your mail tells of it again."))
    return HttpResponseRedirect(reverse("my_mail"))


def _to_follow(query: Mapping[str, str]) -> list[tuple[str, Any]]:
    """Return the topic that a link names, as the form has it; nothing for what there is not."""
    for name, field in (("minister", "ministers"), ("member", "members")):
        with suppress(ValueError):
            found = Person.objects.known_as(UUID(query.get(name, ""))).first()
            if found is not None:
                return [(field, found.pk)]
    for name, field, there in (
        ("portfolio", "portfolios", scopes.portfolios),
        ("committee", "committees", scopes.committees),
    ):
        if query.get(name) and query[name] in there():
            return [(field, query[name])]
    return []


def _preview(subscription: Subscription) -> tuple[mails.Words, bool]:
    day = today()
    items, wanted = digest_claims.would_tell(subscription=subscription, day=day)
    weekly = subscription.rhythm == Subscription.Rhythm.WEEKLY
    period = day - timedelta(days=day.weekday()) if weekly else day
    told = Digest(subscription=subscription, period=period, rhythm=subscription.rhythm, items=items)
    return mails.digest_words(told), wanted


SignedView = Callable[[HttpRequest, Opened], HttpResponse]


def _signed(purpose: Purpose) -> Callable[[SignedView], Callable[[HttpRequest], HttpResponse]]:
    """Open to who has an address signed for this; others are told in a sentence, with nothing about anybody."""

    def guard(view: SignedView) -> Callable[[HttpRequest], HttpResponse]:
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                found = opened(purpose, request.GET.get(PARAMETER, ""), day=today())
            except BadLinkError:
                return _say(request, _("This address does not work. Copy it whole from the mail, or log in."), 404)
            except ExpiredLinkError:
                return _say(request, _("This address has expired. Take a newer mail, or log in."), 410)
            return view(request, found)

        return door

    return guard


@_signed(Purpose.PUT_OFF)
def put_off(request: HttpRequest, found: Opened) -> HttpResponse:
    form = PutOffForm(request.POST or None, day=today())
    if request.method == "POST" and form.is_valid():
        until = form.cleaned_data["until"]
        return _do(
            request,
            lambda: mail_actions.put_off(
                commitment=found.commitment,  # type: ignore[arg-type]
                user=found.subscription.user,
                until=until,
                day=today(),
            ),
            _("Your mail tells of it again from %(day)s on.") % {"day": date_format(until, DAY)},
        )
    return _ask(request, found, form, _("Remind me later"), _("Remind me later"))


@_signed(Purpose.ASKED)
def asked(request: HttpRequest, found: Opened) -> HttpResponse:
    form = AskedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _do(
            request,
            lambda: mail_actions.mark_asked(
                commitment=found.commitment,  # type: ignore[arg-type]
                user=found.subscription.user,
                mailed_on=found.mailed_on,
                day=today(),
                **form.cleaned_data,
            ),
            _("Noted as asked. Nobody need ask again until the term for the answer is over."),
        )
    return _ask(request, found, form, _("Mark as asked"), _("Asked today"))


@csrf_exempt  # a mail program sends this by itself (RFC 8058), and the address is signed
@_signed(Purpose.STOP)
def stop(request: HttpRequest, found: Opened) -> HttpResponse:
    if request.method == "POST":
        mail_actions.stop(subscription=found.subscription)
        return _say(request, _("You get no more mail. Log in to choose otherwise."))
    return _ask(request, found, None, _("No more mail"), _("No more mail"))


def _do(request: HttpRequest, verb: Callable[[], object], said: str) -> HttpResponse:
    try:
        verb()
    except RoleError as error:
        return _say(request, str(error), 403)
    except ServiceError as error:
        return _say(request, str(error), 409)
    return _say(request, said)


def _ask(request: HttpRequest, found: Opened, form: Any, title: str, verb: str) -> HttpResponse:
    context = {"title": title, "verb": verb, "form": form, "commitment": found.commitment}
    return render(request, "pages/mail_link.html", context)


def _say(request: HttpRequest, said: str, status: int = 200) -> HttpResponse:
    return render(request, "pages/mail_link.html", {"title": _("Your mail"), "said": said}, status=status)
