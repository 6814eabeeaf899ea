"""A document turns out to be of another day: what was said in it was said that day, and its deadlines are read anew."""

from datetime import date
from typing import Any

from commitments.models import Commitment, Event, Statement
from commitments.services import due
from commitments.services.founding import rebuild
from commitments.services.merging import touched
from transcripts.models import Document


def redate(*, document: Document, day: date) -> list[Statement]:
    """Give the judged statements of a document its day, inside the caller's transaction; return those that changed.

    Words that the engine read are read again against the new day; days that a person gave stay as they are. What nobody
    judged is left to the engine, which reads the document again. Each change leaves an event, and the commitments say
    what their statements now say.
    """
    rows = Statement.objects.select_for_update().filter(speech__item__document=document).exclude(said_on=document.date)
    changed = [row for row in rows.select_related("speech").order_by("pk") if touched(row)]
    for row in changed:
        before = _told(row)
        row.said_on = document.date
        if row.due_text and row.due_rule != due.BY_HAND:
            expression = due.read(row.due_text, row.said_on)
            if expression is not None:
                for name, value in (due.fields_of(expression) | {"due_text": row.due_text}).items():
                    setattr(row, name, value)
        row.save()
        Event.objects.create(
            kind=Event.Kind.DEADLINE_CORRECTED,
            day=day,
            statement=row,
            commitment_id=row.commitment_id,
            before=before,
            after=_told(row),
        )
    for commitment in Commitment.objects.filter(statements__in=changed).distinct():
        rebuild(commitment=commitment)
    return changed


def _told(row: Statement) -> dict[str, Any]:
    return {"said_on": row.said_on.isoformat()} | due.told(row)
