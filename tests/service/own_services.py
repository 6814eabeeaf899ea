"""A Redis and a PostgreSQL of a test's own, which it may stop in the middle of something."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import redis

PATIENCE = 60  # seconds
POSTGRES = "postgres"  # who runs a PostgreSQL where this process is root, which it refuses to run as


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class OwnRedis:
    """Keeps nothing on disk: started again, it is empty."""

    def __init__(self, program: str) -> None:
        self.program, self.port = program, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603
        wait_for(lambda: bool(redis.Redis.from_url(self.url).ping()), redis.RedisError)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()


class OwnPostgres:
    """A cluster with one empty database."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.data, self.port = programs, folder / "data", free_port()
        self.url = f"postgres://{POSTGRES}@127.0.0.1:{self.port}/postgres"
        self.run("initdb", "--auth", "trust", "--username", POSTGRES, "--encoding", "UTF8", "--no-sync")

    def run(self, program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603
            [*as_postgres(), self.programs / program, "--pgdata", self.data, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.data.parent,
        )

    def control(self, *what: str) -> None:
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.data.parent}"
        self.run("pg_ctl", "--wait", "--log", str(self.data.parent / "log"), "--options", options, *what)

    def start(self) -> None:
        self.control("start")

    def restart(self) -> None:
        """Drop every connection in the middle of what it does, recover, and serve again."""
        self.control("--mode", "immediate", "restart")

    def stop(self) -> None:
        self.control("--mode", "immediate", "stop")


def as_postgres() -> Sequence[str]:
    return ("runuser", "--user", POSTGRES, "--") if os.geteuid() == 0 else ()


def wait_for(answers: Callable[[], bool], *not_yet: type[Exception]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            if answers():
                return
        except not_yet:
            pass
        assert time.monotonic() < end, "it does not answer"
        time.sleep(0.1)


@contextmanager
def own_redis() -> Iterator[OwnRedis]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("there is no redis-server to start and stop")
    made = OwnRedis(program)
    made.start()
    try:
        yield made
    finally:
        made.kill()


@contextmanager
def own_postgres() -> Iterator[OwnPostgres]:
    newest = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=None)
    if newest is None:
        pytest.skip("there is no PostgreSQL server to start and stop")
    folder = Path(tempfile.mkdtemp(prefix="toegezegd-"))
    try:
        if as_postgres():
            who = pwd.getpwnam(POSTGRES)
            os.chown(folder, who.pw_uid, who.pw_gid)
        made = OwnPostgres(newest, folder)
        made.start()
        try:
            wait_for(lambda: bool(psycopg.connect(made.url).close() or True), psycopg.OperationalError)
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
