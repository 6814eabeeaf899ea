"""The page of one's own feeds: the public addresses to copy, and secret ones to make and revoke.

A secret is shown in the answer to the form that made it, and nowhere after.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from commitments.feeds import scopes
from commitments.feeds.calendars import MOST_DAYS, USUAL_DAYS
from commitments.feeds.views import SECRET
from commitments.links import site_address
from commitments.models import FeedAddress, Team
from commitments.models.feed_addresses import LONGEST_NAME
from commitments.privacy import Viewer
from commitments.services import feed_addresses
from commitments.services.errors import ServiceError
from commitments.showing.succession import Holders
from tracker.clock import today

WATCH_LIST = "watch"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Whole addresses of the two forms of one feed."""

    name: str
    calendar: str
    atom: str


class AddressForm(forms.Form):
    """What a new secret address is about, and how its owner calls it."""

    about = forms.ChoiceField(label=gettext_lazy("About what"), widget=forms.RadioSelect, initial=WATCH_LIST)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("to know it again by, e.g. “Outlook at work”"),
    )

    def __init__(self, data: Any = None, *, viewer: Viewer) -> None:
        super().__init__(data)
        self.teams = {str(one.uid): one for one in Team.objects.of(viewer)}
        chosen: Any = self.fields["about"]
        chosen.choices = [
            (WATCH_LIST, _("what is on my watch list, or on that of my office")),
            *(
                (uid, _("what %(office)s watches, or gave a priority or a label") % {"office": team.name})
                for uid, team in self.teams.items()
            ),
        ]

    @property
    def team(self) -> Team | None:
        return self.teams.get(self.cleaned_data["about"])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Every address there is; the form makes a secret one and shows it, this once."""
    form = AddressForm(request.POST or None, viewer=request.user)
    made = None
    if request.method == "POST" and form.is_valid():
        try:
            row, secret = feed_addresses.make(
                user=request.user, team=form.team, name=form.cleaned_data["name"], day=today()
            )
            made = _addresses(row.name, "feed_own", query=f"?{SECRET}={secret}")
            form = AddressForm(viewer=request.user)
        except ServiceError as error:
            form.add_error(None, str(error))
    day, own = today(), FeedAddress.objects.seen_by(request.user).select_related("team")
    giving = set(own.giving().values_list("pk", flat=True))
    context = {
        "section": "my_feeds",
        "form": form,
        "made": made,
        "giving": [one for one in own if one.pk in giving],
        "ended": [one for one in own if one.pk not in giving],
        "everything": _addresses(_("everything"), "feed_all"),
        "public": _public(day),
        "most_days": MOST_DAYS,
        "usual_days": USUAL_DAYS,
    }
    return render(request, "pages/my_feeds.html", context)


@login_required
@require_POST
def revoke(request: HttpRequest, pk: UUID) -> HttpResponse:
    address = get_object_or_404(FeedAddress.objects.seen_by(request.user), pk=pk)
    feed_addresses.revoke(address=address, actor=request.user, day=today())
    messages.success(request, _("Revoked: this address gives nothing any more."))
    return HttpResponseRedirect(reverse("my_feeds"))


def _public(day: date) -> list[tuple[str, list[Addresses]]]:
    """The public addresses, group by group."""
    ministers = [_addresses(one.name, "feed_person", one.uid) for one in Holders(day).people]
    return [
        (_("Ministers"), ministers),
        (_("Portfolios"), list(_named(scopes.portfolios(), "feed_portfolio"))),
        (_("Committees"), list(_named(scopes.committees(), "feed_committee"))),
    ]


def _named(names: Iterable[str], door: str) -> Iterable[Addresses]:
    by_slug: dict[str, str] = {}
    for name in names:
        by_slug.setdefault(slugify(name), name)
    return (_addresses(name, door, slug) for slug, name in by_slug.items())


def _addresses(name: str, door: str, *about: object, query: str = "") -> Addresses:
    calendar, atom = (site_address(reverse(door, args=[*about, kind]) + query) for kind in ("ics", "atom"))
    return Addresses(name, calendar, atom)
