"""The last decision of a person is taken back, as if it had not been made; that it was made and undone stays told."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Event, FollowUp, Statement
from commitments.services import tracking
from commitments.services.editing import put_back_on
from commitments.services.errors import NotUndoneError
from commitments.services.founding import rebuild
from commitments.services.judging import lock, lock_follow_up, put_back
from commitments.services.review import reopen

Kind = Event.Kind


@transaction.atomic
def undo(*, decision: Event, actor: Any, day: date) -> Statement | None:
    """Undo a decision of this person and return the statement as it was before, None where there was none yet.

    1. Lock the statement, then the decision: it is undone once, and only while nothing else was done since.
    2. A judgement is put back through review.reopen; its commitment goes, or says what its other statements say.
    3. Every field goes back to what it was; statements that the decision made go, and their events stay.

    Raises NotUndoneError, which says why not.
    """
    decision = Event.objects.select_related("statement").get(pk=decision.pk)
    if decision.statement is None or decision.restores is None or decision.actor_id != actor.pk:
        raise NotUndoneError(_("This is no decision of yours that can be undone."))
    row = lock(decision.statement)
    _must_be_the_last(decision, row)
    made = list(Statement.objects.select_for_update().filter(pk__in=decision.restores.get("made", [])))
    for one in made:
        _must_be_the_last(decision, one)
    if decision.kind in (Kind.ACCEPTED, Kind.REJECTED):
        reopen(statement=row, actor=actor, day=day)
        undoing = row.events.filter(kind=Kind.REOPENED).latest("pk")
    else:
        undoing = Event(kind=Kind.UNDONE, day=day, actor=actor, before=decision.after, after=decision.before)
        undoing.commitment_id = row.commitment_id
    undoing.undoes = decision
    gone = row in made
    for one in made:
        one.events.update(statement=None if one == row else row)
        one.delete()
    if gone:
        undoing.save()
        return None
    put_back(row, decision.restores)
    row.save()
    undoing.statement = row
    undoing.save()
    if row.commitment is not None:
        put_back_on(row.commitment, decision.restores)
        rebuild(commitment=row.commitment)
    return row


@transaction.atomic
def undo_follow_up(*, decision: Event, actor: Any, day: date) -> FollowUp | None:
    """Undo a decision of this person on a follow-up and return it as it was before, None where it was added by hand.

    1. Lock the follow-up, after its commitment; it is undone once, and only while nothing else was done since.
    2. Every field goes back to what it was, and so does the status that the commitment got with it.
    3. The commitment says what it says with the follow-up as it is now; questions that it answered wait again.

    Raises NotUndoneError, which says why not.
    """
    decision = Event.objects.select_related("follow_up").get(pk=decision.pk)
    if decision.follow_up is None or decision.restores is None or decision.actor_id != actor.pk:
        raise NotUndoneError(_("This is no decision of yours that can be undone."))
    row = lock_follow_up(decision.follow_up)
    _must_be_the_last(decision, row)
    status = decision.restores.get("status")
    if status is not None:
        _must_be_its_status(decision, row)
    was_confirmed = row.state == FollowUp.State.CONFIRMED
    undoing = Event(
        kind=Kind.UNDONE,
        day=day,
        actor=actor,
        commitment_id=row.commitment_id,
        before=decision.after,
        after=decision.before,
        undoes=decision,
    )
    if row.pk in decision.restores.get("made", []):
        row.state = FollowUp.State.DISMISSED
        row.save()
        tracking.unfollow(row, actor, day)
        undoing.save()
        row.events.update(follow_up=None)
        row.delete()
        return None
    put_back(row, decision.restores)
    row.save()
    undoing.follow_up = row
    undoing.save()
    if row.state == FollowUp.State.CONFIRMED:
        tracking.follow(row, actor, day, decision)
    elif was_confirmed:
        tracking.unfollow(row, actor, day)
    if status is not None:
        tracking.put_status_back(commitment=row.commitment, status=status, actor=actor, day=day)
    return row


def _must_be_its_status(decision: Event, row: FollowUp) -> None:
    """Refuse where the commitment that was closed with the follow-up got yet another status."""
    moved = Event.objects.filter(commitment=row.commitment_id, kind=Kind.STATUS_CHANGED, pk__gt=decision.pk)
    other = moved.select_related("actor").order_by("-pk").first()
    if other is not None:
        raise NotUndoneError(
            _("It is not undone: %(name)s changed it since (%(what)s).")
            % {"name": other.actor or _("somebody"), "what": other.get_kind_display()}
        )


def _must_be_the_last(decision: Event, row: Statement | FollowUp) -> None:
    if hasattr(decision, "undone_by"):
        raise NotUndoneError(_("This decision was undone already."))
    since = row.events.standing().filter(pk__gt=decision.pk)
    if decision.kind == Kind.SPLIT:
        since = since.exclude(kind=Kind.SPLIT, restores__isnull=True)  # what the split told of its other part
    other = since.select_related("actor").order_by("-pk").first()
    if other is not None:
        raise NotUndoneError(
            _("It is not undone: %(name)s changed it since (%(what)s).")
            % {"name": other.actor or _("the engine"), "what": other.get_kind_display()}
        )
