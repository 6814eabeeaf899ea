"""The engine reads a stored document: what becomes of its proposals, the first time and every time after."""

from datetime import date

import pytest
from django.db import OperationalError

from commitments.engine.types import CommitmentKind, ExpressionKind, Register, Side
from commitments.models import Event, Extraction, Statement
from commitments.services import extraction, review
from commitments.services.editing import Deadline, edit
from tests import papers
from tests.commitments.proposals import deadline
from transcripts.models import Document
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db

PLAN = "Ik zal het plan tegen eind maart bezorgen."
TALK = "Ik zal de sector samenroepen."
DAY = date(2025, 10, 15)
BY_MARCH = deadline("tegen eind maart", date(2026, 3, 21), date(2026, 3, 31))


def extract(document: Document) -> list[Statement]:
    return extraction.extract_document(document=document, day=DAY)


def rows() -> list[dict]:
    return list(Statement.objects.order_by("pk").values())


def test_the_engine_is_handed_the_turns_of_an_item_the_day_and_the_register(document, engine):
    extract(document)
    (asked,) = engine.asked
    assert [(turn.speaker, turn.side) for turn in asked["turns"]] == [
        ("Karim Daems", Side.MEMBER),
        ("Els Vanrode", Side.GOVERNMENT),
    ]
    assert (asked["said_on"], asked["register"]) == (document.date, Register.SPOKEN)


def test_a_proposal_becomes_a_statement_with_its_place_its_deadline_and_its_reasons(document, engine):
    engine.says[PLAN] = {"deadline": BY_MARCH, "kind": CommitmentKind.INFORM, "addressee": "Karim Daems"}
    (statement,) = extract(document)
    assert statement.speech.text[statement.start : statement.end] == PLAN == statement.quote
    assert (statement.due_text, statement.due_start, statement.due_end) == (
        "tegen eind maart",
        date(2026, 3, 21),
        date(2026, 3, 31),
    )
    assert (statement.due_precision, statement.due_modifier, statement.due_rule) == ("month", "by", "tegen-maand")
    assert (statement.kind, statement.said_on, statement.register) == ("inform", document.date, "spoken")
    assert statement.addressee.name == "Karim Daems"
    assert statement.cues[0]["why"] == "De minister belooft het zelf."
    assert statement.state == Statement.State.PROPOSED


def test_vague_words_are_kept_without_days(document, engine):
    soon = deadline("binnenkort", document.date, None, ExpressionKind.VAGUE)
    engine.says[PLAN] = {"deadline": soon}
    (statement,) = extract(document)
    assert (statement.due_text, statement.due_start, statement.due_end) == ("binnenkort", None, None)


def test_every_proposal_leaves_an_event(document, engine):
    engine.says |= {PLAN: {"deadline": BY_MARCH}, TALK: {}}
    extract(document)
    events = Event.objects.filter(kind=Event.Kind.PROPOSED).order_by("pk")
    assert [event.statement.quote for event in events] == [PLAN, TALK]
    assert {event.day for event in events} == {DAY}
    assert events[0].after["due_end"] == "2026-03-31"


def test_reading_twice_changes_nothing(document, engine):
    engine.says |= {PLAN: {"deadline": BY_MARCH}, TALK: {"repeats": 0}}
    extract(document)
    before = rows(), Event.objects.count(), Statement.history.count()
    extract(document)
    assert (rows(), Event.objects.count(), Statement.history.count()) == before


def test_a_repeat_knows_what_it_repeats(document, engine):
    engine.says |= {PLAN: {}, TALK: {"repeats": 0}}
    first, second = extract(document)
    assert second.repeats == first
    assert first.repeats is None


def test_what_the_engine_no_longer_proposes_is_withdrawn_and_may_come_back(document, engine):
    engine.says |= {PLAN: {}, TALK: {}}
    extract(document)
    del engine.says[TALK]
    assert [one.quote for one in extract(document)] == [PLAN]
    talk = Statement.objects.get(quote=TALK)
    assert talk.state == Statement.State.WITHDRAWN
    assert talk.events.filter(kind=Event.Kind.WITHDRAWN).count() == 1
    engine.says[TALK] = {}
    extract(document)
    talk.refresh_from_db()
    assert talk.state == Statement.State.PROPOSED


def test_an_untouched_statement_says_what_the_engine_says_now(document, engine):
    engine.says[PLAN] = {}
    extract(document)
    engine.says[PLAN] = {"deadline": BY_MARCH, "confidence": 0.5}
    (statement,) = extract(document)
    assert (statement.due_end, statement.confidence) == (date(2026, 3, 31), 0.5)
    last = statement.events.order_by("pk").last()
    assert (last.before["due_end"], last.after["due_end"]) == (None, "2026-03-31")


@pytest.mark.parametrize("touch", ["accept", "reject", "correct", "reopen"])
def test_what_a_person_touched_is_left_alone(document, engine, reviewer, touch):
    engine.says[PLAN] = {"deadline": BY_MARCH}
    (statement,) = extract(document)
    if touch == "accept":
        review.accept(statement=statement, actor=reviewer, day=DAY)
    elif touch == "correct":
        april = Deadline("in april", date(2026, 4, 1), date(2026, 4, 30))
        edit(statement=statement, actor=reviewer, day=DAY, deadline=april)
    else:
        review.reject(statement=statement, actor=reviewer, day=DAY, reason="fact")
        if touch == "reopen":
            review.reopen(statement=statement, actor=reviewer, day=DAY)
    before = rows(), Event.objects.count()
    engine.says[PLAN] = {"confidence": 0.1}
    extract(document)
    engine.says.clear()
    extract(document)
    assert (rows(), Event.objects.count()) == before


