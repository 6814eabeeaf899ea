"""Reads the rule files of follow-ups (commitments/rules/followups/*.toml) into one frozen book."""

import math
import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from commitments.engine.followups.types import Certainty, Reason, Sign
from commitments.engine.followups.words import FOLDER
from commitments.engine.statements.needs import Need, needs
from commitments.engine.statements.patterns import compile_pattern
from commitments.engine.types import Side

SUREST = 0.99  # nothing read by rules is certain


@dataclass(frozen=True, slots=True)
class Cue:
    """A way of speaking of what was promised.

    sign     what it tells; "recalled" is looked for in the words of who asks, all others in those of the minister
    unless   a pattern that takes it away again, looked for in the same sentence
    """

    id: str
    sign: Sign
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None
    needs: Need
    weight: float
    why: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @property
    def side(self) -> Side:
        return Side.MEMBER if self.sign is Sign.RECALLED else Side.GOVERNMENT

    def find(self, low: str, words: Set[str]) -> re.Match[str] | None:
        """Return where it stands in the folded sentence `low` of these words, or None."""
        if not self.needs.met(words, low):
            return None
        found = self.pattern.search(low)
        return None if found is None or (self.unless and self.unless.search(low)) else found


@dataclass(frozen=True, slots=True)
class Property:
    """A part of the sum without a pattern: the engine itself says how far it holds."""

    id: str
    weight: float
    why: str

    def reason(self, words: str = "", degree: float = 1.0) -> Reason:
        return Reason(self.id, round(self.weight * degree, 2), words, self.why)


@dataclass(frozen=True, slots=True)
class Book:
    """All rules. credit: how much a word counts by where it stands and what it is (see weights.toml)."""

    cues: tuple[Cue, ...]
    properties: Mapping[str, Property]
    credit: Mapping[str, float]
    bias: float
    slope: float
    thresholds: Mapping[Certainty, float]

    def score(self, log_odds: float) -> float:
        """Return how often a match with this sum is right, 0..1."""
        return min(SUREST, 1 / (1 + math.exp(-max(-30.0, min(30.0, self.slope * log_odds)))))

    def rounded(self, log_odds: float) -> float:
        """Return the score of a sum as it is kept and shown."""
        return round(self.score(log_odds), 3)

    def certainty(self, score: float) -> Certainty | None:
        """Return the highest step a score reaches; None for one that is not worth showing."""
        reached = (step for step in Certainty if score >= self.thresholds[step])
        return next(reached, None)


def read_book(folder: Path = FOLDER) -> Book:
    """Read every rule file of `folder`."""
    files = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    weights = files["weights"]
    return Book(
        cues=tuple(_cues(files)),
        properties={row["id"]: Property(row["id"], float(row["weight"]), row["why"]) for row in weights["property"]},
        credit=weights["credit"],
        bias=float(weights["bias"]),
        slope=float(weights["slope"]),
        thresholds={step: float(weights["thresholds"][step]) for step in Certainty},
    )


def _cues(files: Mapping[str, Mapping[str, Any]]) -> Iterator[Cue]:
    parts = files["parts"]["parts"]
    for content in files.values():
        for row in content.get("cue", ()):
            yield Cue(
                id=row["id"],
                sign=Sign(row["sign"]),
                pattern=compile_pattern(row["pattern"], parts),
                unless=compile_pattern(row["unless"], parts) if "unless" in row else None,
                needs=needs(row["pattern"], parts),
                weight=float(row["weight"]),
                why=row["why"],
                examples=tuple(row["examples"]),
                counter_examples=tuple(row["counter_examples"]),
            )


@cache
def load() -> Book:
    """Return the rules that ship with the product; read once."""
    return read_book()
