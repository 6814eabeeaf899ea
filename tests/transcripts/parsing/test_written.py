"""Written questions: what the member asks, what the minister answers, and to which question."""

from datetime import date

import pytest

from tests.transcripts.parsing.conftest import parsed
from transcripts.parsing import LackingError
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason

QUESTIONS = """Landbouw - Steun voor hoevetoerisme

Steeds meer hoeven ontvangen gasten. In 2022 waren het er 12.

1. Hoeveel hoeven kregen steun? Graag een overzicht per provincie.

2. Wanneer wordt de regeling
bijgestuurd?
   a) Voor kamers?
   b) Voor tenten?

3. Hoeveel kost dat?
"""

ANSWERS = """1. In 2022 kregen 12 hoeven steun:
- 5 in Limburg;
- 7 in Antwerpen.
Dat is meer dan vroeger.

2. Ik leg de bijgestuurde regeling voor het einde van het jaar voor aan de Vlaamse Regering.

Daarna volgt het overleg met de sector.

3. De kostprijs staat in bijlage (zie https://www.voorbeeld.be/kost-
prijs/2022).

BIJLAGEN

1. Overzicht 2022
"""

HEAD = """SCHRIFTELIJKE VRAAG
nr. 214
van AN PEETERS
datum: 4 maart 2024
aan JO CLAES
VICEMINISTER-PRESIDENT VAN DE VLAAMSE REGERING, VLAAMS MINISTER VAN LANDBOUW

"""


def turns_of(text, **given):
    (item,) = parsed(text, kind=DocumentKind.WRITTEN_QUESTION, **given).items
    return [(turn.speaker.capacity, turn.answer_to, turn.text) for turn in item.turns]


def answers_of(text, **given):
    return {answer_to: text for capacity, answer_to, text in turns_of(text, **given) if capacity is Capacity.MINISTER}


def test_the_answer_begins_where_the_numbering_begins_again():
    turns = turns_of(QUESTIONS + ANSWERS)
    assert [(capacity, answer_to) for capacity, answer_to, _ in turns] == [
        (Capacity.MEMBER, ""),
        (Capacity.MINISTER, "1"),
        (Capacity.MINISTER, "2"),
        (Capacity.MINISTER, "3"),
    ]
    assert turns[0][2].endswith("3. Hoeveel kost dat?")


def test_an_answer_holds_its_paragraphs_and_its_list():
    answers = answers_of(QUESTIONS + ANSWERS)
    assert answers["1"] == (
        "In 2022 kregen 12 hoeven steun:\n- 5 in Limburg;\n- 7 in Antwerpen.\nDat is meer dan vroeger."
    )
    assert answers["2"].endswith("Vlaamse Regering.\nDaarna volgt het overleg met de sector.")


def test_an_address_over_two_lines_keeps_its_hyphen_and_the_appendices_are_no_answer():
    assert answers_of(QUESTIONS + ANSWERS)["3"] == (
        "De kostprijs staat in bijlage (zie https://www.voorbeeld.be/kost-prijs/2022)."
    )


def test_title_and_minister_are_known():
    transcript = parsed(QUESTIONS + ANSWERS, minister="Jo Claes", kind=DocumentKind.WRITTEN_QUESTION)
    assert transcript.title == "Landbouw - Steun voor hoevetoerisme"
    assert {turn.speaker.name for turn in transcript.turns()} == {"", "Jo Claes"}


def test_the_minister_may_stay_unnamed():
    transcript = parsed(QUESTIONS + ANSWERS)
    assert transcript.kind is DocumentKind.WRITTEN_QUESTION
    assert {turn.speaker.name for turn in transcript.turns()} == {""}


@pytest.mark.parametrize(
    "line",
    [
        "ANTWOORD",
        "Antwoord",
        "Antwoord:",
        "JO CLAES\nVLAAMS MINISTER VAN LANDBOUW\n\nANTWOORD\nop vraag nr. 214 van 4 maart 2024\nvan AN PEETERS",
        "GECOÖRDINEERD ANTWOORD",
        "Antwoord van minister Jo Claes",
    ],
)
def test_a_line_that_says_so_opens_the_answer(line):
    turns = turns_of(f"{QUESTIONS}\n{line}\n\nIk dank u voor uw vraag.\n\n{ANSWERS}")
    assert [(capacity, answer_to) for capacity, answer_to, _ in turns] == [
        (Capacity.MEMBER, ""),
        (Capacity.MINISTER, ""),
        (Capacity.MINISTER, "1"),
        (Capacity.MINISTER, "2"),
        (Capacity.MINISTER, "3"),
    ]
    assert turns[1][2] == "Ik dank u voor uw vraag."


def test_the_head_says_who_asks_whom():
    transcript = parsed(f"{HEAD}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}")
    (item,) = transcript.items
    (question,) = item.questions
    assert (question.number, question.asker, question.addressee) == ("214", "An Peeters", "Jo Claes")
    assert question.subject == "Landbouw - Steun voor hoevetoerisme"
    assert item.turns[0].speaker.name == "An Peeters"
    assert item.turns[1].speaker.name == "Jo Claes"


