"""Calendar weeks told by what lies in them or beside them."""

from dataclasses import dataclass

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.composed import Inside
from commitments.engine.deadlines.periods import World
from commitments.engine.types import Precision


@dataclass(frozen=True)
class WeekOf(Inside):
    """The ISO week that holds a day, or the weekend of that week."""

    named = "week-of"

    weekend: bool = False

    @property
    def family(self) -> str:
        return "weekend" if self.weekend else "week"

    @property
    def precision(self) -> Precision:
        return Precision.DAY if self.weekend else Precision.WEEK

    def at(self, world: World, year: int) -> Span:
        first, last = self.of.at(world, year)
        return days.monday_of(first) + (5 if self.weekend else 0), days.monday_of(last) + 6


@dataclass(frozen=True)
class WeekBeside(Inside):
    """The ISO week before that in which something begins (shift -1), or after it (1): behind a longer time the one in
    which the day after it lies.
    """

    family = "week"
    precision = Precision.WEEK
    named = "week-of"

    shift: int = 1

    def at(self, world: World, year: int) -> Span:
        first, last = self.of.at(world, year)
        beside = first - 7 if self.shift < 0 else first + 7 if first == last else last + 1
        monday = days.monday_of(beside)
        return monday, monday + 6
