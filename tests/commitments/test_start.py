"""The start page: what it counts, whose promises it is about, and what its two pictures tell."""

from datetime import date, timedelta

import pytest
from django.conf import settings as site
from django.urls import reverse

from commitments.models import Commitment, Event, FollowUp, Priority, Statement, Watch
from commitments.showing import front
from tests import rows
from tests.commitments.offices import world
from transcripts.models import Meeting

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)
START = reverse("start")


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


def shown(client, **query) -> dict:
    return client.get(START, query).context


def test_what_is_due_before_the_next_meeting_of_its_committee_is_told_and_what_comes_after_it_is_not(client):
    committee = "Commissie voor Wonen"
    for end in (date(2026, 4, 20), date(2026, 6, 1)):
        made = rows.commitment(due_start=end, due_end=end)
        Meeting.objects.filter(documents__items__speeches__statements__commitment=made).update(committee=committee)
    Meeting.objects.create(date=date(2026, 4, 28), committee=committee)
    context = shown(client)
    assert context["counts"]["soon"] == 1
    assert [(one.due_end, one.meeting) for one in context["blocks"]["soon"]] == [(date(2026, 4, 20), date(2026, 4, 28))]


def test_without_a_known_meeting_it_is_what_is_due_within_some_days(client, settings):
    assert site.DUE_SOON_DAYS == 30
    for days in (30, 31):
        rows.commitment(due_start=DAY, due_end=DAY + timedelta(days=days))
    assert shown(client)["counts"]["soon"] == 1


def test_what_was_answered_in_the_past_week_is_told_and_neither_what_was_before_nor_what_was_undone(client):
    answered = {"kind": Event.Kind.STATUS_CHANGED, "before": {"status": "open"}, "after": {"status": "fulfilled"}}
    lately, before, undone = (rows.commitment() for _ in range(3))
    Event.objects.create(day=DAY - timedelta(days=6), commitment=lately, **answered)
    Event.objects.create(day=DAY - timedelta(days=7), commitment=before, **answered)
    taken_back = Event.objects.create(day=DAY, commitment=undone, **answered)
    Event.objects.create(day=DAY, commitment=undone, kind=Event.Kind.UNDONE, undoes=taken_back)
    context = shown(client)
    assert context["counts"]["answered"] == 1
    assert context["blocks"]["answered"] == [lately]


def test_a_follow_up_that_nobody_confirmed_answers_nothing(client):
    made = rows.commitment()
    proposed, confirmed = rows.follow_up(made), rows.follow_up(made, state=FollowUp.State.CONFIRMED)
    event = Event.objects.create(
        day=DAY, commitment=made, follow_up=proposed, kind=Event.Kind.FOLLOW_UP_JUDGED, after={"state": "confirmed"}
    )
    assert shown(client)["counts"]["answered"] == 0
    Event.objects.filter(pk=event.pk).update(follow_up=confirmed)
    assert shown(client)["counts"]["answered"] == 1


def test_each_line_stands_in_its_own_block_however_many_there_are(client, monkeypatch):
    monkeypatch.setattr(front, "ON_START", 2)
    late = [rows.commitment(due_end=date(2026, 3, day)) for day in (1, 2, 3, 4)]
    later = rows.commitment(due_end=date(2028, 1, 1), due_start=date(2028, 1, 1))
    for made in (later, late[3]):
        Event.objects.create(day=DAY, commitment=made, kind=Event.Kind.ANSWERED)
    context = shown(client)
    assert context["blocks"]["late"] == late[:2]
    assert context["lead"] == late[3]
    assert context["blocks"]["soon"] == []
    assert context["blocks"]["answered"] == [late[3], later]


@pytest.fixture
def office():
    made = world()
    watched, marked, _other = made.commitment, rows.commitment(), rows.commitment()
    Watch.objects.create(user=made.users["a_reader"], commitment=watched)
    Priority.objects.create(team=made.a, commitment=marked, level="high")
    return made, watched, marked


def test_the_page_is_about_all_about_my_watch_list_or_about_what_my_office_marked(office):
    made, watched, marked = office
    client = made.client("a_reader")
    assert shown(client)["counts"]["all"] == 3
    assert shown(client, van="volglijst")["blocks"]["late"] == [watched]
    assert shown(client, van=str(made.a.uid))["blocks"]["late"] == [marked]
    assert [one.chosen for one in shown(client, van=str(made.a.uid))["circle"].choices()] == [False, False, True]


@pytest.mark.parametrize("persona", ["anonymous", "stranger", "b_manager", "superuser"])
def test_what_an_office_marked_is_closed_to_whoever_is_not_of_it(office, persona):
    made, _watched, _marked = office
    context = shown(made.client(persona), van=str(made.a.uid))
    assert context["counts"]["all"] == 3
    assert made.a.name not in [one.words for one in context["circle"].choices()]


def test_the_months_ahead_count_open_terms_and_the_months_behind_what_became_of_them(client):
    rows.commitment(due_start=date(2026, 5, 1), due_end=date(2026, 6, 30))
    rows.commitment(due_end=date(2026, 2, 10), status=Commitment.Status.FULFILLED, fulfilled_on=date(2026, 2, 10))
    rows.commitment(due_end=date(2026, 2, 11), status=Commitment.Status.FULFILLED, fulfilled_on=date(2026, 3, 1))
    rows.commitment(due_end=date(2026, 2, 12))
    rows.commitment(due_end=date(2026, 2, 12), status=Commitment.Status.DROPPED)
    moved = rows.commitment(due_end=date(2026, 7, 1), due_start=date(2026, 7, 1))
    moved.statements.update(due_end=date(2026, 2, 20))
    context = shown(client)
    ahead = {one.first.month: (one.running, one.ending) for one in context["ahead"].months}
    assert [ahead[month] for month in (4, 5, 6, 7)] == [(0, 0), (1, 0), (1, 1), (1, 1)]
    february = next(one for one in context["behind"].columns if one.first.month == 2)
    assert february.counts == {"on_time": 1, "later": 1, "open": 1, "moved": 1}
    assert context["behind"].total == 4


def test_the_pictures_can_be_read_as_tables_and_carry_no_style_of_their_own(client):
    rows.commitment(due_start=date(2026, 5, 1), due_end=date(2026, 5, 31))
    rows.commitment(due_end=date(2026, 2, 12))
    text = client.get(START).content.decode()
    assert text.count("<svg") == text.count("</table>") == 2
    assert "style=" not in text
    assert "1–31 May 2026: 1" in text


def test_when_the_last_report_came_in_is_told(client):
    rows.commitment()
    context = shown(client)
    assert context["last_import"] is not None
    assert "The last report came in on" in client.get(START).content.decode()


def test_the_desk_is_counted_for_who_may_look_at_it(client, login):
    rows.statement(quote=rows.NEXT, turn=rows.speech(), state=Statement.State.PROPOSED)
    assert "waiting" not in shown(client)["counts"]
    login("reader", "view_statement")
    assert shown(client)["counts"]["waiting"] == 1
