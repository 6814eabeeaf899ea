"""What comes of a commitment: its status, and the follow-ups that people add."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.engine import calendars
from commitments.models import Commitment, Event, FollowUp
from commitments.moves import Move, allowed, move
from commitments.querysets import OPEN
from commitments.services import asking, founding
from commitments.services.errors import AlreadyJudgedError, NotAllowedError
from commitments.services.locking import lock, show
from transcripts.models import AgendaItem

Status = Commitment.Status


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
) -> Commitment:
    """Move a commitment to another status, as the table of moves allows.

    on: the day it was fulfilled (default: the day of the change). superseded_by: what took its place.
    The same status again changes nothing, unless it brings another day, other evidence or another successor.
    Back among the open ones it has no evidence of having ended; the events keep what there was.
    Raises NotAllowedError, and ValueError for a status that does not exist.
    """
    row = lock(commitment)
    before = _told(row)
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
    if _told(row) != before:
        row.save()
        Event.objects.create(
            kind=Event.Kind.STATUS_CHANGED, day=day, actor=actor, commitment=row, before=before, after=_told(row)
        )
    show(commitment, row)
    return row


@transaction.atomic
def lapse(*, commitment: Commitment, actor: Any, day: date) -> bool:
    """Let an open commitment of a legislature that has ended lapse. Return whether it did so now.

    Who is no longer open, and whose legislature goes on or is not in the calendar, stays as it is.
    """
    row = lock(commitment)
    ended = calendars.load().ended(row.said_on, day)
    if row.status not in OPEN or ended is None:
        return False
    before = _told(row)
    row.status = Status.LAPSED
    row.save()
    Event.objects.create(
        kind=Event.Kind.STATUS_CHANGED,
        day=day,
        actor=actor,
        commitment=row,
        before=before,
        after=_told(row) | {"term_ended": ended.isoformat()},
    )
    show(commitment, row)
    return True


def lapse_ended(*, day: date, actor: Any = None) -> int:
    """Let every open commitment of a legislature that ended before `day` lapse. A second run finds none."""
    ends = [date.fromordinal(term.end) for term in calendars.load().terms if term.end < day.toordinal()]
    if not ends:
        return 0
    rows = Commitment.objects.open().filter(said_on__lt=max(ends)).order_by("pk")
    return sum(lapse(commitment=row, actor=actor, day=day) for row in rows)


@transaction.atomic
def add_follow_up(
    *,
    commitment: Commitment,
    actor: Any,
    day: date,
    item: AgendaItem,
    kind: str = FollowUp.Kind.RECALLED,
    note: str = "",
) -> FollowUp:
    """Tie an agenda item to a commitment by hand: confirmed from the start. The same item twice changes nothing."""
    row, created = FollowUp.objects.get_or_create(
        commitment=commitment,
        item=item,
        defaults={"kind": FollowUp.Kind(kind), "state": FollowUp.State.CONFIRMED, "note": note},
    )
    if created:
        Event.objects.create(
            kind=Event.Kind.FOLLOW_UP_ADDED,
            day=day,
            actor=actor,
            commitment=commitment,
            follow_up=row,
            after={"kind": row.kind, "item": item.title},
        )
        _follow(row, actor, day)
    return row


def confirm_follow_up(*, follow_up: FollowUp, actor: Any, day: date) -> FollowUp:
    """Say that a proposed follow-up is one: from now on everybody sees it. Raises AlreadyJudgedError."""
    return _judge(follow_up, FollowUp.State.CONFIRMED, actor, day)


def dismiss_follow_up(*, follow_up: FollowUp, actor: Any, day: date) -> FollowUp:
    """Say that a proposed follow-up is none. Raises AlreadyJudgedError."""
    return _judge(follow_up, FollowUp.State.DISMISSED, actor, day)


@transaction.atomic
def _judge(follow_up: FollowUp, state: str, actor: Any, day: date) -> FollowUp:
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if row.state == state:
        return row
    if row.state != FollowUp.State.PROPOSED:
        raise AlreadyJudgedError(
            _("This follow-up was already judged: %(state)s.") % {"state": row.get_state_display()}
        )
    row.state = state
    row.save()
    Event.objects.create(
        kind=Event.Kind.FOLLOW_UP_JUDGED,
        day=day,
        actor=actor,
        commitment_id=row.commitment_id,
        follow_up=row,
        before={"state": FollowUp.State.PROPOSED},
        after={"state": state},
    )
    if state == FollowUp.State.CONFIRMED:
        _follow(row, actor, day)
    return row


def _follow(row: FollowUp, actor: Any, day: date) -> None:
    """Let the commitment say what a confirmed follow-up says: another deadline, or that a question was answered."""
    commitment = row.commitment
    rebuilt = founding.rebuild(commitment=commitment)
    founding.tell_deadline(
        rebuilt, kind=Event.Kind.DEADLINE_MOVED, commitment=commitment, actor=actor, day=day, follow_up=row
    )
    if row.kind != FollowUp.Kind.RECALLED:
        asking.note_answer_in(commitment=commitment, item=row.item, actor=actor, day=day)


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


def _told(row: Commitment) -> dict[str, str | None]:
    return {
        "status": row.status,
        "fulfilled_on": row.fulfilled_on.isoformat() if row.fulfilled_on else None,
        "evidence": row.evidence,
        "superseded_by": str(row.superseded_by.uid) if row.superseded_by else None,
    }
