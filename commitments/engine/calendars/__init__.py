"""The calendars of Flemish politics and schools: data from commitments/rules/calendars, read once.

`load()` gives the Calendar that is handed to the engine; `runs_out(calendar)` says from when on it knows no more.
A year for which the data hold no rule gives None: the reader of deadlines reports that, it never guesses.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span

FOLDER = Path(__file__).resolve().parents[2] / "rules" / "calendars"

SCHOOL_RULES: Mapping[str, Callable[[int], Span]] = {
    "krokus": days.krokus,
    "paas": days.paas,
    "herfst": days.herfst,
    "kerst": days.kerst,
}

Today = tuple[int, int]  # month, day; day 0 is the last of the month


@dataclass(frozen=True, slots=True)
class Term:
    """A legislature: first and last day are election days and belong to two terms. start, end: their ordinals."""

    start: int
    end: int
    provisional: bool = False

    @property
    def first(self) -> date:
        return date.fromordinal(self.start)

    @property
    def last(self) -> date:
        return date.fromordinal(self.end)

    @property
    def name(self) -> str:
        return f"{self.first.year}–{self.last.year}"


@dataclass(frozen=True)
class Entry:
    """Something that comes back every year. See rules/calendars/year.toml for the meaning of each field."""

    name: str
    family: str
    words: tuple[str, ...]
    rule: str
    first: Today = (1, 1)
    last: Today = (1, 1)
    offset: int = 0
    length: int = 1
    month: int = 1
    weekday: int = 0
    nth: int = 1
    before: Today | None = None
    voor: str = "before"
    tegen: str = "during"
    na: str = ""
    na_until: Today | None = None
    decided: Mapping[int, Span] = field(default_factory=dict)
    years: tuple[int, int] = (1, 9999)

    def in_year(self, year: int) -> Span | None:
        """Its days in a year (the year in which it begins); None where no rule holds."""
        if year in self.decided:
            return self.decided[year]
        if not self.years[0] <= year <= self.years[1]:
            return None
        if self.rule == "fixed":
            first, last = on(year, self.first), on(year, self.last)
            return (first, last) if first <= last else (first, on(year + 1, self.last))
        if self.rule == "easter":
            start = days.easter(year) + self.offset
            return start, start + self.length - 1
        if self.rule == "weekday":
            start = days.nth_weekday(year, self.month, self.weekday, self.nth)
            return start, start
        return SCHOOL_RULES[self.rule](year)


@dataclass(frozen=True)
class OtherYear:
    """A kind of year that does not begin on 1 January."""

    name: str
    words: tuple[str, ...]
    first: Today | None = None
    entry: Entry | None = None

    def begins(self, year: int) -> int | None:
        if self.entry is not None:
            span = self.entry.in_year(year)
            return span[0] if span else None
        return on(year, self.first) if self.first else None


@dataclass(frozen=True)
class LocalTerms:
    """Terms of the municipal councils."""

    first_election: int
    every: int
    month: int
    weekday: int
    nth: int

    def election(self, at_least: int) -> int:
        """The first election on or after a day."""
        year = date.fromordinal(at_least).year
        year += (self.first_election - year) % self.every
        day = days.nth_weekday(year, self.month, self.weekday, self.nth)
        return day if day >= at_least else self.election(days.ordinal(year + 1, 1, 1))

    def term(self, day: int, shift: int) -> Span:
        """The term that holds a day, moved by a number of terms."""
        year = date.fromordinal(day).year - 1
        start = year - (year - self.first_election) % self.every + 1 + shift * self.every
        return days.ordinal(start, 1, 1), days.ordinal(start + self.every - 1, 12, 31)


@dataclass(frozen=True, eq=False)
class Calendar:
    """All that the engine has to know of the year and of terms. Compared by identity; do not change it."""

    terms: tuple[Term, ...]
    local: LocalTerms
    entries: Mapping[str, Entry]
    other_years: Mapping[str, OtherYear]

    def term(self, day: int, shift: int = 0) -> Term | None:
        """The legislature of a day, moved by a number of legislatures. An election day counts as the new one."""
        for index in range(len(self.terms) - 1, -1, -1):
            if self.terms[index].start <= day:
                if day > self.terms[index].end:
                    return None
                wanted = index + shift
                return self.terms[wanted] if 0 <= wanted < len(self.terms) else None
        return None

    def ended(self, said_on: date, day: date) -> date | None:
        """The last day of the legislature of `said_on`, where it lies before `day`; None where it goes on."""
        term = self.term(said_on.toordinal())
        return term.last if term is not None and term.end < day.toordinal() else None

    def term_of_years(self, first: int) -> Term | None:
        """The legislature that begins in a year."""
        for term in self.terms:
            if term.first.year == first:
                return term
        return None

    def elections(self) -> list[int]:
        return [self.terms[0].start, *(term.end for term in self.terms)]


def on(year: int, when: Today) -> int:
    month, day = when
    return days.ordinal(year, month, day) if day else days.month_end(year, month)


def runs_out(calendar: Calendar) -> date:
    """The last day for which every table still knows the answer."""
    last_term = calendar.terms[-1].end
    last_year = min(entry.years[1] for entry in calendar.entries.values())
    return date.fromordinal(min(last_term, days.ordinal(last_year, 12, 31)))


@lru_cache(maxsize=1)
def load() -> Calendar:
    return read(FOLDER)


def read(folder: Path) -> Calendar:
    """Read legislatures.toml and year.toml in a folder. Raises KeyError or ValueError on data that make no sense."""
    terms = tomllib.loads((folder / "legislatures.toml").read_text(encoding="utf-8"))
    year = tomllib.loads((folder / "year.toml").read_text(encoding="utf-8"))
    entries = {name: _entry(name, row) for name, row in year["entry"].items()}
    local = terms["local"]
    return Calendar(
        terms=tuple(
            Term(row["start"].toordinal(), row["end"].toordinal(), row.get("provisional", False))
            for row in terms["term"]
        ),
        local=LocalTerms(local["first_election"], local["every_years"], local["month"], local["weekday"], local["nth"]),
        entries=entries,
        other_years={
            name: OtherYear(
                name,
                tuple(row["words"]),
                month_day(row.get("from")),
                entries[row["entry"]] if "entry" in row else None,
            )
            for name, row in year["years"].items()
        },
    )


def month_day(text: str | None) -> Today | None:
    if text is None:
        return None
    month, _, day = text.partition("-")
    return int(month), 0 if day == "end" else int(day)


def _entry(name: str, row: dict[str, Any]) -> Entry:
    if row["rule"] not in {"fixed", "easter", "weekday", *SCHOOL_RULES}:
        raise ValueError(f"year.toml: {name} has an unknown rule {row['rule']!r}")
    years = row.get("years", [1, 9999])
    return Entry(
        name=name,
        family=row["class"],
        words=tuple(row["words"]),
        rule=row["rule"],
        first=month_day(row.get("from")) or (1, 1),
        last=month_day(row.get("to")) or (1, 1),
        offset=row.get("offset", 0),
        length=row.get("days", 1),
        month=row.get("month", 1),
        weekday=row.get("weekday", 0),
        nth=row.get("nth", 1),
        before=month_day(row.get("before")),
        voor=row.get("voor", "before"),
        tegen=row.get("tegen", "during"),
        na=row.get("na", ""),
        na_until=month_day(row.get("na_until")),
        decided={
            int(key): (date.fromisoformat(span[0]).toordinal(), date.fromisoformat(span[1]).toordinal())
            for key, span in row.get("decided", {}).items()
        },
        years=(years[0], years[1]),
    )
