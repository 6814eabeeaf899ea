"""What is handed over with a portfolio: the promises of a legislature that are still to be kept, by portfolio."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from commitments.engine import calendars
from commitments.engine.calendars import Term
from commitments.links import commitment_address
from commitments.models import Commitment
from commitments.querysets import OPEN
from commitments.showing.standing import DAY, standing
from commitments.showing.succession import Holder, Holders

# What lapsed with the legislature is what its successors are asked to take up.
HANDED_OVER = (*OPEN, Commitment.Status.LAPSED)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The promises made for a portfolio, the longest past their date first. holders: who took it over."""

    name: str
    ministers: str
    holders: Sequence[Holder]
    commitments: Sequence[Commitment]


def terms_until(day: date) -> list[Term]:
    """Return the legislatures that have begun by `day`, the present one first."""
    return [term for term in reversed(calendars.load().terms) if term.first <= day]


def hand_over(*, term: Term, day: date) -> list[Portfolio]:
    """Return what is handed over of a legislature as it stands on `day`, by portfolio; a fixed number of queries."""
    holders = Holders(day)
    found = (
        Commitment.objects.published()
        .filter(status__in=HANDED_OVER, said_on__gte=term.first, said_on__lt=term.last)
        .with_sources()
        .by_last_day()
    )
    groups: dict[str, list[Commitment]] = {}
    for one in found:
        groups.setdefault(one.mandate.portfolio or one.mandate.title if one.mandate else "", []).append(one)
    return [_portfolio(name, groups[name], holders) for name in sorted(groups, key=lambda name: (not name, name))]


def columns() -> list[str]:
    return [
        _("Promise"),
        _("Words"),
        _("Promised by"),
        _("Said on"),
        _("Deadline as spoken"),
        _("Last day"),
        _("How it stands"),
        _("Address"),
    ]


def row_of(commitment: Commitment, day: date) -> list[str]:
    return [
        commitment.title,
        commitment.quote,
        str(commitment.person or ""),
        date_format(commitment.said_on, DAY),
        commitment.due_text,
        date_format(commitment.due_end, DAY) if commitment.due_end else "",
        standing(commitment, day).words,
        commitment_address(commitment),
    ]


def in_charge(holders: Iterable[Holder]) -> str:
    """Say who took a portfolio over, the uncertain ones as such."""
    return ", ".join(
        str(one.person) if one.certain else _("%(name)s (probably)") % {"name": one.person} for one in holders
    )


def _portfolio(name: str, commitments: Sequence[Commitment], holders: Holders) -> Portfolio:
    mandates = {one.mandate.pk: one.mandate for one in commitments if one.mandate}
    people = dict.fromkeys(str(one.person) for one in commitments if one.person)
    last = max(mandates.values(), key=lambda one: one.start, default=None)
    return Portfolio(name, ", ".join(people), holders.after(last), commitments)