def test_the_date_of_the_question_is_not_that_of_the_answer():
    with pytest.raises(LackingError, match="--date"):
        parsed(f"{HEAD}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}", said_on=None)


def test_an_introduction_on_the_page_of_the_answer_belongs_to_it():
    turns = turns_of(f"{QUESTIONS}\fVooraf: de cijfers zijn voorlopig.\n\n{ANSWERS}")
    assert turns[1] == (Capacity.MINISTER, "", "Vooraf: de cijfers zijn voorlopig.")
    assert turns[2][1] == "1"


def test_an_introduction_in_the_first_person_belongs_to_the_answer():
    turns = turns_of(f"{QUESTIONS}\nIk heb de cijfers laten opvragen.\n\n{ANSWERS}")
    assert turns[1][2] == "Ik heb de cijfers laten opvragen."


def test_a_numbered_list_inside_an_answer_stays_inside_it():
    text = (
        f"{QUESTIONS}\n1. Er zijn drie stappen:\n1. kiezen;\n2. bouwen;\n3. openen.\n\n"
        "2. Ik leg de regeling voor.\n\n3. Dat staat nog niet vast.\n"
    )
    answers = answers_of(text)
    assert list(answers) == ["1", "2", "3"]
    assert answers["1"] == "Er zijn drie stappen:\n1. kiezen;\n2. bouwen;\n3. openen."


@pytest.mark.parametrize(
    ("number", "answered"),
    [("1-2.", "1-2"), ("1 en 2.", "1, 2"), ("1. en 2.", "1, 2"), ("1 t.e.m. 2.", "1-2"), ("1) ", "1"), ("Ad 1.", "1")],
)
def test_one_answer_may_serve_several_questions(number, answered):
    answers = answers_of(f"{QUESTIONS}\nANTWOORD\n\n{number} Dat komt in orde.\n\n3. Dat kost niets.\n")
    assert answers == {answered: "Dat komt in orde.", "3": "Dat kost niets."}


def test_questions_and_answers_may_alternate():
    text = (
        "Vraag 1\nHoeveel hoeven kregen steun?\n\nAntwoord op vraag 1\nTwaalf hoeven.\n\n"
        "Vraag 2\nWanneer volgt er meer?\n\nAntwoord op vraag 2\nIn het najaar.\n"
    )
    assert turns_of(text) == [
        (Capacity.MEMBER, "", "Hoeveel hoeven kregen steun?"),
        (Capacity.MINISTER, "1", "Twaalf hoeven."),
        (Capacity.MEMBER, "", "Wanneer volgt er meer?"),
        (Capacity.MINISTER, "2", "In het najaar."),
    ]


def test_amounts_and_years_at_a_line_head_are_no_numbers():
    text = f"{QUESTIONS}\nANTWOORD\n\n1. Dat kost volgens de raming\n2.5 miljoen euro of\n20.000 euro per hoeve.\n"
    assert list(answers_of(text)) == ["1"]


def test_a_question_without_an_answer_is_reported():
    transcript = parsed(QUESTIONS, kind=DocumentKind.WRITTEN_QUESTION)
    assert {turn.speaker.capacity for turn in transcript.turns()} == {Capacity.MEMBER}
    assert any("No answer" in warning for warning in transcript.warnings)


def test_an_answer_without_numbers_is_read_whole():
    text = "Landbouw - Oogst\n\nWanneer begint de oogst?\n\nANTWOORD\n\nDe oogst begint in juli.\n\nIk volg dat op.\n"
    assert turns_of(text) == [
        (Capacity.MEMBER, "", "Wanneer begint de oogst?"),
        (Capacity.MINISTER, "", "De oogst begint in juli.\nIk volg dat op."),
    ]


def test_every_word_is_accounted_for():
    text = f"{HEAD}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}"
    transcript = parsed(text)
    assert Reason.NOT_UNDERSTOOD not in {run.reason for run in transcript.account}
    assert transcript.said_on == date(2024, 3, 12)


def test_the_number_of_a_question_at_the_head_of_each_page_is_no_page_header():
    subjects = ["bomen", "beken", "wegen", "scholen", "sporthallen", "musea"]
    pages = [
        f"Vraag {n}\nWat doet u voor de {what}?\nEn wie betaalt dat?\n\nAntwoord op vraag {n}\n"
        f"Voor de {what} is er een plan.\nDaar hoort geld bij.\nIk leg het plan voor de {what} nog dit jaar voor.\n"
        for n, what in enumerate(subjects, start=1)
    ]
    transcript = parsed(
        "\f".join(pages), kind=DocumentKind.WRITTEN_QUESTION, said_on=date(2025, 3, 4), minister="Rita Maes"
    )
    asked = [turn.text for turn in transcript.turns() if turn.speaker.capacity is Capacity.MEMBER]
    assert [text.split("?")[0] for text in asked] == [f"Wat doet u voor de {what}" for what in subjects]


