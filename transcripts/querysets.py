"""Questions put to what was said."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from transcripts.models import Person


class MandateQuerySet(models.QuerySet):
    def held_on(self, day: date) -> Self:
        """Mandates in force on `day`."""
        return self.filter(start__lte=day).filter(models.Q(end__isnull=True) | models.Q(end__gte=day))

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)
