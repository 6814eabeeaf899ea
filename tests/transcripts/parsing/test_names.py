"""Spellings of one person meet; different people stay apart."""

import pytest

from transcripts.parsing.names import family_name, fold, is_party, looks_like_name, recase, split_title, strip_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("An D’Hulster", "An D'Hulster"),
        ("An D’Hulster", "AN D'HULSTER"),
        ("Koen Van den Heuvel", "Koen Van Den Heuvel"),
        ("Koen Van den Heuvel", "Koen Vandenheuvel"),
        ("Anke Van dermeersch", "Anke Vandermeersch"),
        ("Minister Jo Claes", "Jo Claes"),
        ("Viceminister-president Jo Claes", "minister Jo Claes"),
        ("Mevrouw Rita Maes (cd&v)", "Rita Maes"),
        ("Zoë Çelik", "Zoe Celik"),
        ("Anne-Marie  Peeters", "Anne Marie Peeters"),
        ("Rita Maes-Van Loo", "Rita Maes Van Loo"),
    ],
)
def test_spellings_of_one_person_meet(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jan Peeters", "An Peeters"),
        ("Jan Peeters", "Jan Peters"),
        ("Koen De Roo", "Koen Roo"),
        ("An D’Hulster", "An De Hulster"),
        ("Koen Van den Heuvel", "Kris Van den Heuvel"),
        ("Jan De Smet", "Jan Smet"),
        ("Jan De Smet", "Jande Smet"),
    ],
)
def test_different_people_stay_apart(one, other):
    assert fold(one) != fold(other)


def test_a_title_is_split_from_the_name():
    assert split_title("Minister-president Jan Claes") == ("Minister-president", "Jan Claes")
    assert split_title("De heer minister Claes") == ("De heer minister", "Claes")
    assert split_title("Ministerie Van Loo") == ("", "Ministerie Van Loo")


def test_title_and_party_are_no_part_of_the_name():
    assert strip_title("De heer Stijn Maes (CD&V)") == "Stijn Maes"
    assert strip_title("mevrouw RITA D’HULST") == "Rita D’Hulst"


def test_a_name_in_capitals_gets_its_usual_case():
    assert recase("AN VAN DE WALLE") == "An Van de Walle"
    assert recase("An Maes") == "An Maes"


def test_the_family_name_keeps_its_particles():
    assert family_name("Koen Van den Heuvel") == "Van den Heuvel"
    assert family_name("Minister Jo Claes") == "Claes"
    assert family_name("An D’Hulster") == "D’Hulster"


@pytest.mark.parametrize(
    "party", ["N-VA", "CD&V", "cd&v", "sp·a", "sp.a", "Vooruit", "Open Vld", "Open VLD", "PVDA", "Onafhankelijke"]
)
def test_a_party_is_known_in_the_spellings_of_its_day(party):
    assert is_party(party)


@pytest.mark.parametrize("words", ["VVSG", "netwerk- en informatiesystemen", "2019"])
def test_other_brackets_are_no_party(words):
    assert not is_party(words)


@pytest.mark.parametrize("words", ["Anke Van dermeersch", "An D’Hulster", "Koen van den Heuvel", "J. Maes"])
def test_names_have_capitals_and_particles(words):
    assert looks_like_name(words)


@pytest.mark.parametrize("words", ["Maes", "Maes zegt", "Wat de timing", "Jan Maes van", "de heer", "Artikel 12"])
def test_other_words_are_no_name(words):
    assert not looks_like_name(words)
