"""A service on this machine, and a client whose clock stands still while nobody sleeps."""

from collections.abc import Iterator

import pytest

from tests.transcripts.parliament.service import BASE, Service, World, running
from transcripts.parliament.client import Client, Patience


@pytest.fixture
def service() -> Iterator[Service]:
    with running() as made:
        yield made


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def client(service: Service, world: World) -> Client:
    return Client(
        service.address + BASE,
        rate=2.0,
        patience=Patience(attempts=3, timeout=5.0),
        clock=world.clock,
        sleep=world.sleep,
        chance=lambda: 1.0,
    )
