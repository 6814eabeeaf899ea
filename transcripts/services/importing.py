"""A paper becomes rows, all of it or nothing; the same file twice changes nothing, a later version changes its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from transcripts.messages import Message, Sentence
from transcripts.models import AgendaItem, Document, PersonName, Question, Revision, Speech
from transcripts.papers import Paper, with_meta
from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, DocumentKind
from transcripts.services import revising
from transcripts.services.drafting import Draft, draft, note_mandates
from transcripts.services.identity import identity_of
from transcripts.services.meetings import drop_empty, find_meeting
from transcripts.services.versions import NotAVersionError, decide, must_be, plan_for
from transcripts.services.writing import insert_rows
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

    1. The same bytes were imported before, as whichever version and under whatever name: nothing changes, unless
       another kind, date or minister is given than was: then the document is read anew with these, as a version.
    2. In one transaction: where it is a later version of a document, that document says what the paper says (see
       services.revising); else people, meeting, document, items, questions, speeches, mandates, and then the receivers
       of `document_imported` are told, whose rows belong to the same transaction.

    document: the one a person says it is a version of. Raises NotAVersionError where it is not.
    """
    for attempt in range(1, ATTEMPTS + 1):
        known = _known(paper, document)
        try:
            if known is None:
                with transaction.atomic():
                    return _import(paper, document)
            if (remark := _may_read_anew(paper, known)) is not None:
                return _unchanged(known, remark)
            with transaction.atomic():
                return _read_anew(paper, known)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable")


@dataclass(frozen=True, slots=True)
class _Known:
    """Bytes that came in before. version: the last one they are; newest: the number of the document's newest."""

    document: Document
    version: Revision
    newest: int


def _known(paper: Paper, given: Document | None) -> _Known | None:
    versions = Revision.objects.filter(sha256=paper.sha256).select_related("document").order_by("-number")
    version = versions.first()
    found = version.document if version else Document.objects.filter(sha256=paper.sha256).first()
    if found is None:
        return None
    if given is not None and given.pk != found.pk:
        raise NotAVersionError(Sentence.HERE_AS_ANOTHER(document=str(found)), paper.name)
    newest = found.revisions.order_by("-number").values_list("number", flat=True).first() or 1
    return _Known(found, version or Revision(document=found, number=newest, sha256=paper.sha256), newest)


def _unchanged(known: _Known, remarks: Sequence[Message]) -> ImportResult:
    warnings = (*known.document.told, *remarks)
    return ImportResult(
        known.document, created=False, warnings=warnings, revision=known.version.number, newest=known.newest
    )


def _may_read_anew(paper: Paper, known: _Known) -> tuple[Message, ...] | None:
    """Return None where the document is to be read anew, else what is to be told of what was given.

    What a person gives counts before what lies beside a file or comes from the web service, also later.
    """
    if not _gives_other_particulars(paper, known):
        return ()
    if known.version.number < known.newest:
        return (Sentence.OLDER_PARTICULARS(),)
    if known.version.particulars.get("asked") and not paper.asked:
        return (Sentence.PARTICULARS_AS_BEFORE(),)
    return None


def _gives_other_particulars(paper: Paper, known: _Known) -> bool:
    meta, document = paper.meta, known.document
    if (meta.kind or document.kind) != document.kind or (meta.date or document.date) != document.date:
        return True
    if not meta.minister or paper.transcript.kind is DocumentKind.REPORT:
        return False  # a report names who speaks
    wanted = names.fold(meta.minister)
    if before := known.version.particulars.get("minister"):
        return names.fold(before) != wanted
    ministers = Q(person__speeches__item__document=document, person__speeches__capacity=Capacity.MINISTER)
    keys = PersonName.objects.filter(ministers).values_list("key", flat=True).distinct()
    return not any(key == wanted or key.endswith(f" {wanted}") for key in keys)


def _particulars(paper: Paper) -> dict[str, Any]:
    meta = paper.meta
    given: dict[str, Any] = {
        "kind": meta.kind.value if meta.kind else "",
        "date": meta.date.isoformat() if meta.date else "",
        "minister": meta.minister,
        "asked": paper.asked,
    }
    return {name: value for name, value in given.items() if value}


def _read_anew(paper: Paper, known: _Known) -> ImportResult:
    """Read a document again with other particulars; those that were given before and are not now still count."""
    document = Document.objects.select_for_update().get(pk=known.document.pk)
    before, meta = known.version.particulars, paper.meta
    meta = replace(
        meta,
        kind=meta.kind or DocumentKind(document.kind),
        date=meta.date or (date.fromisoformat(before["date"]) if before.get("date") else None),
        minister=meta.minister or before.get("minister", ""),
    )
    if meta != paper.meta:
        paper = with_meta(paper, meta)
    rows = draft(paper)
    meeting = find_meeting(paper.transcript, rows.document["date"], rows.people)
    fields = rows.document | {"meeting": meeting, "identity": identity_of(paper)}
    left = document.meeting
    version = revising.revise(
        plan=plan_for(document, rows), rows=rows, fields=fields, particulars=_particulars(paper), anew=True
    )
    drop_empty(left)
    note_mandates(paper.transcript, rows.people, document)
    return _revised(version)


def _import(paper: Paper, given: Document | None) -> ImportResult:
    rows = draft(paper)
    identity = identity_of(paper)
    meeting = find_meeting(paper.transcript, rows.document["date"], rows.people)
    fields = rows.document | {"meeting": meeting, "identity": identity}
    particulars = _particulars(paper)
    decision = decide(rows, identity=identity, meeting=meeting) if given is None else must_be(rows, given, paper.name)
    if decision.plan is not None:
        version = revising.revise(plan=decision.plan, rows=rows, fields=fields, particulars=particulars)
        note_mandates(paper.transcript, rows.people, version.document)
        return _revised(version)
    if decision.taken:
        fields["identity"] = ""
    document = _store(rows, fields, decision.remarks, particulars)
    note_mandates(paper.transcript, rows.people, document)
    document_imported.send(sender=Document, document=document)
    return ImportResult(document, created=True, warnings=document.told)


def _revised(version: Revision) -> ImportResult:
    return ImportResult(
        version.document,
        created=False,
        updated=True,
        warnings=version.document.told,
        revision=version.number,
        newest=version.number,
        changes=tuple(version.changes),
    )


def _store(
    rows: Draft, fields: Mapping[str, Any], remarks: Sequence[Message], particulars: Mapping[str, Any]
) -> Document:
    document = Document.objects.create(**fields, warnings=[one.as_json() for one in (*rows.warnings, *remarks)])
    Revision.objects.create(
        document=document,
        number=1,
        sha256=document.sha256,
        file_name=document.file_name,
        particulars=dict(particulars),
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(document=document, position=position, **item.fields)
        for position, item in enumerate(rows.items, start=1)
    )
    pairs = list(zip(items, rows.items, strict=True))
    for model, inside in ((Question, "questions"), (Speech, "speeches")):
        insert_rows(
            model,
            (
                fields | {"item": row, "position": position}
                for row, item in pairs
                for position, fields in enumerate(getattr(item, inside), start=1)
            ),
        )
    return document
