"""Later items are compared with the open commitments, and the best few are proposed as follow-ups.

Both ways lead to the same rows: a document that comes in is compared with the commitments, a commitment that is made
with the items that are in already. Twice changes nothing, and what a person judged, corrected or added stays as it is.
"""

import logging
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from commitments.engine.followups import Match, Rarity, choose, match
from commitments.engine.followups.words import lists as words_lists
from commitments.index import Shelf, index
from commitments.models import Commitment, Event, Extraction, FollowUp
from commitments.services import due, indexing, promises
from commitments.services.extraction import engine_version
from commitments.services.promises import Followed, Promises
from transcripts.models import Document, Person, Question, Speech

log = logging.getLogger(__name__)

MOST = 15  # later items of one commitment that are proposed
NEAR = 400  # rows the index is asked for by words
NUMBERED = 40  # and by numbers: that of a question finds what was promised in answer to it
POOL = 120  # open commitments among them that are looked at, those of the same portfolio first
CANDIDATES = 30  # and of these with which an item is compared
LATER = 15  # later items among them with which a commitment is compared
SOUGHT = 80  # words of an item by which commitments are looked up, the rarest
ASKED = 15  # words of a commitment by which items are looked up; a word that many items say costs most and tells least
_NUMBER = 3  # digits of a number that tells something
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

    Nothing is compared before the engine has read the document. A mistake of the engine is noted with what went wrong;
    it raises nothing, and this engine does not make it again.
    """
    try:
        return _follow(document, day)
    except DatabaseError:
        raise  # not the engine's doing: the row still waits, and is tried again
    except Exception as error:
        log.exception("Document %s could not be compared.", document.pk)
        Extraction.objects.filter(document=document, state=Extraction.State.DONE).update(
            followed_by=engine_version(), error=f"{type(error).__name__}: {error}"
        )
        return []


def _follow(document: Document, day: date) -> list[FollowUp]:
    sha256 = Document.objects.values_list("sha256", flat=True).get(pk=document.pk)
    found = _found(_hear_and_index(document))
    with transaction.atomic():
        extraction = Extraction.objects.select_for_update().filter(document=document).first()
        unchanged = Document.objects.filter(pk=document.pk, sha256=sha256).exists()
        if extraction is None or extraction.state != Extraction.State.DONE or not unchanged:
            return []  # it waits to be read, or another version came in meanwhile: its own task compares that
        stored = FollowUp.objects.select_for_update().filter(item__document=document)
        _write([one for some in found for one in some], stored, day)
        extraction.followed_by, extraction.error = engine_version(), ""
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
    """Compare a commitment with the later items that share most with it; return its proposals that stand.

    Each item it may be tied to is compared with the other commitments too, so that both ways lead to the same rows. One
    that is closed is forgotten by the index; opened again, it is searched for what came in meanwhile.
    """
    known = promises.load([commitment.pk])
    row = known.only()
    if row is None:
        indexing.forget_commitments([commitment.pk])
        return []
    words = known.words(row)
    indexing.index_commitments({row.pk: words})
    rarity = indexing.Rarities(words)
    worth = {word: rarity(word) for word in words}
    near = index().find(Shelf.ITEMS, _rarest(words, rarity, ASKED), POOL)
    dated = promises.later_ids(near, row)
    said = index().words(Shelf.ITEMS, [pk for pk in near if pk in dated])
    nearest = sorted(said, key=lambda pk: (-_shared(worth, said[pk].split()), pk))[:LATER]
    stored = FollowUp.objects.filter(commitment=row, state=State.PROPOSED).values_list("item_id", flat=True)
    followed = [promises.heard(item) for item in promises.later_items(nearest, row, always=set(stored))]
    rarity.learn(known.heard_as(row, [one.heard for one in followed]))
    tied = sorted((one for item in followed for one in _weigh(item, [row], known, rarity)), key=_order)[:MOST]
    found = [one for some in _found([one.followed for one in tied], [row.pk]) for one in some if one.commitment == row]
    with transaction.atomic():
        locked = Commitment.objects.select_for_update().filter(pk=row.pk)
        if not locked.open().exists():
            return []
        seen = FollowUp.objects.select_for_update().filter(commitment=row, item__in=[one.row for one in followed])
        _write(found, seen, day)
    return list(FollowUp.objects.waiting().filter(commitment=row))


def is_searched(*, commitment: Commitment) -> bool:
    """Tell whether a commitment is indexed by the very words it has now; one that is closed, whether it is not."""
    known = promises.load([commitment.pk])
    row = known.only()
    return indexing.is_indexed(commitment.pk, known.words(row) if row else None)


def forget_compared(*, person: Person) -> None:
    """Let every document in which a person speaks or is asked as a minister be compared again when there is time."""
    spoken = Speech.objects.filter(person=person, capacity=Speech.Capacities.MINISTER)
    asked = Question.objects.filter(addressee=person)
    documents = [*spoken.values_list("item__document_id"), *asked.values_list("item__document_id")]
    Extraction.objects.filter(document__in={pk for (pk,) in documents}).update(followed_by="")


def _hear_and_index(document: Document) -> list[Followed]:
    followed = [promises.heard(item) for item in promises.items_of(document)]
    indexing.index_items({one.row.pk: list(one.heard.words) for one in followed})
    return followed


def _found(followed: Sequence[Followed], always: Sequence[int] = ()) -> list[list[Found]]:
    """Return for each item the best few of the commitments that share most with it, and of those given always."""
    if not followed:
        return []
    rarity = indexing.Rarities({word for one in followed for word in one.heard.words})
    near = [_near(one, rarity) for one in followed]
    last = max(one.heard.item.said_on for one in followed)
    open_ones = promises.open_before({pk for some in near for pk in some}.union(always), last)
    families = promises.Families()
    pools = [_pool(one, some, open_ones, families.of(one)) for one, some in zip(followed, near, strict=True)]
    lines = index().words(Shelf.COMMITMENTS, list({pk for pool, _ in pools for pk in pool}))
    by_words = {pk: line.split() for pk, line in lines.items()}
    rarity.learn({word for some in by_words.values() for word in some})
    chosen_of = [
        _nearest(one, [pk for pk in pool if pk in by_words], strange, by_words, rarity)
        for one, (pool, strange) in zip(followed, pools, strict=True)
    ]
    known = promises.load({pk for some in chosen_of for pk in some}.union(always))
    by_id = {row.pk: row for row in known.rows}
    heard = [one.heard for one in followed]
    rarity.learn({word for row in known.rows for word in known.heard_as(row, heard)})
    found = []
    for one, some in zip(followed, chosen_of, strict=True):
        rows = [by_id[pk] for pk in dict.fromkeys([*some, *always]) if pk in by_id]
        weighed = {told.commitment.pk: told for told in _weigh(one, rows, known, rarity)}
        chosen = choose({pk: told.match for pk, told in weighed.items()})
        found.append([replace(weighed[pk], match=told) for pk, told in chosen.items()])
    return found


def _near(one: Followed, rarity: Rarity) -> list[int]:
    """Return the commitments the index finds for an item: by its rarest words, and by the numbers it names."""
    numbers = {word: rarity(word) for word in one.heard.words if word.isdigit() and len(word) >= _NUMBER}
    by_words = index().find(Shelf.COMMITMENTS, _rarest(one.heard.words, rarity, SOUGHT), NEAR)
    return list(dict.fromkeys([*index().find(Shelf.COMMITMENTS, numbers, NUMBERED), *by_words]))


def _pool(
    one: Followed, near: Sequence[int], open_ones: Mapping[int, tuple[date, int | None]], family: Collection[int]
) -> tuple[list[int], set[int]]:
    """Return the commitments found to look at, those of the same portfolio first, and which are of another."""
    before = [pk for pk in near if pk in open_ones and open_ones[pk][0] < one.heard.item.said_on]
    strange = {pk for pk in before if family and open_ones[pk][1] and open_ones[pk][1] not in family}
    return sorted(before, key=strange.__contains__)[:POOL], strange


def _nearest(
    one: Followed, pool: Sequence[int], strange: Container[int], words: Mapping[int, Sequence[str]], rarity: Rarity
) -> list[int]:
    """Return the commitments of whose words an item says most, those of other portfolios last."""
    share = {}
    for pk in pool:
        worth = {word: rarity(word) for word in words[pk]}
        share[pk] = _shared(worth, one.heard.words.keys()) / (sum(worth.values()) or 1.0)
    return sorted(pool, key=lambda pk: (pk in strange, -share[pk], pk))[:CANDIDATES]


def _shared(worth: Mapping[str, float], said: Iterable[str]) -> float:
    return sum(worth[word] for word in worth.keys() & set(said))


def _rarest(words: Iterable[str], rarity: Rarity, limit: int) -> dict[str, float]:
    """Return the words that tell most, with what each is worth."""
    usual = words_lists().usual
    worth = {word: rarity(word) * (_USUAL if word in usual else 1.0) for word in words}
    return dict(sorted(worth.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])


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
