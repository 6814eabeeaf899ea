"""What the tests of services share."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import Permission, User
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from commitments import bridge
from commitments.models import Subscription
from tests import papers
from tests.commitments.proposals import Engine
from transcripts.models import Document
from transcripts.services import import_paper


@pytest.fixture
def reviewer(db) -> User:
    return User.objects.create_user("an", email="an@example.org")


@pytest.fixture
def colleague(db) -> User:
    return User.objects.create_user("bo", email="bo@example.org")


@pytest.fixture
def login(client, django_user_model):
    """Log in as staff with the permissions named, and no other."""

    def as_staff(name: str, *permissions: str) -> None:
        user = django_user_model.objects.create_user(name, is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)

    return as_staff


@pytest.fixture
def engine(monkeypatch) -> Engine:
    """The engine as the services see it, under the hand of the test."""
    made = Engine()
    monkeypatch.setattr(bridge.statements, "propose", made)
    return made


@pytest.fixture
def document(db) -> Document:
    """One answer with two promises in it, imported and not yet read."""
    turns = [
        (papers.member(), "Wanneer komt het plan, en komt er een overleg?"),
        (papers.minister(), "Ik zal het plan tegen eind maart bezorgen. Ik zal de sector samenroepen."),
    ]
    return import_paper(paper=papers.paper(*turns)).document


@pytest.fixture
def subscription(reviewer) -> Subscription:
    return Subscription.objects.create(user=reviewer, language="en")


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Let the application leave the connection of the test open, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
