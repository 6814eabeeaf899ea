"""How often one may ask: by key, by login or by address; and which other sites' pages may."""

import re
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import redis
import time_machine
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from django.test import Client

from commitments.api import throttling
from commitments.api.throttling import Throttle, one_client, parse_rate
from commitments.services import tokens
from tests.commitments.offices import DAY
from tracker.clock import noon_of

LIST = "/api/v1/commitments/"
AT = noon_of(DAY)  # the first second of a minute


@pytest.fixture(autouse=True)
def _rates(settings):
    settings.API_RATE_ADDRESS, settings.API_RATE_KEY = "3/minute", "5/minute"
    cache.clear()
    yield
    cache.clear()


def after(seconds: float):
    return time_machine.travel(AT + timedelta(seconds=seconds), tick=False)


def codes(times: int, client: Client | None = None, **headers: str) -> list[int]:
    client = client or Client()
    return [client.get(LIST, headers=headers).status_code for _ in range(times)]


@pytest.mark.django_db
def test_who_asks_too_often_is_told_when_to_come_back_and_may_then():
    with after(0):
        assert codes(4) == [200, 200, 200, 429]
        answer = Client().get(LIST, headers={"Accept-Language": "en"})
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["title"] == "Too many requests"
        wait = int(answer["Retry-After"])
    with after(wait - 1):
        assert codes(1) == [429]
    with after(wait):
        assert codes(2) == [200, 429]


@pytest.mark.django_db
def test_keys_that_are_none_are_tried_no_faster_than_an_address_may_ask(django_user_model):
    user = django_user_model.objects.create_user("someone")
    _token, secret = tokens.make(user=user, name="proef", scopes=[], days=30, at=AT, day=DAY)
    with after(0):
        assert codes(4, authorization="Bearer tgz_geraden") == [401, 401, 401, 429]
        assert codes(1) == [429]
        assert codes(1, authorization=f"Bearer {secret}") == [200]
    with after(120):
        assert codes(1, authorization="Bearer tgz_geraden") == [401]


@pytest.mark.django_db
def test_what_was_asked_just_before_the_window_turned_still_counts():
    with after(59):
        assert codes(3) == [200] * 3
    with after(60):
        assert codes(1) == [429]
    with after(80):  # a third of it has passed
        assert codes(2) == [200, 429]
    with after(180):
        assert codes(3) == [200] * 3


@pytest.mark.django_db
def test_addresses_keys_and_logins_are_counted_apart(django_user_model):
    user = django_user_model.objects.create_user("an")
    with after(0):
        keys = [tokens.make(user=user, name="x", scopes=[], days=1, at=AT, day=DAY)[1] for _ in range(2)]
        assert codes(4) == [200] * 3 + [429]
        for key in keys:
            assert codes(6, Authorization=f"Bearer {key}") == [200] * 5 + [429]
        client = Client()
        client.force_login(user)
        assert codes(6, client) == [200] * 5 + [429]
        assert codes(4, Client(REMOTE_ADDR="192.0.2.7")) == [200] * 3 + [429]


@pytest.mark.django_db
def test_without_a_proxy_nobody_writes_an_address_of_their_own(settings):
    def each_another() -> list[int]:
        return [Client().get(LIST, headers={"X-Forwarded-For": f"192.0.2.{one}"}).status_code for one in range(5)]

    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 0}
    with after(0):
        assert each_another() == [200] * 3 + [429] * 2
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
    with after(0):
        assert each_another() == [200] * 5
        forged = [f"203.0.113.{one}, 192.0.2.99" for one in range(4)]  # only the last one is the proxy's own word
        found = [Client().get(LIST, headers={"X-Forwarded-For": one}).status_code for one in forged]
        assert found == [200] * 3 + [429]


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("nobody", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_client_is_an_address_or_a_network_of_which_it_may_take_any(address, client):
    assert one_client(address) == client


@pytest.mark.django_db
def test_nobody_is_held_back_where_no_rate_is_set_or_the_cache_is_away(settings, monkeypatch):
    settings.API_RATE_ADDRESS = ""
    assert set(codes(5)) == {200}
    settings.API_RATE_ADDRESS = "1/day"
    monkeypatch.setattr(throttling, "cache", Away())
    assert set(codes(3)) == {200}


class Away:
    def get(self, *args):
        raise redis.ConnectionError


@pytest.mark.parametrize("rate", ["3", "3/fortnight", "/minute", "0/minute", "x/minute", "3/minute "])
def test_what_is_no_rate_is_refused(rate):
    with pytest.raises(ValueError, match=f"^{re.escape(rate)}$"):
        parse_rate(rate)


@pytest.mark.service
def test_of_many_who_ask_at_once_no_more_are_let_in_than_may_be(redis_url, monkeypatch):
    shared = RedisCache(redis_url, {})
    shared.clear()
    monkeypatch.setattr(throttling, "cache", shared)
    begin, let_in = Barrier(8), []

    def ask() -> None:
        begin.wait()
        let_in.extend(Throttle()._count("all", 50, 86400) for _ in range(20))

    several = [Thread(target=ask) for _ in range(8)]
    with after(0):
        for one in several:
            one.start()
        for one in several:
            one.join()
    assert (len(let_in), sum(let_in)) == (160, 50)


@pytest.mark.django_db
def test_a_page_of_another_site_may_ask_only_where_that_is_set(client, settings):
    asked = {"Origin": "https://dashboard.example.org"}
    assert not client.get(LIST, headers=asked).has_header("Access-Control-Allow-Origin")
    settings.CORS_ALLOWED_ORIGINS = ["https://dashboard.example.org"]
    answer = client.get(LIST, headers=asked)
    assert answer["Access-Control-Allow-Origin"] == "https://dashboard.example.org"
    assert "ETag" in answer["Access-Control-Expose-Headers"]
    assert not answer.has_header("Access-Control-Allow-Credentials")
    preflight = client.options(LIST, headers=asked | {"Access-Control-Request-Method": "GET"})
    assert "authorization" in preflight["Access-Control-Allow-Headers"]
    assert not client.get(LIST, headers={"Origin": "https://x.example.org"}).has_header("Access-Control-Allow-Origin")
    assert not client.get("/", headers=asked).has_header("Access-Control-Allow-Origin")
