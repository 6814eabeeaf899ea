"""Guests: people who speak without being announced, and what only looks like the label of one."""

import pytest

from tests.transcripts.parsing.conftest import HEADING, parsed, said
from transcripts.parsing.transcript import Capacity

OPEN = f"{HEADING}\nMinister Jo Claes: Ik laat de diensten aan het woord.\n\n"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Commissaris-generaal Els Wouters", "Els Wouters"),
        ("Gedelegeerd bestuurder Els Wouters", "Els Wouters"),
        ("Hoofdinspecteur Rik D’Hondt", "Rik D’Hondt"),
        ("Professor Els Wouters", "Els Wouters"),
        ("Gouverneur Anke Van den Berge (Oost-Vlaanderen)", "Anke Van den Berge"),
        ("Els Wouters, directeur van de dienst Hoeven", "Els Wouters"),
        ("Els Wouters, adjunct-directeur", "Els Wouters"),
        ("Mevrouw Els Wouters, gedelegeerd bestuurder", "Els Wouters"),
        ("De heer Rik Van Hove, afgevaardigd bestuurder van de coöperatie", "Rik Van Hove"),
        ("Prof. dr. Els Wouters, Hogeschool Kempen", "Els Wouters"),
        ("Els Wouters (Hogeschool Kempen)", "Els Wouters"),
        ("De heer Rik Van Hove (Hoeveraad)", "Rik Van Hove"),
        ("Mevrouw Wouters", "Wouters"),
    ],
)
def test_a_guest_whom_nobody_announced_has_a_turn_of_his_own(label, name):
    transcript = parsed(f"{OPEN}{label}: Dank u wel. Wij doen dat al jaren.\n\nMinister Jo Claes: Zo is het.\n")
    assert [turn.speaker.name for turn in transcript.turns()] == ["Jo Claes", name, "Jo Claes"]
    assert transcript.turns()[1].speaker.capacity is not Capacity.MINISTER
    assert transcript.turns()[1].text == "Dank u wel. Wij doen dat al jaren."


def test_who_speaks_unannounced_is_told_once():
    turn = "Els Wouters, directeur van de dienst Hoeven: Dank u wel.\n\n"
    transcript = parsed(f"{OPEN}{turn}Minister Jo Claes: Ja.\n\n{turn}")
    assert [name for name, _ in said(transcript)] == ["Jo Claes", "Els Wouters", "Jo Claes", "Els Wouters"]
    (warning,) = transcript.warnings
    assert warning.startswith("Nobody announces these speakers: Els Wouters (p. 1).")


def test_a_guest_who_was_given_the_floor_is_not_told():
    floor = "De voorzitter: De heer Van Hove heeft het woord.\n\n"
    transcript = parsed(f"{OPEN}{floor}Rik Van Hove, directeur van de coöperatie: Dank u wel.\n")
    assert said(transcript)[-1] == ("Rik Van Hove", "Dank u wel.")
    assert transcript.warnings == ()


def test_a_guest_whom_the_heading_invites_is_expected():
    heading = "GEDACHTEWISSELING met Els Wouters, directeur van de dienst Hoeven, en met Rik Van Hove over de oogst\n"
    transcript = parsed(f"{heading}\nDe voorzitter: Welkom.\n\nEls Wouters: Dank u.\n\nRik Van Hove: Ook dank.\n")
    assert [name for name, _ in said(transcript)] == ["", "Els Wouters", "Rik Van Hove"]
    assert transcript.warnings == ()


def test_a_bare_name_speaks_where_the_report_calls_that_person_by_a_title():
    transcript = parsed(f"{OPEN}Els Wouters: Dank u.\n\nDe voorzitter: Ik dank mevrouw Wouters.\n")
    assert [name for name, _ in said(transcript)] == ["Jo Claes", "Els Wouters", "Rita Maes"]
    assert "Els Wouters (p. 1)" in transcript.warnings[0]


def test_a_label_that_the_end_of_a_line_breaks_is_a_guest_s_too():
    text = f"{OPEN}Mevrouw Els Wouters, directeur van het Agentschap voor de Kleine\nHoeven: Dank u wel.\n"
    assert said(parsed(text))[-1] == ("Els Wouters", "Dank u wel.")


