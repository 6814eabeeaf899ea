"""Send the digests that are due to everybody who has not had theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.services import digest
from tracker.clock import noon_of, now
from tracker.options import day


class Command(BaseCommand):
    help = "Send every subscriber the digest that is due and was not sent yet."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="as at noon of this day (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        moment = noon_of(options["day"]) if options["day"] else now()
        result = digest.send_due(moment=moment)
        self.stdout.write(result.sentence)
        if result.failed or result.uncertain:
            raise SystemExit(1)
