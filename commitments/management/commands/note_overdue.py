"""Note what became overdue, due soon, or has to be asked about."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.services import watch
from tracker.clock import today
from tracker.options import day


class Command(BaseCommand):
    help = "Note what became overdue, due soon, or has to be asked about; each once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="the day to count from (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        result = watch.note_overdue(day=options["day"] or today())
        self.stdout.write(result.sentence)
