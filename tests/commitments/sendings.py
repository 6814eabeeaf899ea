"""Digests that are to be sent, and a mail server on which something goes wrong."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.auth.models import User

from commitments.models import Digest, Subscription
from commitments.services import sending
from commitments.services.sending import Sent
from tests.mailing.server import Plan, serving

MONDAY = date(2026, 4, 6)
EMPTY = {"day": MONDAY.isoformat(), "waiting": 0, "last_report": None}


@pytest.fixture
def plan(settings) -> Iterator[Plan]:
    """What goes wrong at a mail server that the settings name."""
    made = Plan()
    with serving(made) as there:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", there.port, 10
        yield made


def claims(number: int = 1, period: date = MONDAY) -> list[Digest]:
    """A digest to be sent to each of so many subscribers: n0@example.org, n1@example.org …"""
    made = []
    for at in range(number):
        user, _ = User.objects.get_or_create(username=f"n{at}", defaults={"email": f"n{at}@example.org"})
        subscription, _ = Subscription.objects.get_or_create(user=user, defaults={"language": "en"})
        made.append(Digest.objects.create(subscription=subscription, period=period, items=EMPTY))
    return made


def send(*digests: Digest) -> Sent:
    return sending.send([one.pk for one in digests])


def now_is_the_time() -> None:
    Digest.objects.update(next_attempt_at=None)


def notes(digest: Digest) -> list[tuple[str, str, int | None, str]]:
    return list(digest.delivery_notes.values_list("kind", "address", "code", "words"))


def state(digest: Digest) -> str:
    digest.refresh_from_db()
    return digest.state
