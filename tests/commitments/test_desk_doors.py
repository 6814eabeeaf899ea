"""Who may do what at the desk, and words of a transcript that are marked by hand."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.models import Event, Statement
from tests import rows
from tests.commitments.test_desk import DAY, DESK, VERBS, decide, shown, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.doors]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def judge(login):
    login("an", "view_statement", "change_statement")


DOORS = {
    "desk": lambda client, one: client.get(DESK),
    "words": lambda client, one: client.get(
        reverse("admin:commitments_statement_words"), {"said_on": "2025-03-10", "words": "morgen"}
    ),
    "mark": lambda client, one: client.get(reverse("admin:commitments_statement_mark", args=[one.speech.uid])),
    "marked": lambda client, one: client.post(
        reverse("admin:commitments_statement_mark", args=[one.speech.uid]), {"first": rows.NEXT, "kind": "act"}
    ),
    "undo": lambda client, one: client.post(reverse("admin:commitments_statement_undo"), {"decision": "0"}),
    **{verb: lambda client, one, verb=verb: decide(client, one, verb, **VERBS[verb]) for verb in VERBS},
    "reopen": lambda client, one: decide(client, one, "reopen"),
}
READ = ("desk", "words")
MARK = ("mark", "marked")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("role", "permissions", "opens"),
    [
        ("reviewer", ["view_statement", "change_statement"], DOORS),
        ("reader", ["view_statement"], READ),
        ("marker", ["view_statement", "add_statement"], READ + MARK),
        ("elsewhere", ["view_commitment"], ()),
    ],
)
def test_each_door_opens_to_who_may_and_to_nobody_else(client, login, door, role, permissions, opens):
    first, _ = waiting(2)
    login(role, *permissions)
    answer = DOORS[door](client, first)
    if door in opens:
        assert answer.status_code in (200, 302)
    else:
        assert answer.status_code == 403
        assert not Event.objects.exists()


@pytest.mark.parametrize("door", DOORS)
def test_no_door_opens_to_who_is_no_staff(client, django_user_model, door):
    first, _ = waiting(2)
    client.force_login(django_user_model.objects.create_user("member"))
    assert DOORS[door](client, first)["Location"].startswith(reverse("admin:login"))
    assert not Event.objects.exists()


def test_a_reader_sees_no_button_that_decides(client, login):
    waiting(1)
    login("reader", "view_statement")
    text = client.get(DESK).content.decode()
    assert "1 of 1" in text
    assert 'data-key="a"' not in text
    login("reviewer", "view_statement", "change_statement")
    assert 'data-key="a"' in client.get(DESK).content.decode()


def test_a_decision_is_made_by_post_alone(client, judge):
    (mine,) = waiting(1)
    assert client.get(reverse("admin:commitments_statement_decide", args=[mine.pk, "accept"])).status_code == 405
    assert client.post(reverse("admin:commitments_statement_decide", args=[mine.pk, "break"])).status_code == 404


def test_words_of_a_turn_are_marked_by_their_place_and_stand_at_the_desk(client, judge):
    turn = rows.speech()
    start = turn.text.index(rows.NEXT)
    place = {"start": start, "end": start + len(rows.NEXT)}
    address = reverse("admin:commitments_statement_mark", args=[turn.uid])
    assert client.get(address, place).context["form"].initial["first"] == rows.NEXT
    answer = client.post(address, place | {"kind": "inform", "due_text": "eind 2027"})
    made = Statement.objects.get()
    assert answer["Location"] == f"{DESK}?at={made.pk}"
    assert (made.quote, made.kind, made.due_end, made.origin) == (rows.NEXT, "inform", date(2027, 12, 31), "hand")
    assert shown(client.get(answer["Location"])) == made


def test_words_of_a_turn_are_marked_by_the_first_and_the_last(client, judge):
    turn = rows.speech()
    address = reverse("admin:commitments_statement_mark", args=[turn.uid])
    client.post(address, {"first": "Ik zal het rapport", "last": "parlement bezorgen.", "kind": "inform"})
    assert Statement.objects.get().quote == rows.PROMISE


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Select words in the text"),
        ({"first": "nooit gezegd"}, "do not stand in this turn"),
        ({"start": 9, "end": 4}, "no words at this place"),
        ({"first": "Dank u", "due_text": "xyzzy"}, "No date can be read"),
    ],
)
def test_a_mark_that_cannot_be_made_is_asked_again(client, judge, given, sentence):
    turn = rows.speech()
    answer = client.post(reverse("admin:commitments_statement_mark", args=[turn.uid]), {"kind": "act"} | given)
    assert sentence in answer.content.decode()
    assert not Statement.objects.exists()


def test_a_transcript_offers_marking_to_who_may_and_to_nobody_else(client, login):
    turn = rows.speech()
    page = reverse("document", args=[turn.item.document.uid])
    door = reverse("admin:commitments_statement_mark", args=[turn.uid])
    assert door not in client.get(page).content.decode()
    login("reader", "view_statement")
    assert door not in client.get(page).content.decode()
    login("marker", "add_statement")
    assert door in client.get(page).content.decode()
