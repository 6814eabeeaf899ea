"""Noting what became overdue, beside the bare SQL that inserts the same events: python -m tests.bench.watch [NUMBER]

Fills a PostgreSQL database of its own with that many open commitments, then writes their events by turns: once by the
service, once by a bare INSERT for each kind that there is, each in a transaction that is taken back. Prints the time on
the clock (the database does the work), the median of each, their ratio, and by how much this process grew.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date

from tests.bench.own import own_database

DAY = date(2026, 3, 16)
TIMES = 3
PEOPLE = 12
# Of ten: seven past their last day, one due soon, one without a last day to be asked about, one that still runs.
FILL = """
INSERT INTO commitments_commitment (uid, title, kind, condition, said_on, status, due_text, due_start, due_end,
    due_precision, due_modifier, due_rule, check_on, evidence, person_id, created_at, updated_at)
SELECT gen_random_uuid(), 'Belofte ' || n, 'act', '', %(day)s::date - 400 - n %% 300, 'open',
    CASE WHEN n %% 10 = 8 THEN 'binnenkort' ELSE 'tegen dan' END, NULL,
    CASE WHEN n %% 10 < 7 THEN %(day)s::date - 1 - n %% 365 WHEN n %% 10 = 7 THEN %(day)s::date + n %% 30
         WHEN n %% 10 = 9 THEN %(day)s::date + 200 END,
    '', '', '', CASE WHEN n %% 10 = 8 THEN %(day)s::date - n %% 100 END, '',
    (SELECT min(id) FROM transcripts_person) + n %% %(people)s, now(), now()
FROM generate_series(1, %(number)s) AS n
"""
BARE = """
INSERT INTO commitments_event (uid, at, day, kind, commitment_id, about_day, before, after)
SELECT gen_random_uuid(), now(), %(day)s, '{kind}', id, {about}, '{{}}', '{{}}'
FROM commitments_commitment WHERE status IN ('open', 'partly') AND {where}
"""
SAME = [
    ("became_overdue", "due_end", "due_end < %(day)s"),
    ("became_due_soon", "due_end", "due_end >= %(day)s AND due_end <= %(day)s::date + 30"),
    ("time_to_ask", "check_on", "due_end IS NULL AND check_on <= %(day)s"),
    ("silent", "said_on", "due_end >= %(day)s AND said_on <= %(day)s::date - 181"),
]


def main(number: int) -> None:
    from django.db import connection, transaction

    from commitments.models import Event
    from commitments.services import watch
    from transcripts.models import Person

    Person.objects.bulk_create([Person(name=f"Minister {at}", family_name=str(at)) for at in range(PEOPLE)])
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"day": DAY, "people": PEOPLE, "number": number})
        cursor.execute("VACUUM ANALYZE commitments_commitment")

    def by_service() -> None:
        watch.note_overdue(day=DAY)

    def bare() -> None:
        with connection.cursor() as cursor:
            for kind, about, where in SAME:
                cursor.execute(BARE.format(kind=kind, about=about, where=where), {"day": DAY})

    def spent(work: Callable[[], None]) -> tuple[float, int]:
        with transaction.atomic():
            start = time.perf_counter()
            work()
            cursor = connection.cursor()
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a commit would check
            took = time.perf_counter() - start
            written = Event.objects.count()
            transaction.set_rollback(True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM commitments_event")
        return took, written

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours, theirs = [], []
    for _ in range(TIMES):
        ours.append(spent(by_service))
        theirs.append(spent(bare))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    events = {written for _, written in [*ours, *theirs]}
    if len(events) != 1:
        sys.exit(f"They did not write the same events: {sorted(events)}")
    service, sql = (statistics.median(took for took, _ in some) for some in (ours, theirs))
    print(f"{number} open commitments, {events.pop()} events, medians of {TIMES} by turns:")
    print(f"note_overdue  {service:8.2f} s")
    print(f"bare SQL      {sql:8.2f} s   ratio {service / sql:.2f}")
    print(f"memory of this process grew by {grown / 1024:.1f} MB")


if __name__ == "__main__":
    print("Noting what became overdue on PostgreSQL:")
    with own_database() as there:
        if there:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
