"""One's own settings in one place: the language, and what comes by mail, by feed and by key."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.i18n import set_language as set_language_of_browser

from commitments.models import ApiToken, FeedAddress, SavedSearch, Subscription, WebHook
from commitments.services import preferring
from tracker.clock import moment


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=gettext_lazy("Language"), widget=forms.RadioSelect, choices=settings.LANGUAGES)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_settings(request: HttpRequest) -> HttpResponse:
    form = LanguageForm(request.POST or None, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid():
        preferring.choose_language(user=request.user, language=form.cleaned_data["language"])
        with translation.override(form.cleaned_data["language"]):
            messages.success(request, _("Kept: pages and mails are in this language for you."))
        return HttpResponseRedirect(reverse("my_settings"))
    user: Any = request.user
    mine = Subscription.objects.filter(user=user.pk).prefetch_related("topics").first()
    context = {
        "section": "my_settings",
        "form": form,
        "subscription": mine,
        "topics": len(mine.topics.all()) if mine else 0,
        "searches": SavedSearch.objects.seen_by(user).count(),
        "feeds": FeedAddress.objects.seen_by(user).giving().count(),
        "keys": ApiToken.objects.seen_by(user).usable(moment()).count(),
        "webhooks": WebHook.objects.seen_by(user).count(),
    }
    return render(request, "pages/my_settings.html", context)


def set_language(request: HttpRequest) -> HttpResponseBase:
    """The buttons in the footer: for this browser, and for who is logged in also kept as the choice of that person."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and request.user.is_active and language in dict(settings.LANGUAGES):
        preferring.choose_language(user=request.user, language=language)
    return set_language_of_browser(request)
