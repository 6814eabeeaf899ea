"""The last thing a person did to a commitment is taken back: its status, a part, a question that was filed."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event
from commitments.services import asking, parts, tracking
from commitments.services.errors import NotUndoneError
from commitments.services.locking import lock, show

Kind = Event.Kind
OF_LIFE = (
    Kind.STATUS_CHANGED,
    Kind.PART_ADDED,
    Kind.PART_DONE,
    Kind.PART_REOPENED,
    Kind.PART_REMOVED,
    Kind.ASKED,
    Kind.ASKING_EDITED,
    Kind.ANSWERED,
    Kind.ASKING_WITHDRAWN,
)


def last_of_life(commitment: Commitment, actor: Any) -> Event | None:
    """Return the last thing done to a commitment, where this person did it and it can be undone.

    What came beside another decision is undone with that one; what a program did, or a follow-up, is not undone here.
    """
    standing = commitment.events.filter(kind__in=OF_LIFE, undone_by__isnull=True, undoes__isnull=True)
    newest = standing.filter(after__beside__isnull=True).order_by("-pk").first()
    if newest is None or newest.restores is None or newest.actor_id is None or newest.actor_id != actor.pk:
        return None
    return newest


@transaction.atomic
def undo_life(*, commitment: Commitment, decision: int, actor: Any, day: date) -> None:
    """Undo what a page showed as the last thing done (the id of its event); that it was done and undone stays told.

    Raises NotUndoneError where something else was done since, or somebody else did it.
    """
    row = lock(commitment)
    last = last_of_life(row, actor)
    if last is None or last.pk != decision or last.restores is None:
        raise NotUndoneError(_("It is not undone: something else was done since."))
    kept = last.restores
    undoing = None
    for name, put_back in (("part", parts.put_back), ("asking", asking.put_back)):
        if name in kept:
            undoing = put_back(commitment=row, restores=kept[name], actor=actor, day=day)
    if "status" in kept and tracking.told(row) != kept["status"]:
        tracking.put_status_back(commitment=row, status=kept["status"], actor=actor, day=day)
        changed = row.events.filter(kind=Kind.STATUS_CHANGED).latest("pk")
        if undoing is None:
            undoing = changed
        else:
            changed.after |= {"beside": True}
            changed.save(update_fields=["after"])
    if undoing is None:
        raise NotUndoneError(_("It is not undone: something else was done since."))
    undoing.undoes = last
    undoing.save(update_fields=["undoes"])
    row.refresh_from_db()
    show(commitment, row)
