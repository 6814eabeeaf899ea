"""Changes of what everybody may see get their numbers, in the order in which they can be read."""

from collections.abc import Callable, Collection
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Max, QuerySet

from commitments.changes.watched import COMMITMENT, DOCUMENT, EVENT, FOLLOW_UP, STATEMENT
from commitments.models import Commitment, FeedChange, FeedEntry, Statement
from commitments.showing.audience import public_events, public_follow_ups
from tracker.clock import moment
from transcripts.models import Document

BATCH = 2000  # changes in one transaction
ONE_AT_A_TIME = 7_305_002  # the advisory lock of whoever numbers
PATIENCE = 500  # milliseconds that a reader waits for a writer of SQLite before it goes on without new numbers

# What everybody may see, by kind.
SHOWN: dict[str, Callable[[], QuerySet]] = {
    COMMITMENT: Commitment.objects.published,
    STATEMENT: Statement.objects.accepted,
    FOLLOW_UP: public_follow_ups,
    EVENT: public_events,
    DOCUMENT: Document.objects.all,
}


def number_changes() -> int:
    """Give a number to every change that is committed by now, and return how many rows got one.

    1. One run at a time. A change is taken first and looked at afterwards: who changes the row again meanwhile leaves
       another change, for the next run.
    2. What is shown gets the next number, and the moment it got it. What was shown before and is no more is gone.
    3. What was never shown gets none: that it exists is nobody's business.

    A transaction that is still open is not waited for: its changes get later numbers, when they can be read.
    """
    numbered = 0
    while FeedChange.objects.exists():
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite has one writer at a time as it is
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
            taken = list(FeedChange.objects.order_by("pk").values_list("pk", "kind", "object_id")[:BATCH])
            FeedChange.objects.filter(pk__in=[pk for pk, _kind, _key in taken]).delete()
            for kind in sorted({kind for _pk, kind, _key in taken} & SHOWN.keys()):
                numbered += _number(kind, {key for _pk, of, key in taken if of == kind})
    return numbered


def number_for_a_reader() -> None:
    """Number what changed, unless a writer of SQLite is at work for long: then its changes come next time."""
    if not FeedChange.objects.exists():
        return
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        number_changes()
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        number_changes()
    except OperationalError as error:
        if "locked" not in str(error):
            raise
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")


def tell_all_again() -> None:
    """Have every row told again: what is shown may have changed in ways that no row tells, as with a new version."""
    with connection.cursor() as cursor:
        for kind, shown in SHOWN.items():
            keys, values = shown().order_by().values("pk").query.sql_with_params()
            table = connection.ops.quote_name(FeedChange._meta.db_table)
            write = f"INSERT INTO {table} (kind, object_id) SELECT %s, found.* FROM ({keys}) found"  # noqa: S608
            cursor.execute(write, [kind, *values])


def _number(kind: str, keys: Collection[int | None]) -> int:
    shown = SHOWN[kind]()
    found = _uids(shown, keys)
    if None in keys:
        found |= dict(shown.filter(mandate__isnull=False).values_list("pk", "uid"))
    entries = FeedEntry.objects.filter(kind=kind)
    last = entries.aggregate(number=Max("number"), at=Max("changed_at"))
    number, at = last["number"] or 0, moment()
    at = max(at, last["at"]) if last["at"] else at
    rows = []
    for pk, uid in sorted(found.items()):
        number += 1
        rows.append(FeedEntry(kind=kind, uid=uid, object_id=pk, number=number, changed_at=at))
    FeedEntry.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["kind", "uid"],
        update_fields=["object_id", "number", "changed_at", "gone"],
    )
    # After that: what came back under the same id has another key by now.
    gone = list(entries.filter(object_id__in=[key for key in keys if key and key not in found], gone=False))
    for entry in gone:
        number += 1
        entry.number, entry.changed_at, entry.gone = number, at, True
    FeedEntry.objects.bulk_update(gone, ["number", "changed_at", "gone"], batch_size=BATCH)
    return len(rows) + len(gone)


def _uids(shown: QuerySet, keys: Collection[int | None]) -> dict[int, UUID]:
    return dict(shown.filter(pk__in=[key for key in keys if key]).values_list("pk", "uid"))
