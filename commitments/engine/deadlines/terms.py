"""Periods that the calendar tables know: terms of parliament and councils, election days, school and sitting years."""

from dataclasses import dataclass

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.periods import Period, UnknownError, World
from commitments.engine.types import Precision


@dataclass(frozen=True)
class Legislature(Period):
    """A term of the Flemish Parliament (or of the municipal councils), by its place or by the year it begins.

    years: the first year told, and the span of the years for a term that is not in the calendar.
    """

    precision = Precision.LEGISLATURE

    shift: int = 0
    local: bool = False
    years: tuple[int, Period] | None = None

    @property
    def family(self) -> str:
        return "local-term" if self.local else "legislature"

    @property
    def rules(self) -> tuple[str, ...]:
        return (self.family,)

    def at(self, world: World, year: int) -> Span:
        if self.local:
            return world.calendar.local.term(world.day, self.shift)
        if self.years is not None:
            term = world.calendar.term_of_years(self.years[0])
            if term is None:
                return self.years[1].at(world, year)
        else:
            term = world.calendar.term(world.day, self.shift)
        if term is None:
            raise UnknownError("legislature")
        return term.start, term.end

    def doubts(self, world: World) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Election(Period):
    """An election day: the next, the previous, or the one of a year."""

    family = "election"
    precision = Precision.DAY
    rules = ("election",)

    local: bool = False
    year: Period | None = None

    @property
    def free(self) -> bool:
        return self.year is None

    def at(self, world: World, year: int) -> Span:
        if self.year is not None:
            first, last = self.year.at(world, year)
        else:
            first, last = days.ordinal(year, 1, 1), days.ordinal(year, 12, 31)
        if self.local:
            day = world.calendar.local.election(first)
            if day <= last:
                return day, day
        for day in () if self.local else world.calendar.elections():
            if first <= day <= last:
                return day, day
        raise UnknownError("election")


@dataclass(frozen=True)
class OtherYear(Period):
    """A school year, working year or sitting year: seen from now (shift) or by the year it begins."""

    family = "other-year"

    name: str = "schooljaar"
    shift: int = 0
    number: int | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        return ("sitting-year",) if self.name == "zittingsjaar" else ("school-year",)

    def at(self, world: World, year: int) -> Span:
        kind = world.calendar.other_years[self.name]
        number = self.number
        if number is None:
            begins = kind.begins(world.year)
            if begins is None:
                raise UnknownError(self.name)
            number = world.year + self.shift - (world.day < begins)
        first, after = kind.begins(number), kind.begins(number + 1)
        if first is None or after is None:
            raise UnknownError(self.name)
        return first, after - 1
