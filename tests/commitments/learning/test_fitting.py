"""Weights follow the examples as far as there are examples, and stay with what a person gave otherwise."""

import math
import random

import pytest

from commitments.learning.fitting import Example, calibrate, fit, probability


def test_without_examples_the_given_weights_stay() -> None:
    assert fit([], {"a": 1.5, "b": -2.0}, stiffness=5) == {"a": 1.5, "b": -2.0}


def test_a_part_that_no_example_holds_keeps_its_weight() -> None:
    weights = fit([Example(("a",), True)] * 50, {"a": 0.0, "b": -2.0}, stiffness=5)
    assert weights["b"] == -2.0
    assert weights["a"] > 1


def test_a_name_nobody_gave_a_weight_is_an_error() -> None:
    with pytest.raises(KeyError):
        fit([Example(("c",), True)], {"a": 0.0}, stiffness=1)


def test_a_fixed_part_keeps_its_weight_whatever_the_examples_say() -> None:
    examples = [Example(("a", "b"), True)] * 200
    weights = fit(examples, {"a": -4.0, "b": 0.0}, stiffness=5, fixed={"a"})
    assert weights["a"] == -4.0
    assert weights["b"] > 4


def test_many_examples_move_a_weight_to_the_log_odds_they_show_and_few_hardly_at_all() -> None:
    often = [Example(("a",), index % 4 != 0) for index in range(4000)]
    few = often[:8]
    shown = math.log(3)
    assert fit(often, {"a": 0.0}, stiffness=5)["a"] == pytest.approx(shown, abs=0.02)
    assert fit(few, {"a": -1.0}, stiffness=50)["a"] == pytest.approx(-1.0, abs=0.15)


def test_what_goes_together_shares_the_weight() -> None:
    weights = fit([Example(("a", "b"), True)] * 200, {"a": 0.0, "b": 0.0}, stiffness=5)
    assert weights["a"] == pytest.approx(weights["b"], abs=0.05)


def test_a_judgement_of_half_the_mass_counts_half() -> None:
    halves = [Example(("a",), True, 0.5)] * 20
    wholes = [Example(("a",), True)] * 10
    assert fit(halves, {"a": 0.0}, stiffness=5)["a"] == pytest.approx(fit(wholes, {"a": 0.0}, stiffness=5)["a"])


def test_the_order_of_the_examples_makes_no_difference() -> None:
    drawn = random.Random(7)  # noqa: S311
    names = [f"part-{number}" for number in range(12)]
    examples = [Example(tuple(drawn.sample(names, 3)), drawn.random() < 0.6) for _ in range(300)]
    given = dict.fromkeys(names, 0.5)
    there = fit(examples, given, stiffness=5)
    back = fit(examples[::-1], given, stiffness=5)
    assert there == pytest.approx(back, abs=1e-3)


def test_a_calibrated_sum_says_how_often_it_is_right() -> None:
    drawn = random.Random(3)  # noqa: S311
    sums = [drawn.uniform(-6, 6) for _ in range(4000)]
    right = [drawn.random() < probability(0.6 * x - 0.5) for x in sums]
    slope, offset = calibrate(sums, right)
    assert slope == pytest.approx(0.6, abs=0.06)
    assert offset == pytest.approx(-0.5, abs=0.15)


def test_examples_that_can_be_told_apart_without_fail_are_still_not_called_certain() -> None:
    slope, offset = calibrate([-2.0] * 10 + [2.0] * 10, [False] * 10 + [True] * 10)
    assert 0.8 < probability(slope * 2 + offset) < 0.97
