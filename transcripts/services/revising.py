"""A later version of a document: what stayed keeps its rows and its ids, the rest is written, and the difference told.

A turn or an item that the new version no longer has, but on which something hangs that a person judged, stays behind
its item: it spans no character of the text any more (see Speech.gone).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models import F, Q

from transcripts.models import AgendaItem, Document, Meeting, Question, Revision, Speech
from transcripts.parsing import names
from transcripts.services import changes
from transcripts.services.drafting import SPEECH_COLUMNS, Draft, Fields
from transcripts.services.matching import Match, Said, match
from transcripts.signals import Claims, Revised, document_revised

ASIDE = 1_000_000  # added to the positions of all rows, so that none is in the way of another
BATCH = 200  # rows, with their texts, in one statement


class NotAVersionError(Exception):
    """What was given as a version of a document is none. Its message is one sentence that says why."""


@dataclass(slots=True)
class Plan:
    """Which rows of a stored document are which of the draft: index in the draft -> row. Items also by turns moved."""

    document: Document
    items: list[AgendaItem]
    speeches: list[Speech]
    pairs: dict[int, Speech]
    item_pairs: dict[int, AgendaItem]


@dataclass(frozen=True, slots=True)
class Decision:
    """plan: how it becomes a version, or None where it is a document of its own. taken: its identity is not free."""

    plan: Plan | None = None
    taken: bool = False
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class _Shares:
    """Shares 0..1 of turns and of characters. shorter: found of the shorter paper; stored: of the stored one."""

    shorter: float
    stored: float
    lacking: list[AgendaItem] = field(default_factory=list)
    brings: bool = False


def decide(rows: Draft, *, identity: str, meeting: Meeting | None) -> Decision:
    """Find the document a paper is a later version of.

    Its identity has to agree (or it is of the same meeting, and the document has none), and most of the turns of the
    shorter one have to stand in the other. An excerpt of what is here in full, or a provisional report of what is here
    complete, is no version of it.
    """
    taken = False
    remarks: list[str] = []
    for document in _candidates(identity, meeting, rows.document["kind"]):
        agrees = bool(identity) and document.identity == identity
        taken = taken or agrees
        if agrees and rows.document["provisional"] and not document.provisional:
            remarks.append(
                f"This is a provisional version of “{document}”, which is complete here: both are kept. "
                "If the complete one was withdrawn, import this on the page of that document."
            )
            continue
        plan, shares = _plan(document, rows)
        if shares.shorter <= 0.5:
            if agrees:
                remarks.append(
                    f"“{document}” is of the same meeting or number, but holds other words: both are kept. "
                    "If this is a corrected version of it, import it on the page of that document."
                )
            continue
        if shares.stored <= 0.5 or (shares.lacking and not shares.brings):
            if agrees:
                remarks.append(
                    f"This is an excerpt of “{document}”, which holds more: both are kept. "
                    "If it is a corrected version of it, import it on the page of that document."
                )
            continue
        return Decision(plan)
    return Decision(None, taken, tuple(remarks))


def must_be(rows: Draft, document: Document, *, name: str) -> Decision:
    """Return the plan for a version a person says it is. Raises NotAVersionError where the words say otherwise."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.kind != rows.document["kind"]:
        kinds = Document.Kind(rows.document["kind"]).value, document.kind
        raise NotAVersionError(f"{name}: this is a {kinds[0]} and “{document}” a {kinds[1]}; import it as its own.")
    plan, shares = _plan(document, rows)
    if shares.shorter <= 0.5:
        raise NotAVersionError(
            f"{name}: most of its words do not stand in “{document}”, so it is no version of it; import it as its own."
        )
    return Decision(plan)


def _candidates(identity: str, meeting: Meeting | None, kind: str) -> list[Document]:
    where = Q(pk__in=[])
    if identity:
        where |= Q(identity=identity)
        if meeting is not None and meeting.number:
            where |= Q(meeting=meeting, identity="", kind=kind)
    found = list(Document.objects.select_for_update().filter(where).order_by("pk"))
    return sorted(found, key=lambda one: one.identity != identity)


def _plan(document: Document, rows: Draft) -> tuple[Plan, _Shares]:
    items = list(document.items.order_by("position").prefetch_related("questions"))
    speeches = list(
        Speech.objects.filter(item__document=document).select_related("person").order_by("item__position", "position")
    )
    new = [fields for item in rows.items for fields in item.speeches]
    old_said = [Said(_who(one.person_id, one.label), one.text) for one in speeches]
    new_said = [Said(_who(one["person"].pk if one["person"] else None, one["label"]), one["text"]) for one in new]
    found = match(old_said, new_said)
    pairs = {here: speeches[there] for here, there in found.pairs.items()}
    item_pairs = _match_items(rows, items, pairs)
    plan = Plan(document, items, speeches, pairs, item_pairs)
    return plan, _shares(plan, rows, found, old_said, new_said)


def _who(person: int | None, label: str) -> str:
    return str(person) if person else names.fold(label)