def test_a_proposal_over_words_a_person_has_judged_is_not_made_again(document, engine, reviewer):
    engine.says[PLAN] = {}
    (statement,) = extract(document)
    review.reject(statement=statement, actor=reviewer, day=DAY, reason="fact")
    engine.says = {f"{PLAN} {TALK}": {}}
    assert [one.quote for one in extract(document)] == [PLAN]


def test_a_mistake_of_the_engine_is_noted_and_waits_for_a_better_engine(document, engine, monkeypatch, caplog):
    engine.says[PLAN] = {"repeats": 7}
    assert extract(document) == []
    row = Extraction.objects.get(document=document)
    assert (row.state, row.error.partition(":")[0]) == ("failed", "IndexError")
    assert not Statement.objects.exists()
    assert not Extraction.objects.pending(extraction.engine_version()).exists()
    engine.says[PLAN] = {}
    monkeypatch.setattr(extraction, "engine_version", lambda: "another")
    assert extraction.extract_pending(day=DAY) == extraction.Pending(done=1, failed=0)
    row.refresh_from_db()
    assert (row.state, row.error) == ("done", "")


def test_better_rules_reach_what_was_read_before_a_few_documents_each_run(document, engine, reviewer, monkeypatch):
    import_paper(paper=papers.paper(name="later.txt"))
    engine.says[TALK] = {}
    assert extraction.extract_pending(day=DAY).done == 2
    review.reject(statement=Statement.objects.get(quote=TALK), actor=reviewer, day=DAY, reason="fact")
    engine.says[PLAN] = {"deadline": BY_MARCH}
    monkeypatch.setattr(extraction, "engine_version", lambda: "another")
    monkeypatch.setattr(extraction, "AGAIN", 1)
    assert [extraction.extract_pending(day=DAY).done for _ in range(3)] == [1, 1, 0]
    assert Statement.objects.get(quote=PLAN).due_end == date(2026, 3, 31)
    assert Statement.objects.get(quote=TALK).state == Statement.State.REJECTED


def test_a_database_that_fails_is_not_the_engine_s_fault(document, engine, monkeypatch):
    def gone(*_, **__):
        raise OperationalError("the connection is gone")

    monkeypatch.setattr(extraction, "_read", gone)
    with pytest.raises(OperationalError):
        extract(document)
    assert Extraction.objects.get(document=document).state == Extraction.State.WAITING


def test_what_was_begun_and_never_ended_is_begun_ten_times_and_then_told(document, engine, monkeypatch):
    class KilledError(BaseException):
        """What the process would not live to see."""

    def killed(*_, **__):
        raise KilledError

    with monkeypatch.context() as dying:
        dying.setattr(extraction, "_read", killed)
        for _ in range(extraction.ATTEMPTS):
            with pytest.raises(KilledError):
                extract(document)
        assert Extraction.objects.get(document=document).state == Extraction.State.WAITING
        assert extract(document) == []
    row = Extraction.objects.get(document=document)
    assert row.state == Extraction.State.FAILED
    assert str(extraction.ATTEMPTS) in row.error
    assert extraction.to_read() == []


def test_a_document_that_ends_well_may_die_ten_times_again(document, engine):
    extract(document)
    assert Extraction.objects.get(document=document).attempts == 0


def test_what_failed_is_read_again_when_a_person_says_so(document, engine):
    engine.says[PLAN] = {"repeats": 7}
    extract(document)
    engine.says[PLAN] = {}
    assert extraction.try_again(extractions=Extraction.objects.all()) == [document.pk]
    row = Extraction.objects.get(document=document)
    assert (row.state, row.error, row.attempts) == ("waiting", "", 0)
    assert extraction.extract_pending(day=DAY).done == 1
    assert Statement.objects.get().quote == PLAN


def test_what_waits_is_found_and_read_once(document, engine):
    assert extraction.extract_pending(day=DAY) == extraction.Pending(done=1, failed=0)
    assert extraction.is_done(document=document)
    assert extraction.extract_pending(day=DAY) == extraction.Pending(done=0, failed=0)


@pytest.mark.parametrize("said", [1, 40])
def test_however_many_there_are_they_are_written_in_the_same_queries(said, engine, django_assert_max_num_queries):
    words = [f"Ik zal plan {number} bezorgen." for number in range(said)]
    turns = [(papers.member(), "Wanneer?"), (papers.minister(), " ".join(words))]
    many = import_paper(paper=papers.paper(*turns)).document
    engine.says |= {one: {"repeats": 0} if at else {} for at, one in enumerate(words)}
    with django_assert_max_num_queries(32):
        assert len(extract(many)) == said
    engine.says.clear()
    with django_assert_max_num_queries(32):
        assert not extract(many)
    assert Event.objects.filter(kind=Event.Kind.WITHDRAWN).count() == said


def test_more_than_anybody_could_review_is_told_by_its_number_and_not_stored(document, engine, monkeypatch):
    engine.says |= {PLAN: {}}
    extract(document)
    monkeypatch.setattr(extraction, "MOST_STATEMENTS", 1)
    engine.says |= {TALK: {}}
    assert [one.quote for one in extract(document)] == [PLAN]
    noted = Extraction.objects.get()
    assert noted.state == Extraction.State.FAILED
    assert noted.error.startswith("2 ")
    assert document.pk not in extraction.to_read()
