"""Two promises in one proposal become two statements."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Event, Statement
from commitments.services import due
from commitments.services.editing import TOLD, stand_at
from commitments.services.errors import NotHereError
from commitments.services.finding import Place
from commitments.services.judging import decided, kept, lock, must_be_proposed, show
from tracker.clock import now


@transaction.atomic
def split(*, statement: Statement, first: Place, second: Place, actor: Any, day: date) -> tuple[Statement, Statement]:
    """Split a proposed statement in two, both proposed; return them in the order of the text.

    1. The statement keeps what it is, at the words of the first place; another one is made at the second.
    2. The deadline goes with its words; a part without them gets the one spoken in it, if any.

    first, second: [start, end) in the speech; the first begins before the second and they share no character.
    Raises AlreadyJudgedError and NotHereError.
    """
    row = lock(statement)
    must_be_proposed(row)
    if not first[0] < first[1] <= second[0] < second[1]:
        raise NotHereError(_("The two parts have to follow each other and may not overlap."))
    restores, before = kept(row), {"quote": row.quote[:TOLD], "place": [row.start, row.end]} | due.told(row)
    deadline = due.copy_of(row) | {"due_at": row.due_at, "doubts": row.doubts}
    # The words of the whole are the engine's reason for one proposal: they are not counted twice.
    other = Statement(
        speech=row.speech,
        said_on=row.said_on,
        register=row.register,
        kind=row.kind,
        addressee_id=row.addressee_id,
        origin=Statement.Origin.HAND,
    )
    stand_at(row, first)
    stand_at(other, second)
    holder = other if row.due_at and second[0] <= row.due_at[0] < second[1] else row
    for part in (row, other):
        for name, value in (deadline if part is holder else due.fields_of(due.read(part.quote, part.said_on))).items():
            setattr(part, name, value)
        if part is not holder:
            part.due_at, part.doubts = due.place_of_words(part), []
        part.summary = part.quote[:200]
        part.reviewed_by, part.reviewed_at = actor, now()
        part.save()
    parts = (row, other)
    decided(
        Event.Kind.SPLIT,
        row=row,
        actor=actor,
        day=day,
        restores=restores | {"made": [other.pk]},
        before=before,
        after={"quote": row.quote[:TOLD], "parts": [str(part.uid) for part in parts]} | due.told(row),
    )
    Event.objects.create(
        kind=Event.Kind.SPLIT,
        day=day,
        actor=actor,
        statement=other,
        after={"quote": other.quote[:TOLD], "split_from": str(row.uid)} | due.told(other),
    )
    show(statement, row)
    return parts
