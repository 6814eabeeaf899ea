"""The texts in which the list of commitments is searched, of every commitment there is."""

from collections import defaultdict

from django.db import migrations

from commitments.index import texts

AT_ONCE = 2000


def make(apps, schema_editor):
    texts.make(schema_editor.connection.vendor)
    commitments = apps.get_model("commitments", "Commitment").objects.order_by("pk")
    statements = apps.get_model("commitments", "Statement").objects.filter(state="accepted").order_by("pk")
    outside = apps.get_model("commitments", "OutsideStatement").objects.order_by("pk")
    after = 0
    while rows := list(commitments.filter(pk__gt=after).values_list("pk", "title", "due_text")[:AT_ONCE]):
        said = defaultdict(list)
        ids = {"commitment__gt": after, "commitment__lte": rows[-1][0]}
        for quotes in (statements, outside):
            for pk, quote in quotes.filter(**ids).values_list("commitment", "quote"):
                said[pk].append(quote)
        texts.put((pk, "\n".join([title, words, *said[pk]])) for pk, title, words in rows)
        after = rows[-1][0]


def drop(apps, schema_editor):
    texts.drop()


class Migration(migrations.Migration):
    dependencies = [("commitments", "0022_preferences")]

    operations = [migrations.RunPython(make, drop)]
