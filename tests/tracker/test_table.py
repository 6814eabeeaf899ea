"""A table fits where it is read."""

import pytest

from tracker.table import cut, table

HEAD = ("Who", "What", "When")
ROWS = [("Els Vanrode", "Ik zal het rapport tegen eind maart aan het parlement bezorgen.", "2026-03-31")]


def test_without_a_width_nothing_is_cut():
    assert ROWS[0][1] in table(HEAD, ROWS, width=None, elastic=(0, 1))


@pytest.mark.parametrize("width", [40, 60, 200])
def test_no_line_is_wider_than_asked(width):
    lines = table(HEAD, ROWS, width=width, elastic=(0, 1)).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[-1].endswith("2026-03-31")


def test_columns_that_cannot_shrink_stay_readable():
    assert "2026-03-31" in table(HEAD, ROWS, width=5, elastic=(0, 1))


def test_a_cut_shows():
    assert cut("toezegging", 20) == "toezegging"
    assert cut("toezegging", 5) == "toez…"
