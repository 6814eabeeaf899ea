"""The way from a search to a promise and its draft question, in a real browser, with scripts and without."""

import os
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings as site
from django.urls import reverse
from playwright.sync_api import Page, expect

from commitments.models import SavedSearch, Subscription, Watch
from tests import rows
from tests.browser.test_question import STICKING_OUT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 4, 10)
KEPT = Path(os.environ.get("SCREENSHOTS", site.BASE_DIR / "var" / "screenshots"))


@pytest.fixture(autouse=True)
def _day(settings, live_server):
    settings.TODAY = DAY
    settings.SITE_URL = live_server.url


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request, page, browser, live_server, django_user_model) -> Page:
    """Somebody who drafts questions, on a page as wide as `page`, where scripts run or do not."""
    django_user_model.objects.create_superuser("an", email="an@example.org", password="password")
    scripts = request.param
    context = page.context
    if not scripts:
        context = browser.new_context(viewport=page.viewport_size, locale="en-GB", java_script_enabled=False)
    opened = page if scripts else context.new_page()
    opened.scripts = scripts
    opened.goto(live_server.url + reverse("admin:login") + "?next=" + reverse("commitments"))
    opened.fill("#id_username", "an")
    opened.fill("#id_password", "password")
    opened.press("#id_password", "Enter")
    opened.wait_for_url(live_server.url + reverse("commitments"))
    yield opened
    if not scripts:
        context.close()


def seen(page: Page, name: str) -> None:
    """Nothing sticks out; and the page is kept as a picture (to hide the caret a style would be written into it)."""
    assert page.evaluate(STICKING_OUT) == []
    KEPT.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=KEPT / f"{name}-{page.viewport_size['width']}.png", full_page=True, caret="initial")


def test_from_a_search_to_the_promise_to_its_draft_question(visitor, live_server):
    made = rows.commitment(title="Rapport")
    rows.commitment(turn=rows.speech(), quote=rows.NEXT, due_text="")
    visitor.goto(live_server.url + reverse("commitments"))
    loaded = visitor.evaluate("performance.timeOrigin")
    visitor.get_by_label("Words").fill("rapport")
    visitor.get_by_role("button", name="Show").click()
    expect(visitor.get_by_role("status")).to_have_text("1 commitment")
    expect(visitor.locator("#found article")).to_have_count(1)
    whole = visitor.evaluate("performance.timeOrigin") != loaded
    assert whole != visitor.scripts, "the whole page is loaded where no scripts run, and only there"
    assert "q=rapport" in visitor.url
    seen(visitor, "search")
    visitor.get_by_role("link", name=rows.PROMISE).click()
    visitor.wait_for_url(f"**{reverse('commitment', args=[made.uid])}")
    seen(visitor, "commitment")
    visitor.goto(f"{live_server.url}{reverse('calendar')}?maand=2026-03")
    seen(visitor, "calendar")
    visitor.locator(f'a[href*="{reverse("question", args=[made.uid])}"]').click()
    assert "parlement bezorgen" in visitor.get_by_label("Text", exact=True).input_value()
    seen(visitor, "question")


def test_a_search_is_kept_and_told_of_in_the_mail(visitor, live_server):
    rows.commitment(title="Rapport")
    visitor.goto(f"{live_server.url}{reverse('commitments')}?q=rapport")
    visitor.get_by_text("Keep this search").click()
    visitor.get_by_label("Name of the search").fill("Rapporten")
    visitor.get_by_label("Tell me in my mail").check()
    visitor.get_by_role("button", name="Keep").click()
    expect(visitor.get_by_text("Kept under “Rapporten”.")).to_be_visible()
    visitor.goto(live_server.url + reverse("my_mail"))
    expect(visitor.get_by_label("Rapporten")).to_be_checked()
    expect(visitor.frame_locator("iframe.mail").get_by_role("link", name="Rapport").first).to_be_visible()
    seen(visitor, "my-mail")
    assert SavedSearch.objects.get().query == "q=rapport"
    assert not Subscription.objects.get().everything


def test_one_watches_a_promise_without_leaving_its_page(visitor, live_server):
    made = rows.commitment()
    visitor.goto(live_server.url + reverse("commitment", args=[made.uid]))
    loaded = visitor.evaluate("performance.timeOrigin")
    visitor.get_by_role("button", name="Watch it yourself").click()
    expect(visitor.get_by_role("button", name="Stop watching")).to_be_visible()
    assert (visitor.evaluate("performance.timeOrigin") == loaded) == visitor.scripts
    assert Watch.objects.filter(commitment=made).exists()
    visitor.goto(live_server.url + reverse("start") + "?van=volglijst")
    seen(visitor, "start")
