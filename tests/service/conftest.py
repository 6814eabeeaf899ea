"""A PostgreSQL database and a Redis of the test's own, and the same house without either."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from tests.service.house import PROCESSES, SAMPLES, House, finish_all, house
from tests.services import own_database


@pytest.fixture
def database(postgres_url: str) -> Iterator[str]:
    with own_database(postgres_url) as address:
        yield address


@pytest.fixture
def queue(redis_url: str) -> Iterator[str]:
    """The address of a Redis database kept for tests, empty before and after."""
    client = redis.Redis.from_url(redis_url)
    client.flushdb()
    yield redis_url
    client.flushdb()
    client.close()


@pytest.fixture
def served(database: str, queue: str, tmp_path: Path) -> House:
    """The house on PostgreSQL and Redis."""
    made = house(tmp_path / "served", DATABASE_URL=database, REDIS_URL=queue)
    made.manage("migrate", "--verbosity", "0")
    return made


@pytest.fixture(scope="module")
def filled(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house on PostgreSQL, its tasks in the process itself, filled by several imports of the samples at once."""
    with own_database(postgres_url) as address:
        made = house(tmp_path_factory.mktemp("filled"), DATABASE_URL=address)
        made.manage("migrate", "--verbosity", "0")
        finish_all([made.start("manage.py", "import_transcripts", *SAMPLES) for _ in range(PROCESSES)])
        yield made


@pytest.fixture
def embedded(tmp_path: Path) -> House:
    """The house with nothing but a folder."""
    made = house(tmp_path / "embedded")
    made.manage("migrate", "--verbosity", "0")
    return made
