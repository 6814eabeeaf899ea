"""One run reads the web service at a time; the desk shows how far it was read and may let it begin again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from tests.transcripts.parliament.service import BASE, fill
from transcripts.models import Document, SyncPosition
from transcripts.services import sync_position, syncing

pytestmark = pytest.mark.django_db
SINCE, DAY = date(2026, 2, 1), date(2026, 2, 10)
NOW = datetime(2026, 2, 10, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _here(settings, service):
    settings.PARLIAMENT_URL = service.address + BASE
    settings.PARLIAMENT_RATE = 100.0
    settings.LANGUAGE_CODE = "en"


def run(client):
    return syncing.sync_parliament(since=SINCE, until=DAY, day=DAY, service=client)


def test_a_second_run_reads_nothing_while_the_first_reads(service, client):
    fill(service)
    first = run(client)
    (step,) = run(client)
    assert "Another run" in step.problem
    assert not Document.objects.exists()
    list(first)
    assert Document.objects.exists()
    assert SyncPosition.objects.get().held_by == ""
    assert not any(step.problem for step in run(client))


def test_a_run_that_breaks_off_lets_the_next_one_read(service, client):
    fill(service)
    steps = run(client)
    next(steps)
    steps.close()
    assert SyncPosition.objects.get().held_by == ""


def test_days_that_cannot_be_leave_nobody_reading(client):
    with pytest.raises(ValueError, match="since which day"):
        syncing.sync_parliament(since=None, until=DAY, day=DAY, service=client)
    assert SyncPosition.objects.get().held_by == ""


def test_a_run_without_a_sign_of_life_is_taken_over_and_writes_no_more():
    dead = sync_position.take(NOW)
    assert sync_position.take(NOW + sync_position.SILENT) == ""
    alive = sync_position.take(NOW + sync_position.SILENT + timedelta(seconds=1))
    assert alive not in ("", dead)
    position = sync_position.load()
    position.held_by = dead
    with pytest.raises(sync_position.TakenOverError):
        position.save(NOW)
    position.release()
    assert SyncPosition.objects.get().held_by == alive


def test_a_run_that_was_taken_over_ends_and_keeps_nothing_of_the_paper_in_hand(service, client):
    fill(service)
    steps = run(client)
    SyncPosition.objects.update(held_by="another")
    assert "Another run" in [step.problem for step in steps][-1]
    assert not Document.objects.exists()
    assert SyncPosition.objects.get().held_by == "another"


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk", is_staff=True)


def may(user, *names):
    user.user_permissions.set(Permission.objects.filter(codename__in=names))


def test_the_desk_shows_how_far_it_was_read_and_changes_nothing_by_hand(service, client, admin_user):
    fill(service)
    list(run(client))
    desk = Client()
    desk.force_login(admin_user)
    row = SyncPosition.objects.get()
    page = reverse("admin:transcripts_syncposition_change", args=[row.pk])
    assert "10 February 2026" in desk.get(page).content.decode()
    desk.post(page, {"name": "other", "position": "{}"})
    row.refresh_from_db()
    assert row.name == "parliament"
    assert desk.get(reverse("admin:transcripts_syncposition_add")).status_code == 403
    assert desk.post(reverse("admin:transcripts_syncposition_delete", args=[row.pk])).status_code == 403


def test_who_may_change_it_lets_the_next_run_begin_again_from_a_day(service, client, clerk):
    fill(service)
    list(run(client))
    desk, address = Client(), reverse("admin:transcripts_syncposition_again")
    asked = {"since": "2026-01-05"}
    assert desk.post(address, asked)["Location"].startswith(reverse("admin:login"))
    desk.force_login(clerk)
    may(clerk, "view_syncposition")
    assert desk.post(address, asked).status_code == 403
    may(clerk, "view_syncposition", "change_syncposition")
    assert desk.get(address).status_code == 200
    assert desk.post(address, {"since": "gisteren"}).status_code == 200
    assert sync_position.load().since is None
    assert desk.post(address, asked).status_code == 302
    assert sync_position.load().since == date(2026, 1, 5)
    before = len(service.asked)
    list(syncing.sync_parliament(since=None, until=DAY, day=DAY, service=client))
    assert any("datumvan=05012026" in question["?"] for _path, question in service.asked[before:])


def test_nothing_begins_again_while_a_run_reads(client, admin_user):
    sync_position.take(NOW)
    desk = Client()
    desk.force_login(admin_user)
    answer = desk.post(reverse("admin:transcripts_syncposition_again"), {"since": "2026-01-05"}, follow=True)
    assert "A run is reading now" in answer.content.decode()
    assert sync_position.load().since is None
