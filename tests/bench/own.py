"""Django set up on a PostgreSQL database of the measurement's own, migrated and empty, and gone afterwards."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg

from tests import services


@contextmanager
def own_database() -> Iterator[bool]:
    """Set Django up on a new database. Yields whether there is a PostgreSQL to do so on."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(services.own_database(services.POSTGRES_URL))
        except psycopg.OperationalError as error:
            print(f"skipped: no PostgreSQL answers ({str(error).splitlines()[0]}); TEST_DATABASE_URL names another")
            yield False
            return
        os.environ |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        os.environ |= {"REDIS_URL": "", "TODAY": "", "DEBUG": "0", "SECRET_KEY": "k" * 60, "ALLOWED_HOSTS": "localhost"}
        import django
        from django.core.management import call_command
        from django.db import connection

        django.setup()
        stack.callback(connection.close)
        call_command("migrate", verbosity=0)
        yield True
