"""A person says better what a statement says: its title, kind, condition, addressee, words and deadline.

What was accepted is corrected in the same way, and its commitment says it too; the event keeps what both said before.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, Kinds, Statement
from commitments.services import due, locking
from commitments.services.errors import AlreadyJudgedError, NotHereError
from commitments.services.finding import Place, nearest, words_in
from commitments.services.founding import rebuild
from commitments.services.judging import decided, judged, kept, lock, show
from tracker.clock import now
from transcripts.models import Person, Speech

TOLD = 300  # characters of a quote that an event keeps
CORRECTED = (Statement.State.PROPOSED, Statement.State.ACCEPTED)  # what may be said better
# What a commitment has from the statement it begins with, by the name it has there.
OF_THE_FIRST = {"title": "summary", "kind": "kind", "condition": "condition"}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as a person gives it: words, days or both; all empty where none was spoken."""

    words: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class To:
    """Whom it was promised to, as a person gives it; nobody where that is not known."""

    person: Person | None = None


@transaction.atomic
def edit(
    *,
    statement: Statement,
    actor: Any,
    day: date,
    title: str | None = None,
    kind: str | None = None,
    condition: str | None = None,
    addressee: To | None = None,
    place: Place | None = None,
    deadline: Deadline | None = None,
) -> Statement:
    """Change what is given of a proposed or accepted statement, in one decision; what is not given stays.

    place: [start, end) of the words in the speech. Nothing that differs is no change, and leaves no event.

    1. The statement says it, and one event keeps what it said before.
    2. The commitment it was accepted into takes over title, kind and condition where it begins with this statement,
       and has the deadline that counts now.

    Raises AlreadyJudgedError for one that was rejected or withdrawn, NotHereError, DeadlineNotReadError, and
    ValueError for a kind that does not exist.
    """
    row = lock(statement)
    if row.state not in CORRECTED:
        raise AlreadyJudgedError(judged(row))
    restores, before = kept(row), _told(row)
    if title is not None:
        row.summary = " ".join(title.split())[:200]
    if kind is not None:
        row.kind = Kinds(kind).value
    if condition is not None:
        row.condition = " ".join(condition.split())
    if addressee is not None:
        row.addressee = addressee.person
    if place is not None:
        stand_at(row, place)
    if deadline is not None:
        for name, value in due.given(deadline.words, row.said_on, deadline.start, deadline.end).items():
            setattr(row, name, value)
        row.due_at, row.doubts = due.place_of_words(row), []
    given = {
        name for name, value in {"title": title, "kind": kind, "condition": condition}.items() if value is not None
    }
    restores |= _let_the_commitment_say(row, given)
    if "title" in given and "commitment" in restores:
        before["title"] = restores["commitment"]["title"]
    changed = [name for name, value in _told(row).items() if value != before[name]]
    if not changed:
        return row
    row.reviewed_by, row.reviewed_at = actor, now()
    row.save()
    was, became = rebuild(commitment=row.commitment).rest if row.commitment is not None else ({}, {})
    row.refresh_from_db(fields=["relation"])
    after = _told(row)
    decided(
        Event.Kind.EDITED,
        row=row,
        actor=actor,
        day=day,
        restores=restores,
        commitment=row.commitment,
        before={name: before[name] for name in changed} | was,
        after={name: after[name] for name in changed} | became,
    )
    show(statement, row)
    return row


def _let_the_commitment_say(row: Statement, given: set[str]) -> dict[str, Any]:
    """Let the commitment that begins with a statement take over what was given; return what to put back, if anything.

    What was said outside parliament stands before every statement, and says these itself.
    """
    if row.commitment is None or row.relation != Statement.Relation.ORIGINAL or row.commitment.said_outside is not None:
        return {}
    commitment = locking.lock(row.commitment)
    before = {name: getattr(commitment, name) for name in OF_THE_FIRST}
    for name in given:
        setattr(commitment, name, getattr(row, OF_THE_FIRST[name]))
    commitment.title = commitment.title or row.quote[:200]
    if {name: getattr(commitment, name) for name in OF_THE_FIRST} == before:
        return {}
    commitment.save()
    locking.show(row.commitment, commitment)
    return {"commitment": before}


def put_back_on(commitment: Commitment, restores: dict[str, Any]) -> None:
    """Let a commitment say again what it said before a correction of its first statement."""
    kept_of_it = restores.get("commitment")
    if kept_of_it:
        row = locking.lock(commitment)
        for name in OF_THE_FIRST:
            setattr(row, name, kept_of_it[name])
        row.save()
        locking.show(commitment, row)


def place_of(*, speech: Speech, words: str, near: int = 0, after: int = 0) -> Place:
    """Return where words stand in a speech from `after` on, whatever their spaces and capitals; nearest to `near`.

    Raises NotHereError.
    """
    folded, text = " ".join(words.split()), speech.text[after:]
    start = max(0, near - after)
    found = nearest(text, folded, start) or words_in(text, words, before=text, start=start)
    if found is None:
        raise NotHereError(_("These words do not stand in this turn: “%(words)s”.") % {"words": folded[:80]})
    return found[0] + after, found[1] + after


def place_from_to(*, speech: Speech, first: str, last: str = "") -> Place:
    """Return the place that begins with the words `first` and ends with the words `last` after them (or with `first`).

    Raises NotHereError.
    """
    start, end = place_of(speech=speech, words=first)
    return start, place_of(speech=speech, words=last, after=start)[1] if last.strip() else end


def stand_at(row: Statement, place: Place) -> None:
    """Let the row stand at another place of its speech; unsaved. Raises NotHereError."""
    start, end = place
    quote = " ".join(row.speech.text[start:end].split())
    if not 0 <= start < end <= len(row.speech.text) or not quote:
        raise NotHereError(_("There are no words at this place of the turn."))
    if Statement.objects.filter(speech=row.speech_id, start=start, end=end).exclude(pk=row.pk).exists():
        raise NotHereError(_("Another statement stands at exactly these words."))
    row.start, row.end, row.quote = start, end, quote
    row.displaced = False


def _told(row: Statement) -> dict[str, Any]:
    return {
        "title": row.summary,
        "kind": row.kind,
        "condition": row.condition,
        "addressee": row.addressee.name if row.addressee else None,
        "place": [row.start, row.end],
        "quote": row.quote[:TOLD],
    } | due.told(row)
