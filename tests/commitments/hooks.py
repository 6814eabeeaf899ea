"""Addresses that events are sent to, and what happens: for the tests of webhooks."""

import json
from datetime import timedelta

import pytest
import time_machine

from commitments.models import Event, WebHook
from commitments.services import tokens, webhooks
from tests.commitments.offices import DAY, World, world
from tests.receiver import Receiver, receiver
from tracker.clock import moment, noon_of

AT = noon_of(DAY)


@pytest.fixture(autouse=True)
def _here(settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office() -> World:
    return world().keep()


@pytest.fixture
def there():
    with receiver() as one:
        yield one


def key(office: World, persona: str = "stranger", *scopes: str):
    user = office.users[persona]
    return tokens.make(user=user, name="x", scopes=scopes or ["webhooks"], days=90, at=moment(), day=DAY)[0]


def hook(office: World, there: Receiver | str, persona: str = "stranger", kinds=(), token=None) -> WebHook:
    address = there if isinstance(there, str) else there.address
    token = token or key(office, persona)
    return webhooks.register(token=token, address=address, kinds=kinds, actor=office.users[persona], at=moment())


def happened(office: World, kind: str = "status_changed", **facts) -> Event:
    return Event.objects.create(day=DAY, kind=kind, **{"commitment": office.commitment} | facts)


def told(there: Receiver) -> list[str]:
    return [json.loads(body)["type"] for _path, _headers, body in there.got]


def after(later: timedelta):
    return time_machine.travel(AT + later, tick=False)
