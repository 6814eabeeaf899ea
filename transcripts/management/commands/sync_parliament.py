"""Import straight from the parliament's web service."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tracker.clock import today
from tracker.options import day
from transcripts.services import syncing
from transcripts.services.files import told


class Command(BaseCommand):
    help = (
        "Import meetings and written questions from the parliament's web service. A run that broke off is continued; "
        "what was imported before and has not changed changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--since", type=day, metavar="YYYY-MM-DD", help="first day; left out: where the last run ended"
        )
        parser.add_argument("--until", type=day, metavar="YYYY-MM-DD", help="last day (default: today)")
        parser.add_argument(
            "--committees",
            nargs="+",
            metavar="COMMITTEE",
            help="ids, abbreviations or titles; plen is the plenary (default: PARLIAMENT_COMMITTEES, else all)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        until = options["until"] or today()
        if options["since"] and options["since"] > until:
            raise CommandError("--since is later than --until; swap them.")
        service = syncing.client()
        try:
            steps = syncing.sync_parliament(
                since=options["since"],
                until=until,
                day=today(),
                service=service,
                committees=options["committees"] or settings.PARLIAMENT_COMMITTEES,
            )
        except ValueError as error:
            raise CommandError(str(error)) from None
        imported = bad = 0
        for step in steps:
            for note in step.notes:
                self.stdout.write(f"{step.key}: {note}")
            if step.problem:
                bad += 1
                self.stderr.write(step.problem)
            elif step.paper is not None and step.result is not None:
                imported += step.result.created
                self.stdout.write(told(step.paper, step.result))
        self.stdout.write(f"Imported {imported} papers, {bad} problems; the service was asked {service.asked} times.")
        if bad:
            raise SystemExit(1)
