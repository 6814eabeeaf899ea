"""Follow-ups are confirmed, corrected, dismissed, put back and undone; events tell from what to what."""

from datetime import date

import pytest

from commitments.models import Asking, Commitment, Event, FollowUp
from commitments.services import asking, following, tracking
from commitments.services.editing import Deadline
from commitments.services.errors import (
    AlreadyJudgedError,
    ChangedMeanwhileError,
    DeadlineNotReadError,
    NotAllowedError,
    NotUndoneError,
)
from commitments.services.judging import hold_follow_up
from commitments.services.tracking import Closing
from commitments.services.undoing import undo_follow_up
from tests import rows
from tests.commitments.desks import version_of

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)
Kind = Event.Kind
END = date(2026, 12, 31)


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def promised() -> Commitment:
    return rows.commitment()


@pytest.fixture
def proposed(promised) -> FollowUp:
    return rows.proposed(promised)


def confirm(one: FollowUp, by, **given) -> FollowUp:
    return tracking.confirm_follow_up(follow_up=one, actor=by, day=DAY, **given)


def last_decision(one: FollowUp) -> Event:
    return one.events.filter(restores__isnull=False).latest("pk")


def undo(decision: Event, by) -> FollowUp | None:
    return undo_follow_up(decision=decision, actor=by, day=DAY)


def state_of(one: FollowUp) -> dict:
    """All that a person may change, of the follow-up and of its commitment."""
    row = FollowUp.objects.values().get(pk=one.pk)
    tracked = Commitment.objects.values().get(pk=one.commitment_id)
    return {"follow_up": row, "commitment": {name: tracked[name] for name in tracked if name != "updated_at"}}


def test_a_confirmed_postponement_moves_the_deadline_and_says_from_what_to_what(proposed, reviewer):
    confirm(proposed, reviewer)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.reviewed_by) == ("confirmed", reviewer)
    proposed.commitment.refresh_from_db()
    assert proposed.commitment.due_end == END
    judged, moved = proposed.events.order_by("pk")
    assert (judged.kind, judged.actor, judged.day) == (Kind.FOLLOW_UP_JUDGED, reviewer, DAY)
    assert (judged.before["state"], judged.after["state"]) == ("proposed", "confirmed")
    assert (moved.kind, moved.before["due_end"], moved.after["due_end"]) == (
        Kind.DEADLINE_MOVED,
        "2026-03-31",
        "2026-12-31",
    )


@pytest.mark.parametrize(
    ("deadline", "end", "words"),
    [
        (Deadline("eind 2027"), date(2027, 12, 31), "eind 2027"),
        (Deadline("", date(2027, 1, 1), date(2027, 6, 30)), date(2027, 6, 30), ""),
        (Deadline("in de lente", date(2027, 3, 1), date(2027, 5, 31)), date(2027, 5, 31), "in de lente"),
    ],
)
def test_a_correction_confirms_with_another_kind_and_deadline(promised, reviewer, deadline, end, words):
    one = rows.proposed(promised, kind="recalled", due_text="", due_start=None, due_end=None)
    confirm(one, reviewer, kind="postponed", deadline=deadline)
    one.refresh_from_db()
    assert (one.kind, one.due_text, one.due_end, one.corrected, one.state) == (
        "postponed",
        words,
        end,
        True,
        "confirmed",
    )
    promised.refresh_from_db()
    assert promised.due_end == end
    told = one.events.get(kind=Kind.FOLLOW_UP_CORRECTED)
    assert (told.before["kind"], told.after["kind"]) == ("recalled", "postponed")
    assert (told.before["due_end"], told.after["due_end"]) == (None, end.isoformat())


def test_the_same_kind_and_deadline_again_are_no_correction(proposed, reviewer):
    confirm(proposed, reviewer, kind="postponed")
    proposed.refresh_from_db()
    assert not proposed.corrected
    assert not proposed.events.filter(kind=Kind.FOLLOW_UP_CORRECTED).exists()


def test_words_that_say_no_date_change_nothing(proposed, reviewer):
    before = state_of(proposed)
    with pytest.raises(DeadlineNotReadError):
        confirm(proposed, reviewer, deadline=Deadline("xyzzy"))
    assert state_of(proposed) == before
    assert not proposed.events.exists()


