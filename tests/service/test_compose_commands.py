"""Every command of docker-compose.yml, run as a process against the PostgreSQL and the Redis of this machine."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.service.house import PATIENCE, ROOT, SAMPLES, House, wait_until
from tests.service.own_services import free_port

pytestmark = pytest.mark.service

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
KEPT = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
PROGRAMS = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}

# What a view does that queues a task, without the view.
QUEUE_WITHIN_A_REQUEST = """
import django, structlog
django.setup()
from commitments.tasks import note_overdue
structlog.contextvars.bind_contextvars(request_id="number-1")
note_overdue.delay()
"""


def interpolated(part: Any, variables: dict[str, str]) -> Any:
    """Fill in ${NAME:-default} and ${NAME:?refusal} in every text of a file, as Compose does; $$ is a dollar."""
    if isinstance(part, dict):
        return {name: interpolated(value, variables) for name, value in part.items()}
    if isinstance(part, list):
        return [interpolated(value, variables) for value in part]
    if not isinstance(part, str):
        return part

    def value(match: re.Match[str]) -> str:
        if match[0] == "$$":
            return "$"
        given = variables.get(match["name"], "")
        if not given and match["sign"] == "?":
            raise AssertionError(match["rest"])
        return given or match["rest"] or ""

    return re.sub(r"\$\$|\$\{(?P<name>\w+)(?::(?P<sign>[-?])(?P<rest>[^}]*))?\}", value, part)


class Composed:
    """The services of the file as processes of this machine: other hosts, ports and folders, the same commands."""

    def __init__(self, folder: Path, database: str, queue: str) -> None:
        self.folder, self.port = folder, free_port()
        self.services = interpolated(COMPOSE, {"SECRET_KEY": "k" * 60, "POSTGRES_PASSWORD": "letters1"})["services"]
        self.moved = {
            "/srv/var": str(folder / "var"),
            "/tmp/beat.pid": str(folder / "beat.pid"),  # noqa: S108  as the file has it
            "localhost:8000": f"localhost:{self.port}",
            "celery@$HOSTNAME": f"celery@{socket.gethostname()}",
        }
        here = {"DATABASE_URL": database, "REDIS_URL": queue, "VAR_DIR": str(folder / "var")}
        here["STATIC_ROOT"] = str(folder / "static")
        here["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
        self.environment = KEPT | PROGRAMS | self.services["web"]["environment"] | here

    def here(self, words: str) -> str:
        for there, here in self.moved.items():
            words = words.replace(there, here)
        return words

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  our own commands
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )

    @contextmanager
    def up(self, service: str, *more: str) -> Iterator[subprocess.Popen[str]]:
        """The service's own command as a process; at the end it is asked to stop, and must."""
        command = [self.here(word) for word in self.services[service]["command"]] + list(more)
        with self.log(service).open("w", encoding="utf-8") as log:
            process = subprocess.Popen(  # noqa: S603  our own commands
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT, text=True
            )
            try:
                yield process
                process.send_signal(signal.SIGTERM)
                assert process.wait(timeout=PATIENCE) == 0, self.log(service).read_text(encoding="utf-8")[-3000:]
            finally:
                process.kill()
                process.wait()

    def log(self, service: str) -> Path:
        return self.folder / f"{service}.log"

    def asked(self, path: str) -> int:
        """Return the status that the site answers with."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}{path}", timeout=PATIENCE) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def said(self, service: str, **wanted: str) -> list[str]:
        """Return the messages of the service's log whose fields hold these values; what is no JSON is its banner."""
        lines = self.log(service).read_text(encoding="utf-8").splitlines()
        events = [json.loads(line) for line in lines if line.startswith("{")]
        return [event["message"] for event in events if wanted.items() <= event.items()]

    def failures(self, service: str) -> list[str]:
        """Return what the service's log tells as an error; that its health was asked too early is none."""
        lines = self.log(service).read_text(encoding="utf-8").splitlines()
        events = [json.loads(line) for line in lines if line.startswith("{")]
        wrong = [event for event in events if event["level"] in {"error", "critical"}]
        return [str(event) for event in wrong if not event.get("request", "").startswith("GET /health/")]

    def is_well(self, service: str) -> bool:
        """Run the health check of the service as it stands in the file."""
        how, *words = self.services[service]["healthcheck"]["test"]
        command = ["sh", "-c", self.here(words[0])] if how == "CMD-SHELL" else [self.here(word) for word in words]
        return self.run(command).returncode == 0


@pytest.fixture
def composed(database: str, queue: str, tmp_path: Path) -> Composed:
    return Composed(tmp_path, database, queue)


def test_the_whole_site_starts_is_well_reads_a_report_and_stops(composed: Composed) -> None:
    collect = next(line for line in DOCKERFILE.splitlines() if "collectstatic" in line).removeprefix("RUN ")
    static = composed.run(["sh", "-c", collect])
    assert static.returncode == 0, static.stderr
    migrated = composed.run(composed.services["migrate"]["command"])
    assert migrated.returncode == 0, migrated.stderr

    made = House(composed.environment, composed.folder)
    with ExitStack() as stack:
        stack.enter_context(composed.up("web", "--bind", f"127.0.0.1:{composed.port}"))
        for service in ("worker", "beat"):
            stack.enter_context(composed.up(service))
        for service in ("web", "worker", "beat"):
            wait_until(lambda service=service: composed.is_well(service), f"{service} is well", composed.folder)

        with urllib.request.urlopen(f"http://localhost:{composed.port}/", timeout=PATIENCE) as page:
            assert page.status == 200
            number = page.headers["X-Request-ID"]
        assert composed.said("web", request_id=number) == ["request_started", "request_finished"]

        made.manage("import_transcripts", SAMPLES[0])
        wait_until(
            lambda: made.count("commitments_extraction", state="done") == 1,
            "the worker reads what was imported",
            composed.folder,
        )

        wait_until(lambda: composed.asked("/health/work/") == 200, "beat and worker are seen", composed.folder)

        queued = composed.run([sys.executable, "-c", QUEUE_WITHIN_A_REQUEST])
        assert queued.returncode == 0, queued.stderr
        wait_until(
            lambda: "task_succeeded" in composed.said("worker", request_id="number-1"),
            "the worker does what the request queued",
            composed.folder,
        )
        assert composed.said("worker", request_id="number-1") == ["task_started", "task_succeeded"]
    for service in ("web", "worker", "beat"):
        assert not composed.failures(service)


def test_without_a_secret_nothing_starts() -> None:
    with pytest.raises(AssertionError, match=r"Set SECRET_KEY in \.env"):
        interpolated(COMPOSE, {"POSTGRES_PASSWORD": "letters1"})


def test_the_redis_of_the_file_starts_and_is_well(composed: Composed) -> None:
    port = str(free_port())
    check = [*composed.services["redis"]["healthcheck"]["test"][1:]]
    asked = [check[0], "-p", port, *check[1:]]
    with composed.up("redis", "--port", port, "--dir", str(composed.folder)):
        wait_until(lambda: composed.run(asked).stdout.strip() == "PONG", "redis answers", composed.folder)
        assert (composed.folder / "appendonlydir").is_dir()


def test_the_check_of_the_database_asks_what_this_machine_s_database_answers(composed: Composed, database: str) -> None:
    check = composed.services["postgres"]["healthcheck"]["test"][1:]
    assert composed.run([*check, "--host", "127.0.0.1"]).returncode == 0
    assert composed.run([*check, "--host", "127.0.0.1", "--port", str(free_port())]).returncode != 0
