"""What the signed addresses in a mail do, for whom, how often and until when."""

import re
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from commitments.mail_links import VALID_FOR, BadLinkError, ExpiredLinkError, Purpose, opened, token
from commitments.models import Asking, Commitment, Membership, PutOff, Subscription
from commitments.services import asking, digest
from tests import rows
from tests.commitments.offices import World, world
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 4, 6)
OTHERS = {Purpose.PUT_OFF: Purpose.ASKED, Purpose.ASKED: Purpose.STOP, Purpose.STOP: Purpose.PUT_OFF}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = MONDAY


@pytest.fixture
def office() -> World:
    made = world()
    Commitment.objects.update(due_end=date(2026, 3, 31))
    return made


@pytest.fixture
def mine(office) -> Subscription:
    return Subscription.objects.create(user=office.users["a_reviewer"], language="en")


@pytest.fixture
def outsider() -> Client:
    """Somebody with the address, who is not logged in; forms are checked as they are on the site."""
    return Client(enforce_csrf_checks=True)


def address(purpose: Purpose, mine: Subscription, office: World | None = None) -> str:
    return f"{reverse(purpose)}?t={token(purpose, mine, MONDAY, office.commitment if office else None)}"


def confirm(client: Client, at: str, **given: str):
    """Get the page and send its form, as a person does."""
    page = client.get(at)
    assert page.status_code == 200
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())
    assert found
    return client.post(at, {"csrfmiddlewaretoken": found[1], **given})


def later(days: int) -> str:
    return (MONDAY + timedelta(days=days)).isoformat()


def test_the_mail_carries_the_addresses_and_the_headers_for_one_click(mine, mailoutbox):
    digest.send_due(moment=noon_of(MONDAY))
    (mail,) = mailoutbox
    message = mail.message()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = message["List-Unsubscribe"].strip("<>")
    for body in (mail.body, mail.alternatives[0][0].replace("&amp;", "&")):
        for purpose in Purpose:
            assert f"http://127.0.0.1:8000{reverse(purpose)}?t=" in body
        assert stop in body
    assert "<img" not in mail.alternatives[0][0]


def test_who_may_file_no_question_gets_no_address_for_it(office, mailoutbox):
    Subscription.objects.create(user=office.users["a_reader"])
    digest.send_due(moment=noon_of(MONDAY))
    assert reverse(Purpose.ASKED) not in mailoutbox[0].body
    assert reverse(Purpose.PUT_OFF) in mailoutbox[0].body


def test_looking_changes_nothing(office, mine, outsider):
    for purpose in Purpose:
        about = None if purpose is Purpose.STOP else office
        for method in (outsider.get, outsider.head):
            assert method(address(purpose, mine, about)).status_code == 200
    mine.refresh_from_db()
    assert mine.active
    assert not Asking.objects.exists()
    assert not PutOff.objects.exists()


def test_a_reminder_is_put_off_for_one_alone_and_again_changes_nothing(office, mine, outsider):
    Subscription.objects.create(user=office.users["a_reader"])
    at = address(Purpose.PUT_OFF, mine, office)
    for _ in range(2):
        assert confirm(outsider, at, until=later(14)).status_code == 200
    row = PutOff.objects.get()
    assert (row.user, row.until, row.commitment) == (mine.user, MONDAY + timedelta(days=14), office.commitment)


@pytest.mark.parametrize("until", ["", "2026-04-06", "2026-04-05", "2031-01-01", "morgen"])
def test_a_day_that_is_no_choice_is_refused(office, mine, outsider, until):
    answer = confirm(outsider, address(Purpose.PUT_OFF, mine, office), until=until)
    assert b'class="error"' in answer.content
    assert not PutOff.objects.exists()


def test_asked_is_noted_once_in_the_name_of_the_subscriber(office, mine, outsider, settings):
    at = address(Purpose.ASKED, mine, office)
    assert confirm(outsider, at, kind="written", number="412").status_code == 200
    filed = Asking.objects.get()
    assert (filed.filed_by, filed.filed_on, filed.number, filed.kind) == (mine.user, MONDAY, "412", "written")
    assert confirm(outsider, at, kind="written", number="412").status_code == 409
    assert confirm(outsider, at, kind="oral").status_code == 409
    settings.TODAY = MONDAY + timedelta(days=30)
    assert confirm(outsider, at, kind="written").status_code == 409
    assert Asking.objects.count() == 1


def test_what_somebody_else_asked_since_the_mail_is_not_asked_again(office, mine, outsider):
    asking.file_question(commitment=office.commitment, actor=office.users["a_manager"], day=MONDAY)
    assert confirm(outsider, address(Purpose.ASKED, mine, office), kind="oral").status_code == 409
    assert Asking.objects.count() == 1


def test_a_promise_closed_since_is_not_asked_about(office, mine, outsider):
    Commitment.objects.update(status="fulfilled")
    answer = confirm(outsider, address(Purpose.ASKED, mine, office), kind="written")
    assert answer.status_code == 409
    assert not Asking.objects.exists()


def test_who_left_the_office_since_the_mail_notes_no_question(office, mine, outsider):
    at = address(Purpose.ASKED, mine, office)
    Membership.objects.filter(user=mine.user).delete()
    assert confirm(outsider, at, kind="written").status_code == 403
    assert not Asking.objects.exists()


