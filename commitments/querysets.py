"""Questions put to what was promised. Each takes the day as an argument; nothing here reads a clock."""

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

OPEN = ("open", "partly")


class StatementQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Proposed and not yet judged, surest first."""
        return self.filter(state="proposed").order_by("-confidence", "said_on", "pk")


class CommitmentQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, day: date) -> Self:
        """Open, and `day` is past the last day of the interval."""
        return self.open().filter(due_end__lt=day)

    def due_soon(self, day: date, within: int) -> Self:
        """Open, not overdue, and the interval ends within `within` days after `day`."""
        return self.open().filter(due_end__gte=day, due_end__lte=day + timedelta(days=within))

    def time_to_ask(self, day: date) -> Self:
        """Open without a last day, and its day to ask has come."""
        return self.open().filter(due_end__isnull=True, check_on__lte=day)

    def expected(self, day: date) -> Self:
        """Open, and `day` lies in the interval."""
        return self.open().filter(Q(due_start__lte=day) & Q(due_end__gte=day))


class EventQuerySet(models.QuerySet):
    def between(self, start: date, end: date) -> Self:
        """Events of the days [start, end]."""
        return self.filter(day__gte=start, day__lte=end)
