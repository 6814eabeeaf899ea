"""The pages in a real browser: they fit, they can be used by keyboard, and a promise is followed from list to words."""

from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from commitments.models import Commitment, Statement
from tests import rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REPORTS = Path(__file__).resolve().parent.parent / "samples" / "reports"
LONG = "Deze zeer lange titel met eenonwaarschijnlijklangwoordzonderspatiesofkoppeltekens past ook op een telefoon"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = date(2026, 4, 10)


@pytest.fixture
def promise() -> Commitment:
    made = rows.commitment(title=LONG)
    rows.follow_up(made, state="confirmed")
    turn = made.statements.get().speech
    rows.statement(turn, rows.NEXT, cues=[])
    rows.speech(
        turn.item, "Ik heb een vraag.", person=rows.person("Jan Peeters"), capacity="member", label="Jan Peeters"
    )
    return made


@pytest.fixture
def log_in(page, live_server, admin_user):
    def do() -> None:
        page.goto(live_server.url + reverse("admin:login") + "?next=/")
        page.fill("#id_username", "admin")
        page.fill("#id_password", "password")
        page.press("#id_password", "Enter")
        page.wait_for_url(live_server.url + "/")

    return do


def addresses(made: Commitment) -> list[str]:
    document = made.statements.get().speech.item.document
    return [
        reverse("start"),
        reverse("commitments"),
        reverse("commitment", args=[made.uid]),
        reverse("documents"),
        reverse("document", args=[document.uid]),
    ]


def test_no_page_is_wider_than_its_window(page, live_server, promise, log_in):
    log_in()
    for address in addresses(promise):
        page.goto(live_server.url + address)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


def test_every_page_has_its_landmarks_one_heading_and_a_language(page, live_server, promise):
    for address in addresses(promise):
        page.goto(live_server.url + address)
        for landmark in ("header", "main", "footer", "header nav"):
            assert page.locator(f"body > {landmark}").count() == 1, (address, landmark)
        assert page.locator("h1").count() == 1, address
        assert page.get_attribute("html", "lang") == "en"
        assert page.evaluate(UNLABELLED) == [], address


UNLABELLED = """() => [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
    .filter(field => !field.labels.length && !field.getAttribute('aria-label')).map(field => field.name)"""


def test_the_words_can_be_reached_by_keyboard_past_the_menu(page, live_server, promise):
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_paper_by_day_and_by_night(page, live_server, promise, log_in, scheme):
    log_in()
    page.emulate_media(color_scheme=scheme)
    for address in addresses(promise):
        page.goto(live_server.url + address)
        weak = [row for row in page.evaluate(CONTRASTS) if row[0] < 4.5]
        assert weak == [], address


CONTRASTS = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = colour => { const [r, g, b] = rgb(colour).map(part => { part /= 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = element => { for (; element; element = element.parentElement) {
    const colour = getComputedStyle(element).backgroundColor;
    if (rgb(colour)[3] > 0) return colour; } return 'white'; };
  return [...document.querySelectorAll('body *')].filter(element => element.offsetParent
      && [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())).map(element => {
    const [a, b] = [light(getComputedStyle(element).color), light(paper(element))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), element.className, element.textContent.trim().slice(0, 30)]; }); }"""


def test_a_promise_is_followed_from_the_front_page_to_the_words_in_the_transcript(page, live_server, promise):
    page.goto(live_server.url)
    page.click("article.lead blockquote a")
    expect(page.locator(".quote mark")).to_have_text(rows.PROMISE)
    assert "10 days past its date" in page.inner_text("main")
    page.click("figcaption a")
    page.wait_for_url(f"**#s-{promise.statements.get().uid}")
    mark = page.locator("mark.accepted").first
    assert mark.inner_text() == rows.PROMISE
    expect(mark).to_be_in_viewport()


def test_the_list_is_searched_without_any_script(browser, live_server, promise):
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        page.goto(live_server.url + reverse("commitments"))
        page.fill("[name=q]", "iets dat er niet is")
        page.click("form.search button")
        expect(page.locator("main")).to_contain_text("No commitment matches")
        page.fill("[name=q]", "maart")
        page.check("[name=overdue]")
        page.click("form.search button")
        expect(page.locator("article.line")).to_have_count(1)


def test_a_proposal_is_accepted_at_the_desk_and_stands_in_the_list(page, live_server, promise, log_in):
    log_in()
    page.click("section.desk blockquote a")
    expect(page.locator("#desk")).to_contain_text(rows.NEXT)
    page.click("form[action*='/accept/'] button")
    expect(page.locator("#desk [data-key=u]")).to_be_visible()  # it can be undone: it is done
    assert Statement.objects.filter(state=Statement.State.PROPOSED).count() == 0
    page.goto(live_server.url + reverse("commitments"))
    assert rows.NEXT in page.inner_text("main")


def test_a_report_is_uploaded_and_what_was_found_stands_marked_in_its_transcript(page, live_server, log_in):
    log_in()
    page.goto(live_server.url + reverse("document_upload"))
    page.set_input_files("#id_papers", REPORTS / "commissieverslag-2026-02-24.txt")
    page.click("input[type=submit]")
    assert "imported." in page.inner_text(".outcome")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.click(".outcome h2 a")
    marks = page.locator("mark.proposed")
    marks.first.wait_for()
    assert marks.count() >= 3
    first = Statement.objects.order_by("speech__item__position", "speech__position", "start").first()
    assert marks.first.inner_text() in first.quote
    page.click(".margin-note a")
    expect(page.locator("form[action*='/accept/'] button")).to_have_count(1)


def test_the_language_is_switched_in_the_footer_and_the_page_stays(page, live_server, promise):
    page.goto(live_server.url + reverse("documents"))
    page.click("footer button[value='nl-be']")
    expect(page.locator("html")).to_have_attribute("lang", "nl-be")
    assert page.url == live_server.url + reverse("documents")
