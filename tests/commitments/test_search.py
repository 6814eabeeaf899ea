"""The list of commitments: what it is searched by, in which order it is walked, and the same as a table."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse

from commitments.models import Commitment, Statement
from commitments.services import asking
from commitments.showing import listing
from tests import rows
from tests.commitments.counting import queries
from tests.commitments.offices import world
from transcripts.models import Mandate, Question

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)  # ten days past the end of March
FIRST, SECOND = "Ik bezorg u het plan.", "Ik bezorg u de nota."


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


def found(client, **query) -> list[Commitment]:
    answer = client.get(reverse("commitments"), query)
    assert answer.status_code == 200
    return answer.context["page"].rows


def promise(quote: str = SECOND, who: str = "Jan Peeters", **fields) -> Commitment:
    """Another promise than the usual one: by another minister, in another committee."""
    turn = rows.speech(text=quote, person=rows.person(who))
    meeting = turn.item.document.meeting
    meeting.committee = "Commissie voor Cultuur"
    meeting.save()
    return rows.commitment(turn=turn, quote=quote, **fields)


def mandate(of: Commitment, portfolio: str) -> Mandate:
    held = Mandate.objects.create(person=of.person, title="Vlaams minister", portfolio=portfolio, start=rows.SAID_ON)
    Commitment.objects.filter(pk=of.pk).update(mandate=held)
    return held


def test_it_is_searched_by_committee_as_printed(client):
    rows.commitment()
    other = promise()
    assert found(client, committee="Commissie voor Cultuur") == [other]


def test_it_is_searched_by_portfolio_and_a_part_in_common_is_enough(client):
    one, other = rows.commitment(), promise()
    mandate(one, "Wonen, Energie en Klimaat")
    mandate(other, "Cultuur")
    assert found(client, portfolio="Wonen, Energie en Klimaat") == [one]
    third = promise(FIRST, "An Claes")
    mandate(third, "Energie")
    assert set(found(client, portfolio="Energie")) == {one, third}


def test_it_is_searched_by_who_asked_in_parliament_or_since_and_to_whom_it_was_promised(client, admin_user):
    asked, promised, since, other = (promise(f"Ik bezorg u plan {number}.") for number in range(4))
    member = rows.person("Karim Daems")
    Question.objects.filter(item=asked.statements.get().speech.item).update(asker=member)
    promised.statements.update(addressee=member)
    asking.file_question(commitment=since, actor=admin_user, day=DAY, asker=member)
    assert set(found(client, member=str(member.uid))) == {asked, promised, since}
    assert other in found(client)


def test_it_is_searched_by_the_last_day_between_two_days_both_included(client):
    end = date(2026, 3, 31)
    one = rows.commitment(due_end=end)
    promise(due_end=end + timedelta(days=1))
    promise(FIRST, due_start=None, due_end=None, due_text="binnenkort")
    assert found(client, due_from="2026-03-31", due_until="2026-03-31") == [one]
    assert len(found(client, due_from="2026-03-31")) == 2


def test_it_is_searched_by_how_many_days_it_is_past_its_date(client):
    one = rows.commitment(due_end=date(2026, 3, 31))
    promise(due_end=date(2026, 4, 1))
    assert found(client, late_by="10") == [one]
    assert len(found(client, late_by="9")) == 2
    assert found(client, late_by="11") == []


def test_it_is_searched_by_having_a_last_day_or_none(client):
    dated = rows.commitment()
    undated = promise(due_start=None, due_end=None, due_text="")
    assert found(client, dated="yes") == [dated]
    assert found(client, dated="no") == [undated]


def test_it_is_searched_by_a_last_day_that_is_later_than_the_first_one_named(client):
    rows.commitment()
    moved = promise()
    earlier = promise(FIRST)
    for one, end in ((moved, date(2026, 9, 30)), (earlier, date(2026, 2, 28))):
        rows.statement(
            rows.speech(rows.item(rows.document(day=date(2026, 2, 10)))), rows.NEXT,
            state=Statement.State.ACCEPTED, commitment=one, due_end=end,
        )  # fmt: skip
        Commitment.objects.filter(pk=one.pk).update(due_end=end)
    assert found(client, slipped="on") == [moved]


def test_it_is_sorted_by_last_day_or_by_the_day_on_which_it_was_said(client):
    old = rows.commitment(said_on=date(2025, 1, 1), due_end=date(2027, 1, 1))
    new = promise(said_on=date(2026, 2, 1), due_end=date(2026, 5, 1))
    undated = promise(FIRST, said_on=date(2025, 6, 1), due_start=None, due_end=None)
    assert found(client) == [new, old, undated]
    assert found(client, sort="newest") == [new, undated, old]
    assert found(client, sort="oldest") == [old, undated, new]


@pytest.mark.parametrize("sort", ["last_day", "newest", "oldest"])
def test_its_pages_follow_each_other_both_ways_and_nothing_comes_twice(client, monkeypatch, sort):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    made = {promise(f"Ik bezorg u plan {number}.") for number in range(5)}
    there, page = [], client.get(reverse("commitments"), {"sort": sort}).context["page"]
    assert not page.before
    pages = [page.rows]
    while page.after:
        page = client.get(reverse("commitments"), {"sort": sort, "from": page.after}).context["page"]
        pages.append(page.rows)
    there = [one for some in pages for one in some]
    assert (len(there), set(there)) == (5, made)
    back = client.get(reverse("commitments"), {"sort": sort, "from": page.before}).context["page"]
    assert back.rows == pages[1]
    first = client.get(reverse("commitments"), {"sort": sort, "from": back.before}).context["page"]
    assert (first.rows, first.before) == (pages[0], "")


@pytest.mark.parametrize("place", ["x", "W10", "WyJvbGRlc3QiLCJuIiwxXQ", "é" * 5000])
def test_a_place_that_is_none_of_this_list_is_its_beginning(client, place):
    made = rows.commitment()
    assert found(client, **{"from": place}) == [made]


def test_many_are_not_counted_to_the_last(client, monkeypatch):
    for number in range(3):
        promise(f"Ik bezorg u plan {number}.")
    monkeypatch.setattr(listing, "COUNTED", 2)
    answer = client.get(reverse("commitments"))
    assert "more than 2 commitments" in answer.content.decode()
    monkeypatch.setattr(listing, "COUNTED", 3)
    assert "3 commitments" in client.get(reverse("commitments")).content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"late_by": "-1"}, "greater than or equal to 1"),
        ({"due_from": "gisteren"}, "Enter a valid date"),
        ({"due_from": "2026-05-01", "due_until": "2026-04-01"}, "This day is before the first one."),
        ({"committee": "Geen commissie"}, "Geen commissie"),
    ],
)
def test_what_makes_no_sense_is_said_where_it_stands_and_does_not_filter(client, given, said):
    made = rows.commitment()
    answer = client.get(reverse("commitments"), given)
    assert answer.context["page"].rows == [made]
    text = answer.content.decode()
    assert said in text
    assert '<details class="folded" open>' in " ".join(text.split())


def test_every_filter_together_asks_no_more_than_fifteen_times_however_long_the_list():
    office = world()
    Commitment.objects.all().delete()
    one = rows.commitment(due_end=date(2026, 3, 31))
    held = mandate(one, "Wonen")
    member = rows.person("Karim Daems")
    one.statements.update(addressee=member)
    query = {
        "q": "rapport", "minister": str(one.person.uid), "status": "open", "kind": "inform", "portfolio": "Wonen",
        "committee": "Commissie voor Wonen en Energie", "member": str(member.uid), "dated": "yes", "late_by": "1",
        "due_from": "2026-01-01", "due_until": "2026-12-31", "holder": str(one.person.uid), "overdue": "on",
    }  # fmt: skip
    client = office.client("a_manager")  # whose office has marks of its own on every line
    with queries() as few:
        assert found(client, **query) == [one]
    for _ in range(30):
        more = rows.commitment(due_end=date(2026, 3, 31), mandate=held)
        more.statements.update(addressee=member)
    with queries() as many:
        assert len(found(client, **query)) == listing.PER_PAGE
    assert len(many) == len(few) <= 15


def test_what_was_found_is_had_as_a_table_in_the_same_order(client):
    rows.commitment()
    late = promise(title="=1+1", said_on=date(2025, 1, 1))
    promise(FIRST, said_on=date(2025, 2, 1), due_start=None, due_end=None, due_text="binnenkort")
    answer = client.get(reverse("commitments_csv"), {"minister": str(late.person.uid), "sort": "oldest"})
    assert answer["Content-Disposition"] == 'attachment; filename="toezeggingen-2026-04-10.csv"'
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, *lines = list(csv.reader(StringIO(text), delimiter=";"))
    told = [dict(zip(head, line, strict=True)) for line in lines]
    assert [one["Words"] for one in told] == [SECOND, FIRST]
    assert told[0]["Promise"] == "'=1+1"  # a spreadsheet does not count it
    assert (told[0]["Deadline as spoken"], told[0]["First day"], told[0]["Last day"]) == (
        "tegen eind maart", "2026-03-21", "2026-03-31",
    )  # fmt: skip
    assert told[0]["How it stands"] == "10 days past its date"
    assert (told[1]["Deadline as spoken"], told[1]["Last day"]) == ("binnenkort", "")
    assert told[0]["Address"].endswith(reverse("commitment", args=[late.uid]))


def test_the_words_as_spoken_stand_beside_the_days_they_mean(client):
    rows.commitment(due_text="tegen eind maart")
    text = client.get(reverse("commitments")).content.decode()
    assert "tegen eind maart" in text
    assert '<time datetime="2026-03-31">31 March 2026</time>' in text
