"""When a committee meets next, as far as it is known."""

from collections.abc import Iterable
from datetime import date

from commitments.models import Statement
from commitments.querysets import CommitmentQuerySet
from transcripts.models import Meeting


def next_of(committees: Iterable[str], day: date) -> Meeting | None:
    """Return the first meeting on `day` or after it of one of these committees, by their names as printed."""
    coming = Meeting.objects.filter(committee__in=list(committees), date__gte=day)
    return coming.order_by("date", "number").first()


def next_about(commitments: CommitmentQuerySet, day: date) -> Meeting | None:
    """Return the first meeting on `day` or after it of a committee in which one of these, still open, was promised."""
    coming = list(Meeting.objects.filter(date__gte=day).exclude(committee="").order_by("date", "number"))
    if not coming:
        return None
    place = "speech__item__document__meeting__committee"
    said = Statement.objects.accepted().filter(
        commitment__in=commitments.open().order_by().values("pk"), **{f"{place}__in": {one.committee for one in coming}}
    )
    there = set(said.order_by().values_list(place, flat=True).distinct())
    return next((one for one in coming if one.committee in there), None)
