"""The end of a legislature: announced, done once by itself, and undone by hand."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from commitments import tasks
from commitments.models import Commitment, Event
from commitments.querysets import OPEN
from commitments.services import digest, lapsing, tracking
from commitments.services.errors import NotAllowedError
from tests import rows
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db

SAID = date(2023, 3, 1)
LAST = date(2024, 6, 9)  # the election
EARLY, SOON = LAST - timedelta(days=31), LAST - timedelta(days=30)
AFTER = date(2024, 6, 10)


@pytest.fixture
def old() -> Commitment:
    return rows.commitment(said_on=SAID, due_start=date(2024, 12, 1), due_end=date(2024, 12, 31))


def run(day: date) -> tuple[int, int]:
    done = lapsing.lapse_ended(day=day)
    return done.announced, done.lapsed


def test_it_is_announced_before_lapses_after_the_election_and_each_once(old):
    assert [run(day) for day in (EARLY, SOON, SOON, LAST, AFTER, AFTER)] == [
        (0, 0), (1, 0), (0, 0), (0, 0), (0, 1), (0, 0),
    ]  # fmt: skip
    old.refresh_from_db()
    assert old.status == "lapsed"
    announced, lapsed = Event.objects.filter(commitment=old, kind__in=["lapse_announced", "status_changed"]).order_by(
        "pk"
    )
    assert (announced.about_day, announced.day, announced.actor) == (LAST, SOON, None)
    assert (lapsed.after["term_ended"], lapsed.day) == ("2024-06-09", AFTER)


def test_what_is_announced_late_gets_the_same_notice(old):
    assert run(date(2024, 9, 1)) == (1, 0)
    assert lapsing.lapses_on(lapsing.announcement(old)) == date(2024, 10, 1)
    assert run(date(2024, 9, 30)) == (0, 0)
    assert run(date(2024, 10, 1)) == (0, 1)


def test_only_what_is_open_and_of_that_legislature_lapses():
    of_it = {status: rows.commitment(said_on=SAID, status=status) for status in Commitment.Status.values}
    new = rows.commitment(said_on=date(2024, 10, 1))
    assert run(SOON)[0] == len(OPEN)
    assert run(AFTER)[1] == len(OPEN)
    lapsed = {one.pk for status, one in of_it.items() if status in (*OPEN, "lapsed")}
    assert set(Commitment.objects.filter(status="lapsed").values_list("pk", flat=True)) == lapsed
    new.refresh_from_db()
    assert new.status == "open"


def test_what_somebody_keeps_open_does_not_lapse(old, reviewer):
    run(SOON)
    for _ in range(2):
        lapsing.keep_open(commitment=old, actor=reviewer, day=SOON)
    assert not Commitment.objects.announced_to_lapse().exists()
    assert run(AFTER) == (0, 0)
    kept = old.events.get(kind=Event.Kind.KEPT_OPEN)
    assert (kept.actor, kept.about_day) == (reviewer, LAST)


def test_without_an_announcement_there_is_nothing_to_keep_open(old, reviewer):
    with pytest.raises(NotAllowedError):
        lapsing.keep_open(commitment=old, actor=reviewer, day=SOON)
    assert not old.events.filter(kind=Event.Kind.KEPT_OPEN).exists()


def test_what_was_opened_again_stays_open_whatever_runs_later_and_a_person_may_still_let_it_lapse(old, reviewer):
    run(SOON), run(AFTER)
    tracking.change_status(commitment=old, actor=reviewer, day=AFTER, status="open")
    assert run(AFTER + timedelta(days=400)) == (0, 0)
    assert not Commitment.objects.announced_to_lapse().exists()
    assert lapsing.lapse(commitment=old, actor=reviewer, day=AFTER)


@pytest.mark.parametrize("door", ["task", "command", "run_periodic"])
def test_every_door_does_it(old, settings, door, capsys):
    settings.TODAY = SOON
    doors = {
        "task": tasks.lapse_ended,
        "command": lambda: call_command("lapse_commitments"),
        "run_periodic": lambda: call_command("run_periodic"),
    }
    doors[door]()
    assert list(Commitment.objects.announced_to_lapse()) == [old]
    settings.TODAY = AFTER
    doors[door]()
    old.refresh_from_db()
    assert old.status == "lapsed"
    if door != "task":
        assert "0 commitments announced to lapse with their legislature, 1 lapsed." in capsys.readouterr().out


def test_the_digest_announces_it_once(old, subscription):
    monday = date(2024, 5, 13)
    lapsing.lapse_ended(day=monday)
    for week in (monday, monday + timedelta(days=7)):
        digest.send_due(moment=noon_of(week))
    told = ["WILL LAPSE WITH THE LEGISLATURE" in one.body for one in mail.outbox]
    assert told == [True, False]


def test_the_page_and_the_desk_announce_it_and_the_desk_keeps_it_open(old, client, login, settings):
    settings.TODAY, settings.LANGUAGE_CODE = SOON, "en"
    run(SOON)
    sentence = "On 10 June 2024 it lapses with its legislature"
    page, door = reverse("commitment", args=[old.uid]), reverse("admin:commitments_commitment_change", args=[old.pk])
    assert sentence in client.get(page).content.decode()
    login("reader", "view_commitment")
    assert sentence in client.get(door).content.decode()
    keep = reverse("admin:commitments_commitment_life", args=[old.pk, "keep"])
    assert keep not in client.get(door).content.decode()
    assert client.post(keep).status_code == 403
    login("keeper", "view_commitment", "change_commitment")
    assert keep in client.get(door).content.decode()
    client.post(keep)
    assert sentence not in client.get(door).content.decode()
    assert run(AFTER) == (0, 0)


def test_the_desk_lists_what_will_lapse_and_opens_again_what_lapsed(old, client, login, settings):
    settings.TODAY = AFTER
    run(SOON)
    login("keeper", "view_commitment", "change_commitment")
    listed = reverse("admin:commitments_commitment_changelist")
    rows.commitment()
    assert list(client.get(listed, {"standing": "lapsing"}).context["cl"].queryset) == [old]
    run(AFTER)
    client.post(listed, {"action": "open_again_selected", "_selected_action": [old.pk]})
    old.refresh_from_db()
    assert old.status == "open"
