"""The calendars: what the decree fixes, what the tables hold, and when they end."""

from datetime import date

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.calendars import days

CALENDAR = calendars.load()


def span(name: str, year: int) -> tuple[str, str]:
    found = CALENDAR.entries[name].in_year(year)
    assert found
    return str(date.fromordinal(found[0])), str(date.fromordinal(found[1]))


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2016, "2016-03-27"), (2019, "2019-04-21"), (2024, "2024-03-31"), (2025, "2025-04-20"), (2038, "2038-04-25")],
)
def test_easter_is_computed(year: int, sunday: str) -> None:
    assert str(date.fromordinal(days.easter(year))) == sunday


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("krokusvakantie", 2023, ("2023-02-20", "2023-02-26")),
        ("krokusvakantie", 2025, ("2025-03-03", "2025-03-09")),
        ("paasvakantie", 2024, ("2024-04-01", "2024-04-14")),
        ("paasvakantie", 2025, ("2025-04-07", "2025-04-21")),
        ("paasvakantie", 2023, ("2023-04-03", "2023-04-16")),
        ("herfstvakantie", 2024, ("2024-10-28", "2024-11-03")),
        ("herfstvakantie", 2026, ("2026-11-02", "2026-11-08")),
        ("kerstvakantie", 2024, ("2024-12-23", "2025-01-05")),
        ("kerstvakantie", 2022, ("2022-12-26", "2023-01-08")),
        ("septemberverklaring", 2023, ("2023-09-25", "2023-09-25")),
        ("winter", 2023, ("2023-12-01", "2024-02-29")),
        ("hemelvaart", 2025, ("2025-05-29", "2025-05-29")),
    ],
)
def test_what_comes_back_every_year_follows_its_rule(name: str, year: int, expected: tuple[str, str]) -> None:
    assert span(name, year) == expected


def test_an_election_day_belongs_to_the_new_term() -> None:
    term = CALENDAR.term(date(2024, 6, 9).toordinal())
    assert term
    assert term.last == date(2029, 6, 10)
    assert term.provisional


def test_municipal_terms_are_computed() -> None:
    assert CALENDAR.local.term(date(2026, 5, 1).toordinal(), 0) == (
        date(2025, 1, 1).toordinal(),
        date(2030, 12, 31).toordinal(),
    )
    assert CALENDAR.local.election(date(2024, 1, 1).toordinal()) == date(2024, 10, 13).toordinal()


def test_a_calendar_says_when_it_runs_out() -> None:
    assert calendars.runs_out(CALENDAR) == date(2029, 6, 10)


@pytest.mark.parametrize("sentence", ["Dat gebeurt deze legislatuur.", "Dat gebeurt na de krokusvakantie."])
def test_beyond_the_tables_the_reader_doubts_and_does_not_guess(sentence: str) -> None:
    (found,) = deadlines.read(sentence, date(2150, 3, 1), CALENDAR)
    assert found.doubts == ("calendar-unknown",)
    assert found.due_start is None
    assert found.due_end is None


def test_a_decided_year_goes_before_the_rule(tmp_path) -> None:
    for name in ("legislatures.toml", "year.toml"):
        text = (calendars.FOLDER / name).read_text(encoding="utf-8")
        text = text.replace('rule = "krokus"', 'rule = "krokus"\ndecided = { 2027 = ["2027-02-01", "2027-02-07"] }')
        (tmp_path / name).write_text(text, encoding="utf-8")
    entry = calendars.read(tmp_path).entries["krokusvakantie"]
    assert entry.in_year(2027) == (date(2027, 2, 1).toordinal(), date(2027, 2, 7).toordinal())


def test_an_unknown_rule_is_refused(tmp_path) -> None:
    for name in ("legislatures.toml", "year.toml"):
        text = (calendars.FOLDER / name).read_text(encoding="utf-8")
        (tmp_path / name).write_text(text.replace('rule = "krokus"', 'rule = "carnaval"'), encoding="utf-8")
    with pytest.raises(ValueError, match="krokusvakantie has an unknown rule 'carnaval'"):
        calendars.read(tmp_path)
