"""Periods made out of periods: a part of one, the nth of one, what is left of one, from one to another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.periods import Period, UnknownError, World, Year, Yearly
from commitments.engine.deadlines.terms import OtherYear
from commitments.engine.types import Precision

THIRD = {"begin": 0, "start": 0, "middle": 1, "half": 1, "end": 2}


@dataclass(frozen=True)
class Inside(Period):
    """Base of what is made of another period: as that one, where it says nothing else.

    named  the rule that made it, told before those of the other
    """

    named = ""

    of: Period

    @property
    def free(self) -> bool:
        return self.of.free

    @property
    def family(self) -> str:
        return self.of.family

    @property
    def precision(self) -> Precision:
        return self.of.precision

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.named, *self.of.rules)


@dataclass(frozen=True)
class Part(Inside):
    """Begin, middle, half or end of a period.

    loose: of `het jaar` or `het schooljaar` without more, which is this one or the next.
    """

    family = "part"

    part: str = "begin"
    loose: bool = False

    @property
    def free(self) -> bool:
        return self.loose or self.of.free

    @property
    def precision(self) -> Precision:
        return Precision.DAY if self.part == "half" and self.of.family == "month" else self.of.precision

    @property
    def rules(self) -> tuple[str, ...]:
        if self.part == "half" and self.of.family == "month":
            return ("mid-month", *self.of.rules)
        return ("part", *self.of.rules)

    def at(self, world: World, year: int) -> Span:
        of = self.of
        if self.loose and isinstance(of, Year | OtherYear):
            of = replace(of, shift=year - world.year)
        return part_of(of.at(world, year), self.part, self.of.family, world)


def part_of(span: Span, part: str, family: str, world: World) -> Span:
    """A third of a period: whole months of a year, quarter or half-year; days 1-10, 11-20, 21-end of a month;
    Monday-Tuesday, Wednesday-Thursday, Friday-Sunday of a week; a legislature's first year, and its end from now on."""
    first, last = span
    third = THIRD[part]
    if family == "month":
        if part == "half":
            return first + 14, first + 14
        return (first, first + 9) if third == 0 else (first + 10, first + 19) if third == 1 else (first + 20, last)
    if family == "week":
        return (first, first + 1) if third == 0 else (first + 2, first + 3) if third == 1 else (first + 4, last)
    if family in ("legislature", "local-term"):
        if third == 0:
            return first, days.add_months(first, 12) - 1
        if third == 2:
            return (world.day, last) if first <= world.day <= last else (days.add_months(last, -12) + 1, last)
    months = whole_months(span)
    if months and months % 3 == 0:
        size = months // 3
        start = date.fromordinal(first)
        return days.months(start.year, start.month + third * size, size)
    length = last - first + 1
    cuts = [first + round(length * n / 3) for n in range(4)]
    if length < 3:
        return span
    return cuts[third], cuts[third + 1] - 1


def whole_months(span: Span) -> int:
    """How many whole months a span holds; 0 where it does not begin and end with a month."""
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1])
    if first.day != 1 or span[1] != days.month_end(last.year, last.month):
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


