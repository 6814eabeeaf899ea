"""Who holds a portfolio now: a promise follows its portfolio, whoever made it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from commitments.models import Commitment
from transcripts.models import Mandate, Person
from transcripts.register import competences

_WORD = re.compile(r"\w{4,}")
# Words that stand in many portfolios and say nothing of their field.
_EVERYWHERE = frozenset({"vlaams", "vlaamse", "beleid", "zaken"})


@dataclass(frozen=True, slots=True)
class Office:
    """A mandate, and who had its portfolio, or a part of it, right before and right after."""

    mandate: Mandate
    before: tuple[Mandate, ...]
    after: tuple[Mandate, ...]


@dataclass(frozen=True, slots=True)
class Holder:
    """Who took a portfolio over. certain: the whole of it, in the same words; else it probably is this one."""

    mandate: Mandate
    certain: bool

    @property
    def person(self) -> Person:
        return self.mandate.person


class Holders:
    """Who holds which portfolio on a day, read once for a whole page. mandates: every one there was."""

    def __init__(self, day: date) -> None:
        self.day = day
        promised = Exists(Commitment.objects.filter(mandate=OuterRef("pk")))
        rows = Mandate.objects.annotate(promised=promised).select_related("person")
        self.mandates = list(rows.order_by("-registered", "start", "pk"))
        self._known = [one for one in self.mandates if one.promised or is_held(one.start, one.end, day)]
        self._now = [one for one in self._known if is_held(one.start, one.end, day)]
        self._held = {one.pk for one in self._now}
        self._found: dict[int, list[Holder]] = {}

    @property
    def people(self) -> list[Person]:
        """Everybody who holds a portfolio, by name."""
        found = {one.person_id: one.person for one in self._now}
        return sorted(found.values(), key=lambda one: (one.family_name, one.name))

    @property
    def promised(self) -> list[Mandate]:
        """The mandates under which something was promised."""
        return [one for one in self._known if one.promised]

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
        ended = [one for one in self.promised if one.pk not in self._held]
        passed = [one.pk for one in ended if any(holder.person == person for holder in self.after(one))]
        return own + passed

    def offices_of(self, person: Person) -> list[Office]:
        """Return everything a person held, the latest first, with who had it before and after."""
        own = [one for one in self.mandates if one.person_id == person.pk]
        return [
            Office(one, *self._neighbours(one))
            for one in sorted(own, key=lambda one: (-one.start.toordinal(), one.portfolio))
        ]

    def held(self, parts: frozenset[str]) -> list[Mandate]:
        """Return every mandate that has one of these parts of a portfolio, the latest first."""
        found = [one for one in self.mandates if competences(one.portfolio) & parts]
        return sorted(found, key=lambda one: (-one.start.toordinal(), one.person.name))

    def in_charge(self, mandates: Iterable[Mandate]) -> list[Person]:
        """Return who answers now for what was promised under these mandates, by name."""
        here = list(mandates)
        now = [one.person for one in here if one.pk in self._held]
        passed = [holder.person for one in here if not now for holder in self.after(one)]
        return sorted({one.pk: one for one in (*now, *passed)}.values(), key=lambda one: one.name)

    def _neighbours(self, mandate: Mandate) -> tuple[tuple[Mandate, ...], tuple[Mandate, ...]]:
        parts = competences(mandate.portfolio)
        others = [one for one in self.mandates if one.person_id != mandate.person_id]
        meeting = [one for one in others if competences(one.portfolio) & parts]
        told = [one for one in meeting if one.registered] or meeting
        earlier = [one for one in told if one.start < mandate.start]
        later = [one for one in told if one.start > mandate.start] if mandate.end else []
        first, last = min((one.start for one in later), default=None), max((one.start for one in earlier), default=None)
        return (
            tuple(one for one in earlier if one.start == last),
            tuple(one for one in later if one.start == first),
        )

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


def is_held(start: date, end: date | None, day: date) -> bool:
    """Tell whether a mandate of these days goes on: then nobody took it over."""
    return start <= day and (end is None or end >= day)


def _shared(one: Mandate, other: Mandate) -> int:
    """Return how much of a portfolio stands in another one: its parts, else words of them."""
    parts = competences(one.portfolio) & competences(other.portfolio)
    return 100 * len(parts) or len(_words(competences(one.portfolio)) & _words(competences(other.portfolio)))


def _words(parts: Iterable[str]) -> set[str]:
    return {word for part in parts for word in _WORD.findall(part)} - _EVERYWHERE
