"""Let the open commitments of a legislature that ended lapse."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.services import tracking
from tracker.clock import today
from tracker.options import day


class Command(BaseCommand):
    help = "Let every open commitment of a legislature that ended lapse; made for the weeks after an election."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="as on this day (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        lapsed = tracking.lapse_ended(day=options["day"] or today())
        self.stdout.write(f"{lapsed} commitments lapsed with their legislature.")
