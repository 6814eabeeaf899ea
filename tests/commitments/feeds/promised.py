"""A promise in the feeds, and how often it changed: for the tests of calendars and of news."""

import pytest
from django.contrib.auth.models import User

from commitments.models import Commitment
from commitments.services import review
from tests import rows
from tests.commitments.feeds.asking import DAY, calendar

ALL = "/feeds/alles.ics"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser("boss")


def accepted(boss: User, quote: str = rows.PROMISE, **fields) -> Commitment:
    return review.accept(statement=rows.statement(quote=quote, **fields), actor=boss, day=DAY, title="Rapport bezorgen")


def sequence(path: str = ALL) -> int:
    return int(calendar(path).event["sequence"])
