"""Weights follow the examples as far as there are examples, and stay with what a person gave otherwise."""

import math
import random

import pytest

from commitments.engine.statements.weights import probability
from commitments.learning.fitting import Example, fit


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


def test_what_speaks_for_a_promise_never_comes_to_speak_against_one() -> None:
    wrong = [Example(("for", "against", "neither"), False)] * 200
    right = [Example(("for", "against", "neither"), True)] * 200
    given = {"for": 0.3, "against": -0.3, "neither": 0.0}
    assert fit(wrong, given, stiffness=5)["for"] == 0.0
    assert fit(wrong, given, stiffness=5)["neither"] < -1
    assert fit(right, given, stiffness=5)["against"] == 0.0
    assert fit(wrong, given, stiffness=5, free={"for"})["for"] < -0.5


def test_weights_given_on_another_scale_need_not_move() -> None:
    drawn = random.Random(5)  # noqa: S311
    given = {"a": 1.0, "b": -1.0, "c": 0.5}
    examples = []
    for _ in range(3000):
        parts = tuple(name for name in given if drawn.random() < 0.5)
        examples.append(Example(parts, drawn.random() < probability(2 * sum(given[name] for name in parts) + 1)))
    assert fit(examples, given, stiffness=40, line=(2.0, 1.0)) == pytest.approx(given, abs=0.1)
    assert fit(examples, given, stiffness=40)["a"] > 1.5


def test_a_judgement_may_be_half_sure() -> None:
    assert fit([Example(("a",), 0.75)] * 4000, {"a": 0.0}, stiffness=5)["a"] == pytest.approx(math.log(3), abs=0.02)
