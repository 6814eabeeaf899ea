"""What each part of the sum is worth, apart from the rules that name the parts."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commitments.engine.types import Register

_SUREST = 6.0  # log-odds: as far as a line is followed to either side


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often a sentence with some sum is a promise, as it was counted.

    sums   in log-odds, from low to high
    right  the share, inside 0..1, of the sentences with about that sum that were right; it rises with the sums
    Between two sums the share is taken from both, in log-odds; before the first and after the last it stays.
    """

    sums: tuple[float, ...]
    right: tuple[float, ...]

    @classmethod
    def straight(cls, slope: float, offset: float) -> "Calibration":
        """Return the line `slope` * sum + `offset`, in log-odds, which rises."""
        ends = -_SUREST, _SUREST
        return cls(tuple((end - offset) / slope for end in ends), tuple(probability(end) for end in ends))

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> "Calibration":
        """Take it out of a table: `sums` and `right`, or `slope` and `offset`, as weights learned earlier have it.

        Raises KeyError or ValueError where neither can be read.
        """
        if "sums" not in rows:
            return cls.straight(float(rows["slope"]), float(rows["offset"]))
        sums, right = tuple(map(float, rows["sums"])), tuple(map(float, rows["right"]))
        if len(sums) != len(right) or not sums or list(sums) != sorted(set(sums)) or list(right) != sorted(right):
            raise ValueError("calibration: `sums` and `right` are lists of the same length, from low to high.")
        if not 0 < right[0] <= right[-1] < 1:
            raise ValueError("calibration: a share that is right lies inside 0 and 1.")
        return cls(sums, right)

    @property
    def line(self) -> tuple[float, float]:
        """Slope and offset of the line, in log-odds, that comes closest to what was counted (least squares)."""
        shares = [math.log(one / (1 - one)) for one in self.right]
        middle, share = sum(self.sums) / len(self.sums), sum(shares) / len(shares)
        spread = sum((x - middle) ** 2 for x in self.sums)
        together = sum((x - middle) * (y - share) for x, y in zip(self.sums, shares, strict=True))
        slope = together / spread if spread else 1.0
        return slope, share - slope * middle

    def reaches(self, share: float, log_odds: float) -> bool:
        """Tell whether at least this share is right with this sum; mostly told without working it out."""
        at = bisect_right(self.sums, log_odds)
        low, high = self.right[max(0, at - 1)], self.right[min(at, len(self.right) - 1)]
        if low >= share or high < share:
            return low >= share
        return self(log_odds) >= share

    def __call__(self, log_odds: float) -> float:
        """Return the share, 0..1, that is right with this sum."""
        at = bisect_right(self.sums, log_odds)
        if at in (0, len(self.sums)) or self.right[at - 1] == self.right[at]:
            return self.right[max(0, at - 1)]
        low, high = self.sums[at - 1 : at + 1]
        below, above = (math.log(one / (1 - one)) for one in self.right[at - 1 : at + 1])
        return probability(below + (above - below) * (log_odds - low) / (high - low))


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the sum, as they stand in weights.toml.

    threshold    how sure a proposal must be, as a probability
    calibration  turns a sum in log-odds into a measured probability
    bias         what the sum starts from, per register, in log-odds
    rules        the learned weight of a rule by its id, in log-odds; a rule that is not named keeps its own
    """

    threshold: float
    calibration: Calibration
    bias: Mapping[Register, float]
    rules: Mapping[str, float]

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> "Weights":
        """Take the numbers out of a parsed weights.toml. Raises KeyError or ValueError where one is lacking."""
        return cls(
            threshold=float(rows["threshold"]),
            calibration=Calibration.from_rows(rows["calibration"]),
            bias={register: float(rows["bias"][register.value]) for register in Register},
            rules={name: float(weight) for name, weight in rows.get("weights", {}).items()},
        )

    def to_rows(self) -> dict[str, Any]:
        """Return the numbers as weights.toml lays them out, rounded to a hundredth, shares to a ten-thousandth."""
        return {
            "threshold": round(self.threshold, 2),
            "calibration": {
                "sums": [round(one, 2) for one in self.calibration.sums],
                "right": [min(0.999, max(0.001, round(one, 4))) for one in self.calibration.right],
            },
            "bias": {register.value: round(weight, 2) for register, weight in self.bias.items()},
            "weights": {name: round(weight, 2) + 0.0 for name, weight in sorted(self.rules.items())},
        }

    def as_written(self) -> "Weights":
        """Return the weights as they are once they were written and read again."""
        return Weights.from_rows(self.to_rows())


def probability(log_odds: float) -> float:
    """Return the probability, 0..1, of a sum in log-odds."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
