"""The list of digests at the desk: whose, how far each came, and the button that sends one again."""

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse

from commitments.models import Digest, Subscription
from tests.commitments.offices import DAY, World, world
from tracker.clock import moment

pytestmark = pytest.mark.django_db

LIST = "admin:commitments_digest_changelist"
EMPTY = {"day": DAY.isoformat(), "waiting": 0, "last_report": None, "of_the_office": "geheim"}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def office() -> World:
    """An office, and a digest of its reader of which nobody knows whether it arrived."""
    made = world()
    User.objects.filter(username="a_reader").update(email="reader@example.org")
    subscription = Subscription.objects.create(user=made.users["a_reader"])
    digest = Digest.objects.create(subscription=subscription, period=DAY, items=EMPTY, state="uncertain", attempts=1)
    digest.delivery_notes.create(kind="unknown", address="reader@example.org", words="gone", at=moment())
    return made


def press(office: World, login: str):
    data = {"action": "send_again_selected", "_selected_action": [Digest.objects.get().pk]}
    return office.client(login).post(reverse(LIST), data)


@pytest.mark.parametrize("login", ["a_manager", "superuser"])
def test_who_looks_after_the_subscriber_sees_how_far_it_came_and_has_it_sent_again(
    office, login, django_capture_on_commit_callbacks
):
    page = office.client(login).get(reverse(LIST)).content.decode()
    assert "a_reader" in page
    assert "gone" in page
    with django_capture_on_commit_callbacks(execute=True):
        press(office, login)
    assert [one.to for one in mail.outbox] == [["reader@example.org"]]
    digest = Digest.objects.get()
    assert digest.state == "sent"
    assert digest.delivery_notes.last().actor == office.users[login]


@pytest.mark.parametrize("login", ["b_manager", "a_reviewer", "a_reader", "stranger"])
def test_nobody_else_sees_it_or_has_it_sent(office, login, django_capture_on_commit_callbacks):
    answer = office.client(login).get(reverse(LIST))
    assert "gone" not in answer.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        press(office, login)
    assert not mail.outbox
    assert Digest.objects.get().state == "uncertain"


@pytest.mark.parametrize("login", ["a_manager", "superuser"])
def test_what_it_tells_is_on_neither_page(office, login):
    client = office.client(login)
    for name, args in ((LIST, []), ("admin:commitments_digest_change", [Digest.objects.get().pk])):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200
        assert "geheim" not in answer.content.decode()


def test_what_cannot_be_sent_again_is_said_in_a_sentence(office):
    Digest.objects.update(state="sent")
    data = {"action": "send_again_selected", "_selected_action": [Digest.objects.get().pk]}
    client = office.client("superuser")
    client.cookies["django_language"] = "en"
    page = client.post(reverse(LIST), data, follow=True).content.decode()
    assert "This digest is sent or in hand." in page
