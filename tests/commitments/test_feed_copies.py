"""What a copy of a list is told: by cursor, since a day, from a filter, whoever changed the rows and however."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection

from commitments.changes.watched import WATCHED
from commitments.models import Commitment, Event, FeedChange, FeedEntry, FollowUp, Statement
from commitments.services import feed, review, tracking
from tests import rows
from tests.commitments.copies import ALL, BESIDE, LIST, Copy, listed
from tests.commitments.counting import queries
from tests.commitments.feed import house, key
from transcripts.models import AgendaItem, Document, Mandate, Meeting, Person, Speech

DAY = date(2026, 4, 10)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.mark.parametrize(
    "change",
    [
        lambda made: Person.objects.filter(pk=made.person_id).update(name="Els Vanrode-Maes"),
        lambda made: made.statements.update(cues=[]),
        lambda made: made.statements.update(confidence=0.5),
        lambda made: (
            type(document_of(made)).objects.filter(pk=document_of(made).pk).update(title="Beter", url="https://x.be")
        ),
        lambda made: type(document_of(made)).objects.filter(pk=document_of(made).pk).update(page_starts=[0, 10]),
        lambda made: Mandate.objects.filter(pk=made.mandate_id).update(title="Minister-president"),
        lambda made: made.statements.update(state="rejected"),
        lambda made: made.delete(),
    ],
)
def test_it_is_told_whoever_changes_the_rows_and_however(client, change):
    made = rows.commitment()
    made.mandate = Mandate.objects.create(person=made.person, title="Minister", portfolio="Wonen", start=rows.SAID_ON)
    made.save()
    uid = str(made.uid)
    copy = Copy(client)
    copy.sync()
    change(made)
    assert copy.sync() == [uid]
    assert copy.rows == listed(client)


def document_of(made: Commitment):
    return made.statements.get().speech.item.document


KINDS = {"commitments": "commitment", "statements": "statement", "follow-ups": "follow_up", "events": "event",
         "documents": "document"}  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_every_table_that_the_json_is_read_from_is_watched(client, name):
    house()
    feed.number_changes()
    with queries() as asked:
        for uid in listed(client, name):
            assert client.get(f"/api/v1/{name}/{uid}/").status_code == 200
    read = {
        table for table in connection.introspection.table_names() if any(f'"{table}"' in one["sql"] for one in asked)
    }
    feeds = {"commitments_feedentry", "commitments_feedchange"}
    assert len(read - feeds) > 2
    assert read - feeds == {one.table for one in WATCHED if one.kind == KINDS[name]}


# What changes rows past every service: a person at the database.
BEHIND = {
    "the name of everybody": lambda: Person.objects.update(name="Els Vanrode-Maes"),
    "the title of the papers": lambda: Document.objects.update(title="Beter"),
    "the pages of the papers": lambda: Document.objects.update(page_starts=[0, 10]),
    "the committee": lambda: Meeting.objects.update(committee="Commissie voor Wonen"),
    "the titles of the items": lambda: AgendaItem.objects.update(title="Vraag over iets anders"),
    "where words stand": lambda: Speech.objects.update(pieces=[[0, 2100, 5000]]),
    "the kind of what was said": lambda: Statement.objects.update(kind="fund"),
    "what is accepted": lambda: Statement.objects.update(state="rejected"),
    "the word on follow-ups": lambda: FollowUp.objects.update(kind="weakened"),
    "what is confirmed": lambda: FollowUp.objects.update(state="proposed"),
    "the days of events": lambda: Event.objects.update(day=date(2026, 1, 1)),
    "a paper of which nothing came": lambda: Document.objects.order_by("-pk")[:1].get().delete(),
    "the promises": lambda: Commitment.objects.all().delete(),
}


@pytest.mark.parametrize("change", BEHIND)
def test_copies_of_all_lists_stay_true_whoever_changes_the_rows_and_however(client, change):
    house()
    rows.document()
    copies = [Copy(client, name) for name in KINDS]
    for one in copies:
        one.sync()
    before = {one.name: dict(one.rows) for one in copies}
    BEHIND[change]()
    for one in copies:
        one.sync()
        assert one.rows == listed(client, one.name), one.name
    assert {one.name: one.rows for one in copies} != before


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.parametrize("role", [None, "a_reviewer", "superuser"])
def test_what_waits_for_review_is_no_part_of_what_changed(client, name, role):
    """Who reviews sees more in the list itself; of what changed they are told what everybody is."""
    made = house()
    headers = key(made.office.users[role], "proposals") if role else None
    told = Copy(client, name, headers)
    told.sync()
    assert told.rows.keys() == listed(client, name).keys()
    assert {str(uid) for uid in FeedEntry.objects.filter(kind=KINDS[name]).values_list("uid", flat=True)} == set(
        told.rows
    )


def test_every_column_that_is_watched_is_there_and_its_change_is_noted():
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for one in WATCHED:
            assert one.table in tables
            columns = {column.name for column in connection.introspection.get_table_description(cursor, one.table)}
            assert set(one.columns) <= columns


def test_what_was_never_shown_is_not_told_when_it_goes(client):
    copy = Copy(client)
    copy.sync()
    made = rows.commitment()
    made.statements.update(state="proposed")
    made.delete()
    assert copy.sync() == []
    assert not FeedEntry.objects.filter(kind="commitment").exists()


def test_what_comes_back_under_its_own_address_is_there_again(client, reviewer):
    said = rows.statement()
    made = review.accept(statement=said, actor=reviewer, day=DAY)
    uid = str(made.uid)
    copy = Copy(client)
    copy.sync()
    review.reopen(statement=said, actor=reviewer, day=DAY)
    assert (copy.sync(), copy.rows) == ([uid], {})
    review.accept(statement=said, actor=reviewer, day=DAY)
    assert (copy.sync(), list(copy.rows)) == ([uid], [uid])
    review.reopen(statement=said, actor=reviewer, day=DAY)
    review.accept(statement=said, actor=reviewer, day=DAY)
    assert (copy.sync(), list(copy.rows)) == ([uid], [uid])


def test_what_leaves_a_filtered_list_is_gone_from_the_copy_of_it(client, reviewer):
    made = rows.commitment()
    rows.commitment(status="fulfilled")
    copy = Copy(client, status="open")
    copy.sync()
    assert list(copy.rows) == [str(made.uid)]
    tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="fulfilled", evidence="nota")
    copy.sync()
    assert copy.rows == {}
    tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="open")
    copy.sync()
    assert copy.rows == listed(client, status="open")


def test_pages_of_changes_hold_each_once_however_small_they_are(client):
    made = [rows.commitment() for _ in range(7)]
    copy = Copy(client, page_size="2")
    assert sorted(copy.sync()) == sorted(str(one.uid) for one in made)
    made[0].statements.update(state="rejected")
    Commitment.objects.filter(pk__in=[one.pk for one in made[1:4]]).update(evidence="nota")
    assert sorted(copy.sync()) == sorted(str(one.uid) for one in made[:4])
    assert copy.rows == listed(client)


@pytest.mark.parametrize(
    "given", ["yesterday", "2026-13-01", "2026-02-30T10:00:00Z", "WyJzeW5jIiwtMV0", "WyJzeW5jIiwidyJd"]
)
def test_a_moment_that_makes_no_sense_is_refused(client, given):
    answer = client.get(LIST, {"updated_since": given})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["updated_since"]


def test_a_list_of_which_no_changes_are_noted_says_so(client):
    answer = client.get("/api/v1/speeches/", {"updated_since": ALL})
    assert answer.status_code == 400
    assert "ETag" in answer.json()["detail"]


def test_a_copy_that_is_further_than_the_site_is_told_so(client):
    rows.commitment()
    copy = Copy(client)
    copy.sync()
    FeedEntry.objects.update(number=0)
    answer = client.get(copy.address)
    assert answer.status_code == 400
    assert "hersteld" in answer.json()["detail"]


def test_the_recipe_of_the_guide_keeps_a_copy(client, monkeypatch):
    guide = (Path(__file__).resolve().parent.parent.parent / "docs" / "api.md").read_text(encoding="utf-8")
    code = next(part for part in guide.split("```python\n")[1:] if "def sync(" in part).partition("```")[0]
    monkeypatch.setattr("urllib.request.urlopen", lambda address: BytesIO(client.get(address).content))
    made = [rows.commitment() for _ in range(3)]
    known: dict = {}
    exec(compile(code, "docs/api.md", "exec"), known)  # noqa: S102 - what the guide tells clients to run
    assert known["copy"] == listed(client)
    made[0].statements.update(state="rejected")
    Commitment.objects.filter(pk=made[1].pk).update(evidence="nota")
    known["address"] = known["sync"](known["address"], known["copy"])
    assert known["copy"] == listed(client)
    assert len(known["copy"]) == 2


def test_since_a_moment_is_what_was_noted_from_then_on(client):
    old, new = rows.commitment(), rows.commitment()
    feed.number_changes()
    FeedEntry.objects.filter(uid=old.uid).update(changed_at="2026-01-01T00:00:00Z")
    FeedEntry.objects.filter(uid=new.uid).update(changed_at="2026-03-01T12:00:00Z")
    for since in ("2026-02-01", "2026-03-01T12:00:00Z", "2026-03-01T13:00:00"):
        found = client.get(LIST, {"updated_since": since}).json()["results"]
        assert [one["uid"] for one in found] == [str(new.uid)]
    assert client.get(LIST, {"updated_since": "2026-03-01T12:00:01Z"}).json()["results"] == []


def test_a_whole_list_in_another_format_holds_what_changed_since(client):
    for _ in range(3):
        rows.commitment()
    copy = Copy(client)
    copy.sync()
    later = rows.commitment()
    lines = b"".join(client.get(f"{copy.address}&format=jsonl").streaming_content).decode().splitlines()
    assert [json.loads(line)["uid"] for line in lines] == [str(later.uid)]


def test_many_changes_are_asked_for_as_often_as_few(client):
    counts = []
    for number in (2, 30):
        for _ in range(number):
            rows.commitment()
        feed.number_changes()
        with queries() as asked:
            assert client.get(LIST, {"updated_since": ALL}).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_all_is_told_again_after_a_migration(client):
    made = rows.commitment()
    copy = Copy(client)
    copy.sync()
    feed.tell_all_again()
    assert copy.sync() == [str(made.uid)]


def test_changes_of_a_kind_that_is_shown_no_more_are_let_go():
    FeedChange.objects.create(kind="unknown", object_id=7)
    assert feed.number_changes() == 0
    assert not FeedChange.objects.exists()


def test_a_last_change_is_said_once_it_can_be_no_newer(client, settings):
    settings.TODAY = None
    made = rows.commitment()
    address = f"{LIST}?as_of=2026-03-01"
    assert "Last-Modified" not in client.get(address)  # not numbered
    feed.number_changes()
    FeedEntry.objects.update(changed_at="2020-01-01T00:00:00Z")
    first = client.get(address)
    assert "Last-Modified" in first
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(address, headers=since).status_code == 304
    made.evidence = "nota"
    made.save()
    assert client.get(address, headers=since).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_late_is_told_to_who_read_past_it(client):
    """One transaction takes long; another one begins later, is read, and only then the first one commits."""
    if connection.vendor != "postgresql":
        pytest.skip("two writers at once: on PostgreSQL")
    from django.db import connections

    slow, quick = rows.commitment(), rows.commitment()
    copy = Copy(client)
    copy.sync()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("UPDATE commitments_commitment SET evidence = 'traag' WHERE id = %s", [slow.pk])
            Commitment.objects.filter(pk=quick.pk).update(evidence="snel")
            assert copy.sync() == [str(quick.uid)]
            cursor.execute("COMMIT")
        assert copy.sync() == [str(slow.uid)]
        assert copy.rows[str(slow.uid)]["evidence"] == "traag"
    finally:
        other.close()
