"""What the tests of statements share: the calendar, a day, and one way to hand over a turn."""

from collections.abc import Callable
from datetime import date

import pytest

from commitments.engine import calendars
from commitments.engine.statements import propose
from commitments.engine.types import Proposal, Register, Side, Turn

SAID_ON = date(2031, 3, 4)  # a Tuesday

Say = Callable[..., list[Proposal]]


@pytest.fixture(scope="session")
def say() -> Say:
    """Return a function that proposes for one turn of a minister, or for turns given as (side, speaker, text)."""
    calendar = calendars.load()

    def propose_for(
        *turns: str | tuple[Side, str, str], register: Register = Register.SPOKEN, said_on: date = SAID_ON
    ) -> list[Proposal]:
        given = [
            Turn(turn, "Liesbet Verhaeren", Side.GOVERNMENT)
            if isinstance(turn, str)
            else Turn(turn[2], turn[1], turn[0])
            for turn in turns
        ]
        return propose(given, said_on=said_on, register=register, calendar=calendar)

    return propose_for
