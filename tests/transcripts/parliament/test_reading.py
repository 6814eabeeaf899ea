"""What the answers about a meeting become: items, turns, questions, and words about what was not understood."""

import json

import pytest

from tests.transcripts.parliament.service import meeting, question, spoken, turns
from transcripts.papers import Paper, make_paper
from transcripts.parsing.transcript import Reason
from transcripts.reading import UnreadableError
from transcripts.reading.service import paragraphs_of


def paper(*lines, **fields) -> Paper:
    head = meeting(12, **fields)["vergadering"]
    return make_paper(json.dumps({"vergadering": head, "journaallijn": list(lines)}).encode(), "m.json")


def line(*speakers, **fields):
    return {"id": 345, "vrageninterpellatie": [question(77, 901, "de premies")], "spreker": list(speakers), **fields}


def test_a_meeting_is_read_with_its_head_its_questions_and_its_turns():
    transcript = paper(line() | turns()).transcript
    assert (transcript.said_on.isoformat(), transcript.meeting_number) == ("2026-02-03", "C88")
    assert (transcript.committee, transcript.chair) == ("Commissie voor Wonen", "Griet Pauwels")
    (item,) = transcript.items
    assert (item.kind, item.title) == ("vraag om uitleg", "de premies")
    (asked,) = item.questions
    assert (asked.number, asked.session) == ("901", "2025-2026")
    assert (asked.asker, asked.addressee) == ("Karim Daems", "Els Vanrode")
    assert [(turn.speaker.name, turn.speaker.capacity.value, turn.speaker.party) for turn in item.turns] == [
        ("Griet Pauwels", "chair", ""),
        ("Karim Daems", "member", "Groen"),
        ("Els Vanrode", "minister", ""),
        ("Griet Pauwels", "chair", ""),
    ]
    assert item.turns[2].text == "Collega, dank u.\nIk bezorg u de cijfers voor het einde van maart 2026."
    assert transcript.warnings == ()


def test_every_character_is_in_a_turn_a_label_a_heading_or_the_cover():
    found = paper(line() | turns())
    account = found.transcript.account
    assert (account[0].start, account[-1].end) == (0, len(found.source.text))
    assert {run.reason for run in account} == {
        Reason.COVER,
        Reason.HEADING,
        Reason.SPEAKER_LABEL,
        Reason.SPEECH,
        Reason.BLANK,
    }
    for turn in found.transcript.turns():
        for here, there, size in turn.passage.pieces:
            assert turn.text[here : here + size] == found.source.text[there : there + size]


def test_questions_treated_together_are_one_item():
    both = [question(77, 901, "de premies"), question(78, 902, "de leningen", asker="Bo De Wit")]
    (item,) = paper(line(vrageninterpellatie=both) | turns()).transcript.items
    assert [(one.number, one.asker) for one in item.questions] == [("901", "Karim Daems"), ("902", "Bo De Wit")]
    assert item.title == "de premies; de leningen"


def test_a_debate_and_one_thing_alone_instead_of_a_list_are_read():
    debate = {"id": 5, "titel": "Debat over de begroting", "objecttype": {"naam": "Actualiteitsdebat"}}
    (item,) = paper({"id": 346, "debat": debate, "spreker": spoken("Bo De Wit (N-VA)", "Ja.")}).transcript.items
    assert (item.kind, item.title, item.questions) == ("actualiteitsdebat", "Debat over de begroting", ())
    assert [turn.text for turn in item.turns] == ["Ja."]


@pytest.mark.parametrize(
    ("markup", "paragraphs"),
    [
        ("<p>Caf&eacute; &amp; co: 3 &lt; 4.</p>", ["Café & co: 3 < 4."]),
        ("<p>Eén</p><p>Twee<br/>Drie</p>", ["Eén", "Twee", "Drie"]),
        ("Een <b>vet</b>\nwoord <i>schuin</i>.<p>Twee", ["Een vet woord schuin.", "Twee"]),
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<p>Voor<script>alert('x')</script> na<style>p{}</style>.</p>", ["Voor na."]),
        ('<p onclick="x()">Klik <a href="javascript:x()">hier</a><iframe src="//x"></iframe></p>', ["Klik hier"]),
        ("<!-- weg --><p>Blijft</p>", ["Blijft"]),
        ("zonder opmaak\n\ntwee", ["zonder opmaak", "twee"]),
        ("<p>nul\x00teken &#8364;</p>", ["nul teken €"]),
        ("<p></p><div> </div>", []),
        ("", []),
    ],
)
def test_the_words_of_a_turn_are_its_text_and_no_markup(markup, paragraphs):
    assert paragraphs_of(markup) == paragraphs


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"id": 345, "sprekers": []}, None),
        ({"id": 345, "spreker": "nieuw"}, "spreker"),
        (line({"titel": "Minister X", "tekst": "nieuw"}), "sprekertekst"),
        (line(spoken("", "<p>Wie?</p>")), "sprekertitel"),
        (line(vrageninterpellatie=[{"id": 1, "nummer": 3}]), "contacttype"),
        (line(vrageninterpellatie=[{"id": 1, "nummer": 3}]), "titel"),
    ],
)
def test_changed_fields_are_told_in_words_and_the_rest_is_read(broken, named):
    transcript = paper(line() | turns(), broken).transcript
    assert len(transcript.items[0].turns) == 4
    if named:
        assert any(f"“{named}”" in warning for warning in transcript.warnings)


def test_words_nobody_is_named_for_are_kept():
    (turn,) = paper(line(spoken("", "<p>Wie zegt dit?</p>"))).transcript.turns()
    assert (turn.speaker.name, turn.text) == ("", "Wie zegt dit?")


def test_a_provisional_report_says_so():
    found = paper(line() | turns(), **{"voorlopig-verslag": True})
    assert any("provisional" in warning for warning in found.transcript.warnings)


@pytest.mark.parametrize("data", [b'{"vergadering": ', b'{"vergadering": 3}', b'{"vergadering": {}}'])
def test_a_meeting_that_is_none_is_refused_in_a_sentence(data):
    with pytest.raises(UnreadableError, match=r"^m\.json: "):
        make_paper(data, "m.json")
