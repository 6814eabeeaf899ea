"""The tables in which words are looked up: FTS5 on SQLite, Dutch full-text search on PostgreSQL."""

from django.db import migrations

from commitments.index import index

# As they were named then: a shelf that is added later is made by its own migration.
SHELVES = ("commitments_itemwords", "commitments_commitmentwords")


def make(apps, schema_editor):
    for shelf in SHELVES:
        index(schema_editor.connection.vendor).make(shelf)


def drop(apps, schema_editor):
    for shelf in SHELVES:
        index(schema_editor.connection.vendor).drop(shelf)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0006_follow_up_places")]

    operations = [migrations.RunPython(make, drop)]
