"""A date that somebody types."""

from datetime import date

import pytest

from commitments.engine.deadlines.explicit import read_date


@pytest.mark.parametrize(
    "text", ["2025-06-02", "2 juni 2025", "02/06/2025", "2.6.2025", " 2 juin 2025 ", "2 June 2025"]
)
def test_a_full_date_is_read_in_any_notation(text: str) -> None:
    assert read_date(text) == date(2025, 6, 2)


@pytest.mark.parametrize("text", ["", "juni 2025", "2 juni", "volgende week", "31 februari 2025", "x" * 500])
def test_what_is_no_full_date_is_not_guessed(text: str) -> None:
    assert read_date(text) is None
