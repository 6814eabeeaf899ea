"""One's own searches: kept from the list of commitments, shown together, removed. Nobody else finds any of them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commitments.models import SavedSearch, Subscription
from commitments.searches import query_of
from commitments.services import searching, subscribing
from commitments.services.errors import ServiceError


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_searches(request: HttpRequest) -> HttpResponse:
    """The searches I keep; its form, which stands on the list of commitments, keeps one."""
    if request.method == "POST":
        return _keep(request)
    subscription = Subscription.objects.filter(user=request.user.pk).prefetch_related("topics").first()
    in_mail = {one.search_id for one in subscription.topics.all()} if subscription else set()
    rows = list(SavedSearch.objects.seen_by(request.user))
    for one in rows:
        one.in_mail = one.pk in in_mail  # type: ignore[attr-defined]
    return render(
        request,
        "pages/my_searches.html",
        {
            "section": "my_searches",
            "searches": rows,
            "everything": subscription is not None and subscription.everything,
        },
    )


@login_required
@require_POST
def tell(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let my mail tell of what a search finds."""
    search = get_object_or_404(SavedSearch.objects.seen_by(request.user), pk=pk)
    _subscribe(request, search)
    return HttpResponseRedirect(reverse("my_mail"))


@login_required
@require_POST
def remove(request: HttpRequest, pk: UUID) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.seen_by(request.user), pk=pk)
    searching.remove(search=search, actor=request.user)
    messages.success(request, _("Removed: your mail does not tell of it either."))
    return HttpResponseRedirect(reverse("my_searches"))


def _keep(request: HttpRequest) -> HttpResponse:
    query = query_of(QueryDict(request.POST.get("query", "")))
    back = f"{reverse('commitments')}?{query}" if query else reverse("commitments")
    try:
        kept = searching.keep(user=request.user, name=request.POST.get("name", ""), query=query)
    except ServiceError as error:
        messages.warning(request, str(error))
        return HttpResponseRedirect(back)
    messages.success(request, _("Kept under “%(name)s”.") % {"name": kept.name})
    if request.POST.get("mail") == "on":
        _subscribe(request, kept)
    return HttpResponseRedirect(back)


def _subscribe(request: HttpRequest, search: SavedSearch) -> None:
    language = getattr(request, "LANGUAGE_CODE", "")
    subscription = subscribing.also_tell(user=request.user, search=search, language=language)
    if not subscription.active:
        said = _("You get no mail: switch it on in “My mail”.")
    elif subscription.everything:
        said = _("Your mail is about everything, so about this as well.")
    else:
        said = _("Your mail tells of it from now on.")
    messages.success(request, said)
