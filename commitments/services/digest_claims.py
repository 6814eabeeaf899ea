"""What each mail will tell, and that it is claimed: one row per subscription and period, with the ids of its items.

The rows of some hundreds of subscribers are written at once; what all of them are told is read once, what each chose or
keeps for itself once for those hundreds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, JSONField, Min, OuterRef, Subquery

from commitments.models import Digest, Subscription
from commitments.services.digest_blocks import (
    FIRST_LOOK_BACK,
    OVERLAP,
    TOLD_ON,
    TOLD_ONCE,
    Blocks,
    by_commitment,
    read_blocks,
)
from commitments.services.digest_topics import Topics, labels_of, searched_by
from commitments.services.office_digest import NOTES, WEEK, Own, read_own
from commitments.subscription_querysets import SubscriptionQuerySet

AT_ONCE = 500  # subscribers
# What comes back although its reminder was put off: an answer or another deadline is news, and a term that passed too.
DESPITE_PUT_OFF = ("no_answer", "lapsing")


@dataclass(slots=True)
class _Day:
    """What is read once for all who are due."""

    blocks: Blocks
    topics: Topics


def claim(*, due: SubscriptionQuerySet, day: date) -> int:
    """Claim a mail for everybody in `due` (with their `period`); return for how many. Who comes second claims nothing.

    A subscriber who wants no mail without news gets a claim that says so, and is not looked at again in that period.
    """
    found: dict[str, Any] = _with_last(due).aggregate(number=Count("pk"), since=Min("last_claimed_at"))
    if not found["number"]:
        return 0
    shared = _read(day, since=found["since"])
    claimed = 0
    for batch in _batches(due):
        rows = [
            Digest(
                subscription=one,
                period=one.period,
                rhythm=one.rhythm,
                items=items,
                nothing=_is_nothing(one, items),
            )
            for one, items in _items_of(batch, shared)
        ]
        Digest.objects.bulk_create(rows, ignore_conflicts=True)
        claimed += len(rows)
    return claimed


def would_tell(*, subscription: Subscription, day: date) -> tuple[dict[str, Any], bool]:
    """Return what a mail would tell a subscriber now, and whether one would be sent. Changes nothing."""
    (one,) = next(_batches(Subscription.objects.filter(pk=subscription.pk)))
    shared = _read(day, since=one.last_claimed_at)
    ((_, items),) = _items_of([one], shared)
    return items, not _is_nothing(one, items)


def _read(day: date, *, since: datetime | None) -> _Day:
    blocks = read_blocks(day, since=since)
    return _Day(blocks, Topics(blocks.commitments, day))


def _with_last(rows: SubscriptionQuerySet) -> SubscriptionQuerySet:
    """Annotate what the last mail that went out told, and when it was claimed: an unsent one told nothing."""
    last = Digest.objects.sent().filter(subscription=OuterRef("pk")).order_by("-claimed_at", "-pk")
    return rows.annotate(
        last_items=Subquery(last.values("items")[:1], output_field=JSONField()),
        last_claimed_at=Subquery(last.values("claimed_at")[:1], output_field=DateTimeField()),
        last_period=Subquery(last.values("period")[:1]),
    )


def _batches(rows: SubscriptionQuerySet) -> Iterator[list[Any]]:
    after = 0
    while True:
        following = _with_last(rows).filter(pk__gt=after).select_related("user").prefetch_related("topics__search")
        batch = list(following.order_by("pk")[:AT_ONCE])
        if not batch:
            return
        yield batch
        after = batch[-1].pk
        if len(batch) < AT_ONCE:
            return


def _items_of(batch: list[Any], shared: _Day) -> Iterator[tuple[Any, dict[str, Any]]]:
    day = shared.blocks.day
    users = [one.user_id for one in batch]
    own = read_own(users, day, notes_from=min([_notes_from(one, day) for one in batch]))
    labels, searched = labels_of(batch, shared.topics), searched_by(batch, shared.topics)
    told = _told(batch)
    for one in batch:
        found = shared.topics.of(
            one,
            labelled=labels.get(one.user_id, {}),
            watched=set(own[one.user_id].watched),
            searched=searched,
        )
        yield one, _items(one, shared, own[one.user_id], found, told[one.pk])


def _notes_from(subscription: Any, day: date) -> date:
    """From the week before the last mail on, so that a week without a run is made up for."""
    return min(subscription.last_period or day, day) - WEEK


def _told(batch: list[Any]) -> dict[int, tuple[set[int], set[str]]]:
    """Return the events and the notes that the mails of each subscription which went out have told.

    A digest carries on what the ones before it told. Those of an earlier version did not: there they are all read.
    """
    found = {one.pk: (set(), set()) for one in batch}  # type: dict[int, tuple[set[int], set[str]]]
    old = []
    for one in batch:
        items = one.last_items or {}
        if one.last_items is not None and "told" not in items:
            old.append(one.pk)
        _add(found[one.pk], items)
    if old:
        rows = Digest.objects.sent().filter(subscription__in=old).values_list("subscription", "items")
        for pk, items in rows.iterator():
            _add(found[pk], items)
    return found


def _add(told: tuple[set[int], set[str]], items: dict[str, Any]) -> None:
    told[0].update(items.get("events", []), items.get("told", []))
    told[1].update(items.get("notes", []), items.get("told_notes", []))


def _items(
    one: Any, shared: _Day, own: Own, about: set[int] | None, told_before: tuple[set[int], set[str]]
) -> dict[str, Any]:
    """Return what to tell one subscriber: ids of commitments per block, and the events by which they are news.

    about: the commitments the subscription is about, None for everything.
    """
    blocks, (told, told_notes) = shared.blocks, told_before

    def mine(name: str) -> list[int]:
        hidden = set() if name in DESPITE_PUT_OFF else own.put_off
        return [pk for pk in blocks.ids[name] if (about is None or pk in about) and pk not in hidden]

    items: dict[str, Any] = {"day": blocks.day.isoformat(), **blocks.counts}
    news: list[int] = []
    for name in TOLD_ONCE:
        items[name] = [pk for pk in mine(name) if blocks.news[name][pk] not in told]
        news += [blocks.news[name][pk] for pk in items[name]]
    for name in TOLD_ON:
        items[name] = mine(name)
        came = (blocks.news[name].get(pk) for pk in items[name])
        news += [event for event in came if event is not None and event not in told]
    new = set(news)
    overdue = items.pop("overdue")
    became = blocks.news["overdue"]
    # What no watch has noted yet is new as well: a preview does not wait for one.
    items["newly_overdue"] = [pk for pk in overdue if became.get(pk) is None or became[pk] in new]
    items["still_overdue"] = [pk for pk in overdue if pk in became and became[pk] not in new]
    items["meetings"] = {str(pk): blocks.meetings[pk].isoformat() for pk in items["due_soon"] if pk in blocks.meetings}
    items["asked"] = mine("asked")
    items["watched"] = [pk for pk in own.watched if pk not in own.put_off]
    changes = [
        change
        for change in blocks.changes
        if (about is None or change.commitment in about) and change.event not in told and _is_since(change, one, blocks)
    ]
    items["changed"] = [[pk, events] for pk, events in by_commitment(changes).items()]
    items["notes"] = [
        pk for pk, written in own.notes if pk not in told_notes and written >= _notes_from(one, blocks.day)
    ][:NOTES]
    items["events"] = [*news, *(change.event for change in changes)]
    items["told"] = blocks.worth_remembering(told)
    items["told_notes"] = sorted(told_notes & {pk for pk, _ in own.notes})
    in_charge = (pk for name in ("overdue", "due_soon", "time_to_ask") for pk in blocks.ids[name])
    items["put_off"] = len({pk for pk in in_charge if pk in own.put_off and (about is None or pk in about)})
    return items


def _is_since(change: Any, one: Any, blocks: Blocks) -> bool:
    if one.last_claimed_at is None:
        return bool(change.day >= blocks.day - timedelta(days=FIRST_LOOK_BACK))
    return bool(change.at >= one.last_claimed_at - OVERLAP)


def _is_nothing(one: Subscription, items: dict[str, Any]) -> bool:
    """Is there nothing for which this subscriber wants a mail?"""
    if one.rhythm == Subscription.Rhythm.CHANGES:
        return not (items["events"] or items["notes"] or items["newly_overdue"])
    blocks = ("newly_overdue", "still_overdue", "due_soon", "time_to_ask", "asked", "watched", "changed", "notes")
    return not one.also_when_nothing and not any(items[name] for name in (*blocks, *TOLD_ONCE))
