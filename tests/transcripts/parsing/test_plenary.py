"""Plenary reports: questions, debates and votes, in the layouts of before and of today."""

from datetime import date
from pathlib import Path

import pytest

from tests.transcripts.parsing.conftest import parsed, words_of
from transcripts.papers import Paper, open_paper
from transcripts.parsing.transcript import Capacity, Reason

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
BEFORE, TODAY = "plenair-handelingen.txt", "plenair-2019.txt"


def paper(name: str) -> Paper:
    return open_paper(SAMPLES / name)


@pytest.mark.parametrize(
    ("name", "day", "number", "kinds"),
    [
        (
            BEFORE,
            date(2026, 2, 4),
            "22",
            ["opening van de vergadering", "actuele vraag", "actualiteitsdebat", "hoofdelijke stemmingen"],
        ),
        (
            TODAY,
            date(2026, 3, 18),
            "31",
            ["opening van de vergadering", "actuele vraag", "voorstel van decreet", "hoofdelijke stemming"],
        ),
    ],
)
def test_a_plenary_report_is_read_with_its_items(name, day, number, kinds):
    found = paper(name)
    transcript = found.transcript
    assert (transcript.said_on, transcript.meeting_number, transcript.session) == (day, number, "2025-2026")
    assert [item.kind for item in transcript.items] == kinds
    assert transcript.warnings == ()
    assert words_of(transcript, found.source.text, Reason.NOT_UNDERSTOOD) == []


@pytest.mark.parametrize("name", [BEFORE, TODAY])
def test_an_urgent_question_has_its_asker_its_minister_and_its_turns(name):
    item = paper(name).transcript.items[1]
    (question,) = item.questions
    assert question.addressee == "Els Vanrode"
    assert {turn.speaker.name for turn in item.turns if turn.speaker.capacity is Capacity.MEMBER} >= {question.asker}
    (minister,) = [turn for turn in item.turns if turn.speaker.capacity is Capacity.MINISTER]
    assert minister.speaker.name == "Els Vanrode"


def test_columns_are_narrow_and_words_are_joined_over_their_ends():
    minister = paper(BEFORE).transcript.items[1].turns[3]
    assert minister.text == "Collega’s, ik bezorg het parlement de cijfers voor 1 mei 2026."


def test_parts_of_a_bill_s_treatment_are_headings_of_one_item():
    found = paper(TODAY)
    assert "Artikelsgewijze bespreking" in words_of(found.transcript, found.source.text, Reason.HEADING)
    assert all("bespreking\n" not in turn.text for turn in found.transcript.turns())


def test_the_result_of_a_vote_stays_with_the_chair_and_votes_on_articles_are_notes():
    found = paper(TODAY)
    vote = found.transcript.items[-1].turns[0]
    assert vote.speaker.capacity is Capacity.CHAIR
    assert "110 leden hebben ja geantwoord." in vote.text
    notes = words_of(found.transcript, found.source.text, Reason.NOTE)
    assert "– De artikelen 1 tot en met 5 worden zonder opmerkingen aangenomen." in notes


@pytest.mark.parametrize(
    ("label", "name", "party"),
    [
        ("Griet Pauwels, verslaggever (Vooruit)", "Griet Pauwels", "Vooruit"),
        ("Griet Pauwels (Vooruit), verslaggever", "Griet Pauwels", "Vooruit"),
        ("De heer Bo De Wit (N-VA)", "Bo De Wit", "N-VA"),
    ],
)
def test_who_speaks_for_a_committee_has_a_party_too(label, name, party):
    (_, turn) = parsed(f"De voorzitter: Ga uw gang.\n\n{label}: Voorzitter, dank u.\n").turns()
    assert (turn.speaker.name, turn.speaker.party, turn.text) == (name, party, "Voorzitter, dank u.")


def test_a_sub_heading_is_none_where_it_stands_inside_a_speech():
    (_, turn) = parsed(
        "De voorzitter: Ga uw gang.\n\nBo De Wit (N-VA): Ik zeg het zo:\nBespreking\nis nodig.\n"
    ).turns()
    assert "Bespreking" in turn.text
