"""Measures proposals against labels: how much is found, how much of it is right, and how sure the figures are.

recall     core labels met / core labels (an optional one is never missed)
precision  proposals that meet a label / proposals; saying the same again is no second proposal
due        of the core labels met, those whose last day is right (none where none was spoken)
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from commitments.engine.types import ExpressionKind, Proposal
from commitments.learning.labels import CORE, LabelledDocument
from commitments.learning.matching import SAME, overlap

_Z = 1.96  # of a normal distribution: 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """`hits` of `of`, with the interval in which the true share lies 95 times in 100 (Wilson 1927)."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        return self.hits / self.of if self.of else 0.0

    @property
    def percent(self) -> int:
        return round(100 * self.value)

    @property
    def interval(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        n, p = self.of, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hits + other.hits, self.of + other.of)


NOTHING = Share(0, 0)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one or more documents come to. missed, alarms: the words, for the person who mends the rules."""

    recall: Share = NOTHING
    precision: Share = NOTHING
    due: Share = NOTHING
    missed: tuple[str, ...] = ()
    alarms: tuple[str, ...] = ()
    late: tuple[str, ...] = ()

    @property
    def f1(self) -> float:
        both = self.recall.value + self.precision.value
        return 2 * self.recall.value * self.precision.value / both if both else 0.0

    def __add__(self, other: "Measured") -> "Measured":
        return Measured(
            self.recall + other.recall,
            self.precision + other.precision,
            self.due + other.due,
            self.missed + other.missed,
            self.alarms + other.alarms,
            self.late + other.late,
        )


def total(parts: Iterable[Measured]) -> Measured:
    return sum(parts, Measured())


def measure(document: LabelledDocument, proposals: Sequence[Proposal]) -> Measured:
    """Compare the proposals of a document with its labels.

    Each proposal is paired with the label it shares most words with, core ones first, one to one. A core label that no
    pair is left for is met by any proposal that covers it, since a wide quote may hold two promises.
    """
    shared = [
        (label.tier == CORE, share, -abs(len(label.quote) - len(proposal.quote)), at, to)
        for at, proposal in enumerate(proposals)
        for to, label in enumerate(document.labels)
        if (share := overlap(proposal.quote, label.quote)) >= SAME
    ]
    shared.sort(key=lambda one: one[:3], reverse=True)
    met: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, _, at, to in shared:
        if to not in met and at not in taken:
            met[to] = at
            taken.add(at)
    for _, _, _, at, to in shared:
        met.setdefault(to, at)
    touched = {at for _, _, _, at, _ in shared}
    alarms = [proposal.quote for at, proposal in enumerate(proposals) if at not in touched]
    core = [to for to, label in enumerate(document.labels) if label.tier == CORE]
    hit = [to for to in core if to in met]
    judged = [to for to in hit if document.labels[to].due_any]
    late = [to for to in judged if _last_day(proposals[met[to]]) not in document.labels[to].due_any]
    counted = len(taken) + len(alarms)
    return Measured(
        recall=Share(len(hit), len(core)),
        precision=Share(len(taken), counted),
        due=Share(len(judged) - len(late), len(judged)),
        missed=tuple(f"{document.name}: {document.labels[to].quote}" for to in core if to not in met),
        alarms=tuple(f"{document.name}: {quote}" for quote in alarms),
        late=tuple(f"{document.name}: {document.labels[to].quote}" for to in late),
    )


def _last_day(proposal: Proposal) -> date | None:
    deadline = proposal.deadline
    return deadline.due_end if deadline and deadline.kind is ExpressionKind.DEADLINE else None
