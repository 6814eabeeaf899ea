"""Turns sums into how often a candidate with such a sum is right, and counts whether that holds."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from commitments.engine.statements.weights import Calibration, probability
from commitments.learning.measuring import NOTHING, Share

_ROUNDS = 60
_SMALL = 1e-4  # log-odds
# What documents count for which no rule was mended: they show how it goes on new text, the others how it goes at all.
_NEW = 0.75
# Judgements that have to lie behind each share of a calibration; where there are few in all, a part of them.
_LEAST, _PARTS = 150.0, 6
_APART = 0.01  # log-odds: as far as two sums of a calibration lie apart at least, as they are written
BANDS = (0.0, 0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True)
class Said:
    """A left-out candidate: how sure the reader was of it, whether that was right, whether rules were mended on it."""

    confidence: float
    right: bool
    mended: bool


@dataclass(frozen=True, slots=True)
class Band:
    """The candidates with a confidence in [low, high): how sure they were on average, how many of them were right."""

    low: float
    high: float
    said: float
    right: Share


def straight(sums: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset of the line that turns a sum in log-odds into how often a candidate with it is right.

    Platt (1999), with his targets a little inside 0 and 1, so that no candidate is ever certain.
    """
    yes = sum(right)
    high, low = (yes + 1) / (yes + 2), 1 / (len(right) - yes + 2)
    wanted = [high if one else low for one in right]
    slope, offset = 1.0, 0.0
    cost = _cost(sums, wanted, slope, offset)
    for _ in range(_ROUNDS):
        gradient = [0.0, 0.0]
        a = b = c = 1e-9
        for x, target in zip(sums, wanted, strict=True):
            sure = probability(slope * x + offset)
            gradient[0] += (sure - target) * x
            gradient[1] += sure - target
            bend = sure * (1 - sure)
            a, b, c = a + bend * x * x, b + bend * x, c + bend
        determinant = a * c - b * b
        if determinant <= 1e-12:
            break
        down = (c * gradient[0] - b * gradient[1]) / determinant, (a * gradient[1] - b * gradient[0]) / determinant
        part = 1.0  # of the whole step: far from the best line a whole one may lead away from it
        while part > _SMALL and _cost(sums, wanted, slope - part * down[0], offset - part * down[1]) > cost:
            part /= 2
        slope, offset = slope - part * down[0], offset - part * down[1]
        cost = _cost(sums, wanted, slope, offset)
        if part * max(map(abs, down)) < _SMALL:
            break
    return slope, offset


def counted(sums: Sequence[float], right: Sequence[bool], mass: Sequence[float]) -> Calibration:
    """Return how often candidates were right, counted over stretches of their sums.

    Each stretch holds at least 150 judgements or a sixth of all; where one was right less often than the one before,
    both become one (isotonic regression, Ayer et al. 1955). mass: how much each candidate counts. Raises ValueError for
    none at all.
    """
    least = min(_LEAST, sum(mass) / _PARTS)
    stretches: list[_Stretch] = []
    begun: list[tuple[float, bool, float]] = []
    for judgement in sorted(zip(sums, right, mass, strict=True)):
        begun.append(judgement)
        if sum(much for _, _, much in begun) >= least:
            stretches.append(_stretch(begun))
            begun = []
    if begun:
        stretches.append(_stretch(begun))
    if not stretches:
        raise ValueError("Nothing was judged: how often a sum is right cannot be counted.")
    rising: list[_Stretch] = []
    for stretch in stretches:
        rising.append(stretch)
        while len(rising) > 1 and not rising[-2].below(rising[-1]):
            last = rising.pop()
            rising[-1] = rising[-1].joined(last)
    places = [(place, one.share) for one in rising for place in dict.fromkeys((one.low, one.high))]
    return Calibration(tuple(place for place, _ in places), tuple(share for _, share in places))


def shared(mended: Sequence[bool]) -> list[float]:
    """Return how much each candidate counts, so that those of documents kept back come to their part of the whole.

    Where there is only one kind, each counts as 1.
    """
    old = sum(mended)
    if old in (0, len(mended)):
        return [1.0] * len(mended)
    new = len(mended) - old
    return [len(mended) * ((1 - _NEW) / old if one else _NEW / new) for one in mended]


def bands(said: Iterable[Said]) -> tuple[Band, ...]:
    """Return, per band of confidence, how sure its candidates were and how many of them were right; no empty one."""
    found = list(said)
    rows = []
    for low, high in pairwise(BANDS):
        inside = [one for one in found if low <= one.confidence < high or one.confidence == high == BANDS[-1]]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            rows.append(Band(low, high, mean, sum((Share(int(one.right), 1) for one in inside), NOTHING)))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Candidates with sums next to each other.

    low, high  where the stretch begins and ends: the mean sum of the first and of the last it was joined from
    right      what of them was right; mass: how much they count
    """

    low: float
    high: float
    right: float
    mass: float

    @property
    def share(self) -> float:
        """What was right, half a judgement added on both sides, so that nothing is ever certain."""
        return (self.right + 0.5) / (self.mass + 1)

    def joined(self, other: "_Stretch") -> "_Stretch":
        high = other.high if other.high - self.low >= _APART else self.low
        return _Stretch(self.low, high, self.right + other.right, self.mass + other.mass)

    def below(self, other: "_Stretch") -> bool:
        return self.share < other.share and self.high + _APART <= other.low


def _stretch(judged: Sequence[tuple[float, bool, float]]) -> _Stretch:
    mass = sum(much for _, _, much in judged)
    middle = sum(x * much for x, _, much in judged) / mass
    return _Stretch(middle, middle, sum(one * much for _, one, much in judged), mass)


def _cost(sums: Sequence[float], wanted: Sequence[float], slope: float, offset: float) -> float:
    """Return the cross entropy between what a line says and what was wanted."""
    total = 0.0
    for x, target in zip(sums, wanted, strict=True):
        log_odds = max(-30.0, min(30.0, slope * x + offset))
        total += math.log1p(math.exp(-log_odds)) + (1 - target) * log_odds
    return total
