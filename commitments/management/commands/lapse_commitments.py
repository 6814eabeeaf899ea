"""Announce what will lapse with its legislature, and let lapse what was announced: what the beat does every day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.services import lapsing
from tracker.clock import today
from tracker.options import day


class Command(BaseCommand):
    help = (
        "Announce which open commitments will lapse with their legislature, and let those lapse that were announced "
        "LAPSE_NOTICE_DAYS ago. The beat and run_periodic do the same every day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="as on this day (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(lapsing.lapse_ended(day=options["day"] or today()).sentence)
