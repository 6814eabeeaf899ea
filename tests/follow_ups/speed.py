"""How fast follow-ups are found among very many: python -m tests.follow_ups.speed [SPEECHES] [COMMITMENTS]

Fills the database that DATABASE_URL names, which has to be migrated and empty, with made-up speeches and commitments,
and prints for both ways the processor time of this process, the time on the clock and the number of queries. Run again
on a database it filled, it measures only.
"""

import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import django

TURNS = 8  # of one item
WORDS = 90  # of one turn
STEMS = 30_000
MINISTERS = 12
FIRST = date(2015, 1, 6)
NIGHT = 200  # items of one night's import


class Dutch:
    """Words that look Dutch, a few said very often and most of them seldom, as in any language."""

    ONSETS = "b d f g h k l m n p r s t v w z bl br dr gr kl kr pl pr sch sl sp st tr vl vr zw".split()
    RIMES = "aar aan oor oon eer een uur ie el em ond ing eld ast icht uif ijd eur ook aat oop ees elk amp".split()

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311
        made = {"".join(self.random.choice(self.ONSETS) + self.random.choice(self.RIMES) for _ in range(n))
                for n in (1, 2, 3, 3, 4) for _ in range(STEMS // 4)}  # fmt: skip
        self.words = sorted(made)
        self.random.shuffle(self.words)
        self.weights = [1 / (at + 3) for at in range(len(self.words))]

    def some(self, count: int) -> list[str]:
        return self.random.choices(self.words, self.weights, k=count)

    def rare(self, count: int) -> list[str]:
        return self.random.choices(self.words[len(self.words) // 50 :], k=count)


def main(speeches: int, commitments: int) -> None:
    from django.db import connection

    from commitments.index import Shelf, index
    from commitments.models import Commitment
    from transcripts.models import Document, Speech

    if not Document.objects.exists():
        fill(speeches, commitments)
    elif not Document.objects.filter(title="Verslag 0", sha256="0" * 64).exists():
        sys.exit("This database holds something else.")
    print(
        f"{connection.vendor}: {Speech.objects.count()} speeches in {Document.objects.count()} items, "
        f"{Commitment.objects.count()} commitments",
        flush=True,
    )
    if not index().count(Shelf.ITEMS):
        build()
    measure()


def fill(speeches: int, commitments: int) -> None:
    from commitments.models import Commitment, Extraction, Statement
    from transcripts.models import AgendaItem, Document, Person, Question, Speech

    dutch = Dutch(7)
    people = Person.objects.bulk_create([Person(name=f"Minister {n}", family_name=str(n)) for n in range(MINISTERS)])
    members = Person.objects.bulk_create([Person(name=f"Lid {n}", family_name=str(n)) for n in range(120)])
    number = speeches // TURNS
    documents = Document.objects.bulk_create(
        [
            Document(kind="verslag", title=f"Verslag {n}", date=FIRST + timedelta(days=n // 4), sha256=f"{n:064x}")
            for n in range(number)
        ],
        batch_size=2000,
    )
    items = AgendaItem.objects.bulk_create(
        [
            AgendaItem(document=one, position=0, kind="vraag om uitleg", title=" ".join(dutch.rare(3)), start=0, end=9)
            for one in documents
        ],
        batch_size=2000,
    )
    Question.objects.bulk_create(
        [
            Question(item=one, position=0, number=str(at % 4000), asker=members[at % 120], addressee=people[at % 12])
            for at, one in enumerate(items)
        ],
        batch_size=2000,
    )
    promises_made: list[tuple[int, str]] = []

    def turns() -> Iterator[Speech]:
        for at, item in enumerate(items):
            topic = dutch.rare(12)
            for turn in range(TURNS):
                said = dutch.some(WORDS) + dutch.random.choices(topic, k=14)
                dutch.random.shuffle(said)
                text = ". ".join(" ".join(said[n : n + 13]).capitalize() for n in range(0, len(said), 13)) + "."
                minister = turn % 2
                if minister and len(promises_made) < commitments and turn == 1 and at < number * 9 // 10:
                    quote = f"Ik zal {' '.join(dutch.random.sample(topic, 6))} tegen eind maart bezorgen."
                    text = f"{text} {quote}"
                    promises_made.append((at, quote))
                if at >= number * 9 // 10 and promises_made and not minister:
                    _, quote = promises_made[dutch.random.randrange(len(promises_made))]
                    text = f"{text} U beloofde dat u {quote[7:-8]} zou bezorgen."
                yield Speech(
                    item=item, position=turn, text=text, start=0, end=len(text),
                    capacity="minister" if minister else "member",
                    person=people[at % 12] if minister else members[at % 120],
                )  # fmt: skip

    for some in _portions(turns(), 4000):
        Speech.objects.bulk_create(some)
    said = {one.item_id: one for one in Speech.objects.filter(position=1)}
    rows = Commitment.objects.bulk_create(
        [
            Commitment(
                title=quote[:200], kind="inform", person=people[at % 12], said_on=documents[at].date,
                due_text="tegen eind maart",
            )
            for at, quote in promises_made
        ],
        batch_size=2000,
    )  # fmt: skip
    statements = []
    for (at, quote), row in zip(promises_made, rows, strict=True):
        speech = said[items[at].pk]
        start = speech.text.index(quote)
        statements.append(
            Statement(
                speech=speech, start=start, end=start + len(quote), quote=quote, said_on=row.said_on, kind="inform",
                register="spoken", state="accepted", commitment=row, due_text="tegen eind maart",
            )
        )  # fmt: skip
    Statement.objects.bulk_create(statements, batch_size=2000)
    Extraction.objects.bulk_create([Extraction(document=one, state="done") for one in documents], batch_size=2000)


def build() -> None:
    from django.core.management import call_command
    from django.db import connection

    began = time.perf_counter(), time.process_time()
    call_command("rebuild_index")
    print(f"index built: {time.perf_counter() - began[0]:.0f} s, processor {time.process_time() - began[1]:.0f} s")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def measure() -> None:
    from commitments.models import Commitment
    from commitments.services import following
    from transcripts.models import Document

    chance = random.Random(11)  # noqa: S311
    documents = list(Document.objects.order_by("pk"))
    rows = list(Commitment.objects.order_by("pk"))
    day = FIRST + timedelta(days=9000)
    chosen = chance.sample(documents[len(documents) * 9 // 10 :], NIGHT + 40)
    some = chance.sample(rows, 40)
    _told(
        "an item against all commitments",
        [lambda d=d: following.follow_document(document=d, day=day) for d in chosen[:40]],
    )
    _told("a commitment against all items", [lambda c=c: following.search_later(commitment=c, day=day) for c in some])
    before, began = _most_memory(), (time.perf_counter(), time.process_time())
    for one in chosen[40:]:
        following.follow_document(document=one, day=day)
    print(
        f"a night of {NIGHT} items: {time.perf_counter() - began[0]:.1f} s, processor "
        f"{time.process_time() - began[1]:.1f} s, {_most_memory() - before:.0f} MB more memory at most",
        flush=True,
    )


def _most_memory() -> float:
    """Return the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _told(what: str, calls: list[Callable[[], list]]) -> None:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    calls[0]()
    taken, used, queries, found = [], [], [], 0
    for call in calls[1:]:
        reset_queries()
        with CaptureQueriesContext(connection) as context:
            clock, cpu = time.perf_counter(), time.process_time()
            found += len(call())
            taken.append(time.perf_counter() - clock)
            used.append(time.process_time() - cpu)
        queries.append(len(context))
    print(
        f"{what}: median {statistics.median(taken) * 1e3:.0f} ms (slowest {max(taken) * 1e3:.0f}), "
        f"processor {statistics.median(used) * 1e3:.0f} ms, {min(queries)} to {max(queries)} queries, {found} proposed",
        flush=True,
    )


def _portions(rows: Iterator, size: int) -> Iterator[list]:
    some: list = []
    for row in rows:
        some.append(row)
        if len(some) == size:
            yield some
            some = []
    yield some


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from django.conf import settings

    settings.DEBUG = False  # with it every query is kept, which costs time and memory
    main(*(int(one) for one in sys.argv[1:3]) if len(sys.argv) > 2 else (100_000, 10_000))
