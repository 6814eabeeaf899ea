"""A question that was filed: the commitment waits for the answer, and comes back when none came."""

from datetime import date

import pytest

from commitments.models import Asking, Commitment, Event, FollowUp
from commitments.services import asking, tracking
from commitments.services.errors import NotAllowedError
from commitments.showing.standing import Code, standing
from tests import papers, rows
from transcripts.models import Document, Speech
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 20)
TERM = date(2026, 5, 20)  # twenty working days later: 1 May and Ascension Day, the 14th, do not count


@pytest.fixture
def late() -> Commitment:
    """Twenty days past its last day."""
    return rows.commitment()


def ask(commitment, actor, **fields) -> Asking:
    return asking.file_question(commitment=commitment, actor=actor, **({"day": DAY} | fields))


def paper(number: str = "412", session: str = "2025-2026", day: date = TERM, **fields) -> Document:
    """A written question with its answer."""
    made = rows.document("Schriftelijke vraag", day, kind=Document.Kind.WRITTEN_QUESTION)
    item = rows.item(made)
    item.questions.update(number=number, session=session, **fields)
    rows.speech(item)
    return made


def test_it_waits_until_the_legal_term_is_over_and_is_late_again_the_day_after(late, reviewer):
    filed = ask(late, reviewer, number=" 412 ", text="Wat is de stand van zaken?")
    assert (filed.number, filed.session, filed.waiting_until) == ("412", "2025-2026", TERM)
    late.refresh_from_db()
    assert standing(late, TERM).code is Code.WAITING
    assert not Commitment.objects.overdue(TERM)
    assert list(Commitment.objects.overdue(date(2026, 5, 21))) == [late]
    event = late.events.get(kind=Event.Kind.ASKED)
    assert (event.actor, event.day, event.after["waiting_until"]) == (reviewer, DAY, TERM.isoformat())


def test_the_same_question_is_filed_once(late, reviewer):
    assert ask(late, reviewer, number="412") == ask(late, reviewer, number="412")
    assert late.events.filter(kind=Event.Kind.ASKED).count() == 1


@pytest.mark.parametrize(
    "given", [{"filed_on": date(2026, 4, 21)}, {"waiting_until": date(2026, 4, 19)}, {"filed_on": date(1900, 1, 1)}]
)
def test_days_that_make_no_sense_are_refused(late, reviewer, given):
    with pytest.raises(NotAllowedError):
        ask(late, reviewer, **given)
    assert not Asking.objects.exists()


def test_about_what_is_closed_nothing_is_asked(reviewer):
    with pytest.raises(NotAllowedError):
        ask(rows.commitment(status="dropped"), reviewer)


def test_of_two_questions_the_one_with_the_longest_term_counts(late, reviewer):
    first = ask(late, reviewer, filed_on=date(2026, 4, 1))
    second = ask(late, reviewer, number="2")
    assert (late.asked_on, late.waiting_until) == (DAY, TERM)
    asking.withdraw(asking=second, actor=reviewer, day=DAY)
    late.refresh_from_db()
    assert (late.asked_on, late.waiting_until) == (first.filed_on, first.waiting_until)


def test_an_answer_ends_it_once(late, reviewer):
    filed = ask(late, reviewer)
    for _ in range(2):
        asking.answered(asking=filed, actor=reviewer, day=TERM)
    late.refresh_from_db()
    assert (late.asked_on, late.waiting_until, filed.outcome, filed.ended_on) == (None, None, "answered", TERM)
    assert late.events.filter(kind=Event.Kind.ANSWERED).count() == 1


def test_a_number_given_later_and_another_last_day_leave_an_event(late, reviewer):
    filed = ask(late, reviewer)
    given = asking.Correction(number="77", waiting_until=date(2026, 6, 1))
    for _ in range(2):
        asking.correct_asking(asking=filed, actor=reviewer, day=DAY, given=given)
    late.refresh_from_db()
    assert late.waiting_until == date(2026, 6, 1)
    event = late.events.get(kind=Event.Kind.ASKING_EDITED)
    assert (event.before["number"], event.after["number"]) == ("", "77")


