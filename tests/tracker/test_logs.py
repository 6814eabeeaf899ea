"""What the log says, and what it must not say."""

import json
import logging
import logging.config
from io import StringIO
from uuid import UUID

import pytest
import structlog
from django.conf import settings

from tracker import logs


@pytest.fixture
def log(monkeypatch):
    """What is written from here on, in the form and at the level asked for."""
    root = logging.getLogger()
    before = root.handlers[:], root.level

    def begin(form=logs.JSON, level="INFO"):
        written = StringIO()
        wiring = logs.configuration(form=form, level=level)
        wiring["handlers"]["console"]["stream"] = written
        logging.config.dictConfig(wiring)
        return written

    yield begin
    logging.config.dictConfig(settings.LOGGING)
    root.handlers[:], root.level = before


def lines(written):
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.mark.django_db
def test_every_line_of_a_request_carries_the_number_that_the_visitor_was_given(client, log):
    written = log()
    answer = client.get("/health/ready/")
    said = lines(written)
    assert [line["message"] for line in said] == ["request_started", "request_finished"]
    assert {line["request_id"] for line in said} == {answer.headers["X-Request-ID"]}
    assert UUID(answer.headers["X-Request-ID"])
    assert said[-1]["code"] == 200


@pytest.mark.django_db
def test_two_requests_have_two_numbers(client):
    first, second = (client.get("/health/live/").headers["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.django_db
def test_what_is_searched_for_and_who_asks_stay_out_of_the_log(client, admin_user, log):
    client.force_login(admin_user)
    written = log(level="DEBUG")
    client.get("/health/live/?q=fietspad", REMOTE_ADDR="192.0.2.44", HTTP_X_FORWARDED_FOR="192.0.2.45")
    said = [line for line in lines(written) if line["message"].startswith("request_")]
    assert said[0]["request"] == "GET /health/live/"
    for private in ("fietspad", "192.0.2.4", "user_id", admin_user.username):
        assert private not in json.dumps(said)


def test_a_number_that_a_visitor_sends_is_not_taken_over(client, log):
    written = log()
    answer = client.get("/health/live/", headers={"X-Request-ID": "forged"})
    assert answer.headers["X-Request-ID"] != "forged"
    assert "forged" not in written.getvalue()


def test_a_line_of_the_standard_library_is_one_line_of_json(log):
    written = log()
    try:
        raise ValueError("een regel\nen nog een")
    except ValueError:
        logging.getLogger("commitments").exception("could not read %s", "verslag é")
    (line,) = lines(written)
    assert (line["message"], line["level"], line["logger"]) == ("could not read verslag é", "error", "commitments")
    assert "en nog een" in line["exception"]


def test_what_belongs_to_no_request_has_no_number(log):
    written = log()
    structlog.get_logger("commitments").info("noted")
    assert "request_id" not in lines(written)[0]


def test_a_desk_reads_plain_lines(log):
    written = log(form=logs.LINE, level="WARNING")
    logging.getLogger("transcripts").warning("two speakers are unknown")
    logging.getLogger("transcripts").info("not told at this level")
    (line,) = written.getvalue().splitlines()
    assert "two speakers are unknown" in line
    assert "\x1b" not in line


@pytest.mark.django_db
def test_a_request_that_fails_is_told_once_with_its_trace_and_the_visitor_is_given_its_number(client, log, monkeypatch):
    def broken():
        raise RuntimeError("this was not expected")

    monkeypatch.setattr("tracker.health._ask_database", broken)
    client.raise_request_exception = False
    written = log(level="WARNING")
    answer = client.get("/health/ready/")
    (line,) = lines(written)
    assert answer.status_code == 500
    assert line["message"] == "request_failed"
    assert "this was not expected" in line["exception"]
    assert line["request_id"] == answer.headers["X-Request-ID"]
    assert line["request_id"] in answer.content.decode()
    assert "this was not expected" not in answer.content.decode()
