"""Which turn is which: no turn twice, in order where words agree, and quick for long reports."""

from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.services.matching import Said, match

WHO = st.sampled_from(["a", "b", "c"])
WORDS = st.lists(st.sampled_from("ik zal het plan de sector in maart april niet beschikbaar nog".split()), max_size=20)
TURNS = st.lists(st.builds(Said, WHO, WORDS.map(" ".join)), max_size=25)


@settings(deadline=None)
@given(TURNS, TURNS)
def test_every_turn_is_paired_once_at_most_and_only_with_one_that_is_there(old, new):
    found = match(old, new)
    assert len(set(found.pairs.values())) == len(found.pairs)
    assert all(0 <= here < len(new) and 0 <= there < len(old) for here, there in found.pairs.items())
    assert found.near <= found.pairs.keys()


@settings(deadline=None)
@given(TURNS)
def test_the_same_turns_are_all_themselves(turns):
    found = match(turns, list(turns))
    assert found.pairs == {at: at for at in range(len(turns))}


@settings(deadline=None)
@given(TURNS, TURNS, st.integers(0, 25))
def test_turns_put_in_cost_no_other_its_own(turns, added, at):
    at = min(at, len(turns))
    found = match(turns, [*turns[:at], *added, *turns[at:]])
    assert sorted(found.pairs.values()) == list(range(len(turns)))


def test_nearly_the_same_words_of_somebody_else_are_somebody_else_s():
    old = [Said("a", "Het plan komt er in maart van volgend jaar."), Said("b", "Neen.")]
    new = [Said("b", "Het plan komt er in april van volgend jaar."), Said("a", "Neen.")]
    assert match(old, new).pairs == {}


def test_a_report_of_thousands_of_turns_with_every_word_changed_is_compared_in_few_steps(monkeypatch):
    compared = 0
    real = Said.is_near

    def counted(self, other):
        nonlocal compared
        compared += 1
        return real(self, other)

    monkeypatch.setattr(Said, "is_near", counted)
    old = [Said(str(at % 9), f"woord{at} " * 30) for at in range(3000)]
    new = [Said(str(at % 9), f"ander{at} " * 30) for at in range(3000)]
    assert match(old, new).pairs == {}
    assert compared <= 3000 * 30
