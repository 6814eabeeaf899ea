"""What the pages show, and to whom."""

import json
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments import start_views
from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.showing import front, listing
from tests import rows
from transcripts.models import Document

pytestmark = pytest.mark.django_db
REVIEW = reverse("admin:commitments_statement_desk")
DAY = date(2026, 4, 10)  # ten days past the end of March


@pytest.fixture(autouse=True)
def _ten_days_late(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def clerk(django_user_model, client):
    """A client logged in as staff."""
    client.force_login(django_user_model.objects.create_user("clerk", is_staff=True, is_superuser=True))
    return client


def page(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_start_page_leads_with_the_words_of_the_latest_promise_past_its_date(client):
    rows.commitment(title="Rapport aan het parlement")
    text = page(client, "start")
    assert rows.PROMISE in text
    assert "10 days past its date" in text
    assert "This demo counts 10 April 2026 as today." in text


@time_machine.travel("2026-04-01T00:30:00+02:00")
def test_a_promise_is_past_its_date_from_the_first_minute_of_the_next_brussels_day(client, settings):
    settings.TODAY = None
    rows.commitment(due_start=date(2026, 3, 31), due_end=date(2026, 3, 31))
    text = page(client, "start")
    assert "1 day past its date" in text
    assert "This demo counts" not in text


def test_the_start_page_sorts_what_is_soon_and_what_to_ask(client):
    rows.commitment(due_start=DAY, due_end=date(2026, 4, 20))
    rows.commitment(due_text="binnenkort", due_start=None, due_end=None, check_on=date(2026, 4, 1))
    context = client.get(reverse("start")).context
    assert context["counts"] == {"late": 0, "soon": 1, "ask": 1, "asked": 0, "answered": 0, "all": 2}


def test_an_empty_start_page_says_what_to_do(client, clerk):
    assert "Import a report" in page(clerk, "start")
    clerk.logout()
    assert "waiting for a person to judge it" in page(client, "start")


def test_only_who_may_look_at_statements_sees_what_waits_for_review(client, login):
    rows.statement(quote=rows.NEXT, turn=rows.speech())
    assert rows.NEXT not in page(client, "start")
    login("staff")
    assert rows.NEXT not in page(client, "start")
    assert REVIEW not in page(client, "start")
    login("reader", "view_statement")
    assert rows.NEXT in page(client, "start")
    assert REVIEW in page(client, "start")


def test_the_list_finds_every_word_in_quote_name_or_deadline(client):
    rows.commitment(title="Rapport")
    assert rows.PROMISE in page(client, "commitments", q="rapport vanrode maart")
    assert "No commitment matches" in page(client, "commitments", q="rapport dijken")


def test_the_list_filters_by_minister_status_and_what_is_overdue(client):
    mine = rows.commitment(status=Commitment.Status.FULFILLED)
    other = rows.commitment(turn=rows.speech(person=rows.person("Jan Peeters")), quote=rows.NEXT)
    assert list(shown(client, minister=str(mine.person.uid))) == [mine]
    assert list(shown(client, status="open")) == [other]
    assert list(shown(client, overdue="on")) == [other]


@pytest.mark.parametrize("wrong", [{"minister": "x"}, {"status": "gone"}, {"page": "9999"}, {"q": "a\x00b"}])
def test_a_filter_that_makes_no_sense_is_no_error(client, wrong):
    rows.commitment()
    assert client.get(reverse("commitments"), wrong).status_code == 200


def shown(client, **query):
    return client.get(reverse("commitments"), query).context["page"].rows


def test_the_commitment_page_shows_the_quote_in_its_context_and_the_days_beside_the_words(client):
    made = rows.commitment(due_start=date(2026, 3, 1))
    text = page(client, "commitment", made.uid)
    assert f"<mark>{rows.PROMISE}</mark>" in text
    assert rows.BEFORE in text
    assert "tegen eind maart" in text
    assert '<time datetime="2026-03">March 2026</time>' in text
    assert "De minister belooft het zelf." in text
    assert "No answer found." in text
    assert f"http://127.0.0.1:8000/toezeggingen/{made.uid}/" in text


def test_the_deadline_history_counts_the_days_slipped(client):
    made = rows.commitment()
    for later, quote in ((date(2026, 4, 30), rows.NEXT), (date(2026, 6, 30), rows.PROMISE)):
        rows.statement(
            rows.speech(rows.item(rows.document(day=later))),
            quote,
            state=Statement.State.ACCEPTED,
            commitment=made,
            relation=Statement.Relation.AMENDMENT,
            due_end=later,
        )
    history = client.get(reverse("commitment", args=[made.uid])).context["history"]
    assert [step.slipped for step in history.steps] == [None, 30, 61]
    assert (history.moves, history.slipped) == (2, 91)


def test_a_commitment_without_an_accepted_statement_has_no_page(client):
    made = rows.commitment()
    address = reverse("commitment", args=[made.uid])
    assert client.get(address).status_code == 200
    made.statements.update(state=Statement.State.PROPOSED)
    assert client.get(address).status_code == 404


def test_proposed_follow_ups_and_steps_of_the_review_are_for_who_may_look_at_statements(client, login):
    made = rows.commitment()
    proposed = rows.follow_up(made)
    Event.objects.create(day=DAY, kind=Event.Kind.FOLLOW_UP_ADDED, commitment=made, follow_up=proposed)
    Event.objects.create(day=DAY, kind=Event.Kind.REOPENED, commitment=made)
    confirmed = rows.follow_up(made, state=FollowUp.State.CONFIRMED)
    address = reverse("commitment", args=[made.uid])

    context = client.get(address).context
    assert context["follow_ups"] == [confirmed]
    assert [line.event.kind for line in context["lines"] if line.event] == [Event.Kind.ACCEPTED]

    login("staff")
    assert client.get(address).context["follow_ups"] == [confirmed]
    login("reader", "view_statement")
    context = client.get(address).context
    assert set(context["follow_ups"]) == {proposed, confirmed}
    assert len([line for line in context["lines"] if line.event]) == 3


def test_a_promise_links_to_what_superseded_it_only_where_that_has_a_page(client):
    newer = rows.commitment(title="Het nieuwe rapport")
    made = rows.commitment(status=Commitment.Status.SUPERSEDED, superseded_by=newer)
    address = reverse("commitment", args=[newer.uid])
    assert address in page(client, "commitment", made.uid)
    newer.statements.update(state=Statement.State.PROPOSED)
    text = page(client, "commitment", made.uid)
    assert address not in text
    assert newer.title not in text


def test_the_life_line_runs_from_what_was_said_to_what_came_of_it(client):
    made = rows.commitment()
    Event.objects.create(
        day=DAY,
        kind=Event.Kind.STATUS_CHANGED,
        commitment=made,
        before={"status": "open"},
        after={"status": "fulfilled"},
    )
    text = page(client, "commitment", made.uid)
    assert "open → fulfilled" in text
    assert [line.day for line in client.get(reverse("commitment", args=[made.uid])).context["lines"]] == [
        rows.SAID_ON,
        date(2026, 1, 22),
        DAY,
    ]


def test_the_documents_list_counts_what_was_accepted_and_tells_what_waits_to_who_may_look_at_it(client, login):
    turn = rows.speech()
    rows.commitment(turn=turn)
    rows.statement(turn, rows.NEXT)
    row = client.get(reverse("documents")).context["page"][0]
    assert (row.accepted, row.waiting) == (1, 1)
    login("staff")
    assert "waiting" not in page(client, "documents")
    login("reader", "view_statement")
    assert "waiting" in page(client, "documents")


@pytest.mark.parametrize("name", ["start", "documents"])
def test_promises_are_counted_for_the_documents_shown_and_no_others(client, name, monkeypatch):
    monkeypatch.setattr(front, "ON_START", 2)
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    made = [rows.commitment() for _ in range(4)]
    older = made[0].statements.get().speech.item.document
    Document.objects.filter(pk=older.pk).update(date=date(2020, 1, 1))
    with CaptureQueriesContext(connection) as asked:
        context = client.get(reverse(name)).context
    shown = list(context["documents"] if name == "start" else context["page"])
    assert [one.accepted for one in shown] == [1, 1]
    counting = [query["sql"] for query in asked if "FILTER" in query["sql"]]
    assert len(counting) == 1
    assert f"IN ({shown[0].pk}, {shown[1].pk})" in counting[0]


@pytest.mark.parametrize("name", ["start", "commitments", "documents"])
def test_lists_ask_the_database_as_often_for_many_rows_as_for_one(client, name, django_assert_num_queries):
    rows.commitment()
    asked = count_queries(client, reverse(name))
    for _ in range(5):
        rows.commitment()
    with django_assert_num_queries(asked):
        client.get(reverse(name))


def test_a_commitment_page_asks_as_often_for_many_rows_as_for_one(client, django_assert_num_queries):
    made = rows.commitment()
    rows.follow_up(made, state=FollowUp.State.CONFIRMED)
    address = reverse("commitment", args=[made.uid])
    asked = count_queries(client, address)
    for _ in range(4):
        rows.follow_up(made, state=FollowUp.State.CONFIRMED)
        rows.statement(rows.speech(), rows.NEXT, state=Statement.State.ACCEPTED, commitment=made)
        Event.objects.create(day=DAY, kind=Event.Kind.DEADLINE_MOVED, commitment=made)
    with django_assert_num_queries(asked):
        client.get(address)


def count_queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_footer_switches_the_language_and_keeps_the_page(client, settings):
    answer = client.post(reverse("set_language"), {"language": "en", "next": "/documenten/"})
    assert answer["Location"] == "/documenten/"
    assert '<html lang="en">' in page(client, "documents")
    client.post(reverse("set_language"), {"language": "nl-be", "next": "/"})
    assert '<html lang="nl-be">' in page(client, "documents")


def test_an_address_without_a_page_says_so_in_the_style_of_the_house(client):
    answer = client.get("/toezeggingen/00000000-0000-0000-0000-000000000000/")
    assert answer.status_code == 404
    assert b"site.css" in answer.content


def test_a_page_that_fails_still_says_something(client, monkeypatch):
    monkeypatch.setattr(start_views, "today", lambda: 1 / 0)
    client.raise_request_exception = False
    answer = client.get(reverse("start"))
    assert answer.status_code == 500
    assert b"Nothing was changed" in answer.content


def test_words_from_a_document_are_shown_and_never_run(client):
    quote = "<script>alert(1)</script> & dat doe ik."
    made = rows.commitment(turn=rows.speech(text=quote), quote=quote, due_text="<b>tegen mei</b>")
    for text in (
        page(client, "start"),
        page(client, "commitment", made.uid),
        page(client, "document", made.statements.get().speech.item.document.uid),
    ):
        assert "<script>alert" not in text
        assert "<b>tegen mei" not in text
    assert json.loads(client.get(f"/api/v1/commitments/{made.uid}/").content)["source"]["quote"] == quote
