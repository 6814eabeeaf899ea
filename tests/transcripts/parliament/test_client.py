"""The client: patient with what may pass, clear about what will not, and never anywhere else than it was sent."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.transcripts.parliament.service import BASE, Reply
from transcripts.parliament.client import MissingError, Patience, ServiceError

FINE = {"id": 1}


def get(client):
    return client.get_json("verg/1")[0]


@pytest.mark.parametrize(
    "fault",
    [
        Reply({}, 500),
        Reply({}, 503),
        Reply(b"{", kind="application/json"),
        Reply(FINE, cut=40),
        Reply(drop=True),
    ],
    ids=["error of the service", "service away", "no JSON", "half an answer", "connection reset"],
)
def test_what_may_pass_is_asked_again(service, client, world, fault):
    service.on("verg/1", fault, FINE)
    assert get(client) == FINE
    assert service.times("verg/1") == 2
    assert world.slept


def test_a_service_that_hangs_is_a_time_out_and_is_asked_again(service, client):
    client.patience = replace(client.patience, timeout=0.2)
    service.on("verg/1", Reply(hang=True), FINE)
    assert get(client) == FINE


def test_pauses_grow_and_the_last_failure_is_told(service, client, world):
    client.rate = 1e9
    service.on("verg/1", Reply({}, 500))
    with pytest.raises(ServiceError, match=r"verg/1: the service answers 500, 3 times; try again later") as told:
        get(client)
    assert not told.value.lasting
    assert [round(pause) for pause in world.slept] == [1, 2]


def test_chance_takes_up_to_half_off_a_pause(service, client, world):
    client.rate, client.chance = 1e9, lambda: 0.0
    service.on("verg/1", Reply({}, 500), FINE)
    get(client)
    assert [round(pause, 3) for pause in world.slept] == [0.5]


@pytest.mark.parametrize("asked", ["40", "Tue, 03 Feb 2026 12:00:40 GMT"])
def test_a_service_that_asks_to_wait_is_waited_for(service, client, world, asked):
    client.now = lambda: datetime(2026, 2, 3, 12, tzinfo=UTC)
    service.on("verg/1", Reply({}, 429, {"Retry-After": asked}), FINE)
    assert get(client) == FINE
    assert world.slept[0] == 40


def test_a_service_that_asks_for_hours_is_left_alone(service, client, world):
    service.on("verg/1", Reply({}, 429, {"Retry-After": "7200"}), FINE)
    with pytest.raises(ServiceError, match="asks to wait 7200 seconds"):
        get(client)
    assert not world.slept


def test_no_more_questions_are_asked_than_the_rate_allows(service, client, world):
    service.on("verg/1", FINE)
    for _ in range(5):
        get(client)
    assert world.time == pytest.approx(2.0)  # four pauses of half a second


def test_what_is_not_there_is_asked_for_once(service, client):
    with pytest.raises(MissingError, match="does not have it"):
        get(client)
    assert service.times("verg/1") == 1


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b"<html>Onderhoud</html>", kind="text/html"), "text/html instead of JSON"),
        (Reply({}, 403), "answers 403"),
        (Reply(b"[" * 100_000), "nested too deep"),
    ],
)
def test_what_will_not_pass_is_told_at_once(service, client, reply, words):
    service.on("verg/1", reply)
    with pytest.raises(ServiceError, match=words) as told:
        get(client)
    assert told.value.lasting
    assert service.times("verg/1") == 1


def test_an_answer_that_is_too_large_is_not_read_to_its_end(service, client):
    client.largest = 1000
    service.on("verg/1", Reply(b"1" * 200_000))
    with pytest.raises(ServiceError, match="larger than"):
        get(client)


def test_an_answer_that_trickles_is_given_up(service, client):
    client.patience = Patience(attempts=1, whole=-1.0)
    service.on("verg/1", FINE)
    with pytest.raises(ServiceError, match="too slowly"):
        get(client)


def test_a_redirection_on_the_same_host_is_followed_and_one_elsewhere_is_not(service, client):
    service.on("verg/1", Reply(b"", 302, {"Location": BASE + "/verg/2"}))
    service.on("verg/2", FINE)
    assert get(client) == FINE
    for elsewhere in (
        "http://elders.example.org/verg/1",
        "http://127.0.0.1:1/x",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
    ):
        service.on("verg/1", Reply(b"", 302, {"Location": elsewhere}))
        with pytest.raises(ServiceError, match=r"no address of the service|answers 302"):
            get(client)


@pytest.mark.parametrize(
    "address", ["https://elders.example.org/a.pdf", "file:///etc/passwd", "http://docs.example.org/a"]
)
def test_a_file_elsewhere_is_not_asked_for(service, client, address):
    client.file_hosts = frozenset(("docs.example.org",))
    with pytest.raises(ServiceError, match="it was not asked"):
        client.get_file(address)
    assert client.asked == 0


def test_a_conditional_question_hands_back_what_the_service_gave(service, client):
    service.on("verg/1", Reply(FINE, headers={"ETag": '"a1"', "Last-Modified": "Tue, 03 Feb 2026 12:00:40 GMT"}))
    _, first = client.get_json("verg/1")
    found, second = client.get_json("verg/1", etag=first.etag, modified=first.modified)
    assert (found, second.changed, second.etag) == (None, False, '"a1"')
    headers = service.asked[-1][1]
    assert headers["If-Modified-Since"] == "Tue, 03 Feb 2026 12:00:40 GMT"
    assert headers["Accept"] == "application/json"


def test_nobody_at_the_address_is_told_in_a_sentence(client):
    client.base = "http://127.0.0.1:1/e/opendata"
    with pytest.raises(ServiceError, match=r"no connection .*, 3 times"):
        get(client)
