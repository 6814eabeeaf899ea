"""Turns in a word-for-word report: who speaks, what only looks like it, and what was not spoken at all."""

from datetime import date

import pytest

from tests.transcripts.parsing.conftest import CLOSED, HEADING, parsed, said, words_of
from transcripts.parsing.transcript import Capacity, Reason

# Turns


def test_speakers_have_their_name_capacity_and_party_as_printed():
    text = (
        f"{HEADING}\nDe voorzitter: Mevrouw Peeters heeft het woord.\n\n"
        "An Peeters (CD&V): Dank u.\n\nMinister Jo Claes: Graag gedaan.\n\n"
        "Anke Van dermeersch (Vlaams Belang): Ik sluit aan.\n\nRik D’Hulster (sp·a): Ik ook.\n"
    )
    speakers = [turn.speaker for turn in parsed(text).turns()]
    assert [(who.label, who.name, who.capacity, who.party) for who in speakers] == [
        ("De voorzitter", "Rita Maes", Capacity.CHAIR, ""),
        ("An Peeters (CD&V)", "An Peeters", Capacity.MEMBER, "CD&V"),
        ("Minister Jo Claes", "Jo Claes", Capacity.MINISTER, ""),
        ("Anke Van dermeersch (Vlaams Belang)", "Anke Van dermeersch", Capacity.MEMBER, "Vlaams Belang"),
        ("Rik D’Hulster (sp·a)", "Rik D’Hulster", Capacity.MEMBER, "sp·a"),
    ]


@pytest.mark.parametrize(
    ("label", "name", "capacity"),
    [
        ("Minister-president Jo Claes", "Jo Claes", Capacity.MINISTER),
        ("Viceminister-president Jo Claes", "Jo Claes", Capacity.MINISTER),
        ("Vlaams minister Jo Claes", "Jo Claes", Capacity.MINISTER),
        ("Minister Jo Claes (N-VA)", "Jo Claes", Capacity.MINISTER),
        ("Jo Claes, Vlaams minister van Landbouw", "Jo Claes", Capacity.MINISTER),
        ("De heer Bo De Wit", "Bo De Wit", Capacity.MEMBER),
        ("Mevrouw An Peeters (Groen)", "An Peeters", Capacity.MEMBER),
        ("Bo De Wit (onafhankelijke)", "Bo De Wit", Capacity.MEMBER),
        ("Els Wouters (Boerenbond)", "Els Wouters", Capacity.OTHER),
        ("Els Wouters, directeur van Boerenbond", "Els Wouters", Capacity.OTHER),
        ("Voorzitter Rita Maes", "Rita Maes", Capacity.CHAIR),
        ("Rita Maes, voorzitter", "Rita Maes", Capacity.CHAIR),
    ],
)
def test_a_label_is_read_in_its_other_forms(label, name, capacity):
    floor = f"De voorzitter: {name} heeft het woord.\n\n"
    turn = parsed(f"{HEADING}\n{floor}{label}: Dat is goed.\n").turns()[1]
    assert (turn.speaker.name, turn.speaker.capacity, turn.text) == (name, capacity, "Dat is goed.")


@pytest.mark.parametrize(
    "line",
    [
        "Twee, de heer Claes zegt: wij doen mee.",
        "Minister-president: mijn vraag is eenvoudig.",
        "Minister: doe voort.",
        "Wat de timing betreft: dat komt in orde.",
        "Minister Claes zei toen: wij doen mee.",
        "De heer De Wit vraagt: waarom?",
        "Mevrouw Peeters, u vraagt: waarom?",
        "Bo De Wit, u zegt: het kan.",
        "Kind en Gezin (K&G): daar begint het.",
        "Digitaal Vlaanderen (DV): daar begint het.",
        "Collega Bo De Wit: wat denkt u?",
        "Rik Maes, voorzitter van de vereniging, zegt: neen.",
        "Jo Claes, Vlaams minister van Landbouw, zei: neen.",
        "Jo Claes, minister van Landbouw zei: neen.",
        "Eén ding: het is laat.",
        "Brussel: daar gebeurt het.",
        "De Vlaamse Regering: die beslist.",
        "Mijn vraag (Groen): wanneer?",
        "Voorzitter, collega’s: goedenavond.",
    ],
)
def test_a_colon_inside_a_turn_starts_no_turn(line):
    (turn,) = parsed(f"{HEADING}\nAn Peeters (Groen): Ik begin.\n\n{line}\n\nIk ga voort.\n").turns()
    assert turn.text == f"Ik begin.\n{line}\nIk ga voort."


def test_a_turn_may_begin_without_the_floor_being_given():
    text = f"{HEADING}\nMinister Jo Claes: Dat klopt.\n\nAn Peeters (Groen): Neen.\n\nMinister Jo Claes: Toch wel.\n"
    assert said(parsed(text)) == [("Jo Claes", "Dat klopt."), ("An Peeters", "Neen."), ("Jo Claes", "Toch wel.")]


