"""Import documents from files."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError

from tracker.options import add_paper_options, given
from tracker.progress import aside, progress
from transcripts.services.files import Outcome, files_in, import_files, told


class Command(BaseCommand):
    help = (
        "Import documents. A file that was imported before changes nothing, a later version changes its document; "
        "a bad file leaves the others alone."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_paper_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(files_in(options["files"]))
        outcomes = import_files(files, **given(options))
        try:
            bad = self.tell(outcomes, len(files))
        except (OperationalError, InterfaceError) as error:
            reason = str(error).strip().partition("\n")[0]
            raise CommandError(
                f"The database does not answer ({reason}). What was imported stays: give the same command again."
            ) from error
        if bad:
            raise SystemExit(1)

    def tell(self, outcomes: Iterable[Outcome], number: int) -> int:
        """Tell what became of each file as it comes in; return how many were bad."""
        bad = 0
        for outcome in progress(outcomes, total=number, what="import", unit="file"):
            if outcome.paper is None or outcome.result is None:
                bad += 1
                with aside():
                    self.stderr.write(outcome.sentence)
                continue
            with aside():
                self.stdout.write(told(outcome.paper, outcome.result))
        return bad