def _match_items(rows: Draft, items: Sequence[AgendaItem], pairs: Mapping[int, Speech]) -> dict[int, AgendaItem]:
    """Pair items by the words of the turns they share, then by the numbers of their questions, then by title."""
    by_pk = {item.pk: item for item in items}
    shared: Counter[tuple[int, int]] = Counter()
    at = 0
    for here, wanting in enumerate(rows.items):
        for _ in wanting.speeches:
            if at in pairs:
                shared[here, pairs[at].item_id] += 1 + len(pairs[at].text)
            at += 1
    found: dict[int, AgendaItem] = {}
    taken: set[int] = set()
    for (here, pk), _words in shared.most_common():
        if here not in found and pk not in taken:
            found[here] = by_pk[pk]
            taken.add(pk)
    for key in (_numbers, _title):
        free: dict[Any, list[AgendaItem]] = defaultdict(list)
        for item in items:
            if item.pk not in taken:
                free[key(item.title, [(q.number, q.session) for q in item.questions.all()])].append(item)
        for here, drafted in enumerate(rows.items):
            wanted = key(drafted.fields["title"], [(q["number"], q["session"]) for q in drafted.questions])
            if here not in found and wanted and free.get(wanted):
                found[here] = free[wanted].pop(0)
                taken.add(found[here].pk)
    return found


def _numbers(title: str, questions: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(one for one in questions if one[0]))


def _title(title: str, questions: Sequence[tuple[str, str]]) -> str:
    return " ".join(title.casefold().split())


def _shares(plan: Plan, rows: Draft, found: Match, old: Sequence[Said], new: Sequence[Said]) -> _Shares:
    """Measure how much of the one stands in the other; words that are still to come count for nothing."""
    olds = {at: len(said.plain) for at, said in enumerate(old) if not said.awaited and not plan.speeches[at].gone}
    news = {at: len(said.plain) for at, said in enumerate(new) if not said.awaited}
    near_new = {at for at in found.near if at in news}
    near_old = {found.pairs[at] for at in near_new if found.pairs[at] in olds}
    of_new = _share(news, near_new)
    of_old = _share(olds, near_old)
    shorter = of_old if sum(olds.values()) <= sum(news.values()) else of_new
    kept = {plan.speeches[there].item_id for there in found.pairs.values()}
    kept |= {item.pk for item in plan.item_pairs.values()}
    said_in = {plan.speeches[at].item_id for at in olds}
    lacking = [item for item in plan.items if item.pk in said_in and item.pk not in kept]
    brings = len(plan.item_pairs) < len(rows.items)
    return _Shares(shorter, of_old, lacking, brings)


def _share(sizes: Mapping[int, int], found: set[int]) -> float:
    """Return the smaller of the shares of turns and of characters; 1 where there is nothing to be found."""
    total = sum(sizes.values())
    if not sizes or not total:
        return 1.0
    return min(len(found) / len(sizes), sum(sizes[at] for at in found) / total)


def revise(*, plan: Plan, rows: Draft, fields: Mapping[str, Any]) -> Revision:
    """Let a document say what its later version says; inside the transaction of the import.

    1. Items, questions and speeches that stayed are changed in place, so that their ids stay; new ones are made.
    2. The receivers of `document_revised` lay what hangs on the speeches upon the new words, and claim what must stay.
    3. What vanished and nobody claims is removed; what is claimed stays behind its item.
    4. The version is noted with what it changed.
    """
    document = plan.document
    _first_version(document)
    told = changes.Told()
    before = {speech.pk: speech.text for speech in plan.speeches}
    _set_aside(document)
    _write_head(document, fields, rows, told)
    items = _write_items(plan, rows, told)
    _write_speeches(plan, rows, items, told)
    stayed = {speech.pk for speech in plan.pairs.values()}
    gone = [speech for speech in plan.speeches if speech.pk not in stayed]
    lost = [item for item in plan.items if item.pk not in {one.pk for one in plan.item_pairs.values()}]
    revised = Revised(document, before, frozenset(one.pk for one in gone), frozenset(one.pk for one in lost))
    claims = Claims()
    for _receiver, answer in document_revised.send(sender=Document, revised=revised):
        if isinstance(answer, Claims):
            claims.speeches |= answer.speeches
            claims.items |= answer.items
            claims.changes += answer.changes
    _remove(document, gone, lost, claims, told)
    for entry in claims.changes:
        told.add(**entry)
    number = document.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    return Revision.objects.create(
        document=document,
        number=number + 1,
        sha256=document.sha256,
        file_name=document.file_name,
        changes=told.entries,
    )


def _first_version(document: Document) -> None:
    """A document from before versions were noted is its own first one."""
    if not document.revisions.exists():
        Revision.objects.create(document=document, number=1, sha256=document.sha256, file_name=document.file_name)


def _set_aside(document: Document) -> None:
    document.items.update(position=F("position") + ASIDE)
    Question.objects.filter(item__document=document).update(position=F("position") + ASIDE)
    Speech.objects.filter(item__document=document).update(position=F("position") + ASIDE)


