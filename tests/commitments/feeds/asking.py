"""Asking for a feed as a program does, and reading the answer with other people's libraries."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import feedparser
import icalendar
import vobject
from django.test import Client

DAY = date(2026, 4, 6)


@dataclass(frozen=True)
class Calendar:
    """A calendar as icalendar reads it, after vobject has read it as well."""

    answer: Any
    read: icalendar.Calendar

    @property
    def events(self) -> list[Any]:
        return list(self.read.walk("VEVENT"))

    @property
    def event(self) -> Any:
        (only,) = self.events
        return only


def calendar(path: str, client: Client | None = None) -> Calendar:
    """Ask for a calendar; two libraries have to read it whole and find the same in it."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, answer.content
    found = Calendar(answer, icalendar.Calendar.from_ical(answer.content))
    assert [one for one in found.read.walk() if one.errors] == []
    other = vobject.readOne(answer.content.decode())
    others = other.contents.get("vevent", [])
    assert [one.uid.value for one in others] == [str(one["uid"]) for one in found.events]
    assert [one.summary.value for one in others] == [str(one["summary"]) for one in found.events]
    assert [one.dtstart.value for one in others] == [one["dtstart"].dt for one in found.events]
    return found


def atom(path: str, client: Client | None = None) -> Any:
    """Ask for an Atom feed; feedparser has to find nothing wrong in it."""
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, answer.content
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    return found
