"""The pictures of the months: where every bar and column stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.showing import months
from commitments.showing.months import HEIGHT, MONTH, Interval

FIRST = date(2026, 3, 1)


def drawn(*intervals: Interval, number: int = 12) -> months.Ahead:
    return months.ahead(intervals, FIRST, number)


def test_a_whole_month_takes_the_whole_width_of_its_month():
    (bar,) = drawn(Interval(date(2026, 4, 1), date(2026, 4, 30), 1)).bars
    assert (bar.x, bar.width) == pytest.approx((MONTH, MONTH), abs=1.1)
    assert bar.height == pytest.approx(HEIGHT, abs=1.1)


def test_a_single_day_can_still_be_seen_and_stays_in_the_picture():
    (bar,) = drawn(Interval(None, date(2027, 2, 28), 1)).bars
    assert bar.width == pytest.approx(months.NARROWEST, abs=1.1)
    assert bar.x + bar.width <= 12 * MONTH


def test_what_runs_on_beyond_the_picture_is_cut_at_its_edges_and_says_so():
    (bar,) = drawn(Interval(date(2025, 1, 1), date(2030, 12, 31), 3)).bars
    assert bar.x == pytest.approx(0, abs=1)
    assert bar.width == pytest.approx(12 * MONTH, abs=1.1)
    assert (bar.begins, bar.ends) == (False, False)


def test_what_lies_outside_is_left_out():
    before, after = Interval(None, date(2026, 2, 28), 1), Interval(date(2027, 3, 1), date(2027, 3, 31), 1)
    assert drawn(before, after).bars == []


def test_a_bar_is_as_high_as_there_are_promises_with_its_days():
    many, one = drawn(
        Interval(date(2026, 4, 1), date(2026, 4, 30), 9), Interval(date(2026, 6, 1), date(2026, 6, 30), 1)
    ).bars
    assert many.height == pytest.approx(9 * one.height, rel=0.15)


def test_the_months_beneath_count_what_touches_them_and_what_ends_in_them():
    picture = drawn(Interval(date(2026, 1, 1), date(2026, 4, 30), 2), Interval(None, date(2026, 3, 9), 3), number=3)
    assert [(one.first.month, one.running, one.ending) for one in picture.months] == [(3, 5, 3), (4, 2, 2), (5, 0, 0)]


def test_of_very_many_different_terms_those_of_the_same_months_become_one_bar():
    days = [FIRST + timedelta(days=at) for at in range(months.MOST_BARS + 20)]
    picture = drawn(*(Interval(None, one, 1) for one in days))
    assert picture.by_month
    assert len(picture.bars) == 6
    assert picture.total == len(days)


@given(
    st.lists(
        st.builds(
            lambda start, length, count: Interval(start, start + timedelta(days=length), count),
            st.dates(date(2025, 1, 1), date(2028, 1, 1)),
            st.integers(0, 500),
            st.integers(1, 50),
        ),
        max_size=40,
    )
)
def test_no_bar_lies_on_another_nor_leaves_the_picture(intervals):
    bars = drawn(*intervals).bars
    for at, one in enumerate(bars):
        assert one.x >= -0.01
        assert one.x + one.width <= 12 * MONTH + 0.01
        assert one.y >= -0.01
        assert one.y + one.height <= HEIGHT + 0.05
        for other in bars[at + 1 :]:
            beside = one.x + one.width <= other.x + 0.02 or other.x + other.width <= one.x + 0.02
            above = one.y + one.height <= other.y + 0.05 or other.y + other.height <= one.y + 0.05
            assert beside or above


def test_the_columns_behind_pile_up_their_kinds_to_one_scale():
    march, april = date(2026, 3, 1), date(2026, 4, 1)
    picture = months.behind({march: {"kept": 1, "late": 3}, april: {"late": 2}}, ("kept", "late"), [march, april])
    high, low = picture.columns
    assert high.pieces == [("kept", 75.0, 25.0), ("late", 0.0, 75.0)]
    assert low.pieces == [("late", 50.0, 50.0)]
    assert (high.total, low.total, picture.total) == (4, 2, 6)


def test_without_anything_there_is_nothing_to_draw():
    assert months.behind({}, ("kept",), [FIRST]).columns[0].pieces == []
    assert drawn().bars == []


@pytest.mark.parametrize(
    ("number", "first", "last"), [(12, (2026, 3), (2027, 2)), (-12, (2025, 3), (2026, 2)), (1, (2026, 3), (2026, 3))]
)
def test_months_are_counted_from_one_of_them_forwards_or_back(number, first, last):
    found = months.months_from(date(2026, 3, 16), number)
    assert len(found) == abs(number)
    assert [(one.year, one.month) for one in (found[0], found[-1])] == [first, last]
    assert months.last_of(date(2028, 2, 1)) == date(2028, 2, 29)
