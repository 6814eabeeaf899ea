"""The people of one document: every spelling meets its person, a surname alone only where it can be one person."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from transcripts.models import Person, PersonName
from transcripts.parsing import names
from transcripts.services.fitting import fit


class People:
    """Finds persons by the names one document prints; makes those who are new."""

    def __init__(self, mentions: Iterable[str], day: date) -> None:
        """mentions: every name in the document, full or surname alone. day: on which it was said."""
        self.day = day
        full = {names.fold(name): names.strip_title(name) for name in mentions if _is_full(name)}
        self._by_key = {row.key: row.person for row in PersonName.objects.filter(key__in=full).select_related("person")}
        new = {key: name for key, name in full.items() if key not in self._by_key}
        persons = Person.objects.bulk_create(
            Person(name=fit(Person, "name", name), family_name=fit(Person, "family_name", names.family_name(name)))
            for name in new.values()
        )
        PersonName.objects.bulk_create(
            PersonName(person=person, spelling=fit(PersonName, "spelling", name), key=fit(PersonName, "key", key))
            for person, (key, name) in zip(persons, new.items(), strict=True)
        )
        self._by_key.update(zip(new, persons, strict=True))
        self._found: dict[tuple[str, bool], Person | None] = {}

    def find(self, name: str, *, minister: bool = False) -> Person | None:
        """Return who is meant, or None where nobody is named or a surname fits nobody or several people."""
        if not name.strip():
            return None
        known = self._by_key.get(names.fold(name))
        if known is not None:
            return known
        if (name, minister) not in self._found:
            self._found[name, minister] = self._by_surname(name, minister=minister)
        return self._found[name, minister]

    def _by_surname(self, name: str, *, minister: bool) -> Person | None:
        ending = " " + _surname_key(name)
        here = {person.pk: person for key, person in self._by_key.items() if key.endswith(ending)}
        if len(here) == 1:
            return next(iter(here.values()))
        if here or not minister:
            return None
        # A report may name the minister by surname alone throughout: then whoever was in office on the day.
        held = Person.objects.filter(names__key__endswith=ending, mandates__in=_in_office(self.day)).distinct()[:2]
        return held[0] if len(held) == 1 else None


class UnknownSpeakers:
    """Counts the turns of which nobody knows who spoke, and says so in one sentence per printed label."""

    def __init__(self) -> None:
        self._turns: Counter[str] = Counter()
        self._pages: dict[str, int] = {}

    def add(self, label: str, page: int) -> None:
        self._turns[label] += 1
        self._pages.setdefault(label, page)

    def sentences(self) -> list[str]:
        return [self._sentence(label, turns) for label, turns in self._turns.items()]

    def _sentence(self, label: str, turns: int) -> str:
        where = f"from page {self._pages[label]} on, {turns} turn{'s' if turns > 1 else ''}"
        if not label:
            return f"The text does not say who speaks ({where}); the words are kept without a speaker."
        return f"Who speaks as “{label}” is not known ({where}); the words are kept without a speaker."


def _is_full(name: str) -> bool:
    parts = names.strip_title(name).split()
    return len(parts) > 1 and parts[0].casefold() not in names.PARTICLES


def _surname_key(name: str) -> str:
    """The key of a surname as it ends that of a full name, where particles follow a first name and are glued."""
    return names.fold(f"X {names.strip_title(name)}").partition(" ")[2]


def _in_office(day: date):
    from transcripts.models import Mandate

    return Mandate.objects.held_on(day)
