"""What the verbs on statements and follow-ups share: the lock, who was first, and what to put back when it is undone.

Every function here runs inside the caller's transaction.
"""

from datetime import date
from typing import Any

from django.db.models import Field, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.services import due
from commitments.services.errors import AlreadyJudgedError, ChangedMeanwhileError
from commitments.services.locking import show

__all__ = [
    "decided",
    "hold",
    "hold_follow_up",
    "judged",
    "kept",
    "lock",
    "lock_follow_up",
    "must_be_proposed",
    "newest_event",
    "put_back",
    "show",
]

State = Statement.State

# What a decision may change on a statement, and on a follow-up, and what undoing it puts back.
CHANGED_BY_PEOPLE = (
    "start", "end", "quote", "kind", "condition", "summary", "addressee_id", "origin", "state", "displaced",
    "rejected_because", "reviewed_by_id", "reviewed_at", "due_at", "doubts", *due.FIELDS,
)  # fmt: skip
CHANGED_ON_FOLLOW_UPS = (
    "kind", "state", "corrected", "dismissed_because", "reviewed_by_id", "reviewed_at", *due.FIELDS,
)  # fmt: skip


def lock(statement: Statement) -> Statement:
    return Statement.objects.select_for_update(of=("self",)).select_related("speech", "commitment").get(pk=statement.pk)


def lock_follow_up(follow_up: FollowUp) -> FollowUp:
    """Return the follow-up as it stands now, with its commitment, item and document, locked after its commitment.

    The commitment comes first, as for who searches later items for it; and without its key, so that a document that
    comes in may tie new rows to it meanwhile.
    """
    list(Commitment.objects.select_for_update(no_key=True).filter(pk=follow_up.commitment_id).values_list("pk"))
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related(
        "commitment", "item__document", "reviewed_by"
    )
    return rows.defer("item__document__text", "item__document__account_spans").get(pk=follow_up.pk)


def must_be_proposed(row: Statement) -> None:
    if row.state != State.PROPOSED:
        raise AlreadyJudgedError(judged(row))


def judged(row: Statement) -> str:
    """Say who judged the statement, and how."""
    if row.state == State.WITHDRAWN:
        return _("The engine no longer proposes this statement.")
    return _("This statement was already judged by %(name)s: %(state)s. Put it back first to judge it anew.") % {
        "name": row.reviewed_by or _("somebody"),
        "state": row.get_state_display(),
    }


def newest_event(about: str) -> Coalesce:
    """Annotates rows with the number of their newest event, 0 without any: whoever changes one makes it higher.

    about: "statement" or "follow_up".
    """
    return Coalesce(Subquery(Event.objects.filter(**{about: OuterRef("pk")}).newest()), 0)


def hold(*, statement: Statement, seen: int) -> Statement:
    """Lock the statement for a decision about what somebody saw of it.

    seen: its newest event when it was shown, 0 without any. Raises ChangedMeanwhileError, which tells who did what.
    """
    row = lock(statement)
    _must_be_seen(row, seen)
    return row


def hold_follow_up(*, follow_up: FollowUp, seen: int) -> FollowUp:
    """Lock a follow-up for a decision about what somebody saw of it, as `hold` does a statement."""
    row = lock_follow_up(follow_up)
    _must_be_seen(row, seen)
    return row


def _must_be_seen(row: Statement | FollowUp, seen: int) -> None:
    newest = list(row.events.filter(pk__gt=seen).select_related("actor").order_by("-pk"))
    if not newest:
        return
    # What a decision did to the deadline is told after it; the decision itself says more.
    beside = (Event.Kind.DEADLINE_MOVED, Event.Kind.DEADLINE_CORRECTED)
    since = next((one for one in newest if one.kind not in beside or one.restores is not None), newest[0])
    what = since.get_kind_display()
    if since.kind == Event.Kind.FOLLOW_UP_JUDGED:
        what = f"{what} ({row.get_state_display()})"
    raise ChangedMeanwhileError(
        _("%(name)s was first: %(what)s. Nothing was overwritten; this is how it stands now.")
        % {"name": since.actor or _("The engine"), "what": what}
    )


def kept(row: Statement | FollowUp) -> dict[str, Any]:
    """Return what the row says now, as an event keeps it for undoing."""
    names = CHANGED_BY_PEOPLE if isinstance(row, Statement) else CHANGED_ON_FOLLOW_UPS
    return {"fields": {name: _plain(getattr(row, name)) for name in names}}


def put_back(row: Statement | FollowUp, restores: dict[str, Any]) -> None:
    """Let the row say what was kept; unsaved."""
    for name, value in restores.get("fields", {}).items():
        field = row._meta.get_field(name.removesuffix("_id"))
        setattr(row, name, field.to_python(value) if isinstance(field, Field) and not field.is_relation else value)


def decided(event_kind: str, *, row: Statement, actor: Any, day: date, restores: dict[str, Any], **facts: Any) -> Event:
    """Leave the event of a decision, with what to put back when it is undone."""
    return Event.objects.create(kind=event_kind, day=day, actor=actor, statement=row, restores=restores, **facts)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
