"""A promise of several things, ticked one by one."""

from datetime import date

import pytest

from commitments.models import Commitment, Event
from commitments.services import parts
from commitments.services.errors import NotAllowedError
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 2)


@pytest.fixture
def made() -> Commitment:
    return rows.commitment()


@pytest.fixture
def listed(made, reviewer):
    """Two parts of it."""
    return [parts.add(commitment=made, actor=reviewer, day=DAY, title=title) for title in ("Het rapport", "De nota")]


def tick(part, actor, **fields):
    return parts.tick(part=part, actor=actor, day=DAY, **({"evidence": "brief van 1 april"} | fields))


def status(made) -> str:
    made.refresh_from_db()
    return made.status


def test_parts_stand_in_the_order_they_were_added_and_once_each(made, listed, reviewer):
    assert parts.add(commitment=made, actor=reviewer, day=DAY, title=" Het  rapport ") == listed[0]
    assert [part.title for part in made.parts.all()] == ["Het rapport", "De nota"]
    assert made.events.filter(kind=Event.Kind.PART_ADDED).count() == 2


def test_ticking_makes_it_partly_fulfilled_and_never_fulfilled_by_itself(made, listed, reviewer):
    tick(listed[0], reviewer)
    assert (status(made), parts.all_done(made.parts.all())) == ("partly", False)
    tick(listed[1], reviewer, done_on=date(2026, 3, 1))
    assert (status(made), parts.all_done(made.parts.all())) == ("partly", True)
    assert (listed[1].done_on, listed[1].done_by, listed[1].evidence) == (
        date(2026, 3, 1),
        reviewer,
        "brief van 1 april",
    )
    assert made.events.filter(kind=Event.Kind.PART_DONE).count() == 2


def test_ticking_twice_changes_nothing_and_with_other_evidence_says_so(made, listed, reviewer):
    tick(listed[0], reviewer)
    tick(listed[0], reviewer, evidence="")
    assert made.events.filter(kind=Event.Kind.PART_DONE).count() == 1
    tick(listed[0], reviewer, evidence="nota")
    assert made.events.filter(kind=Event.Kind.PART_DONE).latest("pk").before["evidence"] == "brief van 1 april"


def test_without_evidence_or_on_a_day_to_come_nothing_is_done(made, listed, reviewer):
    for given in ({"evidence": " "}, {"done_on": date(2026, 4, 3)}):
        with pytest.raises(NotAllowedError):
            tick(listed[0], reviewer, **given)
    assert status(made) == "open"


@pytest.mark.parametrize("verb", [parts.untick, parts.remove])
def test_with_no_part_left_that_is_done_it_is_open_again(made, listed, reviewer, verb):
    for part in listed:
        tick(part, reviewer)
    verb(part=listed[0], actor=reviewer, day=DAY)
    assert status(made) == "partly"
    verb(part=listed[1], actor=reviewer, day=DAY)
    assert status(made) == "open"
    kind = {parts.untick: Event.Kind.PART_REOPENED, parts.remove: Event.Kind.PART_REMOVED}[verb]
    assert [event.before["part"] for event in made.events.filter(kind=kind).order_by("pk")] == [
        "Het rapport",
        "De nota",
    ]


def test_the_parts_of_what_is_closed_stay_as_they_are(made, listed, reviewer):
    Commitment.objects.update(status="dropped")
    for change in (
        lambda: parts.add(commitment=made, actor=reviewer, day=DAY, title="Nog een"),
        lambda: tick(listed[0], reviewer),
        lambda: parts.untick(part=listed[0], actor=reviewer, day=DAY),
        lambda: parts.remove(part=listed[0], actor=reviewer, day=DAY),
    ):
        with pytest.raises(NotAllowedError):
            change()
    assert made.parts.count() == 2


def test_a_part_has_a_name(made, reviewer):
    with pytest.raises(NotAllowedError):
        parts.add(commitment=made, actor=reviewer, day=DAY, title="  ")
