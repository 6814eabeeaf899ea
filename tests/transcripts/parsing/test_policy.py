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
