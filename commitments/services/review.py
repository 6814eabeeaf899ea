"""A person judges what the engine proposed: accept, reject, put back, mark by hand.

Each verb leaves one event that is the decision, with what to put back when it is undone (services.undoing).
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.bridge import REGISTERS
from commitments.models import Commitment, Event, FollowUp, Kinds, Statement
from commitments.services import due
from commitments.services.errors import AlreadyJudgedError, NotUndoneError
from commitments.services.founding import attach, begin, rebuild, stands_without, tell_deadline
from commitments.services.judging import decided, judged, kept, lock, must_be_proposed, show
from tracker.clock import now
from transcripts.models import Speech
from transcripts.parsing.transcript import DocumentKind

__all__ = [
    "AlreadyJudgedError",
    "NotUndoneError",
    "accept",
    "mark_by_hand",
    "reject",
    "reopen",
]

State = Statement.State


@transaction.atomic
def accept(
    *, statement: Statement, actor: Any, day: date, title: str = "", into: Commitment | None = None
) -> Commitment:
    """Accept a proposed statement and return its commitment.

    1. Lock the row. The same person accepting twice gets the same commitment; anybody else's judgement is respected.
    2. Where a person says which commitment it is about (`into`), or where it repeats a statement that was accepted, it
       joins that commitment (or the one that superseded it), and may move its deadline.
    3. Else a commitment begins: title, person, the mandate held on the day, the deadline, the day to ask.

    Raises AlreadyJudgedError. `day` is the Brussels day of the event.
    """
    row = lock(statement)
    if row.state == State.ACCEPTED and row.reviewed_by_id == actor.pk and row.commitment is not None:
        return row.commitment
    must_be_proposed(row)
    restores = kept(row)
    _judge(row, State.ACCEPTED, actor)
    existing = _standing(into) if into is not None else _commitment_of_family(row)
    rebuilt = None
    if existing is None:
        commitment = begin(statement=row, title=title)
    else:
        commitment, rebuilt = existing, attach(statement=row, commitment=existing)
    before, after = rebuilt.rest if rebuilt else ({}, {})
    decided(
        Event.Kind.ACCEPTED,
        row=row,
        actor=actor,
        day=day,
        restores=restores,
        commitment=commitment,
        before={"state": State.PROPOSED} | before,
        after={"state": State.ACCEPTED, "relation": row.relation} | after,
    )
    if rebuilt:
        tell_deadline(
            rebuilt, kind=Event.Kind.DEADLINE_MOVED, commitment=commitment, statement=row, actor=actor, day=day
        )
    show(statement, row)
    return commitment


@transaction.atomic
def reject(*, statement: Statement, actor: Any, reason: str, day: date) -> Statement:
    """Reject a proposed statement, with a reason. Raises AlreadyJudgedError."""
    row = lock(statement)
    if row.state == State.REJECTED and row.reviewed_by_id == actor.pk and row.rejected_because == reason:
        return row
    must_be_proposed(row)
    restores = kept(row)
    row.rejected_because = reason[:300]
    _judge(row, State.REJECTED, actor)
    decided(
        Event.Kind.REJECTED,
        row=row,
        actor=actor,
        day=day,
        restores=restores,
        before={"state": State.PROPOSED},
        after={"state": State.REJECTED, "reason": row.rejected_because},
    )
    show(statement, row)
    return row


@transaction.atomic
def reopen(*, statement: Statement, actor: Any, day: date) -> Statement:
    """Undo a judgement: the statement is proposed again.

    A commitment that has no other statement goes with it, as long as nobody has worked on it: its life is told from
    events, and those of the statement stay. Otherwise the commitment stays and says what its other statements say.
    Raises NotUndoneError.
    """
    row = lock(statement)
    if row.state == State.PROPOSED:
        return row
    before = {"state": row.state, "reason": row.rejected_because}
    commitment = row.commitment
    stays = commitment is not None and stands_without(commitment, row)
    if commitment is not None and not stays:
        _must_be_untouched(commitment)
    row.commitment = None
    row.relation = Statement.Relation.ORIGINAL
    row.rejected_because = ""
    _judge(row, State.PROPOSED, actor)
    rebuilt = rebuild(commitment=commitment) if commitment is not None and stays else None
    was, became = rebuilt.rest if rebuilt else ({}, {})
    Event.objects.create(
        kind=Event.Kind.REOPENED,
        day=day,
        actor=actor,
        statement=row,
        commitment=commitment if stays else None,
        before=before | was,
        after={"state": State.PROPOSED} | became,
    )
    if commitment is not None and rebuilt:
        tell_deadline(
            rebuilt, kind=Event.Kind.DEADLINE_CORRECTED, commitment=commitment, statement=row, actor=actor, day=day
        )
    elif commitment is not None:
        commitment.events.filter(statement__isnull=False).update(commitment=None)
        commitment.delete()
    show(statement, row)
    return row


@transaction.atomic
def mark_by_hand(
    *,
    speech: Speech,
    start: int,
    end: int,
    actor: Any,
    day: date,
    kind: str = Kinds.ACT,
    due_text: str = "",
    due_start: date | None = None,
    due_end: date | None = None,
) -> Statement:
    """Mark the characters [start, end) of a speech as a statement the engine did not see; it still has to be accepted.

    Marking the same place twice returns the statement that stands there; one that the engine withdrew is taken up
    again as marked. Raises AlreadyJudgedError where a person rejected it, and ValueError for a span without words.
    """
    quote = " ".join(speech.text[start:end].split())
    if not 0 <= start < end <= len(speech.text) or not quote:
        raise ValueError(f"[{start}, {end}) holds no words of a speech of {len(speech.text)} characters")
    document = speech.item.document
    facts = {
        "quote": quote,
        "said_on": document.date,
        "register": REGISTERS[DocumentKind(document.kind)].value,
        "kind": kind,
        "summary": quote[:200],
        "origin": Statement.Origin.HAND,
        "state": State.PROPOSED,
        "displaced": False,
        "reviewed_by": actor,
        "reviewed_at": now(),
    }
    row, created = Statement.objects.get_or_create(speech=speech, start=start, end=end, defaults=facts)
    row = lock(row)
    before = {} if created else {"state": row.state, "origin": row.origin}
    restores = {"made": [row.pk]} if created else kept(row)
    if not created:
        if row.state == State.REJECTED:
            raise AlreadyJudgedError(judged(row))
        if row.state != State.WITHDRAWN:
            return row
        for name, value in facts.items():
            setattr(row, name, value)
    for name, value in due.given(due_text, row.said_on, due_start, due_end).items():
        setattr(row, name, value)
    row.due_at = due.place_of_words(row)
    row.save()
    decided(
        Event.Kind.MARKED,
        row=row,
        actor=actor,
        day=day,
        restores=restores,
        before=before,
        after={"quote": quote[:300], "state": row.state} | due.told(row),
    )
    return row


def _judge(row: Statement, state: str, actor: Any) -> None:
    row.state = state
    row.reviewed_by, row.reviewed_at = actor, now()
    row.save()


def _must_be_untouched(commitment: Commitment) -> None:
    worked_on = (Event.Kind.STATUS_CHANGED, Event.Kind.FOLLOW_UP_ADDED, Event.Kind.PART_ADDED, Event.Kind.ASKED)
    proposed = FollowUp.State.PROPOSED, FollowUp.State.WITHDRAWN
    if (
        commitment.follow_ups.exclude(state__in=proposed).exists()
        or commitment.events.filter(kind__in=worked_on, undone_by__isnull=True).exists()
    ):
        raise NotUndoneError(
            _("“%(title)s” has follow-ups, parts, questions or another status; give it the status “dropped” instead.")
            % {"title": commitment.title}
        )


def _standing(commitment: Commitment) -> Commitment:
    """Return the commitment, or the one that superseded it."""
    seen = {commitment.pk}
    while commitment.superseded_by is not None and commitment.superseded_by.pk not in seen:
        commitment = commitment.superseded_by
        seen.add(commitment.pk)
    return commitment


def _commitment_of_family(row: Statement) -> Commitment | None:
    """Return the commitment of a statement that this one repeats, or that repeats this one."""
    seen = {row.pk}
    above = row.repeats
    while above is not None and above.pk not in seen:
        if above.commitment is not None:
            return above.commitment
        seen.add(above.pk)
        above = above.repeats
    family = Statement.objects.filter(repeats__in=seen, commitment__isnull=False).order_by("said_on", "pk").first()
    return family.commitment if family else None
