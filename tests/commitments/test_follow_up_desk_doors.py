"""Who may do what with follow-ups, and where links to them lead: each door opened and refused from one set-up."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from commitments.models import Commitment, Event, FollowUp
from commitments.services import tracking
from tests import rows
from tests.commitments.offices import PERSONAS, world
from tests.commitments.test_follow_up_desk import DAY, DESK, VERBS, decide, waiting

pytestmark = [pytest.mark.django_db, pytest.mark.doors]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def judge(login):
    login("an", "view_followup", "change_followup", "add_followup", "view_statement")


def search(client: Client, one: FollowUp, **given):
    return client.post(reverse("admin:commitments_followup_search", args=[one.commitment.uid]), given)


def words(client: Client, one: FollowUp):
    address = reverse("admin:commitments_statement_words")
    return client.get(address, {"said_on": "2026-04-20", "words": "eind 2027"})


def by_hand(client: Client, one: FollowUp, **given):
    later = rows.item(rows.document(day=date(2026, 5, 4)))
    facts = {
        "commitment": one.commitment.pk,
        "item": later.pk,
        "kind": "postponed",
        "due_text": "eind 2027",
        "note": "",
    }
    return client.post(reverse("admin:commitments_followup_add"), facts | given)


def take_back(client: Client, one: FollowUp):
    return client.post(reverse("admin:commitments_followup_undo"), {"decision": "0"})


DOORS: dict[str, Callable] = {
    "desk": lambda client, one: client.get(DESK),
    "words": words,
    "search": search,
    "by hand": by_hand,
    "undo": take_back,
    **{verb: lambda client, one, verb=verb: decide(client, one, verb, **VERBS[verb]) for verb in VERBS},
    "reopen": lambda client, one: decide(client, one, "reopen"),
}
LOOK = {"desk", "words"}
JUDGE = LOOK | {"search", "undo", "reopen", *VERBS}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    ("role", "permissions", "opens"),
    [
        ("tracker", ["view_followup", "change_followup"], JUDGE),
        ("adder", ["view_followup", "add_followup"], LOOK | {"by hand"}),
        ("reader", ["view_followup"], LOOK),
        ("of statements", ["view_statement", "change_statement"], {"words"}),
        ("elsewhere", ["view_commitment"], set()),
    ],
)
def test_each_door_opens_to_who_may_and_to_nobody_else(client, login, door, role, permissions, opens):
    one, _ = waiting(2)
    login(role, *permissions)
    answer = DOORS[door](client, one)
    if door in opens:
        assert answer.status_code in (200, 302)
    else:
        assert answer.status_code == 403
        assert not Event.objects.filter(follow_up__isnull=False).exists()


AT_THE_DESK = {"superuser", *(one for one in PERSONAS if one.endswith(("_reviewer", "_manager", "_author")))}


@pytest.mark.parametrize("who", PERSONAS)
@pytest.mark.parametrize("door", DOORS)
def test_who_reviews_or_manages_for_an_office_comes_through_each_door_and_readers_through_none(door, who):
    office = world()
    one = rows.proposed(office.commitment)
    answer = DOORS[door](office.client(who), one)
    if who in AT_THE_DESK:
        assert answer.status_code in (200, 302)
        assert not answer.get("Location", "").startswith(reverse("admin:login"))
    else:
        assert answer["Location"].startswith(reverse("admin:login"))
        assert not Event.objects.filter(follow_up__isnull=False).exists()


def test_a_reader_sees_no_button_that_decides(client, login):
    waiting(1)
    login("reader", "view_followup")
    text = client.get(DESK).content.decode()
    assert "1 of 1" in text
    assert 'data-key="c"' not in text
    login("tracker", "view_followup", "change_followup")
    assert 'data-key="c"' in client.get(DESK).content.decode()


def test_a_decision_is_made_by_post_alone(client, judge):
    (one,) = waiting(1)
    assert client.get(reverse("admin:commitments_followup_decide", args=[one.pk, "confirm"])).status_code == 405
    assert client.post(reverse("admin:commitments_followup_decide", args=[one.pk, "break"])).status_code == 404
    assert client.get(reverse("admin:commitments_followup_search", args=[one.commitment.uid])).status_code == 405


def test_a_search_leads_to_what_it_found_and_says_how_much(client, judge):
    made = rows.commitment()
    later = rows.item(rows.document(day=date(2026, 5, 4)), "Het rapport aan het parlement")
    asked = "Minister, u beloofde het rapport tegen eind maart aan het parlement te bezorgen. Waar blijft het rapport?"
    rows.speech(later, asked, person=rows.person("Karim Daems"), label="Karim Daems", capacity="member")
    rows.speech(later, "Het rapport wordt pas in september aan het parlement bezorgd.")
    from commitments.services import following

    following.index_document(document=later.document)
    page = reverse("commitment", args=[made.uid])
    door = reverse("admin:commitments_followup_search", args=[made.uid])
    assert door in client.get(page).content.decode()
    answer = client.post(door, {"next": page}, follow=True)
    (found,) = FollowUp.objects.all()
    assert answer.context["follow_up"] == found
    assert answer.context["only_of"] == made
    assert "1 later item may speak of it." in answer.content.decode()


@pytest.mark.parametrize("where", ["page", "admin", "elsewhere"])
def test_a_search_that_finds_nothing_says_so_where_it_was_asked_for(client, judge, login, where):
    made = rows.commitment()
    back = {
        "page": reverse("commitment", args=[made.uid]),
        "admin": reverse("admin:commitments_commitment_change", args=[made.pk]),
        "elsewhere": "https://example.org/",
    }
    login("keeper", "view_followup", "change_followup", "view_commitment")
    answer = client.post(reverse("admin:commitments_followup_search", args=[made.uid]), {"next": back[where]})
    assert answer["Location"] == (back["admin"] if where == "elsewhere" else back[where])
    said = client.get(answer["Location"]).content.decode()
    assert "No later item speaks of this commitment" in said
    assert reverse("admin:commitments_followup_search", args=[made.uid]) in said


def test_a_closed_commitment_is_not_searched_and_says_so(client, judge):
    made = rows.commitment(status=Commitment.Status.DROPPED)
    page = reverse("commitment", args=[made.uid])
    door = reverse("admin:commitments_followup_search", args=[made.uid])
    assert "Search later items" not in client.get(page).content.decode()
    assert "closed" in client.post(door, {"next": page}, follow=True).content.decode()


def test_one_added_by_hand_reads_its_words_and_moves_the_deadline(client, judge):
    (one,) = waiting(1)
    answer = by_hand(client, one, due_text="eind 2027")
    made = FollowUp.objects.exclude(pk=one.pk).get()
    assert (made.state, made.due_end) == ("confirmed", date(2027, 12, 31))
    one.commitment.refresh_from_db()
    assert one.commitment.due_end == date(2027, 12, 31)
    said = [str(one) for one in client.get(answer["Location"]).context["messages"]]
    assert any("“eind 2027” = " in one and "31 December 2027" in one for one in said)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"due_text": "xyzzy"}, "No date can be read in these words."),
        ({"due_start": "2027-05-01", "due_end": "2027-01-01"}, "The last day lies before the first."),
        ({"item": "the same"}, "Judge it at the desk"),
    ],
)
def test_one_by_hand_that_cannot_be_is_asked_again(client, judge, given, sentence):
    (one,) = waiting(1)
    if "item" in given:
        given = {"item": one.item.pk}
    answer = by_hand(client, one, **given)
    assert sentence in answer.content.decode()
    assert FollowUp.objects.count() == 1


def test_links_to_what_waits_lead_to_the_desk_of_its_kind(client, judge):
    made = rows.commitment()
    one = rows.proposed(made)
    mine = rows.statement(one.speech, "Tot daar.")
    at = f"{DESK}?at={one.pk}"
    for page in (reverse("commitment", args=[made.uid]), reverse("document", args=[one.item.document.uid])):
        assert at in client.get(page).content.decode(), page
    at_statements = f"{reverse('admin:commitments_statement_desk')}?at={mine.pk}"
    for page in (reverse("start"), reverse("document", args=[one.item.document.uid])):
        assert at_statements in client.get(page).content.decode(), page
    assert DESK in client.get(reverse("start")).content.decode()
    client.logout()
    for page in (
        reverse("start"),
        reverse("commitment", args=[made.uid]),
        reverse("document", args=[one.item.document.uid]),
    ):
        assert "/desk/" not in client.get(page).content.decode(), page


def test_a_transcript_shows_everybody_what_was_confirmed_and_nobody_what_was_dismissed(client, reviewer):
    made = rows.commitment(title="Het rapport over de premies")
    one = rows.proposed(made)
    page = reverse("document", args=[one.item.document.uid])
    assert made.title not in client.get(page).content.decode()
    tracking.confirm_follow_up(follow_up=one, actor=reviewer, day=DAY)
    assert made.title in client.get(page).content.decode()
    tracking.reopen_follow_up(follow_up=one, actor=reviewer, day=DAY)
    tracking.dismiss_follow_up(follow_up=one, actor=reviewer, day=DAY, reason="twice")
    assert made.title not in client.get(page).content.decode()


def test_the_page_of_a_promise_tells_who_works_at_the_desk_how_a_follow_up_was_corrected_and_judged(client, judge):
    made = rows.commitment()
    one = rows.proposed(made, kind="recalled", due_text="", due_start=None, due_end=None)
    decide(client, one, "correct", kind="postponed", due_text="eind 2027")
    page = reverse("commitment", args=[made.uid])
    told = client.get(page).content.decode()
    assert "recalled → postponed, “eind 2027”, 31 December 2027" in told
    assert '<span class="change">confirmed</span>' in told
    client.logout()
    told = client.get(page).content.decode()
    assert "recalled" not in told
    assert "Deadline moved" in told