def test_a_name_alone_speaks_where_that_person_is_expected():
    text = f"{HEADING}\nDe voorzitter: De heer De Wit heeft het woord.\n\nBo De Wit: Dank u.\n\nAn Peeters: Ik ook.\n"
    assert [name for name, _ in said(parsed(text))] == ["Rita Maes", "Bo De Wit", "An Peeters"]


def test_a_surname_with_its_title_speaks_after_the_chair():
    text = f"{HEADING}\nDe voorzitter: Minister Claes heeft het woord.\n\nMinister Claes: Dank u.\n"
    assert said(parsed(text))[1] == ("Jo Claes", "Dank u.")


def test_a_surname_that_two_people_bear_stays_a_surname():
    other = HEADING.replace("Jo Claes", "An Claes").partition("Voorzitter")[0]
    text = f"{other}\n{HEADING}\nDe voorzitter: Minister Claes heeft het woord.\n\nMinister Claes: Dank u.\n"
    assert said(parsed(text))[1] == ("Claes", "Dank u.")


def test_a_missing_speaker_line_is_reported():
    lost = "Ik zal dat laten onderzoeken door de administratie. " * 12
    transcript = parsed(f"{HEADING}\nDe voorzitter: Minister Claes heeft het woord.\n\n{lost}\n")
    assert any("the line that names the speaker is missing" in warning for warning in transcript.warnings)


def test_a_heading_in_small_letters_needs_its_number():
    quiet = "Vraag om uitleg van de heer Bo De Wit tot mevrouw Rita Maes, Vlaams minister van Jeugd, over de oogst\n"
    (item,) = parsed(f"{quiet}– 12 (2012-2013)\n\nDe voorzitter: Dag.\n").items
    assert (item.questions[0].number, item.questions[0].asker, item.questions[0].addressee) == (
        "12",
        "Bo De Wit",
        "Rita Maes",
    )
    (turn,) = parsed(f"{HEADING}\nDe voorzitter: Dag.\n\nVraag om uitleg over de oogst is er niet.\n").turns()
    assert turn.text.endswith("Vraag om uitleg over de oogst is er niet.")


def test_a_label_that_a_narrow_column_breaks_is_read():
    text = "De voorzitter: Ga uw gang.\n\nViceminister-president Jo\nClaes: De oogst is goed dit\njaar.\n"
    assert said(parsed(text))[1] == ("Jo Claes", "De oogst is goed dit jaar.")


def test_a_first_line_that_ends_with_its_sentence_is_no_paragraph():
    full = "Dit is een volle regel met zoveel woorden dat hij de breedte haalt."
    text = f"{HEADING}\nMevrouw An Peeters (Groen): {full[-36:]}\n{full}\n{full}\n"
    assert said(parsed(text))[0][1] == f"{full[-36:]} {full} {full}"


def test_the_chair_speaks_over_several_paragraphs():
    text = f"{HEADING}\nDe voorzitter: Goedemiddag.\n\nMinister Claes heeft het woord.\n\nMinister Jo Claes: Dank u.\n"
    assert said(parsed(text))[0] == ("Rita Maes", "Goedemiddag.\nMinister Claes heeft het woord.")


# Notes


def test_another_person_takes_the_chair_in_a_stage_note():
    text = (
        f"{HEADING}\nDe voorzitter: Ik geef het woord.\n\n– Bo De Wit treedt als voorzitter op.\n\n"
        f"De voorzitter: Mevrouw Maes.\n{CLOSED}\n{HEADING}\nDe voorzitter: Ik ben terug.\n"
    )
    transcript = parsed(text)
    assert [turn.speaker.name for turn in transcript.turns()] == ["Rita Maes", "Bo De Wit", "Bo De Wit", "Rita Maes"]
    assert transcript.turns()[0].notes == ((18, "– Bo De Wit treedt als voorzitter op."),)
    assert words_of(transcript, text, Reason.NOTE) == ["– Bo De Wit treedt als voorzitter op."]


@pytest.mark.parametrize(
    "note",
    [
        "(Applaus bij Groen)",
        "(Gelach)",
        "(Rumoer. Opmerkingen van de heer De Wit)",
        "(Er treedt een storing op in de verbinding.)",
        "(N.v.d.r.: het kabinet verbetert dit: het gaat om 12 (twaalf)\nhoeven.)",
    ],
)
def test_a_note_stands_beside_the_running_text(note):
    text = f"{HEADING}\nMinister Jo Claes: Het is rond. {note} Wij gaan voort.\n"
    transcript = parsed(text)
    (turn,) = transcript.turns()
    assert turn.text == "Het is rond. Wij gaan voort."
    assert turn.notes == ((12, " ".join(note.split())),)
    assert words_of(transcript, text, Reason.NOTE) == [" ".join(note.split())]


