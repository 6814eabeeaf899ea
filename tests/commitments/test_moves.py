"""Which status may follow which, and what a change of status needs."""

from datetime import date
from itertools import product

import pytest

from commitments.models import Commitment, Event
from commitments.moves import MOVES, allowed
from commitments.services import lapsing, tracking
from commitments.services.errors import NotAllowedError
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 2)
STATUSES = Commitment.Status.values
BEFORE_THE_ELECTION = date(2023, 3, 1)


def change(commitment, actor, status, **fields):
    return tracking.change_status(commitment=commitment, actor=actor, day=DAY, status=status, **fields)


def test_the_table_knows_every_status_and_leads_back_to_open_from_each():
    assert set(MOVES) == set(STATUSES)
    assert all("open" in allowed(status) for status in STATUSES if status != "open")


@pytest.mark.parametrize(("before", "after"), [pair for pair in product(STATUSES, STATUSES) if pair[0] != pair[1]])
def test_a_service_makes_the_moves_of_the_table_and_refuses_all_others_in_one_sentence(reviewer, before, after):
    made = rows.commitment(status=before)
    given = {"evidence": "brief van 1 april", "superseded_by": rows.commitment() if after == "superseded" else None}
    if after in MOVES[before]:
        assert change(made, reviewer, after, **given).status == after
        assert made.events.filter(kind=Event.Kind.STATUS_CHANGED).count() == 1
        return
    with pytest.raises(NotAllowedError, match=r"^“.*” .*\.$"):
        change(made, reviewer, after, **given)
    made.refresh_from_db()
    assert made.status == before
    assert not made.events.filter(kind=Event.Kind.STATUS_CHANGED).exists()


@pytest.mark.parametrize("status", ["fulfilled", "dropped"])
def test_an_end_that_was_reached_needs_evidence(reviewer, status):
    made = rows.commitment()
    with pytest.raises(NotAllowedError):
        change(made, reviewer, status, evidence="  ")
    assert change(made, reviewer, status, evidence="nota van 1 april").status == status


def test_nothing_is_fulfilled_on_a_day_to_come(reviewer):
    with pytest.raises(NotAllowedError):
        change(rows.commitment(), reviewer, "fulfilled", evidence="x", on=date(2026, 4, 3))


def test_what_takes_the_place_has_to_be_named_and_to_be_another_one(reviewer):
    first, second, third = rows.commitment(), rows.commitment(), rows.commitment()
    with pytest.raises(NotAllowedError):
        change(first, reviewer, "superseded")
    with pytest.raises(NotAllowedError):
        change(first, reviewer, "superseded", superseded_by=first)
    change(first, reviewer, "superseded", superseded_by=second)
    change(second, reviewer, "superseded", superseded_by=third)
    with pytest.raises(NotAllowedError):
        change(third, reviewer, "superseded", superseded_by=first)


def test_a_move_back_undoes_it_and_the_trail_keeps_what_there_was(reviewer):
    made = rows.commitment()
    change(made, reviewer, "fulfilled", evidence="brief")
    change(made, reviewer, "open")
    assert (made.fulfilled_on, made.evidence) == (None, "")
    back = made.events.filter(kind=Event.Kind.STATUS_CHANGED).latest("pk")
    assert (back.before["status"], back.before["evidence"], back.after["status"]) == ("fulfilled", "brief", "open")


def test_one_commitment_lapses_only_after_its_own_legislature(reviewer):
    assert not lapsing.lapse(commitment=rows.commitment(), actor=reviewer, day=DAY)
    assert lapsing.lapse(commitment=rows.commitment(said_on=BEFORE_THE_ELECTION), actor=reviewer, day=DAY)
