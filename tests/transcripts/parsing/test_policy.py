"""Policy notes: everything is said by the minister, under headings."""

from datetime import date

import pytest

from tests.transcripts.parsing.conftest import parsed
from transcripts.parsing import LackingError
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason

NOTE = """Beleidsnota Landbouw

Ik wil dat elke hoeve vooruit kan. Daarvoor zorg ik samen met de sector en de lokale be-
sturen voor een plan.

Wat wil ik doen voor hoevetoerisme?

Ik laat onderzoeken:
- welke steun er nodig is;
- wat die kost.

Korte alinea met een punt.
 Water en bodem

Ik leg tegen 2026 een plan voor.

2.1 Samenwerking met de gemeenten

Wij overleggen elk jaar.
"""

COVER = """VLAAMS PARLEMENT

Beleidsnota Landbouw 2024-2029

ingediend door mevrouw Rita Maes, Vlaams minister van Landbouw

ingediend op 8 november 2024

INHOUD
1 Inleiding ........ 3
2 Hoevetoerisme en
plattelandsbeleid 5

"""


def headings_of(text, transcript):
    """The headings, joined where one stands right under the other."""
    return [" ".join(text[run.start : run.end].split()) for run in transcript.account if run.reason is Reason.HEADING]


def test_each_section_is_one_turn_of_the_minister():
    transcript = parsed(NOTE, minister="Rita Maes")
    assert transcript.kind is DocumentKind.POLICY_NOTE
    assert {(turn.speaker.name, turn.speaker.capacity) for turn in transcript.turns()} == {
        ("Rita Maes", Capacity.MINISTER)
    }
    assert [turn.text.partition("\n")[0] for turn in transcript.turns()] == [
        "Ik wil dat elke hoeve vooruit kan. Daarvoor zorg ik samen met de sector en de lokale besturen voor een plan.",
        "Ik laat onderzoeken:",
        "Ik leg tegen 2026 een plan voor.",
        "Wij overleggen elk jaar.",
    ]


def test_headings_are_no_part_of_what_is_said():
    transcript = parsed(NOTE, minister="Rita Maes")
    assert headings_of(NOTE, transcript) == [
        "Beleidsnota Landbouw",
        "Wat wil ik doen voor hoevetoerisme?",
        "Water en bodem",
        "2.1 Samenwerking met de gemeenten",
    ]
    assert transcript.title == "Beleidsnota Landbouw"


def test_a_list_keeps_its_lines():
    assert parsed(NOTE, minister="Rita Maes").turns()[1].text.splitlines()[1:3] == [
        "- welke steun er nodig is;",
        "- wat die kost.",
    ]


def test_without_a_minister_it_asks_for_one():
    with pytest.raises(LackingError, match="--minister"):
        parsed(NOTE)


def test_the_cover_names_the_minister_and_the_day():
    transcript = parsed(COVER + NOTE, said_on=None)
    assert transcript.said_on == date(2024, 11, 8)
    assert {turn.speaker.name for turn in transcript.turns()} == {"Rita Maes"}


def test_the_contents_are_not_said():
    transcript = parsed(COVER + NOTE, said_on=None)
    assert not any("......" in turn.text or "plattelandsbeleid 5" in turn.text for turn in transcript.turns())
    assert Reason.CONTENTS in {run.reason for run in transcript.account}


def test_a_line_that_runs_on_across_a_page_break_is_no_heading():
    text = "Beleidsnota Landbouw\n\nIk maak eerst werk van een plan en leg het voor aan de regering in\n 2026.\n"
    (turn,) = parsed(text, minister="Rita Maes").turns()
    assert turn.text.endswith("aan de regering in 2026.")


def test_without_empty_lines_a_short_line_before_a_full_one_is_a_heading():
    full = "Dit is een volle regel met zoveel woorden dat hij de hele breedte van de bladzijde haalt"
    text = f"Beleidsnota Landbouw\n{full}\n{full}\nen zo.\nMeer hoeven open\n{full}\n{full}.\n"
    transcript = parsed(text, minister="Rita Maes")
    assert headings_of(text, transcript) == ["Beleidsnota Landbouw", "Meer hoeven open"]


