"""How many promises stand how on a day, counted where they are kept; nothing here reads a clock.

The counts are those of showing.statistics, for the day itself alone: that one tells earlier days too, row by row.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncQuarter

OPEN = ("open", "partly")


def waiting(day: date, at: str = "") -> Q:
    """A question was filed, and the term for the answer still runs on `day`. at: the path to the commitment, and __."""
    return Q(**{f"{at}asked_on__lte": day, f"{at}waiting_until__gte": day})


def to_be_asked(day: date, at: str = "") -> Q:
    """Open, and not waiting for an answer."""
    quiet = Q(**{f"{at}waiting_until__isnull": True}) | ~waiting(day, at)
    return Q(**{f"{at}status__in": OPEN}) & quiet


class CountsQuerySet(models.QuerySet):
    def counted(self, day: date) -> dict[str, int]:
        """Count these by how they stand on `day`, in one query.

        total = open + fulfilled + dropped + lapsed + superseded, and fulfilled = on_time + later + undated. Of the open
        ones: partly fulfilled, overdue, waiting for an answer, and without a last day.
        """
        return self.order_by().aggregate(total=Count("pk"), **_states(), **_open(day), **_kept())

    def counted_by(self, key: str, day: date) -> dict[Any, dict[str, int]]:
        """Count the open ones and the overdue among them for each value of a field."""
        rows = self.order_by().values(key).annotate(total=Count("pk"), **_open(day))
        return {row.pop(key): row for row in rows}

    def by_quarter(self, day: date) -> list[dict[str, Any]]:
        """Count those whose last day has passed on `day` by the quarter it lay in, first quarter first.

        Each has: quarter (its first day), total, on_time, later, waiting, silent (open, and no answer is waited for),
        other (ended otherwise, or fulfilled on a day nobody noted); and moved, days_moved: how many had been put off
        since a last day was first named for them, and the sum of the days.
        """
        moved = Q(due_end__gt=F("first_end"))
        slip = models.ExpressionWrapper(F("due_end") - F("first_end"), models.DurationField())
        rows = (
            self.filter(due_end__lt=day)
            .order_by()
            .annotate(first_end=_first_end())
            .annotate(quarter=TruncQuarter("due_end"))
            .values("quarter")
            .annotate(
                total=Count("pk"),
                **{name: count for name, count in _kept().items() if name != "undated"},
                waiting=Count("pk", filter=Q(status__in=OPEN) & waiting(day)),
                silent=Count("pk", filter=to_be_asked(day)),
                moved=Count("pk", filter=moved),
                slip=Sum(slip, filter=moved),
            )
            .order_by("quarter")
        )
        told = []
        for row in rows:
            slipped = row.pop("slip")
            row["days_moved"] = slipped.days if slipped else 0
            row["other"] = row["total"] - sum(row[name] for name in ("on_time", "later", "waiting", "silent"))
            told.append(row)
        return told


class CommitteesQuerySet(models.QuerySet):
    """Of statements."""

    def counted_by_committee(self, slugs: Mapping[str, str], day: date) -> dict[str, dict[str, int]]:
        """Count the commitments of these by committee: in all, the open ones, and the overdue among them.

        slugs: of each committee, by its name as printed; what was said in both of two spellings counts once.
        """
        place, at = "speech__item__document__meeting__committee", "commitment__"
        named = [When(**{place: name}, then=Value(slug)) for name, slug in slugs.items()]
        if not named:
            return {}
        rows = (
            self.filter(commitment__isnull=False, **{f"{place}__in": list(slugs)})
            .order_by()
            .annotate(committee=Case(*named, output_field=models.CharField()))
            .values("committee")
            .annotate(
                total=Count("commitment", distinct=True),
                open=Count("commitment", distinct=True, filter=Q(**{f"{at}status__in": OPEN})),
                overdue=Count(
                    "commitment", distinct=True, filter=to_be_asked(day, at) & Q(**{f"{at}due_end__lt": day})
                ),
            )
        )
        return {row.pop("committee"): row for row in rows}


def _states() -> dict[str, Count]:
    ended = {name: Count("pk", filter=Q(status=name)) for name in ("fulfilled", "dropped", "lapsed", "superseded")}
    return {**ended, "partly": Count("pk", filter=Q(status="partly"))}


def _open(day: date) -> dict[str, Count]:
    return {
        "open": Count("pk", filter=Q(status__in=OPEN)),
        "overdue": Count("pk", filter=to_be_asked(day) & Q(due_end__lt=day)),
        "waiting": Count("pk", filter=Q(status__in=OPEN) & waiting(day)),
        "without_day": Count("pk", filter=Q(status__in=OPEN, due_end__isnull=True)),
    }


def _kept() -> dict[str, Count]:
    dated = Q(status="fulfilled", due_end__isnull=False, fulfilled_on__isnull=False)
    return {
        "on_time": Count("pk", filter=dated & Q(fulfilled_on__lte=F("due_end"))),
        "later": Count("pk", filter=dated & Q(fulfilled_on__gt=F("due_end"))),
        "undated": Count("pk", filter=Q(status="fulfilled") & (Q(due_end__isnull=True) | Q(fulfilled_on__isnull=True))),
    }


def _first_end() -> Coalesce:
    """The last day that was named first, in the order of services.sayings."""
    from commitments.models import FollowUp, Statement

    said = Statement.objects.accepted().filter(commitment=OuterRef("pk"), due_end__isnull=False)
    put_off = FollowUp.objects.filter(
        commitment=OuterRef("pk"), due_end__isnull=False, kind="postponed", state="confirmed"
    )
    return Coalesce(
        F("outside__due_end"),
        Subquery(said.order_by("said_on", "speech", "start").values("due_end")[:1]),
        Subquery(put_off.order_by("item__document__date", "pk").values("due_end")[:1]),
    )
