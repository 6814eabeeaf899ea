"""The closed classes of rules/deadlines/*.toml as look-up tables."""

import itertools
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from commitments.engine.deadlines.lookup import Sequences

FOLDER = Path(__file__).resolve().parents[2] / "rules" / "deadlines"


def data(name: str) -> dict[str, Any]:
    """One rule file of the folder, by its name without ending."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


_WORDS = data("words")
NUMBERS: dict[str, float] = {**_WORDS["numbers"], **_WORDS["halves"]}
SOME: frozenset[str] = frozenset(_WORDS["some"])
ORDINALS: dict[str, int] = _WORDS["ordinals"]
ABOUT = frozenset(_WORDS["about"]["words"])
MONTHS: dict[str, int] = _WORDS["months"]
SHORT_MONTHS: dict[str, int] = _WORDS["short_months"]
DAYPARTS = frozenset(_WORDS["dayparts"]["words"])
WEEKDAYS: dict[str, int] = {
    day + part: number for day, number in _WORDS["weekdays"].items() for part in ("", *sorted(DAYPARTS))
}
UNITS: dict[str, str] = _WORDS["units"]
PLURAL = frozenset(_WORDS["plural"]["words"])
ELECTIONS = frozenset(_WORDS["elections"]["words"])
LOCAL_ELECTIONS = frozenset(_WORDS["elections"]["local"])
LOCAL = frozenset(_WORDS["elections"]["local_adjectives"])
LEVELS = frozenset(_WORDS["elections"]["adjectives"])
ALL_ELECTIONS, ALL_LEVELS = ELECTIONS | LOCAL_ELECTIONS, LOCAL | LEVELS
RELATIONS: dict[str, str] = _WORDS["relations"]
PARTS: dict[str, str] = _WORDS["parts"]
DEICTIC: dict[str, int] = {
    **_WORDS["deictic"],
    **{
        f"{day}{part}": shift
        for day, shift in (("morgen", 1), ("gisteren", -1), ("gister", -1))
        for part in sorted(DAYPARTS)
    },
}
TENS: dict[str, int] = _WORDS["tens"]
DETERMINERS = frozenset(_WORDS["determiners"]["words"])
GLUE = frozenset(_WORDS["glue"]["words"])
INSIDE = frozenset(_WORDS["inside"]["words"])
SPREAD = frozenset(_WORDS["spread"]["words"])
COUNTED = frozenset(_WORDS["counted"]["words"])
NAMES = frozenset(_WORDS["names"]["words"])
BEFORE_YEAR = frozenset(_WORDS["before_year"]["words"])
POSTCODES: dict[int, frozenset[str]] = {int(k): frozenset(v) for k, v in _WORDS["postcodes"].items()}
COMPARING = frozenset(_WORDS["comparing"]["words"])
BUDGET = frozenset(_WORDS["budget"]["words"])
BUDGET_ENDINGS = tuple(_WORDS["budget"]["suffixes"])

_PHRASES = data("phrases")
EVENTS_AFTER = frozenset(_PHRASES["events"]["after"])
EVENTS_NEXT = frozenset(_PHRASES["events"]["next"])
MEETINGS = frozenset(_PHRASES["events"]["meetings"])
EVENTS_BUDGET = frozenset(_PHRASES["events"]["budget"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """A fixed expression: what it is, and which rule says so."""

    rule: str
    kind: str
    past: str
    modifier: str
    guard: str = ""


def spelled_out(form: str) -> Iterator[tuple[str, ...]]:
    """All word sequences of a form with [words that may be left out] and (one|of|these)."""
    pieces: list[list[str]] = []
    for optional, choice, word in re.findall(r"\[([^]]*)\]|\(([^)]*)\)|([^\s\[\]()]+)", form):
        if optional:
            pieces.append(["", *optional.split("|")])
        else:
            pieces.append(choice.split("|") if choice else [word])
    for combination in itertools.product(*pieces):
        yield tuple(" ".join(piece for piece in combination if piece).split())


COMMON = GLUE | DETERMINERS | ABOUT | frozenset(RELATIONS) | frozenset(ORDINALS) | frozenset(NUMBERS)
ALREADY = frozenset(UNITS) | frozenset(DEICTIC) | frozenset(WEEKDAYS) | frozenset(MONTHS) | {"geleden"}


def head_of(words: tuple[str, ...]) -> str:
    """By what a phrase is looked for: a word that is looked for anyway, its longest rare word, or the whole of it."""
    for word in words:
        if word in ALREADY:
            return word
    rare = [word for word in words if word not in COMMON]
    return max(rare, key=len) if rare else " ".join(words)


PHRASE_WORDS: set[str] = set()
PHRASE_HEADS: set[str] = set()
DEADLINE_PHRASE_WORDS: set[str] = set()


def _collected() -> dict[tuple[str, ...], Phrase]:
    found: dict[tuple[str, ...], Phrase] = {}
    for row in _PHRASES["phrase"]:
        phrase = Phrase(
            row["rule"], row["kind"], row.get("past", row["kind"]), row.get("modifier", "approx"), row.get("guard", "")
        )
        if "heads" in row:
            PHRASE_HEADS.update(row["heads"])
        for form in row["forms"]:
            for words in spelled_out(form):
                found.setdefault(words, phrase)
                PHRASE_WORDS.update(words)
                if "deadline" in (phrase.kind, phrase.past):
                    DEADLINE_PHRASE_WORDS.update(words)
                if not any(head in " ".join(words) for head in row.get("heads", ())):
                    PHRASE_HEADS.add(head_of(words))
    return found


PHRASES = Sequences(_collected())
