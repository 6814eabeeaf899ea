"""The times asked for in parts of a text are those of the whole text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines.tokens import vocabulary
from commitments.engine.types import ExpressionKind

SAID_ON = date(2031, 3, 4)
CALENDAR = calendars.load()
PIECES = st.sampled_from(
    "in mei 2032|tegen eind volgend jaar|een week later|het jaar daarop|jaarlijks|elk jaar|op 31 maart|"
    "binnen drie maanden|na de publicatie van het besluit|.|,|en|\n|af-\nronden|de nieuwe regeling is klaar|"
    "de dienst meldt dat alles verloopt zoals het was afgesproken met alle betrokken gemeenten".split("|")
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=30), st.lists(st.integers(0, 900), max_size=6))
def test_a_part_has_the_times_that_begin_in_it(pieces: list[str], cuts: list[int]) -> None:
    text = " ".join(pieces)
    whole = deadlines.read(text, SAID_ON, CALENDAR)
    times = deadlines.times(text, SAID_ON, CALENDAR)
    for start in cuts:
        for end in (start + 20, start + 300):
            assert times.within(start, end) == [e for e in whole if start <= e.start < end]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(sorted(vocabulary(CALENDAR).known)) | PIECES, max_size=12))
def test_a_deadline_is_told_only_where_it_may_be(pieces: list[str]) -> None:
    text = " ".join(pieces)
    times = deadlines.times(text, SAID_ON, CALENDAR)
    for e in deadlines.read(text, SAID_ON, CALENDAR):
        assert e.kind is not ExpressionKind.DEADLINE or times.may_be_due(e.start, e.end)


@pytest.mark.parametrize("words", ["Ik doe dat binnenkort.", "Dat is op de juiste manier gebeurd.", "Wij doen dat."])
def test_words_without_a_day_tell_no_deadline(words: str) -> None:
    assert not deadlines.times(words, SAID_ON, CALENDAR).may_be_due(0, len(words))


@pytest.mark.parametrize("between", ["", "Dat is veel. " * 20])
def test_what_hangs_on_a_date_before_it_is_read_with_that_date(between: str) -> None:
    text = f"Het loket opent op 3 mei 2032. {between}Een week later volgt de website."
    later = deadlines.times(text, SAID_ON, CALENDAR).within(text.index("Een week"), len(text))
    assert [(e.text, e.due_start) for e in later] == [("Een week later", date(2032, 5, 10))]
