"""Send the weekly digest to everybody who has not had it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from commitments.services import digest
from tracker.clock import today
from tracker.options import day


class Command(BaseCommand):
    help = "Send the digest of this week to every subscriber who has not had it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="a day of the week meant (default: today)")

    def handle(self, *args: Any, **options: Any) -> None:
        when = options["day"] or today()
        week = digest.monday_of(when)
        result = digest.send_due(week=week, day=when)
        self.stdout.write(
            f"Digest for the week of {week}: {result.sent} sent, {result.already} already sent, {result.failed} failed."
        )
        if result.failed:
            raise SystemExit(1)
