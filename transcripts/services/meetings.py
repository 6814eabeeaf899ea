"""Meetings and mandates, as far as a document proves them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from transcripts.messages import Message, Sentence
from transcripts.models import Document, Mandate, Meeting, Person
from transcripts.parsing.names import fold, is_minister_title
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.querysets import MandateQuerySet
from transcripts.register import competences, is_flemish, load
from transcripts.services.fitting import fit
from transcripts.services.moving import hanging
from transcripts.services.people import People

_PORTFOLIO = re.compile(r"\bminister\s+(?:van|voor)\s+", re.IGNORECASE)


def find_meeting(transcript: Transcript, day: date, people: People) -> Meeting | None:
    """Return the meeting a report is of, made where it is new and completed where an earlier document knew less.

    Found by number, session and date; without a number by committee and date. A paper that is not of a meeting, or a
    report that names neither, has none.
    """
    if transcript.kind is not DocumentKind.REPORT or not (transcript.meeting_number or transcript.committee):
        return None
    committee = fit(Meeting, "committee", transcript.committee)
    chair = people.find(transcript.chair)
    number = fit(Meeting, "number", transcript.meeting_number)
    where = {"number": number, "date": day}
    where |= {"session": fit(Meeting, "session", transcript.session)} if number else {"committee": committee}
    meeting, created = Meeting.objects.get_or_create(**where, defaults={"committee": committee, "chair": chair})
    if not created and ((committee and not meeting.committee) or (chair and not meeting.chair)):
        meeting.committee = meeting.committee or committee
        meeting.chair = meeting.chair or chair
        meeting.save()
    return meeting


def drop_empty(meeting: Meeting | None) -> None:
    """Remove a meeting of which no document is left, unless something else hangs on it."""
    if meeting is not None and not hanging(meeting):
        meeting.delete()


def split_title(printed: str) -> tuple[str, str]:
    """Split "Vlaams minister van Onderwijs en Sport" into the title and the portfolio; either may be empty."""
    words = " ".join(printed.split()).strip(" ,")
    found = _PORTFOLIO.search(words)
    if found is None:
        return words, ""
    return words[: found.start()] + found[0].split()[0], words[found.end() :]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is known of an office that a heading names: the mandate it confirms, and what contradicts it."""

    mandate: Mandate | None
    contradiction: Message | None = None


def confirm_mandate(*, person: Person, printed: str, day: date, document: Document) -> Mandate:
    """Note that `person` held the office `printed` on `day`, as a heading of `document` says.

    A mandate of the same portfolio that covers the day is confirmed; one that begins later begins on `day` from now
    on; else a new one begins. Mandates from the register stay as they are, and where it gives the person another
    portfolio on the day, that one is returned.
    """
    weighed = weigh(person=person, printed=printed, day=day)
    if weighed.mandate is not None:
        return weighed.mandate
    title, portfolio = split_title(printed)
    title, portfolio = fit(Mandate, "title", title), fit(Mandate, "portfolio", portfolio)
    same = Mandate.objects.of(person).filter(registered=False, start__gt=day)
    later = min((one for one in same if is_same(one, portfolio)), key=lambda one: one.start, default=None)
    if later is None:
        return Mandate.objects.create(
            person=person, title=title, portfolio=portfolio, start=day, source=fit(Mandate, "source", str(document))
        )
    later.start = day
    later.source = fit(Mandate, "source", str(document))
    later.save(update_fields=["start", "source"])
    return later


def doubts(transcript: Transcript, people: People) -> list[Message]:
    """Say, one sentence each, where the headings of a transcript contradict the register. Changes nothing."""
    return list(dict.fromkeys(_doubts(transcript, people)))


def _doubts(transcript: Transcript, people: People) -> Iterator[Message]:
    seen: set[tuple[int, str]] = set()
    for item in transcript.items:
        for question in item.questions:
            person = people.find(question.addressee, minister=True)
            if person is None or (person.pk, question.addressee_title) in seen:
                continue
            seen.add((person.pk, question.addressee_title))
            if is_minister_title(question.addressee_title):
                said = weigh(person=person, printed=question.addressee_title, day=people.day).contradiction
                if said is not None:
                    yield said


def weigh(*, person: Person, printed: str, day: date, known: MandateQuerySet | None = None) -> Weighed:
    """Hold an office as printed in a heading of `day` against the mandates that are known. Changes nothing.

    known: the mandates to hold it against; all of them when left out.

    Without rows from the register on that day, and for an office outside Flanders, nothing is contradicted.
    """
    portfolio = fit(Mandate, "portfolio", split_title(printed)[1])
    mandates = Mandate.objects.all() if known is None else known
    held = list(mandates.of(person).held_on(day).order_by("-registered", "start"))
    for mandate in held:
        if is_same(mandate, portfolio):
            return Weighed(mandate)
    if not is_flemish(printed):
        return Weighed(None)
    named: dict[str, Any] = {"person": str(person), "office": " ".join(printed.split()), "day": day}
    registered = [mandate for mandate in held if mandate.registered]
    if registered:
        given = tuple(f"“{mandate.portfolio}”" for mandate in registered)
        return Weighed(registered[0], Sentence.OTHER_PORTFOLIO(**named, known=given))
    that_day = list(mandates.held_on(day).filter(registered=True).select_related("person"))
    if not that_day:
        return Weighed(None)
    wanted = competences(portfolio)
    rivals = sorted({mandate.person.name for mandate in that_day if wanted & competences(mandate.portfolio)})
    if rivals:
        return Weighed(None, Sentence.OTHER_PERSON(**named, known=tuple(rivals)))
    if mandates.of(person).filter(registered=True).exists():
        return Weighed(None, Sentence.OUTSIDE_THE_DAYS(**named))
    return Weighed(None, Sentence.MINISTER_UNKNOWN(**named))


def is_same(mandate: Mandate, portfolio: str) -> bool:
    """Tell whether a portfolio as printed is that of a mandate.

    The order of its parts makes no difference. A mandate from the register also answers to some of its parts, and to
    a title alone: headings shorten.
    """
    printed, known = competences(portfolio), competences(mandate.portfolio)
    if not mandate.registered:
        return printed == known
    keys = {name.key for name in mandate.person.names.all()}
    for office in load().offices:
        if (office.start, office.portfolio) == (mandate.start, mandate.portfolio) and fold(office.person) in keys:
            known = office.competences
    return printed <= known
