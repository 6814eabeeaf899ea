"""What reviewers decide becomes weights, unless the labelled documents get worse; and a page says how each cue does."""

from datetime import UTC, date, datetime
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from commitments.engine.statements import rules
from commitments.learning.gathering import gather
from commitments.learning.labels import LabelledDocument, read_sets
from commitments.models import Event, LearnedWeights, Statement
from commitments.services import extraction, learning
from commitments.showing.precision import precision_by_cue
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)
MANIFEST = Path(__file__).parents[1] / "labels" / "sets.toml"
MONDAY = date(2026, 4, 6)
PAGE = "admin:commitments_learnedweights_changelist"
FORGET = "admin:commitments_learnedweights_forget"
State = LearnedWeights.State


@cache
def samples() -> tuple[LabelledDocument, ...]:
    return next(one for one in read_sets(MANIFEST) if one.name == "samples").documents


def judged(state: str, *cues: str, at: date = DAY, because: str = "", **fields: str) -> Statement:
    return rows.statement(
        state=state,
        cues=[{"rule": cue, "weight": 1.0, "words": "", "why": f"Waarom {cue}."} for cue in cues],
        rejected_because=because,
        reviewed_at=datetime(at.year, at.month, at.day, 12, tzinfo=UTC),
        **fields,
    )


def in_use(**weights: float) -> LearnedWeights:
    shipped = rules.load().weights.to_rows()
    return LearnedWeights.objects.create(
        learned_on=DAY,
        state=State.IN_USE,
        accepted=1,
        rejected=1,
        before={"f1": 0.9},
        after={"f1": 0.9},
        weights=shipped | {"weights": shipped["weights"] | weights},
    )


def worth(rule: str) -> float:
    book = learning.book_in_use()
    return book.worth(next(one for one in book.written if one.id == rule))


def test_a_cue_that_reviewers_reject_again_and_again_loses_weight_and_the_engine_uses_it_from_then_on() -> None:
    before, version = worth("ik-zal"), extraction.engine_version()
    for _ in range(12):
        judged("rejected", "ik-zal", "stellig-werkwoord", because="intention")
    judged("accepted", "ik-zal")
    row = learning.learn_from_reviews(documents=samples()[:1], actor=None, day=DAY)
    assert (row.accepted, row.rejected) == (1, 12)
    assert row.state == State.IN_USE, (row.before, row.after)
    assert worth("ik-zal") < before
    assert extraction.engine_version() != version


def test_decisions_that_would_make_the_labelled_documents_worse_are_refused_and_nothing_changes() -> None:
    before, version = worth("ik-zal"), extraction.engine_version()
    promises = [one for one in gather(samples()[:1], rules.load()) if one.right]
    for example in promises * 3:
        judged("rejected", *example.parts[1:], because="intention", register=samples()[0].register)
    row = learning.learn_from_reviews(documents=samples()[:1], actor=None, day=DAY)
    assert row.state == State.REFUSED
    assert row.after["f1"] < row.before["f1"]
    assert worth("ik-zal") == before
    assert extraction.engine_version() == version


def test_the_command_shows_before_and_after_and_fails_where_it_was_refused(monkeypatch) -> None:
    judged("accepted", "ik-zal")
    scores = {"recall": 0.9, "precision": 0.9, "f1": 0.9}
    row = LearnedWeights(state=State.REFUSED, accepted=1, rejected=0, before=scores, after=scores | {"f1": 0.8})
    monkeypatch.setattr(learning, "learn_from_reviews", lambda **_: row)
    said = StringIO()
    with pytest.raises(CommandError, match="Refused"):
        call_command("train", "--from-reviews", "--sets", str(MANIFEST), stdout=said, stderr=StringIO())
    assert "before  recall 0.900 precision 0.900 f1 0.900" in said.getvalue()
    assert "after   recall 0.900 precision 0.900 f1 0.800" in said.getvalue()


def test_a_rejection_that_says_nothing_about_the_sentence_is_not_learned_from() -> None:
    judged("rejected", "ik-zal", because="double")
    judged("rejected", "ik-zal", because="misread: twee beurten")
    judged("rejected", "ik-zal", because="te vaag")
    judged("accepted", "ik-zal")
    assert [one.right for one in learning.decisions()] == [False, True]


