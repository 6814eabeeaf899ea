"""What a subscription is about, and what stands in which block of the mail."""

from datetime import date, timedelta

import pytest

from commitments.models import Commitment, Event, Membership, Statement, Subscription, Topic
from commitments.services import asking, digest, digest_claims, offices, tracking
from commitments.services.subscribing import About, choose
from tests import rows
from tests.commitments.offices import world
from tests.commitments.test_digest import block
from tracker.clock import noon_of
from transcripts.models import Mandate, Meeting

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 4, 6)
WEEK = timedelta(days=7)


def send(day: date = MONDAY) -> None:
    digest.send_due(moment=noon_of(day))


def promise(title: str, person: str = "Els Vanrode", committee: str = "", asker: str = "", **fields) -> Commitment:
    """A promise past its date, made in a committee in answer to somebody."""
    paper = rows.document()
    paper.meeting.committee = committee or paper.meeting.committee
    paper.meeting.save()
    item = rows.item(paper)
    if asker:
        item.questions.update(asker=rows.person(asker))
    turn = rows.speech(item, person=rows.person(person))
    return rows.commitment(turn=turn, title=title, **({"due_end": date(2026, 3, 31)} | fields))


def about(subscription: Subscription, *topics: About) -> None:
    choose(user=subscription.user, topics=topics, everything=False)


def told(subscription: Subscription) -> set[str]:
    items, _ = digest_claims.would_tell(subscription=subscription, day=MONDAY)
    pks = items["newly_overdue"] + items["still_overdue"]
    return set(Commitment.objects.filter(pk__in=pks).values_list("title", flat=True))


@pytest.fixture
def four() -> None:
    promise("rapport", "Els Vanrode", "Commissie voor Wonen")
    promise("brug", "Jan Boels", "Commissie voor Mobiliteit", asker="Karim Daems")
    jan = Mandate.objects.create(
        person=rows.person("Jan Boels"),
        title="Vlaams minister",
        portfolio="Mobiliteit en Havens",
        start=date(2024, 9, 30),
    )
    Commitment.objects.filter(title="brug").update(mandate=jan)
    before = Mandate.objects.create(
        person=rows.person("Oud Lid"), title="m", portfolio="Havens", start=date(2019, 10, 2), end=date(2024, 9, 29)
    )
    promise("kaai", "Oud Lid", "Commissie voor Mobiliteit", mandate=before)
    promise("plan voor de zwembaden", "Els Vanrode", "Commissie voor Sport")


@pytest.mark.parametrize(
    ("topic", "found"),
    [
        (
            lambda: About(Topic.Kind.MINISTER, person=rows.person("Els Vanrode").pk),
            {"rapport", "plan voor de zwembaden"},
        ),
        (
            lambda: About(Topic.Kind.MINISTER, person=rows.person("Jan Boels").pk),
            {"brug", "kaai"},
        ),  # with the portfolio
        (lambda: About(Topic.Kind.PORTFOLIO, words="Havens en Toerisme"), {"brug", "kaai"}),
        (lambda: About(Topic.Kind.COMMITTEE, words="Commissie voor Wonen"), {"rapport"}),
        (lambda: About(Topic.Kind.MEMBER, person=rows.person("Karim Daems").pk), {"brug"}),
        (lambda: About(Topic.Kind.WORDS, words="ZWEMBADEN plan"), {"plan voor de zwembaden"}),
        (lambda: About(Topic.Kind.WORDS, words="zwembaden onvindbaar"), set()),
    ],
)
def test_a_subscription_is_about_what_was_chosen(four, subscription, topic, found):
    about(subscription, topic())
    assert told(subscription) == found


def test_several_topics_add_up_and_none_is_nothing(four, subscription):
    about(
        subscription, About(Topic.Kind.WORDS, words="brug"), About(Topic.Kind.COMMITTEE, words="Commissie voor Wonen")
    )
    assert told(subscription) == {"brug", "rapport"}
    about(subscription)
    assert told(subscription) == set()
    choose(user=subscription.user, topics=(), everything=True)
    assert len(told(subscription)) == 4


def test_the_member_to_whom_it_was_promised_or_who_asked_since_counts(subscription, colleague):
    made = promise("rapport")
    karim = rows.person("Karim Daems")
    about(subscription, About(Topic.Kind.MEMBER, person=karim.pk))
    assert told(subscription) == set()
    Statement.objects.filter(commitment=made).update(addressee=karim)
    assert told(subscription) == {"rapport"}


def test_a_label_counts_for_who_is_of_the_office_and_for_nobody_who_left():
    office = world().keep()
    Commitment.objects.update(due_end=date(2026, 3, 31))
    reader = office.users["a_reader"]
    mine = choose(user=reader, topics=[About(Topic.Kind.LABEL, label=office.label.pk)], everything=False)
    assert told(mine) == {"Rapport bezorgen"}
    Membership.objects.filter(user=reader).delete()
    assert told(mine) == set()


def test_the_watch_list_is_one_s_own_and_that_of_the_office():
    office = world().keep()
    Commitment.objects.update(due_end=date(2026, 3, 31))
    alone = promise("alleen van mij")
    reader = office.users["a_reader"]
    offices.watch_alone(commitment=alone, user=reader, watched=True)
    mine = choose(user=reader, topics=[About(Topic.Kind.WATCH_LIST)], everything=False)
    assert told(mine) == {"alleen van mij", "Rapport bezorgen"}
    other = choose(user=office.users["stranger"], topics=[About(Topic.Kind.WATCH_LIST)], everything=False)
    assert told(other) == set()


