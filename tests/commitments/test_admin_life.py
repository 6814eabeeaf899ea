"""The desk for what is tracked: each door to its service, and who may not go through."""

from datetime import date

import pytest
from django.urls import reverse

from commitments.admin.life import VERBS
from commitments.models import Asking, Commitment, Event, OutsideStatement
from commitments.services import asking, outside, parts
from tests import rows
from tests.commitments.test_outside import WORDS

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def kept(reviewer) -> Commitment:
    """A commitment with everything on it: words from outside, a part that is done and one that is not, a question."""
    made = outside.enter(words=WORDS, title="", person=rows.person(), actor=reviewer, day=DAY, public=True)
    for title in ("Het rapport", "De nota"):
        parts.add(commitment=made, actor=reviewer, day=DAY, title=title)
    parts.tick(part=made.parts.first(), actor=reviewer, day=DAY, evidence="brief")
    asking.file_question(commitment=made, actor=reviewer, day=DAY)
    Event.objects.create(kind=Event.Kind.LAPSE_ANNOUNCED, commitment=made, day=DAY, about_day=DAY)
    made.refresh_from_db()
    return made


def given(verb: str, made: Commitment) -> dict:
    """What is filled in for a verb to do something."""
    done, not_done = made.parts.all()
    filed = made.askings.get()
    return {
        "status": {"status": "dropped", "evidence": "nota"},
        "part": {"title": "De bijlage"},
        "tick": {"part": not_done.pk, "evidence": "nota"},
        "untick": {"part": done.pk},
        "drop": {"part": not_done.pk},
        "ask": {"kind": "oral", "filed_on": "2026-04-09", "number": "9"},
        "asked": {
            "asking": filed.pk,
            "number": "412",
            "filed_on": "2026-04-09",
            "waiting_until": "2026-05-08",
            "asker": filed.commitment.person_id,
            "text": "Hoe staat het ermee?",
        },
        "keep": {},
        "answered": {"asking": filed.pk},
        "withdraw": {"asking": filed.pk},
        "words": {"quote": "Andere woorden.", "said_on": "2026-03-01", "source_name": "Krant"},
    }[verb]


def do(client, made: Commitment, verb: str, fields: dict, **options):
    return client.post(reverse("admin:commitments_commitment_life", args=[made.pk, verb]), fields, **options)


# What is undone has to be one's own: see test_undoing_life.
@pytest.mark.parametrize("verb", [one for one in VERBS if one != "undo"])
def test_only_who_may_change_commitments_does_something_to_one(client, login, kept, verb):
    fields, before = given(verb, kept), Event.objects.count()
    assert do(client, kept, verb, fields)["Location"].startswith(reverse("admin:login"))
    login("reader", "view_commitment")
    assert do(client, kept, verb, fields).status_code == 403
    assert Event.objects.count() == before
    login("keeper", "view_commitment", "change_commitment")
    assert do(client, kept, verb, fields).status_code == 302
    assert Event.objects.latest("pk").actor.username == "keeper"
    assert Event.objects.count() > before


def test_a_verb_that_does_not_exist_is_not_found_and_none_is_done_by_looking(client, login, kept):
    login("keeper", "view_commitment", "change_commitment")
    assert do(client, kept, "break", {}).status_code == 404
    assert client.get(reverse("admin:commitments_commitment_life", args=[kept.pk, "part"])).status_code == 405


@pytest.mark.parametrize(
    ("verb", "fields", "sentence"),
    [
        ("status", {"status": "fulfilled"}, "Say where it can be read"),
        ("status", {"status": "superseded"}, "Choose the commitment that took its place."),
        ("status", {"status": "broken"}, "Select a valid choice"),
        ("part", {"title": ""}, "This field is required."),
        ("tick", {"part": 0, "evidence": "x"}, "Select a valid choice"),
        ("ask", {"kind": "written", "filed_on": "2026-04-11"}, "still to come"),
        (
            "words",
            {"quote": "x", "said_on": "2026-03-01", "source_name": "x", "due_text": "xyzzy"},
            "No date can be read",
        ),
        (
            "words",
            {"quote": "x", "said_on": "2026-03-01", "source_name": "x", "source_url": "javascript:1"},
            "valid URL",
        ),
    ],
)
def test_what_makes_no_sense_is_said_on_the_page_and_changes_nothing(client, login, kept, verb, fields, sentence):
    before = Event.objects.count()
    login("keeper", "view_commitment", "change_commitment")
    answer = do(client, kept, verb, fields)
    assert sentence in answer.content.decode()
    assert Event.objects.count() == before


def test_only_the_statuses_it_can_move_to_are_offered(client, login):
    made = rows.commitment(status="dropped")
    login("keeper", "view_commitment", "change_commitment")
    page = client.get(reverse("admin:commitments_commitment_change", args=[made.pk]))
    assert [value for value, _ in page.context["forms"]["status"].fields["status"].choices] == ["open", "dropped"]


