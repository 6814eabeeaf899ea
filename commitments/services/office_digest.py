"""What a mail tells one subscriber alone: the watch lists, what was put off, and what colleagues of an office wrote.

Read for a whole batch of subscribers in a fixed number of queries, each row only for who may see it.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from commitments.models import Commitment, Note, PutOff, Watch

WEEK = timedelta(days=7)
NOTES = 25  # in one mail; the rest comes with the next


@dataclass(slots=True)
class Own:
    """watched: open commitments, by last day. put_off: not to be reminded of today. notes: of colleagues, by time."""

    watched: list[int] = field(default_factory=list)
    put_off: set[int] = field(default_factory=set)
    notes: list[tuple[str, date]] = field(default_factory=list)


def read_own(users: Collection[int], day: date, *, notes_from: date) -> dict[int, Own]:
    """Return what is each user's own (by id), and the notes written since `notes_from` by others than the user."""
    found: dict[int, Own] = defaultdict(Own)
    published = Commitment.objects.published()
    watched = defaultdict(set)
    for user, uid in Watch.objects.seen_by_each(users).values_list("viewer", "commitment"):
        watched[user].add(uid)
    put_off = defaultdict(set)
    for user, uid in PutOff.objects.seen_by_each(users).filter(until__gt=day).values_list("viewer", "commitment"):
        put_off[user].add(uid)
    named = set().union(*watched.values(), *put_off.values())
    if named:
        rows = published.filter(uid__in=_mentioned(users)).open().by_last_day().values_list("pk", "uid")
        ids: list[tuple[int, UUID]] = [(pk, uid) for pk, uid in rows if uid in named]
        for user in users:
            found[user].watched = [pk for pk, uid in ids if uid in watched[user]]
            found[user].put_off = {pk for pk, uid in ids if uid in put_off[user]}
    notes = Note.objects.seen_by_each(users).filter(commitment__in=published, day__gte=notes_from).order_by("at", "pk")
    for user, author, pk, written in notes.values_list("viewer", "author", "pk", "day"):
        if author != user:
            found[user].notes.append((str(pk), written))
    return found


def _mentioned(users: Collection[int]) -> Any:
    """The permanent ids of what any of these users watches or has put off, as a question for the database."""
    watched = Watch.objects.seen_by_each(users).values("commitment")
    return watched.union(PutOff.objects.seen_by_each(users).values("commitment"))
