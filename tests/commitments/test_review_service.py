"""A person judges: what each judgement makes, what it refuses, and the event it leaves."""

from datetime import date

import pytest
from django.utils import timezone, translation

from commitments.models import Commitment, Event, Statement
from commitments.services import review, tracking
from commitments.services.editing import Deadline, edit
from tests import rows
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db

DAY = date(2026, 2, 2)
JUNE = {"due_text": "tegen eind juni", "due_start": date(2026, 6, 21), "due_end": date(2026, 6, 30)}
NO_DATE = {"due_text": "", "due_start": None, "due_end": None, "due_precision": "", "due_modifier": ""}
SOON = NO_DATE | {"due_text": "binnenkort"}
LATER = date(2026, 3, 3)


def later(**fields) -> Statement:
    """Another statement, said on a later day."""
    return rows.statement(rows.speech(rows.item(rows.document(day=LATER))), **fields)


def last_event() -> Event:
    return Event.objects.order_by("pk").last()


def test_accepting_makes_a_commitment_with_what_the_statement_says(reviewer):
    statement = rows.statement(summary="het rapport bezorgen", condition="als het klaar is")
    speaker = statement.speech.person
    held = Mandate.objects.create(person=speaker, title="Vlaams minister", portfolio="Wonen", start=date(2024, 9, 30))
    Mandate.objects.create(person=speaker, title="Vlaams minister", portfolio="Sport", start=date(2027, 1, 1))
    made = review.accept(statement=statement, actor=reviewer, day=DAY)
    assert (made.title, made.kind, made.condition) == ("het rapport bezorgen", "inform", "als het klaar is")
    assert (made.person, made.mandate, made.said_on, made.status) == (speaker, held, rows.SAID_ON, "open")
    assert (made.due_text, made.due_end, made.check_on) == ("tegen eind maart", date(2026, 3, 31), None)
    assert (statement.state, statement.relation, statement.reviewed_by) == ("accepted", "original", reviewer)
    event = last_event()
    assert (event.kind, event.day, event.actor, event.statement, event.commitment) == (
        "accepted",
        DAY,
        reviewer,
        statement,
        made,
    )


def test_a_title_of_one_s_own_counts(reviewer):
    assert (
        review.accept(statement=rows.statement(), actor=reviewer, title="Het rapport", day=DAY).title == "Het rapport"
    )


@pytest.mark.parametrize("months", [3, 6])
def test_without_a_last_day_it_is_asked_about_some_months_later(reviewer, settings, months):
    settings.CHECK_AFTER_MONTHS = months
    made = review.accept(statement=rows.statement(**SOON), actor=reviewer, day=DAY)
    assert made.check_on == date(2026, 1 + months, 20)


def test_it_is_not_asked_about_before_it_may_begin(reviewer):
    after_summer = NO_DATE | {"due_text": "na 2026", "due_start": date(2027, 1, 1)}
    assert review.accept(statement=rows.statement(**after_summer), actor=reviewer, day=DAY).check_on == date(2027, 1, 1)


def test_a_repeat_joins_the_commitment_and_moves_nothing(reviewer):
    first = rows.statement()
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first)
    assert review.accept(statement=again, actor=reviewer, day=DAY) == made
    assert again.relation == "repeat"
    assert Commitment.objects.count() == 1
    assert not Event.objects.filter(kind=Event.Kind.DEADLINE_MOVED).exists()


def test_a_repeat_with_another_date_moves_the_deadline_and_says_from_what(reviewer):
    first = rows.statement()
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **JUNE)
    review.accept(statement=again, actor=reviewer, day=LATER)
    made.refresh_from_db()
    assert (made.due_text, made.due_end, again.relation) == ("tegen eind juni", date(2026, 6, 30), "amendment")
    assert again.events.get(kind=Event.Kind.ACCEPTED).after == {"state": "accepted", "relation": "amendment"}
    event = last_event()
    assert (event.kind, event.statement, event.day) == ("deadline_moved", again, LATER)
    assert (event.before["due_end"], event.after["due_end"]) == ("2026-03-31", "2026-06-30")


