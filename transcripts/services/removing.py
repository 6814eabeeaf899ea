"""A document that should not have come in is removed with all that was read from it, unless somebody builds on it."""

from typing import Any

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from transcripts.models import Document
from transcripts.signals import document_removing


class NotRemovedError(Exception):
    """The document has to stay. The message says why, for the person who asked."""


@transaction.atomic
def why_it_stays(*, document: Document) -> list[str]:
    """Return a sentence per reason for which the document cannot be removed; none: it can."""
    answers = document_removing.send(sender=Document, document=document)
    return [str(sentence) for _receiver, sentence in answers if sentence]


@transaction.atomic
def remove(*, document: Document, actor: Any) -> None:
    """Remove a document with its items, its speeches and what was proposed from them.

    The log of the desk keeps who removed what: title, name and checksum of the file. Raises NotRemovedError.
    """
    reasons = why_it_stays(document=document)
    if reasons:
        raise NotRemovedError(" ".join(reasons))
    LogEntry.objects.create(
        user_id=actor.pk,
        content_type=ContentType.objects.get_for_model(Document),
        object_id=str(document.pk),
        object_repr=str(document)[:200],
        action_flag=DELETION,
        change_message=f"{document.file_name}, sha256 {document.sha256}",
    )
    document.delete()
