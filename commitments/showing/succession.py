"""Who holds a portfolio now: a promise follows its portfolio, whoever made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from transcripts.models import Mandate, Person
from transcripts.register import competences

_WORD = re.compile(r"\w{4,}")
# Words that stand in many portfolios and say nothing of their field.
_EVERYWHERE = frozenset({"vlaams", "vlaamse", "beleid", "zaken"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who took a portfolio over. certain: the whole of it, in the same words; else it probably is this one."""

    mandate: Mandate
    certain: bool

    @property
    def person(self) -> Person:
        return self.mandate.person


class Holders:
    """Who holds which portfolio on a day, read once for a whole page."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._now = list(Mandate.objects.held_on(day).select_related("person").order_by("-registered", "start", "pk"))
        self._held = {one.pk for one in self._now}
        self._found: dict[int, list[Holder]] = {}

    @property
    def people(self) -> list[Person]:
        """Everybody who holds a portfolio, by name."""
        found = {one.person_id: one.person for one in self._now}
        return sorted(found.values(), key=lambda one: (one.family_name, one.name))

    def after(self, mandate: Mandate | None) -> list[Holder]:
        """Return who took over a mandate that has ended, the surest first; nobody for one that goes on.

        A portfolio that was split has several, one that was merged into a larger one has one. The register's word
        goes before that of headings.
        """
        if mandate is None or mandate.pk in self._held:
            return []
        if mandate.pk not in self._found:
            self._found[mandate.pk] = self._after(mandate)
        return self._found[mandate.pk]

    def mandates_of(self, person: Person) -> list[int]:
        """Return the ids of the mandates that are now in a person's hands: their own, and what passed to them."""
        own = [one.pk for one in self._now if one.person_id == person.pk]
        ended = Mandate.objects.exclude(pk__in=self._held).filter(commitments__isnull=False).distinct()
        passed = [one.pk for one in ended if any(holder.person == person for holder in self.after(one))]
        return own + passed

    def _after(self, mandate: Mandate) -> list[Holder]:
        meeting = [one for one in self._now if _shared(mandate, one)]
        told = [one for one in meeting if one.registered] or meeting
        best: dict[int, Holder] = {}
        for one in told:
            holder = Holder(one, competences(mandate.portfolio) <= competences(one.portfolio))
            if one.person_id not in best or holder.certain:
                best[one.person_id] = holder
        whole = [one for one in best.values() if one.certain]
        return whole or sorted(best.values(), key=lambda one: -_shared(mandate, one.mandate))


def _shared(one: Mandate, other: Mandate) -> int:
    """Return how much of a portfolio stands in another one: its parts, else words of them."""
    parts = competences(one.portfolio) & competences(other.portfolio)
    return 100 * len(parts) or len(_words(competences(one.portfolio)) & _words(competences(other.portfolio)))


def _words(parts: Iterable[str]) -> set[str]:
    return {word for part in parts for word in _WORD.findall(part)} - _EVERYWHERE
