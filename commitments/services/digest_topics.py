"""Which commitments a subscription is about. The facts are read once for all subscribers, and compared in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Value

from commitments.models import Asking, Commitment, Statement, Subscription, Tagging, Topic
from commitments.search_forms import Choices
from commitments.searches import found_by
from commitments.showing.succession import Holders
from transcripts.models import Question
from transcripts.register import competences

SEARCHES_AT_ONCE = 10
AT_ONCE = 5000  # ids in one question; a database takes no more than some ten thousand

Sets = dict[Any, set[int]]


@dataclass(slots=True)
class _Facts:
    """Ids of commitments by what they are about."""

    minister: Sets = field(default_factory=lambda: defaultdict(set))
    competence: Sets = field(default_factory=lambda: defaultdict(set))
    committee: Sets = field(default_factory=lambda: defaultdict(set))
    member: Sets = field(default_factory=lambda: defaultdict(set))
    ids: dict[UUID, int] = field(default_factory=dict)
    text: dict[int, str] = field(default_factory=lambda: defaultdict(str))


class Topics:
    """What the commitments in question are about, on a day. Nothing is read before somebody chose a topic."""

    def __init__(self, commitments: Collection[int], day: date) -> None:
        self.commitments = commitments
        self.day = day
        self._words: dict[str, set[int]] = {}

    def of(self, subscription: Subscription, *, labelled: Sets, watched: set[int], searched: Sets) -> set[int] | None:
        """Return the ids of the commitments a subscription is about; None where it is about everything.

        The topics are to be prefetched. labelled: ids by label, of the labels that the subscriber may see today.
        watched: what is on the subscriber's watch lists. searched: ids by saved search.
        """
        if subscription.everything:
            return None
        found: set[int] = set()
        for topic in subscription.topics.all():
            found |= self._about(topic, labelled, watched, searched)
        return found

    @property
    def ids(self) -> dict[UUID, int]:
        """Ids of the commitments in question, by their permanent ids."""
        return self._facts.ids

    def _about(self, topic: Topic, labelled: Sets, watched: set[int], searched: Sets) -> set[int]:
        kinds = Topic.Kind
        if topic.kind == kinds.WATCH_LIST:
            return watched
        if topic.kind == kinds.LABEL:
            return labelled.get(topic.label_id, set())
        if topic.kind == kinds.SEARCH:
            return searched.get(topic.search_id, set())
        facts = self._facts
        if topic.kind == kinds.MINISTER:
            return facts.minister.get(topic.person_id, set())
        if topic.kind == kinds.MEMBER:
            return facts.member.get(topic.person_id, set())
        if topic.kind == kinds.COMMITTEE:
            return facts.committee.get(topic.words.casefold(), set())
        if topic.kind == kinds.PORTFOLIO:
            parts = competences(topic.words)
            return set().union(*(facts.competence.get(part, set()) for part in parts))
        return self._with_words(topic.words)

    def _with_words(self, words: str) -> set[int]:
        """Every word stands in the title, the deadline as spoken, the promiser's name or in what was said."""
        if words not in self._words:
            wanted = words.casefold().split()
            self._words[words] = {pk for pk, text in self._facts.text.items() if all(word in text for word in wanted)}
        return self._words[words]

    @cached_property
    def _facts(self) -> _Facts:
        facts = _Facts()
        holders = Holders(self.day)
        for row in _rows(Commitment.objects.select_related("mandate", "person", "outside"), "pk", self.commitments):
            facts.ids[row.uid] = row.pk
            facts.minister[row.person_id].add(row.pk)
            for holder in holders.after(row.mandate):
                facts.minister[holder.person.pk].add(row.pk)
            for part in competences(row.mandate.portfolio) if row.mandate else ():
                facts.competence[part].add(row.pk)
            said = [row.title, row.due_text, row.person.name if row.person else ""]
            said += [row.said_outside.quote] if row.said_outside else []
            facts.text[row.pk] = "\n".join(said).casefold()
        items: Sets = defaultdict(set)
        statements = Statement.objects.accepted().values_list(
            "commitment", "quote", "addressee", "speech__item", "speech__item__document__meeting__committee"
        )
        for commitment, quote, addressee, item, committee in _rows(statements, "commitment", self.commitments):
            facts.text[commitment] += "\n" + quote.casefold()
            facts.member[addressee].add(commitment)
            facts.committee[(committee or "").casefold()].add(commitment)
            items[item].add(commitment)
        for item, asker in _rows(Question.objects.values_list("item", "asker"), "item", items):
            facts.member[asker] |= items[item]
        for commitment, asker in _rows(
            Asking.objects.values_list("commitment", "asker"), "commitment", self.commitments
        ):
            facts.member[asker].add(commitment)
        for found in (facts.minister, facts.member):
            found.pop(None, None)
        facts.committee.pop("", None)
        return facts


def labels_of(subscriptions: Iterable[Subscription], topics: Topics) -> dict[int, Sets]:
    """Return, by user and label, the ids of the commitments with a label that was chosen and is the user's to see."""
    chosen = {
        (one.user_id, topic.label_id)
        for one in subscriptions
        if not one.everything
        for topic in one.topics.all()
        if topic.label_id is not None
    }
    found: dict[int, Sets] = defaultdict(lambda: defaultdict(set))
    if chosen:
        users, labels = {user for user, _ in chosen}, {label for _, label in chosen}
        given = Tagging.objects.seen_by_each(users).filter(tag__in=labels)
        ids = topics.ids
        for user, label, commitment in given.values_list("viewer", "tag", "commitment"):
            if (user, label) in chosen and commitment in ids:
                found[user][label].add(ids[commitment])
    return found


def searched_by(subscriptions: Iterable[Subscription], topics: Topics) -> Sets:
    """Return, by saved search, the ids of the commitments in question that it finds for its owner on the day.

    Some searches are put to the database together; what each finds is what its owner's page would show.
    """
    chosen = [
        (topic.search, one.user)
        for one in subscriptions
        if not one.everything
        for topic in one.topics.all()
        if topic.search is not None and topic.search.user_id == one.user_id
    ]
    found: Sets = defaultdict(set)
    choices, wanted = Choices(topics.day), sorted(topics.commitments)
    for at in range(0, len(chosen), SEARCHES_AT_ONCE):
        some = chosen[at : at + SEARCHES_AT_ONCE]
        asked = [
            found_by(search.query, viewer=user, choices=choices)
            .order_by()
            .annotate(by=Value(number))
            .values_list("by", "pk")
            for number, (search, user) in enumerate(some)
        ]
        for start in range(0, len(wanted), AT_ONCE // len(some)):
            among = wanted[start : start + AT_ONCE // len(some)]
            first, *others = [one.filter(pk__in=among) for one in asked]
            for number, pk in first.union(*others, all=True):
                found[some[number][0].pk].add(pk)
    return found


def _rows(rows: Any, field: str, ids: Collection[int]) -> Iterator[Any]:
    ordered = sorted(ids)
    for start in range(0, len(ordered), AT_ONCE):
        yield from rows.filter(**{f"{field}__in": ordered[start : start + AT_ONCE]}).iterator()
