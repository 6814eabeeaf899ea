"""How commitments stood on a day that has passed, told back from their events.

What came of a promise and what was asked about it are those of that day. Its words, its deadline and who promised it
are today's: what was corrected since was wrong then as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from commitments.models import Asking, Commitment, Event

Kind = Event.Kind
OF_ASKING = (Kind.ASKED, Kind.ASKING_EDITED, Kind.ANSWERED, Kind.ASKING_WITHDRAWN)


class Past:
    """The changes after a day; none where that day is today or still to come, and then nothing is asked for."""

    def __init__(self, day: date, today: date) -> None:
        self.day = day
        self.has_passed = day < today
        self._changed: dict[int, Commitment] | None = None

    def changed(self) -> Mapping[int, Commitment]:
        """Return every commitment that stood otherwise on that day, by its key, as it stood; never to be saved."""
        if self._changed is None:
            since = self._since().order_by().values_list("commitment", flat=True).distinct()
            self._changed = Commitment.objects.in_bulk(list(since)) if self.has_passed else {}
            self.rewind(self._changed.values())
        return self._changed

    def rewind(self, commitments: Iterable[Commitment]) -> None:
        """Let these say what they said on that day, in two queries however many they are; never to be saved."""
        rows = {one.pk: one for one in commitments}
        if not self.has_passed or not rows:
            return
        changes = Changes()
        changes.add(self._since().filter(commitment__in=rows).values_list(*Changes.COLUMNS))
        changes.put_back(rows, _askings_about(changes.asked_about))

    def _since(self) -> Any:
        return changes_after(self.day)


class Changes:
    """The first change of each commitment after a day, which knows what was so until then.

    An earlier day is come to by adding the changes between: of two, the one that was written first counts.
    """

    COLUMNS = ("pk", "kind", "commitment", "before", "after")

    def __init__(self) -> None:
        self.asked_about: set[int] = set()
        self._status: dict[int, tuple[int, dict[str, Any]]] = {}
        self._asking: dict[str, tuple[int, dict[str, Any]]] = {}

    def add(self, events: Iterable[tuple[int, str, int, dict[str, Any], dict[str, Any]]]) -> None:
        """Take up changes, told by COLUMNS."""
        for pk, kind, commitment, before, after in events:
            if kind == Kind.STATUS_CHANGED:
                _keep_first(self._status, commitment, pk, before)
            else:
                self.asked_about.add(commitment)
                _keep_first(self._asking, after["asking"], pk, {} if kind == Kind.ASKED else before)

    def put_back(self, rows: Mapping[int, Commitment], askings: Mapping[int, Iterable[Asking]]) -> None:
        """Let these commitments say what they said before their changes; askings: of each that was asked about."""
        for pk, (_, before) in self._status.items():
            if pk in rows:
                _put_back(rows[pk], before)
        first = {asking: before for asking, (_, before) in self._asking.items()}
        for pk in self.asked_about:
            if pk in rows:
                _wait(rows[pk], askings.get(pk, ()), first)


def changes_after(day: date) -> Any:
    """Return the events after a day of which commitments are told back, in the order in which they were written."""
    kinds = (Kind.STATUS_CHANGED, *OF_ASKING)
    return Event.objects.filter(day__gt=day, kind__in=kinds, commitment__isnull=False).order_by("pk")


def _askings_about(commitments: Iterable[int]) -> dict[int, list[Asking]]:
    found: dict[int, list[Asking]] = defaultdict(list)
    for asking in Asking.objects.filter(commitment__in=list(commitments)):
        found[asking.commitment_id].append(asking)
    return found


def _keep_first(kept: dict[Any, tuple[int, dict[str, Any]]], name: Any, pk: int, before: dict[str, Any]) -> None:
    if name not in kept or pk < kept[name][0]:
        kept[name] = (pk, before)


def _put_back(commitment: Commitment, before: Mapping[str, Any]) -> None:
    commitment.status = before["status"]
    commitment.evidence = before.get("evidence", "")
    fulfilled = before.get("fulfilled_on")
    commitment.fulfilled_on = date.fromisoformat(fulfilled) if fulfilled else None


def _wait(commitment: Commitment, askings: Iterable[Asking], first: Mapping[str, Mapping[str, Any]]) -> None:
    """Let a commitment wait for what had been filed and not answered, as services.asking does."""
    waiting = []
    for asking in askings:
        before = first.get(str(asking.uid))
        if before is None:
            told = (asking.outcome, asking.waiting_until, asking.filed_on)
        elif not before:  # filed later
            continue
        else:
            filed = before.get("filed_on")
            told = (
                before["outcome"],
                date.fromisoformat(before["waiting_until"]),
                date.fromisoformat(filed) if filed else asking.filed_on,
            )
        if told[0] == Asking.Outcome.NONE:
            waiting.append((told[1], told[2]))
    until, filed_on = max(waiting, default=(None, None))
    commitment.waiting_until, commitment.asked_on = until, filed_on
