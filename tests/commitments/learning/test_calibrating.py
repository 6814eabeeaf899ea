"""A confidence is counted: what is said to be right eight times in ten is right eight times in ten."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.engine.statements.weights import Calibration, probability
from commitments.learning.calibrating import Said, bands, counted, shared, straight
from commitments.learning.measuring import Share


def test_a_line_says_how_often_a_sum_is_right() -> None:
    drawn = random.Random(3)  # noqa: S311
    sums = [drawn.uniform(-6, 6) for _ in range(4000)]
    right = [drawn.random() < probability(0.6 * x - 0.5) for x in sums]
    slope, offset = straight(sums, right)
    assert slope == pytest.approx(0.6, abs=0.06)
    assert offset == pytest.approx(-0.5, abs=0.15)


def test_examples_that_can_be_told_apart_without_fail_are_still_not_called_certain() -> None:
    slope, offset = straight([-2.0] * 10 + [2.0] * 10, [False] * 10 + [True] * 10)
    assert 0.8 < probability(slope * 2 + offset) < 0.97


def test_a_line_is_found_from_far_away() -> None:
    drawn = random.Random(11)  # noqa: S311
    sums = [drawn.uniform(-12, 3) for _ in range(600)]
    right = [drawn.random() < probability(0.6 * x + 1.6) for x in sums]
    slope, offset = straight(sums, right)
    assert slope == pytest.approx(0.6, abs=0.15)
    assert offset == pytest.approx(1.6, abs=0.4)


def test_what_was_counted_is_said_even_where_no_line_would_fit() -> None:
    drawn = random.Random(2)  # noqa: S311
    sums = [drawn.uniform(-4, 4) for _ in range(8000)]
    right = [drawn.random() < (0.3 if x < 0 else 0.95) for x in sums]
    calibration = counted(sums, right, [1.0] * len(sums))
    for x in (-3.5, -2, -0.5):
        assert calibration(x) == pytest.approx(0.3, abs=0.08)
    for x in (0.5, 2, 3.5):
        assert calibration(x) == pytest.approx(0.95, abs=0.03)


judged = st.lists(st.tuples(st.floats(-20, 20), st.booleans(), st.floats(0.1, 5)), min_size=1, max_size=150)


@given(judged)
def test_a_larger_sum_is_never_less_sure_and_none_is_certain(found: list[tuple[float, bool, float]]) -> None:
    calibration = counted(*(list(column) for column in zip(*found, strict=True)))
    written = Calibration.from_rows({"sums": calibration.sums, "right": calibration.right})
    shares = [written(x / 4) for x in range(-100, 101)]
    assert all(low <= high + 1e-12 for low, high in pairwise(shares))
    assert 0 < shares[0] <= shares[-1] < 1


def test_the_order_of_what_was_judged_makes_no_difference() -> None:
    drawn = random.Random(4)  # noqa: S311
    found = [(drawn.uniform(-4, 4), drawn.random() < 0.6, 1.0) for _ in range(500)]
    there = counted(*(list(column) for column in zip(*found, strict=True)))
    back = counted(*(list(column) for column in zip(*found[::-1], strict=True)))
    assert there.sums == pytest.approx(back.sums)
    assert there.right == pytest.approx(back.right)


def test_nothing_judged_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match="Nothing was judged"):
        counted([], [], [])


def test_what_was_kept_back_counts_more_than_all_else_and_one_kind_alone_counts_plainly() -> None:
    mass = shared([True] * 40 + [False] * 10)
    assert sum(mass) == pytest.approx(50)
    assert sum(mass[40:]) > sum(mass[:40])
    assert shared([True] * 3) == shared([False] * 3) == [1.0] * 3


def test_candidates_are_told_by_the_band_of_their_confidence() -> None:
    said = [Said(0.85, True, True), Said(0.81, False, True), Said(1.0, True, True), Said(0.1, False, True)]
    found = [(one.low, one.high, one.said, one.right) for one in bands(said)]
    assert found == [
        (0.0, 0.2, pytest.approx(0.1), Share(0, 1)),
        (0.8, 0.9, pytest.approx(0.83), Share(1, 2)),
        (0.95, 1.0, pytest.approx(1.0), Share(1, 1)),
    ]
