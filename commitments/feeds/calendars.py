"""A calendar as other programs read it (RFC 5545, RFC 7986): one whole day for each commitment.

What is written depends on what is shown alone, never on when it is asked for: DTSTAMP is the moment of the last change.
"""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event, vDuration, vText

from commitments.feeds import words
from commitments.feeds.entries import MOST, Entry, Shown
from commitments.feeds.stamps import Stamp

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Toegezegd//Toegezegd//NL"
ASK_AGAIN = timedelta(hours=6)
MORNING = timedelta(hours=9)  # an alarm goes off at nine: midnight helps nobody
MOST_DAYS = 90  # before the last day an alarm may go off
USUAL_DAYS = 7


def fingerprint(title: str, shown: Shown, *, alarm: int | None, private: bool) -> str:
    """Return what is the same as long as the calendar is, without writing it out."""
    facts = repr((_form(get_language()), title, shown, alarm, private))
    return hashlib.sha256(facts.encode()).hexdigest()[:32]


def written(title: str, page: str, shown: Shown, *, alarm: int | None, private: bool) -> bytes:
    """Return the calendar. alarm: days before the last day, None for none. page: whole address of its page."""
    head = Calendar()
    head.add("prodid", PRODUCT)
    head.add("version", "2.0")
    head.add("calscale", "GREGORIAN")
    name = f"Toegezegd – {words.line(title)}"
    head.add("name", name)
    head.add("x-wr-calname", vText(name))
    said = _("What ministers promised in the Flemish Parliament, by when, and what came of it.")
    if shown.cut:
        said += " " + _("Only the %(most)d nearest are shown; ask for one minister, portfolio or committee.") % {
            "most": MOST
        }
    head.add("description", said)
    head.add("x-wr-caldesc", vText(said))
    head.add("x-wr-timezone", settings.TIME_ZONE)
    head.add("url", page)
    head.add("refresh-interval", vDuration(ASK_AGAIN), parameters={"VALUE": "DURATION"})
    head.add("x-published-ttl", vDuration(ASK_AGAIN))
    opening, _end, closing = head.to_ical().rpartition(b"END:VCALENDAR")
    return b"".join([opening, *_events(shown, alarm, private), b"END:VCALENDAR", closing])


def _events(shown: Shown, alarm: int | None, private: bool) -> Iterator[bytes]:
    for entry in shown.entries:
        yield _event(entry, alarm, private).to_ical()


def _event(entry: Entry, alarm: int | None, private: bool) -> Event:
    found = Event()
    found.add("uid", str(entry.uid))
    found.add("dtstamp", _second(entry.stamp.changed))
    found.add("last-modified", _second(entry.stamp.changed))
    found.add("created", _second(entry.created))
    found.add("sequence", entry.stamp.sequence)
    found.add("dtstart", entry.day)
    found.add("dtend", entry.day + timedelta(days=1))
    found.add("summary", words.line(entry.summary))
    found.add("description", words.text(entry.description))
    found.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    found.add("transp", "TRANSPARENT")
    found.add("class", "PRIVATE" if private else "PUBLIC")
    if entry.categories:
        found.add("categories", [words.line(one) for one in entry.categories])
    if entry.address:
        found.add("url", entry.address)
    if alarm is not None and not entry.cancelled:
        bell = Alarm()
        bell.add("action", "DISPLAY")
        bell.add("trigger", MORNING - timedelta(days=alarm))
        bell.add("description", words.line(entry.summary))
        found.add_component(bell)
    return found


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)


@lru_cache
def _form(_language: str | None) -> str:
    """Return what changes when this program writes the same otherwise than its version before."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entries = [
        Entry(UUID(int=number), date(2026, 1, 1), "a", "b\nc", "d", Stamp(1, at), at, bool(number), ("e", "f"))
        for number in range(2)
    ]
    sample = written("g", "h", Shown(tuple(entries), True), alarm=USUAL_DAYS, private=False)
    return hashlib.sha256(sample).hexdigest()
