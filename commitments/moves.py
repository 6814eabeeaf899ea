"""From which status to which other one a commitment may go, and what each move needs. The only place that says so.

A move back undoes a mistake; it leaves its event as any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from commitments.models import Commitment

Status = Commitment.Status


@dataclass(frozen=True, slots=True)
class Move:
    """What a move needs.

    evidence   where it can be read; that of the move before counts too
    day        since when; without one, the day of the change
    successor  the commitment that took its place
    """

    evidence: bool = False
    day: bool = False
    successor: bool = False


NOTHING = Move()
_FULFILLED = Move(evidence=True, day=True)
_CLOSED: dict[str, Move] = {
    Status.FULFILLED: _FULFILLED,
    Status.DROPPED: Move(evidence=True),
    Status.LAPSED: NOTHING,
    Status.SUPERSEDED: Move(successor=True),
}

MOVES: Mapping[str, Mapping[str, Move]] = {
    Status.OPEN: {Status.PARTLY: NOTHING, **_CLOSED},
    Status.PARTLY: {Status.OPEN: NOTHING, **_CLOSED},
    Status.FULFILLED: {Status.OPEN: NOTHING, Status.PARTLY: NOTHING},
    Status.DROPPED: {Status.OPEN: NOTHING},
    Status.LAPSED: {Status.OPEN: NOTHING},
    Status.SUPERSEDED: {Status.OPEN: NOTHING},
}


def allowed(status: str) -> list[str]:
    """Return where a commitment may go from `status`, in the order of the statuses."""
    return [one for one in Status.values if one in MOVES[status]]


def move(before: str, after: str) -> Move | None:
    """Return what the move needs; None where it is not allowed. Staying (with other evidence) needs what coming did."""
    if before != after:
        return MOVES[before].get(after)
    return next((needs for to in MOVES.values() if (needs := to.get(after))), NOTHING)
