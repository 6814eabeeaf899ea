"""Do what the beat would have done by now: for a desk without a worker, called by hand or by cron."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from commitments.services import digest, extraction, following, watch
from tracker.clock import now, today
from tracker.options import day
from transcripts.services import syncing


class Command(BaseCommand):
    help = (
        "Read the parliament's web service where that is on, extract what waits, note what is overdue, and send this "
        "week's digest (from Monday seven o'clock on)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="do it as on this day (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        when = options["day"] or today()
        week = digest.monday_of(when) if options["day"] else digest.week_due(now())
        problems = 0
        if settings.PARLIAMENT_SYNC:
            since = syncing.since_or_month(when)
            steps = syncing.sync_parliament(
                since=since, until=when, day=when, committees=settings.PARLIAMENT_COMMITTEES
            )
            imported, problems = syncing.log_problems(steps)
            self.stdout.write(f"Parliament: {imported} papers imported, {problems} problems.")
        read = extraction.extract_pending(day=when)
        self.stdout.write(f"Extracted {read.done} documents, {read.failed} failed.")
        compared = following.follow_pending(day=when)
        self.stdout.write(f"Compared {compared} documents with the open commitments.")
        noted = watch.note_overdue(day=when)
        self.stdout.write(noted.sentence)
        failed = 0
        if week is None:
            self.stdout.write("Digest: not before Monday seven o'clock.")
        else:
            told = digest.send_due(week=week, day=when)
            failed = told.failed
            self.stdout.write(
                f"Digest for the week of {week}: {told.sent} sent, {told.already} already sent, {failed} failed."
            )
        if read.failed or failed or problems:
            raise SystemExit(1)
