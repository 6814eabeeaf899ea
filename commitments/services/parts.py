"""The checklist of a promise: its parts, each done on a day and with evidence of its own."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, Part
from commitments.querysets import OPEN
from commitments.services import tracking
from commitments.services.errors import NotAllowedError
from commitments.services.locking import lock, show

Status = Commitment.Status


@transaction.atomic
def add(*, commitment: Commitment, actor: Any, day: date, title: str) -> Part:
    """Add a part at the end of the list. A part of the same name is the same part. Raises NotAllowedError."""
    row = _lock_open(commitment)
    title = " ".join(title.split())[:200]
    if not title:
        raise NotAllowedError(_("Say what the part is."))
    same = row.parts.filter(title=title).first()
    if same is not None:
        return same
    last = row.parts.order_by("-position").values_list("position", flat=True).first()
    part = Part.objects.create(commitment=row, position=0 if last is None else last + 1, title=title)
    _leave(Event.Kind.PART_ADDED, part, actor, day, after=_told(part), restores={"part": {"pk": part.pk}})
    return part


@transaction.atomic
def tick(*, part: Part, actor: Any, day: date, done_on: date | None = None, evidence: str = "") -> Part:
    """Say that a part is done (default: on `day`), and where that can be read.

    The first one makes the commitment partly fulfilled; that it is fulfilled altogether, a person says.
    Raises NotAllowedError.
    """
    commitment = _lock_open(part.commitment)
    row = Part.objects.get(pk=part.pk)
    before, restores = _told(row), kept(row)
    row.done_on = done_on or row.done_on or day
    row.evidence = evidence.strip() or row.evidence
    if not row.evidence:
        raise NotAllowedError(_("Say where it can be read: an address, a document, a page."))
    if row.done_on > day:
        raise NotAllowedError(_("It cannot have been fulfilled on a day that is still to come."))
    if _told(row) != before:
        row.done_by = actor
        row.save()
        restores |= {"status": tracking.told(commitment)}
        _leave(Event.Kind.PART_DONE, row, actor, day, before=before, after=_told(row), restores=restores)
    if commitment.status == Status.OPEN:
        tracking.change_status(commitment=commitment, actor=actor, day=day, status=Status.PARTLY, beside=True)
    show(part, row)
    return row


@transaction.atomic
def untick(*, part: Part, actor: Any, day: date) -> Part:
    """Say that a part is not done after all; with none left, the commitment is open again. Raises NotAllowedError."""
    commitment = _lock_open(part.commitment)
    row = Part.objects.get(pk=part.pk)
    if row.done_on is not None:
        before, restores = _told(row), kept(row) | {"status": tracking.told(commitment)}
        row.done_on, row.evidence, row.done_by = None, "", None
        row.save()
        _leave(Event.Kind.PART_REOPENED, row, actor, day, before=before, after=_told(row), restores=restores)
        _reopen_without_any(commitment, actor, day)
    show(part, row)
    return row


@transaction.atomic
def remove(*, part: Part, actor: Any, day: date) -> None:
    """Take a part off the list; the event keeps what it said. Raises NotAllowedError."""
    commitment = _lock_open(part.commitment)
    restores = kept(part) | {"status": tracking.told(commitment)}
    _leave(Event.Kind.PART_REMOVED, part, actor, day, before=_told(part), restores=restores)
    was_done = part.done_on is not None
    part.delete()
    if was_done:
        _reopen_without_any(commitment, actor, day)


def all_done(parts: Iterable[Part]) -> bool:
    """Tell whether there are parts and each is done: then fulfilled is what a person may want to say."""
    done = [part.done_on is not None for part in parts]
    return bool(done) and all(done)


def _lock_open(commitment: Commitment) -> Commitment:
    row = lock(commitment)
    if row.status not in OPEN:
        raise NotAllowedError(_("This commitment is closed; make it open again before changing its parts."))
    return row


def _reopen_without_any(commitment: Commitment, actor: Any, day: date) -> None:
    if commitment.status == Status.PARTLY and not commitment.parts.filter(done_on__isnull=False).exists():
        tracking.change_status(commitment=commitment, actor=actor, day=day, status=Status.OPEN, beside=True)


def kept(part: Part) -> dict[str, Any]:
    """Return what a part says now, as an event keeps it for undoing."""
    fields = ("pk", "position", "title", "evidence", "done_by_id")
    day = part.done_on.isoformat() if part.done_on else None
    return {"part": {name: getattr(part, name) for name in fields} | {"done_on": day}}


def put_back(*, commitment: Commitment, restores: dict[str, Any], actor: Any, day: date) -> Event:
    """Let a part be as an event kept it, there or not, and return the event of that."""
    facts = dict(restores)
    row = Part.objects.filter(pk=facts["pk"], commitment=commitment).first()
    before = _told(row) if row else {}
    if "title" not in facts:  # there was none
        part = row or Part(pk=facts["pk"], commitment=commitment)
        event = _leave(Event.Kind.PART_REMOVED, part, actor, day, before=before)
        if row:
            row.delete()
        return event
    facts["done_on"] = date.fromisoformat(facts["done_on"]) if facts["done_on"] else None
    part, _created = Part.objects.update_or_create(pk=facts.pop("pk"), defaults=facts | {"commitment": commitment})
    kinds = Event.Kind
    kind = kinds.PART_ADDED if row is None else kinds.PART_DONE if part.done_on else kinds.PART_REOPENED
    return _leave(kind, part, actor, day, before=before, after=_told(part))


def _told(part: Part) -> dict[str, str | None]:
    return {
        "part": part.title,
        "done_on": part.done_on.isoformat() if part.done_on else None,
        "evidence": part.evidence,
    }


def _leave(kind: str, part: Part, actor: Any, day: date, **sides: Any) -> Event:
    return Event.objects.create(kind=kind, day=day, actor=actor, commitment_id=part.commitment_id, **sides)