def test_a_head_on_one_line_says_who_asks_whom():
    head = (
        "VLAAMS PARLEMENT\n\nSCHRIFTELIJKE VRAAG nr. 88 van RIK VAN DEN BERG datum: 5 maart 2024\n"
        "aan JO CLAES VLAAMS MINISTER VAN LANDBOUW\n\n"
    )
    (item,) = parsed(f"{head}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}").items
    (question,) = item.questions
    assert (question.number, question.asker, question.addressee) == ("88", "Rik Van den Berg", "Jo Claes")
    assert item.title == "Landbouw - Steun voor hoevetoerisme"


def test_an_office_in_small_letters_may_run_over_two_lines():
    head = (
        "Schriftelijke vraag nr. 88 van 5 maart 2024\nvan An Peeters\n"
        "aan Jo Claes\nVlaams minister van Landbouw,\nZeevisserij\nen Dierenwelzijn\n\n"
    )
    (item,) = parsed(f"{head}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}").items
    assert (item.questions[0].asker, item.questions[0].addressee) == ("An Peeters", "Jo Claes")
    assert item.title == "Landbouw - Steun voor hoevetoerisme"


def test_a_line_of_the_question_that_looks_like_a_head_is_no_head():
    text = (
        "Landbouw - Oogst\n\nGraag kreeg ik een overzicht\nvan de oogst\nnr. 5\n\n1. Hoeveel?\n\nANTWOORD\n\n1. Veel.\n"
    )
    assert turns_of(text)[0][2] == "Graag kreeg ik een overzicht van de oogst nr. 5\n1. Hoeveel?"


PAGES = (
    "SCHRIFTELIJKE VRAAG\nnr. 214\nvan AN PEETERS\ndatum: 4 maart 2024\naan JO CLAES\n"
    "VLAAMS MINISTER VAN LANDBOUW, ZEEVISSERIJ EN DIERENWELZIJN\nLandbouw  -  Hoevetoerisme\n"
    "1. Hoeveel hoeven kregen steun?\n2. Wat volgt er?\nPagina 1 van 3\n\f"
    "JO CLAES\nVLAAMS MINISTER VAN LANDBOUW, ZEEVISSERIJ EN DIERENWELZIJN\nANTWOORD\n"
    "op vraag nr. 214 van 4 maart 2024\nvan AN PEETERS\n"
    "1. Vijf hoeven kregen steun volgens de nieuwe regeling2. De dienst doet verder onder-\nzoek.\n"
    "2. Ik leg de regeling samen met de andere maatregelen1 die wij voorbereiden,\n"
    "1 Zie ook de nota van 2023,\nblz. 4.\n2 https://www.voorbeeld.be/steun\nPagina 2 van 3\n\f"
    "in juni voor.\nPagina 3 van 3\n"
)


def test_a_paper_without_empty_lines_has_a_title_and_an_answer():
    transcript = parsed(PAGES)
    assert transcript.title == "Landbouw - Hoevetoerisme"
    assert turns_of(PAGES)[0] == (
        Capacity.MEMBER,
        "",
        "1. Hoeveel hoeven kregen steun?\n2. Wat volgt er?",
    )


def test_foot_notes_and_page_numbers_do_not_break_an_answer_off():
    assert answers_of(PAGES)["2"] == (
        "Ik leg de regeling samen met de andere maatregelen1 die wij voorbereiden, in juni voor."
    )
    reasons = {PAGES[run.start : run.end]: run.reason for run in parsed(PAGES).account}
    assert reasons["Pagina 2 van 3"] is Reason.PAGE_FOOTER
    assert any(words.startswith("1 Zie ook") and reason is Reason.NOTE for words, reason in reasons.items())


def test_answers_may_follow_their_label_at_once():
    text = (
        "Schriftelijke vraag nr. 7 van 5 maart 2024\nvan An Peeters\naan minister Jo Claes\n\nLandbouw – Oogst\n\n"
        "Vraag 1: Hoeveel hoeven?\n\nAntwoord: Twaalf.\n\nVraag 2: Wat volgt?\n\nAntwoord: Een plan.\n"
    )
    assert turns_of(text) == [
        (Capacity.MEMBER, "", "Hoeveel hoeven?"),
        (Capacity.MINISTER, "1", "Twaalf."),
        (Capacity.MEMBER, "", "Wat volgt?"),
        (Capacity.MINISTER, "2", "Een plan."),
    ]


def test_a_second_answer_completes_the_first():
    second = "AANVULLEND ANTWOORD\nop vraag nr. 214 van 4 maart 2024\n\n2. In juni."
    text = f"{HEAD}{QUESTIONS}\nANTWOORD\n\n1. Twaalf.\n\n{second}"
    assert answers_of(text) == {"1": "Twaalf.", "2": "In juni."}


def test_a_head_in_two_columns_says_who_asks_whom():
    head = (
        f"VLAAMS PARLEMENT{' ' * 40}SCHRIFTELIJKE VRAAG\n{' ' * 56}nr. 88 (2023-2024)\nvan An Peeters\naan Jo Claes\n\n"
    )
    (item,) = parsed(f"{head}{QUESTIONS}\nANTWOORD\n\n{ANSWERS}").items
    assert (item.questions[0].number, item.questions[0].asker) == ("88", "An Peeters")
