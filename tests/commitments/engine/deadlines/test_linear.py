"""Texts made to be slow: whatever they hold, the time grows with their length and not faster."""

import random
from collections.abc import Callable
from datetime import date
from time import process_time

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines.tokens import vocabulary

SAID = date(2025, 3, 11)
CALENDAR = calendars.load()
PIECES = {
    "one head": "jaar ",
    "one digit": "1",
    "numbers": "1 2 3 4 ",
    "slashes": "1/2/",
    "dates": "1/2/2025 ",
    "parts of parts": "tegen eind van het einde van het begin van ",
    "months": "mei ",
    "a list of months": "mei, ",
    "nested ranges": "van mei tot juni tot ",
    "weekdays": "maandag, dinsdag en ",
    "days": "1 en 2 en 3 en 4 mei ",
    "years": "2025-2026-2027-",
    "open brackets": "(in 2025 ",
    "one sentence": "wij hebben in mei de weg ",
    "prepositions": "tegen in op voor na tot van ",
    "determiners": "de het een dit die jaar ",
    "from the date before": "de week daarna ",
    "amounts of amounts": "twee jaar na twee jaar en een half ",
    "split words": "jaar-\n",
    "soft hyphens": "ja\u00adar ",
    "a letter that grows": "\u0130 jaar ",
    "dashes": "- / - ",
    "openers": "((((((jaar ",
    "spaces": "jaar" + 500 * " ",
    "no space": "jaar,mei,2025,",
}


def repeated(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece))


def chance(size: int) -> random.Random:
    return random.Random(size)  # noqa: S311  (no secret)


def known_words(size: int) -> str:
    words = sorted(vocabulary(CALENDAR).known)
    return " ".join(chance(size).choices(words, k=size // 7))


def any_letters(size: int) -> str:
    return "".join(map(chr, chance(size).choices(range(0x11000), k=size)))


def any_bytes(size: int) -> str:
    return chance(size).randbytes(size).decode("latin-1")


TEXTS = {name: repeated(piece) for name, piece in PIECES.items()}
TEXTS |= {"known words": known_words, "any letters": any_letters, "any bytes": any_bytes}


def spent(text: str) -> float:
    """Processor seconds of a first reading, the better of two."""
    times = []
    for _ in range(2):
        deadlines.forget(CALENDAR)
        start = process_time()
        deadlines.read(text, SAID, CALENDAR)
        times.append(process_time() - start)
    return min(times)


@pytest.mark.parametrize("made", TEXTS.values(), ids=TEXTS.keys())
def test_eight_times_the_text_takes_about_eight_times_as_long(made: Callable[[int], str]) -> None:
    """Squared it would be 64 times; what is between is left to a busy machine."""
    short, long = spent(made(15_000)), spent(made(120_000))
    assert long <= 24 * short + 0.02


def test_a_list_of_as_many_periods_as_fit_in_a_stretch_is_read() -> None:
    found = deadlines.read("Wij doen dat in " + "mei, " * 70 + "juni en juli.", SAID, CALENDAR)
    assert found
    assert all(each.end - each.start <= 400 for each in found)
