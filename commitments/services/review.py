"""A person judges what the engine proposed: accept, reject, put back, correct the deadline, mark by hand."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.bridge import REGISTERS
from commitments.engine.deadlines import explicit
from commitments.models import Commitment, Event, Kinds, Statement
from commitments.services import due
from commitments.services.errors import AlreadyJudgedError, DeadlineNotReadError, NotUndoneError
from commitments.services.founding import Rebuilt, attach, begin, rebuild
from tracker.clock import now
from transcripts.models import Speech
from transcripts.parsing.transcript import DocumentKind

__all__ = [
    "AlreadyJudgedError",
    "DeadlineNotReadError",
    "NotUndoneError",
    "accept",
    "correct_deadline",
    "mark_by_hand",
    "reject",
    "reopen",
]

State = Statement.State


@transaction.atomic
def accept(*, statement: Statement, actor: Any, day: date, title: str = "") -> Commitment:
    """Accept a proposed statement and return its commitment.

    1. Lock the row. The same person accepting twice gets the same commitment; anybody else's judgement is respected.
    2. Where it repeats a statement that was accepted, it joins that commitment, and may move its deadline.
    3. Else a commitment begins: title, person, the mandate held on the day, the deadline, the day to ask.

    Raises AlreadyJudgedError. `day` is the Brussels day of the event.
    """
    row = _lock(statement)
    if row.state == State.ACCEPTED and row.reviewed_by_id == actor.pk and row.commitment is not None:
        return row.commitment
    _must_be_proposed(row)
    _judge(row, State.ACCEPTED, actor)
    existing = _commitment_of_family(row)
    rebuilt = None
    if existing is None:
        commitment = begin(statement=row, title=title)
    else:
        commitment, rebuilt = existing, attach(statement=row, commitment=existing)
    before, after = rebuilt.rest if rebuilt else ({}, {})
    Event.objects.create(
        kind=Event.Kind.ACCEPTED,
        day=day,
        actor=actor,
        statement=row,
        commitment=commitment,
        before={"state": State.PROPOSED} | before,
        after={"state": State.ACCEPTED, "relation": row.relation} | after,
    )
    if rebuilt:
        _tell_deadline(rebuilt, Event.Kind.DEADLINE_MOVED, commitment, row, actor, day)
    _show(statement, row)
    return commitment


@transaction.atomic
def reject(*, statement: Statement, actor: Any, reason: str, day: date) -> Statement:
    """Reject a proposed statement, with a reason. Raises AlreadyJudgedError."""
    row = _lock(statement)
    if row.state == State.REJECTED and row.reviewed_by_id == actor.pk and row.rejected_because == reason:
        return row
    _must_be_proposed(row)
    row.rejected_because = reason[:300]
    _judge(row, State.REJECTED, actor)
    Event.objects.create(
        kind=Event.Kind.REJECTED,
        day=day,
        actor=actor,
        statement=row,
        before={"state": State.PROPOSED},
        after={"state": State.REJECTED, "reason": row.rejected_because},
    )
    _show(statement, row)
    return row


@transaction.atomic
def reopen(*, statement: Statement, actor: Any, day: date) -> Statement:
    """Undo a judgement: the statement is proposed again.

    A commitment that has no other statement goes with it, as long as nobody has worked on it: its life is told from
    events, and those of the statement stay. Otherwise the commitment stays and says what its other statements say.
    Raises NotUndoneError.
    """
    row = _lock(statement)
    if row.state == State.PROPOSED:
        return row
    before = {"state": row.state, "reason": row.rejected_because}
    commitment = row.commitment
    stays = commitment is not None and commitment.statements.exclude(pk=row.pk).exists()
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
        _tell_deadline(rebuilt, Event.Kind.DEADLINE_CORRECTED, commitment, row, actor, day)
    elif commitment is not None:
        commitment.events.filter(statement__isnull=False).update(commitment=None)
        commitment.delete()
    _show(statement, row)
    return row


@transaction.atomic
def correct_deadline(
    *,
    statement: Statement,
    actor: Any,
    day: date,
    due_text: str,
    due_start: date | None = None,
    due_end: date | None = None,
) -> Statement:
    """Correct the deadline of a proposed or accepted statement; that of its commitment follows.

    Days that are given count. Words alone are read against the day they were said. Neither: no deadline was spoken.
    Raises DeadlineNotReadError, and AlreadyJudgedError for a statement that was rejected.
    """
    row = _lock(statement)
    if row.state not in (State.PROPOSED, State.ACCEPTED):
        raise AlreadyJudgedError(_judged(row))
    before = due.told(row)
    for name, value in _deadline(row, " ".join(due_text.split()), due_start, due_end).items():
        setattr(row, name, value)
    row.due_at = _where(row)
    row.doubts = []
    if due.told(row) == before:
        return row
    row.reviewed_by, row.reviewed_at = actor, now()
    row.save()
    was, became = rebuild(commitment=row.commitment).rest if row.commitment is not None else ({}, {})
    row.refresh_from_db(fields=["relation"])
    Event.objects.create(
        kind=Event.Kind.DEADLINE_CORRECTED,
        day=day,
        actor=actor,
        statement=row,
        commitment=row.commitment,
        before=before | was,
        after=due.told(row) | became,
    )
    _show(statement, row)
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
    row = _lock(row)
    before = {} if created else {"state": row.state, "origin": row.origin}
    if not created:
        if row.state == State.REJECTED:
            raise AlreadyJudgedError(_judged(row))
        if row.state != State.WITHDRAWN:
            return row
        for name, value in facts.items():
            setattr(row, name, value)
    for name, value in _deadline(row, " ".join(due_text.split()), due_start, due_end).items():
        setattr(row, name, value)
    row.due_at = _where(row)
    row.save()
    Event.objects.create(
        kind=Event.Kind.MARKED,
        day=day,
        actor=actor,
        statement=row,
        before=before,
        after={"quote": quote[:300], "state": row.state} | due.told(row),
    )
    return row


def _tell_deadline(
    rebuilt: Rebuilt, kind: str, commitment: Commitment, statement: Statement, actor: Any, day: date
) -> None:
    """Leave an event where the commitment's deadline became another one."""
    before, after = rebuilt.deadline
    if before != after:
        Event.objects.create(
            kind=kind, day=day, actor=actor, commitment=commitment, statement=statement, before=before, after=after
        )


