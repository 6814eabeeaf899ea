"""Import documents from files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from tracker.options import day
from tracker.progress import aside, progress
from transcripts.parsing.transcript import DocumentKind
from transcripts.services.files import import_files, told

AUTO = "auto"


class Command(BaseCommand):
    help = "Import documents. A file that was imported before changes nothing; a bad one leaves the others alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day it was said or written")
        parser.add_argument("--kind", choices=[*(kind.value for kind in DocumentKind), AUTO], default=AUTO)
        parser.add_argument("--minister", default="", metavar="NAME", help="who answers or writes, if nobody is named")

    def handle(self, *args: Any, **options: Any) -> None:
        outcomes = import_files(
            options["files"],
            kind=None if options["kind"] == AUTO else DocumentKind(options["kind"]),
            said_on=options["date"],
            minister=options["minister"],
        )
        bad = 0
        for outcome in progress(outcomes, total=len(options["files"]), what="import", unit="file"):
            if outcome.paper is None or outcome.result is None:
                bad += 1
                with aside():
                    self.stderr.write(outcome.problem)
                continue
            with aside():
                self.stdout.write(told(outcome.paper, outcome.result))
        if bad:
            raise SystemExit(1)
