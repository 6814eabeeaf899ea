"""What stands under a lead-in that announces deeds is promised, item by item."""

from datetime import date

import pytest

from commitments.engine.types import Register
from tests.commitments.engine.statements.conftest import Say

ITEMS = (
    "- opmaken van een kadaster van alle zalen;\n- twee nieuwe convenanten met steden;\n- een meldpunt voor trainers."
)
LEADS = [
    "Acties in 2032:",
    "In 2032 onderneem ik de volgende acties:",
    "Voor de zalen zijn in 2032 volgende maatregelen gepland:",
]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("register", [Register.WRITTEN, Register.POLICY])
def test_each_item_under_a_lead_in_is_a_promise_due_with_it(say: Say, register: Register, lead: str) -> None:
    found = say(f"{lead}\n{ITEMS}", register=register)
    assert [p.quote.rstrip(";.") for p in found] == [line[2:].rstrip(";.") for line in ITEMS.splitlines()]
    assert {p.deadline.due_end for p in found if p.deadline} == {date(2032, 12, 31)}
    assert all(p.deadline for p in found)


@pytest.mark.parametrize(
    "lead", ["De volgende maatregelen werden genomen:", "Er gelden drie voorwaarden:", "De cijfers zijn:"]
)
def test_items_under_another_lead_in_are_none(say: Say, lead: str) -> None:
    assert not say(f"{lead}\n{ITEMS}", register=Register.WRITTEN)


def test_a_list_ends_where_no_item_follows(say: Say) -> None:
    found = say(f"Acties in 2032:\n{ITEMS}\nDe sector telt vele kleine clubs.", register=Register.POLICY)
    assert len(found) == 3


def test_an_own_day_of_an_item_counts_before_that_of_the_lead_in(say: Say) -> None:
    [first] = say("Acties in 2032:\n- publicatie van een leidraad in mei 2033.", register=Register.POLICY)
    assert first.deadline
    assert first.deadline.due_end == date(2033, 5, 31)


def test_what_is_said_aloud_has_no_lists(say: Say) -> None:
    assert not say(f"Acties in 2032:\n{ITEMS}", register=Register.SPOKEN)
