"""The whole way on PostgreSQL and Redis with a real worker gives what it gives on a bare desk."""

import re
import socket
from pathlib import Path

import pytest
import redis

from tests.service.house import SAMPLES, House, house, wait_until

pytestmark = pytest.mark.service

VARYING = (
    re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"),  # addresses of pages
    re.compile(r"={15}\d+=="),  # boundaries between the parts
    re.compile(r"^(?:Date|Message-ID): .*$", re.MULTILINE),
    re.compile(r"(?<=\?t=)[\w:.=-]+"),  # signatures, which hold the moment they were made
)


def wording(mail: str) -> str:
    for pattern in VARYING:
        mail = pattern.sub("", mail)
    return mail


def extractions(at: House, state: str) -> int:
    return at.count("commitments_extraction", state=state)


def wait_for_the_engine(at: House) -> None:
    wait_until(lambda: extractions(at, "done") == len(SAMPLES), "the engine has read everything", at.folder)


def test_a_worker_does_what_a_desk_does_in_process(served: House, embedded: House):
    with served.worker():
        served.manage("import_transcripts", *SAMPLES)
        wait_for_the_engine(served)
        accepted = served.ask("review")
        served.ask("send", "watch")
        wait_until(
            lambda: served.count("commitments_event", kind="became_overdue") > 0, "overdue is noted", served.folder
        )
        served.ask("send", "digest")
        wait_until(lambda: len(served.mails()) == 1, "the digest is written", served.folder)

    embedded.manage("import_transcripts", *SAMPLES)
    assert embedded.ask("review") == accepted
    embedded.manage("run_periodic")

    there, here = served.ask("content"), embedded.ask("content")
    assert {name: len(rows) for name, rows in there.items()} == {name: len(rows) for name, rows in here.items()}
    for name in here:
        assert there[name] == here[name], name
    assert here["statements"]
    assert [wording(mail) for mail in served.mails()] == [wording(mail) for mail in embedded.mails()]


def test_what_was_imported_without_a_worker_is_read_when_one_comes_also_what_the_queue_forgot(
    served: House, queue: str
):
    forgotten, kept = SAMPLES[:2], SAMPLES[2:]
    served.manage("import_transcripts", *forgotten)
    redis.Redis.from_url(queue).flushdb()
    served.manage("import_transcripts", *kept)
    assert extractions(served, "waiting") == len(SAMPLES)
    with served.worker():
        wait_until(lambda: extractions(served, "done") == len(kept), "what was queued is read", served.folder)
        served.ask("send", "extraction")
        wait_for_the_engine(served)


@pytest.fixture
def silent_redis() -> str:
    """An address on this machine where nothing answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"redis://127.0.0.1:{server.getsockname()[1]}/0"


def test_a_redis_that_is_away_loses_no_import(database: str, silent_redis: str, tmp_path: Path):
    away = house(tmp_path / "away", DATABASE_URL=database, REDIS_URL=silent_redis)
    away.manage("migrate", "--verbosity", "0")
    away.manage("import_transcripts", SAMPLES[0])
    assert extractions(away, "waiting") == 1
    away.manage("run_periodic")
    assert extractions(away, "done") == 1
