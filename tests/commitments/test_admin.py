"""The review desk: what a reviewer can do, what it leaves behind, and who may not."""

from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Asking, Commitment, Event, FollowUp, OutsideStatement, Part, Statement
from tests import rows

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 10)
VERSIONED = [Statement, Commitment, FollowUp, Part, Asking, OutsideStatement]
QUEUE = "admin:commitments_statement_changelist"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = date(2026, 4, 10)
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def reviewer(django_user_model):
    """Staff who may see and judge statements."""
    return staff(django_user_model, "reviewer", "view_statement", "change_statement")


@pytest.fixture
def reader(django_user_model):
    """Staff who may look only."""
    return staff(django_user_model, "reader", "view_statement")


def staff(users, name: str, *permissions: str):
    user = users.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def test_the_address_of_a_statement_leads_to_it_at_the_desk(client, reviewer, django_user_model):
    rows.statement()
    statement = rows.statement()
    address = reverse("admin:commitments_statement_change", args=[statement.pk])
    assert client.get(address)["Location"].startswith(reverse("admin:login"))
    client.force_login(staff(django_user_model, "elsewhere", "view_commitment"))
    assert client.get(address).status_code == 403
    client.force_login(reviewer)
    answer = client.get(address, follow=True)
    assert answer.redirect_chain == [(f"{reverse('admin:commitments_statement_desk')}?at={statement.pk}", 302)]
    assert answer.context["statement"] == statement
    assert client.post(address, {"kind": "fund"}).status_code == 403
    gone = reverse("admin:commitments_statement_change", args=[statement.pk + 1])
    assert client.get(gone)["Location"] == reverse("admin:index")


def bulk(client, action: str, chosen: list[Statement], **fields):
    given = {"action": action, "_selected_action": [one.pk for one in chosen]} | fields
    return client.post(reverse(QUEUE), given, follow=True)


def test_many_statements_are_accepted_at_once_each_with_its_event(client, reviewer):
    chosen = [rows.statement() for _ in range(3)]
    client.force_login(reviewer)
    answer = bulk(client, "accept_selected", chosen)
    assert "Judged: 3." in answer.content.decode()
    assert Event.objects.filter(kind=Event.Kind.ACCEPTED).count() == 3


def test_many_statements_are_rejected_at_once_with_a_reason_and_put_back_again(client, reviewer):
    chosen = [rows.statement() for _ in range(2)]
    client.force_login(reviewer)
    assert "Choose a reason" in bulk(client, "reject_selected", chosen).content.decode()
    assert not Event.objects.exists()
    bulk(client, "reject_selected", chosen, reason="intention")
    assert set(Statement.objects.values_list("state", "rejected_because")) == {("rejected", "intention")}
    bulk(client, "reopen_selected", chosen)
    assert set(Statement.objects.values_list("state", flat=True)) == {"proposed"}


def test_bulk_actions_are_not_offered_to_readers(client, reader):
    chosen = [rows.statement()]
    client.force_login(reader)
    bulk(client, "accept_selected", chosen)
    assert not Event.objects.exists()


def test_the_status_of_a_commitment_is_changed_with_its_evidence(client, django_user_model):
    made = rows.commitment()
    address = reverse("admin:commitments_commitment_status", args=[made.pk])
    given = {"status": "fulfilled", "on": "2026-04-02", "evidence": "https://example.org/rapport"}
    client.force_login(staff(django_user_model, "reader", "view_commitment"))
    assert client.post(address, given).status_code == 403
    client.force_login(staff(django_user_model, "tracker", "view_commitment", "change_commitment"))
    assert client.post(address, given).status_code == 302
    made.refresh_from_db()
    assert (made.status, made.fulfilled_on, made.evidence) == ("fulfilled", date(2026, 4, 2), given["evidence"])
    assert Event.objects.filter(kind=Event.Kind.STATUS_CHANGED, commitment=made).count() == 1


def test_a_status_that_does_not_exist_is_asked_again(client, admin_user):
    made = rows.commitment()
    client.force_login(admin_user)
    answer = client.post(reverse("admin:commitments_commitment_status", args=[made.pk]), {"status": "broken"})
    assert b"Select a valid choice" in answer.content
    made.refresh_from_db()
    assert made.status == "open"


def test_a_follow_up_added_by_hand_is_confirmed_and_leaves_an_event(client, admin_user):
    made, later = rows.commitment(), rows.item()
    client.force_login(admin_user)
    given = {"commitment": made.pk, "item": later.pk, "kind": "recalled", "note": ""}
    assert client.post(reverse("admin:commitments_followup_add"), given).status_code == 302
    assert FollowUp.objects.get().state == FollowUp.State.CONFIRMED
    assert Event.objects.filter(kind=Event.Kind.FOLLOW_UP_ADDED).count() == 1


