"""Counted where they are kept, promises come to the same as counted one by one."""

from datetime import date, timedelta

import pytest
from django.db.models import Q

from commitments.models import Commitment, FollowUp, OutsideStatement, Statement
from commitments.showing import statistics
from commitments.showing.over_time import draw
from tests import rows
from tests.commitments.counting import queries

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)
DONE = {"status": "fulfilled", "evidence": "Stuk 12"}


def made(**fields) -> Commitment:
    return rows.commitment(turn=rows.speech(), **fields)


@pytest.fixture
def all_kinds() -> None:
    """One of each way in which a promise can stand, and one that nobody accepted."""
    made()
    made(asked_on=DAY, waiting_until=DAY + timedelta(days=20))
    made(asked_on=DAY - timedelta(days=30), waiting_until=DAY - timedelta(days=2))
    made(status="partly", due_end=date(2026, 5, 31))
    made(due_start=None, due_end=None, check_on=DAY)
    made(fulfilled_on=date(2026, 3, 1), **DONE)
    made(fulfilled_on=date(2026, 4, 2), **DONE)
    made(**DONE)
    made(due_end=None, fulfilled_on=DAY, **DONE)
    for status in ("dropped", "lapsed", "superseded"):
        made(status=status)
    rows.statement(rows.speech(), rows.NEXT)


def moved(commitment: Commitment, end: date) -> None:
    """It was said again, with another last day."""
    said = rows.speech(rows.item(rows.document(day=date(2026, 2, 10))))
    rows.statement(said, rows.NEXT, commitment=commitment, state=Statement.State.ACCEPTED, due_end=end)
    Commitment.objects.filter(pk=commitment.pk).update(due_end=end)


def by_hand(found) -> statistics.Tally:
    return statistics.tally(statistics.rows(found), DAY, statistics.slips_of(found))


@pytest.mark.usefixtures("all_kinds")
def test_they_stand_as_they_do_one_by_one_in_one_query():
    published = Commitment.objects.published()
    with queries() as asked:
        found = published.counted(DAY)
    tally = by_hand(published)
    same = ("total", "open", "partly", "overdue", "waiting", "fulfilled", "on_time", "undated", "dropped", "lapsed")
    assert {name: found[name] for name in same} == {name: getattr(tally, name) for name in same}
    assert (found["later"], found["superseded"], found["without_day"]) == (tally.late, tally.superseded, 1)
    assert len(asked) == 1


@pytest.mark.usefixtures("all_kinds")
def test_what_was_said_outside_and_kept_private_counts_for_nobody():
    before = Commitment.objects.published().counted(DAY)
    hidden = Commitment.objects.create(
        title="Achter gesloten deuren", kind="inform", person=rows.person(), said_on=DAY, due_end=date(2026, 3, 31)
    )
    told = OutsideStatement.objects.create(
        commitment=hidden, quote="Dat doe ik.", said_on=DAY, source_name="Gesprek", public=False
    )
    published = Commitment.objects.published()
    assert published.counted(DAY) == before
    assert sum(row["total"] for row in published.by_quarter(DAY)) == 9
    told.public = True
    told.save()
    assert published.all().counted(DAY)["total"] == before["total"] + 1


@pytest.mark.usefixtures("all_kinds")
def test_a_quarter_tells_what_became_of_those_whose_last_day_lay_in_it():
    made(due_start=date(2025, 12, 1), due_end=date(2025, 12, 31))
    older, first = Commitment.objects.published().by_quarter(DAY)
    assert (older["quarter"], older["total"], older["silent"]) == (date(2025, 10, 1), 1, 1)
    shown = {name: first[name] for name in ("total", "on_time", "later", "waiting", "silent", "other")}
    assert shown == {"total": 9, "on_time": 1, "later": 1, "waiting": 1, "silent": 2, "other": 4}


def test_what_was_put_off_counts_from_the_first_last_day_that_was_named():
    moved(made(), date(2026, 4, 7))
    moved(made(), date(2026, 3, 1))
    told = made(due_end=date(2026, 4, 9))
    told.statements.update(due_start=None, due_end=None)
    for day, end, state in ((1, 1, "proposed"), (2, 31, "confirmed"), (3, 39, "confirmed")):
        later = rows.item(rows.document(day=date(2026, 3, day)))
        end_day = date(2026, 3, 1) + timedelta(days=end)
        FollowUp.objects.create(commitment=told, kind="postponed", item=later, state=state, due_end=end_day)
    found = Commitment.objects.published()
    quarters, tally = found.by_quarter(DAY), by_hand(found)
    assert [(row["moved"], row["days_moved"]) for row in quarters] == [(0, 0), (2, 15)]
    assert (tally.slipped, tally.days_slipped) == (2, 15)


def test_a_commitment_said_twice_in_a_committee_under_two_spellings_counts_once():
    twice = made()
    again = rows.document()
    again.meeting.committee = "Commissie voor wonen en energie"
    again.meeting.save()
    said = rows.speech(rows.item(again))
    rows.statement(said, rows.NEXT, commitment=twice, state=Statement.State.ACCEPTED)
    slugs = dict.fromkeys(("Commissie voor Wonen en Energie", "Commissie voor wonen en energie"), "wonen")
    found = Statement.objects.accepted().counted_by_committee(slugs, DAY)
    assert found == {"wonen": {"total": 1, "open": 1, "overdue": 1}}


def test_of_each_minister_the_open_and_the_overdue_are_counted_in_one_query():
    made(), made(status="dropped")
    other = made(person=rows.person("Jan Hoste"), due_end=date(2026, 5, 31))
    with queries() as asked:
        found = Commitment.objects.published().counted_by("person", DAY)
    assert len(asked) == 1
    assert {pk: (row["total"], row["open"], row["overdue"]) for pk, row in found.items()} == {
        rows.person().pk: (2, 1, 1),
        other.person_id: (1, 1, 0),
    }


@pytest.mark.usefixtures("all_kinds")
def test_unanswered_is_what_nobody_waits_for_and_whose_day_or_term_has_passed():
    found = Commitment.objects.published().unanswered(DAY)
    assert set(found) == set(
        Commitment.objects.published().filter(Q(status="open"), Q(due_end__lt=DAY)).exclude(waiting_until__gt=DAY)
    )
    assert found.count() == 2


def test_where_no_last_day_has_passed_there_is_nothing_to_draw():
    made(due_end=DAY)
    assert draw(Commitment.objects.published().by_quarter(DAY), DAY) is None