@dataclass(frozen=True)
class Half(Inside):
    """The first or second half of a period."""

    named = "half"

    number: int = 1

    @property
    def family(self) -> str:
        return "half-year" if self.of.family in ("year", "other-year") else "part"

    @property
    def precision(self) -> Precision:
        return Precision.HALF_YEAR if self.of.family in ("year", "other-year") else self.of.precision

    def at(self, world: World, year: int) -> Span:
        first, last = self.of.at(world, year)
        months = whole_months((first, last))
        if self.of.family == "month":
            middle = first + 15
        elif months and months % 2 == 0:
            middle = days.add_months(first, months // 2)
        else:
            middle = first + (last - first + 2) // 2
        return (first, middle - 1) if self.number == 1 else (middle, last)


@dataclass(frozen=True)
class Rest(Inside):
    """What is left of a period from now on."""

    family = "rest"
    named = "rest"

    def at(self, world: World, year: int) -> Span:
        first, last = self.of.at(world, year)
        return (world.day, last) if first <= world.day <= last else (first, last)


@dataclass(frozen=True)
class Nth(Inside):
    """The nth day, week, weekday, month, quarter, half-year or year of a period, or `count` of them; -1 is the last."""

    named = "nth-unit"

    unit: str = "week"
    number: int = 1
    count: int = 1
    day_of_week: int | None = None

    @property
    def family(self) -> str:
        return "weekday" if self.day_of_week is not None else self.unit

    @property
    def precision(self) -> Precision:
        return Precision.DAY if self.day_of_week is not None or self.unit == "weekend" else Precision(self.unit)

    def at(self, world: World, year: int) -> Span:
        span = self.of.at(world, year)
        first = self._one(span, self.number, front=True)
        last = self._one(span, self.number + (self.count - 1 if self.number > 0 else 0), front=False)
        if self.number < 0 and self.count > 1:
            first = self._one(span, -self.count, front=True)
        return first[0], last[1]

    def _one(self, span: Span, number: int, *, front: bool) -> Span:
        first, last = span
        if self.day_of_week is not None:
            if number < 0:
                day = last - (days.weekday(last) - self.day_of_week) % 7 + 7 * (number + 1)
            else:
                day = first + (self.day_of_week - days.weekday(first)) % 7 + 7 * (number - 1)
            return day, day
        if self.unit == "day":
            day = last + number + 1 if number < 0 else first + number - 1
            return day, day
        if self.unit in ("week", "weekend"):
            # the first week is the one whose Thursday lies in the period
            thursday = last - (days.weekday(last) - 3) % 7 if number < 0 else first + (3 - days.weekday(first)) % 7
            thursday += 7 * (number + 1 if number < 0 else number - 1)
            monday = thursday - 3
            return (monday + 5, monday + 6) if self.unit == "weekend" else (monday, monday + 6)
        size = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[self.unit]
        if number < 0:
            end = days.add_months(last + 1, size * (number + 1)) - 1
            return days.add_months(last + 1, size * number), end
        start = days.add_months(first, size * (number - 1))
        return start, days.add_months(first, size * number) - 1


@dataclass(frozen=True)
class NightTo(Inside):
    """The night from the day before to a day."""

    family = "day"
    precision = Precision.DAY
    named = "night"

    def at(self, world: World, year: int) -> Span:
        first, last = self.of.at(world, year)
        return first - 1, last


@dataclass(frozen=True)
class Through(Period):
    """From one period to another, both included. A year told at one end holds for the other."""

    first: Period
    last: Period

    @property
    def free(self) -> bool:
        return self.first.free and self.last.free

    @property
    def family(self) -> str:
        return self.last.family

    @property
    def precision(self) -> Precision:
        return self.last.precision

    @property
    def rules(self) -> tuple[str, ...]:
        first, last = self.first.rules, self.last.rules  # asked once: a list is a range in a range in a range
        return ("range", *first, *(() if first == last else last))

    def at(self, world: World, year: int) -> Span:
        if self.first.free and not self.last.free:
            end = self.last.at(world, year)
            start = self.first.at(world, date.fromordinal(end[0]).year)
            if start[0] > end[1]:
                start = self.first.at(world, date.fromordinal(end[0]).year - 1)
            return start[0], end[1]
        start = self.first.at(world, year)
        if not self.last.free:
            end = self.last.at(world, year)
        else:
            base = date.fromordinal(start[0]).year
            end = self.last.at(world, base)
            if end[1] < start[0]:
                end = self.last.at(world, base + 1)
        return min(start[0], end[0]), max(start[1], end[1])


@dataclass(frozen=True)
class From(Period):
    """From now to the end of a period (`tussen nu en de zomer`)."""

    last: Period

    @property
    def free(self) -> bool:
        return self.last.free

    @property
    def family(self) -> str:
        return self.last.family

    @property
    def precision(self) -> Precision:
        return self.last.precision

    @property
    def rules(self) -> tuple[str, ...]:
        return ("range", *self.last.rules)

    def at(self, world: World, year: int) -> Span:
        _, last = self.last.at(world, year)
        return min(world.day, last), last


# Elections are up to six years apart; nothing that comes back every year lasts longer than the next year's end.
YEARS_AROUND, YEARS_BACK = 6, 2


def spans_in(period: Period, world: World, years: Iterable[int]) -> Iterator[Span]:
    """The days of a period that leaves its year open, in each of some years for which there is an answer."""
    for year in years:
        if 1 <= year <= 9999:
            try:
                yield period.at(world, year)
            except (UnknownError, ValueError, OverflowError):
                continue


def spans_ahead(period: Period, world: World) -> Iterator[Span]:
    """All that can hold now or come after it, the earliest first."""
    return spans_in(period, world, range(world.year - YEARS_BACK, world.year + YEARS_AROUND + 1))


def spans_back(period: Period, world: World) -> Iterator[Span]:
    """All that can hold now or come before it, the latest first."""
    return spans_in(period, world, range(world.year + 1, world.year - YEARS_AROUND - 1, -1))


@dataclass(frozen=True)
class Soonest(Inside):
    """Komende X, volgende X, vorige X: the first that begins after now, or the last that is over."""

    free = False
    named = "relative-unit"

    forward: bool = True

    def at(self, world: World, year: int) -> Span:
        if self.forward:
            span = next((span for span in spans_ahead(self.of, world) if span[0] > world.day), None)
        else:
            span = next((span for span in spans_back(self.of, world) if span[1] < world.day), None)
        if span is None:
            raise UnknownError(self.of)
        return span


@dataclass(frozen=True)
class InThisYear(Inside):
    """Dit najaar, deze zomer: of the calendar year of now; of the winter, the nearest."""

    free = False
    named = "relative-unit"

    def at(self, world: World, year: int) -> Span:
        span = self.of.at(world, world.year)
        if date.fromordinal(span[1]).year == world.year or world.year == 1:
            return span
        before = self.of.at(world, world.year - 1)
        return before if world.day - before[1] < span[0] - world.day else span


@dataclass(frozen=True)
class ElectionOn(Inside):
    """De verkiezingen van 9 juni 2024: the day that is told."""

    family = "day"
    named = "election"

    def at(self, world: World, year: int) -> Span:
        return self.of.at(world, year)


def with_year(period: Period, year: Period) -> Period | None:
    """A month, day, season or a part of one in a year that is told elsewhere; None where that makes no sense."""
    if isinstance(period, Yearly):
        return replace(period, year=year) if period.free else None
    if isinstance(period, Part | Half | Nth):
        inner = with_year(period.of, year)
        return replace(period, of=inner) if inner else None
    return None