@pytest.mark.parametrize(("action", "state"), [("confirm_selected", "confirmed"), ("dismiss_selected", "dismissed")])
def test_proposed_follow_ups_are_judged_by_who_may_change_them(client, django_user_model, action, state):
    proposed = rows.follow_up(rows.commitment())
    address = reverse("admin:commitments_followup_changelist")
    given = {"action": action, "_selected_action": [proposed.pk]}
    client.force_login(staff(django_user_model, "reader", "view_followup"))
    client.post(address, given)
    assert FollowUp.objects.get().state == FollowUp.State.PROPOSED
    client.force_login(staff(django_user_model, "tracker", "view_followup", "change_followup"))
    assert "Judged: 1." in client.post(address, given, follow=True).content.decode()
    assert FollowUp.objects.get().state == state


MODELS = sorted(
    model._meta.label_lower for model in admin.site._registry if model._meta.app_label in ("commitments", "transcripts")
)


def test_every_model_of_the_house_has_a_desk():
    assert {"commitments.statement", "commitments.commitment", "commitments.event", "commitments.followup"} < set(
        MODELS
    )
    assert {"transcripts.document", "transcripts.person", "transcripts.mandate", "transcripts.speech"} < set(MODELS)


@pytest.mark.parametrize("label", MODELS)
def test_every_list_opens_searches_and_asks_as_often_for_many_rows_as_for_one(client, admin_user, label):
    fill()
    client.force_login(admin_user)
    address = reverse(f"admin:{label.replace('.', '_')}_changelist")
    few = count_queries(client, address)
    for _ in range(3):
        fill()
    assert count_queries(client, address) == few
    assert client.get(address, {"q": "Vanrode"}).status_code == 200


@pytest.mark.parametrize("label", MODELS)
def test_every_list_is_closed_to_who_is_no_staff(client, django_user_model, label):
    client.force_login(django_user_model.objects.create_user("member"))
    answer = client.get(reverse(f"admin:{label.replace('.', '_')}_changelist"))
    assert answer["Location"].startswith(reverse("admin:login"))


@pytest.mark.parametrize(
    ("label", "query"),
    [
        *(("commitments.statement", {"due": value}) for value in ("day", "words", "none")),
        *(("commitments.commitment", {"standing": value}) for value in ("late", "soon", "ask")),
    ],
)
def test_the_filters_of_the_desk_open(client, admin_user, label, query):
    fill()
    client.force_login(admin_user)
    assert client.get(reverse(f"admin:{label.replace('.', '_')}_changelist"), query).status_code == 200


@pytest.mark.parametrize("model", [*VERSIONED, Event], ids=lambda model: model._meta.model_name)
def test_every_row_opens_with_its_history(client, admin_user, model):
    fill()
    client.force_login(admin_user)
    row = model.objects.first()
    name = model._meta.label_lower.replace(".", "_")
    assert client.get(reverse(f"admin:{name}_change", args=[row.pk]), follow=True).status_code == 200
    assert client.get(reverse(f"admin:{name}_history", args=[row.pk])).status_code == 200


@pytest.mark.parametrize("model", VERSIONED, ids=lambda model: model._meta.model_name)
def test_every_version_of_a_row_can_be_looked_at_and_none_written_back(client, django_user_model, model):
    fill()
    label = model._meta.model_name
    row = model.objects.first()
    version = row.history.latest()
    address = reverse(f"admin:commitments_{label}_simple_history", args=[row.pk, version.pk])
    client.force_login(staff(django_user_model, "elsewhere"))
    assert client.get(address).status_code == 403
    client.force_login(staff(django_user_model, "reader", f"view_{label}"))
    seen = client.get(address)
    assert seen.status_code == 200
    assert b'type="submit"' not in seen.content.partition(b"submit-row")[2].partition(b"</div>")[0]
    before = model.objects.values().get(pk=row.pk), row.history.count()
    assert client.post(address, {"kind": "fund", "note": "x", "title": "x", "status": "dropped"}).status_code == 405
    assert (model.objects.values().get(pk=row.pk), row.history.count()) == before


def test_the_page_of_a_commitment_asks_as_often_for_many_attached_rows_as_for_one(client, admin_user):
    made = rows.commitment()
    rows.follow_up(made)
    client.force_login(admin_user)
    address = reverse("admin:commitments_commitment_change", args=[made.pk])
    few = count_queries(client, address)
    for _ in range(3):
        rows.follow_up(made)
        rows.statement(rows.speech(), rows.NEXT, state=Statement.State.ACCEPTED, commitment=made)
    assert count_queries(client, address) == few


def fill() -> None:
    made = rows.commitment()
    rows.follow_up(made)
    rows.statement()
    Part.objects.create(commitment=made, position=0, title="Het rapport")
    Asking.objects.create(commitment=made, filed_on=DAY, waiting_until=DAY)
    OutsideStatement.objects.create(commitment=made, quote="Wij doen dat.", said_on=DAY, source_name="Krant")


def count_queries(client, address: str) -> int:
    client.get(address)  # what Django looks up once per process is looked up here
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
