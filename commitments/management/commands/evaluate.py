"""Measure how well promises are found in labelled documents."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commitments.engine.statements import rules
from commitments.learning import evaluating, training, weights_file
from commitments.management.labelled import labelled_sets
from tracker.options import add_sets_option
from tracker.table import table


class Command(BaseCommand):
    help = "Print recall, precision, F1 and deadline accuracy on labelled documents. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_sets_option(parser)
        parser.add_argument(
            "--left-out",
            action="store_true",
            help="read each document with weights learned without it, and say how often a confidence is right",
        )
        parser.add_argument("--markdown", action="store_true", help="only the sums, as they stand in docs/quality.md")
        parser.add_argument("--misses", action="store_true", help="also what was missed, found too much, or misdated")

    def handle(self, *args: Any, sets: Path, left_out: bool, markdown: bool, misses: bool, **options: Any) -> None:
        labelled = labelled_sets(sets, self.stderr)
        documents = evaluating.documents_of(labelled)
        said: list[tuple[str, ...]] = []
        if left_out:
            lesson = training.train(documents, weights_file.start(), rules.load())
            measured, said = lesson.left_out, evaluating.reliability(lesson.said, lesson.weights.threshold)
        else:
            measured = training.evaluate(documents, lambda _: rules.load())
        found = evaluating.rows(labelled, measured)
        sums = evaluating.sums(found)
        if markdown:
            self.stdout.write(evaluating.markdown(sums))
            if said:
                self.stdout.write("\n" + evaluating.markdown_table(evaluating.HEAD_SAID, said))
            return
        cells = [row.cells() for row in (*found, *sums)]
        self.stdout.write(table(evaluating.HEAD, cells, width=None, elastic=()))
        if said:
            self.stdout.write("\n" + table(evaluating.HEAD_SAID, said, width=None, elastic=()))
        if misses:
            for row in found:
                for name in ("missed", "alarms", "late"):
                    for words in getattr(row.measured, name):
                        self.stdout.write(f"{name}: {words}")
