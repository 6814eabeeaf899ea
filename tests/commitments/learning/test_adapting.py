"""What reviewers judged moves the weights that ship; without it nothing moves, and twice is as good as once."""

from functools import cache
from pathlib import Path

import pytest

from commitments.engine.statements import rules
from commitments.learning.adapting import adapt
from commitments.learning.fitting import Example
from commitments.learning.labels import LabelledDocument, read_sets
from commitments.learning.training import given_by

MANIFEST = Path(__file__).parents[2] / "labels" / "sets.toml"
REJECTED = [Example(("bias-spoken", "ik-zal", "stellig-werkwoord"), False)] * 30


@cache
def samples() -> tuple[LabelledDocument, ...]:
    return next(one for one in read_sets(MANIFEST) if one.name == "samples").documents[:2]


def test_without_a_judgement_nothing_moves() -> None:
    shipped = rules.load()
    weights = adapt(samples(), [], shipped, shipped).weights
    assert given_by(shipped.weighed(weights)) == pytest.approx(given_by(shipped), abs=0.006)
    assert weights.threshold == shipped.weights.threshold
    assert weights.calibration == shipped.weights.as_written().calibration


def test_the_same_judgements_give_the_same_weights_whatever_is_in_use() -> None:
    shipped = rules.load()
    once = adapt(samples(), REJECTED, shipped, shipped)
    again = adapt(samples(), REJECTED, shipped, shipped.weighed(once.weights))
    assert again.weights == once.weights
    assert again.before == once.after
    assert once.weights.bias == shipped.weights.bias
    assert once.weights.rules["ik-zal"] < given_by(shipped)["ik-zal"] - 0.1


def test_a_part_that_no_rule_bears_any_more_is_passed_over() -> None:
    shipped = rules.load()
    gone = [Example((*one.parts, "regel-van-vroeger"), one.right) for one in REJECTED]
    assert adapt(samples(), gone, shipped, shipped).weights == adapt(samples(), REJECTED, shipped, shipped).weights
