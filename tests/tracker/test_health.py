"""What those who watch the site are told."""

import pytest
from django.db import OperationalError, connection

DEAD_REDIS = "redis://127.0.0.1:1/0"


def test_a_process_that_answers_is_alive(client):
    answer = client.get("/health/live/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_with_its_database_the_site_is_ready(client):
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "database": "ok"})


@pytest.mark.django_db
def test_without_its_database_the_site_lives_and_is_not_ready(client, monkeypatch):
    def gone():
        raise OperationalError("could not connect to 10.0.0.7 as toegezegd")

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable", "database": "no answer"})
    assert client.get("/health/live/").status_code == 200


@pytest.mark.django_db
def test_a_configured_redis_that_is_gone_makes_the_site_not_ready(client, settings):
    settings.REDIS_URL = DEAD_REDIS
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": "ok", "redis": "no answer"}


@pytest.mark.service
@pytest.mark.django_db
def test_a_configured_redis_that_answers_is_named(client, settings, redis_url):
    settings.REDIS_URL = redis_url
    assert client.get("/health/ready/").json() == {"status": "ok", "database": "ok", "redis": "ok"}


@pytest.mark.parametrize("address", ["/health/live/", "/health/ready/"])
def test_an_answer_about_health_is_never_kept_in_a_cache(client, db, address):
    assert "no-store" in client.get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/health/live/", "/health/ready/"])
def test_health_is_only_read(client, address):
    assert client.post(address).status_code == 405
