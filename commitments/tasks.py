"""Doors for the worker and the beat: ids in, one service called; each may run twice without harm."""

from celery import shared_task
from django.db import OperationalError

from commitments.models import Commitment
from commitments.services import digest, extraction, following, watch
from tracker.clock import now, today
from transcripts.models import Document


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def extract_document(document_id: int) -> None:
    """Read one document and look what it follows up, unless it is gone or this engine has read it already."""
    document = Document.objects.filter(pk=document_id).first()
    if document is not None and not extraction.is_done(document=document):
        extraction.extract_document(document=document, day=today())
        following.follow_document(document=document, day=today())


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def follow_document(document_id: int) -> None:
    """Compare a document that was read with the open commitments."""
    document = Document.objects.filter(pk=document_id).first()
    if document is not None:
        following.follow_document(document=document, day=today())


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
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


@shared_task(autoretry_for=(OperationalError,), retry_backoff=True, max_retries=5)
def note_overdue() -> None:
    """Note what became overdue, due soon, or has to be asked about today."""
    watch.note_overdue(day=today())


@shared_task
def send_digests() -> None:
    """Send what is not yet sent of this week's digest, from Monday morning on."""
    week = digest.week_due(now())
    if week is not None:
        digest.send_due(week=week, day=today())
