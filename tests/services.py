"""The services some tests need, and a plain reason where they do not answer."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
import redis
from psycopg import sql

POSTGRES_URL = os.environ.get("TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15")


def postgres_or_skip(url: str = POSTGRES_URL) -> str:
    """Return `url` when a PostgreSQL answers there; skip the test when none does."""
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL answers at {url} ({_first_line(error)}); TEST_DATABASE_URL names another")
    return url


def redis_or_skip(url: str = REDIS_URL) -> str:
    """Return the address of a Redis database of this test process; skip the test when no Redis answers at `url`."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    base, _, number = url.rpartition("/")
    own = f"{base}/{max(0, int(number) - int(worker) % 8)}" if number.isdigit() and "://" in base else url
    try:
        client = redis.Redis.from_url(own, socket_connect_timeout=3, socket_timeout=3)
        client.ping()
        client.close()
    except redis.RedisError as error:
        pytest.skip(f"no Redis answers at {url} ({_first_line(error)}); TEST_REDIS_URL names another")
    return own


@contextmanager
def own_database(postgres_url: str) -> Iterator[str]:
    """The address of an empty database that is gone afterwards, whatever became of what was done with it."""
    name = f"toegezegd_test_{uuid4().hex[:12]}"
    with psycopg.connect(postgres_url, autocommit=True, connect_timeout=5) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield f"{postgres_url.rpartition('/')[0]}/{name}"
    finally:
        with psycopg.connect(postgres_url, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
