"""The register: governments, their ministers and the parties, read from the tables in this folder. Pure: no database.

Who keeps the tables finds at their head how a row is added.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

from transcripts.parsing import names

FOLDER = Path(__file__).parent
FLEMISH = "vlaams"


class RegisterError(ValueError):
    """A table cannot be used; the message names the row and says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Office:
    """A minister holds a portfolio from `start` to `end`, both included; `end` is None while it lasts.

    also: other words the reports use for parts of the portfolio. certain: False where something could not be
    confirmed, with a `note` that says what. overlap: why somebody else holds a part of it in the same days.
    """

    person: str
    title: str
    portfolio: str
    start: date
    end: date | None
    source: str
    government: str
    also: tuple[str, ...] = ()
    certain: bool = True
    note: str = ""
    overlap: str = ""

    @property
    def competences(self) -> frozenset[str]:
        return competences(self.portfolio).union(*(competences(one) for one in self.also))

    def covers(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def meets(self, other: "Office") -> bool:
        """Tell whether the two have a day in common."""
        return (other.end is None or self.start <= other.end) and (self.end is None or other.start <= self.end)


@dataclass(frozen=True, slots=True)
class Government:
    """A government from `start` to `end`, both included; `end` is None while it lasts."""

    name: str
    start: date
    end: date | None
    source: str
    offices: tuple[Office, ...]


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name of a party as printed, with the days it was its name as far as they are known."""

    spelling: str
    start: date | None
    end: date | None
    source: str
    certain: bool = True
    note: str = ""

    def meets(self, other: "Spelling") -> bool:
        """Tell whether the two have a day in common."""
        before = self.end is not None and other.start is not None and self.end < other.start
        after = other.end is not None and self.start is not None and other.end < self.start
        return not before and not after


@dataclass(frozen=True, slots=True)
class Party:
    """A party under its name of today, and every name it is printed under, oldest first."""

    name: str
    names: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Register:
    """checked_on: the day until which the rows were compared with their sources."""

    checked_on: date
    governments: tuple[Government, ...]
    parties: tuple[Party, ...]

    @property
    def offices(self) -> tuple[Office, ...]:
        return tuple(office for government in self.governments for office in government.offices)


def load(folder: Path = FOLDER) -> Register:
    """Read the tables; RegisterError where a row contradicts itself or another."""
    return _load(folder)


@lru_cache(maxsize=4)
def _load(folder: Path) -> Register:
    head, tables = _table(folder / "governments.toml", "government")
    checked_on = head.get("checked_on")
    if not isinstance(checked_on, date):
        raise RegisterError("governments.toml: checked_on is missing: the day until which the rows were checked.")
    register = Register(
        checked_on,
        tuple(_government(one) for one in tables),
        tuple(_party(one) for one in _table(folder / "parties.toml", "party")[1]),
    )
    for problem in _problems(register):
        raise RegisterError(problem)
    return register


def competences(portfolio: str) -> frozenset[str]:
    """Return the parts of a portfolio, folded: "Wonen, Energie en Klimaat" has three, in whatever order."""
    text = "".join(
        sign for sign in unicodedata.normalize("NFKD", portfolio.casefold()) if not unicodedata.combining(sign)
    )
    return frozenset(part for part in (one.strip(" .;") for one in re.split(r",|\ben\b", text)) if part)


def is_flemish(title: str) -> bool:
    """Tell whether a title as printed is one of the Flemish Government: the register knows no other."""
    return FLEMISH in title.casefold()


def _table(path: Path, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise RegisterError(f"{path.name} is not valid TOML: {error}") from error
    return read, read.get(name, [])


def _government(row: dict[str, Any]) -> Government:
    name, start = _need(row, "name", "a government"), _need(row, "start", f"government {row.get('name', '?')}")
    return Government(
        name,
        start,
        row.get("end"),
        _need(row, "source", f"government {name}"),
        tuple(_office(one, row) for one in row.get("minister", [])),
    )


def _office(row: dict[str, Any], government: dict[str, Any]) -> Office:
    person = _need(row, "person", f"a minister of government {government['name']}")
    where = f"{person}, government {government['name']}"
    return Office(
        person=person,
        title=_need(row, "title", where),
        portfolio=_need(row, "portfolio", where),
        start=row.get("start", government["start"]),
        end=row.get("end", government.get("end")),
        source=_need(row, "source", where),
        government=government["name"],
        also=tuple(row.get("also", ())),
        certain=row.get("certain", True),
        note=row.get("note", ""),
        overlap=row.get("overlap", ""),
    )


def _party(row: dict[str, Any]) -> Party:
    name = _need(row, "name", "a party")
    return Party(
        name,
        tuple(
            Spelling(
                spelling=_need(one, "spelling", f"a name of party {name}"),
                start=one.get("start"),
                end=one.get("end"),
                source=_need(one, "source", f"name {one.get('spelling', '?')} of party {name}"),
                certain=one.get("certain", True),
                note=one.get("note", ""),
            )
            for one in row.get("printed", ())
        ),
    )


def _need(row: dict[str, Any], field: str, where: str) -> Any:
    value = row.get(field)
    if not value:
        raise RegisterError(f"{where}: “{field}” is missing.")
    return value


def _problems(register: Register) -> Iterator[str]:
    for government in register.governments:
        if government.end is not None and government.end < government.start:
            yield f"Government {government.name} ends before it begins."
        for office in government.offices:
            yield from _of_office(office, government)
    for one, next_one in zip(register.governments, register.governments[1:], strict=False):
        if one.end is None or one.end >= next_one.start:
            yield f"Government {one.name} still lasts when {next_one.name} begins on {next_one.start}."
    for office, other in combinations(register.offices, 2):
        shared = competences(office.portfolio) & competences(other.portfolio)
        if shared and office.meets(other) and not (office.overlap or other.overlap):
            yield (
                f"{office.person} and {other.person} both hold {', '.join(sorted(shared))} "
                f"on {max(office.start, other.start)}; say why in “overlap”, or correct a day."
            )
    for party in register.parties:
        for spelling in party.names:
            if not spelling.certain and not spelling.note:
                yield f"Name {spelling.spelling} of party {party.name} is not certain; say in “note” what to check."
            if spelling.start and spelling.end and spelling.end < spelling.start:
                yield f"Name {spelling.spelling} of party {party.name} ends before it begins."
    for party, rival in combinations(register.parties, 2):
        for spelling in party.names:
            for twin in rival.names:
                if names.party_key(spelling.spelling) == names.party_key(twin.spelling) and spelling.meets(twin):
                    yield f"{spelling.spelling} is a name of two parties in the same days."


def _of_office(office: Office, government: Government) -> Iterator[str]:
    row = f"{office.person}, {office.portfolio}, government {government.name}"
    if office.end is not None and office.end < office.start:
        yield f"{row}: ends before it begins."
    if office.start < government.start or (
        government.end is not None and (office.end is None or office.end > government.end)
    ):
        yield f"{row}: falls outside the days of the government."
    if not office.certain and not office.note:
        yield f"{row}: is not certain; say in “note” what to check."
