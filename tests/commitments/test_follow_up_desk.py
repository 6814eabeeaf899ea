"""The desk for follow-ups: its queue and filters, one decision for one request, and what is told to the second."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Event, FollowUp
from commitments.services import tracking
from tests import rows
from tests.commitments.desks import FETCHED, Desk, version_of
from transcripts.models import Mandate, Speech

pytestmark = pytest.mark.django_db
_desk = Desk("commitments_followup", FollowUp, "follow_up")
DESK, decide, take_back, shown, queue_of = _desk.address, _desk.decide, _desk.take_back, _desk.shown, _desk.queue_of
DAY = date(2026, 7, 10)
VERBS = {
    "confirm": {},
    "dismiss": {"choice": "same-subject"},
    "correct": {"kind": "postponed", "due_text": "eind 2027"},
    "close": {"status": "fulfilled", "on": "2026-04-20", "evidence": "Verslag, p. 3"},
}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def judge(login):
    login("an", "view_followup", "change_followup")


def waiting(number: int) -> list[FollowUp]:
    """Proposed follow-ups of as many promises, each in an item of one later report."""
    later = rows.document("Later verslag", rows.SAID_ON + timedelta(days=90))
    return [rows.proposed(rows.commitment(), rows.item(later)) for _ in range(number)]


def test_the_promise_stands_beside_the_later_words_with_score_reasons_and_the_date_that_was_read(client, judge):
    made = rows.commitment()
    rows.proposed(made)
    text = client.get(DESK).content.decode()
    assert f"<mark>{rows.PROMISE}</mark>" in text
    assert rows.BEFORE.strip() in text
    assert f"<mark>{rows.LATER}</mark>" in text
    assert "Waar blijft het?" in text
    assert "Het komt later dan beloofd." in text
    assert "Confidence 0.80" in text
    assert "pas eind 2026" in text
    assert "days past its date" in text
    assert "1 of 1" in text


def test_words_of_a_member_stand_before_the_answer(client, judge):
    made = rows.commitment()
    at = rows.item(rows.document(day=rows.SAID_ON + timedelta(days=90)))
    asked = "U beloofde een rapport."
    turn = rows.speech(at, asked, person=rows.person("Karim Daems"), capacity=Speech.Capacities.MEMBER)
    rows.speech(at, "Het rapport is nog niet klaar.")
    FollowUp.objects.create(commitment=made, item=at, speech=turn, start=0, end=len(asked), quote=asked, score=0.6)
    beside = client.get(DESK).context["beside"]
    assert (beside["text"], beside["comes_first"]) == ("Het rapport is nog niet klaar.", False)


def test_words_that_lost_their_place_are_shown_alone(client, judge):
    (one,) = waiting(1)
    Speech.objects.filter(pk=one.speech_id).update(text="Een andere tekst.")
    text = client.get(DESK).content.decode()
    assert f"<mark>{rows.LATER}</mark>" in text
    assert "Een andere tekst" not in text


def test_one_without_a_turn_is_shown_by_its_item(client, judge):
    one = rows.follow_up(rows.commitment(), score=0.5)
    assert one.item.title in client.get(DESK).content.decode()


def test_the_queue_goes_document_by_document_by_certainty_or_by_promise(client, judge):
    one, other = waiting(2), waiting(2)
    FollowUp.objects.filter(pk=other[1].pk).update(score=0.95, certainty="certain")
    FollowUp.objects.filter(pk=one[0].pk).update(score=0.9, certainty="probable")
    FollowUp.objects.filter(pk=one[1].pk).update(commitment=other[0].commitment)
    assert queue_of(client) == [one.pk for one in (*other, *one)]
    assert queue_of(client, order="sure") == [other[1].pk, one[0].pk, one[1].pk, other[0].pk]
    assert queue_of(client, order="commitment")[1:3] == [one[1].pk, other[0].pk]


def test_the_queue_is_filtered_by_whom_where_what_and_how_sure(client, judge):
    (other,) = waiting(1)
    meeting = other.item.document.meeting
    meeting.committee = "Commissie voor Sport"
    meeting.save()
    said_by = rows.person("Wim Ander")
    other.commitment.person = said_by
    other.commitment.save()
    Mandate.objects.create(person=said_by, title="minister", portfolio="Sport", start=date(2025, 1, 1))
    FollowUp.objects.filter(pk=other.pk).update(kind="done", certainty="certain")
    waiting(2)
    for filters in (
        {"person": said_by.pk},
        {"portfolio": "Sport"},
        {"committee": "Commissie voor Sport"},
        {"document": other.item.document.uid},
        {"kind": "done"},
        {"certainty": "certain"},
        {"commitment": other.commitment.uid},
    ):
        assert queue_of(client, **filters) == [other.pk], filters
    assert len(queue_of(client)) == 3


def test_a_filter_that_makes_no_sense_is_said_so_and_does_not_filter(client, judge):
    waiting(2)
    answer = client.get(DESK, {"kind": "ooit", "commitment": "x", "at": "1" * 30})
    assert answer.context["spot"].total == 2
    assert "Select a valid choice" in answer.content.decode()


@pytest.mark.parametrize("verb", VERBS)
def test_a_decision_answers_with_the_next_one_and_leaves_one_decision(client, judge, verb):
    first, second = waiting(2)
    answer = decide(client, first, verb, **VERBS[verb])
    assert shown(answer) == second
    first.refresh_from_db()
    assert first.state == ("dismissed" if verb == "dismiss" else "confirmed")
    assert Event.objects.filter(restores__isnull=False).count() == 1


def test_without_scripts_a_decision_leads_to_the_next_one_with_the_filters_kept(client, judge):
    first, second = waiting(2)
    address = reverse("admin:commitments_followup_decide", args=[first.pk, "confirm"])
    answer = client.post(f"{address}?kind=postponed", {"seen": version_of(first)})
    assert answer["Location"] == f"{DESK}?kind=postponed&at={second.pk}"
    assert "The deadline of the promise is now: December 2026." in client.get(answer["Location"]).content.decode()


def test_words_of_a_new_deadline_are_read_against_the_day_of_the_item(client, judge):
    first, _ = waiting(2)
    decide(client, first, "correct", kind="postponed", due_text="eind dit jaar")
    first.refresh_from_db()
    first.commitment.refresh_from_db()
    assert first.commitment.due_end == first.due_end == date(2026, 12, 31)
    assert (first.due_text, first.corrected) == ("eind dit jaar", True)


def test_closing_offers_the_allowed_moves_with_the_evidence_filled_in(client, judge):
    (one,) = waiting(1)
    form = client.get(DESK).context["close_form"]
    assert [value for value, _ in form.fields["status"].choices] == ["fulfilled", "partly"]
    assert form.initial["on"] == one.item.document.date
    assert f"/documenten/{one.item.document.uid}/#t-{one.speech.uid}" in form.initial["evidence"]
    decide(client, one, "close", status="fulfilled", on="2026-04-20", evidence=form.initial["evidence"])
    one.commitment.refresh_from_db()
    assert (one.commitment.status, one.commitment.evidence) == ("fulfilled", form.initial["evidence"])
    assert client.get(DESK, {"at": rows.proposed(one.commitment).pk}).context["close_form"] is None


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("dismiss", {}, "Choose a reason, or write one."),
        ("correct", {"kind": "postponed", "due_text": "xyzzy"}, "No date can be read"),
        ("correct", {"kind": "ooit"}, "Select a valid choice"),
        ("close", {"status": "fulfilled"}, "This field is required"),
        ("close", {"status": "fulfilled", "evidence": "x", "on": "2027-01-01"}, "still to come"),
    ],
)
def test_what_cannot_be_done_is_asked_again_with_the_same_form_open(client, judge, verb, given, sentence):
    first, _ = waiting(2)
    answer = decide(client, first, verb, **given)
    assert shown(answer) == first
    assert answer.context["open"] == verb
    assert sentence in answer.content.decode()
    assert not Event.objects.filter(follow_up__isnull=False).exists()


@pytest.mark.parametrize("verb", VERBS)
def test_the_second_of_two_is_told_who_did_what_and_overwrites_nothing(client, judge, django_user_model, verb):
    bo = django_user_model.objects.create_user("bo")
    first, _ = waiting(2)
    seen = version_of(first)
    tracking.dismiss_follow_up(follow_up=first, actor=bo, day=DAY, reason="twice")
    before = FollowUp.objects.values().get(pk=first.pk), Event.objects.count()
    answer = decide(client, first, verb, seen=seen, **VERBS[verb])
    assert shown(answer) == first
    assert "bo was first: follow-up judged (dismissed)." in answer.content.decode()
    assert (FollowUp.objects.values().get(pk=first.pk), Event.objects.count()) == before


def test_a_commitment_that_was_closed_meanwhile_is_told_and_nothing_is_confirmed(client, judge, django_user_model):
    first, _ = waiting(2)
    bo = django_user_model.objects.create_user("bo")
    tracking.change_status(commitment=first.commitment, actor=bo, day=DAY, status="dropped", evidence="Verslag")
    answer = decide(client, first, "close", **VERBS["close"])
    assert "closed already" in answer.content.decode()
    first.refresh_from_db()
    assert first.state == "proposed"


def test_a_decision_on_what_is_no_longer_there_is_told(client, judge):
    first, second = waiting(2)
    address = reverse("admin:commitments_followup_decide", args=[first.pk, "confirm"])
    FollowUp.objects.filter(pk=first.pk).delete()
    answer = client.post(address, {"seen": 0}, headers=FETCHED)
    assert shown(answer) == second
    assert "no longer there" in answer.content.decode()


def test_the_last_decision_is_undone_and_its_follow_up_shown_again(client, judge):
    first, _ = waiting(2)
    decide(client, first, "close", **VERBS["close"])
    answer = take_back(client)
    assert shown(answer) == first
    assert answer.context["follow_up"].state == "proposed"
    assert answer.context["commitment"].status == "open"
    assert answer.context["undoable"] is None


def test_a_judged_one_is_put_back_whoever_judged_it(client, judge, django_user_model):
    first, _ = waiting(2)
    tracking.confirm_follow_up(follow_up=first, actor=django_user_model.objects.create_user("bo"), day=DAY)
    answer = decide(client, first, "reopen")
    assert shown(answer) == first
    assert answer.context["follow_up"].state == "proposed"
    assert answer.context["commitment"].due_end == date(2026, 3, 31)
    assert 'data-key="c"' in answer.content.decode()


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_desk_asks_as_often_for_thirty_follow_ups_as_for_one(client, judge):
    waiting(1)
    few = questions(client, DESK)
    waiting(14)
    waiting(15)
    assert questions(client, DESK) == few


@pytest.mark.parametrize("verb", [*VERBS, "reopen"])
def test_a_decision_is_one_request_with_as_many_questions_for_thirty_as_for_two(client, judge, verb):
    def cost() -> int:
        first = FollowUp.objects.filter(state="proposed", reviewed_at=None).order_by("pk").first()
        if verb == "reopen":
            decide(client, first, "confirm")
        seen = version_of(first)
        with CaptureQueriesContext(connection) as queries:
            answer = decide(client, first, verb, seen=seen, **VERBS.get(verb, {}))
        assert shown(answer) is not None
        assert "errorlist" not in answer.content.decode()
        return len(queries)

    waiting(4)
    cost()  # what Django looks up once per process is looked up here
    few = cost()
    waiting(30)
    assert cost() == few
