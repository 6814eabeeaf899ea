"""The numbers of the sum, as they are written, read and asked."""

import math
from dataclasses import replace

import pytest

from commitments.engine.statements import rules
from commitments.engine.statements.weights import Calibration, Weights, probability

COUNTED = Calibration((-2.0, 0.0, 1.0), (0.2, 0.5, 0.9))


def test_a_sum_is_as_sure_as_was_counted_and_between_two_sums_in_between() -> None:
    assert [COUNTED(x) for x in (-2.0, 0.0, 1.0)] == pytest.approx([0.2, 0.5, 0.9])
    assert 0.5 < COUNTED(0.4) < COUNTED(0.6) < 0.9


def test_beyond_what_was_counted_nothing_surer_is_said() -> None:
    assert COUNTED(-50) == 0.2
    assert COUNTED(50) == 0.9


def test_a_line_is_a_calibration_too_as_weights_learned_earlier_have_it() -> None:
    line = Calibration.from_rows({"slope": 1.3, "offset": 1.5})
    assert [line(x) for x in (-3, -0.2, 2)] == pytest.approx([probability(1.3 * x + 1.5) for x in (-3, -0.2, 2)])


def test_the_line_nearest_to_what_was_counted_is_a_line_itself_where_that_is_one() -> None:
    assert Calibration.from_rows({"slope": 1.3, "offset": 1.5}).line == pytest.approx((1.3, 1.5))
    assert Calibration((0.4,), (0.5,)).line == pytest.approx((1.0, -0.4))
    slope, offset = COUNTED.line
    assert 0.9 < slope < 1.4
    assert 0.3 < probability(offset) < 0.9


@pytest.mark.parametrize(
    ("sums", "right"),
    [
        ([], []),
        ([0.0], [0.5, 0.6]),
        ([1.0, 0.0], [0.5, 0.6]),
        ([0.0, 0.0], [0.5, 0.6]),
        ([0.0, 1.0], [0.6, 0.5]),
        ([0.0, 1.0], [0.5, 1.0]),
    ],
)
def test_a_calibration_that_does_not_rise_inside_0_and_1_is_refused(sums: list[float], right: list[float]) -> None:
    with pytest.raises(ValueError, match="calibration"):
        Calibration.from_rows({"sums": sums, "right": right})


def test_weights_are_read_as_they_were_written() -> None:
    weights = replace(rules.load().weights, calibration=Calibration((-1.234, 2.0), (0.123456, 0.99999)))
    once = weights.as_written()
    assert once.calibration == Calibration((-1.23, 2.0), (0.1235, 0.999))
    assert once.as_written() == once == Weights.from_rows(once.to_rows())


def test_a_rule_that_the_last_training_did_not_know_is_worth_what_a_person_gave_it() -> None:
    book = rules.load()
    form = book.written[0]
    known = {name: weight for name, weight in book.weights.rules.items() if name != form.id}
    assert book.weighed(replace(book.weights, rules=known)).worth(form) == form.weight
    assert book.weighed(replace(book.weights, rules={form.id: 7.0})).worth(form) == 7.0


def test_a_weight_of_a_rule_that_is_gone_changes_nothing() -> None:
    book = rules.load()
    other = book.weighed(replace(book.weights, rules={**book.weights.rules, "regel-van-vroeger": 5.0}))
    assert [other.worth(rule) for rule in other.rules()] == [book.worth(rule) for rule in book.rules()]


def test_a_sum_convinces_where_its_confidence_reaches_the_threshold() -> None:
    book = rules.load()
    edges = [
        at for told in book.weights.calibration.sums for at in (math.nextafter(told, -9), told, math.nextafter(told, 9))
    ]
    sums = [*(at / 100 for at in range(-900, 900)), *edges]
    convincing = [at for at in sums if book.convinces(at)]
    assert convincing == [at for at in sums if book.confidence(at) >= book.weights.threshold]
    assert 0 < len(convincing) < len(sums)
