"""What a report page prints above its speeches, saved or copied out."""

from datetime import date

import pytest

from transcripts.parsing import parse
from transcripts.parsing.page_head import read_page_head
from transcripts.parsing.transcript import Capacity, Reason, Transcript
from transcripts.reading import read

SPEECH = """<div class="meeting-speech">
<h4 class="meeting-speech__title">{}</h4><div class="meeting-speech__value"><p>{}</p></div>
<div class="meeting-speech__share"><a href="#">Deel dit</a></div></div>"""
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Verslag</title></head><body>
<nav><a href="/">Home</a></nav><main><h1 class="meeting-header__title">Verslag vergadering Commissie voor Water</h1>
<date class="meeting-header__date-full">dinsdag 3 maart 2026, 10.03u</date>
<div class="meeting-header__chair"><span>Voorzitter</span> <a href="#">Els De Smet</a></div>
<div class="note">Dit is een voorlopig verslag.</div>
<div class="meeting-speeches"><h2>Vraag om uitleg <span>over de sluis in Doel</span></h2>
<div>van <a href="#">Jan Maes</a> aan minister <a href="#">Rik Wouters</a></div><div>512 (2025-2026)</div>
<h2>Vraag om uitleg over het peil van de Schelde</h2><div>513 (2025-2026)</div>
<div>van An Claes aan minister Rik Wouters</div>
<div class="meeting-speeches__list">
{SPEECH.format("De voorzitter", "De heer Maes heeft het woord.")}
{SPEECH.format('<a href="#">Jan Maes</a> <span>Groen</span>', "Wanneer komt de sluis?")}
{SPEECH.format("Minister Rik Wouters", "Ik leg de planning in juni voor.")}
</div></div></main></body></html>"""
COPIED = """Verslag vergadering Commissie voor Water
dinsdag 3 maart 2026, 10.03u
Voorzitter
Els De Smet
Vraag om uitleg over de sluis in Doel
van Jan Maes aan minister Rik Wouters
512 (2025-2026)
De voorzitter
De heer Maes heeft het woord.
Jan Maes (Groen)
Wanneer komt de sluis?
Minister Rik Wouters
Ik leg de planning in juni voor.
De voorzitter
De vraag om uitleg is afgehandeld.
Vraag om uitleg over het peil van de Schelde
van An Claes aan minister Rik Wouters
513 (2025-2026)
De voorzitter
Mevrouw Claes heeft het woord.
An Claes (Vooruit)
Hoe hoog staat het water?
"""


def transcript_of(text: str) -> Transcript:
    return parse(read(text.encode(), "pagina"))


def test_the_lines_above_the_speeches_tell_the_meeting_and_each_joined_question() -> None:
    transcript = transcript_of(PAGE)
    (item,) = transcript.items
    assert (transcript.committee, transcript.said_on) == ("Commissie voor Water", date(2026, 3, 3))
    assert (transcript.chair, item.chair, item.turns[0].speaker.name) == ("Els De Smet",) * 3
    assert [(one.number, one.asker, one.addressee, one.subject) for one in item.questions] == [
        ("512", "Jan Maes", "Rik Wouters", "de sluis in Doel"),
        ("513", "An Claes", "Rik Wouters", "het peil van de Schelde"),
    ]
    assert item.kind == "vraag om uitleg"


def test_a_page_that_calls_itself_provisional_is_told_so() -> None:
    assert any("provisional" in warning for warning in transcript_of(PAGE).warnings)


def test_nothing_of_a_page_is_left_without_a_reason() -> None:
    for text in (PAGE, COPIED):
        assert Reason.NOT_UNDERSTOOD not in {run.reason for run in transcript_of(text).account}


def test_a_link_to_share_a_speech_is_no_part_of_it_and_a_party_may_stand_without_brackets() -> None:
    turn = transcript_of(PAGE).turns()[1]
    assert (turn.speaker.name, turn.speaker.party, turn.text) == ("Jan Maes", "Groen", "Wanneer komt de sluis?")


def test_a_page_copied_out_has_its_chair_and_an_item_for_each_question() -> None:
    transcript = transcript_of(COPIED)
    assert transcript.chair == "Els De Smet"
    assert [[one.number for one in item.questions] for item in transcript.items] == [["512"], ["513"]]
    assert [item.title for item in transcript.items] == ["de sluis in Doel", "het peil van de Schelde"]
    assert [(turn.speaker.capacity, turn.speaker.name) for turn in transcript.items[1].turns] == [
        (Capacity.CHAIR, "Els De Smet"),
        (Capacity.MEMBER, "An Claes"),
    ]


def test_a_label_that_lost_its_mark_is_still_a_label() -> None:
    bare = PAGE.replace('<h4 class="meeting-speech__title">', "<p>").replace("</h4>", "</p>")
    said = [(turn.speaker.name, turn.text) for turn in transcript_of(bare).turns()]
    assert said[0] == ("Els De Smet", "De heer Maes heeft het woord.")
    assert said[2] == ("Rik Wouters", "Ik leg de planning in juni voor.")


@pytest.mark.parametrize("words", ["van de steden aan zee", "Van der Berg", "512 gemeenten", "Ik ga over Gent."])
def test_words_that_only_look_like_a_head_are_left(words: str) -> None:
    assert not read_page_head([(words, 0)]).runs