def test_no_line_before_a_label_is_taken_for_a_part_of_it():
    transcript = parsed(f"{OPEN}Woordelijk Verslag\nDe voorzitter (Rita Maes): Tot slot.\n")
    assert "Woordelijk Verslag De voorzitter" not in [name for name, _ in said(transcript)]


def test_a_minister_whom_nobody_announced_is_a_minister():
    turn = parsed(f"{OPEN}Rita Smets, Vlaams minister van Jeugd: Dank u wel.\n").turns()[-1]
    assert (turn.speaker.name, turn.speaker.capacity) == ("Rita Smets", Capacity.MINISTER)


@pytest.mark.parametrize(
    "line",
    [
        "Twee, de heer Claes zegt: Wij doen mee.",
        "Mijn vraag: Wanneer komt de regeling?",
        "Conclusie: Er is nog werk.",
        "Minister, ik heb drie vragen: Wanneer, waar en hoe?",
        "Minister Claes, drie vragen: Wanneer, waar en hoe?",
        "Vlaanderen: Dat is meer dan een markt.",
        "Oost-Vlaanderen, Limburg en Brussel: Overal is het gelijk.",
        "Ten eerste, de markten: Die blijven.",
        "De Vlaamse Regering, het parlement en de steden: Allen werken mee.",
        "Els Wouters, directeur van de dienst, zegt: Neen.",
        "Els Wouters, directeur van de dienst, schreef mij: Neen.",
        "Els Wouters, u vroeg: Wanneer?",
        "Directeur: Dat is een functie.",
        "Kind en Gezin (K&G): Daar begint het.",
        "Digitaal Vlaanderen (DV): Daar begint het.",
        "Vlaams Belang: Tegen.",
        "Open Vld, lid van de meerderheid: Voor.",
        "Collega Els Wouters: Wat denkt u?",
        "Els Wouters, directeur van de dienst: daar ligt de sleutel.",
        "Geachte leden: Ik rond af.",
    ],
)
def test_a_colon_of_a_sentence_opens_no_turn_and_is_not_told(line):
    transcript = parsed(f"{OPEN}{line}\n\nIk ga voort.\n")
    (turn,) = transcript.turns()
    assert turn.text == f"Ik laat de diensten aan het woord.\n{line}\nIk ga voort."
    assert transcript.warnings == ()


@pytest.mark.parametrize(
    "line",
    [
        "Els Wouters: Dat is een vraag.",
        "Digitaal Vlaanderen: Daar begint het.",
        "Els Wouters, directeur van de dienst Hoeven: “Wij kunnen dat aan.”",
        "Els Wouters, van harte welkom: Dat is een begroeting.",
        "Directeur Sociale Zaken: Els Wouters",
        "Directeur Openbare Werken: Mevrouw Els Wouters.",
    ],
)
def test_what_may_be_a_speaker_stays_in_the_turn_and_is_told(line):
    transcript = parsed(f"{OPEN}{line}\n\nIk ga voort.\n")
    (turn,) = transcript.turns()
    assert turn.text == f"Ik laat de diensten aan het woord.\n{line}\nIk ga voort."
    (warning,) = transcript.warnings
    assert warning.startswith(f"These words may name a speaker, but nothing says so: {line.partition(':')[0]} (p. 1)")


def test_a_guest_s_label_inside_a_paragraph_opens_no_turn():
    full = "Dit is een volle regel met zoveel woorden dat hij de breedte van de zetspiegel haalt.\n"
    text = f"{OPEN}{full * 6}Els Wouters, directeur van de dienst Hoeven: Wij doen dat. {full}{full}"
    assert [name for name, _ in said(parsed(text))] == ["Jo Claes"]


def test_whom_a_minister_answers_by_family_name_does_not_speak():
    asked = "An Peeters (Groen): Wat nu?\n\nMinister Jo Claes: Ik antwoord.\n\n"
    transcript = parsed(f"{HEADING}\n{asked}Mevrouw Peeters: U vroeg wat nu.\n")
    assert [name for name, _ in said(transcript)] == ["An Peeters", "Jo Claes"]
    assert any("Mevrouw Peeters (p. 1)" in warning for warning in transcript.warnings)
