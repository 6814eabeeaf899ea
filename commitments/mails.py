"""Mails: one small function per message; the words stand in templates/mail/."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from commitments.links import commitment_address, review_address, start_address
from commitments.models import Commitment, Digest, Note, Watch
from commitments.showing.standing import standing

LINES = 25  # per block; the rest is counted, with the way to the page

_inliner = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True, slots=True)
class Line:
    commitment: Commitment
    address: str
    standing: str


@dataclass(frozen=True, slots=True)
class Block:
    """One heading of the digest. more: how many lines were left out."""

    title: str
    lines: list[Line]
    more: int


@dataclass(frozen=True, slots=True)
class NoteLine:
    note: Note
    address: str


def digest_mail(digest: Digest, *, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Return the mail of a claimed digest, in the language of its subscriber. It tells what was claimed, no more.

    The Message-ID is the same each time, so that a mail sent twice is recognised as one.
    """
    user = digest.subscription.user
    with translation.override(digest.subscription.language):
        context = _context(digest)
        subject = " ".join(render_to_string("mail/digest_subject.txt", context).split())
        text = render_to_string("mail/digest.txt", context).strip() + "\n"
        html = _inliner.inline(render_to_string("mail/digest.html", context))
    mail = EmailMultiAlternatives(
        subject,
        text,
        to=[user.email],
        headers={"Message-ID": _message_id(digest), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _message_id(digest: Digest) -> str:
    return f"<digest-{digest.week.isoformat()}-{digest.pk}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def _context(digest: Digest) -> dict[str, object]:
    items = digest.items
    day = date.fromisoformat(items["day"])
    titles = {
        "newly_overdue": _("Newly past their date"),
        "still_overdue": _("Still past their date"),
        "due_soon": _("Due soon"),
        "time_to_ask": _("Time to ask"),
        "no_answer": _("No answer within the term"),
        "asked": _("Waiting for an answer"),
    }
    items = {name: [] for name in titles} | items  # a digest claimed by an earlier version lacks some blocks
    counts = {name: len(items[name]) for name in titles}
    watched = _still_watched(digest)
    return {
        "week": digest.week,
        "day": day,
        "blocks": [_block(title, items[name], day) for name, title in titles.items() if items[name]]
        + [_block(_("On your watch list"), watched, day)] * bool(watched),
        "notes": _notes(digest),
        "overdue": counts["newly_overdue"] + counts["still_overdue"],
        "newly_overdue": counts["newly_overdue"],
        "waiting": items["waiting"],
        "last_report": date.fromisoformat(items["last_report"]) if items["last_report"] else None,
        "review_address": review_address(),
        "start_address": start_address(),
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


def _block(title: str, ids: list[int], day: date) -> Block:
    found = Commitment.objects.select_related("person").in_bulk(ids[:LINES])
    lines = [
        Line(found[pk], commitment_address(found[pk]), standing(found[pk], day).words)
        for pk in ids[:LINES]
        if pk in found
    ]
    return Block(title, lines, max(0, len(ids) - LINES))