def _lock(statement: Statement) -> Statement:
    return Statement.objects.select_for_update(of=("self",)).select_related("speech", "commitment").get(pk=statement.pk)


def _judge(row: Statement, state: str, actor: Any) -> None:
    row.state = state
    row.reviewed_by, row.reviewed_at = actor, now()
    row.save()


def _show(given: Statement, row: Statement) -> None:
    """Let the caller's object say what the row now says."""
    for field in Statement._meta.concrete_fields:
        setattr(given, field.attname, getattr(row, field.attname))


def _must_be_proposed(row: Statement) -> None:
    if row.state != State.PROPOSED:
        raise AlreadyJudgedError(_judged(row))


def _judged(row: Statement) -> str:
    if row.state == State.WITHDRAWN:
        return _("The engine no longer proposes this statement.")
    return _("This statement was already judged by %(name)s: %(state)s. Put it back first to judge it anew.") % {
        "name": row.reviewed_by or _("somebody"),
        "state": row.get_state_display(),
    }


def _must_be_untouched(commitment: Commitment) -> None:
    worked_on = (Event.Kind.STATUS_CHANGED, Event.Kind.FOLLOW_UP_ADDED)
    if commitment.follow_ups.exists() or commitment.events.filter(kind__in=worked_on).exists():
        raise NotUndoneError(
            _("“%(title)s” has follow-ups or a changed status; give it the status “dropped” instead.")
            % {"title": commitment.title}
        )


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


def _deadline(row: Statement, words: str, start: date | None, end: date | None) -> dict[str, Any]:
    if start is None and end is None:
        if not words:
            return due.fields_of(None)
        expression = due.read(words, row.said_on)
        whole = expression is not None and expression.text.strip() == words.strip()
        # A day typed in another notation or language; a reading of only a part of it would miss the day.
        typed = None if whole else explicit.read_date(words)
        if expression is not None and typed is None:
            return due.fields_of(expression) | {"due_text": words[:300]}
        if typed is None:
            raise DeadlineNotReadError(_("No date can be read in these words. Give the days as well."))
        start = end = typed
    if start is not None and end is not None and start > end:
        raise DeadlineNotReadError(_("The last day lies before the first."))
    return {
        "due_text": words[:300],
        "due_start": start,
        "due_end": end,
        "due_precision": "day" if start == end else "",
        "due_modifier": "",
        "due_rule": due.BY_HAND,
    }


def _where(row: Statement) -> list[int]:
    """Return [start, end] of the deadline's words in the speech, the place nearest to the statement; else nothing."""
    text, words = row.speech.text, row.due_text
    if not words:
        return []
    places = [at for at in (text.find(words, row.start), text.rfind(words, 0, row.end)) if at >= 0]
    at = min(places, key=lambda place: abs(place - row.start), default=None)
    return [] if at is None else [at, at + len(words)]
