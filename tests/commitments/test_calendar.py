"""The calendar: the weeks of a month, what falls on its days, and whom it is narrowed to."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from commitments import calendar_views
from commitments.engine import calendars
from commitments.engine.calendars import answers
from commitments.models import Asking, Commitment, Watch
from commitments.showing.month_view import free_days, month_view, read_month
from tests import rows
from transcripts.models import Meeting

DAY = date(2026, 4, 10)
MARCH = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


def laid_out(first: date, due=(), meetings=()):
    return month_view(first, DAY, due=due, meetings=meetings, free=lambda day: "")


@pytest.mark.parametrize("first", [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 2, 1)])
def test_a_month_is_whole_weeks_from_monday_with_each_of_its_days_once(first):
    month = laid_out(first)
    assert all(len(week) == 7 and week[0].date.weekday() == 0 for week in month.weeks)
    assert [one.date.day for one in month.days] == list(range(1, month.last.day + 1))


def test_what_is_handed_in_stands_on_its_day_and_what_is_not_is_counted():
    row = SimpleNamespace()
    month = laid_out(MARCH, due=[(date(2026, 3, 5), row, 8)], meetings=[(date(2026, 3, 5), row)])
    (day,) = [one for one in month.days if not one.is_empty]
    assert (day.date.day, day.due, day.meetings, day.more) == (5, [row], [row], 7)


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "maart", "0001-01", "9999-12", "2026-03-01"])
def test_a_month_that_makes_no_sense_is_the_one_of_today(text):
    assert read_month(text, DAY) == date(2026, 4, 1)


def test_the_last_months_have_nothing_beyond_them():
    assert laid_out(date(1980, 1, 1)).before is None
    assert laid_out(date(2199, 12, 1)).after is None
    assert (laid_out(MARCH).before, laid_out(MARCH).after) == (date(2026, 2, 1), date(2026, 4, 1))


def test_recess_and_holidays_are_told_by_their_usual_names():
    free = free_days(calendars.load(), answers.load().oral, [2025, 2026])
    assert free(date(2026, 4, 6)) == "paasmaandag"
    assert free(date(2026, 8, 3)) == "zomerreces"
    assert free(date(2026, 1, 1)) == "nieuwjaar"
    assert free(date(2026, 3, 11)) == ""


def shown(client, **query):
    return client.get(reverse("calendar"), query).context["month"]


def days(month) -> dict[int, list]:
    return {one.date.day: one.due for one in month.days if one.due}


@pytest.mark.django_db
def test_promises_stand_on_their_last_day_and_those_without_one_on_the_day_to_ask(client):
    dated = rows.commitment(due_end=date(2026, 3, 31))
    asked = rows.commitment(due_start=None, due_end=None, check_on=date(2026, 3, 9))
    rows.commitment(due_end=date(2026, 3, 31), status=Commitment.Status.DROPPED)
    rows.commitment(due_end=date(2026, 4, 1))
    assert days(shown(client, maand="2026-03")) == {9: [asked], 31: [dated]}


@pytest.mark.django_db
def test_of_a_full_day_a_few_are_shown_and_the_others_are_one_click_away(client, monkeypatch):
    monkeypatch.setattr(calendar_views, "A_DAY", 2)
    for _ in range(5):
        rows.commitment(due_end=date(2026, 3, 31))
    month = shown(client, maand="2026-03")
    assert (len(month.days[30].due), month.days[30].more) == (2, 3)
    text = client.get(reverse("calendar"), {"maand": "2026-03"}).content.decode()
    address = f"{reverse('commitments')}?due_from=2026-03-31&amp;due_until=2026-03-31"
    assert address in text
    assert client.get(address.replace("&amp;", "&")).context["page"].total == 5


@pytest.mark.django_db
def test_the_meetings_of_the_month_are_told_with_their_report_where_there_is_one(client):
    made = rows.commitment(due_end=date(2026, 3, 31))
    paper = made.statements.get().speech.item.document
    Meeting.objects.filter(pk=paper.meeting_id).update(date=date(2026, 3, 10), committee="Commissie voor Wonen")
    Meeting.objects.create(date=date(2026, 3, 18), committee="")
    text = client.get(reverse("calendar"), {"maand": "2026-03"}).content.decode()
    assert reverse("document", args=[paper.uid]) in text
    assert "Plenary sitting" in text
    narrowed = shown(client, maand="2026-03", committee="Commissie voor Wonen")
    assert [one.date.day for one in narrowed.days if one.meetings] == [10]


@pytest.mark.django_db
def test_who_may_draft_a_question_may_ask_at_the_next_meeting_of_the_committee(client, login):
    made = rows.commitment(due_end=date(2026, 4, 30))
    paper = made.statements.get().speech.item.document
    Meeting.objects.filter(pk=paper.meeting_id).update(committee="Commissie voor Wonen")
    address = f"{reverse('question', args=[made.uid])}?form=oral"
    assert address not in client.get(reverse("calendar")).content.decode()
    login("reader", "view_commitment")
    assert "Ask it at the next meeting" in client.get(reverse("calendar")).content.decode()
    Meeting.objects.create(date=date(2026, 4, 21), committee="Commissie voor Wonen")
    text = client.get(reverse("calendar")).content.decode()
    assert address in text
    assert "Ask it on 21 April" in text


@pytest.mark.django_db
def test_what_was_asked_already_is_not_to_be_asked_again_before_its_term(client, login):
    made = rows.commitment(due_end=date(2026, 4, 30), asked_on=date(2026, 4, 1), waiting_until=date(2026, 5, 1))
    Asking.objects.create(
        commitment=made, kind="written", filed_on=date(2026, 4, 1), waiting_until=date(2026, 5, 1), text="?"
    )
    login("reader", "view_commitment")
    assert reverse("question", args=[made.uid]) not in client.get(reverse("calendar")).content.decode()


@pytest.mark.django_db
def test_the_calendar_is_narrowed_to_a_minister_or_to_ones_own_watch_list(client, django_user_model):
    mine = rows.commitment(due_end=date(2026, 4, 30))
    rows.commitment(turn=rows.speech(person=rows.person("Jan Peeters")), quote=rows.NEXT, due_end=date(2026, 4, 30))
    assert days(shown(client, minister=str(mine.person.uid))) == {30: [mine]}
    user = django_user_model.objects.create_user("an")
    Watch.objects.create(user=user, commitment=mine)
    assert len(days(shown(client, van="volglijst"))[30]) == 2
    client.force_login(user)
    assert days(shown(client, van="volglijst")) == {30: [mine]}
