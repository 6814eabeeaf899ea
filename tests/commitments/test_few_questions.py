"""What a page asks of the database: few questions, and no more of them for many rows than for few."""

from datetime import timedelta

import pytest
from django.urls import reverse

from commitments.models import Asking, Event, FollowUp, Part, Priority, SavedSearch, Statement, Topic, Watch
from commitments.services.subscribing import About, choose
from tests import rows
from tests.browser.every_page import pages_for
from tests.commitments.counting import queries
from tests.commitments.doors import DAY, House
from tests.commitments.doors import house as house  # the fixture
from tracker.clock import noon_of
from transcripts.models import AgendaItem, Mandate, Meeting

pytestmark = [pytest.mark.django_db, pytest.mark.doors]
MOST = 15
Kind = Topic.Kind
# No page but a mail in a frame: it takes as many questions as a mail takes, and those it shares with all other mails.
THE_MAIL = "/mijn-mail/voorbeeld/"
OF_THE_MAIL = 40
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
            search = SavedSearch.objects.create(
                user=user, name=f"Zoek {at}", query=f"q={turn_of}{at}", made_at=noon_of(DAY)
            )
            about = [About(Kind.SEARCH, search=search.pk), About(Kind.WORDS, words="rapport")]
            about += [About(Kind.MINISTER, person=turn.person_id), About(Kind.WATCH_LIST)]
            choose(user=user, topics=about, everything=False)
    assert AgendaItem.objects.count() > 20


@pytest.mark.parametrize("persona", ["anonymous", "a_manager", "superuser"])
def test_no_page_asks_much_nor_more_for_many_rows_than_for_few(house, persona):
    client = house.office.client(persona)
    for user in house.office.users.values():
        choose(user=user, topics=())
    pages = [one for one in pages_for(house, persona) if not one.endswith(OF_DJANGO)] + narrowed(house, persona)
    more_of_everything(house, "a")
    few = {one: asked(client, one) for one in pages}
    more_of_everything(house, "b")
    many = {one: asked(client, one) for one in pages}
    grown = {one: (few[one], many[one]) for one in pages if many[one] > few[one]}
    above = {one: number for one, number in many.items() if number > (OF_THE_MAIL if one == THE_MAIL else MOST)}
    assert (grown, above) == ({}, {})


def narrowed(house: House, persona: str) -> list[str]:
    """The desks with a filter, and the list with all that are cheap to give: what these say of it costs nothing."""
    made = house.office.commitment
    found = [f"{reverse('commitments')}?minister={made.person.uid}&status=open&dated=yes&q=rapport"]
    if persona != "anonymous":
        by_person = f"?person={made.person_id}&order=sure"
        found += [reverse(f"admin:commitments_{one}_desk") + by_person for one in ("statement", "followup")]
        found.append(f"{reverse('admin:commitments_followup_desk')}?commitment={made.uid}")
    return found


def asked(client, address: str) -> int:
    with queries() as found:
        assert client.get(address).status_code == 200
    return len(found)
