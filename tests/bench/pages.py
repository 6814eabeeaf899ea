"""The pages with many rows: python -m tests.bench.pages [NUMBER]

Fills a PostgreSQL database of its own with that many commitments and as many speeches. Prints for each page of the
site, for a visitor and for somebody who manages an office, how many questions it asks and how long it takes; and for
the first page of a search how long it takes beside the same questions in bare SQL, by turns in this one process.
"""

import re
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.bench.feed import DAY, by_turns, fill, tell
from tests.bench.own import own_database

MOST = 15  # questions of one page
SPEECHES = 100  # of a document
SUBJECTS = (
    "renovatiepremies", "fietssnelwegen", "schooltoelagen", "rusthuizen", "waterlopen", "erfgoed", "kinderopvang",
    "havens", "landbouw", "energie", "verkeerslichten", "inburgering", "sportinfrastructuur", "bossen", "bibliotheken",
    "huurwaarborgen", "jeugdhulp", "luchthavens", "bodemsanering", "leerlingenvervoer",
)  # fmt: skip
SEARCHES = ("renovatie", "huurwaarborg bezorgen", "fiets minister 7")
# What the first page of a search shows, asked for as plainly as can be.
ROWS = """
SELECT c.*, p.name FROM commitments_commitment c LEFT JOIN transcripts_person p ON p.id = c.person_id
WHERE EXISTS (SELECT 1 FROM commitments_statement s WHERE s.commitment_id = c.id AND s.state = 'accepted') AND {}
ORDER BY COALESCE(c.due_end, '9999-12-31'), COALESCE(c.check_on, '9999-12-31'), c.said_on, c.id LIMIT 26
"""
COUNT = """
SELECT count(*) FROM (SELECT c.id FROM commitments_commitment c
WHERE EXISTS (SELECT 1 FROM commitments_statement s WHERE s.commitment_id = c.id AND s.state = 'accepted') AND {}
LIMIT 1001) found
"""
HOLDS = """c.id IN (SELECT id FROM commitments_searchtext WHERE body LIKE %s UNION ALL SELECT n.id
FROM commitments_commitment n JOIN transcripts_person q ON q.id = n.person_id WHERE upper(q.name) LIKE upper(%s))"""
SAID = """
SELECT s.*, t.label, d.title, d.uid FROM commitments_statement s JOIN transcripts_speech t ON t.id = s.speech_id
JOIN transcripts_agendaitem i ON i.id = t.item_id JOIN transcripts_document d ON d.id = i.document_id
WHERE s.commitment_id = ANY(%s) AND s.state = 'accepted' ORDER BY s.said_on, s.speech_id, s.start
"""
CHOICES = (
    "SELECT p.* FROM transcripts_person p "
    "WHERE EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.person_id = p.id)",
    "SELECT DISTINCT committee FROM transcripts_meeting",
    "SELECT m.*, p.name, EXISTS (SELECT 1 FROM commitments_commitment c WHERE c.mandate_id = m.id) "
    "FROM transcripts_mandate m JOIN transcripts_person p ON p.id = m.person_id",
)