def test_who_asked_whom_what_and_when_is_corrected_and_the_event_keeps_what_was_said(late, reviewer):
    filed = ask(late, reviewer, text="Wat is de stand?", addressee=rows.person())
    asker = rows.person("Jan Vandamme")
    given = asking.Correction(text="Wat is de stand van zaken?", people=(asker, None), filed_on=date(2026, 4, 17))
    asking.correct_asking(asking=filed, actor=reviewer, day=DAY, given=given)
    row = Asking.objects.get()
    assert (row.text, row.asker, row.addressee, row.filed_on) == (given.text, asker, None, given.filed_on)
    event = late.events.get(kind=Event.Kind.ASKING_EDITED)
    changed = {name: (event.before[name], event.after[name]) for name in ("text", "asker", "addressee", "filed_on")}
    assert changed == {
        "text": ("Wat is de stand?", "Wat is de stand van zaken?"),
        "asker": (None, "Jan Vandamme"),
        "addressee": ("Els Vanrode", None),
        "filed_on": ("2026-04-20", "2026-04-17"),
    }
    late.refresh_from_db()
    assert late.asked_on == date(2026, 4, 17)


def test_a_question_is_not_corrected_to_a_day_that_is_still_to_come(late, reviewer):
    filed = ask(late, reviewer)
    with pytest.raises(NotAllowedError):
        asking.correct_asking(
            asking=filed, actor=reviewer, day=DAY, given=asking.Correction(filed_on=date(2026, 4, 21))
        )


def test_a_request_for_explanation_waits_for_the_next_meeting_of_the_committee(late, reviewer):
    committee = late.statements.get().speech.item.document.meeting.committee
    for day, of in ((DAY, committee), (date(2026, 4, 28), "Een andere commissie"), (date(2026, 5, 5), committee)):
        rows.document(day=day).meeting.__class__.objects.filter(date=day).update(committee=of)
    assert ask(late, reviewer, kind="oral").waiting_until == date(2026, 5, 5)


def test_without_a_known_meeting_it_waits_three_weeks_in_which_parliament_sits(late, reviewer):
    assert ask(late, reviewer, kind="oral").waiting_until == date(2026, 5, 15)
    assert ask(late, reviewer, kind="oral", number="9", waiting_until=date(2026, 5, 6)).waiting_until.day == 6


def test_the_paper_with_that_number_ends_it_in_its_own_import(late, reviewer):
    same_number = ask(late, reviewer, number="55")
    filed = ask(late, reviewer, number="55", kind="oral")
    document = import_paper(paper=papers.paper(said_on=TERM, questions=(papers.question(number="55"),))).document
    filed.refresh_from_db()
    same_number.refresh_from_db()
    assert (filed.outcome, filed.answer) == ("answered", document.items.get())
    assert same_number.outcome == ""  # written questions are numbered apart
    assert late.events.get(kind=Event.Kind.ANSWERED).actor is None


@pytest.mark.parametrize(
    "other",
    [
        {"number": "413"},
        {"session": "2024-2025"},
        {"day": date(2026, 4, 19)},
        {"addressee": "Jan Peeters"},
    ],
    ids=str,
)
def test_a_paper_about_something_else_ends_nothing(late, reviewer, other):
    filed = ask(late, reviewer, number="412", addressee=late.person)
    if "addressee" in other:
        other = other | {"addressee": rows.person(other["addressee"])}
    assert asking.note_answers(document=paper(**other), day=TERM) == []
    assert asking.note_answers(document=paper(), day=TERM) == [filed]


def test_a_question_that_has_no_answer_yet_ends_nothing(late, reviewer):
    ask(late, reviewer, number="412")
    unanswered = paper()
    Speech.objects.filter(item__document=unanswered).delete()
    assert asking.note_answers(document=unanswered, day=TERM) == []


@pytest.mark.parametrize(("kind", "ends"), [("done", True), ("restated", True), ("recalled", False)])
def test_a_follow_up_in_which_a_minister_said_something_ends_it_and_a_member_recalling_it_does_not(
    late, reviewer, kind, ends
):
    filed = ask(late, reviewer)
    later = rows.item(rows.document(day=TERM))
    tracking.add_follow_up(commitment=late, actor=reviewer, day=TERM, item=later, kind=kind)
    filed.refresh_from_db()
    assert (filed.outcome == "answered") is ends


def test_a_follow_up_of_before_the_question_is_no_answer_to_it(late, reviewer):
    filed = ask(late, reviewer)
    earlier = rows.follow_up(late, kind=FollowUp.Kind.RESTATED)
    Document.objects.filter(pk=earlier.item.document_id).update(date=date(2026, 4, 19))
    earlier.refresh_from_db()
    tracking.confirm_follow_up(follow_up=earlier, actor=reviewer, day=TERM)
    filed.refresh_from_db()
    assert filed.outcome == ""
