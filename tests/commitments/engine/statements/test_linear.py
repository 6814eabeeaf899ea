"""Texts made to be slow: whatever a minister is given to say, the time grows with its length and not faster."""

import random
from collections.abc import Callable
from datetime import date
from time import process_time

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.statements import propose
from commitments.engine.statements.rules import load
from commitments.engine.types import Proposal, Register, Side, Turn

SAID_ON = date(2031, 3, 4)
CALENDAR = calendars.load()
EXAMPLES = [example.rstrip(".?!") for rule in load().rules() for example in rule.examples]
WORDS = sorted({word for example in EXAMPLES for word in example.split()})
PIECES = {
    "heads of forms": "ik zal we zullen wordt worden ",
    "heads and ends": "ik neem dat op mij aan het in uit ",
    "commas": ", ",
    "a verb and a comma": "zal, ",
    "semicolons": "wij doen; ",
    "nested quotations": "“ ‘ a ( ",
    "quotation marks": '" ',
    "brackets": "(Opmerkingen ",
    "dates": "tegen 1 mei 2032, ",
    "dates in sentences": "Tegen 1 mei 2032. ",
    "soon": "binnenkort ",
    "from the date before": "een week later. ",
    "nothing at all": "\0",
    "nothing in words": "\0 a",
    "who is named": "Minister Jan De Van Der ",
    "a portfolio": "minister van Werk en Cultuur, Jeugd ",
    "by whose account": "Volgens de minister ",
    "who says that": "zij zegt dat zij ",
    "what is told": "dat zij een ",
    "a list of deeds": "Acties in 2033:\n- een plan maken;\n",
    "lead-ins": "Wij doen:\n",
    "openers": "die dat waar om ",
    "services": "het agentschap de dienst ",
    "split words": "af-\nwerken ",
}


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def joined(mark: str, some: list[str]) -> Callable[[int], str]:
    def made(size: int) -> str:
        chance = random.Random(size)  # noqa: S311  (no secret)
        return mark.join(chance.choices(some, k=size * len(some) // sum(len(one) + len(mark) for one in some)))

    return made


TEXTS = {name: repeated(piece) for name, piece in PIECES.items()}
TEXTS |= {
    "promises without a stop": joined(" ", EXAMPLES),
    "promises behind semicolons": joined("; ", EXAMPLES),
    "shuffled words of the cues": joined(" ", WORDS),
    "shuffled words in lines": joined("\n", WORDS),
}


def run(*texts: str, register: Register) -> list[Proposal]:
    turns = [Turn(text, "Liesbet Verhaeren", Side.GOVERNMENT) for text in texts]
    return propose(turns, said_on=SAID_ON, register=register, calendar=CALENDAR)


def spent(*texts: str, register: Register) -> float:
    """Processor seconds of a first reading, the better of two."""
    times = []
    for _ in range(2):
        deadlines.forget(CALENDAR)
        start = process_time()
        run(*texts, register=register)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize("register", [Register.SPOKEN, Register.POLICY], ids=str)
@pytest.mark.parametrize("made", TEXTS.values(), ids=TEXTS.keys())
def test_eight_times_the_text_takes_about_eight_times_as_long(made: Callable[[int], str], register: Register) -> None:
    """Squared it would be 64 times; what is between is left to a busy machine."""
    short, long = (spent(made(size), register=register) for size in (10_000, 80_000))
    assert long <= 24 * short + 0.05


def test_eight_times_the_turns_take_about_eight_times_as_long() -> None:
    short, long = (spent(*["Ik zal dat nagaan."] * number, register=Register.SPOKEN) for number in (100, 800))
    assert long <= 24 * short + 0.05


def test_a_sentence_of_a_dozen_promises_is_parted_into_all_of_them() -> None:
    text = "; ".join(["ik bezorg u morgen de lijst van alle loketten"] * 12) + "."
    assert len(run(text, register=Register.SPOKEN)) == 12
