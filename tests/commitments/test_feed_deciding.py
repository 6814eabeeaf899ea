"""Deciding by program: the same verbs, refusals and events as at the desk, as far as key and role go."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from commitments.models import Commitment, Event, FollowUp, Note, Scope, Statement
from tests import rows
from tests.commitments.feed import DAY, detail, key, listed
from tests.commitments.offices import World, world

pytestmark = pytest.mark.django_db
DECIDES = (Scope.PROPOSALS, Scope.REVIEW)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office() -> World:
    return world()


def post(address: str, headers: dict[str, str], expect: int, **sent: Any) -> Any:
    answer = Client().post(address, sent, content_type="application/json", headers=headers)
    assert answer.status_code == expect, answer.content
    return answer.json()


def reviewer(office: World) -> dict[str, str]:
    return key(office.users["a_reviewer"], *DECIDES)


def test_accepting_begins_a_promise_told_with_its_new_uid(office):
    waiting = rows.statement(quote=rows.NEXT)
    told = post(detail("statement", waiting) + "accept/", reviewer(office), 200, title="Nieuws bezorgen")
    made = Commitment.objects.get(uid=told["commitment"])
    assert (made.title, told["state"]) == ("Nieuws bezorgen", "accepted")
    event = Event.objects.get(kind=Event.Kind.ACCEPTED, statement=waiting)
    assert (event.actor, event.day) == (office.users["a_reviewer"], DAY)


def test_accepting_into_a_promise_attaches_it_there(office):
    waiting = rows.statement(quote=rows.NEXT)
    into = str(office.commitment.uid)
    assert post(detail("statement", waiting) + "accept/", reviewer(office), 200, commitment=into)["commitment"] == into


def test_rejecting_keeps_the_reason_as_the_desk_does(office):
    waiting = rows.statement(quote=rows.NEXT)
    told = post(detail("statement", waiting) + "reject/", reviewer(office), 200, reason="fact", words="van vorig jaar")
    assert told["rejected_because"] == "fact: van vorig jaar"
    assert told["state"] == "rejected"


def test_a_decision_without_a_reason_or_with_a_field_that_is_none_changes_nothing(office):
    waiting = rows.statement(quote=rows.NEXT)
    address = detail("statement", waiting)
    assert "reason" in post(address + "reject/", reviewer(office), 400)["errors"]
    assert "titel" in post(address + "accept/", reviewer(office), 400, titel="x")["errors"]
    assert "commitment" in post(address + "accept/", reviewer(office), 400, commitment=str(uuid4()))["errors"]
    waiting.refresh_from_db()
    assert (waiting.state, waiting.events.count()) == (Statement.State.PROPOSED, 0)


def test_who_comes_second_is_told_who_was_first(office):
    waiting = rows.statement(quote=rows.NEXT)
    post(detail("statement", waiting) + "reject/", key(office.users["b_reviewer"], *DECIDES), 200, reason="fact")
    problem = post(detail("statement", waiting) + "accept/", reviewer(office), 409)
    assert "b_reviewer" in problem["detail"]


def test_a_decision_on_an_older_version_is_refused(office):
    waiting = rows.statement(quote=rows.NEXT)
    header = reviewer(office)
    seen = Client().get(detail("statement", waiting), headers=header).json()["version"]
    Event.objects.create(kind=Event.Kind.EDITED, day=DAY, actor=office.users["b_reviewer"], statement=waiting)
    assert "b_reviewer" in post(detail("statement", waiting) + "accept/", header, 409, seen=seen)["detail"]
    seen = Client().get(detail("statement", waiting), headers=header).json()["version"]
    post(detail("statement", waiting) + "accept/", header, 200, seen=seen)


def test_confirming_shows_a_follow_up_to_everybody_and_moves_the_day(office):
    follow_up = rows.proposed(office.commitment)
    assert Client().get(detail("follow-up", follow_up)).status_code == 404
    sent = {"deadline": {"words": "eind juni", "end": "2026-06-30"}, "kind": "postponed"}
    told = post(detail("follow-up", follow_up) + "confirm/", reviewer(office), 200, **sent)
    assert (told["state"], told["deadline"]["end"]) == ("confirmed", "2026-06-30")
    assert Client().get(detail("follow-up", follow_up)).json()["deadline"]["end"] == "2026-06-30"
    assert Client().get(detail("commitment", office.commitment)).json()["deadline"]["end"] == "2026-06-30"


def test_confirming_can_close_the_promise(office):
    follow_up = rows.proposed(office.commitment)
    FollowUp.objects.update(due_text="", due_start=None, due_end=None)
    closing = {"status": "fulfilled", "evidence": "het verslag, blz. 2", "on": "2026-04-01"}
    told = post(detail("follow-up", follow_up) + "confirm/", reviewer(office), 200, closing=closing)
    office.commitment.refresh_from_db()
    assert told["kind"] == FollowUp.Kind.REPORTED_DONE
    assert (office.commitment.status, office.commitment.fulfilled_on) == ("fulfilled", date(2026, 4, 1))


def test_a_closing_that_cannot_be_leaves_the_follow_up_as_it_was(office):
    follow_up = rows.proposed(office.commitment)
    closing = {"status": "fulfilled", "evidence": "x", "on": "2030-01-01"}
    problem = post(detail("follow-up", follow_up) + "confirm/", reviewer(office), 400, closing=closing)
    assert list(problem["errors"]) == ["closing"]
    follow_up.refresh_from_db()
    assert follow_up.state == FollowUp.State.PROPOSED


def test_words_that_name_no_time_are_refused_by_name(office):
    follow_up = rows.proposed(office.commitment)
    sent = {"deadline": {"words": "blauw"}}
    assert "deadline" in post(detail("follow-up", follow_up) + "confirm/", reviewer(office), 400, **sent)["errors"]


def test_dismissing_keeps_the_reason(office):
    follow_up = rows.proposed(office.commitment)
    told = post(detail("follow-up", follow_up) + "dismiss/", reviewer(office), 200, reason="same-subject")
    assert (told["state"], told["dismissed_because"]) == ("dismissed", "same-subject")


def test_an_item_is_linked_once_and_confirmed_from_the_start(office):
    item = rows.item(rows.document("Later verslag", date(2026, 4, 1)))
    sent = {"commitment": str(office.commitment.uid), "item": str(item.uid), "kind": "recalled", "note": "blz. 3"}
    told = post(listed("follow-up"), reviewer(office), 201, **sent)
    assert (told["state"], told["kind"], told["score"]) == ("confirmed", "recalled", None)
    assert FollowUp.objects.get().note == "blz. 3"
    post(listed("follow-up"), reviewer(office), 409, **sent)
    assert FollowUp.objects.count() == 1
    assert "item" in post(listed("follow-up"), reviewer(office), 400, **(sent | {"item": str(uuid4())}))["errors"]


def test_a_note_is_written_for_ones_own_office_alone(office):
    address = detail("commitment", office.commitment) + "notes/"
    header = key(office.users["a_reviewer"], Scope.NOTES)
    told = post(address, header, 201, text="Navragen bij het kabinet.")
    assert (told["author"], told["text"]) == ("a_reviewer", "Navragen bij het kabinet.")
    assert "office" in post(address, header, 400, text="x", office=str(office.b.uid))["errors"]
    assert {one.team for one in Note.objects.seen_by(office.users["a_reader"])} == {office.a}


@pytest.mark.parametrize(
    ("who", "scopes", "status"),
    [
        ("a_reviewer", (Scope.PROPOSALS,), 403),
        ("a_reviewer", (Scope.PROPOSALS, Scope.OFFICE, Scope.NOTES), 403),
        ("a_reviewer", (Scope.REVIEW,), 404),
        ("a_reviewer", DECIDES, 200),
        ("a_manager", DECIDES, 200),
        ("superuser", DECIDES, 200),
    ],
)
def test_a_key_decides_no_further_than_its_scopes(office, who, scopes, status):
    waiting = rows.statement(quote=rows.NEXT)
    post(detail("statement", waiting) + "accept/", key(office.users[who], *scopes), status)
    waiting.refresh_from_db()
    assert (waiting.state == Statement.State.ACCEPTED) == (status == 200)


@pytest.mark.parametrize("who", ["anonymous", "stranger", "a_reader"])
def test_who_does_not_review_decides_nothing(office, who):
    client, made = office.client(who), office.commitment
    waiting, follow_up = rows.statement(quote=rows.NEXT), rows.proposed(made)
    item = rows.item(rows.document("Later verslag", date(2026, 4, 1)))
    before = Event.objects.count()
    for address, sent in (
        (detail("statement", waiting) + "accept/", {}),
        (detail("statement", waiting) + "reject/", {"reason": "fact"}),
        (detail("follow-up", follow_up) + "confirm/", {}),
        (detail("follow-up", follow_up) + "dismiss/", {"reason": "twice"}),
        (listed("follow-up"), {"commitment": str(made.uid), "item": str(item.uid)}),
        (detail("commitment", made) + "notes/", {"text": "x"}),
    ):
        answer = client.post(address, sent, content_type="application/json")
        assert answer.status_code == (401 if who == "anonymous" else 403), (address, answer.content)
    assert Event.objects.count() == before
    assert FollowUp.objects.count() == 1


def test_a_session_decides_with_its_csrf_token_alone(office):
    waiting = rows.statement(quote=rows.NEXT)
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.users["a_reviewer"])
    answer = client.post(detail("statement", waiting) + "accept/", {}, content_type="application/json")
    assert answer.status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == Statement.State.PROPOSED
