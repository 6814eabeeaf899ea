"""What every verb on a statement shares: the lock, who was first, and what to put back when it is undone.

Every function here runs inside the caller's transaction.
"""

from datetime import date
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext as _

from commitments.models import Event, Statement
from commitments.services import due
from commitments.services.errors import AlreadyJudgedError, ChangedMeanwhileError
from commitments.services.locking import show

__all__ = ["decided", "hold", "judged", "kept", "lock", "must_be_proposed", "put_back", "show", "version_of"]

State = Statement.State

# What a decision may change on a statement, and what undoing it puts back.
CHANGED_BY_PEOPLE = (
    "start", "end", "quote", "kind", "condition", "summary", "addressee_id", "origin", "state", "displaced",
    "rejected_because", "reviewed_by_id", "reviewed_at", "due_at", "doubts", *due.FIELDS,
)  # fmt: skip


def lock(statement: Statement) -> Statement:
    return Statement.objects.select_for_update(of=("self",)).select_related("speech", "commitment").get(pk=statement.pk)


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


def version_of(statement: Statement) -> int:
    """Return the number of the statement's newest event, 0 without any: whoever changes it makes it higher."""
    return statement.events.order_by("-pk").values_list("pk", flat=True).first() or 0


def hold(*, statement: Statement, seen: int) -> Statement:
    """Lock the statement for a decision about what somebody saw of it.

    seen: its version_of when it was shown. Raises ChangedMeanwhileError, which says who did what since.
    """
    row = lock(statement)
    since = row.events.filter(pk__gt=seen).select_related("actor").order_by("-pk").first()
    if since is not None:
        raise ChangedMeanwhileError(
            _("%(name)s was first: %(what)s. Nothing was overwritten; this is how it stands now.")
            % {"name": since.actor or _("The engine"), "what": since.get_kind_display()}
        )
    return row


def kept(row: Statement) -> dict[str, Any]:
    """Return what the row says now, as an event keeps it for undoing."""
    return {"fields": {name: _plain(getattr(row, name)) for name in CHANGED_BY_PEOPLE}}


def put_back(row: Statement, restores: dict[str, Any]) -> None:
    """Let the row say what was kept; unsaved."""
    for name, value in restores.get("fields", {}).items():
        field = Statement._meta.get_field(name.removesuffix("_id"))
        setattr(row, name, field.to_python(value) if isinstance(field, Field) and not field.is_relation else value)


def decided(event_kind: str, *, row: Statement, actor: Any, day: date, restores: dict[str, Any], **facts: Any) -> Event:
    """Leave the event of a decision, with what to put back when it is undone."""
    return Event.objects.create(kind=event_kind, day=day, actor=actor, statement=row, restores=restores, **facts)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