@pytest.mark.parametrize(
    ("purpose", "given"), [(Purpose.PUT_OFF, {"until": later(7)}), (Purpose.ASKED, {"kind": "written"})]
)
def test_whose_login_was_closed_since_the_mail_does_nothing(office, mine, outsider, purpose, given):
    at = address(purpose, mine, office)
    mine.user.is_active = False
    mine.user.save()
    assert confirm(outsider, at, **given).status_code == 403
    assert not Asking.objects.exists()
    assert not PutOff.objects.exists()


def test_the_rights_are_the_subscriber_s_whoever_is_logged_in(office):
    reader = Subscription.objects.create(user=office.users["a_reader"])
    manager = office.client("a_manager")
    assert manager.post(address(Purpose.ASKED, reader, office), {"kind": "written"}).status_code == 403
    assert manager.post(address(Purpose.PUT_OFF, reader, office), {"until": later(7)}).status_code == 200
    assert PutOff.objects.get().user == office.users["a_reader"]


def test_a_form_from_elsewhere_is_refused_but_for_one_click(office, mine, outsider):
    for purpose, given in ((Purpose.PUT_OFF, {"until": later(7)}), (Purpose.ASKED, {"kind": "written"})):
        assert outsider.post(address(purpose, mine, office), given).status_code == 403
    assert not PutOff.objects.exists()
    assert not Asking.objects.exists()
    answer = outsider.post(address(Purpose.STOP, mine), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    mine.refresh_from_db()
    assert not mine.active


def test_no_more_mail_by_the_page_twice_and_also_for_a_closed_login(mine, outsider, mailoutbox):
    mine.user.is_active = False
    mine.user.save()
    for _ in range(2):
        assert confirm(outsider, address(Purpose.STOP, mine)).status_code == 200
    mine.user.is_active = True
    mine.user.save()
    assert digest.send_due(moment=noon_of(MONDAY)).sent == 0
    assert mine.history.count() == 2


@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_address_with_a_sign_changed_or_for_something_else_leads_nowhere(office, mine, outsider, purpose):
    good = token(purpose, mine, MONDAY, office.commitment)
    other = Subscription.objects.create(user=office.users["a_manager"])
    payload, _, signature = good.rpartition(":")
    theirs = token(purpose, other, MONDAY, office.commitment).rpartition(":")[0]
    wrong = [
        "",
        "x",
        good[:-1],
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        f"{theirs}:{signature}",
        f"{payload[:-2]}:{signature}",
        token(OTHERS[purpose], mine, MONDAY, office.commitment),
    ]
    assert outsider.get(reverse(purpose), {"t": good}).status_code == 200
    for one in wrong:
        for method in (outsider.get, office.client("superuser").post):
            answer = method(f"{reverse(purpose)}?t={one}")
            assert answer.status_code == 404, one
            assert office.commitment.title not in answer.content.decode()
    mine.refresh_from_db()
    assert mine.active


def test_another_secret_key_makes_other_addresses(office, mine, outsider, settings):
    at = address(Purpose.PUT_OFF, mine, office)
    settings.SECRET_KEY = "another one that nobody knows"
    assert outsider.get(at).status_code == 404


@pytest.mark.parametrize("purpose", list(Purpose))
def test_an_address_expires(office, mine, outsider, purpose, settings):
    at = address(purpose, mine, office)
    last = MONDAY + VALID_FOR[purpose]
    settings.TODAY = last
    assert outsider.get(at).status_code == 200
    settings.TODAY = last + timedelta(days=1)
    assert outsider.get(at).status_code == 410
    assert office.client("superuser").post(at).status_code == 410
    given = parse_qs(urlsplit(at).query)["t"][0]
    with pytest.raises(ExpiredLinkError):
        opened(purpose, given, day=settings.TODAY)


@pytest.mark.parametrize("purpose", [Purpose.PUT_OFF, Purpose.ASKED])
def test_a_promise_that_nobody_may_see_any_more_is_not_shown(office, mine, outsider, purpose):
    at = address(purpose, mine, office)
    office.commitment.statements.update(state="rejected")
    assert outsider.get(at).status_code == 404


def test_the_subscription_of_somebody_else_under_the_same_number_is_not_meant(office, mine):
    given = token(Purpose.STOP, mine, MONDAY)
    Subscription.objects.filter(pk=mine.pk).update(user=office.users["a_manager"])
    with pytest.raises(BadLinkError):
        opened(Purpose.STOP, given, day=MONDAY)


def test_an_address_stands_in_no_cache_and_its_token_behind_the_question_mark(office, mine, outsider):
    at = address(Purpose.PUT_OFF, mine, office)
    assert "no-store" in outsider.get(at)["Cache-Control"]
    assert token(Purpose.PUT_OFF, mine, MONDAY, office.commitment) not in urlsplit(at).path


def test_the_same_mail_is_the_same_words(office, mine, mailoutbox):
    from commitments.mails import digest_words

    rows.commitment(due_end=date(2026, 3, 30))
    digest.send_due(moment=noon_of(MONDAY))
    assert digest_words(mine.digests.get()) == digest_words(mine.digests.get())
