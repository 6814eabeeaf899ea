"""Promises made elsewhere than in parliament."""

from dataclasses import replace
from datetime import date

import pytest

from commitments.models import Commitment, Event, FollowUp, OutsideStatement
from commitments.services import founding, outside, review, tracking
from commitments.services.errors import DeadlineNotReadError, NotAllowedError
from commitments.services.outside import Words
from tests import rows

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 2)
WORDS = Words(
    quote="Wij openen het loket tegen eind mei.",
    said_on=date(2026, 3, 1),
    source_name="Radio, ochtendprogramma",
    source_url="https://example.org/interview",
    due_text="tegen eind mei",
)


def enter(actor, words: Words = WORDS, **fields) -> Commitment:
    facts = {"title": "Het loket openen", "person": rows.person(), "day": DAY, "public": True}
    return outside.enter(words=words, actor=actor, **(facts | fields))


def test_it_has_its_words_its_source_and_the_deadline_read_from_the_words(reviewer):
    made = enter(reviewer)
    assert (made.title, made.said_on, made.due_end) == ("Het loket openen", WORDS.said_on, date(2026, 5, 31))
    said = made.outside
    assert (said.quote, said.source_name, said.entered_by) == (WORDS.quote, WORDS.source_name, reviewer)
    event = made.events.get()
    assert (event.kind, event.actor, event.after["source"]) == ("entered", reviewer, WORDS.source_name)


def test_entering_the_same_words_again_changes_nothing(reviewer):
    assert enter(reviewer) == enter(reviewer)
    assert (Commitment.objects.count(), Event.objects.count()) == (1, 1)


def test_the_deadline_may_be_given_as_days_or_not_at_all(reviewer):
    days = enter(reviewer, replace(WORDS, due_text="", due_start=date(2026, 6, 1), due_end=date(2026, 6, 30)))
    assert (days.due_start, days.due_end) == (date(2026, 6, 1), date(2026, 6, 30))
    none = enter(reviewer, replace(WORDS, quote="Wij openen het loket.", due_text=""))
    assert (none.due_end, none.check_on) == (None, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"quote": " "}, NotAllowedError),
        ({"source_name": ""}, NotAllowedError),
        ({"said_on": date(2026, 4, 3)}, NotAllowedError),
        ({"due_text": "xyzzy"}, DeadlineNotReadError),
    ],
)
def test_what_lacks_words_source_or_sense_is_refused(reviewer, wrong, error):
    with pytest.raises(error):
        enter(reviewer, replace(WORDS, **wrong))
    assert not Commitment.objects.exists()


def test_only_what_is_public_is_published(reviewer):
    made = enter(reviewer, public=False)
    assert not Commitment.objects.published().exists()
    outside.amend(said=made.outside, words=WORDS, public=True, actor=reviewer, day=DAY)
    assert list(Commitment.objects.published()) == [made]


def test_words_that_are_not_public_do_not_become_so_by_a_statement_that_joins_them(reviewer):
    made = enter(reviewer, public=False)
    said = rows.statement(said_on=date(2026, 3, 20))
    with pytest.raises(NotAllowedError, match="niet openbaar"):
        review.accept(statement=said, actor=reviewer, day=DAY, into=made)
    said.refresh_from_db()
    assert (said.state, said.commitment) == ("proposed", None)
    outside.amend(said=made.outside, words=WORDS, public=True, actor=reviewer, day=DAY)
    review.accept(statement=said, actor=reviewer, day=DAY, into=made)
    with pytest.raises(NotAllowedError, match="Zet eerst die uitspraak terug"):
        outside.amend(said=made.outside, words=WORDS, public=False, actor=reviewer, day=DAY)
    review.reopen(statement=said, actor=reviewer, day=DAY)
    outside.amend(said=made.outside, words=WORDS, public=False, actor=reviewer, day=DAY)
    assert not Commitment.objects.published().exists()


def test_the_trail_does_not_tell_what_the_words_were_before_they_became_public(reviewer):
    made = enter(reviewer, replace(WORDS, quote="Onder ons gezegd", due_text="tegen eind juni"), public=False)
    outside.amend(said=made.outside, words=WORDS, public=True, actor=reviewer, day=DAY)
    told = str(list(made.events.values_list("before", "after")))
    assert WORDS.quote[:40] in told
    assert "Onder ons" not in told
    assert "eind juni" not in told


def test_what_was_typed_in_is_corrected_with_its_event_and_moves_the_deadline(reviewer):
    made = enter(reviewer)
    later = replace(WORDS, due_text="tegen eind juni")
    for _ in range(2):
        outside.amend(said=made.outside, words=later, public=True, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert made.due_end == date(2026, 6, 30)
    assert list(made.events.order_by("pk").values_list("kind", flat=True)) == [
        "entered",
        "edited",
        "deadline_corrected",
    ]
    assert OutsideStatement.history.count() == 2


def test_said_again_in_parliament_it_is_amended_and_put_back_it_stands_on_its_own_words(reviewer):
    made = enter(reviewer)
    said = rows.statement(due_end=date(2026, 9, 30), said_on=date(2026, 3, 20))
    said.state = "accepted"
    founding.attach(statement=said, commitment=made)
    assert (said.relation, made.due_end, made.said_on) == ("amendment", date(2026, 9, 30), WORDS.said_on)
    review.reopen(statement=said, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert made.due_end == date(2026, 5, 31)


def test_a_confirmed_postponement_moves_it_and_the_earlier_one_of_two_does_not(reviewer):
    made = enter(reviewer)
    for month, end in ((9, date(2026, 12, 31)), (6, date(2026, 10, 31))):
        item = rows.item(rows.document(day=date(2026, month, 1)))
        put_off = FollowUp.objects.create(commitment=made, item=item, kind="postponed", due_end=end, due_text="later")
        tracking.confirm_follow_up(follow_up=put_off, actor=reviewer, day=DAY)
    made.refresh_from_db()
    assert made.due_end == date(2026, 12, 31)
    moved = made.events.get(kind=Event.Kind.DEADLINE_MOVED)
    assert (moved.follow_up.kind, moved.before["due_end"], moved.after["due_end"]) == (
        "postponed",
        "2026-05-31",
        "2026-12-31",
    )


def test_a_follow_up_that_is_no_postponement_or_not_confirmed_moves_nothing(reviewer):
    made = rows.commitment()
    for state, kind in (("confirmed", "restated"), ("proposed", "postponed"), ("dismissed", "postponed")):
        rows.follow_up(made, state=state, kind=kind, due_end=date(2027, 1, 1))
    founding.rebuild(commitment=made)
    assert made.due_end == date(2026, 3, 31)
