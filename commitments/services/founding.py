"""A commitment and its statements: how it begins, how another statement joins, which deadline it then has."""

from datetime import date
from typing import Any

from commitments.models import Commitment, Event, Statement
from commitments.services import due
from transcripts.models import Mandate

Relation = Statement.Relation
ORDER = ("said_on", "speech__item__document", "speech__item__position", "speech__position", "start")


def begin(*, statement: Statement, title: str = "") -> Commitment:
    """Begin a commitment with its first statement."""
    person = statement.speech.person
    held = Mandate.objects.of(person).held_on(statement.said_on).order_by("-start").first() if person else None
    commitment = Commitment.objects.create(
        title=(title.strip() or statement.summary or statement.quote)[:200],
        kind=statement.kind,
        condition=statement.condition,
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


def attach(*, statement: Statement, commitment: Commitment) -> Commitment:
    """Let a statement join the commitment it repeats; the one said first stays, or becomes, the original."""
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    before = list(commitment.statements.order_by(*ORDER))
    statement.commitment = commitment
    statement.save()
    in_order = list(commitment.statements.order_by(*ORDER))
    if in_order[0].pk == statement.pk:
        statement.relation = Relation.ORIGINAL
        if before and before[0].relation == Relation.ORIGINAL:
            before[0].relation = _relation(before[0], [statement])
            before[0].save()
        commitment.said_on = statement.said_on
        commitment.save()
    else:
        at = [one.pk for one in in_order].index(statement.pk)
        statement.relation = _relation(statement, in_order[:at])
    statement.save()
    return commitment


def settle(*, commitment: Commitment, actor: Any, day: date, kind: str | None, statement: Statement) -> None:
    """Give the commitment the deadline its statements give it; where that changes it, leave an event of `kind`.

    kind None: the change was told already.
    """
    commitment = Commitment.objects.select_for_update().get(pk=commitment.pk)
    statements = list(commitment.statements.order_by(*ORDER))
    source = due.governing(statements)
    before = due.told(commitment)
    for name, value in (due.copy_of(source) if source else due.fields_of(None)).items():
        setattr(commitment, name, value)
    said_on = (source or statements[0]).said_on
    after = due.told(commitment)
    if after == before:
        return
    commitment.check_on = due.check_day(said_on=said_on, due_start=commitment.due_start, due_end=commitment.due_end)
    commitment.save()
    if kind is not None:
        Event.objects.create(
            kind=kind, day=day, actor=actor, commitment=commitment, statement=statement, before=before, after=after
        )


def _relation(statement: Statement, earlier: list[Statement]) -> str:
    """Say what a later statement adds: nothing, a deadline where none was named, or another deadline."""
    so_far = due.governing(earlier)
    if not statement.due_text and statement.due_start is None and statement.due_end is None:
        return Relation.REPEAT
    if so_far is None:
        return Relation.SUPPLEMENT
    same = (statement.due_start, statement.due_end) == (so_far.due_start, so_far.due_end)
    vague = statement.due_end is None and so_far.due_end is not None
    return Relation.REPEAT if same or vague else Relation.AMENDMENT
