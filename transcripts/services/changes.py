"""What a later version changed: entries as a Revision keeps them, and the sentences people read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

HEAD = "head"
COMPLETE = "complete"
ITEM_ADDED, ITEM_CHANGED, ITEM_REMOVED, ITEM_KEPT = "item_added", "item_changed", "item_removed", "item_kept"
TURN_ADDED, TURN_CHANGED, TURN_COMPLETED = "turn_added", "turn_changed", "turn_completed"
TURN_REMOVED, TURN_KEPT, TURN_BACK = "turn_removed", "turn_kept", "turn_back"
SPEAKER = "speaker"
STATEMENT_LOST, STATEMENT_MOVED, STATEMENT_BACK = "statement_lost", "statement_moved", "statement_back"
STATEMENTS = (STATEMENT_LOST, STATEMENT_MOVED, STATEMENT_BACK)

AROUND = 30  # characters on either side of what differs
LONGEST = 240  # characters of words in one entry

Entry = dict[str, Any]


class Told:
    """Collects entries: `what`, one of the names above, and the words that go with it."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []

    def add(self, **entry: Any) -> None:
        self.entries.append(entry)

    def turn(self, what: str, item: str, turn: Mapping[str, Any], *, before: str = "", after: str = "") -> None:
        """Tell of a turn: in which item, who speaks on which page, and the words around what differs."""
        speaker = turn["label"] or str(turn["person"] or "")
        before, after = differing(before, after)
        self.add(what=what, item=item, speaker=speaker, page=turn["page"], before=before, after=after)


def differing(before: str, after: str) -> tuple[str, str]:
    """Return the parts of two texts that differ, with a few words around, cut where they are long."""
    if not before or not after:
        return _short(before), _short(after)
    most = min(len(before), len(after))
    head = next((at for at in range(most) if before[at] != after[at]), most)
    most -= head
    tail = next((at for at in range(most) if before[-1 - at] != after[-1 - at]), most)
    start, rest = max(0, head - AROUND), max(0, tail - AROUND)
    return tuple(  # type: ignore[return-value]
        _short(("…" if start else "") + text[start : len(text) - rest] + ("…" if rest else ""))
        for text in (before, after)
    )


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def sentence(entry: Mapping[str, Any]) -> str:
    """Say an entry in the reader's language."""
    template = _TEMPLATES.get(str(entry.get("what")))
    words = {"item": "", "speaker": "", "page": "", "before": "", "after": "", "quote": "", "field": ""} | dict(entry)
    words["speaker"] = words["speaker"] or _("nobody named")
    return template() % words if template else str(dict(entry))


def sentences(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say all entries: first those about statements, for a person has to look at these, then in their order."""
    entries = list(entries)
    first = [one for one in entries if one.get("what") in STATEMENTS]
    return [sentence(one) for one in (*first, *(one for one in entries if one not in first))]


def summary(entries: Iterable[Mapping[str, Any]]) -> str:
    """Say in one line how much changed."""
    counts = Counter(str(one.get("what")) for one in entries)
    parts = []
    if number := counts[TURN_CHANGED] + counts[SPEAKER]:
        parts.append(ngettext("%(number)d turn changed", "%(number)d turns changed", number) % {"number": number})
    if number := counts[TURN_COMPLETED]:
        parts.append(ngettext("%(number)d turn completed", "%(number)d turns completed", number) % {"number": number})
    if number := counts[TURN_ADDED] + counts[TURN_BACK]:
        parts.append(ngettext("%(number)d turn added", "%(number)d turns added", number) % {"number": number})
    if number := counts[TURN_REMOVED] + counts[TURN_KEPT]:
        parts.append(ngettext("%(number)d turn gone", "%(number)d turns gone", number) % {"number": number})
    if number := counts[STATEMENT_LOST]:
        said = ngettext("%(number)d statement lost its place", "%(number)d statements lost their place", number)
        parts.append(said % {"number": number})
    return ", ".join(parts) or _("no turn changed")


_TEMPLATES = {
    HEAD: lambda: _("The document: “%(before)s” became “%(after)s”."),
    COMPLETE: lambda: _("The report is complete now; before, parts of it were still to come."),
    ITEM_ADDED: lambda: _("New agenda item: “%(item)s”."),
    ITEM_CHANGED: lambda: _("The agenda item “%(before)s” is called “%(item)s” now."),
    ITEM_REMOVED: lambda: _("Agenda item gone: “%(item)s”."),
    ITEM_KEPT: lambda: _("The agenda item “%(item)s” is gone from the text; it is kept for what hangs on it."),
    TURN_ADDED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), new: “%(after)s”"),
    TURN_CHANGED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”): “%(before)s” became “%(after)s”"),
    TURN_COMPLETED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), now available: “%(after)s”"),
    TURN_REMOVED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), gone: “%(before)s”"),
    TURN_KEPT: lambda: _(
        "%(speaker)s (p. %(page)s, “%(item)s”), gone from the text, but kept for what was judged on it: “%(before)s”"
    ),
    TURN_BACK: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”): the turn is back in the text."),
    SPEAKER: lambda: _("Another speaker (p. %(page)s, “%(item)s”): “%(before)s” became “%(after)s”."),
    STATEMENT_LOST: lambda: _("A judged statement lost its place, look at it again (“%(item)s”): “%(quote)s”"),
    STATEMENT_MOVED: lambda: _("A judged statement stands in another turn now (“%(item)s”): “%(quote)s”"),
    STATEMENT_BACK: lambda: _("A statement that had lost its place has one again (“%(item)s”): “%(quote)s”"),
}
