"""What a page may load and run: in a real browser, page by page, nothing breaks the policy or asks another host."""

import pytest
from django.urls import reverse

from tests.browser.every_page import host, logged_in, pages_for
from tests.commitments.doors import DAY, House
from tests.commitments.doors import house as house  # the fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTED = """document.addEventListener("securitypolicyviolation",
    (one) => console.warn("VIOLATION " + one.effectiveDirective + " " + one.blockedURI + " " + one.sample))"""


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


@pytest.fixture
def policed(browser, live_server, house: House):
    """Go to a page as somebody; return what broke the policy there, and which other hosts it asked."""

    def watch(persona: str, addresses: list[str]) -> dict[str, list[str]]:
        wrong: dict[str, list[str]] = {}
        with logged_in(browser, live_server.url, house, persona) as context:
            context.add_init_script(NOTED)
            page = context.new_page()
            seen: list[str] = []
            page.on("console", lambda one: seen.append(one.text) if "VIOLATION" in one.text else None)
            page.on("pageerror", lambda error: seen.append(str(error)))
            page.on("request", lambda one: seen.append(one.url) if elsewhere(one.url, live_server.url) else None)
            for address in addresses:
                answer = page.goto(live_server.url + address, wait_until="load")
                policy = answer.headers.get("content-security-policy", "none")
                seen += [policy] * ("unsafe" in policy or "default-src 'none'" not in policy)
                if seen:
                    wrong[address] = seen.copy()
                    seen.clear()
        return wrong

    return watch


def elsewhere(address: str, server: str) -> bool:
    return bool(host(address)) and host(address) != host(server)


def test_no_page_breaks_the_policy_or_asks_another_host(policed, house: House):
    addresses = pages_for(house, "superuser")
    assert len(addresses) > 100
    assert policed("superuser", addresses) == {}


@pytest.mark.parametrize("persona", ["anonymous", "a_manager", "stranger"])
def test_nor_does_what_others_see_of_the_site(policed, house: House, persona: str):
    preview = reverse("my_mail_preview")  # a mail and no page: shown in a frame of "my mail", with a policy of its own
    site = [one for one in pages_for(house, persona) if not one.startswith("/admin/") and one != preview]
    assert policed(persona, site) == {}


def test_the_mail_in_the_frame_runs_nothing_and_loads_nothing(house: House):
    policy = house.office.client("stranger").get(reverse("my_mail_preview"))["Content-Security-Policy"]
    rules = dict(one.split(" ", 1) for one in policy.split("; "))
    assert rules.pop("default-src") == "'none'"
    assert "allow-scripts" not in rules.pop("sandbox")
    assert rules == {"style-src": "'unsafe-inline'"}  # a mail has its style within it


def test_a_script_and_a_style_that_are_written_into_a_page_do_nothing(browser, live_server, house: House):
    """The proof that the policy holds, and that the test above would notice."""
    with logged_in(browser, live_server.url, house, "anonymous") as context:
        context.add_init_script(NOTED)
        page = context.new_page()
        said: list[str] = []
        page.on("console", lambda one: said.append(one.text) if "VIOLATION" in one.text else None)
        page.goto(live_server.url + reverse("start"))
        page.evaluate(
            """() => { const main = document.querySelector("main");
            main.innerHTML = '<p id="mean" style="color: rgb(1, 2, 3)">x</p>';
            const script = document.createElement("script");
            script.textContent = "document.title = 'taken over'";
            main.append(script); }"""
        )
        assert page.evaluate("getComputedStyle(document.getElementById('mean')).color") != "rgb(1, 2, 3)"
        assert "taken over" not in page.title()
        assert {one.split()[1] for one in said} == {"style-src-attr", "script-src-elem"}
