"""What happens here when something happens in the room of transcripts."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver

from commitments import tasks
from commitments.models import Extraction
from transcripts.models import Document
from transcripts.signals import document_imported


@receiver(document_imported)
def extract_on_commit(sender: object, document: Document, **_: Any) -> None:
    """Note in the import's own transaction that the document waits, and queue its extraction once that is committed.

    A queue that does not answer loses nothing: what waits is found again from the row.
    """
    Extraction.objects.create(document=document)

    def queue() -> None:
        tasks.extract_document.delay(document.pk)

    transaction.on_commit(queue, robust=True)
