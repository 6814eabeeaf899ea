"""What an event changed, in the words of the model's choices."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from commitments.models import Asking, Commitment, Event, FollowUp, Kinds
from commitments.rejections import reason_words
from commitments.showing.standing import DAY

OF_FOLLOW_UPS = (
    Event.Kind.FOLLOW_UP_PROPOSED,
    Event.Kind.FOLLOW_UP_CORRECTED,
    Event.Kind.FOLLOW_UP_ADDED,
    Event.Kind.FOLLOW_UP_JUDGED,
)


def change_of(event: Event) -> str:
    """Return what changed, from and to; nothing where the kind of event says it all."""
    if "part" in (event.after or event.before):
        return _part(event.after or event.before)
    if "asking" in event.after:
        return _asking(event.after)
    if event.kind in OF_FOLLOW_UPS:
        return _follow_up(event)
    if event.kind in (Event.Kind.EDITED, Event.Kind.UNDONE):
        return "; ".join(_said_better(event.before, event.after))
    before, after = _side(event.before), _side(event.after)
    said = f"{before} → {after}" if before and after and before != after else after or ""
    return ", ".join(part for part in (said, *_why(event.after)) if part)


def _follow_up(event: Event) -> str:
    """What a follow-up is, by whose judgement and why; or what it says otherwise than the engine read it."""
    states, kinds = dict(FollowUp.State.choices), dict(FollowUp.Kind.choices)
    before, after = event.before, event.after
    if event.kind == Event.Kind.FOLLOW_UP_JUDGED:
        said = str(states.get(after.get("state"), ""))
        return f"{said}: {reason_words(str(after['reason']))}" if after.get("reason") else said
    sides = [
        ", ".join(part for part in (str(kinds.get(facts.get("kind"), "")), _side(facts)) if part)
        for facts in (before, after)
    ]
    said = " → ".join(side for side in dict.fromkeys(sides) if side)
    return ", ".join(part for part in (said, str(after.get("item") or "")) if part)


def _side(facts: dict[str, Any]) -> str:
    """One side of a change: the status in words, or where it was said and the deadline's words and last day."""
    status = facts.get("status")
    if isinstance(status, str) and status in Commitment.Status.values:
        return str(Commitment.Status(status).label)
    if facts.get("reason"):
        return reason_words(str(facts["reason"]))
    parts = [str(facts["source"])] if facts.get("source") else []
    if facts.get("due_text"):
        parts.append(f"“{facts['due_text']}”")
    if facts.get("due_end"):
        parts.append(_day(facts["due_end"]))
    return ", ".join(parts)


def _said_better(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return what a correction changed, each with its name, from and to; the deadline as one thing."""
    words: dict[str, Callable[[Any], str]] = {
        "title": _quoted,
        "quote": _quoted,
        "kind": lambda value: str(Kinds(value).label) if value in Kinds.values else str(value),
        "condition": _quoted,
        "addressee": lambda value: str(value or "–"),
    }
    names = {
        "title": _("title"),
        "quote": _("quote"),
        "kind": _("kind"),
        "condition": _("condition"),
        "addressee": _("promised to"),
    }
    said = [
        f"{names[name]}: {word(before.get(name))} → {word(after.get(name))}"
        for name, word in words.items()
        if name in before and name in after
    ]
    if {"due_text", "due_start", "due_end"} & after.keys():
        said.append(f"{_('deadline')}: {_side(before) or '–'} → {_side(after) or '–'}")
    return said


def _quoted(value: Any) -> str:
    return f"“{Truncator(str(value)).chars(120)}”" if value else "–"


def _why(after: dict[str, Any]) -> list[str]:
    """What a change of status came with: the end of a legislature, a day, evidence."""
    if "status" not in after:
        return []
    said = []
    if after.get("term_ended"):
        said.append(_("the legislature ended on %(day)s") % {"day": _day(after["term_ended"])})
    if after.get("fulfilled_on"):
        said.append(_("on %(day)s") % {"day": _day(after["fulfilled_on"])})
    if after.get("evidence"):
        said.append(str(after["evidence"]))
    return said


def _part(facts: dict[str, Any]) -> str:
    said = [f"“{facts['part']}”"]
    if facts.get("done_on"):
        said.append(_day(facts["done_on"]))
    if facts.get("evidence"):
        said.append(str(facts["evidence"]))
    return ", ".join(said)


def _asking(facts: dict[str, Any]) -> str:
    kind = facts.get("asking_kind")
    said = [str(Asking.Kind(kind).label) if kind in Asking.Kind.values else ""]
    if facts.get("number"):
        said = [f"{said[0]} {facts['number']}".strip()]
    if facts.get("session"):
        said = [f"{said[0]} ({facts['session']})"]
    if not facts.get("outcome") and facts.get("waiting_until"):
        said.append(_("term until %(day)s") % {"day": _day(facts["waiting_until"])})
    if facts.get("item"):
        said.append(str(facts["item"]))
    return ", ".join(part for part in said if part)


def _day(iso: str) -> str:
    return date_format(date.fromisoformat(str(iso)), DAY)
