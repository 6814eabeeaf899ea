"""Word-for-word reports: who said what under which item, and what only looks like it."""

from datetime import date

import pytest

from tests.transcripts.parsing.conftest import CLOSED, DAY, HEADING, parsed, said
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason


def test_a_heading_says_who_asks_whom_about_what():
    (item,) = parsed(f"{HEADING}\nDe voorzitter: Mevrouw Peeters heeft het woord.\n").items
    (question,) = item.questions
    assert (item.kind, item.chair) == ("vraag om uitleg", "Rita Maes")
    assert (question.number, question.session) == ("411", "2023-2024")
    assert (question.asker, question.addressee) == ("An Peeters", "Jo Claes")
    assert question.addressee_title == (
        "viceminister-president van de Vlaamse Regering, Vlaams minister van Landbouw en Visserij"
    )
    assert question.subject == item.title == "de steun voor hoevetoerisme"


def test_questions_whose_headings_follow_each_other_are_one_item():
    second = HEADING.replace("An Peeters", "Bo De Wit").replace("411", "415").replace("hoevetoerisme", "boerenmarkten")
    first = HEADING.partition("Voorzitter")[0]
    (item,) = parsed(f"{first}\n{second}\nDe voorzitter: Dag.\n").items
    assert [question.number for question in item.questions] == ["411", "415"]
    assert item.title == "de steun voor hoevetoerisme; de steun voor boerenmarkten"


def test_a_question_joined_in_the_middle_stays_in_the_open_item():
    joined = HEADING.partition("Voorzitter")[0].replace("411", "420").replace("An Peeters", "Bo De Wit")
    text = (
        f"{HEADING}\nAn Peeters (Groen): Mijn vraag is kort.\n\n"
        f"De voorzitter: Ik voeg de vraag van de heer De Wit toe.\n\n{joined}\n"
        f"Bo De Wit (N-VA): De mijne ook.\n{CLOSED}"
    )
    (item,) = parsed(text).items
    assert [question.number for question in item.questions] == ["411", "420"]
    assert len(item.turns) == 4


def test_after_the_closing_words_a_heading_opens_the_next_item():
    second = HEADING.replace("411", "412")
    first, other = parsed(f"{HEADING}{CLOSED}\n{second}{CLOSED}").items
    assert [len(item.turns) for item in (first, other)] == [1, 1]
    assert other.questions[0].number == "412"


def test_an_item_without_closing_words_ends_where_the_next_names_its_chair():
    second = HEADING.replace("411", "412")
    items = parsed(f"{HEADING}\nDe voorzitter: Goed.\n\n{second}\nDe voorzitter: Ook goed.\n").items
    assert [item.questions[0].number for item in items] == ["411", "412"]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("ACTUELE VRAAG van Bo De Wit aan minister Jo Claes over de oogst", "actuele vraag"),
        ("INTERPELLATIE van Bo De Wit tot Jo Claes, Vlaams minister van Landbouw, over de oogst", "interpellatie"),
        ("GEDACHTEWISSELING over de oogst", "gedachtewisseling"),
        ("REGELING VAN DE WERKZAAMHEDEN", "regeling van de werkzaamheden"),
        ("HOORZITTING over de oogst", "hoorzitting"),
    ],
)
def test_other_kinds_of_items_are_known(heading, kind):
    (item,) = parsed(f"{heading}\n\nDe voorzitter: De heer De Wit heeft het woord.\n").items
    assert item.kind == kind
    assert item.title in ("de oogst", "regeling van de werkzaamheden")


@pytest.mark.parametrize("heading", ["Gedachtewisseling over de oogst", "Hoorzitting met Els Wouters over\nde oogst"])
def test_an_item_in_small_letters_opens_where_its_chair_is_named(heading):
    items = parsed(f"{HEADING}{CLOSED}\n{heading}\n\nVoorzitter: mevrouw Rita Maes\n\nDe voorzitter: Welkom.\n").items
    assert [item.kind for item in items] == ["vraag om uitleg", heading.split()[0].casefold()]
    (item,) = parsed(f"{HEADING}\nDe voorzitter: Er volgt nog een punt.\n\n{heading}\n\nDat is alles.\n").items
    assert "Dat is alles." in item.turns[0].text


