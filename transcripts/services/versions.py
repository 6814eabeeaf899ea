"""Of which document a paper is a later version, and which of its rows are which. Changes nothing."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from transcripts.messages import Message, Sentence
from transcripts.models import AgendaItem, Document, Meeting, Speech
from transcripts.parsing import names
from transcripts.services.drafting import Draft
from transcripts.services.matching import Match, Said, match


class NotAVersionError(Exception):
    """What was given as a version of a document is none. `message` says why, after the `name` of the file."""

    def __init__(self, message: Message, name: str) -> None:
        self.message = message
        self.name = name
        super().__init__(f"{name}: {message}")


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
    remarks: tuple[Message, ...] = ()


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
    remarks: list[Message] = []
    for document in _candidates(identity, meeting, rows.document["kind"]):
        agrees = bool(identity) and document.identity == identity
        taken = taken or agrees
        if agrees and rows.document["provisional"] and not document.provisional:
            remarks.append(Sentence.PROVISIONAL_AFTER_COMPLETE(document=str(document)))
            continue
        plan, shares = _weighed(document, rows)
        if shares.shorter <= 0.5:
            if agrees:
                remarks.append(Sentence.OTHER_WORDS(document=str(document)))
            continue
        if shares.stored <= 0.5 or (shares.lacking and not shares.brings):
            if agrees:
                remarks.append(Sentence.EXCERPT(document=str(document)))
            continue
        return Decision(plan)
    return Decision(None, taken, tuple(remarks))


def must_be(rows: Draft, document: Document, name: str) -> Decision:
    """Return the plan for a version a person says it is. Raises NotAVersionError where the words say otherwise."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.kind != rows.document["kind"]:
        kinds = {"kind": str(rows.document["kind"]), "other_kind": document.kind}
        raise NotAVersionError(Sentence.OTHER_KIND(document=str(document), **kinds), name)
    plan, shares = _weighed(document, rows)
    if shares.shorter <= 0.5:
        raise NotAVersionError(Sentence.NO_VERSION(document=str(document)), name)
    return Decision(plan)


def _candidates(identity: str, meeting: Meeting | None, kind: str) -> list[Document]:
    where = Q(pk__in=[])
    if identity:
        where |= Q(identity=identity)
        if meeting is not None and meeting.number:
            where |= Q(meeting=meeting, identity="", kind=kind)
    found = list(Document.objects.select_for_update().filter(where).order_by("pk"))
    return sorted(found, key=lambda one: one.identity != identity)


def plan_for(document: Document, rows: Draft) -> Plan:
    """Return which rows of a document are which of a draft, however few they are."""
    return _weighed(document, rows)[0]


def _weighed(document: Document, rows: Draft) -> tuple[Plan, _Shares]:
    items = list(document.items.order_by("position").select_related("chair").prefetch_related("questions"))
    speeches = list(
        Speech.objects.filter(item__document=document).select_related("person").order_by("item__position", "position")
    )
    new = [fields for item in rows.items for fields in item.speeches]
    old_said = [Said(who(one.person_id, one.label), one.text) for one in speeches]
    new_said = [Said(who(one["person"].pk if one["person"] else None, one["label"]), one["text"]) for one in new]
    found = match(old_said, new_said)
    pairs = {here: speeches[there] for here, there in found.pairs.items()}
    item_pairs = _match_items(rows, items, pairs)
    plan = Plan(document, items, speeches, pairs, item_pairs)
    return plan, _shares(plan, rows, found, old_said, new_said)


def who(person: int | None, label: str) -> str:
    """Return the key of a speaker: the person, or the label as printed where nobody knows who that is."""
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
