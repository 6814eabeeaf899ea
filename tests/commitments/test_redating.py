"""A document turns out to be of another day: what was judged in it is of that day, too."""

from datetime import date

import pytest

from commitments.models import Commitment, Event, Statement
from commitments.services import due, extraction, review
from commitments.services.editing import Deadline, edit
from commitments.services.redating import redate
from tests import papers
from transcripts.models import Document
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)
ANOTHER_YEAR = date(2023, 2, 28)
PLAN = "Ik zal het plan tegen eind maart bezorgen."


@pytest.fixture
def document() -> Document:
    turns = [(papers.member(), "Wanneer komt het plan?"), (papers.minister(), f"{PLAN} Ik zal de sector samenroepen.")]
    made = import_paper(paper=papers.paper(*turns)).document
    extraction.extract_document(document=made, day=DAY)
    return made


def plan() -> Statement:
    return Statement.objects.get(due_text__contains="maart")


def move(document: Document) -> list[Statement]:
    document.date = ANOTHER_YEAR
    document.save()
    return redate(document=document, day=DAY)


def test_the_words_of_a_judged_deadline_are_read_against_the_new_day_and_its_commitment_follows(document, reviewer):
    commitment = review.accept(statement=plan(), actor=reviewer, day=DAY)
    assert [one.pk for one in move(document)] == [plan().pk]
    commitment.refresh_from_db()
    assert (plan().said_on, plan().due_end) == (ANOTHER_YEAR, date(2023, 3, 31))
    assert (commitment.said_on, commitment.due_end) == (ANOTHER_YEAR, date(2023, 3, 31))
    event = Event.objects.filter(kind=Event.Kind.DEADLINE_CORRECTED).get()
    assert event.after["due_end"] == "2023-03-31"
    assert event.after["said_on"] == "2023-02-28"


def test_days_that_a_person_gave_stay_as_they_are(document, reviewer):
    statement = plan()
    review.accept(statement=statement, actor=reviewer, day=DAY)
    june = date(2026, 6, 1), date(2026, 6, 30)
    edit(statement=statement, actor=reviewer, day=DAY, deadline=Deadline("in juni", *june))
    move(document)
    row = Statement.objects.get(pk=statement.pk)
    assert (row.said_on, row.due_rule) == (ANOTHER_YEAR, due.BY_HAND)
    assert (row.due_start, row.due_end) == june


def test_what_nobody_judged_is_left_to_the_engine(document):
    said_on = plan().said_on
    assert move(document) == []
    assert plan().said_on == said_on
    extraction.extract_document(document=document, day=DAY)
    assert (plan().said_on, plan().due_end) == (ANOTHER_YEAR, date(2023, 3, 31))


def test_the_same_day_again_changes_nothing(document, reviewer):
    review.accept(statement=plan(), actor=reviewer, day=DAY)
    move(document)
    events = Event.objects.count()
    assert move(document) == []
    assert Event.objects.count() == events
    assert Commitment.objects.count() == 1
