"""One's own mail in a real browser, with scripts and without: chosen, seen, and stopped from the mail itself."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from commitments.mail_links import Purpose, address
from commitments.models import Subscription
from tests import rows
from tests.browser.test_question import STICKING_OUT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 4, 10)
TITLE = "Het rapport over de renovatiepremies met eenonwaarschijnlijklangwoordzonderspatiesofkoppeltekens"


@pytest.fixture(autouse=True)
def _day(settings, live_server):
    settings.TODAY = DAY
    settings.SITE_URL = live_server.url


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request, page, browser) -> Page:
    """A page as wide as `page`, where scripts run or do not."""
    if request.param:
        yield page
        return
    context = browser.new_context(viewport=page.viewport_size, locale="en-GB", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def mine(visitor, live_server, django_user_model):
    """Log in somebody who has no mail yet, and open the page."""
    django_user_model.objects.create_user("an", email="an@example.org", password="password")
    rows.commitment(title=TITLE, due_end=date(2026, 3, 31))
    visitor.goto(live_server.url + reverse("admin:login") + "?next=" + reverse("my_mail"))
    visitor.fill("#id_username", "an")
    visitor.fill("#id_password", "password")
    visitor.press("#id_password", "Enter")
    visitor.wait_for_url(live_server.url + reverse("my_mail"))
    return visitor


def fits(page: Page) -> None:
    wide = page.evaluate(STICKING_OUT)
    assert wide == [], wide


def test_the_mail_is_chosen_seen_and_stopped_by_the_address_in_it(mine, live_server):
    fits(mine)
    expect(mine.get_by_text("Keep what you chose, and you see it here.")).to_be_visible()
    mine.get_by_label("Send me this mail").check()
    mine.get_by_label("every week").check()
    mine.get_by_label("Day of the week").select_option("Thursday")
    mine.get_by_label("From this hour on").select_option("18:00")
    mine.get_by_label("Language").select_option("en")
    mine.get_by_label("Also when there is nothing to tell").uncheck()
    mine.get_by_label("only what I choose here").check()
    mine.locator("summary", has_text="Ministers").click()
    mine.get_by_label("Els Vanrode").check()
    mine.get_by_label("Words", exact=True).fill("zwembad\nrenovatiepremies")
    mine.get_by_role("button", name="Keep").click()
    expect(mine.get_by_text("Kept. Below is what you would get now.")).to_be_visible()
    kept = Subscription.objects.get(user__username="an")
    assert (kept.active, kept.rhythm, kept.weekday, kept.hour, kept.language) == (True, "weekly", 3, 18, "en")
    assert not kept.everything
    assert not kept.also_when_nothing
    assert sorted(kept.topics.values_list("kind", "words")) == [
        ("minister", ""),
        ("words", "renovatiepremies"),
        ("words", "zwembad"),
    ]
    expect(mine.get_by_label("Els Vanrode")).to_be_checked()
    expect(mine.get_by_label("From this hour on")).to_have_value("18")
    seen = mine.frame_locator("iframe.mail")
    expect(seen.get_by_role("heading", name="Newly past their date")).to_be_visible()
    expect(seen.get_by_role("link", name=TITLE).first).to_be_visible()
    seen.get_by_text("As plain text").click()
    expect(seen.locator("pre")).to_contain_text("NEWLY PAST THEIR DATE")
    fits(mine)
    mine.context.clear_cookies()  # the address in the mail asks for no login
    mine.goto(address(Purpose.STOP, kept, DAY))
    fits(mine)
    kept.refresh_from_db()
    assert kept.active, "looking stops nothing"
    mine.get_by_role("button", name="No more mail").click()
    expect(mine.get_by_role("status")).to_contain_text("You get no more mail.")
    kept.refresh_from_db()
    assert not kept.active


def test_what_cannot_be_kept_is_said_beside_what_was_filled_in(mine, live_server):
    mine.get_by_label("every day").check()
    words = mine.get_by_label("Words", exact=True)
    words.fill("\n".join(f"woord {at}" for at in range(21)))
    mine.get_by_role("button", name="Keep").click()
    expect(mine.get_by_text("Write at most 20 searches.")).to_be_visible()
    expect(mine.get_by_label("every day")).to_be_checked()
    expect(words).to_have_value("\n".join(f"woord {at}" for at in range(21)))
    fits(mine)
    assert not Subscription.objects.exists()
