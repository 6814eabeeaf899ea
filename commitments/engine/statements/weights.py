"""What each part of the sum is worth, apart from the rules that name the parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from commitments.engine.types import Register


@dataclass(frozen=True, slots=True)
class Weights:
    """All numbers of the sum, as they stand in weights.toml.

    threshold      how sure a proposal must be, as a probability
    slope, offset  turn a sum in log-odds into a measured probability
    bias           what the sum starts from, per register, in log-odds
    rules          the learned weight of a rule by its id, in log-odds; a rule that is not named keeps its own
    """

    threshold: float
    slope: float
    offset: float
    bias: Mapping[Register, float]
    rules: Mapping[str, float]

    @classmethod
    def from_rows(cls, rows: Mapping[str, Any]) -> "Weights":
        """Take the numbers out of a parsed weights.toml. Raises KeyError or ValueError where one is lacking."""
        return cls(
            threshold=float(rows["threshold"]),
            slope=float(rows["calibration"]["slope"]),
            offset=float(rows["calibration"]["offset"]),
            bias={register: float(rows["bias"][register.value]) for register in Register},
            rules={name: float(weight) for name, weight in rows.get("weights", {}).items()},
        )

    def to_rows(self) -> dict[str, Any]:
        """Return the numbers as weights.toml lays them out, rounded to a hundredth."""
        return {
            "threshold": round(self.threshold, 2),
            "calibration": {"slope": round(self.slope, 3), "offset": round(self.offset, 3)},
            "bias": {register.value: round(weight, 2) for register, weight in self.bias.items()},
            "weights": {name: round(weight, 2) for name, weight in sorted(self.rules.items())},
        }
