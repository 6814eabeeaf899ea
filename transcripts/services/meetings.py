"""Meetings and mandates, as far as a document proves them."""

import re
from datetime import date

from transcripts.models import Document, Mandate, Meeting, Person
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.services.fitting import fit
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


def split_title(printed: str) -> tuple[str, str]:
    """Split "Vlaams minister van Onderwijs en Sport" into the title and the portfolio; either may be empty."""
    words = " ".join(printed.split()).strip(" ,")
    found = _PORTFOLIO.search(words)
    if found is None:
        return words, ""
    return words[: found.start()] + found[0].split()[0], words[found.end() :]


def confirm_mandate(*, person: Person, printed: str, day: date, document: Document) -> Mandate:
    """Note that `person` held the office `printed` on `day`, as a heading of `document` says.

    A mandate of the same portfolio that covers the day is confirmed; one that begins later begins on `day` from now
    on; else a new one begins.
    """
    title, portfolio = split_title(printed)
    title, portfolio = fit(Mandate, "title", title), fit(Mandate, "portfolio", portfolio)
    same = [one for one in Mandate.objects.of(person) if _key(one.portfolio) == _key(portfolio)]
    for mandate in same:
        if mandate.start <= day and (mandate.end is None or mandate.end >= day):
            return mandate
    later = min((one for one in same if one.start > day), key=lambda one: one.start, default=None)
    if later is None:
        return Mandate.objects.create(
            person=person, title=title, portfolio=portfolio, start=day, source=fit(Mandate, "source", str(document))
        )
    later.start = day
    later.source = fit(Mandate, "source", str(document))
    later.save(update_fields=["start", "source"])
    return later


def _key(portfolio: str) -> str:
    return " ".join(portfolio.casefold().replace(",", " ").split())
