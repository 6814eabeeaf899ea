"""The engine reads a stored document: its proposals become statements, and what a person touched stays as it is."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils.translation import gettext

from commitments import engine
from commitments.bridge import REGISTERS, propose_turns
from commitments.engine.types import Proposal
from commitments.models import Extraction, Statement
from commitments.services import due, learning
from commitments.services.merging import Merge
from transcripts.models import Document, Person, Speech
from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, DocumentKind

log = logging.getLogger(__name__)

MOST_STATEMENTS = (
    20_000  # in one document: more than two hundred reports hold, and as many as are kept in memory at once
)
ATTEMPTS = 10  # begun and never ended: the document takes the process down with it
AGAIN = 50  # documents per run that are read again, because another engine read them

# The statements of one agenda item as the engine says them, and for each the index of the one it repeats.
Item = tuple[list[Statement], list[int | None]]


class TooManyError(Exception):
    """A document in which more is proposed than anybody could review. The message is for who imported it."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What came of reading what there was to read. failed: documents the engine stumbled over."""

    done: int
    failed: int


def engine_version() -> str:
    """Return 12 characters that change with any line of the engine, with its rules, and with what it learned."""
    return learning.version_of(_shipped())


@cache
def _shipped() -> str:
    here = Path(engine.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*here.rglob("*.py"), *(here.parent / "rules").rglob("*.toml")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def is_done(*, document: Document) -> bool:
    """Tell whether this very engine has read the document."""
    return Extraction.objects.filter(
        document=document, state=Extraction.State.DONE, engine_version=engine_version()
    ).exists()


def extract_document(*, document: Document, day: date) -> list[Statement]:
    """Read a document and return its standing statements (not withdrawn), in the order of the text.

    1. Note that it is begun. What was begun many times and never ended is noted as failed, and not begun again.
    2. Let the engine propose, agenda item by agenda item.
    3. Lock the document's Extraction, so that two workers do not write at once.
    4. Write what is new, change what an untouched statement now says otherwise, withdraw what is no longer proposed;
       each change leaves an event. Statements that a person judged, corrected or marked are left alone, and a
       proposal that covers the same words as one of them is not made.
    5. Note that it is done. A mistake of the engine is noted as failed, with what went wrong; it raises nothing. So is
       a document with more than MOST_STATEMENTS: it says how many there are, and what was stored before stays.

    Twice changes nothing.
    """
    if not _begin(document):
        return []
    try:
        version = Document.objects.values_list("sha256", flat=True).get(pk=document.pk)
        items = _read(document)
        with transaction.atomic():
            extraction = Extraction.objects.select_for_update().get(document=document)
            if not Document.objects.filter(pk=document.pk, sha256=version).exists():
                return []  # another version came in meanwhile: the row waits, and its own task reads that
            merge = Merge(
                Statement.objects.select_for_update().filter(speech__item__document=document, displaced=False)
            )
            for found, repeats in items:
                merge.add(found, repeats)
            merge.write(day)
            _finish(extraction, Extraction.State.DONE)
    except DatabaseError:
        raise  # not the engine's doing: the row still waits, and is tried again
    except TooManyError as error:
        log.warning("Document %s holds more than %s statements.", document.pk, MOST_STATEMENTS)
        with transaction.atomic():
            extraction = Extraction.objects.select_for_update().get(document=document)
            _finish(extraction, Extraction.State.FAILED, str(error))
    except Exception as error:
        log.exception("The engine failed on document %s.", document.pk)
        with transaction.atomic():
            extraction = Extraction.objects.select_for_update().get(document=document)
            _finish(extraction, Extraction.State.FAILED, f"{type(error).__name__}: {error}")
    return list(
        Statement.objects.not_withdrawn()
        .filter(speech__item__document=document)
        .order_by("speech__item__position", "speech__position", "start")
    )


@transaction.atomic
def try_again(*, extractions: Iterable[Extraction]) -> list[int]:
    """Let documents wait to be read and compared as if for the first time; return their ids.

    Whoever calls has them read: a task for each, or the next run for all that wait.
    """
    rows = Extraction.objects.select_for_update().filter(pk__in=[one.pk for one in extractions]).order_by("pk")
    for row in rows:
        row.state, row.error, row.attempts, row.followed_by = Extraction.State.WAITING, "", 0, ""
        row.save()
    return [row.document_id for row in rows]


def to_read() -> list[int]:
    """Return the ids of the documents to read now.

    All that wait or failed under another engine; then, the longest ago first, some of those another engine has read:
    better rules reach every document in the end, and no run takes forever.
    """
    pending = Extraction.objects.pending(engine_version()).order_by("document")
    outdated = Extraction.objects.outdated(engine_version()).order_by("at")[:AGAIN]
    return [*pending.values_list("document_id", flat=True), *outdated.values_list("document_id", flat=True)]


def extract_pending(*, day: date) -> Pending:
    """Read what there is to read (see to_read)."""
    done = failed = 0
    for pk in to_read():
        document = Document.objects.filter(pk=pk).first()
        if document is None:
            continue  # removed in the meantime
        extract_document(document=document, day=day)
        if is_done(document=document):
            done += 1
        else:
            failed += 1
    return Pending(done, failed)


class _Members:
    """The members who speak in a document, found by full name, or by surname where only one bears it."""

    def __init__(self, speeches: Iterable[Speech]) -> None:
        persons = {one.person.pk: one.person for one in speeches if one.person and one.capacity == Capacity.MEMBER}
        self._by_key: dict[str, set[Person]] = defaultdict(set)
        for person in persons.values():
            for name in (person.name, names.family_name(person.name)):
                self._by_key[names.fold(name)].add(person)

    def find(self, name: str) -> Person | None:
        found = self._by_key.get(names.fold(name), set())
        return next(iter(found)) if len(found) == 1 else None


@transaction.atomic
def _begin(document: Document) -> bool:
    """Note that the document is begun; tell whether to go on."""
    Extraction.objects.get_or_create(document=document)
    extraction = Extraction.objects.select_for_update().get(document=document)
    if extraction.attempts >= ATTEMPTS:
        said = gettext("Begun %(count)d times and never ended: the process died, or was stopped, each time.")
        _finish(extraction, Extraction.State.FAILED, said % {"count": extraction.attempts})
        return False
    extraction.attempts += 1
    extraction.save(update_fields=["attempts"])
    return True


def _finish(extraction: Extraction, state: str, error: str = "") -> None:
    extraction.state = state
    extraction.error = error
    extraction.followed_by = ""
    extraction.attempts = 0
    extraction.engine_version = engine_version()
    extraction.save()


def _read(document: Document) -> list[Item]:
    """Let the engine read the document, agenda item by agenda item."""
    said = Speech.objects.filter(item__document=document).select_related("person")
    speeches = [one for one in said.order_by("item__position", "position") if not one.gone]
    members = _Members(speeches)
    book = learning.book_in_use()
    by_item: dict[int, list[Speech]] = defaultdict(list)
    for speech in speeches:
        by_item[speech.item_id].append(speech)
    items: list[Item] = []
    number = 0
    for turns in by_item.values():
        proposals = propose_turns(
            ((one.text, one.person.name if one.person else "", Capacity(one.capacity)) for one in turns),
            kind=DocumentKind(document.kind),
            said_on=document.date,
            book=book,
        )
        number += len(proposals)
        if number > MOST_STATEMENTS:
            items.clear()
            continue  # only counted
        found = [_statement(document, turns[one.turn], one, members) for one in proposals]
        items.append((found, [one.repeats for one in proposals]))
    if number > MOST_STATEMENTS:
        raise TooManyError(
            gettext(
                "%(number)d promises were found in it, and one document may hold %(most)d at the most: none of them "
                "was stored. Split it and import the parts."
            )
            % {"number": number, "most": MOST_STATEMENTS}
        )
    return items


def _statement(document: Document, speech: Speech, proposal: Proposal, members: _Members) -> Statement:
    deadline = proposal.deadline
    return Statement(
        speech=speech,
        start=proposal.start,
        end=proposal.end,
        quote=proposal.quote,
        said_on=document.date,
        register=REGISTERS[DocumentKind(document.kind)].value,
        kind=proposal.kind.value,
        condition=proposal.condition,
        summary=proposal.summary[:200],
        addressee=members.find(proposal.addressee) if proposal.addressee else None,
        confidence=proposal.confidence,
        cues=[{"rule": cue.rule, "weight": cue.weight, "words": cue.words, "why": cue.why} for cue in proposal.cues],
        due_at=[deadline.start, deadline.end] if deadline else [],
        doubts=list(deadline.doubts) if deadline else [],
        **due.fields_of(deadline),
    )
