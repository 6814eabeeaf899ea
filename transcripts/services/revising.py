"""A later version of a document: what stayed keeps its rows and its ids, the rest is written, and the difference told.

A turn or an item that the new version no longer has, but on which something hangs that a person judged, stays behind
its item: it spans no character of the text any more (see Speech.gone).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F

from transcripts.models import AgendaItem, Document, Question, Revision, Speech
from transcripts.services import changes
from transcripts.services.changes import Told
from transcripts.services.drafting import ITEM_COLUMNS, QUESTION_COLUMNS, SPEECH_COLUMNS, Draft, Fields
from transcripts.services.matching import Said
from transcripts.services.versions import Plan, who
from transcripts.services.writing import BATCH, fill, update_rows
from transcripts.signals import Claims, Revised, document_revised

ASIDE = 1_000_000  # added to the position of a row that moves, so that it is in nobody's way meanwhile


@dataclass(slots=True)
class _Written:
    """Rows of one kind that are changed or made. moving: those that get another place."""

    changed: list[Any] = field(default_factory=list)
    made: list[Any] = field(default_factory=list)
    moving: list[Any] = field(default_factory=list)

    def put(self, row: AgendaItem | Question | Speech, fields: Fields) -> None:
        """Give a row its values, its `position` among them."""
        is_new = row.pk is None
        before = (row.position, getattr(row, "item_id", None))
        changed = fill(row, fields)
        if is_new:
            self.made.append(row)
        elif changed:
            self.changed.append(row)
            if before != (row.position, getattr(row, "item_id", None)):
                self.moving.append(row)

    def save(self, model: Any, columns: Sequence[str], leaving: Sequence[Any]) -> None:
        """Write the rows. leaving: rows whose places others may take; they go aside, and what moves meanwhile too."""
        aside = [row.pk for row in (*self.moving, *leaving)]
        for start in range(0, len(aside), BATCH):
            model.objects.filter(pk__in=aside[start : start + BATCH]).update(position=F("position") + ASIDE)
        update_rows(self.changed, ("position", *columns))
        model.objects.bulk_create(self.made, batch_size=BATCH)


def revise(
    *, plan: Plan, rows: Draft, fields: Mapping[str, Any], particulars: Mapping[str, Any], anew: bool = False
) -> Revision:
    """Let a document say what its later version says; inside the transaction of the import.

    1. Items, questions and speeches that stayed are changed in place, so that their ids stay; new ones are made.
    2. The receivers of `document_revised` lay what hangs on the speeches upon the new words, and claim what must stay.
    3. What vanished and nobody claims is removed; what is claimed stays behind its item.
    4. The version is noted with what it changed.

    anew: the same bytes, read with other particulars, which decide what the document is and of which meeting.
    """
    document = plan.document
    _first_version(document)
    told = Told()
    before = {speech.pk: speech.text for speech in plan.speeches}
    stayed = {speech.pk for speech in plan.pairs.values()}
    gone = [speech for speech in plan.speeches if speech.pk not in stayed]
    lost = [item for item in plan.items if item.pk not in {one.pk for one in plan.item_pairs.values()}]
    _write_head(document, fields, rows, told, anew=anew)
    _write_meeting(document, rows, told)
    items = _write_items(plan, rows, lost, told)
    _write_speeches(plan, rows, items, gone, told)
    revised = Revised(document, before, frozenset(one.pk for one in gone), frozenset(one.pk for one in lost))
    claims = Claims()
    for _receiver, answer in document_revised.send(sender=Document, revised=revised):
        if isinstance(answer, Claims):
            claims.speeches |= answer.speeches
            claims.items |= answer.items
            claims.changes += answer.changes
    _Leavers(document, items, lost, told).go(gone, claims)
    for entry in claims.changes:
        told.add(**entry)
    number = document.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        document=document,
        number=number + 1,
        sha256=document.sha256,
        file_name=document.file_name,
        particulars=dict(particulars),
        changes=told.entries,
    )


def _first_version(document: Document) -> None:
    """A document from before versions were noted is its own first one."""
    if not document.revisions.exists():
        Revision.objects.create(document=document, number=1, sha256=document.sha256, file_name=document.file_name)


def _write_head(document: Document, fields: Mapping[str, Any], rows: Draft, told: Told, *, anew: bool) -> None:
    """Not told are the file, the reader and the account: they say how it was read, not what it says."""
    for name in ("title", "kind", "date", "url", "meeting"):
        value = fields[name]
        if not anew and ((name == "url" and not value) or (name == "meeting" and value is None)):
            continue
        told.field(changes.HEAD, name, getattr(document, name), value)
        setattr(document, name, value)
    if document.provisional != fields["provisional"]:
        told.add(what=changes.COMPLETE if document.provisional else changes.INCOMPLETE)
    others = Document.objects.exclude(pk=document.pk)
    if anew or not document.identity:
        free = not others.filter(identity=fields["identity"]).exists()
        document.identity = fields["identity"] if free else ""
    settled = {"title", "kind", "date", "url", "meeting", "identity"}
    fill(document, {name: value for name, value in fields.items() if name not in settled})
    document.warnings = [message.as_json() for message in rows.warnings]
    document.save()


def _write_meeting(document: Document, rows: Draft, told: Told) -> None:
    """What a later version says of its meeting counts before what the first one said."""
    meeting = document.meeting
    if meeting is None:
        return
    said = {name: value for name, value in rows.meeting.items() if value}
    for name, value in said.items():
        told.field(changes.HEAD, name, getattr(meeting, name), value)
    if fill(meeting, said):
        meeting.save()


def _write_items(plan: Plan, rows: Draft, lost: Sequence[AgendaItem], told: Told) -> list[AgendaItem]:
    """Write items and their questions; return the items in the order of the draft."""
    written, items = _Written(), []
    for at, drafted in enumerate(rows.items):
        row = plan.item_pairs.get(at)
        title = drafted.fields["title"]
        if row is None:
            row = AgendaItem(document=plan.document, position=0)
            told.add(what=changes.ITEM_ADDED, item=title)
        else:
            if row.title != title:
                told.add(what=changes.ITEM_CHANGED, before=row.title, item=title)
            for name in ("kind", "chair"):
                told.field(changes.ITEM_FIELD, name, getattr(row, name), drafted.fields[name], item=title)
        written.put(row, drafted.fields | {"position": at + 1})
        items.append(row)
    written.save(AgendaItem, ITEM_COLUMNS, lost)
    _write_questions(plan, rows, items, told)
    return items


def _write_questions(plan: Plan, rows: Draft, items: Sequence[AgendaItem], told: Told) -> None:
    stored: dict[int, list[Question]] = defaultdict(list)
    questions = Question.objects.filter(item__document=plan.document).select_related("asker", "addressee")
    for question in questions.order_by("position"):
        stored[question.item_id].append(question)
    known = {item.pk for item in plan.items}
    written = _Written()
    dropped: list[Question] = []
    for item, drafted in zip(items, rows.items, strict=True):
        pairs, free = _match_questions(stored.get(item.pk, []), drafted.questions)
        dropped += free
        for question in free:
            told.add(what=changes.QUESTION_REMOVED, item=item.title, question=str(question))
        for at, fields in enumerate(drafted.questions):
            row = pairs.get(at)
            if row is None:
                row = Question(item=item, position=0)
                if item.pk in known:
                    words = f"{fields['number']} {fields['subject']}".strip()
                    told.add(what=changes.QUESTION_ADDED, item=item.title, question=words)
            else:
                called = {"item": item.title, "question": row.number or fields["number"] or str(at + 1)}
                for name in QUESTION_COLUMNS:
                    told.field(changes.QUESTION_CHANGED, name, getattr(row, name), fields[name], **called)
            written.put(row, fields | {"position": at + 1})
    Question.objects.filter(pk__in=[row.pk for row in dropped]).delete()
    written.save(Question, QUESTION_COLUMNS, ())


def _match_questions(
    stored: Sequence[Question], drafted: Sequence[Fields]
) -> tuple[dict[int, Question], list[Question]]:
    """Pair questions by number and session, what is left by subject, then by asker; return also what has no pair.

    A single one on either side that is left is the same question with another number.
    """
    free, pairs = list(stored), {}
    keys: tuple[Callable[[Any], Any], ...] = (
        lambda one: (one["number"], one["session"]),
        lambda one: " ".join(one["subject"].casefold().split()),
        lambda one: one["asker"],
    )
    for key in keys:
        by_key: dict[Any, list[Question]] = defaultdict(list)
        for row in free:
            by_key[key({name: getattr(row, name) for name in QUESTION_COLUMNS})].append(row)
        for at, fields in enumerate(drafted):
            if at not in pairs and (wanted := key(fields)) and by_key.get(wanted):
                pairs[at] = by_key[wanted].pop(0)
        taken = {row.pk for row in pairs.values()}
        free = [row for row in free if row.pk not in taken]
    left = [at for at in range(len(drafted)) if at not in pairs]
    if len(left) == len(free) == 1:
        pairs[left[0]] = free.pop()
    return pairs, free


def _write_speeches(plan: Plan, rows: Draft, items: Sequence[AgendaItem], gone: Sequence[Speech], told: Told) -> None:
    written = _Written()
    at = 0
    for item, drafted in zip(items, rows.items, strict=True):
        for position, fields in enumerate(drafted.speeches, start=1):
            row = plan.pairs.get(at)
            at += 1
            if row is None:
                row = Speech(position=0)
                told.turn(changes.TURN_ADDED, item.title, fields, after=fields["text"])
            else:
                _tell(row, fields, item.title, told)
            written.put(row, fields | {"item": item, "position": position})
    written.save(Speech, ("item", *SPEECH_COLUMNS), gone)


def _tell(row: Speech, fields: Fields, title: str, told: Told) -> None:
    """Tell what a turn says now. Its place in the text and in the item is where it is found, and not told."""
    said = fields["person"].pk if fields["person"] else None
    if who(row.person_id, row.label) != who(said, fields["label"]):
        names = [str(one or "") for one in (row.person, fields["person"])]
        told.turn(changes.SPEAKER, title, fields, before=row.label or names[0], after=fields["label"] or names[1])
    else:
        told.turn_field("label", row.label, fields, title)
    for name in ("capacity", "party", "answer_to", "heading", "notes"):
        told.turn_field(name, getattr(row, name), fields, title)
    if row.gone:
        told.turn(changes.TURN_BACK, title, fields)
    elif row.text != fields["text"]:
        awaited = Said("", row.text).awaited
        what = changes.TURN_COMPLETED if awaited else changes.TURN_CHANGED
        told.turn(what, title, fields, before=row.text, after=fields["text"])


class _Leavers:
    """Lets go what a version no longer has, or puts it behind its item where somebody claims it."""

    def __init__(self, document: Document, items: Sequence[AgendaItem], lost: Sequence[AgendaItem], told: Told) -> None:
        self.document = document
        self.items = {item.pk: item for item in (*items, *lost)}
        self.lost = lost
        self.told = told
        self.end = len(document.text)
        self.number_of_items = len(items)

    def go(self, gone: Sequence[Speech], claims: Claims) -> None:
        self._speeches(gone, claims.speeches)
        self._lost_items(claims.items)

    def _speeches(self, gone: Sequence[Speech], claimed: set[int]) -> None:
        lost = {item.pk for item in self.lost}
        here = Speech.objects.filter(item__document=self.document, position__lt=ASIDE)
        last = Counter(here.values_list("item_id", flat=True)) if claimed else Counter()
        kept: list[Speech] = []
        for speech in gone:
            item = self.items[speech.item_id]
            turn = {"label": speech.label, "person": speech.person, "page": speech.page}
            stays = speech.pk in claimed
            if not speech.gone:
                what = changes.TURN_KEPT if stays else changes.TURN_REMOVED
                self.told.turn(what, item.title, turn, before=speech.text)
            if stays:
                last[item.pk] += 1
                place = self.end if item.pk in lost else min(item.end, self.end)
                speech.position, speech.start, speech.end = last[item.pk], place, place
                speech.pieces, speech.notes = [[0, place, 0]], []
                kept.append(speech)
        update_rows(kept, ("position", "start", "end", "pieces", "notes"))
        _delete(Speech, [speech.pk for speech in gone if speech.pk not in claimed])

    def _lost_items(self, claimed: set[int]) -> None:
        spoken_in = set(Speech.objects.filter(item__in=list(self.lost)).values_list("item_id", flat=True))
        kept = [item for item in self.lost if item.pk in claimed or item.pk in spoken_in]
        for position, item in enumerate(kept, start=self.number_of_items + 1):
            if item.start < item.end:
                self.told.add(what=changes.ITEM_KEPT, item=item.title)
            item.position, item.start, item.end = position, self.end, self.end
        update_rows(kept, ("position", "start", "end"))
        stays = {item.pk for item in kept}
        for item in self.lost:
            if item.pk not in stays:
                self.told.add(what=changes.ITEM_REMOVED, item=item.title)
        _delete(AgendaItem, [item.pk for item in self.lost if item.pk not in stays])


def _delete(model: Any, ids: Sequence[int]) -> None:
    for start in range(0, len(ids), BATCH):
        model.objects.filter(pk__in=ids[start : start + BATCH]).delete()
