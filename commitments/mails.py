"""Mails: one small function per message; the words stand in templates/mail/."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commitments.links import commitment_address, follow_ups_address, review_address, site_address, start_address
from commitments.mail_links import Purpose, address
from commitments.models import Commitment, Digest, Event, Note, Subscription, Watch
from commitments.services.mail_actions import may_file
from commitments.showing.standing import standing
from commitments.showing.trail import change_of

LINES = 25  # per block; the rest is counted, with the way to the page
LINES_FOLDED = 5  # of a folded block, in the text
LONGEST_QUOTE = 400  # characters
FOLDED = "still_overdue"

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One promise. quote: empty where the title is the quote. meeting: the next one, where it is due by then."""

    commitment: Commitment
    address: str
    quote: str
    standing: str
    put_off: str
    asked: str
    meeting: date | None = None
    changes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Block:
    """One heading of the digest. more: how many lines were left out; of a folded one, in the text as well."""

    title: str
    lines: list[Line]
    more: int
    folded: bool = False

    @property
    def count(self) -> int:
        return len(self.lines) + self.more

    @property
    def first_lines(self) -> list[Line]:
        return self.lines[:LINES_FOLDED] if self.folded else self.lines

    @property
    def more_in_text(self) -> int:
        return self.count - len(self.first_lines)


@dataclass(frozen=True, slots=True)
class NoteLine:
    note: Note
    address: str


@dataclass(frozen=True, slots=True)
class Words:
    """A digest in words, in the language of its subscriber."""

    subject: str
    text: str
    html: str