@pytest.mark.parametrize(
    "bracket", ["(VVSG)", "(bijvoorbeeld een hoeve)", "(Groen)", "(in 2023 waren dat er 12)", "(N-VA en Vooruit)"]
)
def test_other_brackets_were_spoken(bracket):
    (turn,) = parsed(f"{HEADING}\nMinister Jo Claes: Wij zien dat {bracket} gebeuren.\n").turns()
    assert turn.text == f"Wij zien dat {bracket} gebeuren."
    assert turn.notes == ()


def test_a_list_with_dashes_is_no_stage_note():
    (turn,) = parsed(f"{HEADING}\nMinister Jo Claes: Er zijn twee sporen:\n\n– de hoeven.\n\n– de markten.\n").turns()
    assert turn.text == "Er zijn twee sporen:\n– de hoeven.\n– de markten."


# Pages


def test_a_sentence_runs_on_across_headers_footers_and_links():
    text = (
        f"{HEADING}\nMinister Jo Claes: Wij bekijken samen met de sector \n\n"
        "https://www.voorbeeld.be/landbouw/hoevetoerisme\n welke steun er nodig is en wat die mag \n\n\n"
        "24 Commissievergadering nr. C151 (2023-2024) – 12 maart 2024 \n\nVlaams Parlement \n\n kosten.\n"
    )
    transcript = parsed(text, said_on=None)
    (turn,) = transcript.turns()
    assert turn.text == "Wij bekijken samen met de sector welke steun er nodig is en wat die mag kosten."
    assert transcript.said_on == date(2024, 3, 12)
    assert (transcript.meeting_number, transcript.session) == ("C151", "2023-2024")
    assert words_of(transcript, text, Reason.LINK) == ["https://www.voorbeeld.be/landbouw/hoevetoerisme"]
    assert words_of(transcript, text, Reason.PAGE_FOOTER) == ["Vlaams Parlement"]


def test_a_paragraph_that_ends_before_a_page_break_ends_there():
    full = "Dit is een volle regel met zoveel woorden dat hij de breedte van de zetspiegel haalt."
    text = f"{HEADING}\nMinister Jo Claes: {full}\n{full}\nKort slot.\n {full}\n"
    (turn,) = parsed(text).turns()
    assert turn.text == f"{full} {full} Kort slot.\n{full}"


def test_a_heading_runs_on_across_a_page_break():
    broken = HEADING.replace("Vis-\nserij", "Vis-\n serij")
    (item,) = parsed(f"{broken}\nDe voorzitter: Dag.\n").items
    assert item.questions[0].addressee_title.endswith("Landbouw en Visserij")


def test_each_turn_knows_its_page():
    text = f"{HEADING}\nDe voorzitter: Dag.\n\n Bo De Wit (N-VA): Dag.\n\fAn Peeters (Groen): Dag.\n"
    assert [turn.page for turn in parsed(text).turns()] == [1, 2, 3]


def test_lines_that_come_back_at_the_edges_of_pages_are_not_said():
    pages = [
        f"Parlement van de proef  deel {page}\nDe heer spreekt op bladzijde {word} en gaat door\nAfdeling {page}\n"
        for page, word in enumerate(("een", "twee", "drie", "vier", "vijf"), start=1)
    ]
    text = f"{HEADING}\nMinister Jo Claes: Ik begin.\n\f" + "\f".join(pages)
    (turn,) = parsed(text).turns()
    assert "Parlement van de proef" not in turn.text
    assert "op bladzijde vijf" in turn.text


def test_a_page_header_may_lack_its_session():
    text = f"{HEADING}\nDe voorzitter: Dag\n\nPlenaire vergadering nr. 12 – 3 december 2014 7\n\nallemaal.\n"
    transcript = parsed(text, said_on=None)
    assert transcript.said_on == date(2014, 12, 3)
    assert transcript.turns()[0].text == "Dag allemaal."


@pytest.mark.parametrize("label", ["An Peeters (Groen)", "Minister Jo Claes", "De voorzitter"])
def test_a_line_in_capitals_above_a_label_is_a_heading_and_no_part_of_the_name(label):
    text = f"{HEADING}\nBo De Wit (Groen): Hoe zit dat?\n\nANTWOORD\n{label}: Dat zit goed.\n"
    transcript = parsed(text)
    assert [turn.speaker.label for turn in transcript.turns()] == ["Bo De Wit (Groen)", label]
    assert [turn.text for turn in transcript.turns()] == ["Hoe zit dat?", "Dat zit goed."]
    assert words_of(transcript, text, Reason.HEADING)[-1] == "ANTWOORD"


def test_a_name_that_the_end_of_the_line_breaks_is_still_one_name():
    text = f"{HEADING}\nBo De\nWit (Groen): Hoe zit dat?\n"
    assert [turn.speaker.name for turn in parsed(text).turns()] == ["Bo De Wit"]
