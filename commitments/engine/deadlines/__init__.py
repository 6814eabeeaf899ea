"""When: every way in which a minister says a date, read as an interval.

`read(text, said_on, calendar)` finds all time expressions of a text, in order, none over another. What is no deadline
(the past, a duration, a frequency, a name) comes out too, as what it is.
"""

from datetime import date

from commitments.engine.calendars import Calendar
from commitments.engine.deadlines.asking import Times
from commitments.engine.deadlines.explain import Told, explain
from commitments.engine.deadlines.reading import reader
from commitments.engine.deadlines.rules import reasons, why
from commitments.engine.types import Expression

__all__ = ["Times", "Told", "explain", "forget", "prepare", "read", "reasons", "times", "why"]


def prepare(calendar: Calendar) -> None:
    """Read the words of a calendar now, which else waits for the first text."""
    reader(calendar)


def read(text: str, said_on: date, calendar: Calendar) -> list[Expression]:
    """All time expressions of a text, said or written on a day: any text, any day, in time linear in its length."""
    return reader(calendar).read(text, said_on)


def times(text: str, said_on: date, calendar: Calendar) -> Times:
    """The same expressions as `read` finds, for who needs those of some sentences only."""
    return Times(reader(calendar), text, said_on)


def forget(calendar: Calendar) -> None:
    """Drop what is remembered of the texts read so far: the next reading is a first one."""
    reader(calendar).forget()
