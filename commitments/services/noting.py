"""What the watch finds is noted by the database itself: one statement writes the events of a million commitments."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connections, transaction
from django.db.models import DateField, Exists, Expression, F, Func, OuterRef, Subquery, UUIDField, Value
from django.db.models import fields as columns
from django.db.models.fields.json import JSONField
from django.utils import timezone

from commitments.models import Event
from commitments.querysets import CommitmentQuerySet

ONE_AT_A_TIME = 7_305_001  # the advisory lock of whoever notes, any number that nothing else takes


class _NewId(Func):
    """An id that the database makes up, as its rows keep it."""

    output_field = UUIDField()
    template = "lower(hex(randomblob(16)))"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="gen_random_uuid()", **context)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found and is to be noted. about: the day it is about, of each commitment."""

    rows: CommitmentQuerySet
    kind: str
    about: Expression | F | Subquery


def note_once(*found: Found, day: date) -> list[int]:
    """Write an event of its kind for each commitment found that has none about the same day; return how many are new.

    Two runs at once write one after the other, so that the second finds what the first wrote: much cheaper than to look
    for a conflict at each row. Takes one statement of the database for each kind and no memory, however many there are.
    """
    alias = found[0].rows.db
    with transaction.atomic(using=alias, savepoint=False), connections[alias].cursor() as cursor:
        if connections[alias].vendor == "postgresql":  # SQLite has one writer at a time as it is
            # Compiling the questions takes seconds, and saves none.
            cursor.execute("SELECT pg_advisory_xact_lock(%s), set_config('jit', 'off', true)", [ONE_AT_A_TIME])
        written = []
        for one in found:
            cursor.execute(*_insert(one, day))
            written.append(int(cursor.rowcount))
    return written


def _insert(found: Found, day: date) -> tuple[str, Any]:
    noted = Event.objects.filter(commitment=OuterRef("pk"), kind=found.kind, about_day=OuterRef("noted_about_day"))
    said = {
        "uid": _NewId(),
        "at": Value(timezone.now(), columns.DateTimeField()),
        "day": Value(day, DateField()),
        "kind": Value(found.kind, columns.CharField()),
        "commitment_id": F("pk"),
        "about_day": F("noted_about_day"),
        "before": Value({}, JSONField()),
        "after": Value({}, JSONField()),
    }
    # In order: so all is found before the first is written. A plan made for an empty table of events would else look
    # through what this very statement has written so far, for every further row.
    rows = (
        found.rows.order_by("pk")
        .annotate(noted_about_day=found.about)
        .filter(~Exists(noted))
        .annotate(**{f"noted_{name}": value for name, value in said.items() if name != "about_day"})
        .values_list(*(f"noted_{name}" for name in said))
    )
    select, parameters = rows.query.sql_with_params()
    quoted = connections[found.rows.db].ops.quote_name
    into = ", ".join(map(quoted, said))
    return f"INSERT INTO {quoted(Event._meta.db_table)} ({into}) {select}", parameters