def test_what_was_marked_by_hand_and_what_waits_is_not_learned_from() -> None:
    rows.statement(state="accepted", origin="hand", cues=[])
    judged("proposed", "ik-zal")
    assert learning.decisions() == []
    with pytest.raises(ValueError, match="nothing to learn from"):
        learning.learn_from_reviews(documents=samples(), actor=None, day=DAY)


def test_learning_leaves_an_event_with_the_figures_before_and_after(reviewer) -> None:
    judged("accepted", "ik-zal")
    row = learning.learn_from_reviews(documents=samples()[:1], actor=reviewer, day=DAY)
    event = Event.objects.get(kind=Event.Kind.LEARNED)
    assert event.actor == row.learned_by == reviewer
    assert event.before == row.before
    assert event.after["state"] == row.state


def test_a_second_lesson_takes_the_place_of_the_first() -> None:
    first = in_use()
    with pytest.raises(IntegrityError), transaction.atomic():
        in_use()
    judged("accepted", "ik-zal")
    second = learning.learn_from_reviews(documents=samples()[:1], actor=None, day=DAY)
    first.refresh_from_db()
    assert (first.state, second.state) == (State.RETIRED, State.IN_USE)


def test_a_rule_that_is_gone_is_passed_over() -> None:
    judged("accepted", "regel-van-vroeger", "ik-zal")
    assert learning.learn_from_reviews(documents=samples()[:1], actor=None, day=DAY).accepted == 1


def test_going_back_to_the_weights_that_ship_leaves_an_event_and_twice_changes_nothing(reviewer) -> None:
    in_use(**{"ik-zal": 7.0})
    assert worth("ik-zal") == 7.0
    learning.forget(actor=reviewer, day=DAY)
    learning.forget(actor=reviewer, day=DAY)
    assert worth("ik-zal") != 7.0
    assert Event.objects.filter(kind=Event.Kind.LEARNED).count() == 1


def test_each_cue_is_counted_by_the_week_of_the_judgement() -> None:
    judged("accepted", "ik-zal", at=MONDAY)
    judged("rejected", "ik-zal", "einddatum", at=date(2026, 4, 5), because="fact")
    judged("rejected", "ik-zal", at=date(2026, 4, 5), because="double")
    judged("accepted", "ik-zal", at=date(2026, 3, 29))  # before the weeks shown
    table = precision_by_cue(day=DAY, weeks=2)
    assert list(table.weeks) == [date(2026, 3, 30), MONDAY]
    assert [(one.rule, one.why) for one in table.cues] == [
        ("ik-zal", "Waarom ik-zal."),
        ("einddatum", "Waarom einddatum."),
    ]
    assert [(share.hits, share.of) for share in table.cues[0].weeks] == [(0, 1), (1, 1)]
    assert (table.all.total.hits, table.all.total.of) == (1, 2)


def test_the_page_shows_what_each_cue_did_to_who_may_see_it(client, login, settings) -> None:
    settings.TODAY, settings.LANGUAGE_CODE = DAY, "en"
    judged("accepted", "ik-zal")
    login("reader", "view_learnedweights")
    answer = client.get(reverse(PAGE))
    assert answer.status_code == 200
    assert "Waarom ik-zal." in answer.content.decode()
    assert "100 %" in answer.content.decode()


def test_the_page_is_closed_to_who_may_not_see_it(client, login) -> None:
    judged("accepted", "ik-zal")
    login("guest", "view_statement")
    assert client.get(reverse(PAGE)).status_code == 403


def test_who_may_change_the_weights_can_go_back_and_who_may_look_only_cannot(client, login) -> None:
    row = in_use()
    login("reader", "view_learnedweights")
    assert client.post(reverse(FORGET)).status_code == 403
    row.refresh_from_db()
    assert row.state == State.IN_USE
    login("manager", "view_learnedweights", "change_learnedweights")
    assert client.get(reverse(FORGET)).status_code == 405
    assert client.post(reverse(FORGET)).status_code == 302
    row.refresh_from_db()
    assert row.state == State.RETIRED
