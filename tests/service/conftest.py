"""A PostgreSQL database and a Redis of the test's own, and the same house without either."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import redis
from psycopg import sql

from tests.service.house import House, house


@pytest.fixture
def database(postgres_url: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards."""
    name = f"toegezegd_test_{uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield f"{postgres_url.rpartition('/')[0]}/{name}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


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


@pytest.fixture
def on_postgres(database: str, tmp_path: Path) -> House:
    """The house on PostgreSQL, its tasks in the process itself."""
    made = house(tmp_path / "on_postgres", DATABASE_URL=database)
    made.manage("migrate", "--verbosity", "0")
    return made


@pytest.fixture
def embedded(tmp_path: Path) -> House:
    """The house with nothing but a folder."""
    made = house(tmp_path / "embedded")
    made.manage("migrate", "--verbosity", "0")
    return made
