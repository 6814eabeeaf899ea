"""What an office changed, in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from commitments.models import Membership, OfficeEvent, Priority

register = template.Library()


@register.filter
def office_change(event: OfficeEvent) -> str:
    """From and to of an event; of a note only what it no longer says."""
    if event.kind in (OfficeEvent.Kind.NOTE_EDITED, OfficeEvent.Kind.NOTE_REMOVED):
        return f"“{event.before['text']}”"
    if event.kind == OfficeEvent.Kind.WATCH:
        return _("on the list") if event.after["watched"] else _("off the list")
    if event.kind == OfficeEvent.Kind.MAIL_REFUSED:
        return str(event.after["user"])
    before, after = _side(event.before), _side(event.after)
    return f"{before or '–'} → {after or '–'}" if before or after else ""


def _side(facts: dict[str, Any]) -> str:
    if facts.get("priority"):
        return str(Priority.Level(facts["priority"]).label)
    if "scopes" in facts:
        scopes = ", ".join(facts["scopes"]) or _("what anyone may read")
        return f"{facts['user']} ({scopes})"
    if facts.get("role"):
        return f"{facts['user']} ({Membership.Role(facts['role']).label})"
    return facts.get("name") or ", ".join(facts.get("labels", []))
