"""The reader holds for any text and any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines import reading
from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.reading import reader
from commitments.engine.types import Expression, ExpressionKind

CALENDAR = calendars.load()
SAID = date(2025, 3, 11)
TELLING = sorted(
    reader(CALENDAR).vocabulary.known | {"2025", "2026-2028", "31", "1/9", "02/06/2023", "publicatie", ",", "."}
)
anything = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(TELLING), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(TELLING), st.text(max_size=4)), max_size=12).map(" ".join),
)
SENTENCES = [
    "Het plan is klaar tegen eind van het derde kwartaal van volgend jaar.",
    "Binnen de zes maanden, vóór de zomer, volgt een nota over twee weken.",
    "De werken lopen van 1 april tot 15 mei 2026 en in de komende jaren.",
    "Op vrijdag 28 maart, nog voor het einde van de regeerperiode, na de paasvakantie.",
    "Gisteravond, overmorgen, vorige week en in de nacht van 31 december op 1 januari.",
]


def told(found: list[Expression]) -> list[tuple[object, ...]]:
    return [(each.kind, each.due_start, each.due_end, each.rules) for each in found]


@settings(max_examples=400, deadline=None)
@given(text=anything, said_on=st.dates())
def test_any_text_and_any_day_are_read(text: str, said_on: date) -> None:
    end = 0
    for each in deadlines.read(text, said_on, CALENDAR):
        assert text[each.start : each.end] == each.text
        assert each.start >= end
        assert each.end > each.start
        end = each.end
        if each.due_start and each.due_end:
            assert each.due_start <= each.due_end
        if each.kind is ExpressionKind.VAGUE:
            assert each.due_end is None


@pytest.mark.parametrize("said_on", [date.min, date.max])
@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_ends_of_the_calendar_are_no_trouble(sentence: str, said_on: date) -> None:
    assert deadlines.read(sentence, said_on, CALENDAR)


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace(" ", " \n"),
        lambda text: text.replace("kwartaal", "kwar\u00adtaal").replace("maanden", "maan-\nden"),
        lambda text: text.replace("vóór", "vo\u0301o\u0301r"),
    ],
    ids=["capitals", "a word a line", "hard spaces", "spaces and lines", "split words", "combining accents"],
)
def test_the_form_of_the_text_changes_nothing(sentence: str, change) -> None:
    assert told(deadlines.read(change(sentence), SAID, CALENDAR)) == told(deadlines.read(sentence, SAID, CALENDAR))


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize(
    "words",
    [
        "in mei",
        "tegen eind juni",
        "voor 1 oktober",
        "in het najaar",
        "volgende maand",
        "binnen drie maanden",
        "eind volgend jaar",
    ],
)
def test_a_year_later_means_a_year_later(words: str, month: int) -> None:
    sentence = f"Dat komt er {words}."
    (first,) = deadlines.read(sentence, date(2025, month, 15), CALENDAR)
    (second,) = deadlines.read(sentence, date(2026, month, 15), CALENDAR)
    for day, later in ((first.due_start, second.due_start), (first.due_end, second.due_end)):
        assert day
        assert later
        assert later == day.replace(year=day.year + 1)


def test_the_days_of_an_interval_are_whole_and_closed() -> None:
    (found,) = deadlines.read("Dat komt er volgende week.", SAID, CALENDAR)
    assert found.due_start
    assert found.due_end == found.due_start + timedelta(days=6)


@pytest.mark.parametrize(
    "piece",
    [
        "in 2025 ",
        "tegen eind van het begin van de ",
        "1, 2, 3 en ",
        "van 1 tot 2 tot 3 tot ",
        "de komende en de volgende ",
        "- / - ",
        "1-",
        "2025/",
        "jaar-",
        "(",
        "dat zal ",
    ],
)
def test_the_work_grows_with_the_text_and_not_faster(piece: str) -> None:
    """Counts the stretches and the characters handed to the grammar: eight times the text, eight times the work."""
    sizes = []
    for times in (500, 4000):
        stretches = list(reader(CALENDAR).stretches(piece * times))
        assert max((len(words) for _, words in stretches), default=0) <= 400
        sizes.append(sum(len(words) for _, words in stretches))
    assert sizes[1] <= 8.2 * sizes[0] + 400


def test_ten_megabytes_without_a_time_give_nothing() -> None:
    assert deadlines.read("de raad van de stad en het huis aan zee " * 250_000, SAID, CALENDAR) == []


def test_closed_classes_hold_no_word_twice_in_two_spellings() -> None:
    for table in (w.MONTHS, w.UNITS, w.RELATIONS, w.PARTS):
        assert all(word == word.lower() for word in table)


def test_what_is_remembered_of_texts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "REMEMBERED", 50)
    monkeypatch.setattr(reading, "DAYS_REMEMBERED", 3)
    here = reading.Reader(CALENDAR)
    for shift in range(200):
        here.read(f"Dat is klaar op {shift % 28 + 1} mei {2000 + shift}, in juni.", SAID + timedelta(days=shift))
    assert 0 < len(here._runs) <= 50
    assert max(len(each.memo) for run in here._runs.values() for _, _, each in run) <= 2 * 3


def test_a_forgotten_text_is_read_as_before() -> None:
    first = deadlines.read(SENTENCES[0], SAID, CALENDAR)
    deadlines.forget(CALENDAR)
    assert reader(CALENDAR)._runs == {}
    assert deadlines.read(SENTENCES[0], SAID, CALENDAR) == first
