"""Words are filed in the index of PostgreSQL at once: a pile of words still to be filed is read whole by every search."""

from django.db import migrations

SHELVES = ("commitments_itemwords", "commitments_commitmentwords")


def file_at_once(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for shelf in SHELVES:
        schema_editor.execute(f"ALTER INDEX {shelf}_lexemes SET (fastupdate = off)")
        schema_editor.execute(f"SELECT gin_clean_pending_list('{shelf}_lexemes')")


class Migration(migrations.Migration):
    dependencies = [("commitments", "0008_what_was_asked_and_what_lapses")]

    operations = [migrations.RunPython(file_at_once, migrations.RunPython.noop)]
