"""axe-core judges every page of the site and the desks, on a phone and on a desk, by day and by night."""

from collections import defaultdict

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from tests.browser.conftest import WIDTHS
from tests.browser.every_page import logged_in, pages_for
from tests.commitments.doors import DAY, House
from tests.commitments.doors import house as house  # the fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GRAVE = {"serious", "critical"}
# Both lights and both sizes: what axe-core looks at in a colour does not hang on the width, nor the other way round.
WAYS = [*zip(("light", "dark"), WIDTHS.values(), strict=True)]
ONLY_FOUND = {"resultTypes": ["violations"], "preload": False}


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.SECURE_SSL_REDIRECT = False


def findings(page) -> list[str]:
    """What axe-core calls serious or critical on the page as it is: the rule, and where."""
    # Colours fade over in the admin. Who waits for a fading waits for frames, which a busy machine may never draw.
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    found = page.evaluate("(options) => axe.run(document, options)", ONLY_FOUND)["violations"]
    return [
        f"{one['id']}: {node['html'][:160]} ({node['failureSummary'][:300]})"
        for one in found
        if one["impact"] in GRAVE
        for node in one["nodes"]
    ]


def ours(persona: str, house: House) -> list[str]:
    """The pages with templates of our own: all of the site, and of the admin those that have one."""
    own = ("/desk/", "/mark/", "/enter/", "/merge/", "/again/", "/transcripts/document/add/")
    of_commitment = reverse("admin:commitments_commitment_change", args=[house.office.commitment.pk])
    others = {
        reverse("my_mail_preview"),  # a mail, shown in a frame
        reverse("api:docs"),  # Swagger UI's page for programmers, whose colours and nested buttons are its own
    }
    return [
        one
        for one in pages_for(house, persona)
        if one not in others
        and (not one.startswith("/admin/") or one == of_commitment or any(part in one for part in own))
    ]


def of_django(house: House) -> list[str]:
    """The pages of the admin as Django makes them: lists, and forms to add and to change a row."""
    alike = ("/history/", "/delete/")  # of every model the same few words
    return [
        one
        for one in pages_for(house, "superuser")
        if one.startswith("/admin/") and not any(part in one for part in alike)
    ]


@pytest.mark.parametrize("persona", ["anonymous", "stranger", "a_manager"])
def test_axe_finds_nothing_serious_on_any_page_in_any_size_or_light(browser, live_server, house: House, persona: str):
    assert looked_at(browser, live_server, house, persona, ours(persona, house), WAYS) == ""


def test_axe_finds_nothing_serious_on_the_pages_that_django_makes_for_the_superuser(browser, live_server, house: House):
    """Once: what they lack is names, and those are the same in any size and light."""
    shown = [("light", WIDTHS["desk"])]
    assert looked_at(browser, live_server, house, "superuser", of_django(house), shown) == ""


def looked_at(browser, live_server, house: House, persona: str, pages: list[str], shown: list[tuple[str, int]]) -> str:
    """What is wrong, and where, on these pages in these lights and sizes."""
    wrong: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    assert len(pages) > 5
    with logged_in(browser, live_server.url, house, persona) as context:
        page = context.new_page()
        for address in pages:
            page.goto(live_server.url + address)
            page.evaluate(Axe().axe_script)
            for scheme, width in shown:
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": 900})
                for found in findings(page):
                    wrong[found].append((address, scheme, width))
    return "\n".join(f"{found} on {where}" for found, where in wrong.items())


def test_axe_would_say_so(browser, live_server, house: House):
    with logged_in(browser, live_server.url, house, "anonymous") as context:
        page = context.new_page()
        page.goto(live_server.url + reverse("commitments"))
        page.evaluate(Axe().axe_script)
        page.evaluate("""document.querySelector("[for=id_q]").remove()""")
        assert any(one.startswith("label: ") for one in findings(page))
