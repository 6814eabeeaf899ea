"""The triggers that write a FeedChange for each row of the feed that a change touches, for both databases.

They are taken away before migrations run and made again after them: SQLite makes a table anew for each change of it,
and PostgreSQL changes no column that a trigger names.
"""

from collections.abc import Iterator
from typing import Any

from commitments.changes.watched import WATCHED, Watched

PREFIX = "feed_"
TABLE = "commitments_feedchange"
INTO = f"INSERT INTO {TABLE} (kind, object_id)"
EVENTS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def make(connection: Any) -> None:
    """Make the triggers, in place of those that are there."""
    drop(connection)
    with connection.cursor() as cursor:
        for one in WATCHED:
            for event in ("insert", "update", "delete") if one.comes else ("update",):
                for statement in _statements(connection, one, event):
                    cursor.execute(statement)


def drop(connection: Any) -> None:
    """Take all of them away, those of an earlier table of WATCHED too."""
    postgres = connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        if postgres:
            found = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, %s)"
            cursor.execute(found, [PREFIX])
            for name, table in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name} ON {table}")
                cursor.execute(f"DROP FUNCTION IF EXISTS {name}()")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND instr(name, %s) = 1", [PREFIX])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")


def fit(apps: Any) -> bool:
    """Tell whether the tables of these apps have all columns that are watched: migrations can be taken back."""
    columns = {
        model._meta.db_table: {field.column for field in model._meta.concrete_fields} for model in apps.get_models()
    }
    return TABLE in columns and all(columns.get(one.table, set()).issuperset(one.columns) for one in WATCHED)


def _statements(connection: Any, one: Watched, event: str) -> Iterator[str]:
    quoted = connection.ops.quote_name
    name = f"{PREFIX}{one.kind}_{one.table}_{event}"
    postgres = connection.vendor == "postgresql"
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    columns = [quoted(column) for column in one.columns]
    head = f"AFTER {event.upper()}"
    only = " OR ".join(one.only.format(row=row) for row in EVENTS[event]) if one.only else ""
    changed = ""
    if event == "update":
        head += f" OF {', '.join(columns)}"
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
    conditions = " AND ".join(f"({part})" for part in (only, changed) if part)
    head += f" ON {quoted(one.table)} FOR EACH ROW" + (f" WHEN ({conditions})" if conditions else "")
    union = " UNION ".join(f"SELECT found.* FROM ({one.keys.format(row=row)}) AS found" for row in EVENTS[event])  # noqa: S608
    write = f"{INTO} SELECT '{one.kind}', keys.* FROM ({union}) AS keys;"  # noqa: S608 - all of it is ours
    if postgres:
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_typed(write)} RETURN NULL; END $$"
        )
        yield f"CREATE TRIGGER {name} {head} EXECUTE FUNCTION {name}()"
    else:
        yield f"CREATE TRIGGER {name} {head} BEGIN {write} END"


def _typed(sql: str) -> str:
    """Say of what type a missing key is: PostgreSQL takes it for text."""
    return sql.replace("SELECT NULL", "SELECT NULL::bigint")