def test_a_dismissal_keeps_its_reason_and_moves_nothing(proposed, reviewer):
    tracking.dismiss_follow_up(follow_up=proposed, actor=reviewer, day=DAY, reason="same-subject: louter cijfers")
    proposed.refresh_from_db()
    assert (proposed.state, proposed.dismissed_because) == ("dismissed", "same-subject: louter cijfers")
    proposed.commitment.refresh_from_db()
    assert proposed.commitment.due_end == date(2026, 3, 31)
    assert last_decision(proposed).after == {"state": "dismissed", "reason": "same-subject: louter cijfers"}


def test_confirmed_as_done_it_closes_the_commitment_only_where_a_person_says_so(proposed, promised, reviewer):
    confirm(proposed, reviewer, kind="done")
    promised.refresh_from_db()
    assert promised.status == "open"
    other = rows.proposed(promised)
    closing = Closing(status="fulfilled", evidence="Verslag, p. 3", on=date(2026, 4, 20))
    confirm(other, reviewer, kind="done", closing=closing)
    promised.refresh_from_db()
    assert (promised.status, promised.evidence, promised.fulfilled_on) == (
        "fulfilled",
        "Verslag, p. 3",
        date(2026, 4, 20),
    )
    assert promised.events.filter(kind=Kind.STATUS_CHANGED, after__status="fulfilled").count() == 1


def test_a_closing_that_is_not_allowed_confirms_nothing(proposed, reviewer):
    before = state_of(proposed)
    with pytest.raises(NotAllowedError):
        confirm(proposed, reviewer, closing=Closing(status="fulfilled"))
    assert state_of(proposed) == before
    assert not proposed.events.exists()


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "weakened"},
        {"deadline": Deadline("eind 2027")},
        {"kind": "done", "closing": Closing(status="fulfilled", evidence="Verslag, p. 3")},
        {"kind": "done", "closing": Closing(status="partly")},
        None,
    ],
    ids=["as proposed", "kind", "deadline", "closed", "partly", "dismissed"],
)
def test_an_undone_decision_leaves_everything_as_if_it_had_not_been_made(proposed, promised, reviewer, given):
    asking.file_question(commitment=promised, actor=reviewer, day=date(2026, 4, 1))
    promised.refresh_from_db()
    before = state_of(proposed), Asking.objects.values().get()
    if given is None:
        tracking.dismiss_follow_up(follow_up=proposed, actor=reviewer, day=DAY, reason="twice")
    else:
        confirm(proposed, reviewer, **given)
    assert state_of(proposed) != before[0]
    decision = last_decision(proposed)
    undo(decision, reviewer)
    assert (state_of(proposed), Asking.objects.values().get()) == before
    undone = Event.objects.get(kind=Kind.UNDONE)
    assert (undone.undoes, undone.follow_up) == (decision, proposed)
    with pytest.raises(NotUndoneError):
        undo(decision, reviewer)


def test_undone_from_partly_fulfilled_it_is_partly_fulfilled_with_its_own_evidence(proposed, promised, reviewer):
    tracking.change_status(commitment=promised, actor=reviewer, day=DAY, status="partly", evidence="deel een")
    confirm(proposed, reviewer, kind="done", closing=Closing(status="fulfilled", evidence="alles"))
    undo(last_decision(proposed), reviewer)
    promised.refresh_from_db()
    assert (promised.status, promised.evidence, promised.fulfilled_on) == ("partly", "deel een", None)


def test_a_status_that_somebody_changed_since_is_not_undone(proposed, promised, reviewer, colleague):
    confirm(proposed, reviewer, kind="done", closing=Closing(status="fulfilled", evidence="alles"))
    tracking.change_status(commitment=promised, actor=colleague, day=DAY, status="open")
    with pytest.raises(NotUndoneError, match="bo"):
        undo(last_decision(proposed), reviewer)


def test_only_the_last_decision_and_only_ones_own_is_undone(proposed, reviewer, colleague):
    tracking.dismiss_follow_up(follow_up=proposed, actor=reviewer, day=DAY, reason="twice")
    first = last_decision(proposed)
    with pytest.raises(NotUndoneError):
        undo(first, colleague)
    tracking.reopen_follow_up(follow_up=proposed, actor=colleague, day=DAY)
    with pytest.raises(NotUndoneError, match="bo"):
        undo(first, reviewer)
    assert list(Event.objects.undoable(reviewer.pk, "follow_up")) == []
    assert [one.kind for one in Event.objects.undoable(colleague.pk, "follow_up")] == [Kind.REOPENED]


