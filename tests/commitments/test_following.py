"""Later items are compared with the open commitments, both ways, and what a person judged stays."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.index import Shelf, index
from commitments.models import Event, Extraction, FollowUp, WordCount
from commitments.services import following, tracking
from tests import rows
from tests.commitments.followed import DONE, OTHER, PROMISE, PUT_OFF, later
from transcripts.models import Speech

pytestmark = pytest.mark.django_db

DAY = date(2026, 7, 1)


@pytest.fixture
def promised():
    turn = rows.speech(text=f"Dank u. {PROMISE} Daarna zien we verder.")
    return rows.commitment(quote=PROMISE, turn=turn, due_text="tegen eind maart")


def search(commitment):
    return following.search_later(commitment=commitment, day=DAY)


def follow(paper):
    return following.follow_document(document=paper, day=DAY)


def test_a_recalled_promise_is_proposed_with_its_reasons_and_its_place(promised):
    search(promised)
    (found,) = follow(later(OTHER))
    assert (found.commitment, found.kind, found.state) == (promised, "recalled", "proposed")
    assert found.quote == found.speech.text[found.start : found.end]
    assert "u beloofde" in found.quote
    assert {"u-beloofde", "zelfde-minister"} <= {why["rule"] for why in found.reasons}
    assert all(why["why"] for why in found.reasons)


def test_a_postponement_brings_the_new_deadline(promised):
    search(promised)
    (found,) = follow(later(PUT_OFF))
    assert (found.kind, found.due_text, found.due_end) == ("postponed", "pas in september", date(2026, 9, 30))


def test_what_was_done_is_told(promised):
    search(promised)
    (found,) = follow(later(DONE))
    assert (found.kind, found.quote) == ("done", DONE)


def test_a_mistake_of_the_engine_is_noted_with_the_document_and_is_not_made_again(promised, monkeypatch):
    paper = later(OTHER)

    def broken(*_, **__):
        raise ZeroDivisionError("no words")

    with monkeypatch.context() as breaking:
        breaking.setattr(following, "_found", broken)
        assert follow(paper) == []
    row = Extraction.objects.get(document=paper)
    assert (row.state, row.error) == ("done", "ZeroDivisionError: no words")
    assert paper.pk not in following.to_follow()
    monkeypatch.setattr(following, "engine_version", lambda: "another")
    assert following.to_follow() == [paper.pk]
    search(promised)
    assert len(follow(paper)) == 1
    row.refresh_from_db()
    assert row.error == ""


def test_something_else_is_not_proposed(promised):
    search(promised)
    assert follow(later(OTHER, question="Minister, hoeveel leerlingen zijn er?")) == []


def test_another_minister_is_not_followed(promised):
    search(promised)
    found = follow(later("Wij bezorgen in mei een handleiding.", minister="Bart Wouters", question=OTHER))
    assert found == []


def test_an_item_of_the_same_day_or_an_earlier_one_is_never_proposed(promised):
    search(promised)
    assert follow(later(PUT_OFF, days=0)) == []
    assert follow(later(PUT_OFF, days=-30)) == []


def test_a_commitment_made_later_finds_what_is_already_in(promised):
    paper = later(PUT_OFF)
    assert follow(paper) == []  # the commitment is not indexed yet
    (found,) = search(promised)
    assert found.item.document == paper
    assert found.kind == "postponed"


def test_twice_changes_nothing(promised):
    search(promised)
    paper = later(PUT_OFF)
    (found,) = follow(paper)
    before = Event.objects.count(), FollowUp.history.count()
    assert follow(paper) == [found]
    assert search(promised) == [found]
    assert (Event.objects.count(), FollowUp.history.count()) == before


def test_a_proposal_leaves_one_event(promised):
    search(promised)
    (found,) = follow(later(PUT_OFF))
    event = Event.objects.get(kind=Event.Kind.FOLLOW_UP_PROPOSED)
    assert (event.follow_up, event.commitment, event.day) == (found, promised, DAY)
    assert event.after["kind"] == "postponed"


@pytest.mark.parametrize("judge", [tracking.confirm_follow_up, tracking.dismiss_follow_up])
def test_what_a_person_judged_stays(promised, reviewer, judge):
    search(promised)
    paper = later(PUT_OFF)
    (found,) = follow(paper)
    judged = judge(follow_up=found, actor=reviewer, day=DAY)
    assert follow(paper) == []
    found.refresh_from_db()
    assert (found.state, found.kind) == (judged.state, "postponed")


def test_what_is_found_no_longer_is_withdrawn_and_comes_back(promised):
    search(promised)
    paper = later(PUT_OFF)
    (found,) = follow(paper)
    spoken = list(Speech.objects.filter(item__document=paper))
    texts = [one.text for one in spoken]
    Speech.objects.filter(item__document=paper).update(text=OTHER)
    assert follow(paper) == []
    found.refresh_from_db()
    assert found.state == FollowUp.State.WITHDRAWN
    assert found.events.filter(kind=Event.Kind.WITHDRAWN).exists()
    for one, text in zip(spoken, texts, strict=True):
        Speech.objects.filter(pk=one.pk).update(text=text)
    assert follow(paper) == [found]


def test_a_commitment_that_is_closed_is_not_followed(promised, reviewer):
    search(promised)
    tracking.change_status(
        commitment=promised, actor=reviewer, day=DAY, status="fulfilled", evidence="Brief van 3 april"
    )
    assert follow(later(PUT_OFF)) == []


def test_a_document_that_was_not_read_yet_waits(promised):
    search(promised)
    paper = later(PUT_OFF)
    Extraction.objects.update(state=Extraction.State.WAITING)
    assert follow(paper) == []
    Extraction.objects.update(state=Extraction.State.DONE)
    assert following.follow_pending(day=DAY) == 1
    assert FollowUp.objects.count() == 1
    assert following.follow_pending(day=DAY) == 0


def test_what_goes_is_forgotten_by_the_index(promised):
    search(promised)
    paper = later(PUT_OFF)
    follow(paper)
    assert index().count(Shelf.ITEMS) == 1
    assert WordCount.objects.get(word="taalscren").items == 1
    paper.delete()
    promised.statements.all().delete()
    promised.delete()
    assert (index().count(Shelf.ITEMS), index().count(Shelf.COMMITMENTS)) == (0, 0)
    assert WordCount.objects.get(word="taalscren").items == 0


def test_the_number_of_queries_does_not_grow_with_commitments_or_turns(promised):
    search(promised)
    follow(later(OTHER))
    paper = later(OTHER, PUT_OFF)
    with CaptureQueriesContext(connection) as few:
        assert len(follow(paper)) == 1
    for number in range(12):
        quote = (
            f"Ik zal de handleiding voor de taalscreening nummer {number} tegen eind maart aan leerkrachten bezorgen."
        )
        search(rows.commitment(quote=quote, turn=rows.speech(text=f"Dank u. {quote}"), due_text="tegen eind maart"))
    paper = later(PUT_OFF, *[OTHER] * 12)
    with CaptureQueriesContext(connection) as many:
        assert len(follow(paper)) > 1
    assert len(many) == len(few)