def test_a_page_may_break_inside_a_heading_and_a_minister_be_interrupted():
    header = "24 Commissievergadering nr. C77 (2023-2024) – 12 maart 2024\n\nVlaams Parlement\n\n "
    broken = HEADING.replace("Landbouw en Vis-\n", f"Landbouw en Vis-\n{header}")
    text = (
        f"{broken}\nMinister Jo Claes: Ik denk dat …\n\nRik D’Hulster (Groen): Dat is geen antwoord.\n\n"
        "Minister Jo Claes: Ik bezorg u de planning in mei.\n"
    )
    (item,) = parsed(text).items
    assert item.questions[0].addressee_title.endswith("Landbouw en Visserij")
    assert [turn.speaker.name for turn in item.turns] == ["Jo Claes", "Rik D’Hulster", "Jo Claes"]


def test_two_ministers_of_one_family_name_stay_two():
    text = f"{HEADING}\nMinister Jo Claes: Ja.\n\nMinister Els Claes: Ook.\n\nMinister Claes: Samen.\n"
    assert [name for name, _ in said(parsed(text))] == ["Jo Claes", "Els Claes", "Claes"]


def test_a_subject_that_holds_the_word_over_is_kept_whole():
    heading = HEADING.replace("de steun voor hoevetoerisme", "het debat over de landbouw")
    (item,) = parsed(f"{heading}\nDe voorzitter: Dag.\n").items
    assert item.questions[0].subject == "het debat over de landbouw"


def test_an_item_of_an_unlisted_kind_opens_with_a_line_in_capitals_once_the_last_is_closed():
    first, other = parsed(f"{HEADING}{CLOSED}\nHULDE AAN EEN OUD-LID\n\nDe voorzitter: Collega’s.\n").items
    assert first.questions
    assert other.title == "HULDE AAN EEN OUD-LID"
    assert not other.questions


# The whole meeting

FULL = """
vergadering C77
 zittingsjaar 2023-2024

Woordelijk Verslag

Commissievergadering

Commissie voor Landbouw, Visserij en
Plattelandsbeleid

van 12 maart 2024

(Deze vergadering was openbaar en werd
uitgezonden.)

INHOUD

VRAAG OM UITLEG van An Peeters aan Jo Claes, Vlaams minister van Land-
bouw, over de oogst
– 411 (2023-2024) 3

VRAAG OM UITLEG van Bo De Wit aan Jo Claes, Vlaams minister van Landbouw,
over de visserij
– 415 (2023-2024)
VRAAG OM UITLEG van Rik D’Hulster aan Jo Claes, Vlaams minister van Landbouw,
over de garnalen
– 416 (2023-2024) 9

GEDACHTEWISSELING over de boerenmarkten 14

Commissievergadering nr. C77 (2023-2024) – 12 maart 2024 3

Vlaams Parlement

VRAAG OM UITLEG van An Peeters aan Jo Claes, Vlaams minister van Land-
bouw, over de oogst

– 411 (2023-2024)

Voorzitter: mevrouw Rita Maes

De voorzitter: Mevrouw Peeters heeft het woord.
"""


def test_cover_and_contents_are_no_part_of_the_first_item():
    transcript = parsed(FULL, said_on=None)
    assert transcript.said_on == date(2024, 3, 12)
    assert (transcript.meeting_number, transcript.session) == ("C77", "2023-2024")
    assert transcript.committee == "Commissie voor Landbouw, Visserij en Plattelandsbeleid"
    assert transcript.chair == "Rita Maes"
    (item,) = transcript.items
    assert [question.number for question in item.questions] == ["411"]
    assert transcript.warnings == ()
    reasons = {run.reason for run in transcript.account}
    assert Reason.NOT_UNDERSTOOD not in reasons
    assert {Reason.COVER, Reason.CONTENTS, Reason.HEADING} <= reasons


def test_joined_questions_after_the_contents_are_one_item():
    second = (
        "VRAAG OM UITLEG van Bo De Wit aan Jo Claes, Vlaams minister van Landbouw, over de visserij\n\n"
        "– 415 (2023-2024)\n\n"
    )
    text = FULL.replace("Voorzitter: mevrouw", f"{second}Voorzitter: mevrouw")
    (item,) = parsed(text).items
    assert [question.number for question in item.questions] == ["411", "415"]


def test_contents_without_page_numbers_end_where_a_question_comes_back():
    text = FULL.replace(" 3\n\nVRAAG", "\n\nVRAAG").replace(" 9\n", "\n").replace("markten 14", "markten")
    (item,) = parsed(text).items
    assert [question.number for question in item.questions] == ["411"]


