"""What a calendar tells when a promise is moved, closed, withdrawn or no longer public."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from commitments.feeds import entries
from commitments.services import asking as questions
from commitments.services import editing, outside, review, tracking, undoing
from commitments.services.editing import Deadline
from commitments.services.outside import Words
from tests import rows
from tests.commitments.feeds.asking import DAY, calendar
from tests.commitments.feeds.promised import ALL, accepted, sequence
from tests.commitments.feeds.promised import _day as _day
from tests.commitments.feeds.promised import boss as boss
from transcripts.models import Person
from transcripts.services.merging import merge

pytestmark = pytest.mark.django_db


def test_the_stamps_are_of_the_last_change_and_not_of_now(boss, time_machine):
    time_machine.move_to("2026-02-03 10:00:00+01:00", tick=False)
    made = accepted(boss)
    time_machine.move_to("2026-02-04 10:00:00+01:00", tick=False)
    event = calendar(ALL).event
    assert event["dtstamp"].dt == event["last-modified"].dt == event["created"].dt
    assert event["dtstamp"].to_ical() == b"20260203T090000Z"
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly")
    time_machine.move_to("2026-02-09 10:00:00+01:00", tick=False)
    event = calendar(ALL).event
    assert event["dtstamp"].to_ical() == event["last-modified"].to_ical() == b"20260204T090000Z"
    assert event["created"].to_ical() == b"20260203T090000Z"


def test_a_moved_deadline_keeps_the_id_and_raises_the_sequence(boss):
    made = accepted(boss)
    before = sequence()
    later = rows.statement(quote=rows.NEXT, due_text="eind juni", due_start=date(2026, 6, 1), due_end=date(2026, 6, 30))
    review.accept(statement=later, actor=boss, day=DAY, into=made)
    event = calendar(ALL).event
    assert event["uid"] == str(made.uid)
    assert event["dtstart"].dt == date(2026, 6, 30)
    assert int(event["sequence"]) > before


def test_every_change_that_is_shown_raises_the_sequence(boss):
    made = accepted(boss)
    said = made.statements.get()
    other = Person.objects.create(name="Els van Rode", family_name="van Rode")
    rename = Person.objects.get(pk=made.person_id)

    def renamed():
        rename.name = "Els Vanrode-Maes"
        rename.save()

    changes = {
        "title": lambda: editing.edit(statement=said, actor=boss, day=DAY, title="Het rapport"),
        "deadline": lambda: editing.edit(
            statement=said, actor=boss, day=DAY, deadline=Deadline("", date(2026, 5, 1), date(2026, 5, 2))
        ),
        "condition": lambda: editing.edit(statement=said, actor=boss, day=DAY, condition="als er geld is"),
        "quote": lambda: editing.edit(statement=said, actor=boss, day=DAY, place=(said.start, said.end - 1)),
        "status": lambda: tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly"),
        "question": lambda: questions.file_question(commitment=made, actor=boss, day=DAY),
        "name": renamed,
        "person": lambda: merge(into=other, others=[rename], actor=boss),
    }
    last = calendar(ALL).event
    for what, change in changes.items():
        change()
        event = calendar(ALL).event
        assert event.to_ical() != last.to_ical(), what
        assert int(event["sequence"]) > int(last["sequence"]), what
        assert event["uid"] == last["uid"]
        last = event


@pytest.mark.parametrize(
    ("status", "said"), [("fulfilled", "Uitgevoerd"), ("dropped", "Geschrapt"), ("lapsed", "Vervallen")]
)
def test_what_came_to_an_end_is_cancelled_for_a_time(boss, status, said, settings):
    made = accepted(boss)
    before = sequence()
    tracking.change_status(commitment=made, actor=boss, day=DAY, status=status, evidence="Parl. St. 12")
    event = calendar(ALL).event
    assert event["status"] == "CANCELLED"
    assert str(event["summary"]) == f"{said}: Rapport bezorgen (Els Vanrode)"
    assert event.walk("VALARM") == []
    assert int(event["sequence"]) > before
    settings.TODAY = timezone.localdate() + entries.KEPT
    assert calendar(ALL).event["status"] == "CANCELLED"
    settings.TODAY += timedelta(days=1)
    assert calendar(ALL).events == []


def test_one_that_another_took_the_place_of_is_cancelled(boss):
    made, successor = accepted(boss), rows.commitment(title="Nieuw rapport")
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="superseded", superseded_by=successor)
    found = {str(one["uid"]): str(one["status"]) for one in calendar(ALL).events}
    assert found == {str(made.uid): "CANCELLED", str(successor.uid): "CONFIRMED"}


def test_one_that_is_put_back_to_review_is_cancelled_and_its_words_are_gone(boss, settings):
    made = accepted(boss)
    before = sequence()
    review.reopen(statement=made.statements.get(), actor=boss, day=DAY)
    for path in (
        ALL,
        f"/feeds/personen/{rows.person().uid}.ics",
        "/feeds/commissies/commissie-voor-wonen-en-energie.ics",
    ):
        event = calendar(path).event
        assert (event["uid"], event["status"]) == (str(made.uid), "CANCELLED")
        assert int(event["sequence"]) > before
        for private in ("apport", "Vanrode", "maart", "toezeggingen"):
            assert private not in event.to_ical().decode()
    assert calendar(f"/feeds/personen/{rows.person('Iemand Anders').uid}.ics").events == []
    settings.TODAY = timezone.localdate() + entries.KEPT + timedelta(days=1)
    assert calendar(ALL).events == []


def test_one_that_is_accepted_again_goes_on_counting_under_its_id(boss):
    said = accepted(boss).statements.get()
    review.reopen(statement=said, actor=boss, day=DAY)
    cancelled = calendar(ALL).event
    review.accept(statement=said, actor=boss, day=DAY)
    again = calendar(ALL).event
    assert again["uid"] == cancelled["uid"]
    assert again["status"] == "CONFIRMED"
    assert int(again["sequence"]) > int(cancelled["sequence"])
    decision = said.events.get(kind="accepted", undone_by__isnull=True, commitment__isnull=False)
    undoing.undo(decision=decision, actor=boss, day=DAY)
    assert int(calendar(ALL).event["sequence"]) > int(again["sequence"])


def test_what_was_never_public_is_not_even_cancelled(boss):
    words = Words("Wij doen dat.", DAY, "De krant", due_start=DAY, due_end=DAY)
    hidden = outside.enter(words=words, title="Geheim", person=rows.person(), actor=boss, day=DAY)
    assert calendar(ALL).events == []
    hidden.delete()
    assert calendar(ALL).events == []
    rows.statement()  # proposed, and nobody judged it
    assert calendar(ALL).events == []


def test_one_that_is_no_longer_public_is_cancelled_without_its_words(boss):
    words = Words("Wij doen dat.", DAY, "De krant", due_start=DAY, due_end=DAY)
    made = outside.enter(words=words, title="De krant", person=rows.person(), actor=boss, day=DAY, public=True)
    before = calendar(ALL).event
    assert before["summary"] == "Laatste dag: De krant (Els Vanrode)"
    secret = Words("Wij doen dat in stilte.", DAY, "De krant", due_start=DAY, due_end=DAY + timedelta(days=3))
    outside.amend(said=made.outside, words=secret, public=False, actor=boss, day=DAY)
    event = calendar(ALL).event
    assert (event["uid"], event["status"]) == (str(made.uid), "CANCELLED")
    assert int(event["sequence"]) > int(before["sequence"])
    for private in ("stilte", "krant", "Vanrode", "20260409"):
        assert private not in event.to_ical().decode()
