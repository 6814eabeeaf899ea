"""Read deadlines from JSON lines, without a database."""

import io
import json
import sys
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand

from commitments.engine import calendars, deadlines
from commitments.engine.types import Expression


class Command(BaseCommand):
    help = (
        'Read JSON lines {"id", "sentence", "said_on"} from standard input; print for each '
        '{"id", "deadlines": [{"text", "start", "end", "due_start", "due_end", "precision", "modifier", "kind", '
        '"rule", "doubts"}]}.'
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        calendar = calendars.load()
        failed = False
        for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace")):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", errors=errors)
        for number, line in enumerate(sys.stdin, 1):
            if not line.strip():
                continue
            try:
                row = question(line.removeprefix("\ufeff"))
            except ValueError as error:
                failed = True
                self.stderr.write(f"line {number}: {error}")
                continue
            found = deadlines.read(row["sentence"], row["said_on"], calendar)
            answer = {"id": row["id"], "deadlines": [as_row(expression) for expression in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        if failed:
            sys.exit(1)


def question(line: str) -> dict[str, Any]:
    """One line of input; ValueError says in one sentence what is wrong with it."""
    try:
        row = json.loads(line)
    except RecursionError as error:
        raise ValueError("this is nested too deep to be a question.") from error
    except ValueError as error:
        raise ValueError(f"this is not JSON ({error}).") from error
    if not isinstance(row, dict) or not {"id", "sentence", "said_on"} <= row.keys():
        raise ValueError('give an object with "id", "sentence" and "said_on".')
    if not isinstance(row["sentence"], str):
        raise ValueError('"sentence" has to be text.')
    try:
        said_on = date.fromisoformat(row["said_on"])
    except (TypeError, ValueError) as error:
        raise ValueError(f'"said_on" has to be a date written as 2026-01-31, not {row["said_on"]!r}.') from error
    return {**row, "said_on": said_on}


def as_row(expression: Expression) -> dict[str, Any]:
    """An expression as it is printed: dates in ISO form, null where there is none."""
    return {
        "text": expression.text,
        "start": expression.start,
        "end": expression.end,
        "due_start": expression.due_start.isoformat() if expression.due_start else None,
        "due_end": expression.due_end.isoformat() if expression.due_end else None,
        "precision": expression.precision.value,
        "modifier": expression.modifier.value if expression.modifier else None,
        "kind": expression.kind.value,
        "rule": expression.rule,
        "doubts": list(expression.doubts),
    }
