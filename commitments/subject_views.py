"""The pages of portfolios and committees, and the lists of all there are; with the ministers and the members."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commitments.feeds import scopes
from commitments.models import Commitment, Statement
from commitments.search_forms import LAST_DAY, ORDERS
from commitments.showing import meetings
from commitments.showing.listing import stretch_of
from commitments.showing.over_time import draw
from commitments.showing.succession import Holders
from tracker.clock import today
from transcripts.models import Person, Question
from transcripts.register import competences

NOTHING = {"total": 0, "open": 0, "overdue": 0}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. people: who answers for it now."""

    name: str
    address: str
    counts: dict[str, int]
    people: tuple[Person, ...] = ()


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who promised something or holds a portfolio, and the members who asked."""
    day = today()
    holders = Holders(day)
    counts = Commitment.objects.published().counted_by("person", day)
    known = {one.pk: one for one in Person.objects.filter(pk__in=[pk for pk in counts if pk is not None])}
    now = holders.people
    before = sorted(known.keys() - {one.pk for one in now}, key=lambda pk: (known[pk].family_name, known[pk].name))
    groups = [
        ("now", [_of_person(one, counts) for one in now]),
        ("before", [_of_person(known[pk], counts) for pk in before]),
    ]
    members = Question.objects.filter(asker__isnull=False).order_by().values("asker").annotate(number=Count("pk"))
    asked = {row["asker"]: row["number"] for row in members}
    askers = Person.objects.filter(pk__in=Question.objects.filter(asker__isnull=False).order_by().values("asker"))
    return _index(request, "people", groups, members=[(one, asked.get(one.pk, 0)) for one in askers])


@require_safe
def portfolios(request: HttpRequest) -> HttpResponse:
    day = today()
    holders = Holders(day)
    counts = Commitment.objects.published().counted_by("mandate", day)
    found = []
    for slug, names in _by_slug(scopes.portfolios()).items():
        held = holders.held(_parts(names))
        counted = [counts[one.pk] for one in held if one.pk in counts]
        told = {name: sum(one[name] for one in counted) for name in ("total", "open", "overdue")}
        here = tuple(holders.in_charge(one for one in held if slugify(one.portfolio) == slug))
        found.append(Row(names[0], reverse("portfolio", args=[slug]), told, here))
    return _index(request, "portfolios", [("", found)])


@require_safe
def committees(request: HttpRequest) -> HttpResponse:
    day = today()
    by_slug = _by_slug(scopes.committees())
    slugs = {name: slug for slug, names in by_slug.items() for name in names}
    counts = Statement.objects.accepted().counted_by_committee(slugs, day)
    found = [
        Row(names[0], reverse("committee", args=[slug]), counts.get(slug, NOTHING)) for slug, names in by_slug.items()
    ]
    return _index(request, "committees", [("", found)])


@require_safe
def portfolio(request: HttpRequest, slug: str) -> HttpResponse:
    """What was promised for a portfolio or a part of it, whoever held it."""
    scope = scopes.of_portfolio(slug)
    if scope is None:
        raise Http404
    day = today()
    holders = Holders(day)
    names = [one.portfolio for one in holders.mandates if slugify(one.portfolio) == slug]
    held = holders.held(_parts(names))
    searched = next((one.portfolio for one in holders.promised if one.portfolio in names), None)
    found = Commitment.objects.published().filter(scope.now)
    more = {
        "kind": "portfolio",
        "mandates": held,
        "in_charge": holders.in_charge(one for one in held if one.portfolio in names),
        "next_meeting": meetings.next_about(found, day),
    }
    return _subject(request, sorted(names, key=str.casefold)[0], slug, found, searched, more)


@require_safe
def committee(request: HttpRequest, slug: str) -> HttpResponse:
    """What was promised in a committee, however its name is spelled."""
    names = scopes.spellings_of(slug)
    if not names:
        raise Http404
    scope = scopes.named_committee(slug, names)
    day = today()
    found = Commitment.objects.published().filter(scope.now)
    by_mandate = found.open().counted_by("mandate", day)
    holders = Holders(day)
    more = {
        "kind": "committee",
        "in_charge": holders.in_charge(one for one in holders.mandates if one.pk in by_mandate),
        "next_meeting": meetings.next_of(names, day),
    }
    return _subject(request, names[0], slug, found, names[0], more)


def _subject(
    request: HttpRequest, name: str, slug: str, found: Any, searched: str | None, more: dict[str, Any]
) -> HttpResponse:
    """The page of a portfolio or a committee. searched: its name in the search, None where nothing was promised."""
    day, kind = today(), more["kind"]
    context = {
        "section": "people",
        "name": name,
        "slug": slug,
        "counts": found.counted(day),
        "drawing": draw(found.by_quarter(day), day),
        "page": stretch_of(request, found, ORDERS, LAST_DAY),
        "listed": f"{reverse('commitments')}?{urlencode({kind: searched})}" if searched else "",
        "by_mail": f"{reverse('my_mail')}?{urlencode({kind: name})}",
        "calendar": reverse(f"feed_{kind}", args=[slug, "ics"]),
        "atom": reverse(f"feed_{kind}", args=[slug, "atom"]),
        "address": reverse(kind, args=[slug]),
    }
    return render(request, "pages/subject.html", context | more)


def _index(request: HttpRequest, kind: str, groups: list[tuple[str, list[Row]]], **more: Any) -> HttpResponse:
    return render(request, "pages/subjects.html", {"section": "people", "kind": kind, "groups": groups, **more})


def _of_person(one: Person, counts: dict[Any, dict[str, int]]) -> Row:
    return Row(one.name, reverse("person", args=[one.uid]), counts.get(one.pk, NOTHING))


def _by_slug(names: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[slugify(name)].append(name)
    return found


def _parts(names: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(competences(name) for name in names))