def _write_head(document: Document, fields: Mapping[str, Any], rows: Draft, told: changes.Told) -> None:
    for name in ("title", "date"):
        if getattr(document, name) != fields[name]:
            told.add(what=changes.HEAD, field=name, before=str(getattr(document, name)), after=str(fields[name]))
    if document.provisional and not fields["provisional"]:
        told.add(what=changes.COMPLETE)
    for name, value in fields.items():
        if name == "identity" or (name == "url" and not value) or (name == "meeting" and value is None):
            continue
        setattr(document, name, value)
    free = not Document.objects.filter(identity=fields["identity"]).exists()
    if fields["identity"] and not document.identity and free:
        document.identity = fields["identity"]
    document.warnings = rows.warnings
    document.save()


def _write_items(plan: Plan, rows: Draft, told: changes.Told) -> list[AgendaItem]:
    items: list[AgendaItem] = []
    for here, drafted in enumerate(rows.items):
        row = plan.item_pairs.get(here)
        if row is None:
            row = AgendaItem(document=plan.document)
            told.add(what=changes.ITEM_ADDED, item=drafted.fields["title"])
        elif row.title != drafted.fields["title"]:
            told.add(what=changes.ITEM_CHANGED, before=row.title, item=drafted.fields["title"])
        _fill(row, drafted.fields | {"position": here + 1})
        row.save()
        _write_questions(row, drafted.questions)
        items.append(row)
    return items


def _write_questions(item: AgendaItem, drafted: Sequence[Fields]) -> None:
    free = list(Question.objects.filter(item=item).order_by("position"))
    for position, fields in enumerate(drafted, start=1):
        row = next((one for one in free if (one.number, one.session) == (fields["number"], fields["session"])), None)
        if row is None:
            row = Question(item=item)
        else:
            free.remove(row)
        _fill(row, fields | {"position": position})
        row.save()
    Question.objects.filter(pk__in=[row.pk for row in free]).delete()


def _write_speeches(plan: Plan, rows: Draft, items: Sequence[AgendaItem], told: changes.Told) -> None:
    stayed: list[Speech] = []
    made: list[Speech] = []
    at = 0
    for item, drafted in zip(items, rows.items, strict=True):
        for position, fields in enumerate(drafted.speeches, start=1):
            row = plan.pairs.get(at)
            at += 1
            if row is None:
                row = Speech()
                made.append(row)
                told.turn(changes.TURN_ADDED, item.title, fields, after=fields["text"])
            else:
                stayed.append(row)
                _tell(row, fields, item.title, told)
            _fill(row, fields | {"item": item, "position": position})
    if stayed:
        Speech.objects.bulk_update(stayed, ["item", "position", *SPEECH_COLUMNS], batch_size=BATCH)
    Speech.objects.bulk_create(made, batch_size=BATCH)


def _tell(row: Speech, fields: Fields, title: str, told: changes.Told) -> None:
    said = fields["person"].pk if fields["person"] else None
    if _who(row.person_id, row.label) != _who(said, fields["label"]):
        told.turn(changes.SPEAKER, title, fields, before=row.label, after=fields["label"])
    if row.gone:
        told.turn(changes.TURN_BACK, title, fields)
    elif row.text != fields["text"]:
        awaited = Said("", row.text).awaited
        what = changes.TURN_COMPLETED if awaited else changes.TURN_CHANGED
        told.turn(what, title, fields, before=row.text, after=fields["text"])


def _remove(
    document: Document, gone: Sequence[Speech], lost: Sequence[AgendaItem], claims: Claims, told: changes.Told
) -> None:
    titles = {item.pk: item.title for item in AgendaItem.objects.filter(document=document)}
    end = len(document.text)
    last = Counter({item.pk: item.speeches.filter(position__lt=ASIDE).count() for item in document.items.all()})
    ends = dict(AgendaItem.objects.filter(document=document).values_list("pk", "end"))
    gone_items = {item.pk for item in lost}
    for speech in gone:
        title = titles[speech.item_id]
        who = {"label": speech.label, "person": speech.person, "page": speech.page}
        if speech.pk not in claims.speeches:
            if not speech.gone:
                told.turn(changes.TURN_REMOVED, title, who, before=speech.text)
            speech.delete()
            continue
        if not speech.gone:
            told.turn(changes.TURN_KEPT, title, who, before=speech.text)
        last[speech.item_id] += 1
        place = end if speech.item_id in gone_items else min(ends[speech.item_id], end)
        _fill(
            speech,
            {"position": last[speech.item_id], "start": place, "end": place, "pieces": [[0, place, 0]], "notes": []},
        )
        speech.save()
    position = document.items.filter(position__lt=ASIDE).count()
    for item in lost:
        if item.pk not in claims.items and not item.speeches.exists():
            told.add(what=changes.ITEM_REMOVED, item=item.title)
            item.delete()
            continue
        if item.start < item.end:
            told.add(what=changes.ITEM_KEPT, item=item.title)
        position += 1
        _fill(item, {"position": position, "start": end, "end": end})
        item.save()
        for at, question in enumerate(Question.objects.filter(item=item).order_by("position"), start=1):
            question.position = at
            question.save(update_fields=["position"])


def _fill(row: models.Model, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
