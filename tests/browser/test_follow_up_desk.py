"""The desk for follow-ups in a real browser: twenty by keyboard alone, undone where wrong, with a second reviewer."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from commitments.models import Commitment, Event, FollowUp
from commitments.services import following, tracking
from tests import rows
from tests.browser.test_desk import SUBJECTS, log_in, says, types
from tests.browser.test_pages import CONTRASTS, UNLABELLED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DAY = date(2026, 7, 10)
DESK = reverse("admin:commitments_followup_desk")


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def proposals(transactional_db) -> list[FollowUp]:
    """Twenty proposed follow-ups in one later report, each of a promise of its own."""
    later = rows.document("Later verslag", rows.SAID_ON + timedelta(days=90))
    return [
        rows.proposed(
            rows.commitment(title=f"Nota over {SUBJECTS[number % 10]} {number}"),
            rows.item(later, f"Vraag om uitleg over {SUBJECTS[number % 10]}"),
            f"De nota over {SUBJECTS[number % 10]} {number} komt pas eind 2026.",
        )
        for number in range(20)
    ]


def at(page: Page, one: FollowUp) -> None:
    """The page shows this follow-up, and the keyboard works on it."""
    expect(page.locator("#desk .later blockquote mark")).to_have_text(one.quote)


def test_twenty_follow_ups_are_reviewed_by_keyboard_alone(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin", DESK)
    presses = []
    page.on("request", lambda one: presses.append(one) if one.method == "POST" else None)
    pages = []
    page.on("load", lambda: pages.append(page.url))
    for number, one in enumerate(proposals):
        at(page, one)
        match number % 5:
            case 4:
                types(page, "c")
                says(page, "The deadline of the promise is now: December 2026.")
            case 1:
                types(page, "d", "2", "Enter")
            case 2:
                types(page, "d", "0")
                page.keyboard.type("ging over iets anders")
                types(page, "Enter")
            case 3:
                types(page, "e", "4", "0", "Control+a")
                page.keyboard.type("eind 2027")
                expect(page.locator("#desk output")).to_contain_text("31 December 2027")
                types(page, "Enter")
                says(page, "31 December 2027")
            case 0:
                types(page, "x", "1", "Enter")
                says(page, "the commitment is now: fulfilled")
    expect(page.locator("#desk")).to_contain_text("Everything that was proposed has been judged.")
    assert not FollowUp.objects.filter(state="proposed").exists()
    assert FollowUp.objects.filter(state="dismissed").count() == 8
    assert set(FollowUp.objects.filter(state="dismissed").values_list("dismissed_because", flat=True)) == {
        "same-subject",
        "ging over iets anders",
    }
    assert Commitment.objects.filter(due_end=date(2026, 12, 31), status="open").count() == 4
    assert Commitment.objects.filter(due_end=date(2027, 12, 31), status="open").count() == 4
    assert Commitment.objects.filter(status="fulfilled", evidence__contains="/documenten/").count() == 4
    # One request for each decision, and not one new page.
    assert len(presses) == Event.objects.filter(restores__isnull=False).count() == 20
    assert pages == []
    for one in reversed(proposals[-4:]):
        types(page, "u")
        at(page, one)
        says(page, "Undone")
    assert FollowUp.objects.filter(state="proposed").count() == 4
    assert Commitment.objects.filter(status="open", due_end=date(2026, 3, 31)).count() == 10


def test_a_judged_one_is_reached_and_put_back_by_keyboard(page, live_server, admin_user, proposals):
    log_in(page, live_server.url, "admin", DESK)
    at(page, proposals[0])
    types(page, "c")
    at(page, proposals[1])
    page.goto(f"{live_server.url}{DESK}?at={proposals[0].pk}")
    expect(page.locator("#desk .later .state")).to_have_text("confirmed")
    types(page, "r")
    says(page, "Put back to proposed.")
    at(page, proposals[0])
    assert FollowUp.objects.filter(state="proposed").count() == 20
    assert not Commitment.objects.filter(due_end=date(2026, 12, 31)).exists()


def test_the_second_reviewer_is_told_and_overwrites_nothing(
    page, browser, live_server, admin_user, django_user_model, proposals
):
    django_user_model.objects.create_superuser("bo", password="password")
    log_in(page, live_server.url, "admin", DESK)
    at(page, proposals[0])
    with browser.new_context(locale="en-GB") as context:
        other = context.new_page()
        log_in(other, live_server.url, "bo", DESK)
        at(other, proposals[0])
        types(other, "d", "3", "Enter")
        at(other, proposals[1])
    types(page, "c")
    says(page, "bo was first: follow-up judged (dismissed).")
    at(page, proposals[0])
    expect(page.locator("#desk .later .state")).to_have_text("dismissed")
    types(page, "n")
    at(page, proposals[1])
    types(page, "c")
    at(page, proposals[2])
    assert FollowUp.objects.filter(state="confirmed").count() == 1
    assert FollowUp.objects.get(pk=proposals[0].pk).dismissed_because == "other-minister"


def test_next_and_previous_go_through_the_queue_by_letters_and_arrows_and_decide_nothing(
    page, live_server, admin_user, proposals
):
    log_in(page, live_server.url, "admin", DESK)
    at(page, proposals[0])
    for key, number in (("n", 1), ("ArrowRight", 2), ("p", 1), ("ArrowLeft", 0), ("j", 1), ("k", 0)):
        types(page, key)
        at(page, proposals[number])
        assert page.url.endswith(f"at={proposals[number].pk}")
    types(page, "g")
    page.wait_for_url(f"**{reverse('admin:commitments_statement_desk')}")
    types(page, "g")
    page.wait_for_url(f"**{DESK}")
    assert not Event.objects.filter(follow_up__isnull=False).exists()


def test_without_any_script_everything_is_done_by_forms_and_links(browser, live_server, admin_user, proposals):
    with browser.new_context(java_script_enabled=False, locale="en-GB") as context:
        page = context.new_page()
        log_in(page, live_server.url, "admin", DESK)
        page.click("form[action*='/confirm/'] button")
        page.click("summary[data-key=d]")
        page.check("#desk input[name=choice] >> nth=1")
        page.click("form[action*='/dismiss/'] button")
        page.click("summary[data-key=x]")
        page.click("form[action*='/close/'] button")
        expect(page.locator(".messagelist")).to_contain_text("fulfilled")
        page.click("summary[data-key=e]")
        page.fill("#correct_due_text", "eind 2027")
        page.click("form[action*='/correct/'] button")
        expect(page.locator(".messagelist")).to_contain_text("31 December 2027")
        page.click("[data-key=n]")
        page.click("[data-key=p]")
        page.click("[data-key=u]")
        expect(page.locator(".messagelist")).to_contain_text("Undone")
    states = [FollowUp.objects.get(pk=one.pk).state for one in proposals[:5]]
    assert states == ["confirmed", "dismissed", "confirmed", "proposed", "proposed"]
    assert Commitment.objects.filter(status="fulfilled").count() == 1
    assert not Commitment.objects.filter(due_end=date(2027, 12, 31)).exists()


def test_a_promise_is_searched_for_from_its_page(page, live_server, admin_user):
    made = rows.commitment()
    later = rows.item(rows.document(day=date(2026, 5, 4)), "Het rapport aan het parlement")
    asked = "Minister, u beloofde het rapport tegen eind maart aan het parlement te bezorgen. Waar blijft het rapport?"
    rows.speech(later, asked, person=rows.person("Karim Daems"), label="Karim Daems", capacity="member")
    rows.speech(later, "Het rapport wordt pas in september aan het parlement bezorgd.")
    following.index_document(document=later.document)
    log_in(page, live_server.url, "admin", reverse("commitment", args=[made.uid]))
    page.get_by_role("button", name="Search later items").press("Enter")
    page.wait_for_url(f"**{DESK}*")
    expect(page.locator(".messagelist")).to_contain_text("1 later item may speak of it.")
    types(page, "c")
    says(page, "The deadline of the promise is now")
    made.refresh_from_db()
    assert made.due_end == date(2026, 9, 30)


@pytest.fixture
def opened(page, live_server, admin_user, proposals):
    """The desk with everything open that can be open at once, and a judged one."""
    tracking.dismiss_follow_up(follow_up=proposals[1], actor=admin_user, day=DAY, reason="twice")
    rows.proposed(proposals[0].commitment, kind="recalled")
    log_in(page, live_server.url, "admin", DESK)

    def visit():
        page.goto(live_server.url + DESK)
        page.evaluate("document.querySelectorAll('#content > details').forEach(one => one.open = true)")
        for key in ("d", "e", "x"):
            page.evaluate("document.activeElement.blur()")
            types(page, "Escape", key)
            expect(page.locator("#desk .decisions details[open]")).to_have_count(1)
            yield key
        page.goto(f"{live_server.url}{DESK}?at={proposals[1].pk}")
        yield "judged"

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
