"""The watch notes each thing once, however late and often it runs."""

from datetime import date, timedelta

import pytest

from commitments.models import Commitment, Event
from commitments.querysets import EventQuerySet
from commitments.services import watch
from commitments.services.watch import WatchResult
from tests import rows

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 31)
NONE = WatchResult(0, 0, 0)


def note(day: date) -> WatchResult:
    return watch.note_overdue(day=day)


def days(kind: str) -> list[tuple[date, date]]:
    return list(Event.objects.filter(kind=kind).order_by("pk").values_list("day", "about_day"))


@pytest.mark.parametrize(
    ("day", "result"),
    [
        (LAST - timedelta(days=31), NONE),
        (LAST - timedelta(days=30), WatchResult(0, 1, 0)),
        (LAST, WatchResult(0, 1, 0)),
        (LAST + timedelta(days=1), WatchResult(1, 0, 0)),
    ],
)
def test_overdue_begins_the_day_after_the_last_day_and_soon_thirty_days_before_it(day, result):
    rows.commitment(due_end=LAST)
    assert note(day) == result


def test_running_twice_changes_nothing():
    rows.commitment(due_end=LAST)
    assert note(date(2026, 4, 1)) == WatchResult(1, 0, 0)
    assert note(date(2026, 4, 1)) == NONE
    assert note(date(2026, 4, 2)) == NONE


def test_a_week_late_announces_once_and_says_which_day_it_is_about():
    rows.commitment(due_end=LAST)
    note(LAST - timedelta(days=5))
    assert note(date(2026, 4, 9)) == WatchResult(1, 0, 0)
    assert days("became_overdue") == [(date(2026, 4, 9), LAST)]


def test_a_moved_deadline_is_watched_anew():
    made = rows.commitment(due_end=LAST)
    note(date(2026, 4, 1))
    Commitment.objects.filter(pk=made.pk).update(due_end=date(2026, 6, 30))
    assert note(date(2026, 6, 10)) == WatchResult(0, 1, 0)
    assert note(date(2026, 7, 1)) == WatchResult(1, 0, 0)
    assert [about for _, about in days("became_overdue")] == [LAST, date(2026, 6, 30)]


def test_a_promise_without_a_last_day_is_asked_about_and_never_overdue():
    rows.commitment(due_text="binnenkort", due_start=None, due_end=None, check_on=date(2026, 4, 20))
    assert note(date(2026, 4, 19)) == NONE
    assert note(date(2027, 1, 1)) == WatchResult(0, 0, 1)
    assert not days("became_overdue")


@pytest.mark.parametrize("status", ["fulfilled", "dropped", "lapsed", "superseded"])
def test_what_is_closed_is_left_in_peace(status):
    rows.commitment(due_end=LAST, status=status)
    assert note(date(2026, 5, 1)) == NONE


def test_a_term_that_passed_without_an_answer_is_noted_once_and_what_was_asked_is_late_again():
    rows.commitment(due_end=LAST, asked_on=date(2026, 4, 1), waiting_until=date(2026, 4, 29))
    assert note(date(2026, 4, 29)) == NONE
    assert note(date(2026, 4, 30)) == WatchResult(1, 0, 0, waiting_ended=1)
    assert note(date(2026, 5, 30)) == NONE
    assert days("waiting_ended") == [(date(2026, 4, 30), date(2026, 4, 29))]


def test_what_another_run_wrote_in_the_meantime_is_not_counted_as_ours(monkeypatch):
    made = rows.commitment(due_end=LAST)
    real = EventQuerySet.bulk_create

    def overtaken(self, events, **options):
        theirs = Event(commitment=made, kind=Event.Kind.BECAME_OVERDUE, about_day=LAST, day=date(2026, 4, 1))
        real(self, [theirs])
        return real(self, events, **options)

    monkeypatch.setattr(EventQuerySet, "bulk_create", overtaken)
    assert note(date(2026, 4, 1)) == NONE
    assert len(days("became_overdue")) == 1


def test_the_number_of_queries_does_not_grow_with_what_there_is(django_assert_num_queries):
    for _ in range(25):
        rows.commitment(due_end=LAST)
    with django_assert_num_queries(6 + 2):  # four questions, one insert and its count; and the transaction's edges
        assert note(date(2026, 4, 1)).overdue == 25
