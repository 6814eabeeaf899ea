"""Fits weights in log-odds to examples: logistic regression that stays near the weights a person gave.

The penalty is the square of the distance to those weights (a Gaussian prior around them), so a cue seen twice hardly
moves and one seen two hundred times says what it is worth. Coordinate-wise Newton steps: no randomness, no library, the
same examples give the same weights to the last digit.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

_ROUNDS = 60
_SMALL = 1e-4  # log-odds: a round that moves no weight further than this was the last
_STEP = 2.0  # log-odds: the longest step of one weight in one round


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate that a person has judged.

    parts  the names of what fired, each worth its weight
    right  whether it is a promise
    mass   how much it counts, 1 for one plain judgement
    """

    parts: tuple[str, ...]
    right: bool
    mass: float = 1.0


def fit(
    examples: Sequence[Example], given: Mapping[str, float], *, stiffness: float, fixed: Set[str] = frozenset()
) -> dict[str, float]:
    """Return a weight, in log-odds, for each name in `given`.

    given      the weights a person gave; a name that no example holds keeps its weight
    fixed      names that keep their weight whatever the examples say
    stiffness  how hard the given weights hold on: the number of judgements that a distance of 1 weighs up against
    Raises KeyError when an example holds a name that `given` does not.
    """
    weights = dict(given)
    holding: defaultdict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        for part in example.parts:
            holding[part].append(index)
    sums = [sum(weights[part] for part in example.parts) for example in examples]
    moving = sorted(holding.keys() - fixed)
    for _ in range(_ROUNDS):
        furthest = 0.0
        for part in moving:
            slope = stiffness * (weights[part] - given[part])
            bend = stiffness
            for index in holding[part]:
                example = examples[index]
                sure = probability(sums[index])
                slope += example.mass * (sure - example.right)
                bend += example.mass * sure * (1 - sure)
            step = max(-_STEP, min(_STEP, -slope / bend))
            weights[part] += step
            for index in holding[part]:
                sums[index] += step
            furthest = max(furthest, abs(step))
        if furthest < _SMALL:
            break
    return weights


def probability(log_odds: float) -> float:
    """Return the probability, 0..1, of a sum in log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def calibrate(sums: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Return slope and offset that turn a sum in log-odds into how often a candidate with that sum is right.

    Platt (1999), with his targets a little inside 0 and 1, so that no candidate is ever certain.
    """
    yes = sum(right)
    high, low = (yes + 1) / (yes + 2), 1 / (len(right) - yes + 2)
    wanted = [high if one else low for one in right]
    slope, offset = 1.0, 0.0
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
        slope, offset = slope - down[0], offset - down[1]
        if max(map(abs, down)) < _SMALL:
            break
    return slope, offset
