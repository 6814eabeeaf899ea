"""The house whose doors are tried: a row of everything there is, who comes, and what a door asks and answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.contrib.auth.models import Group, User
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from commitments import models as promised
from commitments.mail_links import Purpose, token
from commitments.services import asking, feed_addresses, outside, parts, searching
from tests import rows
from tests.commitments.offices import DAY, World, world
from tests.commitments.test_outside import WORDS
from tracker.clock import noon_of
from transcripts import models as said

OPEN, REFUSED, NOTHING, LOGIN = "open", "refused", "nothing", "login"
EVERYBODY = "anonymous stranger reader reviewer manager superuser"
KNOWN = "stranger reader reviewer manager superuser"
MEMBERS = "reader reviewer manager"
WRITERS = "reviewer manager"
DESK = "reviewer manager superuser"
BOSS = "superuser"
PERSONAS = {"anonymous": "anonymous", "stranger": "stranger", "superuser": "superuser"} | {
    role: f"a_{role}" for role in ("reader", "reviewer", "manager")
}


@dataclass
class House:
    """A row of everything there is, so that no door is refused for want of one."""

    office: World
    row: dict[type[Model], Model] = field(default_factory=dict)


@pytest.fixture
def house() -> House:
    office = world().keep()
    boss, made = office.users["superuser"], office.commitment
    proposal = rows.statement(quote=rows.NEXT)
    filed = asking.file_question(commitment=made, actor=boss, day=DAY)
    part = parts.add(commitment=made, actor=boss, day=DAY, title="De nota")
    follow_up = rows.follow_up(made)
    outside.enter(words=WORDS, title="", person=rows.person(), actor=boss, day=DAY, public=True)
    subscription = promised.Subscription.objects.create(user=office.users["a_author"])
    promised.Subscription.objects.create(user=office.users["stranger"])
    speech = proposal.speech
    found = [
        made, proposal, filed, part, follow_up, subscription, speech, speech.item, speech.item.document,
        speech.item.document.meeting, speech.person, office.a, office.label,
        promised.OutsideStatement.objects.get(), promised.Event.objects.first(),
        promised.Membership.objects.get(user=office.users["a_author"]),
        promised.Digest.objects.create(subscription=subscription, period=DAY),
        promised.Extraction.objects.get_or_create(document=speech.item.document)[0],
        promised.LearnedWeights.objects.create(
            learned_on=DAY, state="retired", accepted=1, rejected=1, before={"f1": 0.9}, after={"f1": 0.9}
        ),
        said.Mandate.objects.create(
            person=speech.person, title="Vlaams minister", portfolio="Wonen", start=date(2024, 9, 30)
        ),
        said.Party.objects.create(name="Partij"), said.SyncPosition.objects.create(name="parliament"),
        *keys_of(office.users["a_author"]),
        searching.keep(user=office.users["a_author"], name="Wonen", query="q=wonen"),
        feed_addresses.make(user=office.users["a_reviewer"], team=office.a, day=DAY)[0],
        Group.objects.create(name="groep"), User.objects.create_user("iemand"),
    ]  # fmt: skip
    return House(office, {type(one): one for one in found})


def keys_of(owner: User) -> list[Model]:
    """A key that none of those who come to the doors has, and what was sent with it."""
    at = noon_of(DAY)
    key = promised.ApiToken.objects.create(user=owner, name="x", digest="x", made_at=at, expires_at=at)
    hook = promised.WebHook.objects.create(token=key, address="https://example.org/", made_at=at)
    return [key, hook, promised.WebHookDelivery.objects.create(webhook=hook, made_at=at)]


@dataclass(frozen=True)
class Door:
    """What is asked for, and who comes to which end; who is named nowhere is asked to log in."""

    ask: Callable[[Client, House], HttpResponse]
    ends: dict[str, str]

    def end_of(self, persona: str) -> str:
        return next((end for end, people in self.ends.items() if persona in people.split()), LOGIN)


def get(name: str, args: Callable[[House], list] = lambda house: [], **query: str) -> Callable:
    return lambda client, house: client.get(reverse(name, args=args(house)), query)


def post(name: str, args: Callable[[House], list] = lambda house: [], **given: str) -> Callable:
    return lambda client, house: client.post(reverse(name, args=args(house)), given)


def send(name: str, args: Callable[[House], list], **given: str) -> Callable:
    """Ask as a program does."""
    return lambda client, house: client.post(reverse(name, args=args(house)), given, content_type="application/json")


def one(house: House) -> list:
    return [house.office.commitment.uid]


def in_office(house: House) -> list:
    return [house.office.commitment.uid, house.office.a.uid]


def note(house: House) -> list:
    return [house.office.note.pk]


def signed(purpose: Purpose) -> Callable:
    """Follow an address out of the mail of somebody of the office."""

    def ask(client: Client, house: House) -> HttpResponse:
        mine, about = house.row[promised.Subscription], house.office.commitment
        found = token(purpose, mine, DAY, None if purpose is Purpose.STOP else about)
        return client.get(reverse(purpose), {"t": found})

    return ask


def paper(house: House) -> list:
    return [house.row[said.Document].uid]


def pk(model: type[Model], *more: object) -> Callable[[House], list]:
    return lambda house: [house.row[model].pk, *more]


def turn(house: House) -> list:
    return [house.row[said.Speech].uid]


def uid(model: type[Model]) -> Callable[[House], list]:
    return lambda house: [house.row[model].uid]


def accepted(house: House) -> list:
    return [house.office.commitment.statements.get().uid]


def feed_of_person(kind: str) -> Callable:
    return get("feed_person", lambda house: [house.row[said.Person].uid, kind])