def test_what_took_its_place_is_chosen_by_hand(client, login):
    old, new = rows.commitment(), rows.commitment()
    login("keeper", "view_commitment", "change_commitment")
    do(client, old, "status", {"status": "superseded", "superseded_by": new.pk})
    old.refresh_from_db()
    assert (old.status, old.superseded_by) == ("superseded", new)


def test_when_the_last_part_is_done_fulfilled_is_offered_and_not_done(client, login, kept):
    login("keeper", "view_commitment", "change_commitment")
    answer = do(client, kept, "tick", given("tick", kept), follow=True)
    assert answer.content.decode().count("All parts are done") == 2  # as a message, and beside the status
    kept.refresh_from_db()
    assert kept.status == "partly"


def test_readers_see_the_checklist_and_the_questions_without_a_button(client, login, kept):
    login("reader", "view_commitment")
    text = client.get(reverse("admin:commitments_commitment_change", args=[kept.pk])).content.decode()
    assert "Het rapport" in text
    assert "Questions filed" in text
    assert "/life/" not in text


def test_a_promise_made_outside_parliament_is_entered_by_who_may_add_commitments(client, login):
    address = reverse("admin:commitments_commitment_add")
    fields = {
        "person": rows.person().pk,
        "kind": "act",
        "quote": WORDS.quote,
        "said_on": "2026-03-01",
        "source_name": "Radio",
        "due_text": "tegen eind mei",
        "public": "on",
    }
    login("keeper", "view_commitment", "change_commitment")
    assert client.get(address).status_code == 403
    assert client.post(address, fields).status_code == 403
    assert not Commitment.objects.exists()
    login("enterer", "view_commitment", "add_commitment")
    assert client.get(address).status_code == 200
    assert "This field is required." in client.post(address, fields | {"source_name": ""}).content.decode()
    assert client.post(address, fields).status_code == 302
    assert OutsideStatement.objects.get().commitment.due_end == date(2026, 5, 31)
    assert Commitment.objects.published().count() == 1


def test_the_chosen_commitments_of_an_ended_legislature_lapse_by_who_may_change_them(client, login):
    old, new = rows.commitment(said_on=date(2023, 3, 1)), rows.commitment()
    address = reverse("admin:commitments_commitment_changelist")
    chosen = {"action": "lapse_selected", "_selected_action": [old.pk, new.pk]}
    login("reader", "view_commitment")
    client.post(address, chosen)
    assert not Commitment.objects.filter(status="lapsed").exists()
    login("keeper", "view_commitment", "change_commitment")
    assert "1 commitment lapsed." in client.post(address, chosen, follow=True).content.decode()
    assert list(Commitment.objects.filter(status="lapsed")) == [old]


@pytest.mark.parametrize("standing", ["asked", "unanswered"])
def test_the_list_is_narrowed_to_what_was_asked(client, admin_user, kept, standing):
    client.force_login(admin_user)
    address = reverse("admin:commitments_commitment_changelist")
    assert client.get(address, {"standing": standing}).context["cl"].result_count == (standing == "asked")
    Commitment.objects.update(waiting_until=date(2026, 4, 9))
    Asking.objects.update(waiting_until=date(2026, 4, 9))
    assert client.get(address, {"standing": standing}).context["cl"].result_count == (standing == "unanswered")


def test_the_list_is_narrowed_to_what_nothing_was_heard_of_and_to_conditions_whose_day_has_come(
    client, admin_user, settings
):
    settings.TODAY = day = date(2026, 7, 20)
    quiet = rows.commitment(due_end=date(2027, 12, 31))
    lately = rows.speech(rows.item(rows.document(day=date(2026, 6, 1))))
    conditional = rows.commitment(turn=lately, due_end=date(2027, 12, 31), condition_on=day)
    client.force_login(admin_user)
    address = reverse("admin:commitments_commitment_changelist")
    assert list(client.get(address, {"standing": "silent"}).context["cl"].queryset) == [quiet]
    assert list(client.get(address, {"standing": "condition"}).context["cl"].queryset) == [conditional]


def test_a_filed_question_is_shown_with_what_is_kept_of_it_and_corrected_on_the_page(client, login, kept):
    login("keeper", "view_commitment", "change_commitment")
    page = reverse("admin:commitments_commitment_change", args=[kept.pk])
    ((filed, form),) = client.get(page).context["askings"]
    assert (form["filed_on"].value(), form["waiting_until"].value()) == (DAY, filed.waiting_until)
    assert f'id="asking-{filed.pk}-text"' in client.get(page).content.decode()
    do(client, kept, "asked", given("asked", kept))
    row = Asking.objects.get()
    assert (row.text, row.number, row.asker, row.filed_on) == (
        "Hoe staat het ermee?", "412", kept.person, date(2026, 4, 9),
    )  # fmt: skip


def test_each_form_of_a_question_says_until_when_one_would_wait(client, login, kept):
    login("keeper", "view_commitment", "change_commitment")
    text = client.get(reverse("admin:commitments_commitment_change", args=[kept.pk])).content.decode()
    assert "Written question filed today: wait until 19 May 2026." in text
    assert "Request for explanation filed today: wait until 8 May 2026." in text
