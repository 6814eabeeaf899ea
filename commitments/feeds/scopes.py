"""Which commitments a feed is about: those of a minister, a portfolio, a committee, an office, a watch list, or all."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from commitments.models import FeedAddress, OutsideStatement, Priority, Statement, Tagging, Team, Watch
from commitments.privacy import Viewer
from commitments.showing.succession import Holders
from transcripts.models import Mandate, Meeting, Person
from transcripts.register import competences


@dataclass(frozen=True, slots=True)
class Office:
    """Whose priority and labels a private feed tells, and who asks for them."""

    team: Team
    viewer: Viewer


@dataclass(frozen=True, slots=True)
class Scope:
    """What a feed is about, in the active language.

    key     the same for the same feed, for ever
    page    the path of the page that shows the same
    now     narrows commitments as they stand
    once    narrows commitments, and versions of them, that anybody could see once and nobody can now
    office  in a private feed of an office
    """

    key: str
    title: str
    page: str
    now: Q = field(default_factory=Q)
    once: Q = field(default_factory=Q)
    office: Office | None = None


def everything() -> Scope:
    return Scope("all", _("What ministers promised"), reverse("commitments"))


def of_person(person: Person, day: date) -> Scope:
    """What a minister promised, and what came to hand with a portfolio by `day`."""
    own = Q(person=person.pk) | Q(mandate__in=Holders(day).mandates_of(person))
    title = _("Commitments: %(about)s") % {"about": person.name}
    return Scope(f"person/{person.uid}", title, reverse("person", args=[person.uid]), own, own)


def of_portfolio(slug: str) -> Scope | None:
    """What was promised by whoever held a portfolio or a part of it; None where there is none of that name."""
    printed = list(Mandate.objects.order_by().values_list("pk", "portfolio"))
    names = sorted({name for _pk, name in printed if name and slugify(name) == slug}, key=str.casefold)
    if not names:
        return None
    parts = frozenset().union(*(competences(name) for name in names))
    own = Q(mandate__in=[pk for pk, name in printed if competences(name) & parts])
    title = _("Commitments: %(about)s") % {"about": names[0]}
    return Scope(f"portfolio/{slug}", title, reverse("portfolio", args=[slug]), own, own)


def of_committee(slug: str) -> Scope | None:
    """What was promised in a committee, however its name is spelled; None where there is none of that name."""
    names = spellings_of(slug)
    return named_committee(slug, names) if names else None


def spellings_of(slug: str) -> list[str]:
    """Return the names of a committee as printed, by name."""
    return [name for name in committees() if slugify(name) == slug]


def named_committee(slug: str, names: list[str]) -> Scope:
    """What was promised in a committee of these spellings."""
    place = {"speech__item__document__meeting__committee__in": names}
    now = Q(Exists(Statement.objects.accepted().filter(commitment=OuterRef("id"), **place)))
    once = Q(Exists(_versions_accepted().filter(**place)))
    title = _("Commitments: %(about)s") % {"about": names[0]}
    return Scope(f"committee/{slug}", title, reverse("committee", args=[slug]), now, once)


def of_address(address: FeedAddress) -> Scope:
    """What a secret address gives: what the office marked, or what is on the watch lists its owner sees."""
    page = f"{reverse('commitments')}?watched=on"
    owner, team = address.user, address.team
    watched = Watch.objects.seen_by(owner)
    if team is None:
        own = Q(uid__in=watched.values("commitment"))
        return Scope(f"own/{address.pk}", _("Commitments on my watch list"), page, own, own)
    own = (
        Q(uid__in=watched.filter(team=team).values("commitment"))
        | Q(uid__in=Priority.objects.seen_by(owner).filter(team=team).values("commitment"))
        | Q(uid__in=Tagging.objects.seen_by(owner).filter(tag__team=team).values("commitment"))
    )
    title = _("Commitments: %(about)s") % {"about": team.name}
    return Scope(f"own/{address.pk}", title, page, own, own, Office(team, owner))


def committees() -> list[str]:
    """Every committee as printed, by name."""
    return _by_name(Meeting.objects.order_by().values_list("committee", flat=True).distinct())


def portfolios() -> list[str]:
    """Every portfolio of which something was promised, or that somebody holds, as printed, by name."""
    kept = Mandate.objects.filter(Q(commitments__isnull=False) | Q(end__isnull=True))
    return _by_name(kept.order_by().values_list("portfolio", flat=True).distinct())


def accepted_once() -> Q:
    """Of commitments and of versions of them: anybody could see it at some time."""
    public: Any = OutsideStatement.history.filter(commitment=OuterRef("id"), public=True)
    return Q(Exists(_versions_accepted())) | Q(Exists(public))


def _versions_accepted() -> Any:
    """Versions of statements from when they were accepted, of the commitment in question."""
    return Statement.history.filter(commitment=OuterRef("id"), state=Statement.State.ACCEPTED)


def _by_name(found: Iterable[str]) -> list[str]:
    return sorted({one for one in found if slugify(one)}, key=str.casefold)
