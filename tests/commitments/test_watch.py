"""The watch notes each thing once, however late and often it runs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from commitments.models import Asking, Commitment, Event, Part
from commitments.services import editing, review, watch
from commitments.services.watch import WatchResult
from tests import rows

pytestmark = pytest.mark.django_db

LAST = date(2026, 3, 31)
CONDITION = "als het advies voor 1 juni 2026 binnen is"
CONDITION = "als het advies voor 1 juni 2026 binnen is"
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


def test_what_another_run_wrote_just_before_is_not_counted_as_ours():
    made = rows.commitment(due_end=LAST)
    theirs = [Event(commitment=made, kind=Event.Kind.BECAME_OVERDUE, about_day=LAST, day=date(2026, 4, 1))]

    def overtaken(execute, statement, parameters, many, context):
        if theirs and "SELECT" in statement and statement.startswith("INSERT"):
            Event.objects.bulk_create([theirs.pop()])
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(overtaken):
        assert note(date(2026, 4, 1)) == NONE
    assert len(days("became_overdue")) == 1


def test_the_number_of_queries_does_not_grow_with_what_there_is():
    spent = []
    for number in (1, 25):
        for _ in range(number):
            rows.commitment(due_end=LAST)
        with CaptureQueriesContext(connection) as queries:
            assert note(date(2026, 4, 1)).overdue == number
        spent.append(len(queries))
    assert spent[0] == spent[1]


def test_each_event_is_like_one_that_was_written_by_hand():
    made = rows.commitment(due_end=LAST)
    note(date(2026, 4, 1))
    event = Event.objects.get(kind="became_overdue")
    event.clean_fields(exclude={"before", "after"})  # empty, as their defaults are
    assert (event.commitment, event.before, event.after, event.actor) == (made, {}, {}, None)
    assert abs(event.at - timezone.now()) < timedelta(minutes=5)
    assert Event.objects.get(uid=event.uid) == event


def test_the_day_of_a_condition_is_noted_when_it_has_come():
    rows.commitment(due_end=date(2027, 1, 1), condition=CONDITION, condition_on=date(2026, 5, 31))
    assert note(date(2026, 5, 30)).condition_came == 0
    assert note(date(2026, 5, 31)).condition_came == 1
    assert note(date(2026, 6, 30)).condition_came == 0
    assert days("condition_came") == [(date(2026, 5, 31), date(2026, 5, 31))]


@pytest.mark.parametrize(
    ("condition", "day"), [(CONDITION, date(2026, 5, 31)), ("als het advies gunstig is", None), ("", None)]
)
def test_accepting_a_promise_on_a_condition_reads_the_day_that_it_names(reviewer, condition, day):
    made = review.accept(statement=rows.statement(condition=condition), actor=reviewer, day=date(2026, 2, 1))
    assert made.condition_on == day


def test_a_corrected_condition_has_the_day_that_it_names_now(reviewer):
    statement = rows.statement(condition="als het advies gunstig is")
    made = review.accept(statement=statement, actor=reviewer, day=date(2026, 2, 1))
    editing.edit(statement=statement, actor=reviewer, day=date(2026, 2, 1), condition=CONDITION)
    made.refresh_from_db()
    assert made.condition_on == date(2026, 5, 31)


def running(**fields):
    """A promise of 20 January 2026 that runs until the end of 2027."""
    return rows.commitment(**({"due_end": date(2027, 12, 31)} | fields))


def test_what_was_not_heard_of_for_six_months_is_silent_once():
    running()
    assert note(date(2026, 7, 19)) == NONE
    assert note(date(2026, 7, 20)) == WatchResult(0, 0, 0, silent=1)
    assert note(date(2026, 12, 20)) == NONE
    assert days("silent") == [(date(2026, 7, 20), rows.SAID_ON)]


def test_what_is_heard_again_may_fall_silent_again():
    made = running()
    note(date(2026, 7, 20))
    heard = rows.follow_up(made, state="confirmed").item.document.date  # 90 days after it was said
    assert note(date(2026, 10, 19)) == NONE
    assert note(date(2026, 10, 20)) == WatchResult(0, 0, 0, silent=1)
    assert days("silent") == [(date(2026, 7, 20), rows.SAID_ON), (date(2026, 10, 20), heard)]


@pytest.mark.parametrize("state", ["proposed", "dismissed", "withdrawn"])
def test_a_follow_up_that_nobody_confirmed_is_no_sign_of_life(state):
    rows.follow_up(running(), state=state)
    assert note(date(2026, 7, 20)).silent == 1


def test_a_part_that_was_done_and_a_question_that_was_filed_are_signs_of_life():
    Part.objects.create(commitment=running(), position=0, title="Het ontwerp", done_on=date(2026, 5, 2))
    Asking.objects.create(
        commitment=running(), filed_on=date(2026, 3, 1), waiting_until=date(2026, 3, 29), ended_on=date(2026, 6, 1)
    )
    assert note(date(2026, 7, 20)).silent == 0
    assert note(date(2026, 12, 1)).silent == 2
    assert {about for _, about in days("silent")} == {date(2026, 5, 2), date(2026, 6, 1)}


def test_what_is_overdue_or_has_to_be_asked_about_is_called_for_already_and_not_silent_too():
    rows.commitment(due_end=LAST)
    rows.commitment(due_text="binnenkort", due_start=None, due_end=None, check_on=date(2026, 4, 20))
    assert note(date(2026, 12, 1)).silent == 0


def test_what_waits_for_an_answer_is_not_silent():
    running(asked_on=date(2026, 7, 1), waiting_until=date(2026, 7, 29))
    assert note(date(2026, 7, 20)).silent == 0


def test_the_sentence_tells_what_was_found():
    assert WatchResult(1, 2, 3).sentence == "Noted 1 overdue, 2 due soon, 3 to ask about."
    assert WatchResult(0, 0, 0, silent=4, condition_came=5).sentence.endswith(
        "5 hang on a condition whose day came. 4 were not heard of for long."
    )
