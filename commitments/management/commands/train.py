"""Learn what each cue is worth from labelled documents, and write it where the rules stand."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commitments.engine.statements import rules
from commitments.learning import evaluating, weights_file
from commitments.learning.labels import LabelledDocument, LabelledSet
from commitments.learning.measuring import Measured, total
from commitments.learning.training import train
from commitments.management.labelled import labelled_sets
from commitments.models import LearnedWeights
from commitments.services import learning
from tracker.clock import today
from tracker.options import add_sets_option, day
from tracker.table import table


class Command(BaseCommand):
    help = "Learn the weights of the cues from labelled documents. Needs a database only for --from-reviews."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        add_sets_option(parser)
        parser.add_argument("--out", type=Path, default=weights_file.PATH, metavar="FILE", help="where to write them")
        parser.add_argument("--on", type=day, metavar="YYYY-MM-DD", help="the day to note in it (default: today)")
        parser.add_argument(
            "--from-reviews",
            action="store_true",
            help="learn from what reviewers accepted and rejected, too; kept in the database, and refused where the "
            "labelled documents get worse",
        )
        parser.add_argument("--dry-run", action="store_true", help="show what would be learned, write nothing")

    def handle(self, *args: Any, sets: Path, out: Path, on: date | None, **options: Any) -> None:
        labelled = labelled_sets(sets, self.stderr)
        documents = evaluating.documents_of(labelled)
        try:
            if options["from_reviews"]:
                self._learn_from_reviews(documents, on or today())
            else:
                self._learn(documents, labelled, out, on or today(), dry_run=options["dry_run"])
        except ValueError as problem:
            raise CommandError(str(problem)) from problem

    def _learn_from_reviews(self, documents: Sequence[LabelledDocument], on: date) -> None:
        """Print before and after on the labelled documents; refused where they get worse."""
        row = learning.learn_from_reviews(documents=documents, actor=None, day=on)
        self.stdout.write(f"Learned from {row.accepted} accepted and {row.rejected} rejected statements.")
        for name, scores in (("before", row.before), ("after", row.after)):
            self.stdout.write(f"{name:7} " + " ".join(f"{key} {value:.3f}" for key, value in scores.items()))
        if row.state == LearnedWeights.State.REFUSED:
            raise CommandError("Refused: the labelled documents get worse. The weights in use stay as they are.")
        self.stdout.write("In use from now on. Documents are read again by and by; only untouched statements change.")

    def _learn(
        self,
        documents: Sequence[LabelledDocument],
        labelled: Sequence[LabelledSet],
        out: Path,
        on: date,
        *,
        dry_run: bool,
    ) -> None:
        start = weights_file.start()
        lesson = train(documents, start, rules.load())
        self.stdout.write(f"{lesson.examples} candidate sentences in {len(documents)} documents")
        for name, measured in (
            ("before", lesson.before),
            ("after", lesson.after),
            ("documents left out", lesson.left_out),
        ):
            self.stdout.write(f"{name:20} {_shown(total(measured.values()))}")
        said = evaluating.reliability(lesson.said, lesson.weights.threshold)
        self.stdout.write(table(evaluating.HEAD_SAID, said, width=None, elastic=()))
        if not dry_run:
            out.write_text(weights_file.written(lesson, labelled, start, on=on), encoding="utf-8")
            self.stdout.write(f"Written: {out.name}")


def _shown(measured: Measured) -> str:
    return (
        f"recall {measured.recall.value:.3f} precision {measured.precision.value:.3f} "
        f"F1 {measured.f1:.3f} due {measured.due.value:.3f}"
    )
