"""The digest: claimed with its items, then sent; a crash in between loses nothing and repeats nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend

from commitments.models import Digest, Subscription
from commitments.services import digest_claims, sending
from commitments.services.watch import note_overdue
from tracker import clock


@dataclass(frozen=True, slots=True)
class DigestResult:
    """sent: digests that went out now. already: those of this period that had gone out. failed: to be tried again.

    uncertain: handed over, and no answer came; sent again when a person says so.
    """

    sent: int
    already: int
    failed: int
    uncertain: int = 0

    @property
    def sentence(self) -> str:
        unsure = f", {self.uncertain} uncertain" if self.uncertain else ""
        return f"Digests: {self.sent} sent, {self.already} already sent, {self.failed} failed{unsure}."


def send_due(*, moment: datetime, connection: BaseEmailBackend | None = None, only: Any = None) -> DigestResult:
    """Send everybody the digest that is due by `moment` (Brussels time) and was not sent yet.

    connection: the mail server to use instead of the one in the settings. only: the one user to send to.

    1. Where somebody is due, note what is overdue, so that the mail and the pages agree.
    2. Claim: one row per subscription and period, with the ids of what it tells. Whoever comes second claims nothing.
    3. Send each claim that is not sent and whose time has come (services/sending.py).

    A crash after the claim leaves it for the next run; a mail server that fails leaves that one digest for a later one.
    The Message-ID of a digest is always the same, should a crash fall between the server's yes and our note.
    A claim of an earlier period is never sent: what it would have told is told in this one.
    """
    claim_due(moment=moment, only=only)
    claims = Digest.objects.all() if only is None else Digest.objects.filter(subscription__user=only)
    already = claims.of_now(moment).sent().count()
    result = sending.send(claims.to_send(moment).values_list("pk", flat=True), connection=connection)
    return DigestResult(result.sent, already, result.failed, result.uncertain)


def claim_due(*, moment: datetime, only: Any = None) -> None:
    """Claim what is due by `moment`, as send_due does before it sends."""
    due = Subscription.objects.due(moment)
    if only is not None:
        due = due.filter(user=only)
    if due.exists():
        note_overdue(day=moment.date())
        digest_claims.claim(due=due, day=moment.date())


def to_send(*, moment: datetime) -> Iterator[list[int]]:
    """Yield the ids of the claims of now that may be sent by now, as many at a time as one run takes in hand."""
    sending.tidy_up()
    ids = sending.sendable(clock.moment()).to_send(moment).values_list("pk", flat=True)
    return sending.by_batches(ids)
