"""The desk: the queue and its filters, one decision for one request, and who may do what."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Commitment, Event, Statement
from commitments.services import review
from tests import rows
from tests.commitments.desks import FETCHED, Desk, version_of
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db
_desk = Desk("commitments_statement", Statement, "statement")
DESK, decide, take_back, shown, queue_of = _desk.address, _desk.decide, _desk.take_back, _desk.shown, _desk.queue_of
DAY = date(2026, 4, 10)
SPLIT = {"first": "Ik zal het rapport", "second": "aan het parlement bezorgen"}
VERBS = {
    "accept": {},
    "reject": {"choice": "fact"},
    "edit": {"title": "Het rapport", "kind": "publish", "quote": rows.PROMISE, "due_text": "eind 2027"},
    "merge": {},
    "split": SPLIT,
}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def judge(login):
    login("an", "view_statement", "change_statement")


def waiting(number: int) -> list[Statement]:
    """Proposals in one document, in the order of the text."""
    of_document = rows.item()
    return [rows.statement(rows.speech(of_document), confidence=0.5) for _ in range(number)]


def test_the_desk_shows_the_quote_in_its_turn_the_question_and_why(client, judge):
    of_document = rows.item()
    rows.speech(of_document, "Wanneer komt het rapport?", person=rows.person("Jan Peeters"), capacity="member")
    statement = rows.statement(rows.speech(of_document))
    text = client.get(DESK).content.decode()
    assert f"<mark>{statement.quote}</mark>" in text
    assert rows.BEFORE.strip() in text
    assert "Wanneer komt het rapport?" in text
    assert "De minister belooft het zelf." in text
    assert "1 of 1" in text


def test_a_document_is_gone_through_in_its_order_and_the_surest_document_first(client, judge):
    low, high = waiting(2), waiting(2)
    Statement.objects.filter(pk=high[1].pk).update(confidence=0.9)
    Statement.objects.filter(pk=low[0].pk).update(confidence=0.8)
    assert queue_of(client) == [one.pk for one in (*high, *low)]
    assert queue_of(client, order="sure") == [high[1].pk, low[0].pk, low[1].pk, high[0].pk]


def test_a_document_keeps_its_place_when_its_surest_proposal_is_judged(client, judge):
    one, other = waiting(2), waiting(2)
    Statement.objects.filter(pk=one[0].pk).update(confidence=0.9)
    Statement.objects.filter(pk=other[0].pk).update(confidence=0.8)
    assert shown(decide(client, one[0], "accept")) == one[1]
    assert client.get(DESK, {"at": one[1].pk}).context["spot"].position == 1


def test_the_queue_is_filtered_by_whom_what_where_how_sure_and_whether_dated(client, judge):
    other = rows.statement(
        rows.speech(rows.item(rows.document("Ander verslag")), person=rows.person("Wim Ander")),
        confidence=0.95,
        due_start=None,
        due_end=None,
    )
    Mandate.objects.create(person=other.speech.person, title="minister", portfolio="Sport", start=date(2025, 1, 1))
    meeting = other.speech.item.document.meeting
    meeting.committee = "Commissie voor Sport"
    meeting.save()
    (mine,) = waiting(1)
    for filters in (
        {"person": other.speech.person.pk},
        {"portfolio": "Sport"},
        {"committee": "Commissie voor Sport"},
        {"document": other.speech.item.document.uid},
        {"sure": "90"},
        {"dated": "no"},
    ):
        assert queue_of(client, **filters) == [other.pk], filters
    assert queue_of(client, dated="yes") == [mine.pk]


def test_a_portfolio_counts_on_the_day_it_was_held(client, judge):
    (mine,) = waiting(1)
    held = Mandate.objects.create(person=mine.speech.person, title="minister", portfolio="Wonen", start=rows.SAID_ON)
    assert queue_of(client, portfolio="Wonen") == [mine.pk]
    held.start = date(2026, 1, 21)
    held.save()
    assert queue_of(client, portfolio="Wonen") == []


def test_filters_stay_in_every_address_of_the_desk(client, judge):
    first, second = waiting(2)
    answer = client.get(DESK, {"dated": "yes", "order": "sure", "at": first.pk})
    for address in (answer.context["following"], answer.context["address"]):
        assert "dated=yes" in address
        assert "order=sure" in address
    following = decide(client, first, "accept", query="?dated=yes")
    assert shown(following) == second
    assert "dated=yes" in following.context["address"]


def test_a_filter_that_makes_no_sense_is_said_so_and_filters_nothing(client, judge):
    (mine,) = waiting(1)
    answer = client.get(DESK, {"person": "nobody", "sure": "x", "at": "1e9"})
    assert shown(answer) == mine
    assert b"Select a valid choice" in answer.content


@pytest.mark.parametrize("verb", ["accept", "reject", "merge"])
def test_a_verdict_answers_with_the_next_proposal(client, judge, verb):
    into = rows.commitment()
    first, second, _ = waiting(3)
    answer = decide(client, first, verb, **(VERBS[verb] | {"commitment": into.uid}))
    assert shown(answer) == second
    assert answer.context["spot"].position == 1
    first.refresh_from_db()
    assert first.state == ("rejected" if verb == "reject" else "accepted")


@pytest.mark.parametrize("verb", ["edit", "split"])
def test_what_is_edited_or_split_still_waits_for_its_verdict(client, judge, verb):
    first, _ = waiting(2)
    answer = decide(client, first, verb, **VERBS[verb])
    assert shown(answer) == first
    assert answer.context["statement"].state == "proposed"


def test_after_the_last_one_comes_what_was_left_and_then_nothing(client, judge):
    first, last = waiting(2)
    assert shown(decide(client, last, "accept")) == first
    answer = decide(client, first, "reject", choice="fact")
    assert shown(answer) is None
    assert b"Everything that was proposed has been judged." in answer.content


def test_without_scripts_a_decision_leads_to_the_address_of_the_next(client, judge):
    first, second = waiting(2)
    address = reverse("admin:commitments_statement_decide", args=[first.pk, "accept"])
    answer = client.post(address, {"seen": 0})
    assert answer["Location"] == f"{DESK}?at={second.pk}"


def test_an_edit_changes_only_what_was_filled_in_otherwise(client, judge):
    (mine,) = waiting(1)
    form = client.get(DESK).context["edit_form"].initial
    given = {name: value for name, value in form.items() if value is not None} | {"due_text": "eind 2027"}
    decide(client, mine, "edit", **given)
    event = mine.events.get()
    assert set(event.after) == {"due_text", "due_start", "due_end"}
    assert event.after["due_end"] == "2027-12-31"


def test_days_that_are_filled_in_count_more_than_the_words(client, judge):
    (mine,) = waiting(1)
    decide(client, mine, "edit", **VERBS["edit"] | {"due_end": "2026-06-15", "due_start": "2026-06-01"})
    mine.refresh_from_db()
    assert (mine.due_text, mine.due_end) == ("eind 2027", date(2026, 6, 15))


def test_a_deadline_that_was_not_spoken_is_taken_away(client, judge):
    (mine,) = waiting(1)
    decide(client, mine, "edit", **VERBS["edit"] | {"none": "on"})
    mine.refresh_from_db()
    assert (mine.due_text, mine.due_end) == ("", None)


@pytest.mark.parametrize(
    ("verb", "given", "sentence"),
    [
        ("reject", {}, "Choose a reason, or write one."),
        ("edit", {"kind": "act", "quote": "dit werd nooit gezegd"}, "do not stand in this turn"),
        ("edit", {"kind": "act", "quote": rows.PROMISE, "due_text": "xyzzy"}, "No date can be read"),
        ("merge", {"commitment": "nothing"}, "valid"),
        ("split", {"first": rows.PROMISE, "second": "nooit gezegd"}, "do not stand in this turn"),
    ],
)
def test_what_cannot_be_done_is_asked_again_with_the_same_form_open(client, judge, verb, given, sentence):
    first, _ = waiting(2)
    answer = decide(client, first, verb, **given)
    assert shown(answer) == first
    assert answer.context["open"] == verb
    assert sentence in answer.content.decode()
    assert not Event.objects.exists()


@pytest.mark.parametrize("verb", VERBS)
def test_the_second_of_two_is_told_who_did_what_and_overwrites_nothing(client, judge, django_user_model, verb):
    bo = django_user_model.objects.create_user("bo")
    into = rows.commitment()
    first, _ = waiting(2)
    seen = version_of(first)
    review.reject(statement=first, actor=bo, day=DAY, reason="courtesy")
    before = Statement.objects.values().get(pk=first.pk), Event.objects.count()
    answer = decide(client, first, verb, seen=seen, **(VERBS[verb] | {"commitment": into.uid}))
    assert shown(answer) == first
    assert "bo was first: rejected." in answer.content.decode()
    assert (Statement.objects.values().get(pk=first.pk), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ({"choice": "courtesy"}, "courtesy"),
        ({"choice": "courtesy", "words": "slotwoord"}, "courtesy: slotwoord"),
        ({"words": "mijn eigen reden"}, "mijn eigen reden"),
    ],
)
def test_a_rejection_keeps_the_reason_from_the_list_or_in_own_words(client, judge, given, stored):
    (mine,) = waiting(1)
    decide(client, mine, "reject", **given)
    mine.refresh_from_db()
    assert (mine.state, mine.rejected_because) == ("rejected", stored)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"due_text": "op 12 mei"}, ("op 12 mei", date(2026, 5, 12), date(2026, 5, 12))),
        (
            {"due_text": "tegen de zomer", "due_start": "2026-06-01", "due_end": "2026-06-30"},
            ("tegen de zomer", date(2026, 6, 1), date(2026, 6, 30)),
        ),
        ({"due_text": "tegen eind maart", "none": "on"}, ("", None, None)),
    ],
)
def test_a_deadline_is_corrected_as_words_as_days_or_as_none(client, judge, given, said):
    (mine,) = waiting(1)
    as_shown = {"title": mine.quote, "kind": mine.kind, "quote": mine.quote, "due_start": "2026-03-21"}
    decide(client, mine, "edit", **(as_shown | {"due_end": "2026-03-31"} | given))
    mine.refresh_from_db()
    assert (mine.due_text, mine.due_start, mine.due_end) == said


def test_a_judged_statement_is_put_back_and_shown_again(client, judge, django_user_model):
    first, second = waiting(2)
    bo = django_user_model.objects.create_user("bo")
    review.accept(statement=first, actor=bo, day=DAY)
    review.reject(statement=second, actor=bo, day=DAY, reason="fact")
    for one in (first, second):
        assert 'data-key="o"' in client.get(DESK, {"at": one.pk}).content.decode()
        answer = decide(client, one, "reopen")
        assert shown(answer) == one
        assert answer.context["statement"].state == "proposed"
    assert not Commitment.objects.exists()


def test_what_others_built_upon_is_not_put_back_and_says_why(client, judge, django_user_model):
    (mine,) = waiting(1)
    made = review.accept(statement=mine, actor=django_user_model.objects.create_user("bo"), day=DAY)
    rows.follow_up(made, state="confirmed")
    answer = decide(client, mine, "reopen")
    assert "has follow-ups" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.state == "accepted"


def test_a_decision_on_what_is_no_longer_there_is_told(client, judge):
    first, second = waiting(2)
    seen = version_of(first)
    address = reverse("admin:commitments_statement_decide", args=[first.pk, "accept"])
    Statement.objects.filter(pk=first.pk).delete()
    answer = client.post(address, {"seen": seen}, headers=FETCHED)
    assert shown(answer) == second
    assert "no longer there" in answer.content.decode()


def test_the_last_decision_is_undone_and_its_proposal_shown_again(client, judge):
    first, _ = waiting(2)
    decide(client, first, "accept")
    answer = take_back(client)
    assert shown(answer) == first
    assert answer.context["statement"].state == "proposed"
    assert not Commitment.objects.exists()


def test_an_undoing_that_comes_too_late_says_who_was_first(client, judge, django_user_model):
    first, _ = waiting(2)
    decide(client, first, "edit", **VERBS["edit"])
    review.accept(statement=first, actor=django_user_model.objects.create_user("bo"), day=DAY)
    answer = take_back(client, Event.objects.get(kind=Event.Kind.EDITED))
    assert shown(answer) == first
    assert "bo" in answer.content.decode()
    assert Commitment.objects.count() == 1


def test_only_what_this_person_did_is_offered_to_undo(client, judge, django_user_model):
    first, _ = waiting(2)
    review.accept(statement=first, actor=django_user_model.objects.create_user("bo"), day=DAY)
    assert client.get(DESK).context["undoable"] is None


def test_likely_duplicates_of_the_same_person_share_its_rare_words(client, judge):
    said = "Ik bezorg u het evaluatierapport van de woonbonus tegen eind maart."
    again = "Het evaluatierapport over de woonbonus bezorgen wij u nog voor de zomer."
    another = "Wij roepen de sector samen over de personenbelasting."
    one, same, different = (rows.statement(rows.speech(text=text), text) for text in (said, again, another))
    other_person = rows.statement(rows.speech(text=said, person=rows.person("Wim Ander")), said)
    found = [likely.statement for likely in client.get(DESK, {"at": one.pk}).context["likely"]]
    assert found == [same]
    assert different not in found
    assert other_person not in found


def test_the_commitment_it_may_repeat_is_offered_first(client, judge):
    made = rows.commitment()
    for _ in range(3):
        rows.commitment(quote=rows.NEXT)
    again = rows.statement(rows.speech(), repeats=made.statements.get())
    offered = client.get(DESK, {"at": again.pk}).context["commitments"]
    assert offered[0] == made
    assert len(offered) == 4


def test_commitments_to_merge_into_are_searched(client, judge):
    made = rows.commitment(title="Nota over de woonbonus")
    rows.commitment()
    (mine,) = waiting(1)
    answer = client.get(DESK, {"at": mine.pk, "find": "woonbonus"})
    assert answer.context["commitments"] == [made]
    assert answer.context["open"] == "merge"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("eind 2025", {"days": "2025", "start": "2025-12-01", "end": "2025-12-31"}),
        ("binnenkort", {"days": "no last day", "start": None, "end": None}),
        ("", {"days": "", "start": None, "end": None}),
    ],
)
def test_words_are_read_at_once(client, judge, words, expected):
    address = reverse("admin:commitments_statement_words")
    read = client.get(address, {"said_on": "2025-03-10", "words": words}).json()
    assert read["end"] == expected["end"]
    assert expected["days"] in read["days"]


def test_words_without_a_date_are_said_to_be_none(client, judge):
    address = reverse("admin:commitments_statement_words")
    assert "No date" in client.get(address, {"said_on": "2025-03-10", "words": "xyzzy"}).json()["problem"]
    assert client.get(address, {"said_on": "ooit", "words": "morgen"}).status_code == 400


def questions(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_desk_asks_as_often_for_thirty_proposals_as_for_one(client, judge):
    waiting(1)
    few = questions(client, DESK)
    waiting(14)
    waiting(15)
    for _ in range(5):
        rows.commitment()
    assert questions(client, DESK) == few


@pytest.mark.parametrize("verb", VERBS)
def test_a_decision_is_one_request_with_as_many_questions_for_thirty_as_for_two(client, judge, verb):
    def cost() -> int:
        into = rows.commitment()
        first = Statement.objects.filter(state="proposed", reviewed_at=None).order_by("pk").first()
        seen = version_of(first)
        with CaptureQueriesContext(connection) as queries:
            answer = decide(client, first, verb, seen=seen, **(VERBS[verb] | {"commitment": into.uid}))
        assert shown(answer) is not None
        assert "errorlist" not in answer.content.decode()
        return len(queries)

    waiting(4)
    rows.commitment()
    cost()  # what Django looks up once per process is looked up here
    few = cost()
    waiting(30)
    assert cost() == few
