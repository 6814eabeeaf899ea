"""How far the web service of the parliament was read: what is done in this run, what failed, what is still to come."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from transcripts.models import SyncPosition
from transcripts.parliament.answers import Stamp

NAME = "parliament"
LOOK_BACK = 30  # days read again each time, for reports that were corrected
WAIT = 200  # days a paper that is still to be completed is asked for
ATTEMPTS = 10  # runs in which a paper that failed is asked for

SILENT = timedelta(hours=2)  # without a sign of life, after which a run is taken to be dead: longer than any pause

_DAYS = ("through", "since", "until", "unlisted")


class TakenOverError(Exception):
    """The position is held by another run."""


def take(at: datetime) -> str:
    """Let one run read, and no other meanwhile; return its name, or nothing where another reads.

    A run that gave no sign of life for SILENT is taken over.
    """
    SyncPosition.objects.get_or_create(name=NAME)
    run = uuid4().hex
    free = SyncPosition.objects.filter(name=NAME).filter(Q(held_by="") | Q(held_at__lt=at - SILENT))
    return run if free.update(held_by=run, held_at=at) else ""


def start_again(*, since: date, actor: Any) -> None:
    """Let the next run read everything from `since` on. Raises TakenOverError while a run reads."""
    with transaction.atomic():
        row, _made = SyncPosition.objects.select_for_update().get_or_create(name=NAME)
        position = load()
        position.since, position.until, position.done, position.stamps = since, None, [], {}
        position.committees = []
        position.save()
        said = f"{row.name}: {since.isoformat()}"
        LogEntry.objects.log_actions(actor.pk, [row], CHANGE, said, single_object=True)


@dataclass(slots=True)
class Position:
    """The position, as the row of that name holds it. A paper is named "verg:<id>" or "schv:<id>".

    through  all was read until this day; None before the first whole run
    since, until, done  the run that was cut short: its days, and the papers done in it; None between runs
    committees  of that run
    unlisted  first day of which the list of written questions did not come, in an earlier run; None where it did
    failed   papers that failed, and in how many runs
    waiting  papers that are not complete yet, and the day they were first seen
    held_by  the run that may write it; empty where none reads
    stamps   by what a meeting is seen to have changed, for the meetings that are looked at again
    """

    through: date | None = None
    since: date | None = None
    until: date | None = None
    unlisted: date | None = None
    done: list[str] = field(default_factory=list)
    committees: list[str] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, date] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    held_by: str = ""

    def begin(self, since: date | None, until: date, committees: frozenset[str]) -> tuple[date, date]:
        """Begin a run, or go on with the one like it that was cut short; return its days.

        Raises ValueError where nobody says since when and nothing was read before.
        """
        if self.since is not None and since in (None, self.since) and sorted(committees) == self.committees:
            self.until = until
            return self.since, until
        since = since or self.since
        if since is None and self.through is None:
            raise ValueError("Nothing was read before: say since which day, as in --since 2024-09-01.")
        if since is None and self.through is not None:
            since = self.through - timedelta(days=LOOK_BACK)
        assert since is not None
        self.since, self.until, self.done, self.committees = since, until, [], sorted(committees)
        return since, until

    def end(self, seen: set[str]) -> None:
        """Note that the run is over; stamps are kept of what was seen in it and of what is still to come."""
        self.through = max(self.until, self.through) if self.until and self.through else self.until
        self.since = self.until = None
        self.done, self.committees = [], []
        self.stamps = {key: stamp for key, stamp in self.stamps.items() if key in seen or key in self.waiting}

    def save(self, at: datetime | None = None) -> None:
        """Write the row; for a run, also that it lives `at`. Raises TakenOverError where another run reads now."""
        days = {key: day.isoformat() if day else "" for key, day in self._days().items()}
        position: dict[str, Any] = days | {
            "done": self.done,
            "committees": self.committees,
            "failed": self.failed,
            "waiting": {key: day.isoformat() for key, day in self.waiting.items()},
            "stamps": {key: asdict(stamp) for key, stamp in self.stamps.items()},
        }
        SyncPosition.objects.get_or_create(name=NAME)
        row = SyncPosition.objects.filter(name=NAME, held_by=self.held_by)
        written = {"position": position, "at": timezone.now()} | ({"held_at": at} if at else {})
        if not row.update(**written):
            raise TakenOverError("Another run reads the service now; this one ends here.")

    def release(self) -> None:
        """Let another run read."""
        SyncPosition.objects.filter(name=NAME, held_by=self.held_by).update(held_by="", held_at=None)

    def _days(self) -> dict[str, date | None]:
        return {key: getattr(self, key) for key in _DAYS}


def load() -> Position:
    """Return the position the row holds; an empty one where there is no row."""
    row = SyncPosition.objects.filter(name=NAME).first()
    held = row.position if row else {}
    days = {key: date.fromisoformat(held[key]) for key in _DAYS if held.get(key)}
    return Position(
        through=days.get("through"),
        since=days.get("since"),
        until=days.get("until"),
        unlisted=days.get("unlisted"),
        done=list(held.get("done", [])),
        committees=list(held.get("committees", [])),
        failed=dict(held.get("failed", {})),
        waiting={key: date.fromisoformat(day) for key, day in held.get("waiting", {}).items()},
        stamps={key: Stamp(**stamp) for key, stamp in held.get("stamps", {}).items()},
    )
