"""The register in the database: its tables confirm, extend and end what headings told, and clashes are listed."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import models, transaction

from transcripts.messages import Message, Sentence, from_json
from transcripts.models import Document, Mandate, Party, PartyName, Person, PersonName, Speech
from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity
from transcripts.register import Office, Register, Spelling, competences, is_flemish, load
from transcripts.services.fitting import fit
from transcripts.services.meetings import weigh
from transcripts.services.moving import move_everything
from transcripts.services.people import minister_of_surname
from transcripts.services.writing import update_rows


@dataclass(slots=True)
class Loaded:
    """What a run did to how many rows, and one sentence for each contradiction that a person has to look at."""

    made: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    contradictions: list[Message] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not self.made and not self.changed


def load_register(*, register: Register | None = None) -> Loaded:
    """Let the database say what the register says. A second run changes nothing.

    1. Parties and the names they bore.
    2. For each office its person and mandate. A mandate that a document heading told, of the same person and portfolio
       and begun in the days of the office, becomes the register's; what hangs on it stays.
    3. A mandate that is no longer in the tables is kept and is no longer the register's.
    4. A heading's mandate without an end, of a portfolio somebody else took over later, ends the day before.
    5. A minister whom a document names by surname alone, and whom nobody knew when it came in, is who held office.
    6. What headings told and the register contradicts is listed.
    """
    register = register or load()
    loaded = Loaded()
    with transaction.atomic():
        _load_parties(register, loaded)
        claimed = _load_offices(register, loaded)
        for dropped in Mandate.objects.filter(registered=True).exclude(pk__in=claimed):
            _update(dropped, {"registered": False}, loaded)
        _end_what_was_taken_over(loaded)
        _name_ministers(loaded)
        loaded.contradictions = [*_contradictions()]
    return loaded


def _load_parties(register: Register, loaded: Loaded) -> None:
    for row in register.parties:
        by_key: dict[str, list[Spelling]] = {}
        for one in row.names:
            by_key.setdefault(names.party_key(one.spelling), []).append(one)
        of_others = {names.party_key(it.spelling) for one in register.parties if one is not row for it in one.names}
        own = by_key.keys() - of_others
        party = Party.objects.filter(name=row.name).first() or Party.objects.filter(names__key__in=own).first()
        if party is None:
            party = Party.objects.create(name=row.name)
            loaded.made["party"] += 1
        else:
            _update(party, {"name": row.name}, loaded)
        for key, spellings in by_key.items():
            _load_party_name(party, key, spellings, loaded)


def _load_party_name(party: Party, key: str, spellings: list[Spelling], loaded: Loaded) -> None:
    """Store the spellings that meet under one key ("CD&V", "cd&v") as one name, printed as the last of them."""
    starts, ends = [one.start for one in spellings], [one.end for one in spellings]
    fields = {
        "party": party,
        "spelling": spellings[-1].spelling,
        "start": None if None in starts else min(one for one in starts if one),
        "end": None if None in ends else max(one for one in ends if one),
        "source": fit(PartyName, "source", "; ".join(dict.fromkeys(_source(one) for one in spellings))),
    }
    known = PartyName.objects.filter(party=party, key=key).first()
    if known is None:
        PartyName.objects.create(key=key, **fields)
        loaded.made["party name"] += 1
    else:
        _update(known, fields, loaded)


def _load_offices(register: Register, loaded: Loaded) -> set[int]:
    """Store every office; return the ids of the mandates that are now the register's."""
    claimed: set[int] = set()
    for office in register.offices:
        person = _person(office.person, loaded)
        fields = {
            "title": fit(Mandate, "title", office.title),
            "portfolio": fit(Mandate, "portfolio", office.portfolio),
            "start": office.start,
            "end": office.end,
            "source": fit(Mandate, "source", _source(office)),
            "registered": True,
        }
        theirs = [one for one in Mandate.objects.of(person).order_by("start", "pk") if one.pk not in claimed]
        mandate = _same(office, theirs, register)
        if mandate is None:
            mandate = Mandate.objects.create(person=person, **fields)
            loaded.made["mandate"] += 1
        else:
            for twin in theirs:
                if twin.pk != mandate.pk and (twin.start, twin.portfolio) == (office.start, fields["portfolio"]):
                    _absorb(mandate, twin, loaded)
            _update(mandate, fields, loaded)
        claimed.add(mandate.pk)
        for heading in theirs:
            if heading.pk not in (None, mandate.pk) and not heading.registered and _told_of(office, heading):
                _absorb(mandate, heading, loaded)
    return claimed


def _person(name: str, loaded: Loaded) -> Person:
    key = names.fold(name)
    known = PersonName.objects.filter(key=key).select_related("person").first()
    if known is not None:
        return known.person
    person = Person.objects.create(
        name=fit(Person, "name", name), family_name=fit(Person, "family_name", names.family_name(name))
    )
    PersonName.objects.create(person=person, spelling=fit(PersonName, "spelling", name), key=key)
    loaded.made["person"] += 1
    return person


