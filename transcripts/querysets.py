"""Questions put to what was said."""

from datetime import date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Min, Q

from transcripts.parsing import names

if TYPE_CHECKING:
    from transcripts.models import Party, Person


class MandateQuerySet(models.QuerySet):
    def held_on(self, day: date) -> Self:
        """Mandates in force on `day`."""
        return self.filter(start__lte=day).filter(Q(end__isnull=True) | Q(end__gte=day))

    def of(self, person: "Person") -> Self:
        return self.filter(person=person)


class MeetingQuerySet(models.QuerySet):
    def next_after(self, day: date) -> dict[str, date]:
        """Return the day of the next meeting after `day` of each committee, by its name; of the plenary by ""."""
        coming = self.filter(date__gt=day).order_by().values("committee")
        return dict(coming.annotate(first=Min("date")).values_list("committee", "first"))


class PersonQuerySet(models.QuerySet):
    def known_as(self, uid: UUID) -> Self:
        """Who bears a permanent id, or bore it before being merged with somebody."""
        return self.filter(Q(uid=uid) | Q(merges__uid=uid)).distinct()


class SpeechQuerySet(models.QuerySet):
    def of_party(self, party: "Party") -> Self:
        """Turns of whoever spoke for a party, under whichever of its names, on the days it bore that name.

        A name that no other party ever bore is the party's on any day: reports are not quick to follow a new name.
        """
        printed: dict[str, list[str]] = {}
        for spelling in self.order_by().values_list("party", flat=True).distinct():
            printed.setdefault(names.party_key(spelling), []).append(spelling)
        where = Q(pk__in=[])
        for name in party.names.all():
            here = Q(party__in=printed.get(name.key, []))
            if type(name).objects.filter(key=name.key).exclude(party=party).exists():
                here &= Q(item__document__date__gte=name.start) if name.start else Q()
                here &= Q(item__document__date__lte=name.end) if name.end else Q()
            where |= here
        return self.filter(where)
