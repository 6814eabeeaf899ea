"""What comes of a commitment: its status, and its follow-ups as people add and judge them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, FollowUp
from commitments.moves import Move, allowed, move
from commitments.services import asking, due, founding
from commitments.services.editing import Deadline
from commitments.services.errors import AlreadyJudgedError, NotAllowedError
from commitments.services.judging import kept, lock_follow_up
from commitments.services.locking import lock, show
from tracker.clock import now
from transcripts.models import AgendaItem

Status = Commitment.Status


@dataclass(frozen=True, slots=True)
class Closing:
    """What comes of a commitment with a follow-up, as change_status takes it."""

    status: str
    evidence: str = ""
    on: date | None = None


@transaction.atomic
def change_status(
    *,
    commitment: Commitment,
    actor: Any,
    day: date,
    status: str,
    on: date | None = None,
    evidence: str = "",
    superseded_by: Commitment | None = None,
    beside: bool = False,
) -> Commitment:
    """Move a commitment to another status, as the table of moves allows.

    on: the day it was fulfilled (default: the day of the change). superseded_by: what took its place.
    beside: it comes with another decision, and is undone with that one and not by itself.
    The same status again changes nothing, unless it brings another day, other evidence or another successor.
    Back among the open ones it has no evidence of having ended; the events keep what there was.
    Raises NotAllowedError, and ValueError for a status that does not exist.
    """
    row = lock(commitment)
    before = told(row)
    needs = _needs(row, Status(status))
    given = evidence.strip()
    row.fulfilled_on = (on or row.fulfilled_on or day) if needs.day else None
    row.superseded_by = superseded_by or row.superseded_by if needs.successor else None
    row.evidence = given or ("" if status == Status.OPEN != row.status else row.evidence)
    if needs.evidence and not row.evidence:
        raise NotAllowedError(_("Say where it can be read: an address, a document, a page."))
    if row.fulfilled_on and row.fulfilled_on > day:
        raise NotAllowedError(_("It cannot have been fulfilled on a day that is still to come."))
    if needs.successor:
        _must_lead_on(row)
    row.status = Status(status)
    if told(row) != before:
        row.save()
        Event.objects.create(
            kind=Event.Kind.STATUS_CHANGED,
            day=day,
            actor=actor,
            commitment=row,
            before=before,
            after=told(row) | ({"beside": True} if beside else {}),
            restores=None if beside else {"status": before},
        )
    show(commitment, row)
    return row


@transaction.atomic
def add_follow_up(
    *,
    commitment: Commitment,
    actor: Any,
    day: date,
    item: AgendaItem,
    kind: str = FollowUp.Kind.RECALLED,
    note: str = "",
    deadline: Deadline | None = None,
) -> FollowUp:
    """Tie an agenda item to a commitment by hand: confirmed from the start. The same item twice changes nothing.

    deadline: the new time named there; words alone are read against the day of the item. Raises DeadlineNotReadError.
    """
    lock(commitment)
    row, created = FollowUp.objects.get_or_create(
        commitment=commitment,
        item=item,
        defaults={
            "kind": FollowUp.Kind(kind),
            "state": FollowUp.State.CONFIRMED,
            "note": note,
            "reviewed_by": actor,
            "reviewed_at": now(),
            **_read(deadline or Deadline(), item.document.date),
        },
    )
    if created:
        decision = Event.objects.create(
            kind=Event.Kind.FOLLOW_UP_ADDED,
            day=day,
            actor=actor,
            commitment=commitment,
            follow_up=row,
            after={"kind": row.kind, "item": item.title[:200]} | due.told(row),
            restores={"made": [row.pk]},
        )
        follow(row, actor, day, decision)
    return row


@transaction.atomic
def confirm_follow_up(
    *,
    follow_up: FollowUp,
    actor: Any,
    day: date,
    kind: str | None = None,
    deadline: Deadline | None = None,
    closing: Closing | None = None,
) -> FollowUp:
    """Say that a proposed follow-up is one: from now on everybody sees it.

    1. Lock the commitment, then the follow-up. Confirming twice changes nothing; who judged it first is respected.
    2. kind, deadline: what it says otherwise than the engine read it, where that is given; told by an event of its own.
    3. closing: the status the commitment gets with it, as the table of moves allows.
    4. The judgement, one event that keeps what undoing it puts back; then what follows from it.

    Raises AlreadyJudgedError, DeadlineNotReadError, NotAllowedError, and ValueError for a kind that does not exist.
    """
    row = lock_follow_up(follow_up)
    if row.state == FollowUp.State.CONFIRMED and kind is None and deadline is None and closing is None:
        show(follow_up, row)
        return row
    _must_wait(row)
    restores = kept(row)
    _correct(row, kind, deadline, actor, day)
    if closing is not None:
        restores["status"] = told(row.commitment)
        change_status(
            commitment=row.commitment,
            actor=actor,
            day=day,
            status=closing.status,
            beside=True,
            on=closing.on,
            evidence=closing.evidence,
        )
    _judge(row, FollowUp.State.CONFIRMED, actor, day, restores)
    show(follow_up, row)
    return row


@transaction.atomic
def dismiss_follow_up(*, follow_up: FollowUp, actor: Any, day: date, reason: str = "") -> FollowUp:
    """Say that a proposed follow-up is none. Twice changes nothing. Raises AlreadyJudgedError."""
    row = lock_follow_up(follow_up)
    if row.state != FollowUp.State.DISMISSED:
        _must_wait(row)
        restores = kept(row)
        row.dismissed_because = reason[:300]
        _judge(row, FollowUp.State.DISMISSED, actor, day, restores)
    show(follow_up, row)
    return row


@transaction.atomic
def reopen_follow_up(*, follow_up: FollowUp, actor: Any, day: date) -> FollowUp:
    """Put a judged follow-up back to proposed, whoever judged it; the commitment says what it said without it.

    A status that it was given stays: that is a judgement of its own. Raises AlreadyJudgedError for one that the engine
    took back.
    """
    row = lock_follow_up(follow_up)
    if row.state == FollowUp.State.WITHDRAWN:
        raise AlreadyJudgedError(_("The engine no longer proposes this follow-up."))
    if row.state != FollowUp.State.PROPOSED:
        restores, before, was = kept(row), _judged(row), row.state
        row.state, row.dismissed_because = FollowUp.State.PROPOSED, ""
        row.reviewed_by, row.reviewed_at = actor, now()
        row.save()
        Event.objects.create(
            kind=Event.Kind.REOPENED,
            day=day,
            actor=actor,
            commitment_id=row.commitment_id,
            follow_up=row,
            before=before,
            after=_judged(row),
            restores=restores,
        )
        if was == FollowUp.State.CONFIRMED:
            unfollow(row, actor, day)
    show(follow_up, row)
    return row


def unfollow(row: FollowUp, actor: Any, day: date) -> None:
    """Let the commitment say what it says without a follow-up that is no longer confirmed: the reverse of follow."""
    commitment = row.commitment
    rebuilt = founding.rebuild(commitment=commitment)
    founding.tell_deadline(
        rebuilt, kind=Event.Kind.DEADLINE_CORRECTED, commitment=commitment, actor=actor, day=day, follow_up=row
    )
    answers: set[int] = set()
    for kept_then in row.events.filter(restores__isnull=False).values_list("restores", flat=True):
        answers.update((kept_then or {}).get("askings", []))
    if answers:
        asking.note_no_answer_in(commitment=commitment, item=row.item, askings=answers, actor=actor, day=day)


@transaction.atomic
def put_status_back(*, commitment: Commitment, status: Mapping[str, Any], actor: Any, day: date) -> None:
    """Give a commitment the status that an event told it had, with the day, evidence and successor it had then."""
    row = lock(commitment)
    before = told(row)
    fulfilled_on, successor = status["fulfilled_on"], status["superseded_by"]
    row.status, row.evidence = Status(status["status"]), status["evidence"]
    row.fulfilled_on = date.fromisoformat(fulfilled_on) if fulfilled_on else None
    row.superseded_by = Commitment.objects.filter(uid=successor).first() if successor else None
    if told(row) != before:
        row.save()
        Event.objects.create(
            kind=Event.Kind.STATUS_CHANGED, day=day, actor=actor, commitment=row, before=before, after=told(row)
        )
    show(commitment, row)


def _must_wait(row: FollowUp) -> None:
    if row.state == FollowUp.State.WITHDRAWN:
        raise AlreadyJudgedError(_("The engine no longer proposes this follow-up."))
    if row.state != FollowUp.State.PROPOSED:
        raise AlreadyJudgedError(
            _("This follow-up was already judged by %(name)s: %(state)s. Put it back first to judge it anew.")
            % {"name": row.reviewed_by or _("somebody"), "state": row.get_state_display()}
        )


def _correct(row: FollowUp, kind: str | None, deadline: Deadline | None, actor: Any, day: date) -> None:
    """Let a follow-up say what a person says of it, with the event of it; unsaved. The same again is no correction."""
    before = _says(row)
    if kind is not None:
        row.kind = FollowUp.Kind(kind)
    if deadline is not None:
        for name, value in _read(deadline, row.item.document.date).items():
            setattr(row, name, value)
    if _says(row) == before:
        return
    row.corrected = True
    Event.objects.create(
        kind=Event.Kind.FOLLOW_UP_CORRECTED,
        day=day,
        actor=actor,
        commitment_id=row.commitment_id,
        follow_up=row,
        before=before,
        after=_says(row),
    )


def _judge(row: FollowUp, state: str, actor: Any, day: date, restores: dict[str, Any]) -> None:
    before = _judged(row)
    row.state = state
    row.reviewed_by, row.reviewed_at = actor, now()
    row.save()
    decision = Event.objects.create(
        kind=Event.Kind.FOLLOW_UP_JUDGED,
        day=day,
        actor=actor,
        commitment_id=row.commitment_id,
        follow_up=row,
        before=before | {"reason": ""},
        after=_judged(row),
        restores=restores,
    )
    if state == FollowUp.State.CONFIRMED:
        follow(row, actor, day, decision)


def follow(row: FollowUp, actor: Any, day: date, decision: Event | None = None) -> None:
    """Let the commitment say what a confirmed follow-up says: another deadline, or that a question was answered.

    decision: keeps which questions that were, for undoing it.
    """
    commitment = row.commitment
    rebuilt = founding.rebuild(commitment=commitment)
    founding.tell_deadline(
        rebuilt, kind=Event.Kind.DEADLINE_MOVED, commitment=commitment, actor=actor, day=day, follow_up=row
    )
    if row.kind != FollowUp.Kind.RECALLED:
        ended = asking.note_answer_in(commitment=commitment, item=row.item, actor=actor, day=day)
        if ended and decision is not None and decision.restores is not None:
            decision.restores["askings"] = [one.pk for one in ended]
            decision.save(update_fields=["restores"])


def _read(deadline: Deadline, said_on: date) -> dict[str, Any]:
    return due.given(deadline.words, said_on, deadline.start, deadline.end)


def _judged(row: FollowUp) -> dict[str, str]:
    return {"state": row.state, "reason": row.dismissed_because}


def _says(row: FollowUp) -> dict[str, Any]:
    return {"kind": row.kind} | due.told(row)


def _needs(row: Commitment, status: Status) -> Move:
    needs = move(row.status, status)
    if needs is None:
        raise NotAllowedError(
            _("“%(from)s” cannot become “%(to)s”; from there it can become: %(allowed)s.")
            % {
                "from": row.get_status_display(),
                "to": status.label,
                "allowed": ", ".join(str(Status(one).label) for one in allowed(row.status)),
            }
        )
    return needs


def _must_lead_on(row: Commitment) -> None:
    """Refuse a successor that is missing, or that leads back to this commitment."""
    successor = row.superseded_by
    if successor is None:
        raise NotAllowedError(_("Choose the commitment that took its place."))
    seen = {row.pk}
    while successor is not None:
        if successor.pk in seen:
            raise NotAllowedError(_("A commitment cannot take its own place, not by way of others either."))
        seen.add(successor.pk)
        successor = successor.superseded_by


def told(row: Commitment) -> dict[str, str | None]:
    """Return what came of a commitment as an event keeps it."""
    return {
        "status": row.status,
        "fulfilled_on": row.fulfilled_on.isoformat() if row.fulfilled_on else None,
        "evidence": row.evidence,
        "superseded_by": str(row.superseded_by.uid) if row.superseded_by else None,
    }
