"""Runs one statement on the database in use, as both indexes do."""

from collections.abc import Sequence
from typing import Any

from django.db import connection


def run(sql: str, values: Sequence[Any] = ()) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))


def ask(sql: str, values: Sequence[Any] = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return cursor.fetchall()
