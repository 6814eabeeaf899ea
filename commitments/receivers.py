"""What happens here when something happens in the room of transcripts."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from commitments import tasks
from commitments.models import Extraction
from commitments.services import anchoring
from tracker.clock import today
from transcripts.models import Document
from transcripts.signals import Claims, Revised, document_imported, document_revised


@receiver(document_imported)
def extract_on_commit(sender: object, document: Document, **_: Any) -> None:
    """Note in the import's own transaction that the document waits, and queue its extraction once that is committed.

    A queue that does not answer loses nothing: what waits is found again from the row.
    """
    Extraction.objects.create(document=document)
    _queue(document)


@receiver(document_revised)
def lay_anew(sender: object, revised: Revised, **_: Any) -> Claims:
    """Lay the statements upon the new version in its own transaction, and queue the extraction once it is committed."""
    claims = anchoring.lay_anew(revised=revised, day=today())
    _queue(revised.document)
    return claims


def _queue(document: Document) -> None:
    def queue() -> None:
        tasks.extract_document.delay(document.pk)

    transaction.on_commit(queue, robust=True)
