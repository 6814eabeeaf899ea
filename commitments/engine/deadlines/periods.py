"""Periods: what the words name, before anybody asks which days they are.

A period is built by the grammar out of the words alone; `at` turns it into days for a day of speaking. A period that
leaves its year open (`free`) has an answer in every year, and the resolver picks the right one.
"""

from dataclasses import dataclass
from datetime import date

from commitments.engine.calendars import Calendar, days
from commitments.engine.calendars.days import Span
from commitments.engine.types import Precision


class UnknownError(Exception):
    """The calendar holds no answer for this period."""


@dataclass(frozen=True, slots=True)
class World:
    """The day of speaking and the calendar."""

    day: int
    year: int
    month: int
    calendar: Calendar

    @classmethod
    def of(cls, said_on: date, calendar: Calendar) -> "World":
        return cls(said_on.toordinal(), said_on.year, said_on.month, calendar)


@dataclass(frozen=True)
class Period:
    """Base of all periods. family says of what sort it is; the operators look at it."""

    @property
    def free(self) -> bool:
        return False

    @property
    def family(self) -> str:
        return "period"

    @property
    def precision(self) -> Precision:
        return Precision.YEAR

    @property
    def rules(self) -> tuple[str, ...]:
        return ()

    def at(self, world: World, year: int) -> Span:
        """First and last day; year counts only for a free period. May raise UnknownError, ValueError."""
        raise NotImplementedError

    def doubts(self, world: World) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Year(Period):
    """A calendar year by its number, or the one `shift` years from now."""

    family = "year"

    number: int = 0
    shift: int | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        return ("year",) if self.shift is None else ("relative-unit",)

    def at(self, world: World, year: int) -> Span:
        number = self.number if self.shift is None else world.year + self.shift
        return days.ordinal(number, 1, 1), days.ordinal(number, 12, 31)


