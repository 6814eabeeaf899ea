"""The desk in a real browser: thirty proposals by keyboard alone, undone where it was wrong, with a second reviewer."""

import re
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from commitments.models import Commitment, Event, Statement
from commitments.services import review
from tests import rows
from tests.browser.test_pages import CONTRASTS, UNLABELLED
from transcripts.models import Speech

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 4, 10)
DESK = reverse("admin:commitments_statement_desk")
TWO = "Ik bezorg u de nota over {} en ik roep de sector daarover samen."
SUBJECTS = (
    "de waterfactuur", "het fietspad", "de dakisolatie", "het rusthuis", "de veerdienst", "het natuurpark",
    "de kinderopvang", "het zwembad", "de spoorbrug", "het archief",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def proposals(transactional_db) -> list[Statement]:
    """Thirty proposals in one report, each an answer to a question."""
    report = rows.item()
    made = []
    for number in range(30):
        rows.speech(
            report, f"Hoe staat het met {SUBJECTS[number % 10]}?", person=rows.person("Jan Peeters"),
            capacity="member", label="Jan Peeters",
        )  # fmt: skip
        quote = TWO.format(f"{SUBJECTS[number % 10]} {number}")
        turn = rows.speech(report, f"Dank u. {quote} Tot daar.")
        made.append(rows.statement(turn, quote, due_text="", due_start=None, due_end=None, due_precision=""))
    return made


def log_in(page: Page, server: str, name: str, to: str = DESK) -> None:
    page.goto(f"{server}{reverse('admin:login')}?next={to}")
    page.fill("#id_username", name)
    page.fill("#id_password", "password")
    page.press("#id_password", "Enter")
    page.wait_for_url(f"**{to}")


def types(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def says(page: Page, words: str) -> None:
    expect(page.locator("#desk .messagelist")).to_contain_text(words)
    expect(page.locator("#desk-said")).to_contain_text(words)


def at(page: Page, statement: Statement) -> None:
    """The page shows this proposal, and the keyboard works on it."""
    expect(page.locator("#desk blockquote mark")).to_have_text(statement.quote)


def test_thirty_proposals_are_reviewed_by_keyboard_alone(page, live_server, admin_user, proposals):
    into = rows.commitment(title="Een nota die al beloofd was", quote=rows.NEXT)
    log_in(page, live_server.url, "admin")
    presses = []
    page.on("request", lambda one: presses.append(one) if one.method == "POST" else None)
    pages = []
    page.on("load", lambda: pages.append(page.url))
    for number, statement in enumerate(proposals):
        at(page, statement)
        match number % 6:
            case 0 | 1:
                types(page, "a")
            case 2:
                types(page, "r", "2", "Enter")
            case 3:
                types(page, "r", "0")
                page.keyboard.type("geen toezegging maar een gebaar")
                types(page, "Enter")
            case 4:
                types(page, "e")
                page.locator("#edit_title").wait_for()
                types(page, "Tab", "Tab")
                page.keyboard.type("eind 2027")
                expect(page.locator("#desk output")).to_contain_text("31 December 2027")
                types(page, "Enter")
                says(page, "Changed as you said.")
                types(page, "a")
            case 5 if number % 12 == 5:
                types(page, "m", "1", "Enter")
            case 5:
                types(page, "s", "ArrowLeft", "ArrowRight", "Enter")
                says(page, "Split in two")
                types(page, "a")
                expect(page.locator("#desk blockquote mark")).to_have_text("en ik roep de sector daarover samen.")
                types(page, "a")
    expect(page.locator("#desk")).to_contain_text("Everything that was proposed has been judged.")
    states = Statement.objects.exclude(commitment=into).values_list("state", flat=True)
    assert Statement.objects.filter(state="proposed").count() == 0
    assert sorted(set(states)) == ["accepted", "rejected"]
    assert Statement.objects.filter(state="rejected").count() == 10
    assert set(Statement.objects.filter(state="rejected").values_list("rejected_because", flat=True)) == {
        "fact",
        "geen toezegging maar een gebaar",
    }
    assert Statement.objects.filter(due_end=date(2027, 12, 31), state="accepted").count() == 5
    assert Statement.objects.count() == 30 + 2 + 1
    # One request for each decision, and not one new page.
    assert len(presses) == Event.objects.filter(restores__isnull=False).count()
    assert pages == []


def test_the_last_decisions_are_undone_by_one_key_each(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin")
    first, second, third = proposals[:3]
    at(page, first)
    types(page, "a")
    at(page, second)
    types(page, "r", "1", "Enter")
    at(page, third)
    for undone in (second, first):
        types(page, "u")
        at(page, undone)
        says(page, "Undone")
    expect(page.locator("[data-key=u]")).to_have_count(0)
    assert Statement.objects.filter(state="proposed").count() == 30
    assert not Commitment.objects.exists()


def test_the_second_reviewer_is_told_and_overwrites_nothing(
    page, browser, live_server, admin_user, django_user_model, proposals
):
    django_user_model.objects.create_superuser("bo", password="password")
    log_in(page, live_server.url, "admin")
    at(page, proposals[0])
    with browser.new_context(locale="en-GB") as context:
        other = context.new_page()
        log_in(other, live_server.url, "bo")
        at(other, proposals[0])
        types(other, "r", "3", "Enter")
        at(other, proposals[1])
    types(page, "a")
    says(page, "bo was first: rejected.")
    at(page, proposals[0])
    expect(page.locator("#desk .state")).to_have_text("rejected")
    assert not Commitment.objects.exists()
    types(page, "j")
    at(page, proposals[1])
    types(page, "a")
    at(page, proposals[2])
    assert Commitment.objects.count() == 1


def test_a_judged_one_is_reached_and_put_back_by_keyboard(page, live_server, admin_user, proposals):
    review.accept(statement=proposals[0], actor=admin_user, day=DAY)
    log_in(page, live_server.url, "admin")
    page.goto(f"{live_server.url}{reverse('admin:commitments_statement_change', args=[proposals[0].pk])}")
    at(page, proposals[0])
    expect(page.locator("#desk .state")).to_have_text("accepted")
    types(page, "o")
    says(page, "Put back to proposed.")
    at(page, proposals[0])
    expect(page.locator("#desk .state")).to_have_text("proposed")
    assert not Commitment.objects.exists()


def test_next_and_previous_go_through_the_queue_and_decide_nothing(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin")
    at(page, proposals[0])
    for key, number in (("j", 1), ("ArrowRight", 2), ("k", 1), ("ArrowLeft", 0)):
        types(page, key)
        at(page, proposals[number])
        assert page.url.endswith(f"at={proposals[number].pk}")
    assert not Event.objects.exists()


def test_no_key_decides_while_words_are_typed_or_with_another_key_held(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin")
    at(page, proposals[0])
    for held in ("Control", "Alt", "Meta"):
        page.keyboard.down(held)
        types(page, "j")
        page.keyboard.up(held)
    types(page, "r", "0")
    page.keyboard.type("a jammer u")
    types(page, "Escape")
    expect(page.locator("#desk details[open]")).to_have_count(0)
    at(page, proposals[0])
    assert page.input_value("#reject_words") == "a jammer u"
    assert not Event.objects.exists()


def test_the_focus_is_seen_and_stays_on_the_work(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin")
    types(page, "j")
    at(page, proposals[1])
    assert page.evaluate("document.activeElement.id") == "proposal"
    types(page, "Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    types(page, "r")
    assert page.evaluate("document.activeElement.name") == "choice"
    types(page, "Escape")
    assert page.evaluate("document.activeElement.dataset.key") == "r"


def test_a_server_that_does_not_answer_is_told_and_the_proposal_stays(page, live_server, admin_user, proposals):
    lost = ["the first request"]

    def answer(route):
        if lost:
            lost.clear()
            route.fulfill(status=200, body="nothing of the desk")
        else:
            route.continue_()

    # Told before the page is loaded: a page that is open already may send its next request unheard.
    page.route(re.compile(r"/accept/"), answer)
    log_in(page, live_server.url, "admin")
    at(page, proposals[0])
    types(page, "a")
    expect(page.locator("#desk-said")).to_contain_text("did not answer")
    at(page, proposals[0])
    types(page, "a")
    at(page, proposals[1])


def test_commitments_are_searched_and_merged_into_by_keyboard(page, live_server, admin_user, proposals):
    wanted = rows.commitment(title="Het loket voor de huurders", quote=rows.NEXT)
    rows.commitment(title="Iets anders", quote=rows.PROMISE)
    log_in(page, live_server.url, "admin")
    types(page, "m", "0")
    page.keyboard.type("huurders")
    types(page, "Enter")
    expect(page.locator("#desk details[open] label")).to_have_count(2)
    types(page, "1", "Enter")
    says(page, "Merged into “Het loket voor de huurders”.")
    assert wanted.statements.count() == 2


def test_without_any_script_everything_is_done_by_forms_and_links(browser, live_server, admin_user, proposals):
    into = rows.commitment(title="Een nota die al beloofd was", quote=rows.NEXT)
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        log_in(page, live_server.url, "admin")
        page.click("form[action*='/accept/'] button")
        page.click("summary[data-key=r]")
        page.check("input[name=choice] >> nth=1")
        page.click("form[action*='/reject/'] button")
        page.click("summary[data-key=e]")
        page.fill("#edit_due_text", "eind 2027")
        page.click("form[action*='/edit/'] button")
        expect(page.locator(".messagelist")).to_contain_text("Changed as you said.")
        page.click("summary[data-key=m]")
        page.check(f"#into-{into.pk}")
        page.click("form[action*='/merge/'] button")
        page.click("summary[data-key=s]")
        page.click("form[action*='/split/'] button")
        page.click("[data-key=j]")
        page.click("[data-key=k]")
        page.click("[data-key=u]")
        expect(page.locator(".messagelist")).to_contain_text("Undone")
    states = [one.state for one in Statement.objects.filter(pk__in=[one.pk for one in proposals]).order_by("pk")[:4]]
    assert states == ["accepted", "rejected", "accepted", "proposed"]
    assert Statement.objects.filter(due_end=date(2027, 12, 31), commitment=into).count() == 1
    assert Statement.objects.count() == 31


def test_what_was_accepted_is_corrected_and_put_right_again_by_keyboard(page, live_server, admin_user, proposals):
    made = review.accept(statement=proposals[0], actor=admin_user, day=DAY)
    log_in(page, live_server.url, "admin")
    page.goto(f"{live_server.url}{DESK}?at={proposals[0].pk}")
    at(page, proposals[0])
    types(page, "e")
    expect(page.locator("#edit_title")).to_be_focused()
    types(page, "Control+a")
    page.keyboard.type("De nota over de waterfactuur")
    types(page, "Enter")
    says(page, "Changed as you said.")
    made.refresh_from_db()
    assert made.title == "De nota over de waterfactuur"
    types(page, "u")
    says(page, "Undone: edited.")
    made.refresh_from_db()
    assert made.title == proposals[0].quote


def test_the_filters_and_the_keys_are_reached_and_closed_by_their_key(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin")
    at(page, proposals[0])
    types(page, "f")
    expect(page.locator("#queue_person")).to_be_focused()
    types(page, "Escape")
    expect(page.locator("details.queue")).not_to_have_attribute("open", "")
    types(page, "?")
    expect(page.locator("details.keys dl")).to_be_in_viewport()
    types(page, "?")
    expect(page.locator("details.keys")).not_to_have_attribute("open", "")
    types(page, "a")
    at(page, proposals[1])


@pytest.fixture
def opened(page, live_server, admin_user, proposals):
    """The desk with everything open that can be open at once, and the page on which words are marked."""
    review.reject(statement=proposals[1], actor=admin_user, day=DAY, reason="fact")
    rows.commitment()
    log_in(page, live_server.url, "admin")
    turn = proposals[0].speech

    def visit():
        page.goto(live_server.url + DESK)
        page.evaluate("document.querySelectorAll('#content > details').forEach(one => one.open = true)")
        for key in ("r", "e", "m", "s"):
            page.evaluate("document.activeElement.blur()")
            types(page, "Escape", key)
            expect(page.locator("#desk .decisions details[open]")).to_have_count(1)
            yield key
        page.goto(live_server.url + reverse("admin:commitments_statement_mark", args=[turn.uid]))
        yield "mark"

    return visit


def test_the_desk_is_no_wider_than_its_window_and_every_field_has_a_label(page, opened):
    for shown in opened():
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), shown
        assert page.evaluate(UNLABELLED) == [], shown


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_of_the_desk_stand_out_by_day_and_by_night(page, opened, scheme):
    page.emulate_media(color_scheme=scheme)
    for shown in opened():
        weak = [row for row in page.evaluate(CONTRASTS.replace("body *", "#content *")) if row[0] < 4.5]
        assert weak == [], shown


SELECT = """([first, last]) => {
  const spot = (words, atEnd) => {
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) { const at = walker.currentNode.data.indexOf(words);
      if (at >= 0) return [walker.currentNode, at + (atEnd ? words.length : 0)]; } };
  document.getSelection().setBaseAndExtent(...spot(first, false), ...spot(last, true)); }"""


def test_words_selected_in_a_transcript_become_a_statement(page, live_server, admin_user):
    text = "Eén 😀 vraag vooraf. Dank u.\nIk bezorg u de nota. Daarna zien we verder."
    turn = rows.speech(text=text, notes=[[28, "(Applaus)"]], pieces=[[0, 940, len(text)]])
    paper = reverse("document", args=[turn.item.document.uid])
    log_in(page, live_server.url, "admin", paper)
    page.evaluate(SELECT, ["Ik bezorg", "de nota."])
    page.locator("#mark").wait_for()
    types(page, "m")
    page.wait_for_url("**/mark/**")
    assert page.input_value("#id_first") == "Ik bezorg u de nota."
    page.select_option("#id_kind", "inform")
    page.fill("#id_due_text", "eind 2027")
    expect(page.locator("output")).to_contain_text("31 December 2027")
    page.press("#id_due_text", "Enter")
    page.wait_for_url(f"**{DESK}*")
    made = Statement.objects.get()
    assert (made.quote, text[made.start : made.end]) == ("Ik bezorg u de nota.", "Ik bezorg u de nota.")
    at(page, made)
    types(page, "u")
    expect(page.locator("#desk")).to_contain_text("Everything that was proposed has been judged.")


def test_words_of_a_turn_are_selected_by_keyboard(page, live_server, admin_user):
    turn = rows.speech(text="Ja 😀 wij doen dat. Tot daar.")
    log_in(page, live_server.url, "admin", reverse("admin:commitments_statement_mark", args=[turn.uid]))
    page.focus("#turn")
    types(page, "x", "Control+Home", *["ArrowRight"] * 4, *["Shift+ArrowRight"] * len(" wij doen dat."))
    page.focus("#id_due_text")
    types(page, "Enter")
    page.wait_for_url(f"**{DESK}*")
    assert Statement.objects.get().quote == "wij doen dat."
    assert Speech.objects.count() == 1
