"""The feed of the API beside plain SQL: python -m tests.bench.feed [NUMBER]

Fills a PostgreSQL database of its own with that many commitments, each with the statement it began with, and as many
speeches and events. Then, by turns in this one process and without a network between: a page of 100 as the API answers
it, beside one SQL and json.dumps of the same fields; the last page that cursors lead to, beside the first, of this list
and of others; and the whole list as CSV, for few rows and for all, with what was held in memory at most meanwhile.
Prints medians, ratios and the goals.
"""

import gc
import json
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from tests.bench.feed_rows import DAY, fill
from tests.bench.own import own_database

TIMES = 31
PAGE = 100
SITE = "https://localhost"
LIST = "/api/v1/commitments/"
OTHERS = ("statements", "speeches", "speeches/?ordering=position", "events", "documents", "follow-ups")
PLAIN = """
SELECT c.uid, c.title, c.kind, c.condition, c.said_on, c.status, c.due_text, c.due_start, c.due_end, c.due_precision,
    c.due_modifier, c.due_rule, c.check_on, c.asked_on, c.waiting_until, c.fulfilled_on, c.evidence, c.updated_at,
    p.uid, p.name, m.title, m.portfolio, d.uid, d.title, d.kind, d.date, d.url, d.page_starts,
    s.uid, s.quote, s.start, s."end", t.pieces, t.page
FROM commitments_commitment c
LEFT JOIN transcripts_person p ON p.id = c.person_id
LEFT JOIN transcripts_mandate m ON m.id = c.mandate_id
JOIN LATERAL (
    SELECT * FROM commitments_statement WHERE commitment_id = c.id AND state = 'accepted'
    ORDER BY said_on, speech_id, start LIMIT 1
) s ON true
JOIN transcripts_speech t ON t.id = s.speech_id
JOIN transcripts_agendaitem i ON i.id = t.item_id
JOIN transcripts_document d ON d.id = i.document_id
ORDER BY COALESCE(c.due_end, '9999-12-31'), COALESCE(c.check_on, '9999-12-31'), c.said_on, c.id
LIMIT 100
"""


def main(number: int) -> None:
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.TODAY = DAY
    settings.API_RATE_ADDRESS = "1000000/minute"  # counted, but never held back
    start = time.perf_counter()
    fill(number)
    print(f"{number} commitments made in {time.perf_counter() - start:.0f} s; {TIMES} rounds by turns:")
    client = Client(headers={"host": "localhost"})

    def page(address: str = LIST) -> bytes:
        answer = client.get(address, secure=True)
        if answer.status_code != 200:
            sys.exit(f"{address}: {answer.status_code} {answer.content[:300]!r}")
        return bytes(answer.content)

    ours, theirs = by_turns(page, plain)
    if json.loads(page())["results"] != json.loads(plain()):
        sys.exit("The API and the plain SQL did not tell the same.")
    tell("a page of 100", ours, "SQL, json.dumps", theirs, 3)
    for name in (LIST, *(f"/api/v1/{name}{'' if '?' in name else '/?'}" for name in OTHERS)):
        print(name)
        last = last_page(page, name)
        ours, theirs = by_turns(partial(page, last), partial(page, name))
        tell("the last page", ours, "the first page", theirs, 1.2)
    counts = []
    for size in (2, 30, PAGE):
        with CaptureQueriesContext(connection) as asked:
            page(f"{LIST}?page_size={size}")
        counts.append(len(asked))
    print(f"questions to the database for 2, 30 and {PAGE} rows: {counts}")
    few = whole(client, f"{LIST}?format=csv&due_before={(DAY - timedelta(days=365)).isoformat()}")
    whole_list = whole(client, f"{LIST}?format=csv")
    print("the list as CSV, and what was held at most meanwhile (goal: as much for all as for few):")
    for rows, took, held in (few, whole_list):
        print(f"  {rows:7} rows  {took:6.1f} s  {held / 2**20:6.2f} MB")


