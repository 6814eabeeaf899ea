"""A commitment and its statements: how it begins, how another one joins, and what it then says.

Every function here runs inside the caller's transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, FollowUp, OutsideStatement, Statement
from commitments.services import due
from commitments.services.errors import NotAllowedError
from commitments.services.locking import lock, show
from commitments.services.sayings import Row, Saying, in_order
from transcripts.models import Mandate

Relation = Statement.Relation
ORDER = ("said_on", "speech__item__document", "speech__item__position", "speech__position", "start")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild changed, for the events: before and after of the deadline, and of the rest. Equal: no change."""

    deadline: tuple[dict[str, Any], dict[str, Any]]
    rest: tuple[dict[str, Any], dict[str, Any]]


def begin(*, statement: Statement, title: str = "") -> Commitment:
    """Begin a commitment with its first statement."""
    person = statement.speech.person
    held = Mandate.objects.of(person).held_on(statement.said_on).order_by("-start").first() if person else None
    commitment = Commitment.objects.create(
        uid=_permanent_id(statement),
        title=(title.strip() or statement.summary or statement.quote)[:200],
        kind=statement.kind,
        condition=statement.condition,
        condition_on=due.condition_day(statement.condition, statement.said_on),
        person=person,
        mandate=held,
        said_on=statement.said_on,
        check_on=due.check_day(said_on=statement.said_on, due_start=statement.due_start, due_end=statement.due_end),
        **due.copy_of(statement),
    )
    statement.commitment = commitment
    statement.relation = Relation.ORIGINAL
    statement.save()
    return commitment


def attach(*, statement: Statement, commitment: Commitment) -> Rebuilt:
    """Let a statement join the commitment it repeats; the one said first stays, or becomes, the original.

    Raises NotAllowedError where the commitment began with words that are not public: a statement makes it public.
    """
    if OutsideStatement.objects.filter(commitment=commitment, public=False).exists():
        raise NotAllowedError(
            _(
                "This commitment began with words that are not public, and would become public with this statement. "
                "Make those words public first, or accept the statement as a commitment of its own."
            )
        )
    statement.commitment = commitment
    statement.save()
    rebuilt = rebuild(commitment=commitment, joined=statement)
    statement.refresh_from_db(fields=["relation"])
    return rebuilt


def sayings(commitment: Commitment) -> list[Saying]:
    """Return what was said of a commitment, oldest first, as it counts for its deadline."""
    postponing = commitment.follow_ups.filter(kind=FollowUp.Kind.POSTPONED, state=FollowUp.State.CONFIRMED)
    return in_order(
        outside=OutsideStatement.objects.filter(commitment=commitment).first(),
        statements=commitment.statements.order_by(*ORDER),
        follow_ups=postponing.select_related("item__document")
        .defer("item__document__text", "item__document__account_spans")
        .order_by("item__position", "pk"),
    )


def stands_without(commitment: Commitment, statement: Statement) -> bool:
    """Tell whether a commitment has other words to stand on than a statement's."""
    others = commitment.statements.exclude(pk=statement.pk)
    return others.exists() or OutsideStatement.objects.filter(commitment=commitment).exists()


def rebuild(*, commitment: Commitment, joined: Statement | None = None) -> Rebuilt:
    """Let a commitment say what was said of it, in that order, and return what that changed.

    1. The first is the original; each later statement repeats, supplements or amends what was said before it. A
       follow-up that was confirmed to put it off counts for the deadline as a statement does.
    2. The commitment was said on the day of the first, and its deadline is the one that counts.
    3. Without a last day it is asked about some months after the words that count were said.

    Its title, its promiser and what came of it are a person's, and stay. What `joined` is, the event of its joining
    tells; it is not told as a change.
    """
    row = lock(commitment)
    said = sayings(row)
    rows = [one.row for one in said]
    relations: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for at, one in enumerate(rows):
        if not isinstance(one, Statement):
            continue
        relation = _relation(one, rows[:at])
        if relation != one.relation:
            if one != joined:
                relations[0][str(one.uid)], relations[1][str(one.uid)] = one.relation, relation
            one.relation = relation
            one.save()
    before = due.told(row), _rest(row) | {"relations": relations[0]}
    stored = due.copy_of(row), row.condition_on
    source = due.governing(rows)
    for name, value in (due.copy_of(source) if source else due.fields_of(None)).items():
        setattr(row, name, value)
    row.said_on = next((one.day for one in said if not isinstance(one.row, FollowUp)), row.said_on)
    counted_from = said[rows.index(source)].day if source else row.said_on
    row.check_on = due.check_day(said_on=counted_from, due_start=row.due_start, due_end=row.due_end)
    row.condition_on = due.condition_day(row.condition, row.said_on)
    after = due.told(row), _rest(row) | {"relations": relations[1]}
    if after != before or (due.copy_of(row), row.condition_on) != stored:
        row.save()
    show(commitment, row)
    return Rebuilt((before[0], after[0]), _differing(before[1], after[1]))


def tell_deadline(
    rebuilt: Rebuilt,
    *,
    kind: str,
    commitment: Commitment,
    actor: Any,
    day: date,
    statement: Statement | None = None,
    follow_up: FollowUp | None = None,
) -> None:
    """Leave an event where the commitment's deadline became another one; `statement` or `follow_up`: what moved it."""
    before, after = rebuilt.deadline
    if before != after:
        Event.objects.create(
            kind=kind,
            day=day,
            actor=actor,
            commitment=commitment,
            statement=statement,
            follow_up=follow_up,
            before=before,
            after=after,
        )


def _permanent_id(statement: Statement) -> UUID:
    """Return the id of what begins with a statement: the same when a judgement is undone and made again.

    So an address that was sent around leads there still, and an office finds its notes again.
    """
    uid = uuid5(statement.uid, "commitment")
    return uuid4() if Commitment.objects.filter(uid=uid).exists() else uid


def _rest(row: Commitment) -> dict[str, Any]:
    return {"said_on": row.said_on.isoformat(), "check_on": row.check_on.isoformat() if row.check_on else None}


def _differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    names = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def _relation(statement: Statement, earlier: Sequence[Row]) -> str:
    """Say what a later statement adds: nothing, a deadline where none was named, or another deadline."""
    if not earlier:
        return Relation.ORIGINAL
    so_far = due.governing(earlier)
    if not statement.due_text and statement.due_start is None and statement.due_end is None:
        return Relation.REPEAT
    if so_far is None:
        return Relation.SUPPLEMENT
    same = (statement.due_start, statement.due_end) == (so_far.due_start, so_far.due_end)
    vague = statement.due_end is None and so_far.due_end is not None
    return Relation.REPEAT if same or vague else Relation.AMENDMENT
