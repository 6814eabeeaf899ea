"""A report in the third person is read as if the minister spoke, and weighed in its own words."""

import pytest

from commitments.engine.statements.telling import as_spoken, is_told
from commitments.engine.types import Register, Side
from tests.commitments.engine.statements.conftest import Say

MINISTER = "Liesbet Verhaeren"

TOLD = [
    "De minister antwoordt dat er in het najaar een loket voor huurders komt.",
    "Minister Liesbet Verhaeren deelt mee dat de proef in september van start gaat.",
    "Op die vraag verduidelijkt de minister dat het tarief in 2032 wordt verlaagd.",
    "De minister zegt het overleg te kennen. Zij zal de sector opnieuw samenroepen.",
    "De minister belooft de commissie een lijst van de dossiers te bezorgen.",
    "De minister engageert zich ertoe de gouverneurs aan te schrijven.",
    "Volgens de minister komt er een nieuwe oproep voor kleine musea.",
    "De minister bevestigt dat zij het ontwerp in mei aan de regering voorlegt.",
    "Zij verklaarde dat zij de tarieven zou laten onderzoeken. De minister kent het dossier.",
    "De minister heeft aan het agentschap gevraagd om een kader op te stellen.",
]
NOT_HERS = [
    "De minister antwoordt dat de gemeenten daarvoor bevoegd zijn.",
    "De minister deelt mee dat de werken vorig jaar werden opgeleverd.",
    "De minister begrijpt de bezorgdheid. Zij heeft daar vorig jaar een antwoord op gegeven.",
    "De minister stelt dat zij daarover geen uitspraken kan doen.",
]


@pytest.mark.parametrize("text", TOLD)
def test_what_the_minister_is_said_to_promise_is_found(say: Say, text: str) -> None:
    assert say(text)


@pytest.mark.parametrize("text", NOT_HERS)
def test_what_the_minister_is_said_to_know_or_to_refuse_is_none(say: Say, text: str) -> None:
    assert not say(text)


@pytest.mark.parametrize("text", TOLD)
def test_the_same_words_in_the_turn_of_a_member_promise_nothing(say: Say, text: str) -> None:
    assert not say((Side.MEMBER, "Karlien De Meyst", text))


@pytest.mark.parametrize(
    "text", [*TOLD, *NOT_HERS, "“Ik kom”, zegt de minister.", "", "De minister", "minister X Y zal"]
)
def test_the_text_stays_as_long_as_it_was(text: str) -> None:
    assert len(as_spoken(text, MINISTER)) == len(text)


def test_the_minister_becomes_the_first_person_with_the_verb_beside(say: Say) -> None:
    assert as_spoken("Zij legt het voor.").split() == ["ik", "leg", "het", "voor."]
    assert as_spoken("Daarna gaat de minister langs.").split() == ["Daarna", "ga", "ik", "langs."]
    assert as_spoken("De minister laat dat na.").split() == ["ik", "laat", "dat", "na."]


def test_another_minister_stays_the_third_person() -> None:
    text = "Minister Bert Cools legt het voor."
    assert as_spoken(text, MINISTER) == text


def test_several_people_stay_the_third_person() -> None:
    assert "ik" not in as_spoken("De minister ziet de steden. Zij zullen dat doen.").split()[3:]


def test_whoever_speaks_in_the_first_person_is_not_told_of() -> None:
    assert is_told("De minister antwoordt dat het klaar is.")
    assert not is_told("Ik zeg wat de minister antwoordt: dat het klaar is.")
    assert is_told("“Ik maak daar werk van”, zegt minister Verhaeren.")
    assert not is_told("De federale minister van Justitie is bevoegd.")


def test_the_quote_is_what_stands_in_the_report(say: Say) -> None:
    text = "De minister antwoordt dat zij de sector zal samenroepen."
    [proposal] = say(text, register=Register.SPOKEN)
    assert proposal.quote == text


def test_where_one_turn_is_told_all_of_the_item_are(say: Say) -> None:
    told = "De minister antwoordt dat de gemeenten bevoegd zijn."
    later = "Er loopt een onderzoek naar de hoogte van de perrons."
    assert not say(later)
    assert say(told, later)


def test_a_noun_behind_somebody_who_speaks_is_no_verb(say: Say) -> None:
    assert not say("Ik sta daarover in contact met het parket.", register=Register.WRITTEN)
    assert say("De minister meldt dat hij daarover met het parket overlegt.")


def test_where_somebody_says_ik_nothing_of_the_item_is_told(say: Say) -> None:
    told = "De minister antwoordt dat de gemeenten bevoegd zijn."
    later = "Er loopt een onderzoek naar de hoogte van de perrons."
    assert say(told, later)
    assert not say(told, later, "Ik dank u.")


def test_a_pronoun_for_a_thing_stays_one() -> None:
    text = "De minister licht de regeling toe. Zij treedt in mei in werking."
    assert as_spoken(text).endswith("Zij treedt in mei in werking.")
