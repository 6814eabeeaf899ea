"""Every list beside the commitments: what it tells, what it can be asked for, and what its length costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Event, FollowUp
from commitments.services import following
from tests import rows
from tests.commitments.feed import DAY, LISTS, STATS, House, detail, get, house, listed, more_rows, seen
from transcripts.models import Mandate, Person, Speech
from transcripts.services import merging

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def shown() -> House:
    return house()


def first(client, name: str, **query) -> dict:
    return get(client, listed(name), **query)["results"][0]


def test_a_statement_tells_its_words_their_place_and_why(client, shown):
    said = shown.public["statement"][0]
    told = get(client, detail("statement", said))
    document = said.speech.item.document
    assert told["commitment"] == str(shown.office.commitment.uid)
    assert told["url"] == f"http://testserver/documenten/{document.uid}/#s-{said.uid}"
    assert told["deadline"]["words"] == "tegen eind maart"
    assert told["deadline"]["interval"] == "2026-03-21/2026-03-31"
    assert told["source"]["quote"] == rows.PROMISE
    assert told["source"]["page"] == 2
    assert told["person"]["name"] == "Els Vanrode"
    assert told["why_proposed"][0]["why"] == "De minister belooft het zelf."
    assert (told["state"], told["rejected_because"], told["version"]) == ("accepted", "", None)


def test_a_rejection_tells_who_reviews_why_and_which_version(shown):
    rejected = next(one for one in shown.closed["statement"] if one.state == "rejected")
    event = Event.objects.create(day=DAY, kind=Event.Kind.REJECTED, statement=rejected)
    told = get(shown.office.client("a_reviewer"), detail("statement", rejected))
    assert (told["rejected_because"], told["version"], told["commitment"]) == ("fact", event.pk, None)


def test_a_follow_up_tells_the_later_words_and_the_new_day(client, shown):
    told = first(client, "follow-up")
    follow_up = shown.public["follow-up"][0]
    assert told["commitment"] == str(shown.office.commitment.uid)
    assert told["said_on"] == follow_up.item.document.date.isoformat()
    assert told["deadline"]["end"] == "2026-12-31"
    assert told["source"]["quote"] == rows.LATER
    assert told["source"]["page"] in (1, 2)
    assert told["source"]["start"] < told["source"]["end"]
    assert told["source"]["url"].endswith(f"#i-{follow_up.item.uid}")
    assert told["why_proposed"][0]["rule"] == "pas"


def test_a_follow_up_without_words_tells_its_document_alone(client, shown):
    follow_up = rows.follow_up(shown.office.commitment, state=FollowUp.State.CONFIRMED)
    source = get(client, detail("follow-up", follow_up))["source"]
    assert (source["page"], source["start"], source["end"], source["quote"]) == (None, None, None, "")
    assert source["document"]["uid"] == str(follow_up.item.document.uid)


def test_an_event_tells_both_sides_in_values_and_in_words(client, shown):
    moved = next(one for one in get(client, listed("event"))["results"] if one["kind"] == "status_changed")
    assert moved["before"]["status"] == "open"
    assert moved["after"]["status"] == "partly"
    assert moved["day"] == DAY.isoformat()
    english = get(client, listed("event"), headers={"Accept-Language": "en"})["results"]
    assert "partly fulfilled" in next(one for one in english if one["kind"] == "status_changed")["change"]


def test_what_was_said_can_be_followed_from_document_to_turn(client, shown):
    paper = first(client, "document", q="latere")
    assert paper["meeting"]["committee"] == "Commissie voor Wonen en Energie"
    (item,) = get(client, listed("agenda-item"), document=paper["uid"])["results"]
    assert item["questions"][0]["asker"]["name"] == "Karim Daems"
    turns = get(client, listed("speech"), item=item["uid"], ordering="position")["results"]
    assert [one["position"] for one in turns] == list(range(len(turns)))
    assert turns[0]["text"] == Speech.objects.get(uid=turns[0]["uid"]).text
    assert turns[0]["url"] == f"http://testserver/documenten/{paper['uid']}/#t-{turns[0]['uid']}"
    assert get(client, f"{listed('document')}{paper['uid']}/")["accepted"] == 0


def test_a_turn_that_the_newest_text_no_longer_has_says_so(client, shown):
    turn = shown.public["speech"][0]
    Speech.objects.filter(pk=turn.pk).update(start=0, end=0)
    assert get(client, detail("speech", turn))["current"] is False


def test_somebody_who_was_merged_is_found_under_both_ids(client, shown, admin_user):
    kept, other = rows.person("Els Vanrode"), rows.person("E. Vanrode")
    former = other.uid
    Person.objects.filter(pk=kept.pk).update(family_name="Vanrode")
    merge(kept, other, admin_user)
    told = get(client, reverse("api:person-detail", args=[former]))
    assert told["uid"] == str(kept.uid)
    assert told["former_uids"] == [str(former)]
    assert seen(client, "mandate", person=former) == {str(one.uid) for one in shown.public["mandate"]}


def merge(kept: Person, other: Person, actor) -> None:
    merging.merge(into=kept, others=[other], actor=actor)


def test_a_portfolio_keeps_its_id_and_tells_who_has_it_now(client, shown):
    mandate = shown.public["mandate"][0]
    before = first(client, "portfolio")
    assert before["portfolio"] == "Wonen, Energie en Klimaat"
    assert before["competences"] == ["energie", "klimaat", "wonen"]
    assert [one["name"] for one in before["in_charge"]] == ["Els Vanrode"]
    Mandate.objects.filter(pk=mandate.pk).update(end=date(2026, 3, 1))
    after = Mandate.objects.create(
        person=rows.person("Jan Peeters"), title="Vlaams minister", portfolio="Wonen", start=date(2026, 3, 2)
    )
    now = get(client, reverse("api:portfolio-detail", args=[before["uid"]]))
    assert [one["name"] for one in now["in_charge"]] == [after.person.name]
    then = get(client, reverse("api:portfolio-detail", args=[before["uid"]]), as_of="2026-02-01")
    assert [one["name"] for one in then["in_charge"]] == ["Els Vanrode"]


@pytest.mark.doors
@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_the_database_as_often_for_thirty_rows_as_for_two(client, shown, name):
    for who in ("anonymous", "a_reviewer"):
        here = shown.office.client(who)
        more_rows(2)
        seen(here, name)
        with CaptureQueriesContext(connection) as few:
            short = len(seen(here, name))
        more_rows(30 if who == "anonymous" else 31)
        with CaptureQueriesContext(connection) as many:
            assert len(seen(here, name)) > short + 20
        assert len(many) == len(few), "\n".join(one["sql"][:200] for one in many)


@pytest.mark.doors
@pytest.mark.parametrize("name", STATS)
def test_counting_asks_the_database_as_often_for_thirty_promises_as_for_two(client, shown, name):
    more_rows(2)
    address = reverse(f"api:{name}")
    with CaptureQueriesContext(connection) as few:
        get(client, address)
    more_rows(30)
    with CaptureQueriesContext(connection) as many:
        get(client, address)
    assert len(many) == len(few)


@pytest.mark.parametrize("name", [*LISTS, *STATS])
def test_a_parameter_that_is_none_is_refused_by_name(client, shown, name):
    address = reverse(f"api:{name}") if name in STATS else listed(name)
    problem = get(client, address, expect=400, overdew="true")
    assert list(problem["errors"]) == ["overdew"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("statement", {"state": "broken"}),
        ("statement", {"said_after": "31/12/2026"}),
        ("statement", {"person": "Els"}),
        ("statement", {"dated": "perhaps"}),
        ("statement", {"q": "x" * 201}),
        ("statement", {"q": "a\x00b"}),
        ("statement", {"ordering": "secret"}),
        ("follow-up", {"kind": "broken"}),
        ("event", {"after": "2026-02-30"}),
        ("document", {"meeting": "C12"}),
        ("agenda-item", {"q": "de 2026"}),
        ("speech", {"capacity": "king"}),
        ("person", {"minister": "1"}),
        ("mandate", {"on": "today"}),
        ("portfolio", {"as_of": "9999-12-31"}),
        ("commitment", {"late_by": "0"}),
        ("commitment", {"late_by": "9" * 40}),
        ("commitment", {"late_by": "1.5"}),
        ("commitment", {"slipped": "yes"}),
        ("commitment", {"as_of": "0001-01-01"}),
        ("commitment", {"label": "e7a9f3c2-0000-4000-8000-000000000000"}),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_by_name(client, shown, name, query):
    answer = client.get(listed(name), query)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["errors"]) == set(query)


def test_commitments_are_found_by_all_that_can_be_asked(client, shown):
    made = shown.office.commitment
    said = made.statements.get()
    member = rows.person("Karim Daems")
    said.addressee = member
    said.save()
    other = rows.commitment(
        title="Iets anders", quote=rows.NEXT, due_text="", due_start=None, due_end=None, said_on=date(2026, 2, 1)
    )
    document = said.speech.item.document
    one, rest = {str(made.uid)}, {str(other.uid)}
    for query in (
        {"portfolio": "wonen"},
        {"portfolio": "Klimaat, Wonen"},
        {"addressee": member.uid},
        {"member": member.uid},
        {"document": document.uid},
        {"meeting": document.meeting.uid},
        {"said_before": "2026-01-31"},
        {"dated": "true"},
        {"q": "rapport bezorgen"},
    ):
        assert seen(client, "commitment", **query) == one, query
    for query in ({"said_after": "2026-02-01"}, {"dated": "false"}, {"q": "anders"}):
        assert seen(client, "commitment", **query) == rest, query
    assert seen(client, "commitment", committee="COMMISSIE voor Wonen en Energie") == one | rest
    assert seen(client, "commitment", committee="Wonen") == set()
    assert seen(client, "commitment", portfolio="won") == set()


def test_who_asked_in_the_item_is_the_member_too(client, shown):
    made = shown.office.commitment
    made.statements.get().speech.item.questions.update(asker=rows.person("Nele Maas"))
    assert seen(client, "commitment", member=rows.person("Nele Maas").uid) == {str(made.uid)}


@pytest.mark.parametrize(("days", "late"), [(1, True), (6, True), (7, False), (36500, False)])
def test_late_by_counts_whole_days_on_the_day_asked_about(client, days, late):
    made = rows.commitment()  # until 31 March; today is 6 April
    assert seen(client, "commitment", late_by=days) == ({str(made.uid)} if late else set())
    assert seen(client, "commitment", late_by=days, as_of="2026-03-31") == set()


def test_slipped_is_what_was_ever_moved_later(client):
    kept, moved, hastened = (rows.commitment(title=name) for name in ("kept", "moved", "hastened"))
    for of, end in ((moved, date(2026, 6, 30)), (hastened, date(2026, 2, 28))):
        rows.statement(
            rows.speech(rows.item(rows.document(day=date(2026, 2, 1)))), rows.NEXT, state="accepted", commitment=of,
            due_end=end,
        )  # fmt: skip
    off = rows.commitment(title="put off")
    rows.proposed(off)  # not confirmed: it moves nothing
    assert seen(client, "commitment", slipped="true") == {str(moved.uid)}
    off.follow_ups.update(state=FollowUp.State.CONFIRMED)
    assert seen(client, "commitment", slipped="true") == {str(moved.uid), str(off.uid)}
    assert seen(client, "commitment", slipped="false") == {str(kept.uid), str(hastened.uid)}


def test_words_find_agenda_items_in_whatever_form_they_were_said(client):
    paper = rows.document()
    item = rows.item(paper, "Vraag over wonen")
    rows.speech(item, "De renovatiepremies worden volgend jaar hervormd, zegt de minister.")
    other = rows.item(rows.document(), "Vraag over de bus")
    rows.speech(other, "Het openbaar vervoer rijdt op tijd.")
    for one in (paper, other.document):
        following.index_document(document=one)
    assert seen(client, "agenda-item", q="hervormde renovatiepremie") == {str(item.uid)}
    assert seen(client, "agenda-item", q="renovatiepremie vervoer") == set()
    assert seen(client, "speech", q="renovatiepremie") == {str(one.uid) for one in item.speeches.all()}


def test_lists_are_narrowed_by_person_day_and_kind(client, shown):
    made = shown.office.commitment
    karim = rows.person("Karim Daems")
    assert seen(client, "speech", person=karim.uid, capacity="member") == {
        str(one.uid) for one in Speech.objects.filter(person=karim)
    }
    assert seen(client, "agenda-item", asker=karim.uid) == {str(one.uid) for one in shown.public["agenda-item"]}
    assert seen(client, "statement", person=made.person.uid) == shown.uids("statement", closed=False)
    assert seen(client, "statement", said_after=DAY) == set()
    assert seen(client, "follow-up", commitment=made.uid, kind="postponed") == shown.uids("follow-up", closed=False)
    assert seen(client, "event", kind="status_changed", after=DAY, before=DAY)
    assert seen(client, "person", minister="true") == {str(made.person.uid)}
    assert seen(client, "mandate", on="2024-09-29") == set()


def test_a_list_comes_in_the_order_asked_for(client, shown):
    days = [one["said_on"] for one in get(client, listed("statement"), ordering="-said_on")["results"]]
    assert days == sorted(days, reverse=True)
    more_rows(3)
    names = [one["portfolio"] for one in get(client, listed("portfolio"))["results"]]
    assert names == sorted(names)


@pytest.mark.parametrize("name", LISTS)
def test_nothing_is_written_at_the_address_of_a_list_without_a_key(client, shown, name):
    if name != "follow-up":
        assert client.post(listed(name), {}, content_type="application/json").status_code in (401, 403, 405)
    assert client.delete(listed(name)).status_code in (401, 403, 405)


def test_every_form_of_a_list_holds_the_same_rows(client, shown):
    for name in LISTS:
        whole = client.get(listed(name), {"format": "csv"})
        lines = b"".join(whole.streaming_content).decode().splitlines()
        ids = {line.split(",")[0] for line in lines[1:]}
        assert seen(client, name) <= ids, name
        assert lines[0].startswith("uid,")