def digest_mail(digest: Digest, *, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail of a claimed digest. It tells what was claimed, no more.

    The Message-ID is the same each time, so that a mail sent twice is recognised as one. By the other headers the
    reader's mail program can offer to unsubscribe with one click (RFC 8058).
    """
    words = digest_words(digest)
    stop = address(Purpose.STOP, digest.subscription, date.fromisoformat(digest.items["day"]))
    mail = EmailMultiAlternatives(
        words.subject,
        words.text,
        to=[digest.subscription.user.email],
        headers={
            "Message-ID": _message_id(digest),
            "Auto-Submitted": "auto-generated",
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
        connection=connection,
    )
    mail.attach_alternative(words.html, "text/html")
    return mail


def digest_words(digest: Digest) -> Words:
    """Return what a digest says, also of one that was not claimed."""
    with translation.override(digest.subscription.language):
        context = _context(digest)
        subject = " ".join(render_to_string("mail/digest_subject.txt", context).split())
        text = render_to_string("mail/digest.txt", context).strip() + "\n"
        html = _inliner.inline(render_to_string("mail/digest.html", context))
    return Words(subject, text, html)


def _message_id(digest: Digest) -> str:
    return f"<digest-{digest.period.isoformat()}-{digest.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _titles() -> dict[str, str]:
    """The blocks, in their order."""
    return {
        "newly_overdue": _("Newly past their date"),
        "no_answer": _("No answer within the term"),
        "condition_came": _("The day of its condition has come"),
        "changed": _("Answered or moved since the last mail"),
        "due_soon": _("Due by the next meeting"),
        "time_to_ask": _("Time to ask"),
        "lapsing": _("Will lapse with the legislature"),
        "asked": _("Waiting for an answer"),
        "silent": _("Nothing heard for long"),
        "watched": _("On your watch list"),
        FOLDED: _("Still past their date"),
    }


def _context(digest: Digest) -> dict[str, object]:
    items = digest.items
    day = date.fromisoformat(items["day"])
    titles = _titles()
    items = {name: [] for name in titles} | items  # a digest claimed by an earlier version lacks some blocks
    changed = dict(items["changed"])
    shown = {name: items[name] for name in titles} | {"changed": list(changed), "watched": _still_watched(digest)}
    lines = _Lines(digest, day, shown.values(), changed)
    overdue = len(items["newly_overdue"]) + len(items["still_overdue"])
    return {
        "period": digest.period,
        "weekly": digest.rhythm == Subscription.Rhythm.WEEKLY,
        "day": day,
        "blocks": [lines.block(name, title, shown[name]) for name, title in titles.items() if shown[name]],
        "notes": _notes(digest),
        "overdue": overdue,
        "newly_overdue": len(items["newly_overdue"]),
        "put_off": items.get("put_off", 0),
        "waiting": items["waiting"],
        "waiting_follow_ups": items.get("waiting_follow_ups", 0),
        "last_report": date.fromisoformat(items["last_report"]) if items["last_report"] else None,
        "review_address": review_address(),
        "follow_ups_address": follow_ups_address(),
        "start_address": start_address(),
        "my_mail_address": site_address(reverse("my_mail")),
        "stop_address": address(Purpose.STOP, digest.subscription, day),
        "today_is_set": settings.TODAY is not None,
    }


# What is an office's own is asked for again when the mail is made: who left the office since the claim gets none of it.
def _still_watched(digest: Digest) -> list[int]:
    seen = Watch.objects.seen_by(digest.subscription.user).values("commitment")
    claimed = digest.items.get("watched", [])
    still = set(Commitment.objects.filter(pk__in=claimed, uid__in=seen).values_list("pk", flat=True))
    return [pk for pk in claimed if pk in still]


def _notes(digest: Digest) -> list[NoteLine]:
    rows = Note.objects.seen_by(digest.subscription.user).filter(
        pk__in=digest.items.get("notes", []), commitment__in=Commitment.objects.published()
    )
    return [
        NoteLine(note, commitment_address(note.commitment))
        for note in rows.select_related("team", "author", "commitment")
    ]


class _Lines:
    """The lines of one mail: what all its blocks show, read in a fixed number of queries."""

    def __init__(self, digest: Digest, day: date, shown: Iterable[list[int]], changed: dict[int, list[int]]) -> None:
        self._subscription, self._day, self._changed = digest.subscription, day, changed
        self._may_file = may_file(digest.subscription.user)
        ids = {pk for pks in shown for pk in pks[:LINES]}
        self._found = {one.pk: one for one in Commitment.objects.published().filter(pk__in=ids).with_sources()}
        self._events: dict[int, list[Event]] = defaultdict(list)
        told = [pk for one, events in changed.items() if one in ids for pk in events]
        for event in Event.objects.filter(pk__in=told, undone_by__isnull=True).order_by("pk"):
            self._events[event.commitment_id or 0].append(event)
        meetings = digest.items.get("meetings", {})
        self._meetings = {int(pk): date.fromisoformat(meeting) for pk, meeting in meetings.items()}

    def block(self, name: str, title: str, ids: list[int]) -> Block:
        lines = [self._line(name, self._found[pk]) for pk in ids[:LINES] if pk in self._found]
        return Block(title, lines, max(0, len(ids) - LINES), folded=name == FOLDED)

    def _line(self, name: str, row: Commitment) -> Line:
        quote = " ".join(row.quote.split())
        now = standing(row, self._day)
        open_ = row.status in (Commitment.Status.OPEN, Commitment.Status.PARTLY)
        may_ask = self._may_file and open_ and name != "asked"
        sent = self._subscription, self._day, row
        return Line(
            commitment=row,
            address=commitment_address(row),
            quote="" if quote[:200] == row.title else Truncator(quote).chars(LONGEST_QUOTE),
            standing=now.words,
            put_off=address(Purpose.PUT_OFF, *sent) if open_ else "",
            asked=address(Purpose.ASKED, *sent) if may_ask else "",
            meeting=self._meetings.get(row.pk) if name == "due_soon" else None,
            changes=[_change(event) for event in self._events[row.pk]] if name == "changed" else [],
        )


def _change(event: Event) -> str:
    what = change_of(event)
    return f"{event.get_kind_display()}: {what}" if what else str(event.get_kind_display())
