"""The weekly digest: claimed with its items, then sent; a crash in between loses nothing and repeats nothing."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from commitments.mails import digest_mail
from commitments.models import Commitment, Digest, Event, Statement, Subscription
from commitments.services import office_digest
from commitments.services.watch import note_overdue
from tracker.clock import now
from transcripts.models import Document

log = logging.getLogger(__name__)

SENT_FROM = time(7)  # on Monday, Brussels time


@dataclass(frozen=True, slots=True)
class DigestResult:
    """sent: digests that went out now. already: those of this week that had gone out. failed: to be tried again."""

    sent: int
    already: int
    failed: int


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_due(now: datetime) -> date | None:
    """Return the Monday of the week whose digest is due at `now` (Brussels time); None before Monday seven o'clock."""
    monday = monday_of(now.date())
    return None if now.date() == monday and now.time() < SENT_FROM else monday


def send_due(*, week: date, day: date, connection: BaseEmailBackend | None = None, only: Any = None) -> DigestResult:
    """Send the digest of the week that begins on Monday `week` to everybody who has not had it. `day`: today.

    connection: the mail server to use instead of the one in the settings. only: the one user to send to.

    1. Note what is overdue, so that the mail and the pages agree.
    2. Claim: one row per subscription and week, with the ids of what it tells. Whoever comes second claims nothing.
    3. Send each claim that is not sent, under a lock on its row, and note that it is sent.

    A crash after the claim leaves it for the next run; a mail server that fails leaves that one digest for the next
    run. The Message-ID of a digest is always the same, should a crash fall between the server's yes and our note.
    A claim of an earlier week is never sent: what it would have told is told in this one.
    """
    if week != monday_of(week):
        raise ValueError(f"{week} is no Monday")
    note_overdue(day=day)
    subscriptions = Subscription.objects.filter(active=True, user__is_active=True).exclude(user__email="")
    if only is not None:
        subscriptions = subscriptions.filter(user=only)
    _claim(subscriptions, week, day)
    claims = Digest.objects.filter(week=week, subscription__in=subscriptions)
    already = claims.filter(sent_at__isnull=False).count()
    sent = failed = 0
    for pk in claims.filter(sent_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        try:
            sent += _send(pk, connection)
        except Exception:
            log.exception("Digest %s was not sent.", pk)
            failed += 1
    return DigestResult(sent, already, failed)


@transaction.atomic
def _claim(subscriptions: QuerySet[Subscription], week: date, day: date) -> None:
    wanting = subscriptions.exclude(digests__week=week).select_related("user").order_by("pk")
    if not wanting.exists():
        return
    shared = _shared_blocks(day)
    overdue = list(Commitment.objects.published().overdue(day).by_last_day().values_list("pk", "due_end"))
    became: dict[tuple[int | None, date | None], int] = {
        (event.commitment_id, event.about_day): event.pk
        for event in Event.objects.filter(
            kind=Event.Kind.BECAME_OVERDUE, commitment__in=[pk for pk, _ in overdue]
        ).only("pk", "commitment_id", "about_day")
    }
    passed = {
        event.commitment_id: event.pk
        for event in Event.objects.filter(
            kind=Event.Kind.WAITING_ENDED, commitment__in=Commitment.objects.published().term_passed(day)
        ).order_by("about_day", "pk")
    }
    claims = []
    for subscription in wanting:
        told = set(_told_before(subscription))
        events = {pk: became[pk, due_end] for pk, due_end in overdue if (pk, due_end) in became}
        new = [pk for pk, _ in overdue if pk in events and events[pk] not in told]
        silent = [pk for pk, event in passed.items() if event not in told]
        items = {
            "newly_overdue": new,
            "still_overdue": [pk for pk, _ in overdue if pk not in set(new)],
            "no_answer": silent,
            "events": [*(events[pk] for pk in new), *(passed[pk] for pk in silent)],
            **shared,
            **office_digest.items_for(subscription, week),
        }
        claims.append(Digest(subscription=subscription, week=week, items=items))
    Digest.objects.bulk_create(claims, ignore_conflicts=True)


def _shared_blocks(day: date) -> dict[str, Any]:
    """What all are told alike: ids of commitments; the day and last_report in ISO (or null), waiting is a count."""
    published = Commitment.objects.published()
    last = Document.objects.order_by("-imported_at").values_list("imported_at", flat=True).first()
    return {
        "day": day.isoformat(),
        "due_soon": _ids(published.due_soon(day, settings.DUE_SOON_DAYS).by_last_day()),
        "time_to_ask": _ids(published.time_to_ask(day).by_last_day()),
        "asked": _ids(published.waiting_for_answer(day).order_by("waiting_until", "pk")),
        "waiting": Statement.objects.waiting().count(),
        "last_report": timezone.localtime(last).date().isoformat() if last else None,
    }


def _ids(commitments: Any) -> list[int]:
    return list(commitments.values_list("pk", flat=True))


def _told_before(subscription: Subscription) -> Iterator[int]:
    """Ids of the events that digests which went out have told; an unsent one told nothing."""
    for items in subscription.digests.filter(sent_at__isnull=False).values_list("items", flat=True):
        yield from items.get("events", [])


def _send(pk: int, connection: BaseEmailBackend | None) -> int:
    """Send one claim; 0 when another run was first or has it in hand."""
    with transaction.atomic():
        claims = Digest.objects.select_for_update(of=("self",), skip_locked=True)
        digest = claims.select_related("subscription__user").filter(pk=pk, sent_at__isnull=True).first()
        if digest is None:
            return 0
        digest_mail(digest, connection=connection).send()
        digest.sent_at = now()
        digest.save(update_fields=["sent_at"])
    return 1
