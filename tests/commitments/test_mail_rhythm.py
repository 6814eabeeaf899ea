"""Who is due a mail at which moment, by the clock on the wall in Brussels."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from commitments.models import Digest, Event, Subscription
from commitments.services import digest, digest_claims, digest_cleaning
from tests import rows
from tests.commitments.counting import queries
from tracker.clock import moment, noon_of

pytestmark = pytest.mark.django_db

BRUSSELS = ZoneInfo("Europe/Brussels")
UTC = ZoneInfo("UTC")


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BRUSSELS)


def choose(subscription: Subscription, **chosen) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(**chosen)


def due(moment: datetime) -> list[str]:
    return [str(one.period) for one in Subscription.objects.due(moment)]


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2026-04-09T16:59", []),  # a Thursday; the catch-up for the Thursday before is over
        ("2026-04-09T17:00", ["2026-04-06"]),
        ("2026-04-12T23:00", ["2026-04-06"]),
        ("2026-04-14T09:00", ["2026-04-06"]),  # made up for in the next week, under the name of its own
        ("2026-04-16T04:59", ["2026-04-06"]),
        ("2026-04-16T05:00", []),
        ("2026-04-16T17:00", ["2026-04-13"]),
    ],
)
def test_a_weekly_mail_comes_on_its_day_and_hour_and_is_made_up_for_until_shortly_before_the_next(
    subscription, moment, period
):
    choose(subscription, weekday=3, hour=17)
    assert due(at(moment)) == period


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2026-04-11T21:59", []),
        ("2026-04-11T22:00", ["2026-04-11"]),
        ("2026-04-12T01:00", ["2026-04-11"]),
        ("2026-04-12T17:59", ["2026-04-11"]),
        ("2026-04-12T18:00", []),
        ("2026-04-12T22:30", ["2026-04-12"]),
    ],
)
@pytest.mark.parametrize("rhythm", ["daily", "changes"])
def test_a_daily_mail_comes_at_its_hour_also_over_midnight(subscription, moment, period, rhythm):
    choose(subscription, rhythm=rhythm, hour=22)
    assert due(at(moment)) == period


def test_an_hour_that_summer_time_skips_is_past_when_the_next_one_strikes(subscription):
    choose(subscription, rhythm="daily", hour=2)
    night = datetime(2026, 3, 29, 0, 59, tzinfo=UTC).astimezone(BRUSSELS)
    assert (night.hour, due(night)) == (1, [])
    after = (night.astimezone(UTC) + timedelta(minutes=1)).astimezone(BRUSSELS)
    assert (after.hour, due(after)) == (3, ["2026-03-29"])


def test_an_hour_that_comes_twice_in_autumn_sends_once(subscription, mailoutbox):
    choose(subscription, rhythm="daily", hour=2)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC).astimezone(BRUSSELS)
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC).astimezone(BRUSSELS)
    assert first.hour == second.hour == 2
    assert digest.send_due(moment=first).sent == 1
    assert digest.send_due(moment=second).already == 1
    assert len(mailoutbox) == 1


def test_every_hour_of_half_a_year_it_is_asked_and_each_week_has_one_mail(subscription, mailoutbox):
    choose(subscription, weekday=6, hour=3, also_when_nothing=True)
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    while moment < datetime(2026, 6, 29, tzinfo=UTC):
        digest.send_due(moment=moment.astimezone(BRUSSELS))
        moment += timedelta(hours=11)
    periods = [one.period for one in Digest.objects.order_by("period")]
    assert periods == [date(2025, 12, 29) + timedelta(days=7 * week) for week in range(26)]
    assert len(mailoutbox) == 26


def test_who_chooses_another_weekday_gets_no_second_mail_in_the_week(subscription, mailoutbox):
    assert digest.send_due(moment=noon_of(date(2026, 4, 6))).sent == 1
    choose(subscription, weekday=4)
    assert digest.send_due(moment=noon_of(date(2026, 4, 10))).sent == 0
    assert digest.send_due(moment=noon_of(date(2026, 4, 17))).sent == 1
    assert len(mailoutbox) == 2


def test_only_when_something_changed_there_is_a_mail_and_it_is_not_looked_for_again_that_day(subscription, mailoutbox):
    choose(subscription, rhythm="changes")
    monday = date(2026, 4, 6)
    assert digest.send_due(moment=noon_of(monday)).sent == 0
    assert Digest.objects.get().nothing
    rows.commitment(title="Het rapport", due_end=date(2026, 4, 5))
    assert digest.send_due(moment=noon_of(monday)).sent == 0
    assert digest.send_due(moment=noon_of(monday + timedelta(days=1))).sent == 1
    assert digest.send_due(moment=noon_of(monday + timedelta(days=2))).sent == 0  # still late, and that is no news
    assert len(mailoutbox) == 1


def test_who_wants_none_without_anything_to_tell_gets_none(subscription, mailoutbox):
    choose(subscription, also_when_nothing=False)
    assert digest.send_due(moment=noon_of(date(2026, 4, 6))).sent == 0
    rows.commitment(due_end=date(2026, 4, 5))
    assert digest.send_due(moment=noon_of(date(2026, 4, 13))).sent == 1
    assert digest.send_due(moment=noon_of(date(2026, 4, 20))).sent == 1  # nothing new, but something still late


def test_a_rhythm_changed_between_claim_and_sending_leaves_the_old_claim(subscription, mailoutbox):
    moment = noon_of(date(2026, 4, 6))
    digest_claims.claim(due=Subscription.objects.due(moment), day=moment.date())
    choose(subscription, rhythm="daily")
    digest.send_due(moment=moment)
    assert [one.rhythm for one in Digest.objects.sent()] == ["daily"]
    assert len(mailoutbox) == 1


def test_the_claims_of_before_there_were_rhythms_count(subscription, mailoutbox):
    Digest.objects.create(subscription=subscription, period=date(2026, 4, 6))
    assert due(noon_of(date(2026, 4, 8))) == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(subscription=subscription, period=date(2026, 4, 6), rhythm="weekly")
    Digest.objects.create(subscription=subscription, period=date(2026, 4, 6), rhythm="daily")


def test_what_was_told_before_mails_carried_it_on_is_not_told_again(subscription, mailoutbox):
    made = rows.commitment(title="Het rapport", due_end=date(2026, 3, 20))
    digest.note_overdue(day=date(2026, 3, 30))
    told = list(Event.objects.filter(kind="became_overdue", commitment=made).values_list("pk", flat=True))
    for week, events in ((date(2026, 3, 23), told), (date(2026, 3, 30), [])):
        Digest.objects.create(subscription=subscription, period=week, items={"events": events}, sent_at=noon_of(week))
    digest.send_due(moment=noon_of(date(2026, 4, 6)))
    assert "NEWLY PAST" not in mailoutbox[0].body
    assert "STILL PAST" in mailoutbox[0].body


def test_what_was_told_is_carried_on_from_mail_to_mail(subscription, mailoutbox):
    rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    for week in range(4):
        digest.send_due(moment=noon_of(date(2026, 4, 6) + timedelta(days=7 * week)))
        Digest.objects.filter(period__lt=date(2026, 4, 6) + timedelta(days=7 * week)).delete()
    assert ["NEWLY PAST" in one.body for one in mailoutbox] == [True, False, False, False]


@pytest.mark.parametrize("wrong", [{"hour": 24}, {"weekday": 7}])
def test_an_hour_that_no_week_has_is_refused(subscription, wrong):
    for name, value in wrong.items():
        setattr(subscription, name, value)
    with pytest.raises(ValidationError):
        subscription.full_clean()


def test_claims_take_as_many_queries_for_hundreds_as_for_two(office_of_many, monkeypatch):
    moment = noon_of(date(2026, 4, 6))
    office_of_many(2)
    with queries() as few:
        digest_claims.claim(due=Subscription.objects.due(moment), day=moment.date())
    office_of_many(60)  # SQLite writes no more of such rows at once than some eighty
    with queries() as many:
        digest_claims.claim(due=Subscription.objects.due(moment), day=moment.date())
    assert len(many) == len(few)
    monkeypatch.setattr(digest_claims, "AT_ONCE", 100)
    office_of_many(300)
    with queries() as more:
        digest_claims.claim(due=Subscription.objects.due(moment), day=moment.date())
    assert len(more) - len(many) <= 3 * 8
    assert Digest.objects.count() == 362


@pytest.fixture
def office_of_many(db):
    """Make subscribers with topics of every kind, who watch and have put off what there is."""
    from commitments.models import Membership, Tag, Team
    from commitments.services import offices

    boss = User.objects.create_superuser("superuser")
    day = date(2026, 4, 1)
    team = offices.found_team(name="Fractie", actor=boss, day=day)
    offices.set_member(team=team, user=boss, role=Membership.Role.MANAGER, actor=boss, day=day)
    late, other = rows.commitment(due_end=date(2026, 3, 31)), rows.commitment(due_end=date(2026, 3, 30))
    label = offices.make_tag(team=team, name="wonen", actor=boss, day=day)
    offices.mark(team=team, commitment=late, actor=boss, day=day, tags=[label], watched=True)
    offices.add_note(team=team, commitment=late, text="Vraag het na.", actor=boss, day=day)
    assert isinstance(team, Team)
    assert isinstance(label, Tag)

    def make(number: int) -> None:
        for _ in range(number):
            user = User.objects.create(username=f"lid{User.objects.count()}", email="lid@example.org")
            Membership.objects.create(team=team, user=user)
            mine = Subscription.objects.create(user=user, everything=False)
            mine.topics.create(kind="label", label=label)
            mine.topics.create(kind="words", words=f"rapport {user.pk}")
            mine.topics.create(kind="minister", person=rows.person())
            mine.topics.create(kind="watch_list")
            offices.put_off_alone(commitment=other, user=user, until=date(2026, 5, 1))

    return make


def test_that_there_was_nothing_to_tell_is_kept_for_three_months_and_what_was_sent_for_good(subscription, monkeypatch):
    for days, nothing in ((93, True), (94, True), (95, True), (91, True), (93, False)):
        made = Digest.objects.create(
            subscription=subscription,
            rhythm="changes" if nothing else "weekly",
            period=date(2026, 4, 6) - timedelta(days),
            nothing=nothing,
            state="waiting" if nothing else "sent",
        )
        Digest.objects.filter(pk=made.pk).update(claimed_at=moment() - timedelta(days=days))
    monkeypatch.setattr(digest_cleaning, "AT_ONCE", 2)
    assert digest_cleaning.clean() == 3
    assert sorted(Digest.objects.values_list("nothing", flat=True)) == [False, True]
    assert digest_cleaning.clean() == 0


def test_it_is_removed_a_few_rows_in_a_statement_and_not_endlessly_in_one_run(subscription, monkeypatch):
    for day in range(7):
        Digest.objects.create(subscription=subscription, period=date(2025, 1, 1) + timedelta(day), nothing=True)
    Digest.objects.update(claimed_at=moment() - digest_cleaning.KEPT - timedelta(days=1))
    monkeypatch.setattr(digest_cleaning, "AT_ONCE", 2)
    monkeypatch.setattr(digest_cleaning, "MOST", 4)
    assert digest_cleaning.clean() == 4
    call_command("run_periodic")
    assert not Digest.objects.filter(period__year=2025).exists()
