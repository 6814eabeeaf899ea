"""Words found again in a corrected text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.services import finding

TEXT = "Dank u. Ik zal het plan van 1.5 miljoen bezorgen. Dat is zo."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Ik zal het plan van 1.5 miljoen bezorgen.", "Ik zal het plan van 1.5 miljoen bezorgen."),
        ("ik zal het  plan van 1.5 mil-joen bezorgen.", "Ik zal het plan van 1.5 miljoen bezorgen."),
        ("Ik zál het plan", "Ik zal het plan"),
        ("het plan van 15 miljoen", None),
        ("k zal het", None),
        ("het pla", None),
        ("", None),
        ("…", None),
    ],
)
def test_words_are_found_whole_and_as_themselves(words, found):
    place = finding.words_in(TEXT, words)
    assert (TEXT[slice(*place)] if place else None) == found


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=60))
def test_a_place_always_lies_in_the_text(before, words, after):
    for text in (before + words + after, before + after):
        place = finding.words_in(text, words, before=before + words, start=len(before))
        assert place is None or 0 <= place[0] < place[1] <= len(text)


@given(st.text("ab c", max_size=80), st.text("ab c", max_size=80), st.data())
def test_what_a_place_became_is_a_place(before, after, data):
    start = data.draw(st.integers(0, len(before)))
    end = data.draw(st.integers(start, len(before)))
    place = finding.same_place(before, after, start, end)
    assert place is None or 0 <= place[0] < place[1] <= len(after)


def test_a_place_goes_along_with_the_words_around_it():
    before, after = "Wel. Ik zal het in maart doen. Dank.", "Wel nu. Ik zal het in april doen. Dank."
    start = before.index("Ik zal")
    place = finding.same_place(before, after, start, start + len("Ik zal het in maart doen."))
    assert after[slice(*place)] == "Ik zal het in april doen."
    assert finding.same_place(before, "Heel iets anders.", start, start + 10) is None
