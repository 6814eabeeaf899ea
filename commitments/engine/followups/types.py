"""What goes into the comparing of promises with later items, and what comes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from commitments.engine.types import Cue, Expression, Turn

Reason = Cue  # the parts of a match are told as those of a proposal


class Sign(StrEnum):
    """What became of a promise, as a later item tells it."""

    RECALLED = "recalled"
    RESTATED = "restated"
    DONE = "done"
    POSTPONED = "postponed"
    WEAKENED = "weakened"


class Certainty(StrEnum):
    CERTAIN = "certain"
    PROBABLE = "probable"
    POSSIBLE = "possible"


class Rarity(Protocol):
    """How much a word tells."""

    def __call__(self, word: str) -> float:
        """Return 0 for a word (as words.stem leaves it) that stands in every item to 1 for one that stands in none."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment, as far as it takes to know it again.

    quotes     its statements in their own words, in the order they were said
    contexts   for each of them the sentence before it, or ""
    subject    the titles of the items in which it was said
    persons    who answers for it: the promiser, and whoever succeeded in the portfolio
    said_on    the days on which its statements were said, in order
    due_text   its deadline as spoken; due_end its last day, or None
    numbers    numbers of the questions it was said in answer to, as printed ("214")
    askers     names of the members who asked them
    """

    quotes: tuple[str, ...]
    persons: frozenset[str]
    said_on: tuple[date, ...]
    subject: str = ""
    contexts: tuple[str, ...] = ()
    due_text: str = ""
    due_end: date | None = None
    numbers: frozenset[str] = frozenset()
    askers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """A later agenda item or written question.

    turns       in order; the chair's are passed over
    said_on     the day of it
    addressees  names of the ministers who are asked
    askers      names of the members who ask
    answers_to  for each turn the numbers of the questions it answers, as printed ("2", "3-4"), or ""; empty where no
                turn answers by number
    """

    turns: Sequence[Turn]
    said_on: date
    title: str = ""
    addressees: frozenset[str] = frozenset()
    askers: frozenset[str] = frozenset()
    answers_to: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """An item that follows up a promise.

    score       0..1: how often a match with this sum is right
    turn        index of the turn of the item that shows it
    start, end  character span [start, end) of the words that show it, in that turn's text
    deadline    the new time named there, its span counted in the same turn; None where none was
    sum         what the reasons come to, in log-odds
    said        for the sentences that speak most of the promise (by index) how much they say of it and with which words
    """

    sign: Sign
    score: float
    certainty: Certainty
    reasons: tuple[Reason, ...]
    turn: int
    start: int
    end: int
    deadline: Expression | None = None
    sum: float = 0.0
    said: Mapping[int, tuple[float, frozenset[str]]] = field(default_factory=dict)
