"""Many rows at once: each its own values, in one prepared statement."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connections, models, router

BATCH = 500  # rows made in one statement


def insert_rows(model: Any, rows: Iterable[Mapping[str, Any]]) -> None:
    """Make rows of a model from the values of their fields; a field left out has its default. Gives back no rows.

    What bulk_create does, for tens of thousands of rows that nobody has to hold.
    """
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [field for field in model._meta.concrete_fields if not field.primary_key]
    quote = connection.ops.quote_name
    table, columns = quote(model._meta.db_table), ", ".join(quote(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))

    def stored(field: Any, row: Mapping[str, Any]) -> Any:
        value = row[field.name] if field.name in row else field.get_default()
        value = value.pk if isinstance(value, models.Model) else value
        return field.get_db_prep_save(value, connection)

    values = [[stored(field, row) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608 (names of columns)


def update_rows(rows: Sequence[models.Model], columns: Iterable[str]) -> None:
    """Write `columns` of rows of one model, each row its own. What bulk_update does, for tens of thousands of rows."""
    if not rows:
        return
    model: Any = type(rows[0])
    connection = connections[router.db_for_write(model)]
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    quote = connection.ops.quote_name
    to_set = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    table, key = quote(model._meta.db_table), quote(model._meta.pk.column)
    values = [
        (*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk) for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {to_set} WHERE {key} = %s", values)  # noqa: S608 (names of columns)


def fill(row: models.Model, fields: Mapping[str, Any]) -> bool:
    """Give a row the values of `fields`; tell whether it had others. A related row is compared by its id."""
    changed = False
    for name, value in fields.items():
        here, there = name, value
        if isinstance(value, models.Model) or (value is None and row._meta.get_field(name).is_relation):
            here, there = f"{name}_id", value.pk if value is not None else None
        changed = changed or getattr(row, here) != there
        setattr(row, name, value)
    return changed
