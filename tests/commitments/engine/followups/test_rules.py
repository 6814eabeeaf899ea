"""Every cue carries its own proof."""

import pytest

from commitments.engine.followups.rules import Cue, load
from commitments.engine.statements.needs import words_of
from commitments.engine.statements.patterns import fold

CUES = load().cues


def fires(cue: Cue, sentence: str) -> bool:
    low = fold(sentence)
    return cue.find(low, words_of(low)) is not None


@pytest.mark.parametrize(("cue", "sentence"), [(c, s) for c in CUES for s in c.examples], ids=lambda x: str(x)[:40])
def test_a_cue_is_found_in_its_examples(cue: Cue, sentence: str) -> None:
    assert fires(cue, sentence)


@pytest.mark.parametrize(
    ("cue", "sentence"), [(c, s) for c in CUES for s in c.counter_examples], ids=lambda x: str(x)[:40]
)
def test_a_cue_is_silent_on_its_counter_examples(cue: Cue, sentence: str) -> None:
    assert not fires(cue, sentence)


@pytest.mark.parametrize("cue", CUES, ids=lambda cue: cue.id)
def test_no_cue_stands_without_both_kinds_of_example(cue: Cue) -> None:
    assert cue.examples
    assert cue.counter_examples


def test_an_id_is_given_once() -> None:
    ids = [cue.id for cue in CUES] + list(load().properties)
    assert sorted(ids) == sorted(set(ids))


def test_each_reason_says_why_in_one_sentence() -> None:
    assert all(one.why.endswith(".") for one in (*CUES, *load().properties.values()))