def test_a_repeat_that_adds_a_date_supplements(reviewer):
    first = rows.statement(**NO_DATE)
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **JUNE)
    review.accept(statement=again, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert (made.due_end, made.check_on, again.relation) == (date(2026, 6, 30), None, "supplement")


def test_a_vague_word_takes_no_date_back(reviewer):
    first = rows.statement()
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **SOON)
    review.accept(statement=again, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert (made.due_end, again.relation) == (date(2026, 3, 31), "repeat")


def test_what_was_said_first_is_the_original_in_whatever_order_it_is_judged(reviewer):
    first = rows.statement()
    again = later(repeats=first, **JUNE)
    made = review.accept(statement=again, actor=reviewer, day=DAY)
    assert review.accept(statement=first, actor=reviewer, day=DAY) == made
    again.refresh_from_db()
    made.refresh_from_db()
    assert (first.relation, again.relation) == ("original", "amendment")
    assert (made.said_on, made.due_end) == (rows.SAID_ON, date(2026, 6, 30))


def test_an_earlier_statement_without_a_date_brings_the_day_to_ask_forward_and_says_so(reviewer):
    first = rows.statement(**NO_DATE)
    again = later(repeats=first, **NO_DATE)
    made = review.accept(statement=again, actor=reviewer, day=DAY)
    review.accept(statement=first, actor=reviewer, day=LATER)
    made.refresh_from_db()
    assert (made.said_on, made.check_on) == (rows.SAID_ON, date(2026, 4, 20))
    event = last_event()
    assert (event.kind, event.before["said_on"], event.after["said_on"]) == ("accepted", "2026-03-03", "2026-01-20")
    assert event.after["relations"] == {str(again.uid): "repeat"}


def test_a_chain_of_repeats_is_one_commitment(reviewer):
    first = rows.statement()
    second = later(repeats=first)
    third = later(repeats=second)
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    assert review.accept(statement=third, actor=reviewer, day=DAY) == made


def test_rejecting_keeps_the_reason(reviewer):
    statement = rows.statement()
    review.reject(statement=statement, actor=reviewer, reason="fact", day=DAY)
    assert (statement.state, statement.rejected_because) == ("rejected", "fact")
    assert (last_event().kind, last_event().after["reason"], last_event().day) == ("rejected", "fact", DAY)


@pytest.mark.parametrize("first", ["accept", "reject"])
@pytest.mark.parametrize("second", ["accept", "reject"])
def test_what_a_colleague_has_judged_is_not_judged_over(reviewer, colleague, first, second):
    def judge(how, actor):
        reason = {"reason": "fact"} if how == "reject" else {}
        getattr(review, how)(statement=Statement.objects.get(), actor=actor, day=DAY, **reason)

    rows.statement()
    judge(first, colleague)
    before = Event.objects.count()
    with pytest.raises(review.AlreadyJudgedError, match="bo"):
        judge(second, reviewer)
    assert Event.objects.count() == before


def test_an_old_page_does_not_hide_what_happened_since(reviewer, colleague):
    seen = rows.statement()
    review.reject(statement=Statement.objects.get(), actor=colleague, reason="fact", day=DAY)
    assert seen.state == "proposed"
    with pytest.raises(review.AlreadyJudgedError):
        review.accept(statement=seen, actor=reviewer, day=DAY)


def test_a_double_click_is_one_judgement(reviewer):
    statement = rows.statement()
    made = review.accept(statement=statement, actor=reviewer, day=DAY)
    assert review.accept(statement=statement, actor=reviewer, day=DAY) == made
    assert Event.objects.filter(kind=Event.Kind.ACCEPTED).count() == 1


def test_what_the_engine_withdrew_is_not_judged(reviewer):
    statement = rows.statement(state=Statement.State.WITHDRAWN)
    with pytest.raises(review.AlreadyJudgedError):
        review.accept(statement=statement, actor=reviewer, day=DAY)


def test_a_rejection_can_be_undone(reviewer):
    statement = rows.statement()
    review.reject(statement=statement, actor=reviewer, reason="fact", day=DAY)
    review.reopen(statement=statement, actor=reviewer, day=DAY)
    assert (statement.state, statement.rejected_because) == ("proposed", "")
    assert (last_event().kind, last_event().before["reason"]) == ("reopened", "fact")


def test_undoing_an_acceptance_takes_the_commitment_back_and_keeps_the_events(reviewer):
    statement = rows.statement()
    review.accept(statement=statement, actor=reviewer, day=DAY)
    review.reopen(statement=statement, actor=reviewer, day=DAY)
    assert not Commitment.objects.exists()
    assert list(statement.events.order_by("pk").values_list("kind", flat=True)) == ["accepted", "reopened"]


def test_undoing_one_of_two_leaves_the_commitment_with_the_other_one_s_deadline(reviewer):
    first = rows.statement()
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **JUNE)
    review.accept(statement=again, actor=reviewer, day=DAY)
    review.reopen(statement=again, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert made.due_end == date(2026, 3, 31)
    assert made.statements.get() == first


def test_undoing_the_first_of_two_leaves_the_commitment_with_what_the_other_one_says(reviewer):
    first = rows.statement(**NO_DATE)
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **NO_DATE)
    review.accept(statement=again, actor=reviewer, day=LATER)
    review.reopen(statement=first, actor=reviewer, day=LATER)
    again.refresh_from_db()
    made.refresh_from_db()
    assert (again.relation, made.said_on, made.check_on) == ("original", LATER, date(2026, 6, 3))
    event = last_event()
    assert (event.kind, event.commitment, event.before["said_on"], event.after["said_on"]) == (
        "reopened",
        made,
        "2026-01-20",
        "2026-03-03",
    )


