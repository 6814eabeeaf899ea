"""How often and when last something changed of what a feed shows, told from the versions that every row keeps.

Events alone do not tell it: the name of a minister is corrected without one, and those of a commitment that is put back
to review go with it. The versions stay.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Max
from django.utils import timezone

from commitments.models import Commitment, Event, OutsideStatement, Statement
from transcripts.models import Document, Mandate, Meeting, Person, PersonMerge

# New versions of any of these may change what a public feed shows.
SHOWN = (Commitment, Statement, OutsideStatement, Person, Mandate, Document, Meeting)
AT_ONCE = 5000  # ids in one question; a database takes no more than some ten thousand
EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Stamp:
    """sequence: how many versions there were, so it never falls. changed: when the last of them was made."""

    sequence: int = 0
    changed: datetime = EVER

    def and_also(self, count: int, at: datetime | None) -> "Stamp":
        return Stamp(self.sequence + count, max(self.changed, at or EVER))


NEVER = Stamp()


def stamps_of(uids: Collection[UUID]) -> dict[UUID, Stamp]:
    """Return the stamp of each commitment, by its permanent id, also where it is gone. A fixed number of queries.

    It counts the versions of the commitment, of what was said of it while that belonged to it, and of who promised it:
    an id that is taken up again goes on counting.
    """
    found: dict[UUID, Stamp] = defaultdict(Stamp)
    ids: dict[int, UUID] = {}
    people: dict[UUID, set[int]] = defaultdict(set)
    versions = Commitment.history.order_by().values_list("uid", "id", "person")
    for uid, pk, person, count, last in _counted(versions, "uid", uids):
        found[uid] = found[uid].and_also(count, last)
        ids[pk] = uid
        if person is not None:
            people[uid].add(person)
    for model in (Statement, OutsideStatement):
        said = model.history.order_by().values_list("commitment")
        for pk, count, last in _counted(said, "commitment", ids):
            found[ids[pk]] = found[ids[pk]].and_also(count, last)
    names = _names(set().union(*people.values()))
    for uid, named in people.items():
        for person in named:
            stamp = names[person]
            found[uid] = found[uid].and_also(stamp.sequence, stamp.changed)
    return found


def latest_change(day: date) -> datetime:
    """Return when something that a public feed may show last changed: the start of `day` at the earliest.

    A feed shows what lies near on the day it is asked for, so the beginning of a day may change it as well.
    """
    begun = timezone.make_aware(datetime.combine(day, time.min))
    latest = [model.history.aggregate(last=Max("history_date"))["last"] for model in SHOWN]
    latest.append(Event.objects.order_by("-pk").values_list("at", flat=True).first())
    return max([begun, *(one for one in latest if one is not None)])


def _names(people: Collection[int]) -> dict[int, Stamp]:
    """The stamps of people; who was merged with others counts their versions and the merges as well."""
    found: dict[int, Stamp] = defaultdict(Stamp)
    bearer = {uid: pk for pk, uid in _in_parts(Person.objects.order_by().values_list("pk", "uid"), "pk", people)}
    merges = PersonMerge.objects.order_by().values_list("person", "uid", "at")
    for person, uid, at in _in_parts(merges, "person", people):
        bearer[uid] = person
        found[person] = found[person].and_also(1, at)
    for uid, count, last in _counted(Person.history.order_by().values_list("uid"), "uid", bearer):
        found[bearer[uid]] = found[bearer[uid]].and_also(count, last)
    return found


def _counted(versions: Any, field: str, values: Collection[Any]) -> Iterable[tuple]:
    """Yield of each group of versions its columns, how many there are and when the last was made."""
    return _in_parts(versions.annotate(count=Count("pk"), last=Max("history_date")), field, values)


def _in_parts(rows: Any, field: str, values: Collection[Any]) -> Iterable[tuple]:
    wanted = sorted(values)
    for start in range(0, len(wanted), AT_ONCE):
        yield from rows.filter(**{f"{field}__in": wanted[start : start + AT_ONCE]})
