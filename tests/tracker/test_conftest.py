"""What tests/conftest.py promises to every other test."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import services
from tests.network import LeftThisMachineError, is_here

pytest_plugins = ["pytester"]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.9.1", "", None, b"127.0.0.1"])
def test_this_machine_may_be_reached(host):
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.org", b"192.0.2.1"])
def test_another_machine_may_not(host):
    assert not is_here(host)


def test_connecting_elsewhere_fails_before_anything_is_sent():
    with socket.socket() as client, pytest.raises(LeftThisMachineError, match="192.0.2.1"):
        client.connect(("192.0.2.1", 80))


def test_a_datagram_to_elsewhere_fails():
    with socket.socket(type=socket.SOCK_DGRAM) as client, pytest.raises(LeftThisMachineError):
        client.sendto(b"x", ("192.0.2.1", 53))


def test_a_name_is_not_looked_up():
    with pytest.raises(LeftThisMachineError, match="example.org"):
        socket.create_connection(("example.org", 80))


def test_this_machine_can_still_be_connected_to():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        assert client.getpeername() == server.getsockname()


def test_files_go_to_a_folder_of_the_test(settings, tmp_path):
    assert {settings.VAR_DIR, settings.MEDIA_ROOT.parent, settings.MAIL_DIR.parent} == {tmp_path / "var"}


def test_no_test_runs_on_the_day_of_a_demo(settings):
    assert settings.TODAY is None


@given(st.integers())
def test_property_tests_run_under_the_same_guard(number):
    with socket.socket() as client, pytest.raises(LeftThisMachineError):
        client.connect(("192.0.2.1", number % 65536))


def test_a_service_that_does_not_answer_is_named_in_the_reason():
    with pytest.raises(
        pytest.skip.Exception, match="no PostgreSQL answers at postgres://postgres@127.0.0.1:1/postgres"
    ):
        services.postgres_or_skip("postgres://postgres@127.0.0.1:1/postgres")
    with pytest.raises(pytest.skip.Exception, match="no Redis answers at redis://127.0.0.1:1/0"):
        services.redis_or_skip("redis://127.0.0.1:1/0")


SKIPPING = """
import pytest

@pytest.mark.service
def test_on_a_service():
    pytest.skip("no Redis answers")

@pytest.mark.browser
def test_in_a_browser():
    pytest.skip("no Chromium")

def test_on_real_documents():
    pytest.skip("../shared is not here")

@pytest.mark.service
@pytest.mark.xfail
def test_that_is_known_to_fail():
    assert False
"""


@pytest.fixture
def inner(pytester, monkeypatch):
    """A test run of its own under the hook of this conftest."""
    monkeypatch.delenv("REQUIRE_SERVICES", raising=False)
    monkeypatch.delenv("REQUIRE_SHARED", raising=False)
    pytester.makeconftest("from tests.conftest import pytest_runtest_makereport")
    pytester.makeini("[pytest]\nmarkers =\n  service\n  browser\n")
    pytester.makepyfile(SKIPPING)
    return lambda: pytester.runpytest_inprocess("-p", "no:django", "-p", "no:cacheprovider", "-rA")


def test_a_bare_machine_skips_what_needs_services(inner):
    inner().assert_outcomes(skipped=3, xfailed=1)


def test_where_services_are_required_a_skipped_service_test_fails(inner, monkeypatch):
    monkeypatch.setenv("REQUIRE_SERVICES", "1")
    result = inner()
    result.assert_outcomes(failed=2, skipped=1, xfailed=1)
    result.stdout.fnmatch_lines(["*REQUIRE_SERVICES=1, and this service test was skipped.*no Redis answers*"])


def test_where_the_real_documents_are_a_test_that_passes_them_by_fails(inner, monkeypatch):
    monkeypatch.setenv("REQUIRE_SHARED", "1")
    result = inner()
    result.assert_outcomes(failed=1, skipped=2, xfailed=1)
    result.stdout.fnmatch_lines(["*REQUIRE_SHARED=1, and this test was skipped.*"])
