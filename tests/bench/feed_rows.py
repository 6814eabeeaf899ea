"""The rows that the feed is measured on, as an import and a review would leave them.

One of each kind is made as the site makes it, and the database multiplies those: the site itself would take minutes.
"""

from datetime import date
from typing import Any

DAY = date(2026, 3, 16)
PEOPLE, TURNS, PLACES = 12, 100, 10  # who holds an office; speeches of a document; promises of a speech
UID = "gen_random_uuid()"
SAID_ON = f"DATE '{DAY}' - n % 700"
LAST_DAY = f"CASE WHEN n % 3 <> 0 THEN DATE '{DAY}' + n % 900 - 500 END"


def fill(number: int) -> None:
    """Make so many commitments, statements, speeches and events, and a tenth as many follow-ups; a third has no end."""
    from django.db import connection

    speeches = -(-number // TURNS) * TURNS
    paper, item, person, mandate, speech = _said()
    made, said, event, follow_up = _promised(item, person, mandate, speech)
    with connection.cursor() as cursor:
        # What rows hang on is there, and what is told of them is written below.
        cursor.execute("SET session_replication_role = replica")
    multiply(person, PEOPLE, name="'Minister ' || n", family_name="n")
    multiply(mandate, PEOPLE, person_id="n", portfolio="'Bevoegdheid Minister ' || n")
    multiply(
        paper, speeches // TURNS, title="'Verslag van de commissie ' || n", date=SAID_ON,
        sha256="lpad(n::text, 64, '0')", url="'https://example.org/' || n", file_name="n || '.txt'",
        identity="'verslag ' || n",
    )  # fmt: skip
    multiply(item, speeches // TURNS, document_id="n")
    multiply(
        speech, speeches, item_id=f"(n - 1) / {TURNS} + 1", position=f"(n - 1) % {TURNS}",
        person_id=f"n % {PEOPLE} + 1", pieces="jsonb_build_array(jsonb_build_array(0, n % 10 * 300, 400),"
        " jsonb_build_array(400, n % 10 * 300 + 420, 600))",
    )  # fmt: skip
    multiply(
        made, number, title="'Belofte ' || n || ' om het rapport te bezorgen'", person_id=f"n % {PEOPLE} + 1",
        mandate_id=f"n % {PEOPLE} + 1", said_on=SAID_ON, due_end=LAST_DAY,
        due_precision="CASE WHEN n % 3 <> 0 THEN 'day' ELSE 'vague' END",
        check_on=f"CASE WHEN n % 3 = 0 THEN DATE '{DAY}' + n % 90 END",
    )  # fmt: skip
    at = f"(n - 1) % {PLACES} * 90"
    multiply(
        said, number, speech_id=f"(n - 1) / {PLACES} * {PLACES} + 1", start=at, end=f"{at} + 80", commitment_id="n",
        quote="'Ik zal het rapport ' || n || ' tegen dan aan het parlement bezorgen.'", said_on=SAID_ON,
        due_end=LAST_DAY,
    )  # fmt: skip
    multiply(
        event, number, at=f"TIMESTAMPTZ '{DAY}' - n * INTERVAL '1 minute'", day=SAID_ON, commitment_id="n",
        statement_id="n",
    )  # fmt: skip
    multiply(follow_up, number // 10, commitment_id="n", item_id=f"n % {speeches // TURNS} + 1")
    _number_them()


def multiply(row: Any, number: int, **differing: str) -> None:
    """Make copies 2 to `number` of row 1, each with an uid of its own and what SQL says of number `n`."""
    from django.db import connection

    differing = {"id": "n", "uid": UID} | differing
    quote, table = connection.ops.quote_name, row._meta.db_table
    names = [field.column for field in row._meta.concrete_fields]
    values = [f"({differing[name]})" if name in differing else f"one.{quote(name)}" for name in names]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(table)} ({', '.join(map(quote, names))}) "  # noqa: S608 - all of it is ours
            f"SELECT {', '.join(values)} FROM {quote(table)} one, generate_series(2, {number}) n WHERE one.id = 1"
        )


def _said() -> tuple[Any, ...]:
    from transcripts.models import AgendaItem, Document, Mandate, Person, Speech

    paper = Document.objects.create(
        title="Verslag van de commissie 1", kind=Document.Kind.REPORT, date=DAY, url="https://example.org/1",
        file_name="1.txt", sha256="1" * 64, reader="text", text="x" * 4000, page_starts=[0, 1000, 2000, 3000],
    )  # fmt: skip
    item = AgendaItem.objects.create(document=paper, position=0, kind="vraag", title="Vraag", start=0, end=4000)
    person = Person.objects.create(name="Minister 1", family_name="1")
    mandate = Mandate.objects.create(
        person=person, title="Vlaams minister", portfolio="Bevoegdheid Minister 1", start=date(2024, 9, 30)
    )
    speech = Speech.objects.create(
        item=item, position=0, person=person, label="Minister", capacity=Speech.Capacities.MINISTER, text="y" * 1000,
        pieces=[[0, 0, 400], [400, 420, 600]], start=0, end=1000, page=1,
    )  # fmt: skip
    return paper, item, person, mandate, speech


def _promised(item: Any, person: Any, mandate: Any, speech: Any) -> tuple[Any, ...]:
    from commitments.models import Commitment, Event, FollowUp, Statement

    made = Commitment.objects.create(
        title="Belofte", kind="inform", person=person, mandate=mandate, said_on=DAY, due_text="tegen dan"
    )
    said = Statement.objects.create(
        speech=speech, start=0, end=80, quote="Ik zal het rapport tegen dan bezorgen.", said_on=DAY, register="spoken",
        kind="inform", state=Statement.State.ACCEPTED, commitment=made, confidence=0.9,
    )  # fmt: skip
    event = Event.objects.create(day=DAY, kind=Event.Kind.ACCEPTED, commitment=made, statement=said)
    follow_up = FollowUp.objects.create(
        commitment=made, item=item, state=FollowUp.State.CONFIRMED, speech=speech, start=0, end=80, quote="y" * 80
    )
    return made, said, event, follow_up


def _number_them() -> None:
    """Give all of them a number, as commitments.services.feed does with what the triggers noted."""
    from django.db import connection

    from commitments.models import FeedChange, FeedEntry
    from commitments.services import feed

    FeedEntry.objects.all().delete()
    with connection.cursor() as cursor:
        for kind, shown in feed.SHOWN.items():
            cursor.execute(
                "INSERT INTO commitments_feedentry (kind, uid, object_id, number, changed_at, gone) "  # noqa: S608
                f"SELECT %s, uid, id, id, now(), false FROM {shown().model._meta.db_table}",
                [kind],
            )
        cursor.execute("SET session_replication_role = origin")
        FeedChange.objects.all().delete()
        cursor.execute("VACUUM ANALYZE")
