"""Do what the beat would have done by now: for a desk without a worker, called by hand or by cron."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from commitments.services import digest, digest_cleaning, extraction, feed, following, lapsing, watch, webhooks
from tracker.clock import noon_of, now, today
from tracker.options import day
from transcripts.services import syncing


class Command(BaseCommand):
    help = (
        "Read the parliament's web service where that is on, extract what waits, note what is overdue, let lapse "
        "what was announced to lapse with its legislature, and send "
        "the digests that are due."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="do it as on this day (default: now)")

    def handle(self, *args: Any, **options: Any) -> None:
        when = options["day"] or today()
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
        ended = lapsing.lapse_ended(day=when)
        if ended.announced or ended.lapsed:
            self.stdout.write(ended.sentence)
        feed.number_changes()
        told = digest.send_due(moment=noon_of(when) if options["day"] else now())
        self.stdout.write(told.sentence)
        sent, not_sent = webhooks.send_due()
        if sent or not_sent:
            self.stdout.write(f"Webhooks: {sent} sent, {not_sent} not taken.")
        digest_cleaning.clean()
        if read.failed or told.failed or told.uncertain or problems:
            raise SystemExit(1)
