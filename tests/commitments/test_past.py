"""How commitments stood on a day that has passed."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Commitment
from commitments.services import asking, tracking
from tests import rows

pytestmark = pytest.mark.django_db

LIST = reverse("api:commitment-list")
NOW = date(2026, 6, 30)
FILED, DONE = date(2026, 4, 20), date(2026, 5, 12)
TERM = date(2026, 5, 20)
BEFORE, WAITING, AFTER = date(2026, 4, 10), date(2026, 5, 4), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.TODAY = NOW


@pytest.fixture
def made(reviewer) -> Commitment:
    """Late from 1 April, asked about on 20 April, answered and fulfilled on 12 May."""
    late = rows.commitment()
    filed = asking.file_question(commitment=late, actor=reviewer, day=FILED)
    asking.answered(asking=filed, actor=reviewer, day=DONE)
    tracking.change_status(commitment=late, actor=reviewer, day=DONE, status="fulfilled", evidence="brief")
    return late


def told(client, made: Commitment, day: date) -> dict:
    one = client.get(f"{LIST}{made.uid}/", {"as_of": day.isoformat()}).json()
    (listed,) = client.get(LIST, {"as_of": day.isoformat()}).json()["results"]
    assert {name: one[name] for name in listed} == listed
    return one


def listed(client, day: date, **query: str) -> bool:
    return client.get(LIST, {"as_of": day.isoformat()} | query | {"page": 1}).json()["count"] == 1


@pytest.mark.parametrize(
    ("day", "status", "asked_on", "until", "late"),
    [
        (BEFORE, "open", None, None, 10),
        (WAITING, "open", FILED, TERM, 0),
        (AFTER, "fulfilled", None, None, 0),
        (NOW, "fulfilled", None, None, 0),
    ],
)
def test_status_and_what_was_asked_are_those_of_the_day(client, made, day, status, asked_on, until, late):
    one = told(client, made, day)
    assert (one["status"], one["days_late"], one["overdue"]) == (status, late, late > 0)
    assert (one["asked_on"], one["waiting_until"]) == tuple(iso and iso.isoformat() for iso in (asked_on, until))
    assert (one["evidence"], one["fulfilled_on"]) == (
        ("brief", DONE.isoformat()) if status == "fulfilled" else ("", None)
    )


@pytest.mark.parametrize(
    ("day", "matching"),
    [(BEFORE, {"overdue", "open"}), (WAITING, {"waiting", "open"}), (AFTER, {"fulfilled"}), (NOW, {"fulfilled"})],
)
def test_the_filters_ask_the_same_day(client, made, day, matching):
    for name in ("overdue", "waiting"):
        assert listed(client, day, **{name: "true"}) == (name in matching)
        assert listed(client, day, **{name: "false"}) == (name not in matching)
    for status in ("open", "fulfilled"):
        assert listed(client, day, status=status) == (status in matching)


def test_a_last_day_that_was_moved_later_is_the_former_one_before_that(client, reviewer):
    late = rows.commitment()
    filed = asking.file_question(commitment=late, actor=reviewer, day=FILED)
    longer = asking.Correction(waiting_until=date(2026, 7, 1))
    asking.correct_asking(asking=filed, actor=reviewer, day=DONE, given=longer)
    assert told(client, late, WAITING)["waiting_until"] == TERM.isoformat()
    assert told(client, late, DONE)["waiting_until"] == "2026-07-01"


def test_of_two_questions_the_one_that_waited_longest_then_counts(client, reviewer):
    late = rows.commitment()
    first = asking.file_question(commitment=late, actor=reviewer, day=FILED, number="1")
    asking.file_question(commitment=late, actor=reviewer, day=AFTER, number="2")
    asking.withdraw(asking=first, actor=reviewer, day=NOW)
    assert told(client, late, WAITING)["asked_on"] == FILED.isoformat()
    assert told(client, late, AFTER)["asked_on"] == AFTER.isoformat()


def test_telling_the_past_changes_no_row(client, made):
    before = Commitment.objects.values().get()
    told(client, made, WAITING)
    assert Commitment.objects.values().get() == before


def test_a_long_list_of_the_past_asks_the_database_as_often_as_a_short_one(
    client, reviewer, made, django_assert_num_queries
):
    query = {"as_of": (FILED + timedelta(days=1)).isoformat(), "waiting": "true"}
    with CaptureQueriesContext(
        connection,
    ) as short:
        client.get(LIST, query)
    for _ in range(5):
        other = rows.commitment()
        filed = asking.file_question(commitment=other, actor=reviewer, day=FILED)
        asking.answered(asking=filed, actor=reviewer, day=DONE)
    with django_assert_num_queries(len(short)):
        assert len(client.get(LIST, query).json()["results"]) == 6
