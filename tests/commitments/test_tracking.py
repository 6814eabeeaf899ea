"""What comes of a commitment."""

from datetime import date

import pytest

from commitments.models import Event, FollowUp
from commitments.services import tracking
from commitments.services.errors import AlreadyJudgedError
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 2)


def change(commitment, actor, **fields):
    return tracking.change_status(commitment=commitment, actor=actor, day=DAY, **fields)


def test_a_status_changes_with_its_day_its_evidence_and_an_event(reviewer):
    made = rows.commitment()
    change(made, reviewer, status="fulfilled", on=date(2026, 3, 30), evidence="brief van 30 maart")
    made.refresh_from_db()
    assert (made.status, made.fulfilled_on, made.evidence) == ("fulfilled", date(2026, 3, 30), "brief van 30 maart")
    event = made.events.get(kind=Event.Kind.STATUS_CHANGED)
    assert (event.actor, event.day, event.before["status"], event.after["status"]) == (
        reviewer,
        DAY,
        "open",
        "fulfilled",
    )


def test_without_a_day_it_was_fulfilled_on_the_day_of_the_change(reviewer):
    assert change(rows.commitment(), reviewer, status="fulfilled", evidence="brief").fulfilled_on == DAY


def test_opened_again_it_is_no_longer_fulfilled(reviewer):
    made = rows.commitment()
    change(made, reviewer, status="fulfilled", evidence="brief")
    assert change(made, reviewer, status="open").fulfilled_on is None


def test_the_same_status_again_changes_nothing(reviewer):
    made = rows.commitment()
    change(made, reviewer, status="partly")
    change(made, reviewer, status="partly")
    assert made.events.filter(kind=Event.Kind.STATUS_CHANGED).count() == 1


def test_a_status_that_does_not_exist_is_refused(reviewer):
    with pytest.raises(ValueError, match="broken"):
        change(rows.commitment(), reviewer, status="broken")


def test_what_is_superseded_says_by_what(reviewer):
    old, new = rows.commitment(), rows.commitment()
    assert change(old, reviewer, status="superseded", superseded_by=new).superseded_by == new
    assert old.events.latest("pk").after["superseded_by"] == str(new.uid)


def test_a_follow_up_by_hand_is_confirmed_and_added_once(reviewer):
    made, item = rows.commitment(), rows.item()
    first = tracking.add_follow_up(
        commitment=made, actor=reviewer, day=DAY, item=item, kind="postponed", note="uitstel"
    )
    again = tracking.add_follow_up(commitment=made, actor=reviewer, day=DAY, item=item)
    assert first == again
    assert (again.kind, again.state, again.note) == ("postponed", FollowUp.State.CONFIRMED, "uitstel")
    assert made.events.filter(kind=Event.Kind.FOLLOW_UP_ADDED).count() == 1


@pytest.mark.parametrize(
    ("verb", "state"), [(tracking.confirm_follow_up, "confirmed"), (tracking.dismiss_follow_up, "dismissed")]
)
def test_a_proposed_follow_up_is_judged_once_and_leaves_an_event(reviewer, verb, state):
    proposed = rows.follow_up(rows.commitment())
    for _ in range(2):
        assert verb(follow_up=proposed, actor=reviewer, day=DAY).state == state
    event = Event.objects.get(kind=Event.Kind.FOLLOW_UP_JUDGED)
    assert (event.actor, event.day, event.follow_up, event.commitment) == (
        reviewer,
        DAY,
        proposed,
        proposed.commitment,
    )
    assert (event.before["state"], event.after["state"]) == ("proposed", state)


def test_a_follow_up_that_was_judged_is_not_judged_over(reviewer):
    proposed = rows.follow_up(rows.commitment())
    tracking.dismiss_follow_up(follow_up=proposed, actor=reviewer, day=DAY)
    with pytest.raises(AlreadyJudgedError):
        tracking.confirm_follow_up(follow_up=proposed, actor=reviewer, day=DAY)
    assert FollowUp.objects.get().state == FollowUp.State.DISMISSED
