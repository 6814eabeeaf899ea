"""What the engine finds in labelled documents: nearly all, little else, and the right last day."""

from functools import cache
from pathlib import Path

import pytest

from commitments.engine import calendars, statements
from commitments.learning.labels import LabelledSet, read_sets
from commitments.learning.measuring import Measured, measure, total

MANIFEST = Path(__file__).with_name("sets.toml")

# What every set must reach; docs/quality.md says what each does reach. A label is changed by reading alone.
LEAST_RECALL = 0.93
LEAST_PRECISION = 0.93
LEAST_DUE = 0.95


@cache
def sets() -> dict[str, LabelledSet]:
    return {one.name: one for one in read_sets(MANIFEST)}


@cache
def measured(name: str) -> Measured:
    labelled = sets()[name]
    if labelled.missing:
        pytest.skip(f"{labelled.missing} is not here: {name} cannot be measured")
    calendar = calendars.load()
    return total(
        measure(
            document,
            [
                proposal
                for turns in document.items
                for proposal in statements.propose(
                    turns, said_on=document.said_on, register=document.register, calendar=calendar
                )
            ],
        )
        for document in labelled.documents
    )


@pytest.mark.parametrize("name", sets())
def test_nearly_every_commitment_is_proposed(name: str) -> None:
    assert measured(name).recall.value >= LEAST_RECALL, measured(name).missed


@pytest.mark.parametrize("name", sets())
def test_nearly_every_proposal_is_a_commitment(name: str) -> None:
    assert measured(name).precision.value >= LEAST_PRECISION, measured(name).alarms


@pytest.mark.parametrize("name", sets())
def test_nearly_every_commitment_found_has_its_last_day(name: str) -> None:
    assert measured(name).due.value >= LEAST_DUE, measured(name).late
