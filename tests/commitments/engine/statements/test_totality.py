"""Any text at all: no exception, and time that grows with the text."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.engine import calendars
from commitments.engine.statements import propose
from commitments.engine.types import Proposal, Register, Side, Turn

WORDS = st.sampled_from(
    "ik we zal zullen ga gaan worden gepubliceerd de het een niet , . ? ! “ ” ( ) - – … : ; \n als dat die om te tegen "
    "najaar 2032 mei minister u commissie bezorgen nagaan laat (Opmerkingen 1. enz. Vlaanderen İ ß \xa0 'n".split(" ")
)
CALENDAR = calendars.load()


def run(text: str, register: Register = Register.SPOKEN) -> list[Proposal]:
    turn = Turn(text, "Liesbet Verhaeren", Side.GOVERNMENT)
    return propose([turn], said_on=date(2031, 3, 4), register=register, calendar=CALENDAR)


@settings(deadline=None, max_examples=150)
@given(st.lists(WORDS, max_size=80), st.sampled_from(Register))
def test_words_in_any_order_are_read_without_an_exception(words: list[str], register: Register) -> None:
    text = " ".join(words)
    for proposal in run(text, register):
        assert 0 <= proposal.start < proposal.end <= len(text)
        assert proposal.quote == " ".join(text[proposal.start : proposal.end].split())
        assert 0 <= proposal.confidence <= 1
        assert proposal.cues


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=300), st.sampled_from(Register))
def test_any_text_is_read_without_an_exception(text: str, register: Register) -> None:
    run(text, register)


def test_the_same_text_gives_the_same_proposals_twice() -> None:
    text = "Ik zal u de lijst bezorgen. Tegen mei zal er een gids worden gepubliceerd."
    assert run(text) == run(text)


def seconds(text: str) -> float:
    """Return the processor's seconds that the fastest of three readings took."""
    best = float("inf")
    for _ in range(3):
        before = time.process_time()
        run(text)
        best = min(best, time.process_time() - before)
    return best


@pytest.mark.parametrize(
    "unit",
    [
        "zal ",
        "we gaan dat ",
        "ik en maar zal ",
        "wordt ",
        "(Opmerkingen ",
        "“a ",
        ". ",
        "die waar om dat zal ",
        "Tegen eind 2032 zal er een gids worden gepubliceerd. ",
        "Het agentschap zal een plan uitwerken. Dat zal in mei klaar zijn.\n",
        "bijv. ",
        "zal? ",
        "(ik zal “",
        "Ik zal dat doen\n",
        "a" * 50,
        " " * 50,
    ],
    ids=lambda unit: unit[:12],
)
def test_time_grows_with_the_text_and_not_with_its_square(unit: str) -> None:
    few, many = seconds(unit * 400), seconds(unit * 3200)
    # Eight times the text in linear time takes 8 times as long, in quadratic time 64 times.
    assert many < 30 * few + 0.05
