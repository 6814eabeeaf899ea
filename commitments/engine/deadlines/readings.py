"""Readings: what the grammar made of the words, ready to be asked for days."""

from dataclasses import dataclass, field
from typing import NamedTuple

from commitments.engine.deadlines.periods import Period
from commitments.engine.deadlines.words import Phrase
from commitments.engine.types import ExpressionKind, Modifier, Precision


class Outcome(NamedTuple):
    """What a reading says for one day of speaking: the fields of an Expression but for its place."""

    kind: ExpressionKind
    first: int | None
    last: int | None
    precision: Precision
    modifier: Modifier | None
    rules: tuple[str, ...]
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number of units. low and high differ for `twee a drie`; some: the number is left open (`enkele`)."""

    low: float
    high: float
    unit: str
    some: bool = False


@dataclass(eq=False)
class Reading:
    """Base.

    guard  names the look at the words around that may still refuse it
    memo   what it says by the day of speaking alone, and where that is not enough by the day and the tense
    """

    guard: str = ""
    memo: dict[int | tuple[int, str], Outcome | None] = field(default_factory=dict, repr=False)


@dataclass(eq=False)
class Fixed(Reading):
    """A phrase of rules/deadlines/phrases.toml."""

    phrase: Phrase = Phrase("", "none", "none", "")  # noqa: RUF009  (frozen)


@dataclass(eq=False)
class Timed(Reading):
    """A period behind a preposition."""

    op: str = "during"
    period: Period = Period()  # noqa: RUF009  (frozen)
    lead: str = ""
    rule: str = ""


@dataclass(eq=False)
class Counted(Reading):
    """An amount and what is done with it: within, offset, coming, passed, ago, later, anchored, or a plain duration."""

    use: str = "duration"
    amount: Amount = Amount(1, 1, "day")
    anchor: Period | None = None
    rule: str = ""


@dataclass(eq=False)
class Plain(Reading):
    """Something told by its kind alone: a frequency, a name, an event without a date."""

    kind: ExpressionKind = ExpressionKind.NONE
    rule: str = "name"
    modifier: Modifier | None = None


@dataclass(eq=False)
class Following(Reading):
    """A unit seen from the date mentioned before: `de week daarna`, `dat jaar`, `de daaropvolgende jaren`.

    period: what is meant of that year (`oktober van dat jaar`).
    """

    unit: str = "year"
    shift: int = 1
    open: bool = False
    amount: Amount | None = None
    period: Period | None = None