def fill_pages(number: int) -> Any:
    """Add what the pages show beside the feed: subjects, meetings, many speeches, an office. Return its manager."""
    from django.apps import apps
    from django.contrib.auth.models import User
    from django.core.management.color import no_style
    from django.db import connection

    from commitments.services import offices, searching, subscribing

    fill(number)
    models = [one for name in ("transcripts", "commitments") for one in apps.get_app_config(name).get_models()]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):  # rows that are copied in bring their numbers
            cursor.execute(sql)
        cursor.execute("SELECT max(position) + 1 FROM transcripts_speech")
        ((following,),) = cursor.fetchall()
        cursor.execute(
            "UPDATE commitments_commitment SET title = 'Belofte ' || id || ' over ' || (%s::text[])[1 + id %% %s], "
            "due_start = due_end - (id %% 90)::int",
            [list(SUBJECTS), len(SUBJECTS)],
        )
        cursor.execute(
            "UPDATE commitments_commitment SET status = 'fulfilled', fulfilled_on = due_end + (id %% 40)::int - 20 "
            "WHERE id %% 3 = 0 AND due_end < %s",
            [DAY],
        )
        cursor.execute(
            "INSERT INTO transcripts_meeting (uid, date, number, session, committee) SELECT gen_random_uuid(), "
            "%s::date - (at %% 700)::int + 14, 'C' || at, '2025-2026', 'Commissie ' || at %% 15 "
            "FROM generate_series(1, %s) at",
            [DAY, max(1, number // SPEECHES)],
        )
        cursor.execute(
            "UPDATE transcripts_document d SET meeting_id = m.id FROM transcripts_meeting m WHERE m.id = d.id"
        )
        cursor.execute(
            "INSERT INTO transcripts_speech (uid, item_id, position, label, party, heading, answer_to, capacity, text, "
            'pieces, notes, start, "end", page) '
            "SELECT gen_random_uuid(), i.id, at, 'Lid ' || at, '', '', '', 'member', "
            "repeat('z', 500), '[]', '[]', 0, 500, 1 FROM transcripts_agendaitem i, generate_series(%s, %s) at",
            [following, SPEECHES - 1],
        )
        cursor.execute(
            "INSERT INTO commitments_searchtext SELECT c.id, lower(c.title || ' ' || c.due_text || ' ' || s.quote) "
            "FROM commitments_commitment c JOIN commitments_statement s ON s.commitment_id = c.id "
            "ON CONFLICT (id) DO UPDATE SET body = excluded.body"
        )
        cursor.execute("VACUUM ANALYZE")
    boss = User.objects.create_superuser("boss")
    team = offices.found_team(name="Fractie", actor=boss, day=DAY)
    manager = User.objects.create_user("manager", email="manager@example.org")
    offices.set_member(team=team, user=manager, role="manager", actor=boss, day=DAY)
    searching.keep(user=manager, name="Wonen", query="q=huurwaarborgen")
    subscribing.choose(user=manager, topics=())
    _mark(team, manager, number)
    return manager


def _mark(team: Any, manager: Any, number: int) -> None:
    from commitments.models import Commitment, Priority, Watch

    some = list(Commitment.objects.order_by("pk")[: number // 20])
    Watch.objects.bulk_create(
        [Watch(team=team, commitment=one) for one in some] + [Watch(user=manager, commitment=one) for one in some[:99]],
        batch_size=2000,
    )
    Priority.objects.bulk_create([Priority(team=team, commitment=one, level="high") for one in some], batch_size=2000)


def pages() -> Iterator[tuple[str, str]]:
    """Yield each page that shows rows, by its name."""
    from django.urls import reverse
    from django.utils.text import slugify

    from commitments.feeds import scopes
    from commitments.models import Commitment, Team
    from transcripts.models import Document, Person

    made, paper, person = Commitment.objects.order_by("pk")[7], Document.objects.all()[0], Person.objects.all()[0]
    yield "start", reverse("start")
    yield "start, watch list", reverse("start") + "?van=volglijst"
    yield "start, office", f"{reverse('start')}?van={Team.objects.get().uid}"
    yield "list", reverse("commitments")
    for words in SEARCHES:
        yield f"search “{words}”", f"{reverse('commitments')}?q={words.replace(' ', '+')}"
    yield "list, moved", reverse("commitments") + "?slipped=on"
    yield "list, committee", reverse("commitments") + "?committee=Commissie+3&sort=newest"
    yield "calendar", reverse("calendar")
    yield "calendar, a minister", f"{reverse('calendar')}?minister={person.uid}"
    yield "commitment", reverse("commitment", args=[made.uid])
    yield "question", reverse("question", args=[made.uid])
    yield "documents", reverse("documents")
    yield "transcript", reverse("document", args=[paper.uid])
    yield "person", reverse("person", args=[person.uid])
    yield "committee", reverse("committee", args=[slugify(paper.meeting.committee)])
    yield "portfolio", reverse("portfolio", args=[slugify(scopes.portfolios()[0])])
    for name in ("office", "my_searches", "my_mail", "my_mail_preview", "my_feeds", "my_keys"):
        yield name, reverse(name)
    for name in ("people", "portfolios", "committees", "my_settings"):
        yield name, reverse(name)
    yield "desk", reverse("admin:commitments_statement_desk")
    yield "desk for follow-ups", reverse("admin:commitments_followup_desk")
    yield "admin, commitments", reverse("admin:commitments_commitment_changelist")
    yield "admin, a commitment", reverse("admin:commitments_commitment_change", args=[made.pk])


def ask_all(client: Any, who: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    above = []
    for name, address in pages():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address, secure=True)
        questions = len(asked)  # the next request forgets them
        if answer.status_code != 200:
            continue  # not for this visitor
        took = []
        for _ in range(3):
            start = time.perf_counter()
            client.get(address, secure=True)
            took.append(time.perf_counter() - start)
        print(f"  {who:8} {name:32} {questions:3} questions  {min(took) * 1000:8.1f} ms")
        above += [name] * (questions > MOST)
    print(f"  {who:8} more than {MOST} questions: {', '.join(above) or 'no page'}")


def bare(words: str) -> int:
    """Ask for the first page of a search in SQL, and read what comes."""
    from django.db import connection

    patterns = [f"%{word}%" for word in words.split() for _ in range(2)]
    holds = " AND ".join([HOLDS] * len(words.split()))
    with connection.cursor() as cursor:
        cursor.execute(ROWS.format(holds), patterns)
        rows = cursor.fetchall()
        cursor.execute(SAID, [[row[0] for row in rows]])
        cursor.fetchall()
        cursor.execute(COUNT.format(holds), patterns)
        ((number,),) = cursor.fetchall()
        for sql in CHOICES:
            cursor.execute(sql)
            cursor.fetchall()
    return int(number)


def main(number: int) -> None:
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    settings.TODAY = DAY
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # nothing was collected here
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    start = time.perf_counter()
    manager = fill_pages(number)
    print(f"{number} commitments and {number} speeches made in {time.perf_counter() - start:.0f} s")
    visitor, known = Client(headers={"host": "localhost"}), Client(headers={"host": "localhost"})
    known.force_login(manager)
    ask_all(visitor, "visitor")
    ask_all(known, "manager")
    for words in SEARCHES:
        address = f"{reverse('commitments')}?q={words.replace(' ', '+')}"

        def page(address: str = address) -> str:
            return str(visitor.get(address, secure=True).content.decode())

        told = re.search(r'role="status"[^>]*>\s*(.*?)\s*<', page(), re.DOTALL)
        print(f"“{words}”: {told[1] if told else '?'}; in bare SQL {bare(words)}")
        ours, theirs = by_turns(page, lambda words=words: bare(words))  # type: ignore[misc]
        tell("the first page", ours, "bare SQL", theirs, 3)


if __name__ == "__main__":
    print("The pages on PostgreSQL:")
    with own_database() as there:
        if there:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
