"""What goes to a collector of errors: asked of a process with a collector of the test's own beside it."""

import gzip
import json
import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
BREAK = """
from wsgiref.util import setup_testing_defaults
from tracker.wsgi import application
from tracker import health

def broken():
    secret_of_the_office = "nota van de fractie"
    raise RuntimeError("this was not expected")

health._ask_database = broken
request = {"PATH_INFO": "/health/ready/", "QUERY_STRING": "q=fietspad", "HTTP_AUTHORIZATION": "Token geheim"}
setup_testing_defaults(request)
list(application(request, lambda status, headers: print(status[:3], dict(headers)["X-Request-ID"])))
import sentry_sdk
sentry_sdk.flush(10)
"""


@pytest.fixture
def collector():
    """The address of a collector, and the envelopes it was sent."""
    received = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Collector)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", received
    server.shutdown()
    server.server_close()


def run(code, folder, **variables):
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"DJANGO_SETTINGS_MODULE": "tracker.settings", "VAR_DIR": str(folder)}
    return subprocess.run(  # noqa: S603  our own code
        [sys.executable, "-c", code], cwd=ROOT, env=environment | variables, capture_output=True, text=True, check=False
    )


def test_an_error_is_reported_with_the_number_of_its_request_and_without_anybody_s_words(collector, tmp_path):
    address, received = collector
    done = run(BREAK, tmp_path, SENTRY_DSN=address, SENTRY_ENVIRONMENT="proef")
    assert done.returncode == 0, done.stderr
    status, number = done.stdout.split()
    assert status == "500"
    (envelope,) = received
    event = next(row for row in map(json.loads, envelope.splitlines()) if "exception" in row)
    assert event["exception"]["values"][0]["value"] == "this was not expected"
    assert (event["tags"]["request_id"], event["environment"]) == (number, "proef")
    assert event["request"] == {"method": "GET", "url": "http://127.0.0.1/health/ready/"}
    assert "user" not in event
    frames = [frame for value in event["exception"]["values"] for frame in value["stacktrace"]["frames"]]
    assert frames
    assert not any(frame.get("vars") for frame in frames)


def test_without_an_address_nothing_is_sent_or_loaded(tmp_path):
    done = run("import django, sys; django.setup(); print('sentry_sdk' in sys.modules)", tmp_path)
    assert done.stdout.strip() == "False"


def test_an_address_that_is_none_stops_the_start_with_a_sentence(tmp_path):
    done = run("import django; django.setup()", tmp_path, SENTRY_DSN="sentry")
    assert done.returncode == 1
    assert "SENTRY_DSN is no address of a Sentry" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value", "hint"), [("LOG_FORMAT", "xml", "write line or json"), ("LOG_LEVEL", "loud", "write DEBUG, INFO")]
)
def test_a_log_that_cannot_be_written_so_stops_the_start_with_a_sentence(tmp_path, name, value, hint):
    done = run("import django; django.setup()", tmp_path, **{name: value})
    assert done.returncode == 1
    assert f"{name} is '{value}'" in done.stderr.splitlines()[-1]
    assert hint in done.stderr.splitlines()[-1]
