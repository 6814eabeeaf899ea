"""Print the proposed statements of documents as JSON lines."""

import json
import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from commitments.bridge import rows
from tracker.options import Given, add_paper_options, given
from transcripts.papers import open_papers
from transcripts.reading.source import UnreadableError

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Print one JSON object per proposed statement of the given documents. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_paper_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        unread = 0
        for path in options["files"]:
            try:
                lines = _lines(path, given(options))
            except UnreadableError as problem:
                unread += 1
                self.stderr.write(" ".join(str(problem).split()))
                continue
            except Exception as error:
                log.exception("The extraction of %s failed.", path)
                unread += 1
                self.stderr.write(
                    f"{path.name}: an error in the program stopped the extraction ({type(error).__name__}: {error})."
                )
                continue
            for line in lines:
                self.stdout.write(line)
        if unread:
            raise SystemExit(1)


def _lines(path: Path, said: Given) -> list[str]:
    papers = open_papers(path, **said)
    return [json.dumps(row, ensure_ascii=False) for paper in papers for row in rows(paper.transcript, path.stem)]