def test_a_correction_says_anew_what_the_later_statement_adds(reviewer):
    first = rows.statement()
    made = review.accept(statement=first, actor=reviewer, day=DAY)
    again = later(repeats=first, **JUNE)
    review.accept(statement=again, actor=reviewer, day=LATER)
    edit(statement=first, actor=reviewer, day=LATER, deadline=Deadline(*JUNE.values()))
    again.refresh_from_db()
    made.refresh_from_db()
    assert (again.relation, made.due_end) == ("repeat", date(2026, 6, 30))
    assert last_event().after["relations"] == {str(again.uid): "repeat"}


@pytest.mark.parametrize("work", ["status", "follow-up"])
def test_what_somebody_has_worked_on_is_not_undone(reviewer, work):
    statement = rows.statement()
    made = review.accept(statement=statement, actor=reviewer, day=DAY)
    if work == "status":
        tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="partly")
    else:
        tracking.add_follow_up(commitment=made, actor=reviewer, day=DAY, item=rows.item())
    with pytest.raises(review.NotUndoneError):
        review.reopen(statement=statement, actor=reviewer, day=DAY)
    assert Commitment.objects.exists()


def test_a_person_can_mark_what_the_engine_missed(reviewer):
    speech = rows.speech()
    start = speech.text.index(rows.NEXT)
    place = {"speech": speech, "start": start, "end": len(speech.text)}
    statement = review.mark_by_hand(**place, actor=reviewer, day=DAY, **JUNE)
    assert (statement.quote, statement.origin, statement.state) == (rows.NEXT, "hand", "proposed")
    assert (statement.due_end, statement.confidence) == (JUNE["due_end"], None)
    assert (last_event().kind, last_event().day) == ("marked", DAY)
    assert review.mark_by_hand(**place, actor=reviewer, day=DAY) == statement
    assert Event.objects.count() == 1


def test_a_mark_takes_up_what_the_engine_withdrew(reviewer):
    gone = rows.statement(state=Statement.State.WITHDRAWN, **NO_DATE)
    place = {"speech": gone.speech, "start": gone.start, "end": gone.end}
    marked = review.mark_by_hand(**place, actor=reviewer, day=DAY, kind="publish", **JUNE)
    gone.refresh_from_db()
    assert marked == gone
    assert (gone.state, gone.origin, gone.kind, gone.due_end) == ("proposed", "hand", "publish", JUNE["due_end"])
    event = last_event()
    assert (event.kind, event.actor, event.before["state"], event.after["state"]) == (
        "marked",
        reviewer,
        "withdrawn",
        "proposed",
    )


def test_a_mark_on_what_a_person_rejected_says_how_to_put_it_back(reviewer, colleague):
    rejected = rows.statement()
    review.reject(statement=rejected, actor=colleague, day=DAY, reason="fact")
    place = {"speech": rejected.speech, "start": rejected.start, "end": rejected.end}
    with translation.override("en"), pytest.raises(review.AlreadyJudgedError, match="bo.*Put it back first"):
        review.mark_by_hand(**place, actor=reviewer, day=DAY)
    review.reopen(statement=rejected, actor=reviewer, day=DAY)
    assert review.mark_by_hand(**place, actor=reviewer, day=DAY) == rejected


def test_when_it_was_judged_is_counted_by_the_clock_of_the_house(reviewer, settings):
    settings.TODAY = DAY
    statement = rows.statement()
    review.reject(statement=statement, actor=reviewer, day=DAY, reason="fact")
    assert timezone.localdate(statement.reviewed_at) == DAY


@pytest.mark.parametrize("span", [(5, 5), (0, 99999), (-1, 4)])
def test_a_mark_needs_words(reviewer, span):
    with pytest.raises(ValueError, match="holds no words"):
        review.mark_by_hand(speech=rows.speech(), start=span[0], end=span[1], actor=reviewer, day=DAY)
