"""A paper becomes rows, all of it or nothing; the same file twice changes nothing, a later version changes its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction

from transcripts.models import AgendaItem, Document, Question, Revision, Speech
from transcripts.papers import Paper
from transcripts.services import revising
from transcripts.services.drafting import Draft, draft, note_mandates
from transcripts.services.identity import identity_of
from transcripts.services.meetings import find_meeting
from transcripts.signals import document_imported

ATTEMPTS = 3  # two imports at once may both meet a new person; the second finds it the next time


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a paper.

    created   it is a document of its own now
    warnings  sentences for the person who imports
    revision  the number of the version these bytes are; of what was here before, not always the newest
    newest    the number of the newest version
    changes   what a later version changed, entry by entry (see services.changes)
    """

    document: Document
    created: bool
    warnings: tuple[str, ...]
    revision: int = 1
    newest: int = 1
    changes: tuple[Mapping[str, Any], ...] = ()
    updated: bool = False


def import_paper(*, paper: Paper, document: Document | None = None) -> ImportResult:
    """Store a paper.

    1. The same bytes were imported before, as whichever version and under whatever name: nothing changes.
    2. In one transaction: where it is a later version of a document, that document says what the paper says (see
       services.revising); else people, meeting, document, items, questions, speeches, mandates, and then the receivers
       of `document_imported` are told, whose rows belong to the same transaction.

    document: the one a person says it is a version of. Raises NotAVersionError where it is not.
    """
    for attempt in range(1, ATTEMPTS + 1):
        known = _known(paper, document)
        if known is not None:
            return known
        try:
            with transaction.atomic():
                return _import(paper, document)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _known(paper: Paper, given: Document | None) -> ImportResult | None:
    """Return what is said of bytes that came in before."""
    version = Revision.objects.filter(sha256=paper.sha256).select_related("document").first()
    found = version.document if version else Document.objects.filter(sha256=paper.sha256).first()
    if found is None:
        return None
    if given is not None and given.pk != found.pk:
        raise revising.NotAVersionError(f"{paper.name}: this file is already here as another document, “{found}”.")
    newest = found.revisions.order_by("-number").values_list("number", flat=True).first() or 1
    number = version.number if version else newest
    warnings = (*found.warnings, *_other_than_stored(paper, found))
    return ImportResult(found, created=False, warnings=warnings, revision=number, newest=max(number, newest))


def _other_than_stored(paper: Paper, found: Document) -> list[str]:
    """Say that the same bytes, now with another date or kind, do not change what was stored."""
    transcript = paper.transcript
    if (transcript.said_on, transcript.kind.value) == (found.date, found.kind):
        return []
    return [
        f"It came in before as a {found.kind} of {found.date}, and stays so; to give it another date or kind, "
        "remove it at the desk and import it again."
    ]


def _import(paper: Paper, given: Document | None) -> ImportResult:
    rows = draft(paper)
    identity = identity_of(paper)
    meeting = find_meeting(paper.transcript, rows.document["date"], rows.people)
    fields = rows.document | {"meeting": meeting, "identity": identity}
    if given is None:
        decision = revising.decide(rows, identity=identity, meeting=meeting)
    else:
        decision = revising.must_be(rows, given, name=paper.name)
    if decision.plan is not None:
        version = revising.revise(plan=decision.plan, rows=rows, fields=fields)
        note_mandates(paper.transcript, rows.people, version.document)
        return ImportResult(
            version.document,
            created=False,
            updated=True,
            warnings=tuple(version.document.warnings),
            revision=version.number,
            newest=version.number,
            changes=tuple(version.changes),
        )
    if decision.taken:
        fields["identity"] = ""
    document = _store(rows, fields, decision.remarks)
    note_mandates(paper.transcript, rows.people, document)
    document_imported.send(sender=Document, document=document)
    return ImportResult(document, created=True, warnings=tuple(document.warnings))


def _store(rows: Draft, fields: Mapping[str, Any], remarks: Sequence[str]) -> Document:
    document = Document.objects.create(**fields, warnings=[*rows.warnings, *remarks])
    Revision.objects.create(document=document, number=1, sha256=document.sha256, file_name=document.file_name)
    items = AgendaItem.objects.bulk_create(
        AgendaItem(document=document, position=position, **item.fields)
        for position, item in enumerate(rows.items, start=1)
    )
    pairs = list(zip(items, rows.items, strict=True))
    Question.objects.bulk_create(
        Question(item=row, position=position, **fields)
        for row, item in pairs
        for position, fields in enumerate(item.questions, start=1)
    )
    Speech.objects.bulk_create(
        Speech(item=row, position=position, **fields)
        for row, item in pairs
        for position, fields in enumerate(item.speeches, start=1)
    )
    return document
