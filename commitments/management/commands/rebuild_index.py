"""Builds the index of words anew, and compares everything again with the open commitments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.models import Commitment, Extraction
from commitments.services import following, indexing, promises
from tracker.clock import today
from transcripts.models import Document

PORTION = 200


class Command(BaseCommand):
    help = "Build the index of words in which follow-ups are looked up anew; --match also seeks the follow-ups again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--match", action="store_true", help="compare every document with the open commitments")

    def handle(self, *args: Any, **options: Any) -> None:
        indexing.clear()
        ids = list(Commitment.objects.order_by("pk").values_list("pk", flat=True))
        for at in range(0, len(ids), PORTION):
            known = promises.load(ids[at : at + PORTION])
            indexing.index_commitments({row.pk: known.words(row) for row in known.rows})
            indexing.index_texts(ids[at : at + PORTION])
        items = 0
        for document in Document.objects.order_by("pk").only("pk").iterator():
            items += following.index_document(document=document)
        self.stdout.write(f"Indexed {len(ids)} commitments and {items} agenda items.")
        if options["match"]:
            Extraction.objects.update(followed_by="")
            self.stdout.write(f"Compared {following.follow_pending(day=today())} documents with the open commitments.")
