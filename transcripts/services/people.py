"""The people of one document: every spelling meets its person, a surname alone only where it can be one person."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Self

from transcripts.messages import Message, Sentence
from transcripts.models import Mandate, Person, PersonName
from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, Transcript
from transcripts.services.fitting import fit
from transcripts.services.merging import merge

__all__ = ["People", "UnknownSpeakers", "merge", "minister_of_surname"]


class People:
    """Finds persons by the names one document prints; makes those who are new."""

    def __init__(
        self, mentions: Iterable[str], day: date, *, ministers: Iterable[str] = (), members: Iterable[str] = ()
    ) -> None:
        """mentions: every name in the document, full or surname alone. day: on which it was said.

        ministers, members: those of them who are named as a minister, as a member of parliament.
        """
        self.day = day
        full = {names.fold(name): names.strip_title(name) for name in set(mentions) if _is_full(name)}
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
        self._ministers = self._ids(ministers)
        self._members = self._ids(members)
        self._found: dict[tuple[str, bool, bool], Person | None] = {}
        self._ambiguous: dict[str, list[Person]] = {}

    @classmethod
    def of(cls, transcript: Transcript) -> Self:
        """Find the people of a transcript that says its day."""
        if transcript.said_on is None:
            raise ValueError("whoever is meant by a surname depends on the day: this transcript has none")
        questions = [question for item in transcript.items for question in item.questions]
        turns = [turn.speaker for item in transcript.items for turn in item.turns]
        ministers = [one.name for one in turns if one.capacity is Capacity.MINISTER]
        ministers += [one.addressee for one in questions if names.is_minister_title(one.addressee_title)]
        members = [one.name for one in turns if one.capacity is Capacity.MEMBER and one.party]
        members += [one.asker for one in questions]
        return cls(_mentions(transcript), transcript.said_on, ministers=ministers, members=members)

    def find(self, name: str, *, minister: bool = False, member: bool = False) -> Person | None:
        """Return who is meant, or None where nobody is named or a surname fits nobody or several people.

        minister, member: named as one, by a title or a party. Neither: the document does not say.
        """
        if not name.strip():
            return None
        known = self._by_key.get(names.fold(name))
        if known is not None:
            return known
        asked = (name, minister, member)
        if asked not in self._found:
            self._found[asked] = self._one(name, self._by_surname(name, minister=minister, member=member))
        return self._found[asked]

    def sentences(self) -> list[Message]:
        """Say of each surname that fits several people whom it fits."""
        return [
            Sentence.SURNAME_OF_SEVERAL(name=name, either=tuple(sorted(person.name for person in persons)))
            for name, persons in self._ambiguous.items()
        ]

    def _one(self, name: str, persons: list[Person]) -> Person | None:
        if len(persons) > 1:
            self._ambiguous[name.strip()] = persons
        return persons[0] if len(persons) == 1 else None

    def _by_surname(self, name: str, *, minister: bool, member: bool) -> list[Person]:
        """Return whom a surname fits: a minister is whoever the document names so, else whoever held office that day.

        What the document says of its people comes first; the register and earlier documents say who held office.
        """
        ending = " " + _surname_key(name)
        here = list({person.pk: person for key, person in self._by_key.items() if key.endswith(ending)}.values())
        if not minister:
            others = [one for one in here if one.pk in self._ministers - self._members]
            return [one for one in here if one not in others] if member else here
        named = [one for one in here if one.pk in self._ministers]
        if named:
            return named
        in_office = minister_of_surname(name, self.day)
        return in_office or [one for one in here if one.pk not in self._members]

    def _ids(self, mentioned: Iterable[str]) -> set[int]:
        keys = {names.fold(name) for name in set(mentioned)}
        return {person.pk for key, person in self._by_key.items() if key in keys}


def minister_of_surname(name: str, day: date) -> list[Person]:
    """Return who held office on `day` under a surname: one person, or several, or nobody."""
    held = Mandate.objects.held_on(day)
    return list(Person.objects.filter(names__key__endswith=f" {_surname_key(name)}", mandates__in=held).distinct())


class UnknownSpeakers:
    """Counts the turns of which nobody knows who spoke, and says so in one sentence per printed label."""

    def __init__(self) -> None:
        self._turns: Counter[str] = Counter()
        self._pages: dict[str, int] = {}

    def add(self, label: str, page: int) -> None:
        self._turns[label] += 1
        self._pages.setdefault(label, page)

    def sentences(self) -> list[Message]:
        return [self._sentence(label, turns) for label, turns in self._turns.items()]

    def _sentence(self, label: str, turns: int) -> Message:
        page = self._pages[label]
        if not label:
            return Sentence.SPEAKER_UNSAID(page=page, number=turns)
        return Sentence.SPEAKER_UNKNOWN(label=label, page=page, number=turns)


def _mentions(transcript: Transcript) -> Iterator[str]:
    """Every name the document prints: who speaks, asks, is asked or presides."""
    yield transcript.chair
    for item in transcript.items:
        yield item.chair
        for question in item.questions:
            yield question.asker
            yield question.addressee
        for turn in item.turns:
            yield turn.speaker.name


def _is_full(name: str) -> bool:
    parts = names.strip_title(name).split()
    return len(parts) > 1 and parts[0].casefold() not in names.PARTICLES


def _surname_key(name: str) -> str:
    """The key of a surname as it ends that of a full name, where particles follow a first name and are glued."""
    return names.fold(f"X {names.strip_title(name)}").partition(" ")[2]
