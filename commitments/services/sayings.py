"""What was said of a promise, in order: elsewhere, in parliament, and where it was put off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from commitments.models import FollowUp, OutsideStatement, Statement

Row = OutsideStatement | Statement | FollowUp


@dataclass(frozen=True, slots=True)
class Saying:
    """One time something was said of a promise. row: what it was, each with the deadline it names, if any."""

    day: date
    row: Row


def in_order(
    *, outside: OutsideStatement | None, statements: Iterable[Statement], follow_ups: Iterable[FollowUp]
) -> list[Saying]:
    """Return everything that was said, oldest first.

    statements: in the order of one day. follow_ups: those that put it off, with item and document, in that order too;
    on one day they come after the statements.
    """
    said = [Saying(outside.said_on, outside)] if outside else []
    said += [Saying(one.said_on, one) for one in statements]
    said += [Saying(one.item.document.date, one) for one in follow_ups if puts_off(one)]
    return sorted(said, key=lambda one: one.day)


def puts_off(follow_up: FollowUp) -> bool:
    """Tell whether a follow-up gives a promise another deadline: one that a person confirmed to."""
    named = follow_up.due_end is not None or follow_up.due_start is not None or bool(follow_up.due_text)
    return named and follow_up.kind == FollowUp.Kind.POSTPONED and follow_up.state == FollowUp.State.CONFIRMED
