"""The tables in which words are looked up: FTS5 on SQLite, Dutch full-text search on PostgreSQL."""

from django.db import migrations

from commitments.index import Shelf, index


def make(apps, schema_editor):
    for shelf in Shelf:
        index(schema_editor.connection.vendor).make(shelf)


def drop(apps, schema_editor):
    for shelf in Shelf:
        index(schema_editor.connection.vendor).drop(shelf)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0006_follow_up_places")]

    operations = [migrations.RunPython(make, drop)]
