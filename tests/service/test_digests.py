"""Full digests to a thousand subscribers, from the claim by a worker to a mail server that breaks off."""

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.mailing.process import MailServer, mail_server
from tests.mailing.subscribers import OFFICE, note_of
from tests.service.house import (
    PATIENCE,
    PROCESSES_OF_A_WORKER,
    ROOT,
    House,
    house,
    killable_worker,
    wait_until,
)

pytestmark = pytest.mark.service

SUBSCRIBERS = 1000
TOLD = 6  # promises
KILLS = 5
NOTE = re.compile(re.escape(note_of(0)).replace("0", r"\d+"))


@pytest.fixture
def post(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "post", "--share", "0.05", "--delay", "0.004", "--seed", "7", "--keep") as there:
        yield there


@pytest.fixture
def mailing(database: str, queue: str, post: MailServer, tmp_path: Path) -> House:
    """A house on PostgreSQL and Redis with everybody due a mail, and none claimed."""
    made = house(tmp_path / "mailing", DATABASE_URL=database, REDIS_URL=queue, EMAIL_URL=post.url)
    made.manage("migrate", "--verbosity", "0")
    assert made.ask("subscribe_offices", SUBSCRIBERS, TOLD) == SUBSCRIBERS
    return made


def let_it_end(at: House) -> dict[str, list[str]]:
    """Let a worker and what the beat sends it every five minutes bring all to its end; return who is how far."""
    with killable_worker(at):
        end = time.monotonic() + 3 * PATIENCE
        while True:
            at.ask("send", "digest")
            ways: dict[str, list[str]] = at.ask("ways")
            if sum(map(len, ways.values())) == SUBSCRIBERS and not {"waiting", "sending"} & set(ways):
                return ways
            assert time.monotonic() < end, (at.folder / "worker.log").read_text(encoding="utf-8")[-4000:]
            time.sleep(1)


def test_a_worker_killed_in_the_claim_and_in_its_batches_sends_each_full_digest_once(mailing: House, post: MailServer):
    chance = random.Random(13)  # noqa: S311
    with killable_worker(mailing) as kill:
        mailing.ask("send", "digest")
        wait_until(lambda: mailing.count("commitments_event", kind="became_overdue") > 0, "it looks", mailing.folder)
        time.sleep(chance.uniform(0, 1))
        kill()
    for _ in range(KILLS):
        goal = sum(post.taken().values()) + chance.randint(1, SUBSCRIBERS // (2 * KILLS))
        with killable_worker(mailing) as kill:
            mailing.ask("send", "digest")
            wait_until(lambda goal=goal: sum(post.taken().values()) >= goal, f"{goal} are taken", mailing.folder)
            time.sleep(chance.uniform(0, 0.3))
            kill()
    met = sum(post.taken().values())
    ways = let_it_end(mailing)
    assert met < SUBSCRIBERS, "the last kill came after the work"
    taken = post.taken()
    assert set(ways) <= {"sent", "uncertain"}
    assert set(taken.values()) == {1}, "none came twice"
    assert not set(ways["sent"]) - set(taken), "what is called sent was taken"
    assert set(taken) <= {*ways["sent"], *ways.get("uncertain", [])}, "what was taken is known to be, or may be"
    uncertain = set(ways.get("uncertain", []))
    # At a kill each process has at most one at the mail server.
    assert len(uncertain - post.unknowable()) <= KILLS * PROCESSES_OF_A_WORKER, "the others are known"
    assert_each_tells_what_is_its_reader_s(post, taken)


def assert_each_tells_what_is_its_reader_s(post: MailServer, taken: Any) -> None:
    for address in taken:
        mail = post.mail_to(address)
        body = mail.get_body(("plain",))
        assert body is not None
        office = int(address.removeprefix("s").partition("@")[0]) // OFFICE
        assert set(NOTE.findall(body.get_content())) == {note_of(office)}, address


def test_a_thousand_ask_the_database_little_and_take_no_more_memory_than_a_hundred(postgres_url: str):
    """From the claim on: at most ten queries for a hundred, beyond those by which the mails themselves are made."""

    def measured(number: int) -> dict[str, Any]:
        command = [sys.executable, "-m", "tests.mailing.measuring", str(number), "--told", str(TOLD)]
        done = subprocess.run(  # noqa: S603  our own command
            command, cwd=ROOT, capture_output=True, text=True, timeout=3 * PATIENCE, check=False
        )
        assert done.returncode == 0, done.stderr[-4000:]
        found: dict[str, Any] = json.loads(done.stdout)
        assert found["twice"] == 0
        assert found["states"]["sent"] <= found["taken"] <= number
        assert found["states"]["sent"] >= 0.9 * number
        return found

    few, many = measured(SUBSCRIBERS // 10), measured(SUBSCRIBERS)
    assert many["beyond"] <= 10, many
    assert many["peak"] - few["peak"] < 16, "megabytes"
