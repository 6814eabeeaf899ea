"""What goes into the engine and what comes out."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class ExpressionKind(StrEnum):
    """What a time expression is. Only DEADLINE has an end that a commitment can miss."""

    DEADLINE = "deadline"
    VAGUE = "vague"
    PAST = "past"
    DURATION = "duration"
    FREQUENCY = "frequency"
    NONE = "none"


class Precision(StrEnum):
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF_YEAR = "half-year"
    YEAR = "year"
    LEGISLATURE = "legislature"
    VAGUE = "vague"


class Modifier(StrEnum):
    DURING = "during"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    FROM = "from"
    UNTIL = "until"
    APPROX = "approx"


class Expression(NamedTuple):
    """One time expression in a text.

    text, start, end  the words as spoken and their character span [start, end) in the text handed in
    due_start         first day of the interval, or None
    due_end           last day on which nobody reasonable could call it late, or None (open, vague, no deadline)
    rules             ids of the rules that read it, outermost first; `rule` joins them
    doubts            ids of what the reader found odd ("weekday-mismatch", "two-readings", "calendar-unknown")
    """

    text: str
    start: int
    end: int
    kind: ExpressionKind
    due_start: date | None
    due_end: date | None
    precision: Precision
    modifier: Modifier | None
    rules: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        return "+".join(self.rules)


class Side(StrEnum):
    """On whose behalf a turn is spoken. Only GOVERNMENT can promise."""

    GOVERNMENT = "government"
    CHAIR = "chair"
    MEMBER = "member"
    OTHER = "other"


class Register(StrEnum):
    """How the words came about; each has its own way of promising."""

    SPOKEN = "spoken"
    WRITTEN = "written"
    POLICY = "policy"


class CommitmentKind(StrEnum):
    """What is promised; docs/glossary.md tells the kinds apart."""

    INFORM = "inform"
    PUBLISH = "publish"
    LEGISLATE = "legislate"
    CONSULT = "consult"
    EXAMINE = "examine"
    FUND = "fund"
    ACT = "act"


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn handed to the engine. text: running text, paragraphs separated by "\\n"; speaker: name without title."""

    text: str
    speaker: str
    side: Side


@dataclass(frozen=True, slots=True)
class Cue:
    """One part of the sum that led to a proposal, or to a follow-up being seen as one.

    rule    id of the rule in the data files
    weight  what it added (positive) or took away (negative), in log-odds
    words   the words in the text that made it fire; empty for a property of the whole sentence or item
    why     one Dutch sentence for the reader, from the rule
    """

    rule: str
    weight: float
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One proposed statement in an agenda item.

    turn        index of the turn in the item
    start, end  character span [start, end) in that turn's text
    quote       that span, line breaks folded to spaces
    confidence  0..1: how often a proposal with this sum is right
    deadline    the expression that tells when, its span counted in the same turn; None where none was spoken
    condition   the words that make it conditional, or empty
    addressee   name of the member who asked, or empty
    summary     short line in the statement's own words, to be used as a title
    repeats     index (in the list returned for the item) of the proposal that this one repeats, or None
    """

    turn: int
    start: int
    end: int
    quote: str
    kind: CommitmentKind
    confidence: float
    cues: tuple[Cue, ...]
    deadline: Expression | None = None
    condition: str = ""
    addressee: str = ""
    summary: str = ""
    repeats: int | None = None
    notes: tuple[str, ...] = field(default=())

    @property
    def conditional(self) -> bool:
        return bool(self.condition)
