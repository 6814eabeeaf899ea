"""Commitments and agenda items as the engine for follow-ups wants them, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet

from commitments.bridge import SIDES
from commitments.engine import calendars
from commitments.engine.followups import Heard, Item, Known, Promise, hear, know
from commitments.engine.statements.sentences import split
from commitments.engine.types import Turn
from commitments.models import Commitment, Statement
from commitments.services import due
from transcripts.models import AgendaItem, Document, Mandate, Question, Speech
from transcripts.parsing.transcript import Capacity
from transcripts.register import competences

_BEFORE = 600  # characters before a promise in which its sentence before is looked for


@dataclass(frozen=True, slots=True)
class Followed:
    """A later item: its row, its turns as the engine counts them, and how it was heard."""

    row: AgendaItem
    speeches: tuple[Speech, ...]
    heard: Heard


class Promises:
    """Commitments with their statements, each as it stood before a day: what was said later is no promise yet."""

    def __init__(self, commitments: Iterable[Commitment]) -> None:
        self.rows = list(commitments)
        self._successors = _successors(self.rows)
        self._known: dict[tuple[int, int], Known] = {}

    def only(self) -> Commitment | None:
        """Return the one commitment there is, if any."""
        return self.rows[0] if self.rows else None

    def items_of(self, commitment: Commitment) -> set[int]:
        """Return the ids of the items in which it was said."""
        return {one.speech.item_id for one in commitment.accepted_statements}

    def before(self, commitment: Commitment, day: date) -> Known | None:
        """Return a commitment as it was known before a day; None where nothing of it was said yet."""
        said = [one for one in commitment.accepted_statements if one.said_on < day]
        if not said and (commitment.accepted_statements or commitment.said_on >= day):
            return None
        key = commitment.pk, len(said)
        if key not in self._known:
            self._known[key] = know(_promise(commitment, said, self._successors))
        return self._known[key]

    def heard_as(self, commitment: Commitment, items: Iterable[Heard]) -> set[str]:
        """Return every word whose rarity is asked when a commitment is compared with these items."""
        found: set[str] = set()
        for heard in items:
            known = self.before(commitment, heard.item.said_on)
            found |= known.heard_as(heard) if known else frozenset()
        return found

    def words(self, commitment: Commitment) -> frozenset[str]:
        """Return every word by which a commitment may be found."""
        return know(_promise(commitment, commitment.accepted_statements, self._successors)).words


def load(commitments: Collection[int]) -> Promises:
    """Bring along the open ones of these commitments with what was said of them, in a fixed number of queries."""
    statements = (
        Statement.objects.accepted().defer("cues", "due_at", "doubts").order_by("said_on", "speech_id", "start")
    )
    asked = Question.objects.select_related("asker").order_by("position")
    rows = Commitment.objects.open().filter(pk__in=list(commitments)).select_related("person", "mandate", "outside")
    said = [
        Prefetch("statements", statements, to_attr="accepted_statements"),
        *_along("accepted_statements__speech", Speech.objects.only("text", "item_id")),
        *_along("accepted_statements__speech__item", AgendaItem.objects.only("title", "document_id")),
        *_along("accepted_statements__speech__item__questions", asked),
    ]
    return Promises(rows.prefetch_related(*said).order_by("pk"))


class Families:
    """Whose promises an item may follow up: those of its ministers, and of who held a part of their portfolios."""

    def __init__(self) -> None:
        self._parts: dict[int, set[str]] = defaultdict(set)
        self._holders: dict[str, set[int]] = defaultdict(set)
        for person, portfolio in Mandate.objects.order_by().values_list("person_id", "portfolio"):
            for part in competences(portfolio):
                self._parts[person].add(part)
                self._holders[part].add(person)

    def of(self, item: Followed) -> set[int]:
        """Return the ids of these persons; none where no minister is known."""
        own = {one.person_id for one in item.speeches if one.person_id and one.capacity == Speech.Capacities.MINISTER}
        own |= {one.addressee_id for one in item.row.questions.all() if one.addressee_id}
        return own.union(*(self._holders[part] for person in own for part in self._parts.get(person, ())))


def open_before(near: Collection[int], day: date) -> dict[int, tuple[date, int | None]]:
    """Return which of these commitments are open and were first said before a day: the day it was said, and by whom."""
    rows = Commitment.objects.open().filter(pk__in=list(near), said_on__lt=day).order_by()
    return {pk: (said_on, person) for pk, said_on, person in rows.values_list("pk", "said_on", "person_id")}


def _along(path: str, rows: QuerySet[Any]) -> list[Prefetch]:
    return [Prefetch(path, rows)]


def items_of(document: Document) -> list[AgendaItem]:
    """Return the items of a document with what it takes to hear them."""
    return list(_items(AgendaItem.objects.filter(document=document)))


def later_items(near: Collection[int], commitment: Commitment, *, always: Collection[int] = ()) -> list[AgendaItem]:
    """Return those of these items that are later than the commitment, and of `always` some others."""
    later = AgendaItem.objects.filter(document__date__gt=commitment.said_on)
    return list(_items(later.filter(pk__in={*near, *always})))


def later_ids(near: Collection[int], commitment: Commitment) -> set[int]:
    """Return the ids of those of these items that are later than the commitment."""
    later = AgendaItem.objects.filter(pk__in=list(near), document__date__gt=commitment.said_on)
    return set(later.values_list("pk", flat=True))


def heard(item: AgendaItem) -> Followed:
    """Let the engine hear an item (of items_of or items_by_id)."""
    speeches = tuple(one for one in item.speeches.all() if not one.gone)
    questions = list(item.questions.all())
    said = Item(
        turns=[
            Turn(one.text, one.person.name if one.person else one.label, SIDES[Capacity(one.capacity)])
            for one in speeches
        ],
        said_on=item.document.date,
        title=item.title,
        addressees=frozenset(one.addressee.name for one in questions if one.addressee),
        askers=frozenset(one.asker.name for one in questions if one.asker),
        answers_to=[one.answer_to for one in speeches],
    )
    return Followed(item, speeches, hear(said, calendars.load()))


def _items(rows: "QuerySet[AgendaItem]") -> "QuerySet[AgendaItem]":
    return rows.prefetch_related(
        Prefetch("document", Document.objects.only("date", "kind", "title", "uid")),
        Prefetch("questions", Question.objects.select_related("asker", "addressee").order_by("position")),
        Prefetch(
            "speeches",
            Speech.objects.select_related("person").defer("pieces", "notes").order_by("position"),
        ),
    ).order_by("document__date", "document", "position")


def _promise(commitment: Commitment, said: list[Statement], successors: Mapping[int, frozenset[str]]) -> Promise:
    governing = due.governing(said) or commitment
    questions = [question for one in said for question in one.speech.item.questions.all()]
    person = {commitment.person.name} if commitment.person else set()
    outside = commitment.said_outside
    quotes = tuple(one.quote for one in said) or ((outside.quote if outside else commitment.title),)
    return Promise(
        quotes=quotes,
        contexts=tuple(_before(one) for one in said),
        persons=frozenset(person | successors.get(commitment.pk, frozenset())),
        said_on=tuple(one.said_on for one in said) or (commitment.said_on,),
        subject=" ".join(dict.fromkeys(one.speech.item.title for one in said)),
        due_text=governing.due_text,
        due_end=governing.due_end,
        numbers=frozenset(one.number for one in questions if one.number),
        askers=frozenset(one.asker.name for one in questions if one.asker),
    )


def _before(statement: Statement) -> str:
    text = statement.speech.text[max(0, statement.start - _BEFORE) : statement.start]
    sentences = split(text)
    return text[sentences[-1].start : sentences[-1].end] if sentences else ""


def _successors(commitments: list[Commitment]) -> dict[int, frozenset[str]]:
    """Return for each commitment who took over something of the portfolio it was promised under."""
    held = [one for one in commitments if one.mandate]
    if not held:
        return {}
    later: dict[str, list[Mandate]] = defaultdict(list)
    for mandate in Mandate.objects.select_related("person"):
        for part in competences(mandate.portfolio):
            later[part].append(mandate)
    found = {}
    for one in held:
        assert one.mandate is not None
        start, parts = one.mandate.start, competences(one.mandate.portfolio)
        found[one.pk] = frozenset(m.person.name for part in parts for m in later[part] if m.start >= start)
    return found
