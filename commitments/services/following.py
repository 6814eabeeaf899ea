"""Later items are compared with the open commitments, and the best few are proposed as follow-ups.

Both ways lead to the same rows: a document that comes in is compared with the commitments, a commitment that is made
with the items that are in already. Twice changes nothing, and what a person judged, corrected or added stays as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from commitments.engine.followups import Certainty, Match, Rarity, match
from commitments.engine.followups.words import lists as words_lists
from commitments.index import Shelf, index
from commitments.models import Commitment, Event, Extraction, FollowUp
from commitments.services import due, indexing, promises
from commitments.services.extraction import engine_version
from commitments.services.promises import Followed, Promises
from transcripts.models import Document

SHOWN = 5  # best matches of one item that are proposed; what is certain is proposed beyond that
MOST = 15
NEAR = 200  # rows the index is asked for
CANDIDATES = 60  # open commitments among them with which an item is compared
LATER = 40  # later items among them with which a commitment is compared
SOUGHT = 80  # words of an item by which commitments are looked up
_USUAL = 0.2  # what a word of which parliament is full is worth beside others, when words to look up by are chosen

State = FollowUp.State


@dataclass(frozen=True, slots=True)
class Found:
    commitment: Commitment
    followed: Followed
    match: Match


def follow_document(*, document: Document, day: date) -> list[FollowUp]:
    """Compare every item of a document with the open commitments; return the proposals that stand.

    1. Index what its items say.
    2. For each item look up the commitments that share most with it, let the engine weigh them, and keep the best.
    3. Lock the document's Extraction, so that two workers do not write at once; write what is new, what changed and
       what is no longer found, each with an event; note that this engine has compared it.

    Nothing is compared before the engine has read the document.
    """
    sha256 = Document.objects.values_list("sha256", flat=True).get(pk=document.pk)
    found = _found(_hear_and_index(document))
    with transaction.atomic():
        extraction = Extraction.objects.select_for_update().filter(document=document).first()
        unchanged = Document.objects.filter(pk=document.pk, sha256=sha256).exists()
        if extraction is None or extraction.state != Extraction.State.DONE or not unchanged:
            return []  # it waits to be read, or another version came in meanwhile: its own task compares that
        stored = FollowUp.objects.select_for_update().filter(item__document=document)
        _write([one for some in found for one in _best(some)], stored, day)
        extraction.followed_by = engine_version()
        extraction.save()
    return list(FollowUp.objects.waiting().filter(item__document=document))


def index_document(*, document: Document) -> int:
    """Index what the items of a document say; return how many there are."""
    return len(_hear_and_index(document))


def to_follow() -> list[int]:
    """Return the ids of the documents that were read and that this engine has not compared yet, the oldest first."""
    waiting = Extraction.objects.not_followed(engine_version()).order_by("document__date", "document_id")
    return list(waiting.values_list("document_id", flat=True))


def follow_pending(*, day: date) -> int:
    """Compare every document that was read and not compared yet; return how many."""
    done = 0
    for pk in to_follow():
        document = Document.objects.filter(pk=pk).first()
        if document is not None:
            follow_document(document=document, day=day)
            done += 1
    return done


def search_later(*, commitment: Commitment, day: date) -> list[FollowUp]:
    """Compare a commitment with the later items that share most with it; return its proposals that stand."""
    known = promises.load([commitment.pk])
    row = known.only()
    if row is None:
        return []
    words = known.words(row)
    indexing.index_commitments({row.pk: words})
    rarity = indexing.Rarities(words)
    near = index().find(Shelf.ITEMS, {word: rarity(word) for word in words}, NEAR)
    stored = FollowUp.objects.filter(commitment=row, state=State.PROPOSED).values_list("item_id", flat=True)
    followed = [promises.heard(item) for item in promises.later_items(near, row, LATER, always=set(stored))]
    rarities = indexing.Rarities({word for one in followed for word in one.heard.words} | words)
    found = [one for item in followed for one in _weigh(item, [row], known, rarities)]
    with transaction.atomic():
        locked = Commitment.objects.select_for_update().filter(pk=row.pk)
        if not locked.open().exists():
            return []
        seen = FollowUp.objects.select_for_update().filter(commitment=row, item__in=[one.row for one in followed])
        _write(sorted(found, key=_order)[:MOST], seen, day)
    return list(FollowUp.objects.waiting().filter(commitment=row))


def is_searched(*, commitment: Commitment) -> bool:
    """Tell whether a commitment is indexed by the very words it has now."""
    known = promises.load([commitment.pk])
    row = known.only()
    return row is None or indexing.is_indexed(row.pk, known.words(row))


def _hear_and_index(document: Document) -> list[Followed]:
    followed = [promises.heard(item) for item in promises.items_of(document)]
    indexing.index_items({one.row.pk: list(one.heard.words) for one in followed})
    return followed


def _found(followed: Sequence[Followed]) -> list[list[Found]]:
    """Return for each item what the engine makes of the commitments that share most with it."""
    rarity = indexing.Rarities({word for one in followed for word in one.heard.words})
    near = [index().find(Shelf.COMMITMENTS, _sought(one, rarity), NEAR) for one in followed]
    known = promises.load({pk for some in near for pk in some})
    by_id = {row.pk: row for row in known.rows}
    every = {word for one in followed for word in one.heard.words}.union(*(known.words(row) for row in known.rows))
    rarities = indexing.Rarities(every)
    found = []
    for one, some in zip(followed, near, strict=True):
        rows = [by_id[pk] for pk in some if pk in by_id][:CANDIDATES]
        found.append(_weigh(one, rows, known, rarities))
    return found


def _sought(one: Followed, rarity: Rarity) -> dict[str, float]:
    """Return the words of an item by which commitments are looked up: the rare ones."""
    usual = words_lists().usual
    worth = {word: rarity(word) * (_USUAL if word in usual else 1.0) for word in one.heard.words}
    return dict(sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))[:SOUGHT])


def _weigh(one: Followed, rows: Iterable[Commitment], known: Promises, rarity: Rarity) -> list[Found]:
    found = []
    for row in rows:
        if row.said_on >= one.heard.item.said_on or one.row.pk in known.items_of(row):
            continue  # it was said there, or later
        promise = known.before(row, one.heard.item.said_on)
        told = match(promise, one.heard, rarity) if promise else None
        if told:
            found.append(Found(row, one, told))
    return found


def _order(found: Found) -> tuple[float, int]:
    return -found.match.score, found.commitment.pk


def _best(found: Sequence[Found]) -> list[Found]:
    """Return the few best of one item, and what is certain beyond them."""
    ranked = sorted(found, key=_order)
    return [one for at, one in enumerate(ranked[:MOST]) if at < SHOWN or one.match.certainty is Certainty.CERTAIN]


def _write(found: Iterable[Found], stored: QuerySet[FollowUp], day: date) -> None:
    """Lay what was found upon what is stored: new ones, changed ones, and those that are found no longer."""
    left = {(row.commitment_id, row.item_id): row for row in stored.select_related("item")}
    new: list[FollowUp] = []
    events: list[Event] = []
    for one in found:
        row = left.pop((one.commitment.pk, one.followed.row.pk), None)
        fields = _fields(one)
        if row is None:
            new.append(FollowUp(commitment=one.commitment, item=one.followed.row, **fields))
        elif _untouched(row):
            events += _change(row, fields | {"state": State.PROPOSED}, day)
    for row in left.values():
        if row.state == State.PROPOSED and _untouched(row):
            events += _change(row, {"state": State.WITHDRAWN}, day, Event.Kind.WITHDRAWN)
    bulk_create_with_history(new, FollowUp)
    events += [_event(row, {}, day) for row in new]
    Event.objects.bulk_create(events)


def _change(row: FollowUp, fields: dict[str, Any], day: date, kind: str = Event.Kind.FOLLOW_UP_PROPOSED) -> list[Event]:
    """Write what differs; return the event of it, where it is more than another score or other reasons."""
    if all(getattr(row, name) == value for name, value in fields.items()):
        return []
    before = _told(row)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return [_event(row, before, day, kind)] if _told(row) != before else []


def _untouched(row: FollowUp) -> bool:
    """Tell whether only the engine had to do with it."""
    return row.score is not None and row.state in (State.PROPOSED, State.WITHDRAWN) and not row.corrected


def _fields(one: Found) -> dict[str, Any]:
    told = one.match
    speech = one.followed.speeches[told.turn]
    return {
        "kind": told.sign.value,
        "score": told.score,
        "certainty": told.certainty.value,
        "reasons": [
            {"rule": why.rule, "weight": why.weight, "words": why.words, "why": why.why} for why in told.reasons
        ],
        "speech_id": speech.pk,
        "start": told.start,
        "end": told.end,
        "quote": speech.text[told.start : told.end],
        **due.fields_of(told.deadline),
    }


def _told(row: FollowUp) -> dict[str, Any]:
    return {"kind": row.kind, "state": row.state, "item": row.item.title[:200]} | due.told(row)


def _event(row: FollowUp, before: dict[str, Any], day: date, kind: str = Event.Kind.FOLLOW_UP_PROPOSED) -> Event:
    return Event(kind=kind, day=day, commitment_id=row.commitment_id, follow_up=row, before=before, after=_told(row))
