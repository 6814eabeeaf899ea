"""The public data: accepted commitments only, counted on the day asked about, with the place of the words."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Commitment, Statement
from tests import rows

LIST = "/api/v1/commitments/"
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


def get(client, address: str = LIST, expect: int = 200, **query):
    answer = client.get(address, query)
    assert answer.status_code == expect, answer.content
    return answer.json()


def uids(client, **query) -> set[str]:
    return {one["uid"] for one in get(client, **query)["results"]}


@pytest.mark.django_db
def test_a_commitment_says_what_when_who_and_where(client):
    made = rows.commitment(title="Rapport bezorgen")
    said = made.statements.get()
    document = said.speech.item.document
    found = get(client)["results"][0]
    assert found["uid"] == str(made.uid)
    assert found["url"] == f"http://testserver/toezeggingen/{made.uid}/"
    assert found["person"] == {"uid": str(made.person.uid), "name": "Els Vanrode"}
    assert found["deadline"] == {
        "words": "tegen eind maart",
        "interval": "2026-03-21/2026-03-31",
        "start": "2026-03-21",
        "end": "2026-03-31",
        "precision": "month",
        "modifier": "by",
        "rule": "",
    }
    assert (found["overdue"], found["days_late"]) == (True, 10)
    assert found["source"] == {
        "document": {
            "uid": str(document.uid),
            "title": document.title,
            "kind": "verslag",
            "date": "2026-01-20",
            "url": "",
        },
        "page": 2,
        "start": 1000 + said.start - 40,
        "end": 1000 + said.end - 40,
        "quote": rows.PROMISE,
        "url": f"http://testserver/documenten/{document.uid}/#s-{said.uid}",
    }


@pytest.mark.django_db
def test_an_open_interval_is_written_with_two_dots_and_no_deadline_as_null(client):
    rows.commitment(due_text="vanaf mei", due_start=date(2026, 5, 1), due_end=None)
    rows.commitment(due_text="", due_start=None, due_end=None)
    assert {one["deadline"]["interval"] for one in get(client)["results"]} == {"2026-05-01/..", None}


@pytest.mark.django_db
@pytest.mark.parametrize("state", [state for state in Statement.State.values if state != "accepted"])
def test_what_no_person_accepted_is_not_in_the_list_nor_at_its_address(client, state):
    made = rows.commitment()
    address = f"{LIST}{made.uid}/"
    assert uids(client) == {get(client, address)["uid"]}
    made.statements.update(state=state)
    assert uids(client) == set()
    assert get(client, address, expect=404)["title"] == "Hier is niets"


@pytest.mark.django_db
def test_the_detail_holds_every_time_it_was_said_and_why(client):
    made = rows.commitment()
    later = rows.document(day=date(2026, 3, 30))
    rows.statement(
        rows.speech(rows.item(later)),
        rows.NEXT,
        state="accepted",
        commitment=made,
        relation="amendment",
        due_end=date(2026, 6, 30),
    )
    rows.statement(rows.speech(), rows.NEXT, commitment=made)  # proposed: not for the public
    first, second = get(client, f"{LIST}{made.uid}/")["statements"]
    assert (first["relation"], second["relation"]) == ("original", "amendment")
    assert second["said_on"] == "2026-03-30"
    assert first["why_proposed"] == [
        {"rule": "ik-zal", "weight": 1.5, "words": "Ik zal", "why": "De minister belooft het zelf."}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "late"), [("2026-03-31", 0), ("2026-04-01", 1), ("2026-04-10", 10), ("2030-01-01", 1372)]
)
def test_days_late_are_counted_on_the_day_asked_about(client, as_of, late):
    made = rows.commitment()
    for found in (get(client, as_of=as_of)["results"][0], get(client, f"{LIST}{made.uid}/", as_of=as_of)):
        assert (found["overdue"], found["days_late"]) == (late > 0, late)
    assert len(uids(client, as_of=as_of, overdue="true")) == (late > 0)
    assert len(uids(client, as_of=as_of, overdue="false")) == (late == 0)


@pytest.mark.django_db
def test_what_was_fulfilled_is_not_overdue(client):
    rows.commitment(status=Commitment.Status.FULFILLED)
    found = get(client)["results"][0]
    assert (found["overdue"], found["days_late"]) == (False, 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"as_of": "yesterday"}, "as_of"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "20260210"}, "as_of"),
        ({"overdue": "maybe"}, "overdue"),
        ({"status": "broken"}, "status"),
        ({"kind": "promise"}, "kind"),
        ({"person": "Els"}, "person"),
        ({"due_before": "31/12/2026"}, "due_before"),
        ({"due_after": "x\x00"}, "due_after"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_named(client, query, field):
    rows.commitment()
    answer = client.get(LIST, query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == 400
    assert field in problem["errors"]
    assert problem["detail"].startswith(f"{field}: ")


@pytest.mark.django_db
def test_the_list_filters_by_status_kind_person_and_last_day(client):
    first = rows.commitment(kind="publish", due_end=date(2026, 3, 31))
    second = rows.commitment(
        turn=rows.speech(person=rows.person("Jan Peeters")), status="fulfilled", due_end=date(2026, 9, 30)
    )
    both, one, other = {str(first.uid), str(second.uid)}, {str(first.uid)}, {str(second.uid)}
    assert uids(client, status=["open", "fulfilled"]) == both
    assert uids(client, status="fulfilled") == other
    assert uids(client, kind="publish") == one
    assert uids(client, person=str(second.person.uid)) == other
    assert uids(client, due_before="2026-03-31") == one
    assert uids(client, due_after="2026-04-01") == other


@pytest.mark.django_db
def test_pages_hold_each_commitment_once(client):
    made = {str(rows.commitment().uid) for _ in range(5)}
    seen: list[str] = []
    address: str | None = f"{LIST}?page_size=2"
    while address:
        answer = get(client, address)
        seen += [one["uid"] for one in answer["results"]]
        address = answer["next"]
    assert (len(seen), set(seen)) == (5, made)
    assert get(client, page="99", expect=404)["status"] == 404


@pytest.mark.django_db
def test_a_long_list_asks_the_database_as_often_as_a_short_one(client, django_assert_num_queries):
    rows.commitment()
    with CaptureQueriesContext(connection) as queries:
        get(client)
    for number in range(5):
        rows.commitment(turn=rows.speech(person=rows.person(f"Minister {number}")))
    with django_assert_num_queries(len(queries)):
        assert len(get(client)["results"]) == 6


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_even_by_staff(client, admin_user, method):
    made = rows.commitment()
    client.force_login(admin_user)
    answer = getattr(client, method)(f"{LIST}{made.uid}/", {}, content_type="application/json")
    assert answer.status_code == 405
    assert answer["Content-Type"] == "application/problem+json"


def test_the_schema_is_valid_and_names_every_filter(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn")
    schema = capsys.readouterr().out
    for name in ("as_of", "status", "kind", "person", "overdue", "due_before", "due_after", "page_size"):
        assert f"name: {name}\n" in schema


@pytest.mark.django_db
def test_the_schema_is_served(client):
    answer = client.get("/api/v1/schema/")
    assert answer.status_code == 200
    assert b"/api/v1/commitments/{uid}/" in answer.content