def test_due_by_the_next_meeting_of_the_committee_else_of_the_plenary(subscription, mailoutbox):
    Meeting.objects.create(date=date(2026, 4, 22), committee="Commissie voor Wonen")
    Meeting.objects.create(date=date(2026, 4, 9), committee="")
    promise("wonen op tijd", committee="Commissie voor Wonen", due_end=date(2026, 4, 22))
    promise("wonen nadien", committee="Commissie voor Wonen", due_end=date(2026, 4, 23))
    promise("sport plenair", committee="Commissie voor Sport", due_end=date(2026, 4, 9))
    promise("sport nadien", committee="Commissie voor Sport", due_end=date(2026, 4, 10))
    send()
    found = block(mailoutbox[0].body, "Due by the next meeting")
    assert "wonen op tijd" in found
    assert "next meeting on 22 April 2026" in found
    assert "sport plenair" in found
    assert "wonen nadien" not in found
    assert "sport nadien" not in found


def test_without_a_meeting_in_sight_it_is_what_is_due_soon(subscription, mailoutbox, settings):
    settings.DUE_SOON_DAYS = 14
    promise("binnenkort", due_end=MONDAY + timedelta(days=14))
    promise("verder", due_end=MONDAY + timedelta(days=15))
    send()
    found = block(mailoutbox[0].body, "Due by the next meeting")
    assert "binnenkort" in found
    assert "verder" not in found
    assert "next meeting on" not in found


def test_what_was_answered_moved_or_closed_is_told_once_with_what_it_was(subscription, reviewer, mailoutbox):
    send()
    made, other = promise("rapport", due_end=date(2026, 9, 1)), promise("brug", due_end=date(2026, 9, 1))
    filed = asking.file_question(commitment=made, actor=reviewer, day=MONDAY)
    asking.answered(asking=filed, actor=reviewer, day=MONDAY + timedelta(days=2))
    later = rows.item(rows.document(day=MONDAY))
    tracking.add_follow_up(
        commitment=other,
        actor=reviewer,
        day=MONDAY,
        item=later,
        kind="postponed",
        deadline=tracking.Deadline("", date(2026, 12, 1), date(2026, 12, 31)),
    )
    send(MONDAY + WEEK)
    send(MONDAY + 2 * WEEK)
    _, second, third = mailoutbox
    found = block(second.body, "Answered or moved since the last mail")
    assert "question answered" in found
    assert "deadline moved" in found
    assert "31 December 2026" in found
    assert "ANSWERED OR MOVED" not in third.body


def test_what_was_undone_is_no_news(subscription, reviewer, mailoutbox):
    send()
    made = promise("rapport", due_end=date(2026, 9, 1))
    filed = asking.file_question(commitment=made, actor=reviewer, day=MONDAY)
    asking.answered(asking=filed, actor=reviewer, day=MONDAY)
    event = Event.objects.get(kind="answered")
    Event.objects.create(kind="undone", day=MONDAY, commitment=made, undoes=event)
    send(MONDAY + WEEK)
    assert "ANSWERED OR MOVED" not in mailoutbox[1].body


def test_the_day_of_a_condition_and_silence_are_told_once(subscription, mailoutbox):
    promise("onder voorwaarde", due_end=date(2026, 12, 31), condition="als het advies er is", condition_on=MONDAY)
    promise("stil", due_end=date(2026, 12, 31), said_on=date(2025, 6, 1))
    Statement.objects.filter(commitment__title="stil").update(said_on=date(2025, 6, 1))
    send()
    send(MONDAY + WEEK)
    first, second = (one.body for one in mailoutbox)
    assert "onder voorwaarde" in block(first, "The day of its condition has come")
    assert "stil" in block(first, "Nothing heard for long")
    assert "onder voorwaarde" not in second
    assert "stil" not in second


def test_what_was_put_off_stays_out_until_its_day_and_is_counted(subscription, mailoutbox):
    made = promise("rapport")
    offices.put_off_alone(commitment=made, user=subscription.user, until=MONDAY + WEEK)
    send()
    send(MONDAY + WEEK)
    first, second = (one.body for one in mailoutbox)
    assert "/toezeggingen/" not in first
    assert "1 promise is not listed, because you put its reminder off." in first
    assert "rapport" in block(second, "Newly past their date")
    assert "put its reminder off" not in second


def test_what_is_still_late_is_folded(subscription, mailoutbox):
    for number in range(8):
        promise(f"rapport {number}")
    send()
    send(MONDAY + WEEK)
    body, html = mailoutbox[1].body, mailoutbox[1].alternatives[0][0]
    assert "8 promises that you were told of before." in body
    assert body.count("/toezeggingen/") == 5
    assert "and 3 more" in body
    assert html.count("<details") == 1
    assert html.count("/toezeggingen/") == 8


def test_each_line_has_the_words_who_when_and_how_late(subscription, mailoutbox):
    made = promise("Rapport aan het parlement", due_text="tegen eind maart")
    send()
    for body in (mailoutbox[0].body, mailoutbox[0].alternatives[0][0]):
        for words in (
            made.title,
            f"“{rows.PROMISE}”",
            "Els Vanrode",
            "20 January 2026",
            "tegen eind maart",
            "31 March 2026",
            "6 days past its date",
        ):
            assert words in body


def test_a_label_of_another_office_cannot_be_chosen():
    from commitments.services.errors import RoleError

    office = world().keep()
    with pytest.raises(RoleError):
        choose(user=office.users["b_manager"], topics=[About(Topic.Kind.LABEL, label=office.label.pk)])
    assert not Subscription.objects.filter(user=office.users["b_manager"]).exists()
    assert (
        choose(user=office.users["a_reader"], topics=[About(Topic.Kind.LABEL, label=office.label.pk)]).topics.count()
        == 1
    )
