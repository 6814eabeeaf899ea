"""The whole way once, from files to an overdue promise in the mail, for somebody who wants to see it."""

import os
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import get_connection
from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import get_random_string

from commitments.models import Commitment, Membership, Priority, Statement, Subscription, Team
from commitments.querysets import StatementQuerySet
from commitments.services import digest, due, extraction, following, offices, review, watch
from commitments.showing.standing import Code, standing
from tracker.clock import noon_of, today
from tracker.progress import aside, progress
from tracker.table import cut, table
from transcripts.models import Document
from transcripts.services.files import import_files, told
from transcripts.services.register import load_register

SAMPLES = settings.BASE_DIR / "tests" / "samples" / "reports"
USER = "demo"
# What the demo accepts in the place of the person who would judge it; the rest waits at the review desk.
SURE = 0.95
WIDE = 130  # columns from which the whole table fits on lines
ORDER = (Code.LATE, Code.SOON, Code.ASK, Code.RUNNING, Code.WAITING, Code.CLOSED)
WORDS = {
    Code.LATE: "overdue",
    Code.SOON: "due soon",
    Code.ASK: "time to ask",
    Code.RUNNING: "open",
    Code.WAITING: "asked",
    Code.CLOSED: "closed",
}


class Command(BaseCommand):
    help = "Import the sample reports (or FILES), and show what was promised, what is late, and the mail about it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="reports (default: the samples)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("The demo makes a login whose password it prints; it runs on a desk only (DEBUG=1).")
        if get_user_model().objects.exclude(username=USER).exists():
            raise CommandError(
                "This database has users of its own, and the demo would make a superuser and accept statements in it; "
                "give it an empty one: VAR_DIR=var/demo DATABASE_URL= make demo."
            )
        day = today()
        files = options["files"] or samples()
        if options["files"]:  # the ministers of the samples are made up, and no register knows them
            load_register()
        documents, bad = self._import(files)
        extraction.extract_pending(day=day)
        statements = Statement.objects.not_withdrawn().filter(speech__item__document__in=documents)
        user, password = demo_user()
        accepted = self._accept(statements, user, day)
        following.follow_pending(day=day)
        self._show(statements, day)
        furnish_office(user, day)
        noted = watch.note_overdue(day=day)
        self.stdout.write(
            f"\nIn the place of a person the demo accepted what has a confidence of {SURE} or more: {accepted} now, "
            f"{statements.accepted().count()} in all; {statements.waiting().count()} wait for review."
        )
        self.stdout.write(
            f"Noted on {day}: {noted.overdue} newly overdue, {noted.due_soon} due soon, {noted.to_ask} to ask about."
        )
        self._tell(user, day)
        self.stdout.write(f"The site: {settings.SITE_URL}, login {USER}, password {password}")
        if bad:
            raise SystemExit(1)

    def _import(self, files: Sequence[Path]) -> tuple[list[Document], int]:
        documents: list[Document] = []
        bad = 0
        for outcome in progress(import_files(files), total=len(files), what="import", unit="file"):
            if outcome.paper is None or outcome.result is None:
                bad += 1
                with aside():
                    self.stderr.write(outcome.sentence)
                continue
            documents.append(outcome.result.document)
            with aside():
                self.stdout.write(told(outcome.paper, outcome.result))
        return documents, bad

    def _accept(self, statements: StatementQuerySet, user: Any, day: date) -> int:
        sure = list(statements.waiting().filter(confidence__gte=SURE, reviewed_at__isnull=True).order_by("pk"))
        for statement in progress(sure, total=len(sure), what="accept", unit="statement"):
            review.accept(statement=statement, actor=user, day=day)
        return len(sure)

    def _show(self, statements: StatementQuerySet, day: date) -> None:
        found = (
            statements.select_related("speech__person", "commitment").defer("speech__text").order_by("said_on", "pk")
        )
        rows = sorted((_row(one, day) for one in found), key=lambda row: row[0])
        self.stdout.write("")
        if not rows:
            self.stdout.write("No commitment was found in these documents.")
            return
        self.stdout.write(_laid_out([cells for _, cells in rows], day))

    def _tell(self, user: Any, day: date) -> None:
        """Write this week's digest as a file, also where a mail server is set: nobody gets mail from a demo."""
        Subscription.objects.get_or_create(user=user)
        folder = settings.MAIL_DIR
        backend = get_connection("django.core.mail.backends.filebased.EmailBackend", file_path=folder)
        result = digest.send_due(moment=noon_of(day), connection=backend, only=user)
        mails = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
        where = mails[-1] if result.sent and mails else folder
        said = "written to" if result.sent else "already written, see"
        if result.failed:
            raise CommandError(f"The digest could not be written to {folder}; the log says why.")
        self.stdout.write(f"Digest of {day}: {said} {_short(where)}")


