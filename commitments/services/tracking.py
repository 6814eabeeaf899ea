"""What comes of a commitment: its status, and the follow-ups that people add."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, FollowUp
from commitments.services.errors import AlreadyJudgedError
from transcripts.models import AgendaItem


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
    """Give a commitment another status. `on`: the day it was fulfilled (default: the day of the change).

    The same status again changes nothing, unless it brings another day or other evidence.
    Raises ValueError for a status that does not exist.
    """
    row = Commitment.objects.select_for_update().get(pk=commitment.pk)
    before = _told(row)
    row.status = Commitment.Status(status)
    row.fulfilled_on = (on or row.fulfilled_on or day) if status == Commitment.Status.FULFILLED else None
    row.evidence = evidence or row.evidence
    row.superseded_by = superseded_by if status == Commitment.Status.SUPERSEDED else None
    if _told(row) != before:
        row.save()
        Event.objects.create(
            kind=Event.Kind.STATUS_CHANGED, day=day, actor=actor, commitment=row, before=before, after=_told(row)
        )
    for field in Commitment._meta.concrete_fields:
        setattr(commitment, field.attname, getattr(row, field.attname))
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
    return row


def _told(row: Commitment) -> dict[str, str | None]:
    return {
        "status": row.status,
        "fulfilled_on": row.fulfilled_on.isoformat() if row.fulfilled_on else None,
        "evidence": row.evidence,
        "superseded_by": str(row.superseded_by.uid) if row.superseded_by else None,
    }
