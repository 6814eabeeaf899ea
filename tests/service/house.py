"""The product as a user runs it: processes of their own on a database of their own, asked and read from outside."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent.parent
TODAY = "2026-03-16"
SAMPLES = sorted(path for path in (ROOT / "tests" / "samples" / "reports").glob("*") if path.suffix in (".txt", ".pdf"))
PROCESSES = 3  # that do the same thing at once
PROCESSES_OF_A_WORKER = 2
WORKER = ("--concurrency", str(PROCESSES_OF_A_WORKER), "--loglevel", "INFO", "--without-gossip", "--without-mingle")
PATIENCE = 300  # seconds after which what was to happen has not happened, on a machine that does much else


@dataclass(frozen=True)
class House:
    """One installation: where its processes find their database, their queue and their files."""

    environment: dict[str, str]
    folder: Path

    def manage(self, *arguments: object) -> str:
        """Run a command to its end and return what it printed."""
        return finish(self.start("manage.py", *arguments))

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        """Start Python with these arguments, without waiting for it."""
        return subprocess.Popen(  # noqa: S603  our own commands
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def start_script(self, name: str, *arguments: object) -> subprocess.Popen[str]:
        return self.start("-m", f"tests.service.{name}", *arguments)

    def ask(self, question: str, *arguments: object) -> Any:
        """Put a question of tests/service/questions.py to this house and return its answer."""
        return json.loads(finish(self.start_script("questions", question, *arguments)))

    def count(self, table: str, **where: str) -> int:
        """Count the rows of a table whose columns hold these values; on PostgreSQL only, and cheap enough to repeat."""
        wanted = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Literal(value)) for name, value in where.items()]
        query = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(
            sql.Identifier(table), sql.SQL(" AND ").join([*wanted, sql.SQL("true")])
        )
        with psycopg.connect(self.environment["DATABASE_URL"]) as database:
            found = database.execute(query).fetchone()
        assert found is not None
        return int(found[0])

    def mails(self) -> list[str]:
        return [path.read_text(encoding="utf-8") for path in sorted((self.folder / "mail").glob("*"))]

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[str]]:
        """A Celery worker of this house, stopped at the end."""
        log = (self.folder / "worker.log").open("w", encoding="utf-8")
        process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-m", "celery", "-A", "tracker", "worker", *WORKER],
            cwd=ROOT,
            env=self.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            log.close()


@contextmanager
def killable_worker(made: House) -> Iterator[Callable[[], None]]:
    """A worker with its children in a group of its own; yields what kills them all at once, without a word."""
    with (made.folder / "worker.log").open("a", encoding="utf-8") as log:
        process = subprocess.Popen(  # noqa: S603  our own command
            [sys.executable, "-m", "celery", "-A", "tracker", "worker", *WORKER],
            cwd=ROOT,
            env=made.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

        def kill() -> None:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

        try:
            yield kill
        finally:
            kill()


def house(folder: Path, **variables: str) -> House:
    """Return a house in `folder`; without DATABASE_URL and REDIS_URL it is the embedded one."""
    mine = {"DEBUG": "1", "TODAY": TODAY, "VAR_DIR": str(folder), "EMAIL_URL": "", "REDIS_URL": "", "DATABASE_URL": ""}
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return House(kept | mine | {"DJANGO_SETTINGS_MODULE": "tracker.settings"} | variables, folder)


def finish(process: subprocess.Popen[str]) -> str:
    """Wait for a process and return what it printed; what it complained of is in the error."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, f"{process.args} ended with {process.returncode}:\n{out}\n{err}"
    return out


def finish_all(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    return [finish(process) for process in processes]


def wait_until(holds: Callable[[], bool], what: str, folder: Path) -> None:
    """Ask until it holds. When it never does, say what, and show the worker's log."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            log = folder / "worker.log"
            tail = log.read_text(encoding="utf-8")[-4000:] if log.exists() else "no worker ran"
            raise AssertionError(f"after {PATIENCE} seconds still not: {what}\n{tail}")
        time.sleep(0.2)
