"""What happens here when something happens in the room of transcripts."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext, ngettext

from commitments import tasks
from commitments.models import Commitment, Event, Extraction, FollowUp, OutsideStatement, Statement
from commitments.services import anchoring, asking, following, indexing
from tracker.clock import today
from transcripts.models import AgendaItem, Document, PersonMerge
from transcripts.signals import Claims, Revised, document_imported, document_removing, document_revised


@receiver(document_imported)
def extract_on_commit(sender: object, document: Document, **_: Any) -> None:
    """Note in the import's own transaction that the document waits and which questions it answers, and queue its
    extraction once that is committed.

    A queue that does not answer loses nothing: what waits is found again from the row.
    """
    Extraction.objects.create(document=document)
    asking.note_answers(document=document, day=today())
    _queue(document)


@receiver(document_revised)
def lay_anew(sender: object, revised: Revised, **_: Any) -> Claims:
    """Lay the statements upon the new version in its own transaction, and queue the extraction once it is committed."""
    claims = anchoring.lay_anew(revised=revised, day=today())
    asking.note_answers(document=revised.document, day=today())
    _queue(revised.document)
    said = Statement.objects.accepted().filter(speech__item__document=revised.document, commitment__isnull=False)
    for commitment in set(said.values_list("commitment_id", flat=True)):
        _queue_search(commitment)  # the words around its own may have changed, and the number of its question
    return claims


@receiver(document_removing)
def keep_what_is_built_upon(sender: object, document: Document, **_: Any) -> str | None:
    """Let no document go on which a commitment rests: the commitment would be left without its words."""
    statements = Statement.objects.select_for_update().filter(speech__item__document=document)
    accepted = sum(state == Statement.State.ACCEPTED for state in statements.values_list("state", flat=True))
    if accepted:
        return ngettext(
            "“%(document)s” holds %(count)d accepted statement; put it back to proposed at the review desk first.",
            "“%(document)s” holds %(count)d accepted statements; put them back to proposed at the review desk first.",
            accepted,
        ) % {"document": document, "count": accepted}
    if FollowUp.objects.filter(item__document=document, state=FollowUp.State.CONFIRMED).exists():
        return gettext("A commitment is followed up in “%(document)s”.") % {"document": document}
    return None


@receiver(post_save, sender=Commitment)
def search_for_it(sender: object, instance: Commitment, raw: bool = False, **_: Any) -> None:
    """Look for later items about a commitment that was made, opened again or changed; forget one that closed.

    The list is searched by its text from this transaction on.
    """
    if not raw:
        indexing.index_texts([instance.pk])
        _queue_search(instance.pk)


@receiver(post_save, sender=Statement)
def search_by_its_words(sender: object, instance: Statement, raw: bool = False, **_: Any) -> None:
    """Look again when another statement says what was promised."""
    if instance.commitment_id and not raw:
        indexing.index_texts([instance.commitment_id])
        _queue_search(instance.commitment_id)


@receiver(post_save, sender=OutsideStatement)
def find_by_what_was_said_outside(sender: object, instance: OutsideStatement, raw: bool = False, **_: Any) -> None:
    if not raw:
        indexing.index_texts([instance.commitment_id])


@receiver(post_save, sender=Event)
def search_without_it(sender: object, instance: Event, **_: Any) -> None:
    """Look again when a statement was taken from a commitment, which has fewer words without it."""
    if instance.kind == Event.Kind.REOPENED and instance.commitment_id:
        indexing.index_texts([instance.commitment_id])
        _queue_search(instance.commitment_id)


@receiver(post_save, sender=Event)
def tell_the_webhooks(sender: object, raw: bool = False, **_: Any) -> None:
    """Queue the sending of events once this one is committed, one time for all of a transaction.

    Where tasks run in the process itself, nobody is made to wait for a machine elsewhere: `run_periodic` sends.
    """
    if raw or settings.CELERY_TASK_ALWAYS_EAGER:
        return
    connection = transaction.get_connection()
    if not any(entry[1] is _deliver_events for entry in connection.run_on_commit):
        transaction.on_commit(_deliver_events, robust=True)


def _deliver_events() -> None:
    tasks.deliver_events.delay()


@receiver(post_save, sender=PersonMerge)
def compare_again(sender: object, instance: PersonMerge, created: bool, raw: bool = False, **_: Any) -> None:
    """Compare again what a minister said or was asked who was two persons: it may follow up promises of both."""
    if created and not raw:
        following.forget_compared(person=instance.person)


@receiver(post_delete, sender=Commitment)
def forget_commitment(sender: object, instance: Commitment, **_: Any) -> None:
    indexing.forget_commitments([instance.pk])
    indexing.forget_texts([instance.pk])


@receiver(post_delete, sender=AgendaItem)
def forget_item(sender: object, instance: AgendaItem, **_: Any) -> None:
    indexing.forget_items([instance.pk])


def _queue_search(commitment: int) -> None:
    transaction.on_commit(partial(tasks.search_later.delay, commitment), robust=True)


def _queue(document: Document) -> None:
    def queue() -> None:
        tasks.extract_document.delay(document.pk)

    transaction.on_commit(queue, robust=True)
