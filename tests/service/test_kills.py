"""Whatever is killed in the middle of an import, at the end stands what an undisturbed run gives."""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.service.house import PATIENCE, ROOT, SAMPLES, House, finish, house, killable_worker, wait_until
from tests.service.many import many_reports
from tests.service.own_services import own_postgres, own_redis
from tests.services import own_database

pytestmark = pytest.mark.service

REPORTS = 50  # later ones that follow up what was promised in the samples, and older ones
LATER = sorted((ROOT / "tests" / "samples" / "follow_ups").glob("reports*/*.txt"))
FIRST = len(SAMPLES)  # read and reviewed before anything is killed, so that there is something to follow up
KILLS = 20
SAME = ("documents", "names", "mandates", "questions", "speeches", "statements", "commitments", "follow_ups", "events")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    older = many_reports(tmp_path_factory.mktemp("papers") / "many", REPORTS - len(LATER))
    mixed = [*LATER, *older]
    random.Random(50).shuffle(mixed)  # noqa: S311
    return [*SAMPLES, *mixed]


@pytest.fixture(scope="module")
def undisturbed(papers: list[Path], postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What stands in a house in which everything is done in the process itself, and nothing is killed."""
    with own_database(postgres_url) as address:
        made = house(tmp_path_factory.mktemp("undisturbed"), DATABASE_URL=address)
        made.manage("migrate", "--verbosity", "0")
        begin(made, papers)
        made.manage("import_transcripts", *papers[FIRST:])
        return stands_in(made)


def begin(made: House, papers: list[Path]) -> None:
    """Read the first reports without a queue, and accept what the engine is sure of."""
    quiet = House(made.environment | {"REDIS_URL": ""}, made.folder)
    quiet.manage("import_transcripts", *papers[:FIRST])
    quiet.ask("review")


def stands_in(made: House) -> dict[str, list[str]]:
    """What stands in a house at the end.

    How much a word tells depends on what is in when a document is compared, so the order in which two workers take them
    shows in what follows them up. Compared once more, all of them with all that is in, they must stand alike. What was
    proposed on the way and withdrawn again does not count.
    """
    made.manage("rebuild_index", "--match")
    content = made.ask("content")
    content["follow_ups"] = [row for row in content["follow_ups"] if json.loads(row)[4] != "withdrawn"]
    content["events"] = [row for row in content["events"] if not _of_a_proposed_follow_up(json.loads(row))]
    return {name: content[name] for name in SAME}


def _of_a_proposed_follow_up(event: list[Any]) -> bool:
    _, kind, _, statement, *_ = event
    return kind == "follow_up_proposed" or (kind == "withdrawn" and statement is None)


def assert_the_same(stands: dict[str, list[str]], wanted: dict[str, list[str]]) -> None:
    """Hold each table against the other one, and show the first rows that differ."""
    for name in SAME:
        lost, made = Counter(wanted[name]) - Counter(stands[name]), Counter(stands[name]) - Counter(wanted[name])
        assert not lost, (
            f"{name}: {lost.total()} rows are not there, {made.total()} too many: {[*lost][:3]} {[*made][:3]}"
        )
        assert not made, f"{name}: {made.total()} rows too many: {[*made][:3]}"


def read(made: House) -> int:
    """How many documents the engine has read."""
    return made.count("commitments_extraction", state="done")


def settle(made: House) -> None:
    """Let a worker and what the beat does every ten minutes bring everything to its end."""

    def at_rest() -> bool:
        return not made.ask("waiting")

    with killable_worker(made):
        end = time.monotonic() + 3 * PATIENCE
        while not at_rest() and time.monotonic() < end:
            made.ask("send", "extraction")
            wait_until_or_later(at_rest, seconds=20)
        assert at_rest(), (made.folder / "worker.log").read_text(encoding="utf-8")[-4000:]


def wait_until_or_later(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not holds():
        time.sleep(0.5)


def test_a_worker_killed_at_twenty_random_moments_loses_and_doubles_nothing(
    served: House, papers: list[Path], undisturbed: dict[str, Any]
) -> None:
    begin(served, papers)
    chance = random.Random(20)  # noqa: S311  the same in every run, as far as two processors are
    importing = served.start("manage.py", "import_transcripts", *papers[FIRST:])
    in_the_middle = 0
    for at in range(KILLS):
        # Somewhere in its share of the work that is left, so that a fast machine is not done before the last kill.
        share = (FIRST + REPORTS - read(served)) // (KILLS - at)
        goal = read(served) + chance.randrange(max(share, 1))
        served.ask("send", "extraction")  # the beat, some minutes later
        with killable_worker(served) as kill:
            wait_until(lambda goal=goal: read(served) >= goal, f"{goal} documents are read", served.folder)
            time.sleep(chance.uniform(0, 0.4))
            kill()
        in_the_middle += read(served) < FIRST + REPORTS
    finish(importing)
    settle(served)
    assert in_the_middle >= KILLS - 2, "some kills came after the work"
    assert_the_same(stands_in(served), undisturbed)


def test_a_queue_that_loses_everything_in_the_middle_loses_and_doubles_nothing(
    database: str, papers: list[Path], undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    with own_redis() as queue:
        made = house(tmp_path / "house", DATABASE_URL=database, REDIS_URL=queue.url)
        made.manage("migrate", "--verbosity", "0")
        begin(made, papers)
        with killable_worker(made):
            importing = made.start("manage.py", "import_transcripts", *papers[FIRST:])
            wait_until(lambda: made.count("transcripts_document") > FIRST + 5, "some are imported", made.folder)
            assert importing.poll() is None, "the import was over before the queue could be lost"
            queue.kill()
            imported = made.count("transcripts_document")
            wait_until(lambda: made.count("transcripts_document") > imported, "importing goes on", made.folder)
            queue.start()
            finish(importing)
            settle(made)
        assert_the_same(stands_in(made), undisturbed)


def test_a_database_that_is_restarted_in_the_middle_loses_and_doubles_nothing(
    queue: str, papers: list[Path], undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    with own_postgres() as server:
        made = house(tmp_path / "house", DATABASE_URL=server.url, REDIS_URL=queue)
        made.manage("migrate", "--verbosity", "0")
        begin(made, papers)
        with killable_worker(made):
            importing = made.start("manage.py", "import_transcripts", *papers[FIRST:])
            wait_until(lambda: made.count("transcripts_document") > FIRST + 5, "some are imported", made.folder)
            assert importing.poll() is None, "the import was over before the database could be restarted"
            server.restart()
            _, complaint = importing.communicate(timeout=3 * PATIENCE)
            assert importing.returncode == 1
            assert "give the same command again" in complaint.strip().splitlines()[-1]
            assert "Traceback" not in complaint
            made.manage("import_transcripts", *papers[FIRST:])
            settle(made)
        assert_the_same(stands_in(made), undisturbed)