def test_what_stands_before_the_first_item_and_is_not_understood_is_reported():
    transcript = parsed(f"Zomaar een zin vooraf.\n\n{HEADING}{CLOSED}")
    assert Reason.NOT_UNDERSTOOD in {run.reason for run in transcript.account}
    assert any("Zomaar een zin vooraf." in warning for warning in transcript.warnings)


def test_a_report_without_any_speaker_is_said_to_be_not_understood():
    transcript = parsed("Er werd lang gepraat over de oogst.\n", kind=DocumentKind.REPORT)
    assert transcript.turns() == []
    assert any("No speaker was found" in warning for warning in transcript.warnings)


def test_two_dates_in_the_page_headers_are_reported():
    header = "Commissievergadering nr. C77 (2023-2024) – {} maart 2024 3\n\n"
    text = f"{HEADING}\nDe voorzitter: A.\n\n{header.format(12)}B.\n\n{header.format(12)}C.\n\n{header.format(13)}D.\n"
    transcript = parsed(text, said_on=None)
    assert transcript.said_on == date(2024, 3, 12)
    assert any("2024-03-13" in warning for warning in transcript.warnings)


def test_a_given_date_counts_before_the_printed_one_and_the_difference_is_reported():
    transcript = parsed(FULL, said_on=date(2024, 3, 13))
    assert transcript.said_on == date(2024, 3, 13)
    assert any("2024-03-12" in warning for warning in transcript.warnings)


def test_turns_without_any_heading_form_an_item():
    (item,) = parsed("De voorzitter: De vergadering is geopend.\n\nBo De Wit (N-VA): Dank u.\n").items
    assert len(item.turns) == 2
    assert parsed("De voorzitter: Dag.\n").said_on == DAY


# Other ways of setting the same text


def rewritten(text):
    """The same report without empty lines, and with one after every line."""
    return {
        "without empty lines": "\n".join(line for line in text.split("\n") if line.strip()),
        "with an empty line after every line": text.replace("\n", "\n\n"),
    }


@pytest.mark.parametrize("way", ["without empty lines", "with an empty line after every line"])
def test_the_setting_of_the_lines_does_not_matter(way):
    full = "Dit is een volle regel met zoveel woorden dat hij de hele breedte van de bladzijde haalt en\n"
    text = (
        f"{HEADING}\nDe voorzitter: Mevrouw Peeters heeft het woord.\n\nAn Peeters (Groen): {full * 12}zo is het.\n\n"
        f"Minister Jo Claes: {full * 12}dat is alles.\n{CLOSED}\n{HEADING.replace('411', '412')}{CLOSED}"
    )
    plain, other = parsed(text), parsed(rewritten(text)[way])
    assert [len(item.turns) for item in other.items] == [4, 1]
    assert [question.number for item in other.items for question in item.questions] == ["411", "412"]
    assert [" ".join(words.split()) for _, words in said(other)] == [
        " ".join(words.split()) for _, words in said(plain)
    ]


def test_a_plenary_report_in_narrow_columns_is_read():
    text = """Plenaire vergadering nr. 12 (2012-2013) – 5 december 2012

ACTUELE VRAAG van de heer Bo De Wit tot
mevrouw Rita Maes, Vlaams minister van
Jeugd, over de speelpleinen

De voorzitter: De heer De Wit heeft het
woord.

De heer Bo De Wit (sp.a): Voorzitter,
minister, hoe staat het? (Applaus)

Minister Rita Maes: Goed. Het is wat het
is: wij werken eraan.

Mevrouw An Peeters: Mag ik aansluiten?

De voorzitter: Het incident is gesloten.

INGEKOMEN STUKKEN EN MEDEDELINGEN

De voorzitter: De lijst is rondgedeeld.
"""
    transcript = parsed(text, said_on=None)
    assert transcript.said_on == date(2012, 12, 5)
    assert [item.kind for item in transcript.items] == ["actuele vraag", "ingekomen stukken en mededelingen"]
    assert [(turn.speaker.name, turn.speaker.capacity) for turn in transcript.items[0].turns] == [
        ("", Capacity.CHAIR),
        ("Bo De Wit", Capacity.MEMBER),
        ("Rita Maes", Capacity.MINISTER),
        ("An Peeters", Capacity.MEMBER),
        ("", Capacity.CHAIR),
    ]
