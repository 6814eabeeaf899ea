"""The questions put to what was promised, and that the words on a page answer them alike."""

from datetime import date, timedelta
from itertools import product

import pytest

from commitments.models import Commitment, Extraction, Statement
from commitments.showing.standing import Code, standing
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 1)
WITHIN = 30
AROUND = [None, *(DAY + timedelta(days=days) for days in (-400, -1, 0, 1, WITHIN, WITHIN + 1, 400))]


def test_every_commitment_stands_in_words_as_the_questions_say():
    Commitment.objects.bulk_create(
        Commitment(
            title=f"{end} {check} {status}",
            kind="act",
            said_on=date(2024, 1, 1),
            due_end=end,
            check_on=check,
            status=status,
            asked_on=until and (until - timedelta(days=28)),
            waiting_until=until,
        )
        for end, check, until, status in product(AROUND, AROUND, AROUND, Commitment.Status.values)
    )
    all_of = Commitment.objects.all()
    answers = {
        Code.LATE: all_of.overdue(DAY),
        Code.SOON: all_of.due_soon(DAY, WITHIN),
        Code.ASK: all_of.time_to_ask(DAY),
        Code.WAITING: all_of.waiting_for_answer(DAY),
        Code.CLOSED: all_of.exclude(pk__in=all_of.open()),
    }
    for code, found in answers.items():
        assert {one.pk for one in all_of if standing(one, DAY).code is code} == {one.pk for one in found}, code
        assert found.exists()


def test_what_was_asked_is_no_longer_late_from_the_day_of_filing_until_the_term_has_passed():
    end = DAY + timedelta(days=20)
    made = rows.commitment(due_end=DAY - timedelta(days=30), asked_on=DAY, waiting_until=end)
    stands = {
        DAY - timedelta(days=1): Code.LATE,
        DAY: Code.WAITING,
        end: Code.WAITING,
        end + timedelta(days=1): Code.LATE,
    }
    assert {day: standing(made, day).code for day in stands} == stands
    assert [day for day in stands if Commitment.objects.overdue(day)] == [DAY - timedelta(days=1), max(stands)]
    assert list(Commitment.objects.term_passed(max(stands))) == [made]


def test_expected_is_what_is_open_and_in_its_interval():
    inside = rows.commitment(due_start=DAY - timedelta(days=1), due_end=DAY)
    rows.commitment(due_start=DAY + timedelta(days=1), due_end=DAY + timedelta(days=9))
    rows.commitment(due_start=DAY, due_end=DAY, status="fulfilled")
    assert list(Commitment.objects.expected(DAY)) == [inside]


def test_what_waits_comes_surest_first_and_what_was_withdrawn_does_not_stand():
    unsure, sure = rows.statement(confidence=0.5), rows.statement(confidence=0.9)
    rows.statement(state=Statement.State.REJECTED)
    gone = rows.statement(state=Statement.State.WITHDRAWN)
    assert list(Statement.objects.waiting()) == [sure, unsure]
    assert gone not in Statement.objects.not_withdrawn()
    assert Statement.objects.not_withdrawn().count() == 3


def test_what_failed_is_pending_again_only_for_another_engine():
    waiting = Extraction.objects.create(document=rows.document())
    failed = Extraction.objects.create(document=rows.document(), state="failed", engine_version="one")
    Extraction.objects.create(document=rows.document(), state="done", engine_version="one")
    assert list(Extraction.objects.pending("one")) == [waiting]
    assert set(Extraction.objects.pending("two")) == {waiting, failed}
