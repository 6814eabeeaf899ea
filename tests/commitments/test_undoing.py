"""Every decision on a proposal can be undone, and then it is as if it had not been made."""

from datetime import date

import pytest

from commitments.models import Commitment, Event, Statement
from commitments.services import review, tracking
from commitments.services.editing import Deadline, edit, place_from_to, place_of
from commitments.services.errors import AlreadyJudgedError, ChangedMeanwhileError, NotHereError, NotUndoneError
from commitments.services.judging import CHANGED_BY_PEOPLE, hold
from commitments.services.splitting import split
from commitments.services.undoing import undo
from tests import rows
from tests.commitments.desks import version_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 2)
BOTH = "Ik bezorg u de nota tegen eind mei en ik roep de sector samen voor de zomer van 2027."
FIRST, SECOND = "Ik bezorg u de nota tegen eind mei", "ik roep de sector samen voor de zomer van 2027"
MAY = {"due_text": "tegen eind mei", "due_start": date(2026, 5, 21), "due_end": date(2026, 5, 31)}


def both() -> Statement:
    turn = rows.speech(text=f"Goed. {BOTH} Dank u.")
    start = turn.text.index(MAY["due_text"])
    return rows.statement(turn, BOTH, due_at=[start, start + len(MAY["due_text"])], **MAY)


def halves(statement: Statement) -> dict:
    return {
        "first": place_of(speech=statement.speech, words=FIRST),
        "second": place_of(speech=statement.speech, words=SECOND),
    }


def what_it_says(statement: Statement) -> dict:
    return Statement.objects.values(*CHANGED_BY_PEOPLE, "commitment", "relation").get(pk=statement.pk)


def last(actor) -> Event | None:
    return Event.objects.undoable(actor.pk).first()


VERBS = {
    "accept": lambda one, who: review.accept(statement=one, actor=who, day=DAY),
    "reject": lambda one, who: review.reject(statement=one, actor=who, day=DAY, reason="fact"),
    "edit": lambda one, who: edit(
        statement=one, actor=who, day=DAY, title="De nota", kind="publish", deadline=Deadline("op 3 juni 2026")
    ),
    "correct": lambda one, who: edit(statement=one, actor=who, day=DAY, deadline=Deadline("eind 2027")),
    "split": lambda one, who: split(statement=one, actor=who, day=DAY, **halves(one)),
}


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_undone_says_again_what_it_said(reviewer, verb):
    statement = both()
    before = what_it_says(statement)
    VERBS[verb](statement, reviewer)
    assert what_it_says(statement) != before
    undo(decision=last(reviewer), actor=reviewer, day=DAY)
    assert what_it_says(statement) == before
    assert Statement.objects.get() == statement
    assert not Commitment.objects.exists()
    assert last(reviewer) is None


def test_decisions_are_undone_one_by_one_from_the_last(reviewer):
    statement = both()
    before = what_it_says(statement)
    for verb in ("edit", "correct", "accept"):
        VERBS[verb](statement, reviewer)
    assert [one.kind for one in Event.objects.undoable(reviewer.pk)] == ["accepted"]
    for expected in ("accepted", "edited", "edited"):
        decision = last(reviewer)
        assert decision.kind == expected
        undo(decision=decision, actor=reviewer, day=DAY)
    assert what_it_says(statement) == before


def test_that_it_was_done_and_undone_stays_told(reviewer):
    statement = both()
    VERBS["edit"](statement, reviewer)
    undo(decision=last(reviewer), actor=reviewer, day=DAY)
    done, undone = statement.events.order_by("pk")
    assert (done.kind, undone.kind, undone.undoes, undone.actor) == ("edited", "undone", done, reviewer)
    assert (undone.before, undone.after) == (done.after, done.before)


def test_a_decision_is_undone_once(reviewer):
    VERBS["reject"](both(), reviewer)
    decision = last(reviewer)
    undo(decision=decision, actor=reviewer, day=DAY)
    with pytest.raises(NotUndoneError):
        undo(decision=decision, actor=reviewer, day=DAY)


def test_nobody_undoes_the_decision_of_somebody_else(reviewer, colleague):
    statement = both()
    VERBS["reject"](statement, reviewer)
    assert last(colleague) is None
    with pytest.raises(NotUndoneError):
        undo(decision=last(reviewer), actor=colleague, day=DAY)
    assert what_it_says(statement)["state"] == "rejected"


def test_what_somebody_else_did_since_is_not_undone_with_it(reviewer, colleague):
    statement = both()
    VERBS["edit"](statement, reviewer)
    decision = last(reviewer)
    VERBS["reject"](statement, colleague)
    assert last(reviewer) is None
    with pytest.raises(NotUndoneError, match="bo"):
        undo(decision=decision, actor=reviewer, day=DAY)


