"""Compiles the rules beforehand, for where the processes that read may not write beside them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commitments.engine import calendars, deadlines, kept, kept_rules, statements


class Command(BaseCommand):
    help = "Compile all rules now and keep them beside the rule files, as an image wants it; else who reads first does."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        statements.prepare()
        deadlines.prepare(calendars.load())
        expressions = kept.expressions()
        try:
            expressions.keep()
            kept_rules.keep()
        except OSError as error:
            raise CommandError(
                f"{kept.place()} cannot be written ({error.strerror}). Run this as a user who may write there."
            ) from error
        self.stdout.write(f"{len(expressions)} expressions are kept in {kept.place()}.")
