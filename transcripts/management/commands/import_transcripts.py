"""Import documents from files."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from tracker.options import add_paper_options, given
from tracker.progress import aside, progress
from transcripts.services.files import files_in, import_files, told


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
        bad = 0
        for outcome in progress(outcomes, total=len(files), what="import", unit="file"):
            if outcome.paper is None or outcome.result is None:
                bad += 1
                with aside():
                    self.stderr.write(outcome.sentence)
                continue
            with aside():
                self.stdout.write(told(outcome.paper, outcome.result))
        if bad:
            raise SystemExit(1)
