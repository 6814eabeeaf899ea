"""Reports in the third person: who is said to say what, and whose words a retelling stays."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.parsing.conftest import CLOSED, HEADING, parsed, said, words_of
from tests.transcripts.parsing.test_account import check
from transcripts.papers import open_paper
from transcripts.parsing import parse
from transcripts.parsing.third_person import parse_third_person
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason
from transcripts.reading import read
from transcripts.reading.source import Source

SAMPLES = Path(__file__).parent.parent / "samples" / "reports"
SAMPLE, BEFORE = SAMPLES / "verslag-namens-commissie.txt", SAMPLES / "verslag-2008.txt"
MINISTER = "Minister Els Vanrode licht het plan toe.\n\n"
MEMBER = "De heer Bo De Wit (N-VA) vraagt wanneer het plan er is.\n\n"


def told(text, **given):
    return parsed(text, kind=DocumentKind.REPORT, **given)


def test_a_report_on_behalf_of_a_committee_is_known_by_its_cover_and_dated_by_its_meeting():
    transcript = open_paper(SAMPLE).transcript
    assert transcript.kind is DocumentKind.REPORT
    assert transcript.said_on == date(2026, 2, 10)  # not the day on which it was handed in
    assert transcript.committee == "Commissie voor Wonen, Energie en Klimaat"
    assert transcript.chair == "Griet Pauwels"
    assert [item.title for item in transcript.items] == [
        "Toelichting door de indiener",
        "Standpunt van minister Els Vanrode",
        "Bespreking",
        "Stemming",
    ]


def test_paragraphs_go_to_whom_the_reporting_sentence_names():
    transcript = open_paper(SAMPLE).transcript
    assert [(turn.speaker.name, turn.speaker.capacity.value, turn.speaker.party) for turn in transcript.turns()] == [
        ("Bo De Wit", "member", "N-VA"),
        ("Els Vanrode", "minister", ""),
        ("An Peeters", "member", "Groen"),
        ("Karim Daems", "member", "Vooruit"),
        ("Els Vanrode", "minister", ""),
        ("Griet Pauwels", "member", ""),
        ("Els Vanrode", "minister", ""),
        ("Bo De Wit", "member", ""),
    ]
    assert transcript.turns()[1].text == (
        "De minister onderschrijft het doel van het voorstel. Zij zal voor het einde van juni 2026 een overzicht "
        "van de lopende dossiers aan de commissie bezorgen.\n"
        "Het budget voor 2026 ligt vast. Daarin is 40 miljoen euro opgenomen."
    )


def test_every_character_of_such_a_report_is_accounted_for():
    paper = open_paper(SAMPLE)
    text, transcript = paper.source.text, paper.transcript
    assert words_of(transcript, text, Reason.NOT_UNDERSTOOD) == []
    assert words_of(transcript, text, Reason.PAGE_HEADER) == ["512 (2025-2026) – Nr. 3 5"]
    assert words_of(transcript, text, Reason.NOTE) == [
        "Het voorstel van resolutie wordt eenparig aangenomen. Karim DAEMS, verslaggever"
    ]
    for turn in transcript.turns():
        for here, there, size in turn.passage.pieces:
            assert turn.text[here : here + size] == text[there : there + size]


@pytest.mark.parametrize(
    "sentence",
    [
        "Minister Els Vanrode antwoordt dat het plan klaar is.",
        "De minister antwoordt dat het plan klaar is.",
        "Minister Vanrode, die het plan opstelde, zegt dat het klaar is.",
        "Ook minister Vanrode wijst op het plan.",
        "Vervolgens deelt mevrouw Vanrode mee dat het plan klaar is.",
        "Op die vraag antwoordt de minister dat het plan klaar is.",
        "Mevrouw Vanrode is van mening dat het plan klaar is.",
        "Els Vanrode verduidelijkt dat het plan klaar is.",
    ],
)
def test_a_minister_is_known_under_every_way_of_naming(sentence):
    turns = told(f"{MINISTER}{MEMBER}{sentence}\n").turns()
    assert turns[-1].text == sentence
    assert (turns[-1].speaker.name, turns[-1].speaker.capacity) == ("Els Vanrode", Capacity.MINISTER)


def test_a_report_of_before_with_its_headings_in_capitals_is_read():
    transcript = open_paper(BEFORE).transcript
    assert (transcript.said_on, transcript.committee) == (date(2008, 5, 6), "Commissie voor Woonbeleid")
    assert [(turn.speaker.name or turn.speaker.label) for turn in transcript.turns()] == [
        "Piet Claes",  # named in the heading alone
        "Leen Van den Berghe",
        "De heer Jan Peters en mevrouw An D’Hulster",
        "Jan Peters",  # before a list, with a colon
        "Marino Keulenaar",
    ]
    assert transcript.turns()[-1].text.endswith("Volgens de minister is er geld voor vijf inspecteurs.")
    assert not [run for run in transcript.account if run.reason is Reason.NOT_UNDERSTOOD]


def test_two_people_who_ask_together_are_nobody_s_turn_alone():
    text = f"{MINISTER}{MEMBER}De heer Bo De Wit en mevrouw An Peeters vragen om haast.\n\nHet plan is oud.\n"
    *_, together, after = told(text).turns()
    assert (together.speaker.name, together.speaker.capacity) == ("", Capacity.OTHER)
    assert (after.speaker.label, after.text) == ("", "Het plan is oud.")


@pytest.mark.parametrize("sentence", ["Hij hoopt op haast.", "De spreker dringt aan.", "Het plan is al oud."])
def test_who_is_not_named_again_goes_on(sentence):
    _, member = told(f"{MINISTER}{MEMBER}{sentence}\n").turns()
    assert member.text.endswith(f"\n{sentence}")


def test_what_a_member_retells_of_the_minister_stays_the_members():
    text = f"{MINISTER}{MEMBER.strip()} De minister zegt al jaren dat het plan volgende maand komt.\n"
    assert said(told(text))[-1][0] == "Bo De Wit"


def test_an_answer_within_a_paragraph_is_the_minister_s():
    text = f"{MINISTER}{MEMBER.strip()} Minister Vanrode antwoordt dat het in mei komt.\n"
    assert said(told(text))[1:] == [
        ("Bo De Wit", "De heer Bo De Wit (N-VA) vraagt wanneer het plan er is."),
        ("Els Vanrode", "Minister Vanrode antwoordt dat het in mei komt."),
    ]


def test_of_two_ministers_the_minister_is_the_one_last_named_in_the_section_or_nobody():
    other = "Minister Jan Claes stelt dat hij het budget bewaakt.\n\n"
    de_minister = "De minister voegt toe dat het volstaat.\n"
    assert said(told(f"{MINISTER}{other}{de_minister}"))[-1][0] == "Jan Claes"
    turns = told(f"{MINISTER}{other}2. Antwoorden\n\n{de_minister}").turns()
    assert (turns[-1].speaker.label, turns[-1].speaker.name) == ("De minister", "")


def test_a_heading_names_who_speaks_under_it():
    text = f"{MINISTER}{MEMBER}2. Antwoord van minister Els Vanrode\n\nHet plan volgt in mei.\n"
    turns = told(text).turns()
    assert (turns[-1].speaker.name, turns[-1].text) == ("Els Vanrode", "Het plan volgt in mei.")


def test_what_nobody_is_named_for_has_no_speaker_and_is_reported():
    transcript = told(f"{MINISTER}{MEMBER}2. Varia\n\nHet plan zal er komen.\n")
    assert (transcript.turns()[-1].speaker.name, transcript.turns()[-1].speaker.capacity) == ("", Capacity.OTHER)
    assert any("nobody is named for: 1 (page 1)" in warning for warning in transcript.warnings)


def test_an_organisation_that_asks_is_no_member():
    transcript = told(f"{MINISTER}{MEMBER}2. Brieven\n\nNatuurpunt Vlaanderen vraagt een uitzondering.\n")
    assert transcript.turns()[-1].speaker.name == ""


def test_the_course_of_the_meeting_is_a_note():
    text = f"{MINISTER}{MEMBER}De commissie neemt het voorstel aan met elf stemmen tegen drie.\n"
    transcript = told(text)
    assert words_of(transcript, text, Reason.NOTE) == [
        "De commissie neemt het voorstel aan met elf stemmen tegen drie."
    ]


def test_a_question_told_in_the_third_person_keeps_its_heading():
    heading = HEADING.partition("Voorzitter")[0]
    text = (
        f"{heading}\nMevrouw An Peeters (Groen) vraagt of de steun blijft.\n\nMinister Jo Claes zegt dat hij blijft.\n"
    )
    (item,) = told(text).items
    assert (item.kind, item.title) == ("vraag om uitleg", "de steun voor hoevetoerisme")
    assert [(one.number, one.asker, one.addressee) for one in item.questions] == [("411", "An Peeters", "Jo Claes")]
    assert [name for name, _ in said(told(text))] == ["An Peeters", "Jo Claes"]


def test_a_word_for_word_report_stays_one_however_much_it_retells():
    retold = "De heer Bo De Wit vraagt veel.\n\nMinister Els Vanrode antwoordt dat het komt.\n\n" * 5
    text = (
        f"{HEADING}\nDe voorzitter: Mevrouw Peeters heeft het woord.\n\nAn Peeters (Groen): Ik citeer.\n\n{retold}"
        f"Minister Jo Claes: Goed.\n{CLOSED}"
    )
    assert [name for name, _ in said(parsed(text))] == ["Rita Maes", "An Peeters", "Jo Claes", "Rita Maes"]


def test_its_kind_is_found_without_being_told():
    source = read((MINISTER + MEMBER).encode(), "proef.txt")
    assert parse(source, said_on=date(2026, 2, 10)).kind is DocumentKind.REPORT


LINES = [
    *SAMPLE.read_text(encoding="utf-8").split("\n"),
    "",
    "– 12 (2023-2024)",
    "ACTUELE VRAAG van An Peeters",
    "A. B",
]


@given(st.lists(st.sampled_from(LINES) | st.text(max_size=30), max_size=40))
def test_whatever_the_lines_every_character_is_accounted_for(lines):
    text = "\n".join(lines)
    check(text, parse_third_person(Source(text, "text")))