def samples() -> list[Path]:
    """The sample reports that ship with the repository."""
    return sorted(path for path in SAMPLES.glob("*") if path.suffix in (".txt", ".pdf"))


def demo_user() -> tuple[Any, str]:
    """Return the demo's login, with a password made once per machine and kept in VAR_DIR."""
    kept = settings.VAR_DIR / "demo-password"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789") + "\n", encoding="ascii")
    password = kept.read_text(encoding="ascii").strip()
    user, _ = get_user_model().objects.get_or_create(
        username=USER, defaults={"email": "demo@localhost", "is_staff": True, "is_superuser": True}
    )
    if not user.check_password(password):
        user.set_password(password)
        user.save()
    return user, password


def furnish_office(user: Any, day: date) -> None:
    """Let the demo's login manage an office that has kept something for itself; a second time changes nothing."""
    if Team.objects.exists():
        return
    team = offices.found_team(name="Fractie Voorbeeld", actor=user, day=day)
    offices.set_member(team=team, user=user, role=Membership.Role.MANAGER, actor=user, day=day)
    debate, letter = (
        offices.make_tag(team=team, name=name, actor=user, day=day) for name in ("plenair debat", "schriftelijke vraag")
    )
    told = (
        ("high", [debate], "Nog eens navragen bij het kabinet; zonder antwoord nemen we het mee naar de plenaire."),
        ("normal", [letter], "Schriftelijke vraag klaarzetten voor na het reces."),
    )
    published = Commitment.objects.published().open().by_last_day()
    for commitment, (priority, tags, text) in zip(published[: len(told)], told, strict=False):
        offices.mark(
            team=team,
            commitment=commitment,
            actor=user,
            day=day,
            priority=Priority.Level(priority),
            tags=tags,
            watched=True,
        )
        offices.add_note(team=team, commitment=commitment, text=text, actor=user, day=day)


def _row(statement: Statement, day: date) -> tuple[tuple[int, date, int], tuple[str, ...]]:
    """Return what to sort by, and the cells."""
    stands = standing(statement.commitment or due.as_if_accepted(statement), day)
    status = WORDS[stands.code] + (f", {stands.days_late} days" if stands.days_late else "")
    person = statement.speech.person
    interval = " – ".join(one.isoformat() if one else "…" for one in (statement.due_start, statement.due_end))
    cells = (
        person.name if person else statement.speech.label or "(not named)",
        statement.quote,
        statement.due_text,
        interval if statement.due_start or statement.due_end else "",
        status,
    )
    return (ORDER.index(stands.code), statement.due_end or statement.said_on, statement.pk), tuple(
        " ".join(cell.split()) for cell in cells
    )


def _laid_out(rows: Sequence[Sequence[str]], day: date) -> str:
    """Return the table; on a narrow terminal what was promised stands on a line of its own."""
    head = ("Who", "What", "Deadline as spoken", "Interval", f"On {day}")
    width = _width()
    if width is None or width >= WIDE:
        return table(head, rows, width=width, elastic=(0, 1, 2))
    short = table(head[:1] + head[2:], [[*row[:1], *row[2:]] for row in rows], width=width, elastic=(0, 1))
    top, *lines = short.splitlines()
    under = ["", *(f"  {cut(row[1], width - 2)}" for row in rows)]
    return "\n".join([top, *(part for pair in zip(lines, under, strict=True) for part in pair if part)])


def _width() -> int | None:
    """Return the width of the terminal; None in a file or a pipe."""
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        return shutil.get_terminal_size().columns
    return None


def _short(path: Path) -> Path:
    """Return the path as seen from here, where that is shorter."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
