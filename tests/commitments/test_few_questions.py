"""What a page asks of the database: few questions, and no more of them for many rows than for few."""

from datetime import timedelta

import pytest

from commitments.models import Asking, Event, FollowUp, Part, Priority, SavedSearch, Statement, Watch
from tests import rows
from tests.browser.every_page import pages_for
from tests.commitments.counting import queries
from tests.commitments.doors import DAY, House
from tests.commitments.doors import house as house  # the fixture
from tracker.clock import noon_of
from transcripts.models import AgendaItem, Mandate, Meeting

pytestmark = pytest.mark.django_db
MOST = 15
# Pages that still ask more, and how much at most: a list that may only shrink. The first grows with its rows.
GROWING = "/admin/commitments/commitment/"
KNOWN = {
    GROWING: 26,
    "/admin/commitments/followup/desk/": 17,
    "/admin/commitments/statement/desk/": 17,
    "/commissies/": 17,
    "/personen/": 17,
    "/toezeggingen/": 24,
    "/mijn-mail/": 16,
}
# Django's own pages of the admin that follow what hangs on a row before they delete it.
OF_DJANGO = ("/delete/",)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


def more_of_everything(house: House, turn_of: str) -> None:
    """Much of what the pages show: around the promise that has a page of its own, and beside it."""
    office = house.office
    made, users = office.commitment, office.users
    turn = made.statements.order_by("pk")[0].speech
    for at in range(3):
        day = DAY - timedelta(days=at)
        other = rows.commitment(
            turn=rows.speech(person=rows.person(f"Minister {turn_of}{at}")),
            due_end=DAY + timedelta(days=at),
            due_start=day,
        )
        late = rows.commitment(turn=rows.speech(person=turn.person))
        for one in (made, other, late):
            rows.follow_up(one, state=FollowUp.State.CONFIRMED)
            rows.proposed(one)
            Event.objects.create(day=day, kind=Event.Kind.DEADLINE_MOVED, commitment=one)
            Event.objects.create(day=day, kind=Event.Kind.ANSWERED, commitment=one)
            Part.objects.create(commitment=one, title=f"Deel {at}", position=one.parts.count() + 1)
            Asking.objects.create(
                commitment=one, kind="written", filed_on=day, waiting_until=day, text="?", addressee=turn.person
            )
            Priority.objects.get_or_create(team=office.a, commitment=one, defaults={"level": "high"})
            Watch.objects.get_or_create(team=office.a, commitment=one)
        rows.statement(rows.speech(), rows.NEXT, state=Statement.State.ACCEPTED, commitment=made)
        rows.statement(rows.speech(turn.item), rows.NEXT)
        Mandate.objects.create(
            person=other.person, title="Vlaams minister", portfolio=f"Zaken {turn_of}{at}", start=day
        )
        Meeting.objects.create(date=day, committee=f"Commissie {turn_of}{at}")
        Meeting.objects.create(date=DAY + timedelta(days=at + 1), committee="Commissie voor Wonen")
        for user in users.values():
            SavedSearch.objects.create(user=user, name=f"Zoek {at}", query=f"q={turn_of}{at}", made_at=noon_of(DAY))
    assert AgendaItem.objects.count() > 20


@pytest.mark.parametrize("persona", ["anonymous", "a_manager"])
def test_no_page_asks_much_nor_more_for_many_rows_than_for_few(house, persona):
    client = house.office.client(persona)
    pages = [one for one in pages_for(house, persona) if not one.endswith(OF_DJANGO)]
    more_of_everything(house, "a")
    few = {one: asked(client, one) for one in pages}
    more_of_everything(house, "b")
    many = {one: asked(client, one) for one in pages}
    grown = {one: (few[one], many[one]) for one in pages if many[one] > few[one] and not one.startswith(GROWING)}
    above = {one: number for one, number in many.items() if number > most(one)}
    assert (grown, above) == ({}, {})


def most(address: str) -> int:
    return next((number for start, number in KNOWN.items() if address.startswith(start)), MOST)


def asked(client, address: str) -> int:
    with queries() as found:
        assert client.get(address).status_code == 200
    return len(found)
