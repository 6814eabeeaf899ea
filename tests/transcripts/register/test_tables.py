"""The tables of the register: what a clerk keeps contradicts neither itself nor the calendar."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from textwrap import dedent

import pytest

from transcripts import register
from transcripts.parsing import names
from transcripts.parsing.names import MINISTER_TITLES, is_party

REGISTER = register.load()
OFFICES = REGISTER.offices
PARTIES = """
    [[party]]
    name = "Nieuw"

    [[party.printed]]
    spelling = "Oud"
    end = 2020-01-01
    source = "krant, 2020"

    [[party.printed]]
    spelling = "Nieuw"
    start = 2020-01-02
    source = "krant, 2020"
"""
GOVERNMENTS = """
    checked_on = 2021-01-01

    [[government]]
    name = "Een"
    start = 2015-01-01
    end = 2019-12-31
    source = "staatsblad, 2015"

    [[government.minister]]
    person = "An Peters"
    title = "Vlaams minister"
    portfolio = "Wonen en Energie"
    source = "staatsblad, 2015"

    [[government]]
    name = "Twee"
    start = 2020-01-01
    source = "staatsblad, 2020"
"""


def tables(folder: Path, governments: str = GOVERNMENTS, parties: str = PARTIES) -> register.Register:
    (folder / "governments.toml").write_text(dedent(governments), encoding="utf-8")
    (folder / "parties.toml").write_text(dedent(parties), encoding="utf-8")
    return register.load(folder)


def minister(**fields: object) -> str:
    """A row to add to government Twee."""
    row = {
        "person": '"Bo Claes"',
        "title": '"Vlaams minister"',
        "portfolio": '"Energie"',
        "source": '"staatsblad, 2020"',
    } | fields
    lines = [f"    {key} = {value}" for key, value in row.items() if value is not None]
    return GOVERNMENTS + "\n    [[government.minister]]\n" + "\n".join(lines) + "\n"


def test_the_governments_follow_each_other_without_a_day_between():
    assert [one.name for one in REGISTER.governments] == ["Bourgeois", "Homans", "Jambon", "Diependaele"]
    for one, following in zip(REGISTER.governments, REGISTER.governments[1:], strict=False):
        assert one.end is not None
        assert one.end + timedelta(days=1) == following.start
    assert REGISTER.governments[-1].end is None


@pytest.mark.parametrize("government", REGISTER.governments, ids=lambda one: one.name)
def test_a_government_has_one_minister_president_and_eight_or_nine_members_every_day(government):
    days = {government.start} | {office.start for office in government.offices}
    for day in days:
        sitting = [office for office in government.offices if office.covers(day)]
        assert len({office.person for office in sitting}) in (8, 9), day
        leading = [one for one in sitting if one.title.startswith("minister-president")]
        assert len(leading) == 1, day


@pytest.mark.parametrize("office", OFFICES, ids=lambda one: f"{one.person} {one.start}")
def test_every_row_says_where_it_can_be_read_and_what_is_not_certain(office):
    assert any(sign.isdigit() for sign in office.source), "a source has a date"
    assert office.certain or office.note
    assert any(title in office.title.casefold() for title in MINISTER_TITLES)
    assert register.is_flemish(office.title)


def test_no_competence_is_held_by_two_at_once_without_saying_why():
    for one, other in combinations(OFFICES, 2):
        if one.meets(other) and not (one.overlap or other.overlap):
            assert not register.competences(one.portfolio) & register.competences(other.portfolio), (one, other)


@pytest.mark.parametrize(
    ("day", "competence", "person"),
    [
        (date(2016, 4, 28), "Energie", "Annemie Turtelboom"),
        (date(2016, 5, 4), "Energie", "Bart Tommelein"),
        (date(2019, 1, 9), "Energie", "Lydia Peeters"),
        (date(2019, 2, 5), "Landbouw", "Joke Schauvliege"),
        (date(2019, 2, 6), "Landbouw", "Koen Van den Heuvel"),
        (date(2022, 5, 17), "Landbouw", "Hilde Crevits"),
        (date(2022, 5, 18), "Landbouw", "Jo Brouns"),
        (date(2023, 11, 8), "Inburgering", "Gwendolyn Rutten"),
        (date(2024, 8, 2), "Inburgering", "Lydia Peeters"),
        (date(2024, 9, 30), "Onderwijs", "Zuhal Demir"),
        (date(2026, 3, 1), "Wonen", "Hans Bonte"),
    ],
)
def test_a_successor_takes_over_on_the_day_of_the_oath(day, competence, person):
    (wanted,) = register.competences(competence)
    assert [one.person for one in OFFICES if one.covers(day) and wanted in one.competences] == [person]


def test_the_names_of_parties_are_known_to_who_reads_the_reports():
    for party in REGISTER.parties:
        assert party.name in [one.spelling for one in party.names]
        for name in party.names:
            assert is_party(name.spelling) or name.spelling in ("VB", "Union des Francophones"), name.spelling


def test_a_party_under_a_new_name_is_the_same_party():
    named = {names.party_key(one.spelling): party.name for party in REGISTER.parties for one in party.names}
    assert named[names.party_key("sp.a")] == named[names.party_key("Vooruit")] == "Vooruit"
    assert named[names.party_key("CD&V")] == "cd&v"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cultuur, Jeugd, Media en Brussel", "Cultuur, Media, Jeugd en Brussel"),
        ("Financiën en Begroting", "Begroting en financien"),
    ],
)
def test_a_portfolio_is_the_same_in_another_order_and_case(one, other):
    assert register.competences(one) == register.competences(other)


def test_a_minister_without_days_holds_office_as_long_as_the_government(tmp_path):
    (office,) = tables(tmp_path).offices
    assert (office.start, office.end) == (date(2015, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"source": None}, "Bo Claes, government Twee: “source” is missing."),
        ({"portfolio": None}, "“portfolio” is missing"),
        ({"start": "2019-12-31"}, "falls outside the days of the government"),
        ({"start": "2021-01-01", "end": "2020-06-01"}, "ends before it begins"),
        ({"certain": "false"}, "say in “note” what to check"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_name(tmp_path, fields, said):
    with pytest.raises(register.RegisterError) as refused:
        tables(tmp_path, minister(**fields))
    assert said in str(refused.value)
    assert "Bo Claes" in str(refused.value) or "Twee" in str(refused.value)


def test_two_ministers_of_one_competence_are_refused_unless_the_row_says_why(tmp_path):
    both = minister() + minister(person='"Cem Dogan"')[len(GOVERNMENTS) :]
    with pytest.raises(register.RegisterError, match="Bo Claes and Cem Dogan both hold energie on 2020-01-01"):
        tables(tmp_path, both)
    said = minister() + minister(person='"Cem Dogan"', overlap='"verlof"')[len(GOVERNMENTS) :]
    (tmp_path / "b").mkdir()
    assert len(tables(tmp_path / "b", said).offices) == 3


def test_a_government_that_never_ended_is_told(tmp_path):
    with pytest.raises(register.RegisterError, match="Een still lasts when Twee begins"):
        tables(tmp_path, GOVERNMENTS.replace("    end = 2019-12-31\n", ""))


def test_a_table_that_is_not_toml_is_told_in_one_sentence(tmp_path):
    with pytest.raises(register.RegisterError, match="governments.toml is not valid TOML"):
        tables(tmp_path, "[[government")
