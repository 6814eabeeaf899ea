"""The forms of verbs are derived from the infinitive by the rules of Dutch spelling."""

import pytest

from commitments.engine.statements.rules import load
from commitments.engine.statements.verbs import stem_of, verb


@pytest.mark.parametrize(
    ("infinitive", "stem"),
    [
        ("maken", "maak"),
        ("leggen", "leg"),
        ("schrijven", "schrijf"),
        ("verhuizen", "verhuis"),
        ("zoeken", "zoek"),
        ("evalueren", "evalueer"),
        ("financieren", "financier"),
        ("subsidiëren", "subsidieer"),
        ("creëren", "creëer"),
        ("openen", "open"),
        ("bundelen", "bundel"),
        ("verdelen", "verdeel"),
        ("herverdelen", "herverdeel"),
        ("onteigenen", "onteigen"),
        ("verlenen", "verleen"),
        ("wijzigen", "wijzig"),
        ("bieden", "bied"),
        ("voltooien", "voltooi"),
        ("voorzien", "voorzie"),
    ],
)
def test_a_stem_is_spelled_as_it_is_spoken(infinitive: str, stem: str) -> None:
    assert stem_of(infinitive) == stem


@pytest.mark.parametrize(
    ("written", "participle"),
    [
        ("test", None),
        ("voor|leggen", "voorgelegd"),
        ("aan|passen", "aangepast"),
        ("verhuizen", "verhuisd"),
        ("evalueren", "geëvalueerd"),
        ("installeren", "geïnstalleerd"),
        ("voor|bereiden", "voorbereid"),
        ("onderhandelen", "onderhandeld"),
        ("starten", "gestart"),
        ("uit|schrijven:geschreven", "uitgeschreven"),
    ],
)
def test_a_participle_is_regular_unless_it_is_given(written: str, participle: str | None) -> None:
    if participle is None:
        with pytest.raises(ValueError, match="is no verb"):
            verb(written)
    else:
        assert verb(written).participle == participle


def test_a_stem_that_is_given_is_taken() -> None:
    assert (verb("na|gaan/ga:gegaan").present, verb("verminderen/verminder").third) == ("ga", "vermindert")


def test_the_forms_join_the_lists_that_are_named() -> None:
    parts = load().parts
    assert "|ontharden" in parts["doen"]
    assert "|onthard)" in parts["verandering"] or "|onthard|" in parts["verandering"]
    assert "ontmijnt" in parts["gebeurt"]
    assert "actualiseer" in parts["doe-los"]


def test_a_separable_verb_is_found_with_its_part_alone() -> None:
    form = next(one for one in load().written if one.id == "ik-doe")
    assert "<doe:werk|werken>" not in form.members
    assert any(member.endswith("<los:door>") and "reken" in member for member in form.members)