@dataclass(frozen=True)
class Yearly(Period):
    """What comes back every year: a month, a day of a month, a quarter, a half, an entry of the calendar.

    kind    month | day | quarter | half-year | entry
    value   month; month * 100 + day; number of the quarter or half
    year    the period that tells the year, None where it is left open
    """

    kind: str
    value: int = 0
    name: str = ""
    entry_family: str = ""
    year: Period | None = None
    day_of_week: int | None = None

    @property
    def free(self) -> bool:
        return self.year is None

    @property
    def family(self) -> str:
        return self.entry_family or self.kind

    @property
    def precision(self) -> Precision:
        if self.kind == "entry":
            return {"season": Precision.SEASON, "holiday": Precision.WEEK}.get(self.entry_family, Precision.DAY)
        return Precision(self.kind)

    @property
    def rules(self) -> tuple[str, ...]:
        name = self.entry_family if self.kind == "entry" else self.kind
        return (name, *self.year.rules) if self.year is not None else (name,)

    def at(self, world: World, year: int) -> Span:
        if self.year is None:
            return self._in_year(world, year)
        first, _ = self.year.at(world, year)
        year = date.fromordinal(first).year
        span = self._in_year(world, year)
        # a school year begins in one calendar year and ends in the next
        return self._in_year(world, year + 1) if span[1] < first else span

    def _in_year(self, world: World, year: int) -> Span:
        if self.kind == "month":
            return days.months(year, self.value, 1)
        if self.kind == "day":
            day = days.ordinal(year, self.value // 100, self.value % 100)
            return day, day
        if self.kind == "quarter":
            return days.months(year, 3 * self.value - 2, 3)
        if self.kind == "half-year":
            return days.months(year, 6 * self.value - 5, 6)
        span = world.calendar.entries[self.name].in_year(year)
        if span is None:
            raise UnknownError(self.name)
        return span

    def doubts(self, world: World) -> tuple[str, ...]:
        if self.day_of_week is None or self.year is None:
            return ()
        first, _ = self.at(world, world.year)
        return ("weekday-mismatch",) if days.weekday(first) != self.day_of_week else ()


@dataclass(frozen=True)
class Unit(Period):
    """A unit of the calendar seen from now: this, the next, the previous day, week, month, quarter, half-year."""

    rules = ("relative-unit",)

    unit: str = "week"
    shift: int = 0

    @property
    def family(self) -> str:
        return self.unit

    @property
    def precision(self) -> Precision:
        return Precision.DAY if self.unit == "weekend" else Precision(self.unit)

    def at(self, world: World, year: int) -> Span:
        return unit_around(world.day, self.unit, self.shift)


def unit_around(day: int, unit: str, shift: int = 0) -> Span:
    """The calendar unit that holds a day, moved by a number of units."""
    start = date.fromordinal(day)
    if unit == "day":
        return day + shift, day + shift
    if unit in ("week", "weekend"):
        monday = days.monday_of(day) + 7 * shift
        return (monday + 5, monday + 6) if unit == "weekend" else (monday, monday + 6)
    if unit == "year":
        return days.ordinal(start.year + shift, 1, 1), days.ordinal(start.year + shift, 12, 31)
    if unit == "decade":
        first = start.year - start.year % 10 + 10 * shift
        return days.ordinal(first, 1, 1), days.ordinal(first + 9, 12, 31)
    size = {"month": 1, "quarter": 3, "half-year": 6}[unit]
    month = start.month - (start.month - 1) % size + shift * size
    return days.months(start.year + (month - 1) // 12, (month - 1) % 12 + 1, size)


@dataclass(frozen=True)
class Weekday(Period):
    """A day of the week. mode: next (first after now), last, this (of this week, not before now), or week."""

    family = "weekday"
    precision = Precision.DAY

    number: int = 0
    mode: str = "open"
    week: Period | None = None
    later: int = 0

    @property
    def free(self) -> bool:
        return self.mode == "open" and self.week is None

    @property
    def rules(self) -> tuple[str, ...]:
        return ("weekday", *self.week.rules) if self.week is not None else ("weekday",)

    def at(self, world: World, year: int) -> Span:
        if self.week is not None:
            day = self.week.at(world, year)[0] + self.number
        elif self.mode == "last" or (self.mode == "open" and year < world.year):
            day = world.day - ((days.weekday(world.day) - self.number - 1) % 7 + 1)
        elif self.mode == "this":
            day = world.day + (self.number - days.weekday(world.day)) % 7
        else:
            day = world.day + ((self.number - days.weekday(world.day) - 1) % 7 + 1)
        day += self.later
        return day, day

    def doubts(self, world: World) -> tuple[str, ...]:
        if self.mode != "two":
            return ()
        first_after = world.day + ((self.number - days.weekday(world.day) - 1) % 7 + 1)
        return ("two-readings",) if self.at(world, 0)[0] != first_after else ()


@dataclass(frozen=True)
class Deictic(Period):
    """A day counted from now. later: a part of today that is still to come when it is named (vanavond)."""

    family = "deictic"
    precision = Precision.DAY

    shift: int = 0
    later: bool = False

    @property
    def rules(self) -> tuple[str, ...]:
        return ("later-today",) if self.later else ("deictic-day",)

    def at(self, world: World, year: int) -> Span:
        return world.day + self.shift, world.day + self.shift


@dataclass(frozen=True)
class Decade(Period):
    """De jaren negentig."""

    family = "decade"
    rules = ("decade",)

    first: int = 1990

    def at(self, world: World, year: int) -> Span:
        return days.ordinal(self.first, 1, 1), days.ordinal(self.first + 9, 12, 31)


@dataclass(frozen=True)
class WeekNumber(Period):
    """An ISO week by its number."""

    family = "week"
    precision = Precision.WEEK
    rules = ("week-number",)

    number: int = 1
    year: Period | None = None

    @property
    def free(self) -> bool:
        return self.year is None

    def at(self, world: World, year: int) -> Span:
        if self.year is not None:
            year = date.fromordinal(self.year.at(world, year)[0]).year
        monday = date.fromisocalendar(year, self.number, 1).toordinal()
        return monday, monday + 6
