"""Why is this a date? Shows what was read in a sentence, by which rules, and what was refused."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commitments.engine import calendars, deadlines
from commitments.engine.types import ExpressionKind
from tracker.options import day


class Command(BaseCommand):
    help = "Show which rules read a date in a sentence, and why other words in it are none."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("sentence")
        parser.add_argument("--said-on", required=True, type=day, metavar="YYYY-MM-DD", help="the day it was said")

    def handle(self, *args: Any, sentence: str, said_on: date, **options: Any) -> None:
        told = deadlines.explain(sentence, said_on, calendars.load())
        if not told:
            self.stdout.write("No word in this sentence can tell a time.")
        for line in told:
            found = line.expression
            if found is None:
                self.stdout.write(f"- “{line.words}”: no rule reads this as a time.")
                continue
            interval = f"{found.due_start or '...'} - {found.due_end or '...'}"
            shown = f" {interval}" if found.kind in (ExpressionKind.DEADLINE, ExpressionKind.PAST) else ""
            modifier = f", {found.modifier}" if found.modifier else ""
            self.stdout.write(
                f"- “{found.text}” [{found.start}:{found.end}] {found.kind}{shown} ({found.precision}{modifier})"
            )
            self.stdout.write(
                f"    rules: {found.rule or 'none'}{''.join(f'; doubt: {doubt}' for doubt in found.doubts)}"
            )
            if line.tense:
                self.stdout.write(f"    tense of the clause: {line.tense}")
            for reason in line.reasons:
                self.stdout.write(f"    {reason}")
