"""The life of a promise in a real browser: the question is drafted, copied and filed, and the pages fit a phone."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import expect

from commitments.models import Asking, Commitment
from commitments.services import parts
from tests import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 4, 10)
# What sticks out of the window, unless something around it scrolls or hides it.
STICKING_OUT = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll("body *")].filter(one => one.getBoundingClientRect().right > innerWidth + 1)
    .map(one => `${one.tagName}.${one.className}`)"""
LONG = "Deze zeer lange titel met eenonwaarschijnlijklangwoordzonderspatiesofkoppeltekens past ook op een telefoon"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def promise(admin_user: User) -> Commitment:
    made = rows.commitment(title=LONG)
    part = parts.add(commitment=made, actor=admin_user, day=DAY, title=LONG)
    parts.tick(part=part, actor=admin_user, day=DAY, evidence=f"https://example.org/{'x' * 90}")
    return made


@pytest.fixture
def _logged_in(page, live_server, admin_user):
    page.goto(live_server.url + reverse("admin:login") + "?next=/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", "password")
    page.press("#id_password", "Enter")
    page.wait_for_url(live_server.url + "/")


@pytest.mark.usefixtures("_logged_in")
def test_no_page_of_the_office_is_wider_than_its_window(page, live_server, promise):
    for address in (
        reverse("question", args=[promise.uid]),
        reverse("hand_over"),
        reverse("commitment", args=[promise.uid]),
        reverse("admin:commitments_commitment_change", args=[promise.pk]),
        reverse("admin:commitments_commitment_add"),
    ):
        page.goto(live_server.url + address)
        wide = page.evaluate(STICKING_OUT)
        assert wide == [], (address, wide)


@pytest.mark.usefixtures("_logged_in")
def test_the_question_is_corrected_copied_and_filed(page, live_server, promise):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(live_server.url + reverse("question", args=[promise.uid]))
    text = page.get_by_label("Text", exact=True)
    text.fill("Mijn vraag")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "Mijn vraag"
    page.get_by_role("button", name="Asked").click()
    page.wait_for_url(f"**{reverse('commitment', args=[promise.uid])}")
    expect(page.locator(".kicker")).to_contain_text("waiting for an answer until 19 May 2026")
    assert Asking.objects.get().text == "Mijn vraag"
