"""A month as a calendar on the wall: its weeks, and what falls on each day. Pure: rows are handed in, no clock."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from commitments.engine.calendars import Calendar
from commitments.engine.calendars.answers import OralTerm
from commitments.showing.months import last_of, month_of, months_from

FIRST_YEAR, LAST_YEAR = 1980, 2199


@dataclass(slots=True)
class Day:
    """meetings, due: the rows of this day; more: how many are due beside those. free: why nobody sits, in Dutch."""

    date: date
    in_month: bool
    is_today: bool = False
    free: str = ""
    meetings: list[Any] = field(default_factory=list)
    due: list[Any] = field(default_factory=list)
    more: int = 0

    @property
    def is_empty(self) -> bool:
        return not (self.meetings or self.due)


@dataclass(frozen=True, slots=True)
class MonthView:
    first: date
    weeks: list[list[Day]]

    @property
    def last(self) -> date:
        return last_of(self.first)

    @property
    def has_any(self) -> bool:
        return any(not day.is_empty for day in self.days)

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day.in_month]

    @property
    def before(self) -> date | None:
        return _bounded(months_from(self.first, -1))

    @property
    def after(self) -> date | None:
        return _bounded(months_from(self.first, 2)[1:])


def read_month(text: str, day: date) -> date:
    """Return the first day of the month that an address names (2026-03); of the month of `day` where it names none."""
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        return month_of(day)
    return asked if FIRST_YEAR <= asked.year <= LAST_YEAR else month_of(day)


def month_view(
    first: date, today: date, *, due: Iterable[tuple[date, Any, int]], meetings: Iterable[tuple[date, Any]],
    free: Callable[[date], str],
) -> MonthView:  # fmt: skip
    """Lay out the month that begins on `first` in whole weeks, from Monday on.

    due: the day, the row, and how many there are on that day, of whom not all need be handed in.
    """
    monday = first - timedelta(days=first.weekday())
    last = last_of(first)
    days = [monday + timedelta(days=at) for at in range((last - monday).days + 7 - last.weekday())]
    cells = {day: Day(day, month_of(day) == first, day == today, free(day)) for day in days}
    for day, row, number in due:
        cells[day].due.append(row)
        cells[day].more = number
    for cell in cells.values():
        cell.more = max(0, cell.more - len(cell.due))
    for day, row in meetings:
        cells[day].meetings.append(row)
    return MonthView(first, [[cells[day] for day in days[at : at + 7]] for at in range(0, len(days), 7)])


def free_days(calendar: Calendar, term: OralTerm, years: Sequence[int]) -> Callable[[date], str]:
    """Return what tells of a day why no committee meets on it: the recess or the holiday, by its usual name."""
    names = [*term.holidays, term.summer, *term.recess]
    spans = []
    for name in names:
        entry = calendar.entries[name]
        for year in years:
            span = entry.in_year(year)
            if span is not None:
                spans.append((span, entry.words[0]))

    def of(day: date) -> str:
        number = day.toordinal()
        return next((words for (first, last), words in spans if first <= number <= last), "")

    return of


def _bounded(months: Sequence[date]) -> date | None:
    return next((one for one in months if FIRST_YEAR <= one.year <= LAST_YEAR), None)
