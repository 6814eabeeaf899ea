"""Proposals against labels: what counts as found, as a false alarm, as the right day."""

from datetime import date

import pytest

from commitments.engine.types import CommitmentKind, Expression, ExpressionKind, Precision, Proposal, Register
from commitments.learning.labels import Label, LabelledDocument
from commitments.learning.measuring import Measured, Share, measure, total

MAY = date(2031, 5, 31)


def label(quote: str, tier: str = "core", *due: date | None) -> Label:
    return Label(quote, tier, CommitmentKind.ACT, due or (None,))


def proposal(quote: str, due: date | None = None) -> Proposal:
    deadline = due and Expression("in mei", 0, 6, ExpressionKind.DEADLINE, due, due, Precision.DAY, None, ("x",))
    return Proposal(0, 0, len(quote), quote, CommitmentKind.ACT, 0.9, (), deadline or None)


def measured(labels: list[Label], proposals: list[Proposal]) -> Measured:
    document = LabelledDocument("own", Register.SPOKEN, date(2031, 3, 4), ((),), tuple(labels))
    return measure(document, proposals)


def test_a_core_label_that_nothing_meets_is_missed_and_an_optional_one_is_not() -> None:
    got = measured([label("Ik bezorg u het rapport"), label("We blijven daarop inzetten", "optional")], [])
    assert got.recall == Share(0, 1)
    assert got.missed == ("own: Ik bezorg u het rapport",)
    assert got.precision == Share(0, 0)


def test_an_optional_label_that_is_proposed_is_no_false_alarm() -> None:
    got = measured([label("We blijven daarop inzetten", "optional")], [proposal("We blijven daarop inzetten.")])
    assert got.precision == Share(1, 1)


def test_what_no_label_meets_is_a_false_alarm() -> None:
    got = measured([label("Ik bezorg u het rapport")], [proposal("Ik heb dat al eerder gezegd")])
    assert got.alarms == ("own: Ik heb dat al eerder gezegd",)


def test_a_promise_proposed_twice_is_one_proposal() -> None:
    quote = "Ik bezorg u het rapport over de bruggen"
    got = measured([label(quote)], [proposal(quote), proposal(quote)])
    assert got.precision == Share(1, 1)


def test_a_wide_quote_finds_both_promises_it_holds() -> None:
    both = "Ik bezorg u het rapport over de bruggen en ik laat de sluizen onderzoeken"
    got = measured(
        [label("Ik bezorg u het rapport over de bruggen"), label("ik laat de sluizen onderzoeken")], [proposal(both)]
    )
    assert got.recall == Share(2, 2)


def test_the_last_day_is_right_when_it_is_one_that_can_be_defended_and_none_when_none_was_spoken() -> None:
    quote = "Ik bezorg u het rapport over de bruggen"
    assert measured([label(quote, "core", MAY)], [proposal(quote, MAY)]).due == Share(1, 1)
    assert measured([label(quote, "core", MAY)], [proposal(quote)]).due == Share(0, 1)
    assert measured([label(quote)], [proposal(quote, MAY)]).due == Share(0, 1)


def test_a_day_that_was_not_judged_counts_neither_way() -> None:
    quote = "Ik bezorg u het rapport over de bruggen"
    unjudged = Label(quote, "core", CommitmentKind.ACT, ())
    assert measured([unjudged], [proposal(quote, MAY)]).due == Share(0, 0)


@pytest.mark.parametrize(("hits", "of", "low", "high"), [(8, 10, 0.49, 0.94), (0, 10, 0.0, 0.28), (100, 100, 0.963, 1)])
def test_an_interval_is_wide_where_little_was_counted(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=0.006)


def test_sums_count_and_do_not_average() -> None:
    both = total([Measured(recall=Share(1, 1)), Measured(recall=Share(0, 3))])
    assert both.recall == Share(1, 4)
