"""The page of feeds in a real browser: an address is made, copied, used and revoked."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commitments.services import offices
from tests import rows
from tests.commitments.feeds.asking import calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings, live_server):
    settings.TODAY = DAY
    settings.SITE_URL = live_server.url


def test_an_address_is_made_used_and_revoked(page, live_server, admin_user):
    made = rows.commitment(title="Een rapport dat op een telefoon niet breder is dan het venster")
    offices.watch_alone(commitment=made, user=admin_user, watched=True)
    page.goto(f"{live_server.url}{reverse('admin:login')}?next={reverse('my_feeds')}")
    page.fill("#id_username", "admin")
    page.fill("#id_password", "password")
    page.press("#id_password", "Enter")
    page.fill("#id_name", "At work")
    page.get_by_role("button", name="Make").click()
    field = page.locator("#made-calendar")
    expect(field).to_be_visible()
    address = urlsplit(field.input_value())
    assert calendar(f"{address.path}?{address.query}").event["uid"] == str(made.uid)
    page.locator(".made button[data-copy]").first.click()
    expect(page.locator(".made button[data-copy]").first).to_have_text("Copied")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # The form of a page that answered a form is sent as any other.
    page.get_by_role("button", name="Revoke At work").click()
    expect(page.get_by_text("Revoked: this address gives nothing any more.")).to_be_visible()
    expect(page.locator(".made")).to_have_count(0)
