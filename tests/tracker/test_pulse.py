"""Who was not seen for a while is told; where nobody else works, nobody is missed."""

from datetime import timedelta

import pytest
import redis
from django.core.cache import cache
from django.utils import timezone

from tracker import pulse, tasks
from tracker.beat import BEAT_SCHEDULE
from tracker.celery import worker_is_there

NOW = timezone.now()


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def with_workers(settings):
    settings.REDIS_URL = "redis://127.0.0.1:6379/0"  # says that there are workers; what is noted here stays in memory


@pytest.fixture
def all_seen():
    for name in pulse.NAMES:
        pulse.note(name, timezone.now())


def names(missed):
    return [one.name for one in missed]


def test_where_tasks_run_in_the_process_itself_nobody_is_missed(client):
    assert pulse.missed(NOW) == []
    answer = client.get("/health/work/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_who_was_never_seen_is_missed(with_workers, client):
    assert names(pulse.missed(NOW)) == ["worker", "beat"]
    answer = client.get("/health/work/")
    assert (answer.status_code, answer.json()) == (503, {"status": "not seen", "worker": None, "beat": None})


def test_who_was_seen_a_moment_ago_is_not_missed_and_later_is(with_workers):
    pulse.note("worker", NOW)
    pulse.note("beat", NOW - timedelta(minutes=4))
    assert pulse.missed(NOW) == []
    later = pulse.missed(NOW + timedelta(minutes=2))
    assert [(one.name, one.since) for one in later] == [("beat", NOW - timedelta(minutes=4))]


def test_the_task_of_the_table_says_that_the_beat_is_there(with_workers):
    assert BEAT_SCHEDULE["seen"]["task"] == tasks.seen.name
    tasks.seen()
    assert names(pulse.missed(timezone.now())) == ["worker"]


def test_a_heartbeat_of_a_worker_says_that_it_is_there_and_a_dead_cache_does_not_stop_it(with_workers, monkeypatch):
    monkeypatch.setattr("tracker.celery._noted_at", 0.0)
    worker_is_there()
    assert names(pulse.missed(timezone.now())) == ["beat"]
    monkeypatch.setattr("tracker.celery._noted_at", 0.0)
    monkeypatch.setattr(pulse, "note", lambda *_: (_ for _ in ()).throw(redis.ConnectionError("gone")))
    worker_is_there()


def test_a_cache_that_does_not_answer_is_told_as_everybody_missing(with_workers, client, monkeypatch):
    def gone(*_):
        raise redis.ConnectionError("gone")

    monkeypatch.setattr(cache, "get_many", gone)
    assert client.get("/health/work/").json() == {"status": "not seen", "worker": None, "beat": None}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/admin/", "/admin/commitments/commitment/", "/admin/login/"])
@pytest.mark.parametrize("staff", [True, False])
def test_the_staff_are_told_on_every_page_and_visitors_are_not(with_workers, client, admin_user, staff, address):
    if staff:
        client.force_login(admin_user)
    page = client.get(address, follow=True).content.decode()
    assert page.count("Van de worker is niets te zien") == int(staff)


@pytest.mark.django_db
def test_the_staff_are_told_nothing_while_all_is_well(with_workers, all_seen, admin_client):
    for address in ("/", "/admin/"):
        assert 'role="alert"' not in admin_client.get(address).content.decode()


@pytest.mark.django_db
def test_since_when_nobody_was_seen_is_told(with_workers, all_seen, admin_client):
    pulse.note("worker", timezone.now() - timedelta(days=1))
    page = admin_client.get("/").content.decode()
    assert "van de worker niets meer gezien" in page
