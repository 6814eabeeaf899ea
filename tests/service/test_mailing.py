"""A thousand digests to a mail server that breaks off, by several processes at once, or by some that are killed."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mailing.process import MailServer, mail_server
from tests.service.house import PATIENCE, House, finish_all, house

pytestmark = pytest.mark.service

SUBSCRIBERS = 1000
KILLED = 6  # runs, one after the other, each somewhere else
SENDING = ("questions", "send_subscribed")


@pytest.fixture
def post(tmp_path: Path) -> Iterator[MailServer]:
    with mail_server(tmp_path / "post", "--share", "0.05", "--delay", "0.004", "--seed", "7") as there:
        yield there


@pytest.fixture
def writing(database: str, post: MailServer, tmp_path: Path) -> House:
    """A house on PostgreSQL that has a digest to be sent to each of its subscribers."""
    made = house(tmp_path / "writing", DATABASE_URL=database, EMAIL_URL=post.url)
    made.manage("migrate", "--verbosity", "0")
    assert made.ask("subscribe", SUBSCRIBERS) == SUBSCRIBERS
    return made


def everything_sent_that_can_be(at: House) -> dict[str, list[str]]:
    """Send until nothing waits; return the addresses by how far each came."""
    while True:
        ways = at.ask("ways")
        if not ways.get("waiting") and not ways.get("sending"):
            return ways
        at.ask("send_subscribed")


def assert_each_once(ways: dict[str, list[str]], taken: Counter[str]) -> None:
    assert set(ways) <= {"sent", "uncertain"}
    assert sum(map(len, ways.values())) == SUBSCRIBERS
    assert set(taken.values()) == {1}, "none came twice"
    assert not set(ways["sent"]) - set(taken), "what is called sent was taken"
    assert set(taken) <= {*ways["sent"], *ways.get("uncertain", [])}, "what was taken is known to be, or may be"


def test_each_digest_comes_once_however_often_the_server_breaks_off(writing: House, post: MailServer):
    grown = finish_all([writing.start_script(*SENDING) for _ in range(2)])
    ways = everything_sent_that_can_be(writing)
    assert_each_once(ways, post.taken())
    # 5 % of the dialogues break off; somewhat less than half of those where nobody can know whether it was taken.
    assert 0 < len(ways["uncertain"]) < SUBSCRIBERS * 0.05
    assert max(map(int, grown)) < 16_000, "kilobytes: memory does not grow with the number of mails"


def test_a_process_that_is_killed_anywhere_loses_none_and_sends_none_twice(writing: House, post: MailServer):
    chance = random.Random(11)  # noqa: S311
    uncertain = 0
    for _ in range(KILLED):
        before = sum(post.taken().values())
        process = writing.start_script(*SENDING)
        wanted = before + chance.randint(1, SUBSCRIBERS // (2 * KILLED))
        end = time.monotonic() + PATIENCE
        while sum(post.taken().values()) < wanted:
            assert time.monotonic() < end, "nothing is sent any more"
            assert process.poll() is None, process.communicate()
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
        uncertain += 1
    ways = everything_sent_that_can_be(writing)
    assert_each_once(ways, post.taken())
    assert len(ways.get("uncertain", [])) <= uncertain + SUBSCRIBERS * 0.05
