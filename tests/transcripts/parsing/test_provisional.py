"""Reports that are published before they are complete."""

import pytest

from tests.transcripts.parsing.conftest import HEADING, parsed, words_of
from transcripts.parsing.placeholders import is_placeholder
from transcripts.parsing.transcript import Reason

WAITS = "An Peeters (Groen): Tekstfragment nog niet beschikbaar.\n\n"
LAST = "De voorzitter: Goed.\n"


def test_a_text_report_tells_how_many_turns_wait_for_their_words():
    transcript = parsed(f"{HEADING}\n{WAITS}Minister Jo Claes: (Tekst nog niet beschikbaar.)\n\n{LAST}")
    assert [warning for warning in transcript.warnings if "2 turns are not available yet" in warning]


def test_a_complete_report_tells_nothing_of_it():
    assert parsed(f"{HEADING}\nMinister Jo Claes: Het voorlopig verslag van de werkgroep komt.\n").warnings == ()


@pytest.mark.parametrize("notice", ["Voorlopig verslag", "VOORLOPIGE VERSIE", "Dit is een voorlopig verslag."])
def test_a_cover_may_say_that_the_report_is_provisional(notice):
    text = f"Woordelijk Verslag\n{notice}\n\n{HEADING}\n{LAST}"
    transcript = parsed(text)
    assert any("this report is provisional" in warning for warning in transcript.warnings)
    assert words_of(transcript, text, Reason.NOT_UNDERSTOOD) == []


@pytest.mark.parametrize(
    "words",
    [
        "Tekstfragment nog niet beschikbaar.",
        "Nog niet beschikbaar",
        "De tekst van deze tussenkomst is nog niet beschikbaar.",
        "(Deze tekst is nog niet beschikbaar.)",
    ],
)
def test_a_placeholder_is_known(words):
    assert is_placeholder(words)


@pytest.mark.parametrize(
    "words",
    ["De cijfers voor dit jaar zijn nog niet beschikbaar.", "Die studie is nog niet beschikbaar.", "", "Beschikbaar."],
)
def test_an_answer_is_no_placeholder(words):
    assert not is_placeholder(words)
