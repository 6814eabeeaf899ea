"""Print the proposed statements of documents as JSON lines."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from commitments.extraction import rows
from transcripts.papers import open_papers
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading.source import UnreadableError

AUTO = "auto"


class Command(BaseCommand):
    help = "Print one JSON object per proposed statement of the given documents. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the day it was said or written")
        parser.add_argument("--kind", choices=[*(kind.value for kind in DocumentKind), AUTO], default=AUTO)
        parser.add_argument(
            "--minister", default="", metavar="NAME", help="who answers or writes, where the text names nobody"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        kind = None if options["kind"] == AUTO else DocumentKind(options["kind"])
        unread = 0
        for path in options["files"]:
            try:
                papers = open_papers(path, kind=kind, said_on=options["date"], minister=options["minister"])
            except UnreadableError as problem:
                unread += 1
                self.stderr.write(str(problem))
                continue
            for paper in papers:
                for row in rows(paper.transcript, path.stem):
                    self.stdout.write(json.dumps(row, ensure_ascii=False))
        if unread:
            raise SystemExit(1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a day; write it as 2023-02-28") from None
