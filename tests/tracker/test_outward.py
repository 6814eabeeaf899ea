"""Calls to addresses that others chose: never into a private network, never longer than a while, nothing followed."""

import socket
from ipaddress import ip_address, ip_network

import pytest

from tests.receiver import receiver
from tracker import outward
from tracker.outward import Called, Trouble, may_be_called, post

HERE = [ip_network("127.0.0.0/8")]


def call(url: str, *, allowed=HERE, within: float = 30) -> Called:
    return post(url, b"{}", {"Content-Type": "application/json"}, allowed=allowed, within=within)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "192.0.2.1", "198.18.0.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
        "0.0.0.0",  # noqa: S104  called, not listened on
        "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ],
)  # fmt: skip
def test_no_address_of_a_private_or_special_network_is_called(address):
    assert not may_be_called(ip_address(address))


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_the_open_internet_may_be_called(address):
    assert may_be_called(ip_address(address))


def test_a_network_that_is_named_is_allowed_and_no_other():
    allowed = [ip_network("10.1.0.0/16"), ip_network("fd12::/16")]
    assert may_be_called(ip_address("10.1.2.3"), allowed)
    assert may_be_called(ip_address("::ffff:10.1.2.3"), allowed)
    assert may_be_called(ip_address("fd12::1"), allowed)
    assert not may_be_called(ip_address("10.2.0.1"), allowed)
    assert not may_be_called(ip_address("127.0.0.1"), allowed)


def test_this_machine_is_not_called_unless_that_is_allowed_by_whatever_name():
    with receiver() as one:
        port = one.address.split(":")[2].split("/")[0]
        for host in ("127.0.0.1", "localhost"):
            assert call(f"http://{host}:{port}/", allowed=[]) == Called(trouble=Trouble.FORBIDDEN)
        assert not one.got
        assert call(one.address) == Called(200)
        ((path, headers, body),) = one.got
    assert (path, body) == ("/hook?for=toegezegd", b"{}")
    assert headers["host"] == f"127.0.0.1:{port}"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/", "file:///etc/passwd", "https://", "https:///x", "https://user:pass@example.org/", "x",
        "https://example.org:0/", "https://example.org:99999/", "https://example.org/\r\nX: y", "https://exa mple.org/",
    ],
)  # fmt: skip
def test_what_is_no_address_to_call_is_told(url):
    assert call(url) == Called(trouble=Trouble.NO_ADDRESS)


class Names:
    """A resolver of names that may answer otherwise each time."""

    def __init__(self, monkeypatch, *answers: list[str]) -> None:
        self.answers, self.asked = list(answers), 0
        true = socket.getaddrinfo

        def look_up(host, port, *args, **options):
            if host != "hook.example.org":
                return true(host, port, *args, **options)
            self.asked += 1
            found = self.answers.pop(0)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in found]

        monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_a_name_is_looked_up_once_and_the_call_goes_to_the_address_that_was_judged(monkeypatch):
    with receiver() as one:
        names = Names(monkeypatch, ["127.0.0.1"], ["10.0.0.1"])
        assert call(one.address.replace("127.0.0.1", "hook.example.org")) == Called(200)
        assert names.asked == 1
        assert one.got[0][1]["host"].startswith("hook.example.org:")


def test_a_name_with_one_address_in_a_private_network_is_not_called_at_all(monkeypatch):
    Names(monkeypatch, ["93.184.215.14", "127.0.0.1"])
    tried = []
    monkeypatch.setattr(socket, "create_connection", lambda *args: tried.append(args))
    assert call("https://hook.example.org/", allowed=[]) == Called(trouble=Trouble.FORBIDDEN)
    assert not tried


def test_without_tls_only_networks_that_are_named_are_called(monkeypatch):
    Names(monkeypatch, ["93.184.215.14"])
    assert call("http://hook.example.org/") == Called(trouble=Trouble.FORBIDDEN)


def test_a_name_that_nobody_knows_is_told(monkeypatch):
    def unknown(*args, **options):
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert call("https://hook.example.org/") == Called(trouble=Trouble.UNKNOWN_HOST)
    assert call("https://..example.org/") == Called(trouble=Trouble.UNKNOWN_HOST)


def test_the_next_address_is_tried_where_the_first_one_does_not_answer(monkeypatch):
    with receiver() as one:
        Names(monkeypatch, ["127.0.0.2", "127.0.0.1"])
        assert call(one.address.replace("127.0.0.1", "hook.example.org")) == Called(200)


def test_a_redirect_is_an_answer_and_is_not_followed():
    with receiver(answer=302) as one:
        assert call(one.address) == Called(302)
        assert len(one.got) == 1


def test_who_refuses_hangs_up_or_speaks_no_tls_is_told_apart():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    assert call(f"http://127.0.0.1:{port}/") == Called(trouble=Trouble.NO_CONNECTION)
    with receiver(answer="hang up") as one:
        assert call(one.address) == Called(trouble=Trouble.HUNG_UP)
    with receiver() as one:
        assert call(one.address.replace("http:", "https:")) == Called(trouble=Trouble.TLS)


@pytest.mark.parametrize("answer", ["silence", "drip"])
def test_who_is_silent_or_speaks_without_end_is_cut_off(answer):
    with receiver(answer=answer) as one:
        assert call(one.address, within=0.3) == Called(trouble=Trouble.TOO_SLOW)


def test_who_does_not_answer_a_greeting_in_tls_is_cut_off():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert call(f"https://127.0.0.1:{port}/", within=0.3) == Called(trouble=Trouble.TOO_SLOW)


def test_of_an_answer_without_an_end_no_more_is_read_than_a_little(monkeypatch):
    read = []
    true = outward.http.client.HTTPResponse.read

    def counted(self, most=None):
        found = true(self, most)
        read.append(len(found))
        return found

    monkeypatch.setattr(outward.http.client.HTTPResponse, "read", counted)
    with receiver(answer="flood") as one:
        assert call(one.address) == Called(200)
    assert sum(read) <= outward.MOST_OF_AN_ANSWER
