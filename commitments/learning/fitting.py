"""Fits weights in log-odds to examples: logistic regression that stays near the weights a person gave.

The penalty is the square of the distance to those weights (a Gaussian prior around them), so a cue seen twice hardly
moves and one seen two hundred times says what it is worth. What a person gave as speaking for a promise never comes to
speak against one, nor the other way round. Coordinate-wise Newton steps: no randomness, no library, the same examples
give the same weights to the last digit.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from commitments.engine.statements.weights import probability

_ROUNDS = 80
_SMALL = 1e-4  # log-odds: a round that moves no weight further than this was the last
_STEP = 2.0  # log-odds: the longest step of one weight in one round


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate that was judged.

    parts  the names of what fired, each worth its weight
    right  whether it is a promise, or how sure that is, 0..1
    mass   how much it counts, 1 for one plain judgement
    """

    parts: tuple[str, ...]
    right: float
    mass: float = 1.0


def fit(
    examples: Sequence[Example],
    given: Mapping[str, float],
    *,
    stiffness: float,
    fixed: Set[str] = frozenset(),
    free: Set[str] = frozenset(),
    line: tuple[float, float] = (1.0, 0.0),
) -> dict[str, float]:
    """Return a weight, in log-odds, for each name in `given`.

    given      the weights a person gave; a name that no example holds keeps its weight
    fixed      names that keep their weight whatever the examples say
    free       names whose weight may change its sign; so may one that was given as 0
    stiffness  how hard the given weights hold on: the number of judgements that a distance of 1 weighs up against
    line       slope and offset that turn a sum of the given weights into the log-odds of being right, so that the
               weights do not have to move only because they were given on another scale
    Raises KeyError when an example holds a name that `given` does not.
    """
    slope, offset = line
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
            down = stiffness * (weights[part] - given[part])
            bend = stiffness
            for index in holding[part]:
                example = examples[index]
                sure = probability(slope * sums[index] + offset)
                down += example.mass * slope * (sure - example.right)
                bend += example.mass * slope * slope * sure * (1 - sure)
            step = max(-_STEP, min(_STEP, -down / bend))
            if part not in free and (weights[part] + step) * given[part] < 0:
                step = -weights[part]
            weights[part] += step
            for index in holding[part]:
                sums[index] += step
            furthest = max(furthest, abs(step))
        if furthest < _SMALL:
            break
    return weights
