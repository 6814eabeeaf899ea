"""Digests that may not have arrived or were given up: who looks after their readers is told, once, and sees them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.urls import reverse

from commitments.models import DeliveryNote, Digest, Subscription
from commitments.services import refusals, sending, troubles
from tests.commitments.offices import DAY, World, world
from tracker.clock import moment

pytestmark = pytest.mark.django_db

EMPTY = {"day": DAY.isoformat(), "waiting": 0, "last_report": None, "of_the_office": "geheim"}
LATER = DAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def office() -> World:
    return world()


def digest(office: World, who: str, state: str, minutes_ago: int = 20, period=DAY) -> Digest:
    subscription, _ = Subscription.objects.get_or_create(user=office.users[who])
    made = Digest.objects.create(subscription=subscription, period=period, items=EMPTY, state=state, attempts=1)
    at = moment() - timedelta(minutes=minutes_ago)
    DeliveryNote.objects.create(digest=made, at=at, kind="unknown", words=f"gone from {who}")
    return made


def test_the_managers_get_one_mail_with_all_that_concerns_their_office_and_none_again(office):
    digest(office, "a_reader", "uncertain")
    digest(office, "a_author", "failed", minutes_ago=1)
    assert troubles.tell() == 2
    assert troubles.tell() == 0
    (told,) = mail.outbox
    assert told.to == ["a_manager@example.org"]
    for body in (told.body, told.alternatives[0][0]):
        for words in ("a_reader", "a_author", "gone from a_reader", "/admin/commitments/digest/?trouble=yes"):
            assert words in body
        assert "geheim" not in body
    assert told.subject == "2 overzichten zijn misschien niet aangekomen"


def test_one_of_a_moment_ago_is_told_with_the_others_of_its_morning(office):
    digest(office, "a_reader", "uncertain", minutes_ago=14)
    assert troubles.tell() == 0
    assert not mail.outbox
    DeliveryNote.objects.update(at=moment() - timedelta(minutes=16))
    assert troubles.tell() == 1


def test_a_manager_s_own_is_told_to_who_administers_the_site(office):
    digest(office, "a_manager", "uncertain")
    troubles.tell()
    assert [one.to for one in mail.outbox] == [["superuser@example.org"]]


@pytest.mark.parametrize("settled", ["sent", "a later one", "no more mail", "left"])
def test_what_needs_nobody_is_not_told(office, settled):
    made = digest(office, "a_reader", "uncertain")
    if settled == "sent":
        Digest.objects.update(state="sent")
    elif settled == "a later one":
        Digest.objects.create(subscription=made.subscription, period=LATER, items=EMPTY)
    elif settled == "no more mail":
        Subscription.objects.update(active=False)
    else:
        User.objects.filter(username="a_reader").update(is_active=False)
    assert troubles.tell() == 0
    assert not mail.outbox


def test_a_mail_that_did_not_go_out_is_tried_again_with_the_next_run(office, monkeypatch):
    digest(office, "a_reader", "uncertain")
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _refuse)
        troubles.tell()
    assert troubles.tell() == 1
    assert len(mail.outbox) == 1


def _refuse(*_):
    raise OSError("no server")


def test_one_that_is_sent_again_and_fails_again_is_told_again(office):
    made = digest(office, "a_reader", "uncertain")
    troubles.tell()
    sending.send_again(digest=made, actor=office.users["a_manager"])
    Digest.objects.update(state="uncertain")
    made.delivery_notes.update(at=moment() - timedelta(minutes=20))
    assert troubles.tell() == 1


def test_every_run_of_the_beat_tells_what_was_not_told(office):
    digest(office, "a_reader", "failed")
    sending.tidy_up()
    assert len(mail.outbox) == 1


@pytest.fixture
def several(office) -> World:
    digest(office, "a_reader", "uncertain")
    digest(office, "a_author", "failed")
    digest(office, "b_reader", "failed")
    off = Subscription.objects.create(user=office.users["a_reviewer"])
    claimed = Digest.objects.create(subscription=off, period=DAY, items=EMPTY, state="refused")
    refusals.switch_off(digest=claimed, code=550, words="unknown here")
    return office


@pytest.mark.parametrize(
    ("login", "failed"), [("a_manager", "1 overzicht is opgegeven"), ("superuser", "2 overzichten zijn opgegeven")]
)
def test_the_start_page_of_the_desk_counts_them_and_leads_to_each(several, login, failed):
    client = several.client(login)
    page = client.get(reverse("admin:index")).content.decode()
    for words in ("Van 1 overzicht is niet bekend of het aankwam", failed, "Het adres van 1 abonnee wordt geweigerd"):
        assert words in page
    found = client.get(reverse("admin:commitments_digest_changelist"), {"trouble": "yes", "state__exact": "uncertain"})
    assert list(found.context["cl"].queryset.values_list("subscription__user__username", flat=True)) == ["a_reader"]
    query = {"active__exact": "0", "refused_at__isempty": "0"}
    found = client.get(reverse("admin:commitments_subscription_changelist"), query)
    assert list(found.context["cl"].queryset.values_list("user__username", flat=True)) == ["a_reviewer"]


@pytest.mark.parametrize("login", ["a_reviewer", "a_author"])
def test_who_looks_after_nobody_is_told_nothing_there(several, login):
    page = several.client(login).get(reverse("admin:index")).content.decode()
    assert "niet bekend of" not in page
    assert "opgegeven" not in page


def test_while_nothing_is_wrong_it_says_nothing(office):
    page = office.client("superuser").get(reverse("admin:index")).content.decode()
    assert "messagelist" not in page