def test_a_merge_that_is_undone_gives_the_commitment_its_deadline_back(reviewer):
    made = rows.commitment(due_end=date(2026, 3, 31))
    later = rows.statement(rows.speech(rows.item(rows.document(day=date(2026, 3, 3)))), **MAY)
    assert review.accept(statement=later, actor=reviewer, day=DAY, into=made) == made
    assert (later.relation, made.due_end) == ("amendment", date(2026, 5, 31))
    undo(decision=last(reviewer), actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert (made.statements.count(), made.due_end) == (1, date(2026, 3, 31))


def test_a_merge_goes_to_what_superseded_the_chosen_one(reviewer):
    old, new = rows.commitment(), rows.commitment()
    tracking.change_status(commitment=old, actor=reviewer, day=DAY, status="superseded", superseded_by=new)
    assert review.accept(statement=both(), actor=reviewer, day=DAY, into=old) == new


def test_an_acceptance_that_was_built_on_is_not_undone(reviewer):
    statement = both()
    made = review.accept(statement=statement, actor=reviewer, day=DAY)
    tracking.change_status(commitment=made, actor=reviewer, day=DAY, status="dropped", evidence="nota")
    with pytest.raises(NotUndoneError):
        undo(decision=last(reviewer), actor=reviewer, day=DAY)
    assert what_it_says(statement)["state"] == "accepted"


def test_a_mark_that_is_undone_leaves_the_words_unmarked_and_its_event(reviewer):
    turn = rows.speech()
    review.mark_by_hand(speech=turn, start=0, end=20, actor=reviewer, day=DAY)
    assert undo(decision=last(reviewer), actor=reviewer, day=DAY) is None
    assert not Statement.objects.exists()
    assert list(Event.objects.order_by("pk").values_list("kind", flat=True)) == ["marked", "undone"]


def test_both_parts_of_a_split_have_their_own_words_and_their_own_deadline(reviewer):
    statement = both()
    one, other = split(statement=statement, actor=reviewer, day=DAY, **halves(statement))
    assert (one.pk, one.quote, other.quote) == (statement.pk, FIRST, SECOND)
    assert (one.due_end, one.state, other.state) == (date(2026, 5, 31), "proposed", "proposed")
    assert other.due_text == "voor de zomer van 2027"
    assert other.due_end is not None
    assert [event.kind for event in other.events.all()] == ["split"]


def test_parts_that_overlap_are_no_split(reviewer):
    statement = both()
    with pytest.raises(NotHereError):
        split(statement=statement, actor=reviewer, day=DAY, first=(6, 40), second=(39, 60))
    assert Statement.objects.count() == 1


def test_a_split_stays_while_its_other_part_is_judged(reviewer):
    statement = both()
    _, other = split(statement=statement, actor=reviewer, day=DAY, **halves(statement))
    decision = last(reviewer)
    review.reject(statement=other, actor=reviewer, day=DAY, reason="fact")
    with pytest.raises(NotUndoneError):
        undo(decision=decision, actor=reviewer, day=DAY)
    undo(decision=last(reviewer), actor=reviewer, day=DAY)
    undo(decision=decision, actor=reviewer, day=DAY)
    assert Statement.objects.get().quote == BOTH


def test_an_edit_says_what_it_changed_and_nothing_else(reviewer):
    statement = both()
    edit(statement=statement, actor=reviewer, day=DAY, title="De nota", kind=statement.kind)
    event = statement.events.get()
    assert (event.before, event.after) == ({"title": ""}, {"title": "De nota"})


def test_an_edit_without_a_difference_is_none(reviewer):
    statement = both()
    edit(statement=statement, actor=reviewer, day=DAY, kind=statement.kind, condition=statement.condition)
    assert not Event.objects.exists()


def test_the_words_of_a_proposal_are_moved_within_its_turn(reviewer):
    statement = both()
    edit(statement=statement, actor=reviewer, day=DAY, place=place_of(speech=statement.speech, words=SECOND))
    assert (statement.quote, statement.speech.text[statement.start : statement.end]) == (SECOND, SECOND)


def test_words_that_were_not_spoken_are_refused():
    with pytest.raises(NotHereError):
        place_of(speech=both().speech, words="iets anders dan gezegd is")


def test_a_place_is_told_by_its_first_and_last_words():
    turn = both().speech
    start, end = place_from_to(speech=turn, first="Ik bezorg", last="eind mei")
    assert turn.text[start:end] == FIRST
    with pytest.raises(NotHereError):
        place_from_to(speech=turn, first="Dank u", last="eind mei")


def test_what_was_rejected_is_not_edited_and_what_was_judged_is_not_split(reviewer, colleague):
    statement = both()
    review.accept(statement=statement, actor=colleague, day=DAY)
    with pytest.raises(AlreadyJudgedError):
        VERBS["split"](statement, reviewer)
    review.reopen(statement=statement, actor=colleague, day=DAY)
    review.reject(statement=statement, actor=colleague, day=DAY, reason="fact")
    for verb in ("edit", "split"):
        with pytest.raises(AlreadyJudgedError):
            VERBS[verb](statement, reviewer)


def test_who_saw_an_older_version_is_told_who_did_what(reviewer, colleague):
    statement = both()
    seen = version_of(statement)
    hold(statement=statement, seen=seen)
    VERBS["edit"](statement, colleague)
    with pytest.raises(ChangedMeanwhileError, match="bo"):
        hold(statement=statement, seen=seen)
    assert hold(statement=statement, seen=version_of(statement)) == statement