def test_what_somebody_corrected_and_undid_since_does_not_stand_in_the_way(proposed, reviewer, colleague):
    tracking.dismiss_follow_up(follow_up=proposed, actor=reviewer, day=DAY, reason="twice")
    tracking.reopen_follow_up(follow_up=proposed, actor=reviewer, day=DAY)
    reopened = last_decision(proposed)
    confirm(proposed, colleague, kind="weakened")
    undo(last_decision(proposed), colleague)
    undo(reopened, reviewer)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.dismissed_because) == ("dismissed", "twice")


def test_put_back_the_commitment_says_what_it_said_before_and_its_question_waits_again(proposed, promised, reviewer):
    asking.file_question(commitment=promised, actor=reviewer, day=date(2026, 4, 1))
    promised.refresh_from_db()
    before = promised.due_end, promised.waiting_until
    confirm(proposed, reviewer)
    promised.refresh_from_db()
    assert (promised.due_end, promised.waiting_until) == (END, None)
    tracking.reopen_follow_up(follow_up=proposed, actor=reviewer, day=DAY)
    promised.refresh_from_db()
    assert (promised.due_end, promised.waiting_until) == before
    undo(last_decision(proposed), reviewer)
    promised.refresh_from_db()
    proposed.refresh_from_db()
    assert (proposed.state, promised.due_end, promised.waiting_until) == ("confirmed", END, None)
    tracking.reopen_follow_up(follow_up=proposed, actor=reviewer, day=DAY)
    promised.refresh_from_db()
    assert (promised.due_end, promised.waiting_until) == before


def test_a_judged_one_is_judged_anew_only_after_it_was_put_back(proposed, reviewer, colleague):
    confirm(proposed, reviewer)
    assert confirm(proposed, colleague).reviewed_by == reviewer  # confirmed twice changes nothing
    for verb in (
        lambda: confirm(proposed, colleague, kind="weakened"),
        lambda: tracking.dismiss_follow_up(follow_up=proposed, actor=colleague, day=DAY),
    ):
        with pytest.raises(AlreadyJudgedError, match="an"):
            verb()
    tracking.reopen_follow_up(follow_up=proposed, actor=colleague, day=DAY)
    confirm(proposed, colleague, kind="weakened")
    proposed.refresh_from_db()
    assert (proposed.kind, proposed.reviewed_by) == ("weakened", colleague)


def test_what_the_engine_took_back_is_neither_judged_nor_put_back(proposed, reviewer):
    FollowUp.objects.update(state="withdrawn")
    for verb in (tracking.confirm_follow_up, tracking.dismiss_follow_up, tracking.reopen_follow_up):
        with pytest.raises(AlreadyJudgedError, match="engine"):
            verb(follow_up=proposed, actor=reviewer, day=DAY)


def test_who_saw_an_older_one_is_told_who_was_first_and_how(proposed, reviewer, colleague):
    seen = version_of(proposed)
    hold_follow_up(follow_up=proposed, seen=seen)
    confirm(proposed, colleague)
    with pytest.raises(ChangedMeanwhileError, match=r"bo was first: follow-up judged \(confirmed\)"):
        hold_follow_up(follow_up=proposed, seen=seen)


def test_one_added_by_hand_brings_its_deadline_and_is_undone_without_a_trace(promised, reviewer):
    later = rows.item(rows.document("Later verslag", date(2026, 5, 4)))
    made = tracking.add_follow_up(
        commitment=promised, actor=reviewer, day=DAY, item=later, kind="postponed", deadline=Deadline("eind 2027")
    )
    promised.refresh_from_db()
    assert (made.state, made.due_text, promised.due_end) == ("confirmed", "eind 2027", date(2027, 12, 31))
    again = tracking.add_follow_up(commitment=promised, actor=reviewer, day=DAY, item=later, kind="recalled")
    assert (again, again.kind) == (made, "postponed")
    assert undo(last_decision(made), reviewer) is None
    promised.refresh_from_db()
    assert promised.due_end == date(2026, 3, 31)
    assert not FollowUp.objects.exists()
    assert promised.events.filter(kind__in=[Kind.FOLLOW_UP_ADDED, Kind.UNDONE]).count() == 2


def test_what_was_put_back_or_undone_the_engine_may_say_anew(proposed, reviewer):
    confirm(proposed, reviewer, kind="weakened")
    assert not following._untouched(FollowUp.objects.get())
    undo(last_decision(proposed), reviewer)
    assert following._untouched(FollowUp.objects.get())
