"""Orders in which a list is walked by keys: every step is found through an index, the last as fast as the first.

A step is told by the values of the row it begins after, not by a number of rows. So what is added or taken away
meanwhile neither repeats nor skips a row.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError as NotThatKind
from django.db.models import BooleanField, Expression, F, Field, Func, Model, QuerySet, Value
from django.db.models.functions import Coalesce

PK = "pk"
LONGEST = 4000  # characters of a cursor: a few values, none of them long


class BadCursorError(ValueError):
    """A cursor that this list did not give out."""


@dataclass(frozen=True, slots=True)
class Key:
    """One column of an order. null_as: what an empty one counts as, so that every row has a place (date.max: last).

    An index serves the order where it is on the same expressions, `Coalesce(field, null_as)` among them.
    """

    field: str
    null_as: date | str | float | None = None

    def column(self) -> Expression | F:
        return F(self.field) if self.null_as is None else Coalesce(self.field, Value(self.null_as))

    def read(self, model: type[Model], value: Any) -> Any:
        """Return a value of a cursor as this column holds it. Raises BadCursorError."""
        try:
            field = _field(model, self.field)
            found = field.to_python(value)
            field.run_validators(found)
        except (NotThatKind, TypeError, ValueError, OverflowError) as error:
            raise BadCursorError from error
        if found is None:
            raise BadCursorError
        return found


class _Beyond(Func):
    """Whether a row of columns comes after (sign ">") or before ("<") a row of values.

    Where the columns are of several tables no index is on all of them: the first one is then said by itself, so that
    the index on it leads to the place.
    """

    output_field = BooleanField()

    def __init__(self, columns: Sequence[Expression | F], values: Sequence[Value], sign: str, *, joined: bool) -> None:
        super().__init__(*columns, *values)
        self.sign, self.joined = sign, joined

    def as_sql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, list]:  # type: ignore[override]
        parts = [compiler.compile(one) for one in self.get_source_expressions()]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        beyond, values = f"({left}) {self.sign} ({right})", [value for _, some in parts for value in some]
        if not self.joined:
            return beyond, values
        (first, of_first), (least, of_least) = parts[0], parts[half]
        return f"({first} {self.sign}= {least} AND {beyond})", [*of_first, *of_least, *values]


@dataclass(frozen=True, slots=True)
class Order:
    """The columns of an order, all upwards or all downwards; the primary key is added, so that no rows are equal."""

    keys: tuple[Key, ...]
    downwards: bool = False

    @classmethod
    def by(cls, *fields: str | Key, downwards: bool = False) -> "Order":
        return cls(tuple(Key(one) if isinstance(one, str) else one for one in fields), downwards)

    @property
    def all_keys(self) -> tuple[Key, ...]:
        return (*self.keys, Key(PK))

    def sort(self, rows: QuerySet, *, backwards: bool = False) -> QuerySet:
        down = self.downwards != backwards
        columns = [key.column() for key in self.all_keys]
        return rows.order_by(*(one.desc() if down else one.asc() for one in columns))

    def beyond(self, rows: QuerySet, place: Sequence[Any], *, backwards: bool = False) -> QuerySet:
        """Return the rows after a place (the values of one row), or before it, in this order. Raises BadCursorError."""
        keys = self.all_keys
        if len(place) != len(keys):
            raise BadCursorError
        model = rows.model
        values = [
            Value(key.read(model, value), output_field=_field(model, key.field))
            for key, value in zip(keys, place, strict=True)
        ]
        sign = "<" if self.downwards != backwards else ">"
        joined = any("__" in key.field for key in keys)
        beyond = _Beyond([key.column() for key in keys], values, sign, joined=joined)
        return self.sort(rows.filter(beyond), backwards=backwards)

    def places(
        self, rows: QuerySet, number: int, more: Sequence[Any] = (), *, backwards: bool = False
    ) -> list[tuple[Any, ...]]:
        """Return the first so many rows: their places (values of the order, the primary key last) and `more` columns.

        What more is told is joined to the rows that were found, so that finding them stays a walk along an index.
        """
        found = rows[:number]
        if more:
            found = self.sort(rows.model._default_manager.filter(pk__in=found.values(PK)), backwards=backwards)
        return list(found.values_list(*(key.column() for key in self.keys), PK, *more))


def write_cursor(*parts: Any) -> str:
    """Return values as a word for an address; days as ISO days."""
    text = json.dumps(parts, default=str, separators=(",", ":"), ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


def read_cursor(cursor: str) -> list[Any]:
    """Return what write_cursor was given, days as text. Raises BadCursorError."""
    try:
        if len(cursor) > LONGEST:
            raise BadCursorError
        raw = base64.b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        parts = json.loads(raw)
    except (binascii.Error, ValueError, RecursionError) as error:
        raise BadCursorError from error
    if not isinstance(parts, list) or any(isinstance(one, str) and "\x00" in one for one in parts):
        raise BadCursorError  # no database holds that character
    return parts


def _field(model: type[Model], path: str) -> Field:
    field: Any = None
    at: Any = model
    for name in path.split("__"):
        field = at._meta.pk if name == PK else at._meta.get_field(name)
        at = field.related_model
    return field