def _same(office: Office, theirs: list[Mandate], register: Register) -> Mandate | None:
    """Return the mandate that a row of the register stands for, however the row or the mandate was told before."""
    others = [
        one for one in register.offices if one is not office and names.fold(one.person) == names.fold(office.person)
    ]

    def exact(one: Mandate) -> bool:
        return (one.start, one.portfolio) == (office.start, office.portfolio)

    def free(one: Mandate) -> bool:
        return one.registered and not any((one.start, one.portfolio) == (it.start, it.portfolio) for it in others)

    def moved(one: Mandate) -> bool:
        """A row of which the days were corrected."""
        days = (one.end is None or office.start <= one.end) and (office.end is None or one.start <= office.end)
        return free(one) and days and competences(one.portfolio) == competences(office.portfolio)

    def renamed(one: Mandate) -> bool:
        return free(one) and one.start == office.start

    def told(one: Mandate) -> bool:
        return not one.registered and _told_of(office, one)

    tests: list[Callable[[Mandate], bool]] = [exact, moved, renamed, told]
    return next((one for test in tests for one in theirs if test(one)), None)


def _told_of(office: Office, mandate: Mandate) -> bool:
    """Tell whether a heading's mandate is that of the office: begun in its days, its portfolio or a part of it."""
    printed = competences(mandate.portfolio)
    return office.covers(mandate.start) and printed <= office.competences and is_flemish(mandate.title)


def _absorb(mandate: Mandate, twin: Mandate, loaded: Loaded) -> None:
    move_everything(twin, mandate)
    twin.delete()
    loaded.changed["mandate"] += 1


def _end_what_was_taken_over(loaded: Loaded) -> None:
    registered = list(Mandate.objects.filter(registered=True))
    for mandate in _headings().filter(end__isnull=True):
        parts = competences(mandate.portfolio)
        later = [
            one.start
            for one in registered
            if one.start > mandate.start and one.person_id != mandate.person_id and parts & competences(one.portfolio)
        ]
        if later:
            _update(mandate, {"end": min(later) - timedelta(days=1)}, loaded)


def _name_ministers(loaded: Loaded) -> None:
    """Say of turns without a person who spoke, where one minister of that surname held office on the day."""
    unknown = Speech.objects.filter(person=None, capacity=Capacity.MINISTER).exclude(label="")
    of_document: dict[Document, list[Speech]] = defaultdict(list)
    for speech in unknown.select_related("item__document").defer("text", "pieces", "item__document__text"):
        of_document[speech.item.document].append(speech)
    for document, speeches in of_document.items():
        in_office: dict[str, Person | None] = {}
        for speech in speeches:
            if speech.label not in in_office:
                people = minister_of_surname(names.strip_title(speech.label), document.date)
                in_office[speech.label] = people[0] if len(people) == 1 else None
            speech.person = in_office[speech.label]
        named = [speech for speech in speeches if speech.person is not None]
        update_rows(named, ["person"])
        loaded.changed["turn"] += len(named)
        known = {label for label, person in in_office.items() if person is not None}
        left = [one for one in document.warnings if not _is_settled(one, known)]
        if left != document.warnings:
            Document.objects.filter(pk=document.pk).update(warnings=left)
    loaded.changed = +loaded.changed


def _is_settled(kept: Any, labels: set[str]) -> bool:
    """Tell whether a warning, as it is kept, was about who speaks under one of the labels."""
    message = from_json(kept)
    if not isinstance(message, Message):
        return False
    return message.sentence is Sentence.SPEAKER_UNKNOWN and message.params["label"] in labels


def _contradictions() -> list[Message]:
    said = []
    for mandate in _headings().select_related("person").order_by("start", "pk"):
        printed = f"{mandate.title} van {mandate.portfolio}" if mandate.portfolio else mandate.title
        others = Mandate.objects.exclude(pk=mandate.pk)
        contradiction = weigh(person=mandate.person, printed=printed, day=mandate.start, known=others).contradiction
        if contradiction is not None:
            said.append(contradiction)
    return said


def _headings() -> models.QuerySet[Mandate]:
    """Mandates of the Flemish Government that only document headings tell."""
    return Mandate.objects.filter(registered=False, title__icontains="vlaams")


def _source(row: Office | Spelling) -> str:
    """Return the source of a row, with what is not certain about it first: a clerk has to see that."""
    return row.source if row.certain else f"Niet zeker: {row.note} Bron: {row.source}"


def _update(row: models.Model, fields: dict[str, Any], loaded: Loaded) -> None:
    changed = [name for name, value in fields.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, fields[name])
    if changed:
        row.save(update_fields=changed)
        loaded.changed[str(row._meta.model_name).replace("partyname", "party name")] += 1
