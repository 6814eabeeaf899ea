"""The pages on what comes of a promise: parts, questions filed, postponements, words from elsewhere, the trail."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commitments.models import Commitment, Event, FollowUp, Statement
from commitments.services import asking, digest, lapsing, outside, parts, tracking, watch
from commitments.showing.trail import change_of
from tests import rows
from tests.commitments.test_outside import WORDS
from tracker.clock import noon_of
from transcripts.models import Question

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


def page(client, made: Commitment) -> str:
    answer = client.get(reverse("commitment", args=[made.uid]))
    assert answer.status_code == 200
    return answer.content.decode()


def elsewhere(actor, **fields) -> Commitment:
    facts = {"words": WORDS, "title": "", "person": rows.person(), "day": DAY, "public": True}
    return outside.enter(actor=actor, **(facts | fields))


def test_a_promise_made_elsewhere_has_its_page_with_words_and_source(client, reviewer):
    made = elsewhere(reviewer, words=replace(WORDS, due_text="tegen eind maart"))
    text = page(client, made)
    assert f"<mark>{WORDS.quote}</mark>" in text
    assert f'href="{WORDS.source_url}"' in text
    assert "Said outside parliament" in text
    for address in (reverse("start"), reverse("commitments")):
        assert WORDS.quote in client.get(address).content.decode()
    found = client.get(f"/api/v1/commitments/{made.uid}/").json()
    assert (found["source"], found["statements"]) == (None, [])
    assert found["outside"] == {
        "quote": WORDS.quote,
        "said_on": "2026-03-01",
        "name": WORDS.source_name,
        "url": WORDS.source_url,
    }


def test_one_that_is_not_public_is_nowhere_to_be_seen(client, reviewer):
    made = elsewhere(reviewer, public=False)
    assert client.get(reverse("commitment", args=[made.uid])).status_code == 404
    assert client.get(f"/api/v1/commitments/{made.uid}/").status_code == 404
    for address in (reverse("start"), reverse("commitments"), "/api/v1/commitments/"):
        assert WORDS.quote not in client.get(address).content.decode()


def test_the_question_it_answers_stands_with_who_asked_and_the_words_right_before(client):
    item = rows.item()
    asker = rows.person("Karim Daems")
    Question.objects.filter(item=item).update(asker=asker, subject="de renovatiepremies")
    asked = {"person": asker, "label": "Karim Daems", "capacity": "member"}
    for words in ("Een eerdere vraag?", "Waar blijft het rapport?"):
        rows.speech(item, words, **asked)
    made = rows.commitment(turn=rows.speech(item))
    text = page(client, made)
    for said in ("De renovatiepremies", reverse("person", args=[asker.uid]), "Waar blijft het rapport?"):
        assert said in text
    assert "Een eerdere vraag?" not in text


def test_the_life_line_tells_by_how_many_days_it_moved_and_ends_with_today(client):
    made = rows.commitment()
    for day, end, quote in ((4, date(2026, 5, 31), rows.NEXT), (5, date(2026, 4, 30), rows.BEFORE.strip())):
        said = rows.speech(rows.item(rows.document(day=date(2026, 3, day))))
        rows.statement(said, quote, state="accepted", commitment=made, relation="amendment", due_end=end)
    answer = client.get(reverse("commitment", args=[made.uid]))
    lines = [(line.sign, line.step.slipped) for line in answer.context["lines"] if line.step]
    assert lines == [("said", None), ("moved", 61), ("moved", -31)]
    text = " ".join(answer.content.decode().split())
    assert "31 days earlier" in text
    assert "61 days later" in text
    assert "Today: <b" in text.partition('class="life"')[2].partition("</ol>")[0]
    Commitment.objects.filter(pk=made.pk).update(status="fulfilled", evidence="Stuk 12")
    text = page(client, made)
    assert "Today: <b" not in text
    assert "What came of it" in text


def test_what_was_asked_and_answered_bears_another_mark_than_a_step_of_the_desk(client, reviewer):
    made = rows.commitment()
    filed = asking.file_question(commitment=made, actor=reviewer, day=DAY)
    asking.withdraw(asking=filed, actor=reviewer, day=DAY)
    context = client.get(reverse("commitment", args=[made.uid])).context
    signs = {line.event.kind: line.sign for line in context["lines"] if line.event}
    assert signs == {"accepted": "step", "asked": "asked", "asking_withdrawn": "step"}


def test_every_deadline_stands_in_order_with_who_moved_it_and_the_days_slipped(client, reviewer):
    made = elsewhere(reviewer)  # until 31 May
    said = rows.statement(rows.speech(rows.item(rows.document(day=date(2026, 3, 20)))), due_end=date(2026, 6, 30))
    Statement.objects.filter(pk=said.pk).update(state="accepted", commitment=made, relation="amendment")
    item = rows.item(rows.document(day=date(2026, 4, 9)))
    Question.objects.filter(item=item).update(addressee=rows.person("Jan Peeters"))
    put_off = FollowUp.objects.create(
        commitment=made, item=item, kind="postponed", due_text="na de zomer", due_end=date(2026, 12, 31)
    )
    tracking.confirm_follow_up(follow_up=put_off, actor=reviewer, day=DAY)
    history = client.get(reverse("commitment", args=[made.uid])).context["history"]
    assert [(step.who, step.said.due_end, step.slipped) for step in history.steps] == [
        ("Els Vanrode", date(2026, 5, 31), None),
        ("Minister Els Vanrode", date(2026, 6, 30), 30),
        ("Jan Peeters", date(2026, 12, 31), 184),
    ]
    assert (history.first, history.last, history.slipped, history.moves) == (
        date(2026, 5, 31),
        date(2026, 12, 31),
        214,
        2,
    )
    made.refresh_from_db()
    assert made.due_end == history.last
    assert "na de zomer" in page(client, made)


def test_a_postponement_nobody_confirmed_moves_nothing_on_the_page(client, login):
    made = rows.commitment()
    rows.follow_up(made, kind="postponed", due_end=date(2027, 1, 1))
    login("reader", "view_statement")
    history = client.get(reverse("commitment", args=[made.uid])).context["history"]
    assert (len(history.steps), history.slipped) == (1, 0)


def test_what_was_asked_waits_on_every_page_and_is_not_late(client, reviewer):
    made = rows.commitment()
    assert "10 days past its date" in page(client, made)
    asking.file_question(commitment=made, actor=reviewer, day=DAY)
    assert "waiting for an answer until 19 May 2026" in page(client, made)
    context = client.get(reverse("start")).context
    assert (context["counts"]["late"], context["counts"]["asked"]) == (0, 1)
    assert list(client.get(reverse("commitments"), {"asked": "on"}).context["page"]) == [made]
    assert not client.get(reverse("commitments"), {"overdue": "on"}).context["page"].rows
    (found,) = client.get("/api/v1/commitments/", {"waiting": "true"}).json()["results"]
    assert (found["waiting_until"], found["overdue"], found["days_late"]) == ("2026-05-19", False, 0)
    later = client.get("/api/v1/commitments/", {"waiting": "false", "as_of": "2026-05-20"}).json()["results"]
    assert [one["days_late"] for one in later] == [50]


def test_the_parts_are_shown_with_their_evidence_and_no_more_queries_for_more_of_them(client, reviewer):
    made = rows.commitment()
    counts = []
    for number in range(3):
        part = parts.add(commitment=made, actor=reviewer, day=DAY, title=f"Deel {number}")
        parts.tick(part=part, actor=reviewer, day=DAY, evidence=f"https://example.org/{number}")
        with CaptureQueriesContext(connection) as asked:
            text = page(client, made)
        counts.append(len(asked))
    assert 'href="https://example.org/2"' in text
    assert counts[0] == counts[1] == counts[2]


def test_the_weekly_mail_tells_what_waits_and_once_what_got_no_answer(subscription, reviewer, mailoutbox):
    monday = date(2026, 4, 13)
    made = rows.commitment(title="Het rapport")
    asking.file_question(commitment=made, actor=reviewer, day=DAY)
    digest.send_due(moment=noon_of(monday))
    back = date(2026, 5, 25)
    for week in (back, back + timedelta(days=7)):
        digest.send_due(moment=noon_of(week))
    first, second, third = (mail.body for mail in mailoutbox)
    assert "WAITING FOR AN ANSWER" in first
    assert "waiting for an answer until 19 May 2026" in first
    assert "STILL PAST" not in first
    assert "NO ANSWER WITHIN THE TERM" in second
    assert "NO ANSWER WITHIN THE TERM" not in third
    assert "PAST THEIR DATE" in third


def test_the_trail_says_every_change_in_words_of_both_languages(reviewer):
    made = rows.commitment()
    part = parts.add(commitment=made, actor=reviewer, day=DAY, title="De nota")
    parts.tick(part=part, actor=reviewer, day=DAY, evidence="brief")
    filed = asking.file_question(commitment=made, actor=reviewer, day=DAY, number="412")
    asking.answered(asking=filed, actor=reviewer, day=DAY)
    tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="fulfilled", evidence="nota van 1 april")
    tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="open")

    def trail(language: str) -> list[str]:
        with translation.override(language):
            events = made.events.exclude(kind=Event.Kind.ACCEPTED).order_by("pk")
            return [f"{event.get_kind_display()}: {change_of(event)}" for event in events]

    assert trail("en") == [
        "part added: “De nota”",
        "part done: “De nota”, 10 April 2026, brief",
        "status changed: open → partly fulfilled",
        "question filed: written question 412 (2025-2026), term until 19 May 2026",
        "question answered: written question 412 (2025-2026)",
        "status changed: partly fulfilled → fulfilled, on 10 April 2026, nota van 1 april",
        "status changed: fulfilled → open",
    ]
    dutch = trail("nl-be")
    assert dutch[1] == "onderdeel klaar: “De nota”, 10 april 2026, brief"
    assert dutch[3] == "ingediende vraag: schriftelijke vraag 412 (2025-2026), termijn tot 19 mei 2026"
    assert all(event.actor == reviewer for event in made.events.exclude(kind=Event.Kind.ACCEPTED))


def test_the_trail_says_that_a_legislature_ended(client):
    made = rows.commitment(said_on=date(2023, 3, 1))
    lapsing.lapse(commitment=made, actor=None, day=DAY)
    assert "open → lapsed, the legislature ended on 9 June 2024" in page(client, made)


def test_the_end_of_a_term_is_on_the_life_line(client, reviewer):
    made = rows.commitment()
    asking.file_question(commitment=made, actor=reviewer, day=DAY)
    watch.note_overdue(day=date(2026, 6, 1))
    assert "The term for the answer has passed" in page(client, made)
