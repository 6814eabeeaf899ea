"""How long to wait for the answer to a question: rules/calendars/answers.toml, counted on the calendar.

A written question has a legal term. A request for explanation has none: it waits for a meeting, which is estimated.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from commitments.engine.calendars import FOLDER, Calendar, Entry, Today, days, month_day, on
from commitments.engine.calendars.days import Span

LONGEST = 366  # days in which every term has ended
MOST_FREE = 2  # working days that may be free in a week in which committees meet


@dataclass(frozen=True, slots=True)
class Suspension:
    """Days of each year that do not count: of an entry, from its nth week on, or from one month and day to another."""

    entry: str = ""
    week: int = 1
    first: Today = (1, 1)
    last: Today = (1, 1)


@dataclass(frozen=True)
class OralTerm:
    """How long to wait for a meeting nobody knows the day of. examples: the day of filing and the last day."""

    sitting_weeks: int
    recess: tuple[str, ...]
    summer: str
    holidays: tuple[str, ...]
    examples: Mapping[date, date]

    def last_day(self, filed_on: date, calendar: Calendar) -> date | None:
        """Return the Friday of the last week to wait after the week of filing; None beyond the calendar."""
        monday = filed_on.toordinal() - days.weekday(filed_on.toordinal())
        try:
            free = [span for year in range(filed_on.year - 1, filed_on.year + 2) for span in self._free(year, calendar)]
            left = self.sitting_weeks
            for start in range(monday + 7, monday + 7 + LONGEST, 7):
                week = range(start, start + days.SATURDAY)
                left -= sum(any(first <= day <= last for first, last in free) for day in week) <= MOST_FREE
                if not left:
                    return date.fromordinal(week[-1])
        except (LookupError, ValueError, OverflowError):
            return None
        return None

    def _free(self, year: int, calendar: Calendar) -> list[Span]:
        """Return the spans of a year in which no committee meets. Raises LookupError where no rule holds."""
        spans = [_in_year(calendar.entries[name], year) for name in (*self.recess, *self.holidays)]
        opens = calendar.other_years["zittingsjaar"].begins(year)
        if opens is None:
            raise LookupError(f"no rule says when the session of {year} opens")
        return [*spans, (_in_year(calendar.entries[self.summer], year)[0], opens - 1)]


@dataclass(frozen=True)
class AnswerTerm:
    """The term as its table tells it. examples: the day of filing and the last day."""

    working_days: int
    holidays: tuple[str, ...]
    suspended: tuple[Suspension, ...]
    examples: Mapping[date, date]
    oral: OralTerm

    def last_day(self, filed_on: date, calendar: Calendar) -> date | None:
        """Return the last day to answer a question filed on `filed_on`; None where the calendar knows too little."""
        first = filed_on.toordinal() + 1
        try:
            free = self._free(range(filed_on.year - 1, filed_on.year + 2), calendar)
            left = self.working_days
            for day in range(first, first + LONGEST):
                left -= days.weekday(day) < days.SATURDAY and not any(start <= day <= end for start, end in free)
                if not left:
                    return date.fromordinal(day)
        except (LookupError, ValueError, OverflowError):
            return None
        return None

    def _free(self, years: range, calendar: Calendar) -> list[Span]:
        """Return the spans of these years that do not count. Raises LookupError where no rule holds."""
        spans = [_in_year(calendar.entries[name], year) for name in self.holidays for year in years]
        for one in self.suspended:
            for year in years:
                if one.entry:
                    start, end = _in_year(calendar.entries[one.entry], year)
                    spans.append((start + 7 * (one.week - 1), end))
                else:
                    start, end = on(year, one.first), on(year, one.last)
                    spans.append((start, end if start <= end else on(year + 1, one.last)))
        return spans


def _in_year(entry: Entry, year: int) -> Span:
    span = entry.in_year(year)
    if span is None:
        raise LookupError(f"{entry.name} has no rule for {year}")
    return span


@lru_cache(maxsize=1)
def load() -> AnswerTerm:
    return read(FOLDER)


def read(folder: Path) -> AnswerTerm:
    """Read answers.toml in a folder. Raises KeyError or ValueError on data that make no sense."""
    table = tomllib.loads((folder / "answers.toml").read_text(encoding="utf-8"))
    return AnswerTerm(
        working_days=table["working_days"],
        holidays=tuple(table["holidays"]),
        suspended=tuple(
            Suspension(
                row.get("entry", ""),
                row.get("week", 1),
                month_day(row.get("from")) or (1, 1),
                month_day(row.get("to")) or (1, 1),
            )
            for row in table["suspended"]
        ),
        examples=_examples(table),
        oral=OralTerm(
            sitting_weeks=table["oral"]["sitting_weeks"],
            recess=tuple(table["oral"]["recess"]),
            summer=table["oral"]["summer"],
            holidays=tuple(table["holidays"]),
            examples=_examples(table["oral"]),
        ),
    )


def _examples(table: Mapping[str, Any]) -> dict[date, date]:
    return {date.fromisoformat(filed): last for filed, last in table["examples"].items()}