def test_what_the_contents_list_is_a_heading_wherever_it_stands():
    text = (
        COVER
        + "\n1 Inleiding\nIk begin met de hoeven. Zij\nzijn met velen.\nHoevetoerisme en plattelandsbeleid\nzijn één.\n"
    )
    transcript = parsed(text)
    assert headings_of(text, transcript) == [
        "1 Inleiding",
        "Hoevetoerisme en plattelandsbeleid",
    ]
    assert transcript.title == "Beleidsnota Landbouw 2024-2029"


def test_rows_of_a_table_stay_rows():
    table = ["Hoeven 12.500 13.500", "Markten 1.200 1.300", "Samen 13.700 14.800"]
    (turn,) = parsed("\n".join([NOTE, "Wij groeien.", "", *table]), minister="Rita Maes").turns()[-1:]
    assert turn.text.splitlines()[-3:] == table


def test_a_section_says_under_which_headings_it_stands():
    transcript = parsed(NOTE, minister="Rita Maes")
    assert [turn.heading.split("\n") for turn in transcript.turns()] == [
        [""],
        ["Wat wil ik doen voor hoevetoerisme?"],
        ["Water en bodem"],
        ["2.1 Samenwerking met de gemeenten"],
    ]
    assert transcript.title == "Beleidsnota Landbouw"


PRINTED = """ingediend op
31 (2019-2020) – Nr. 1
8 november 2019 (2019-2020)
Beleidsnota
ingediend door minister An Maes
Water
2019-2024
verzendcode: OMG
\f2 31 (2019-2020) – Nr. 1
Vlaams Parlement — 1011 Brussel — 02/552.11.11 — www.vlaamsparlement.be
INHOUD
I. SAMENVATTING 3
1 Uitdagingen 3
\f31 (2019-2020) – Nr. 1 3
I. SAMENVATTING
In 2019 viel er op heel wat dagen geen regen; het waren er, alles samen geteld, 1
op 3. Ik werk daarom aan een plan voor de hele rivier. Ik leg dat samen met de steden en ge-
4 31 (2019-2020) – Nr. 1
Vlaams Parlement
\fmeenten voor.
1 Uitdagingen
SD 1. Rivieren
OD 1.1. Ruimte voor de rivier
Ik zorg ervoor dat de rivier in elke gemeente van de vallei tegen 2024 meer ruimte krijgt.
An MAES
Vlaams minister van Water
"""


def test_the_headers_of_a_printed_paper_break_no_word_off():
    transcript = parsed(PRINTED, said_on=None)
    assert transcript.said_on == date(2019, 11, 8)
    assert transcript.title == "Beleidsnota Water 2019-2024"
    assert [(turn.heading, turn.text[-25:]) for turn in transcript.turns()] == [
        ("I. SAMENVATTING", "steden en gemeenten voor."),
        ("1 Uitdagingen\nSD 1. Rivieren\nOD 1.1. Ruimte voor de rivier", "tegen 2024 meer ruimte krijgt."[-25:]),
    ]


def test_the_signature_under_a_policy_note_is_no_part_of_it():
    last = parsed(PRINTED).turns()[-1]
    assert (last.speaker.name, "MAES" in last.text) == ("An Maes", False)


def test_whoever_published_a_note_is_not_its_title():
    transcript = parsed(
        "Vlaamse Regering\n\nBeleidsnota Water\n\ningediend door An Maes, Vlaams minister van Water\n\n"
        "Rivieren\n\nIk geef de rivier meer ruimte, en dat doe ik samen met alle gemeenten van de vallei.\n"
    )
    (turn,) = transcript.turns()
    assert (transcript.title, turn.heading) == ("Beleidsnota Water", "Rivieren")
    assert turn.text.startswith("Ik geef")
