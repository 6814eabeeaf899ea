"""The deadline as it goes from an expression to a statement, and from the statements to their commitment."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines import explicit
from commitments.engine.types import Expression, ExpressionKind
from commitments.models import Commitment, DeadlineFields, Statement
from commitments.services.errors import DeadlineNotReadError

FIELDS = ("due_text", "due_start", "due_end", "due_precision", "due_modifier", "due_rule")
BY_HAND = "hand"  # due_rule of days a person gave
Said = TypeVar("Said", bound=DeadlineFields)
TRACKABLE = (ExpressionKind.DEADLINE, ExpressionKind.VAGUE)


def fields_of(expression: Expression | None) -> dict[str, Any]:
    """Return the deadline columns for an expression; empty ones where there is none."""
    if expression is None:
        return {"due_text": "", "due_start": None, "due_end": None} | dict.fromkeys(FIELDS[3:], "")
    dated = expression.kind is ExpressionKind.DEADLINE
    return {
        "due_text": expression.text[:300],
        "due_start": expression.due_start if dated else None,
        "due_end": expression.due_end if dated else None,
        "due_precision": expression.precision.value,
        "due_modifier": expression.modifier.value if expression.modifier else "",
        "due_rule": expression.rule[:200],
    }


def read(words: str, said_on: date) -> Expression | None:
    """Return the first deadline, dated or vague, in words said on a day; None where they name none."""
    found = deadlines.read(words, said_on, calendars.load())
    return next((one for one in found if one.kind in TRACKABLE), None)


def given(words: str, said_on: date, start: date | None = None, end: date | None = None) -> dict[str, Any]:
    """Return the deadline columns for what a person gave.

    Days that are given count. Words alone are read against the day they were said. Neither: no deadline was spoken.
    Raises DeadlineNotReadError.
    """
    words = " ".join(words.split())
    if start is None and end is None:
        if not words:
            return fields_of(None)
        expression = read(words, said_on)
        whole = expression is not None and expression.text.strip() == words
        # A day typed in another notation or language; a reading of only a part of it would miss the day.
        typed = None if whole else explicit.read_date(words)
        if expression is not None and typed is None:
            return fields_of(expression) | {"due_text": words[:300]}
        if typed is None:
            raise DeadlineNotReadError(_("No date can be read in these words. Give the days as well."))
        start = end = typed
    if start is not None and end is not None and start > end:
        raise DeadlineNotReadError(_("The last day lies before the first."))
    return {
        "due_text": words[:300],
        "due_start": start,
        "due_end": end,
        "due_precision": "day" if start == end else "",
        "due_modifier": "",
        "due_rule": BY_HAND,
    }


def place_of_words(row: Statement) -> list[int]:
    """Return [start, end] of the deadline's words in the speech, the place nearest to the statement; else nothing."""
    text, words = row.speech.text, row.due_text
    if not words:
        return []
    places = [at for at in (text.find(words, row.start), text.rfind(words, 0, row.end)) if at >= 0]
    at = min(places, key=lambda place: abs(place - row.start), default=None)
    return [] if at is None else [at, at + len(words)]


def copy_of(row: DeadlineFields) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIELDS}


def told(row: DeadlineFields) -> dict[str, str | None]:
    """Return the deadline as an event keeps it: words and ISO days."""
    return {
        "due_text": row.due_text,
        "due_start": row.due_start.isoformat() if row.due_start else None,
        "due_end": row.due_end.isoformat() if row.due_end else None,
    }


def governing(said: Sequence[Said]) -> Said | None:
    """Return the one whose deadline counts, of what was said of a promise, in the order it was said.

    The latest with a last day: a vague word afterwards ("soon") takes no date back. Without any, the latest that
    names a deadline at all.
    """
    dated = [one for one in said if one.due_end is not None]
    named = dated or [one for one in said if one.due_text or one.due_start]
    return named[-1] if named else None


def check_day(*, said_on: date, due_start: date | None, due_end: date | None) -> date | None:
    """Return the day to ask about a promise without a last day: some months after it was said, not before its start."""
    if due_end is not None:
        return None
    day = add_months(said_on, settings.CHECK_AFTER_MONTHS)
    return max(day, due_start) if due_start else day


def condition_day(condition: str, said_on: date) -> date | None:
    """Return the last day that a condition names ("as the decree is passed before July"), or None."""
    found = read(condition, said_on) if condition else None
    day = found.due_end or found.due_start if found and found.kind is ExpressionKind.DEADLINE else None
    return day if day and day > said_on else None


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def as_if_accepted(statement: Statement) -> Commitment:
    """Return the commitment, unsaved, that a proposed statement would be: to say how it would stand on a day."""
    return Commitment(
        title=statement.summary or statement.quote[:200],
        said_on=statement.said_on,
        check_on=check_day(said_on=statement.said_on, due_start=statement.due_start, due_end=statement.due_end),
        **copy_of(statement),
    )
