"""Doors for the worker and the beat: ids in, one service called; each may run twice without harm."""

from uuid import UUID

from celery import shared_task
from django.db import InterfaceError, OperationalError

from commitments.models import Commitment
from commitments.services import digest, digest_cleaning, extraction, feed, following, lapsing, sending, watch, webhooks
from tracker.clock import moment, now, today
from transcripts.models import Document

GONE = (OperationalError, InterfaceError)  # the database went away: tried again, later each time, at no fixed moment


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def extract_document(document_id: int) -> None:
    """Read one document and look what it follows up, unless it is gone or this engine has read it already."""
    document = Document.objects.filter(pk=document_id).first()
    if document is not None and not extraction.is_done(document=document):
        extraction.extract_document(document=document, day=today())
        following.follow_document(document=document, day=today())


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def follow_document(document_id: int) -> None:
    """Compare a document that was read with the open commitments."""
    document = Document.objects.filter(pk=document_id).first()
    if document is not None:
        following.follow_document(document=document, day=today())


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def search_later(commitment_id: int) -> None:
    """Compare a commitment with later items, unless it is gone or was searched by the very words it has."""
    commitment = Commitment.objects.filter(pk=commitment_id).first()
    if commitment is not None and not following.is_searched(commitment=commitment):
        following.search_later(commitment=commitment, day=today())


@shared_task
def extract_pending() -> None:
    """Queue again what waits to be read or compared, and what another engine did, whatever became of its first task."""
    for document_id in extraction.to_read():
        extract_document.delay(document_id)
    for document_id in following.to_follow():
        follow_document.delay(document_id)


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def note_overdue() -> None:
    """Note what became overdue, due soon, or has to be asked about today."""
    watch.note_overdue(day=today())


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def lapse_ended() -> None:
    """Announce what will lapse with its legislature, and let lapse what was announced long enough ago."""
    lapsing.lapse_ended(day=today())


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def number_changes() -> None:
    """Give the changes of the feed their numbers, where no reader has had that done."""
    feed.number_changes()


@shared_task
def send_digests() -> None:
    """Claim the digests that are due by now, and queue what may be sent by now, a batch in each task."""
    digest.claim_due(moment=now())
    for digest_ids in digest.to_send(moment=now()):
        send_claimed.delay(digest_ids)


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def clean_digests() -> None:
    """Remove what the list of digests need not keep."""
    digest_cleaning.clean()


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def send_claimed(digest_ids: list[int]) -> None:
    """Send these digests where they are to be sent by now; of one that is in hand elsewhere, that run makes an end."""
    sending.send_free(digest_ids)


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def deliver_events() -> None:
    """Note which events go to which addresses, and queue each address for which something waits by now."""
    webhooks.queue(at=moment())
    for webhook_id in webhooks.to_send(moment()).values_list("pk", flat=True):
        call_webhook.delay(str(webhook_id))
    webhooks.tell()
    webhooks.forget(at=moment())


@shared_task(autoretry_for=GONE, retry_backoff=True, max_retries=5)
def call_webhook(webhook_id: str) -> None:
    """Send what waits for one address, unless another run has it in hand."""
    webhooks.send(UUID(webhook_id))