def plain() -> str:
    from django.db import connection

    from commitments.showing.places import Words, place_in

    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
        return json.dumps([as_dict(row, Words, place_in) for row in cursor.fetchall()], ensure_ascii=False)


def as_dict(row: tuple, words: Any, place_in: Callable) -> dict[str, Any]:
    (uid, title, kind, condition, said_on, status, due_text, due_start, due_end, precision, modifier, rule, check_on,
     asked_on, until, fulfilled_on, evidence, updated_at, person, name, office, portfolio, paper, paper_title,
     paper_kind, paper_date, paper_url, page_starts, statement, quote, first, end, pieces, on_page) = row  # fmt: skip
    start, stop = str(due_start) if due_start else None, str(due_end) if due_end else None
    late = max(0, (DAY - due_end).days) if due_end else 0
    page, first, end = place_in(words(read(pieces), on_page, first, end), read(page_starts))
    return {
        "uid": str(uid), "url": f"{SITE}/toezeggingen/{uid}/", "title": title, "kind": kind,
        "conditional": bool(condition), "condition": condition, "person": {"uid": str(person), "name": name},
        "mandate": {"title": office, "portfolio": portfolio}, "said_on": str(said_on), "status": status,
        "deadline": {
            "words": due_text, "interval": f"{start or '..'}/{stop or '..'}" if start or stop else None,
            "start": start, "end": stop, "precision": precision, "modifier": modifier, "rule": rule,
        },
        "check_on": str(check_on) if check_on else None, "overdue": late > 0, "days_late": late,
        "asked_on": asked_on, "waiting_until": until, "successors": [], "fulfilled_on": fulfilled_on,
        "evidence": evidence,
        "source": {
            "document": {
                "uid": str(paper), "title": paper_title, "kind": paper_kind, "date": str(paper_date), "url": paper_url,
            },
            "page": page, "start": first, "end": end, "quote": quote,
            "url": f"{SITE}/documenten/{paper}/#s-{statement}",
        },
        "outside": None, "updated_at": local(updated_at),
    }  # fmt: skip


def read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def local(moment: Any) -> str:
    from django.utils import timezone

    return str(timezone.localtime(moment).isoformat())


def by_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[list[float], list[float]]:
    """Return the seconds of both, done by turns, after one round that is not counted."""
    took: tuple[list[float], list[float]] = ([], [])
    for at in range(TIMES + 1):
        for work, times in ((one, took[0]), (other, took[1])):
            start = time.perf_counter()
            work()
            if at:
                times.append(time.perf_counter() - start)
    return took


def tell(one: str, ours: list[float], other: str, theirs: list[float], goal: float) -> None:
    """Print the medians, and the least of each: that one other programs on the machine disturbed least."""
    for name, of in (("median", statistics.median), ("least", min)):
        here, there = of(ours) * 1000, of(theirs) * 1000
        sides = f"{one:16} {here:7.2f} ms   {other:16} {there:7.2f} ms"
        print(f"{name:6}  {sides}   ratio {here / there:.2f} (goal {goal})")


def last_page(page: Callable[[str], bytes], first: str) -> str:
    """Return the address of the last page that cursors lead to, a full one: its place is that of the list's end."""
    address, before = f"{first}{'&' if '?' in first else '?'}page_size=500", first
    while following := json.loads(page(address))["next"]:
        before, address = address, following.removeprefix(SITE)
    return before.replace("page_size=500", f"page_size={PAGE}")


def whole(client: Any, address: str) -> tuple[int, float, int]:
    """Read a whole list as CSV; return rows, seconds, and the most bytes that were held meanwhile."""
    start = time.perf_counter()
    lines = sum(piece.count(b"\r\n") for piece in client.get(address, secure=True).streaming_content)
    took = time.perf_counter() - start
    gc.collect()
    tracemalloc.start()
    for _piece in client.get(address, secure=True).streaming_content:
        pass
    held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return lines - 1, took, held


if __name__ == "__main__":
    print("The feed of the API on PostgreSQL:")
    with own_database() as there:
        if there:
            main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
