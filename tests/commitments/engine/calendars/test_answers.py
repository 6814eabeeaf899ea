"""The term within which a minister answers a written question, and how long to wait for a meeting."""

from datetime import date, timedelta

import pytest

from commitments.engine import calendars
from commitments.engine.calendars import answers

CALENDAR = calendars.load()
TERM = answers.load()


@pytest.mark.parametrize(("filed", "last"), TERM.examples.items(), ids=str)
def test_every_example_of_the_table_holds(filed, last):
    assert TERM.last_day(filed, CALENDAR) == last


def test_every_name_in_the_table_is_in_the_calendar():
    suspended = {one.entry for one in TERM.suspended if one.entry}
    assert {*TERM.holidays, *suspended, *TERM.oral.recess, TERM.oral.summer} <= set(CALENDAR.entries)


@pytest.mark.parametrize(("filed", "last"), TERM.oral.examples.items(), ids=str)
def test_every_example_of_the_wait_for_a_meeting_holds(filed, last):
    assert TERM.oral.last_day(filed, CALENDAR) == last


def test_the_wait_for_a_meeting_ends_on_a_friday_in_session_and_never_sooner_for_a_later_day():
    filed = [date(2024, 1, 1) + timedelta(days=days) for days in range(4 * 365)]
    ends = [TERM.oral.last_day(day, CALENDAR) for day in filed]
    assert ends == sorted(ends)
    assert all(end.weekday() == 4 and (end - day).days >= 19 for day, end in zip(filed, ends, strict=True))
    assert not [end for end in ends if date(end.year, 7, 21) <= end < date(end.year, 9, 22)]


def test_a_day_later_filed_is_never_a_day_sooner_answered_and_the_last_day_is_a_working_day():
    filed = [date(2024, 1, 1) + timedelta(days=days) for days in range(4 * 365)]
    ends = [TERM.last_day(day, CALENDAR) for day in filed]
    assert ends == sorted(ends)
    assert all(end.weekday() < 5 and (end - day).days >= 26 for day, end in zip(filed, ends, strict=True))


def test_no_term_ends_in_a_suspension():
    for days in range(4 * 365):
        end = TERM.last_day(date(2024, 1, 1) + timedelta(days=days), CALENDAR)
        assert not date(end.year, 7, 21) <= end <= date(end.year, 8, 31)
        assert (end.month, end.day) not in {(12, 25), (12, 31), (1, 1), (1, 2)}


@pytest.mark.parametrize("filed", [date.min, date(1950, 3, 1), date(2101, 3, 1), date.max])
def test_where_the_calendar_knows_too_little_there_is_no_day(filed):
    assert TERM.last_day(filed, CALENDAR) is None
    assert TERM.oral.last_day(filed, CALENDAR) is None
