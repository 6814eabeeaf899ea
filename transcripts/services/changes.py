"""What a later version changed: entries as a Revision keeps them, and the sentences people read."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from transcripts.wording import CAPACITIES, KINDS

HEAD = "head"
COMPLETE, INCOMPLETE = "complete", "incomplete"
ITEM_ADDED, ITEM_CHANGED, ITEM_REMOVED, ITEM_KEPT = "item_added", "item_changed", "item_removed", "item_kept"
ITEM_FIELD = "item_field"
QUESTION_ADDED, QUESTION_CHANGED, QUESTION_REMOVED = "question_added", "question_changed", "question_removed"
TURN_ADDED, TURN_CHANGED, TURN_COMPLETED = "turn_added", "turn_changed", "turn_completed"
TURN_REMOVED, TURN_KEPT, TURN_BACK = "turn_removed", "turn_kept", "turn_back"
TURN_FIELD = "turn_field"
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

    def field(self, what: str, field: str, before: Any, after: Any, **entry: Any) -> None:
        """Tell of a field, where it has another value now."""
        if before != after:
            self.add(what=what, field=field, before=_plain(before), after=_plain(after), **entry)

    def turn_field(self, field: str, before: Any, turn: Mapping[str, Any], item: str) -> None:
        """Tell of a field of a turn, where it has another value now."""
        speaker = turn["label"] or str(turn["person"] or "")
        self.field(TURN_FIELD, field, before, turn[field], item=item, speaker=speaker, page=turn["page"])


def _plain(value: Any) -> str:
    """Say a value in words that can be kept. Notes are told by their words, without their places."""
    if isinstance(value, list):
        return _short(" ".join(str(words) for _place, words in value))
    return _short(str(value)) if value is not None else ""


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
    words = {
        "item": "",
        "speaker": "",
        "page": "",
        "before": "",
        "after": "",
        "quote": "",
        "field": "",
        "question": "",
    } | dict(entry)
    words["speaker"] = words["speaker"] or _("nobody named")
    if "field" in entry:
        words |= {name: _said(words["field"], words[name]) or _("nothing") for name in ("before", "after")}
        words["field"] = _FIELDS[words["field"]] if words["field"] in _FIELDS else words["field"]
    return template() % words if template else str(dict(entry))


def _said(field: str, value: str) -> str:
    """Say a value that is stored under a name of its own in words."""
    names: dict[str, Mapping[Any, Any]] = {"kind": KINDS, "capacity": CAPACITIES}
    known = names.get(field, {})
    return str(known.get(value, value))


def sentences(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say all entries: first those about statements, for a person has to look at these, then in their order."""
    entries = list(entries)
    first = [one for one in entries if one.get("what") in STATEMENTS]
    return [sentence(one) for one in (*first, *(one for one in entries if one not in first))]


def summary(entries: Iterable[Mapping[str, Any]]) -> str:
    """Say in one line how much changed."""
    counts = Counter(str(one.get("what")) for one in entries)
    parts = []
    if number := counts[HEAD]:
        said = ngettext("%(number)d particular changed", "%(number)d particulars changed", number)
        parts.append(said % {"number": number})
    if number := counts[QUESTION_CHANGED] + counts[QUESTION_ADDED] + counts[QUESTION_REMOVED]:
        parts.append(
            ngettext("%(number)d question changed", "%(number)d questions changed", number) % {"number": number}
        )
    if number := counts[TURN_CHANGED] + counts[SPEAKER] + counts[TURN_FIELD]:
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


_FIELDS = {
    "title": gettext_lazy("title"),
    "kind": gettext_lazy("kind"),
    "date": gettext_lazy("date"),
    "url": gettext_lazy("address"),
    "meeting": gettext_lazy("meeting"),
    "committee": gettext_lazy("committee"),
    "chair": gettext_lazy("chair"),
    "number": gettext_lazy("number"),
    "session": gettext_lazy("session"),
    "subject": gettext_lazy("subject"),
    "asker": gettext_lazy("asker"),
    "addressee": gettext_lazy("addressee"),
    "office": gettext_lazy("office"),
    "label": gettext_lazy("as printed"),
    "capacity": gettext_lazy("capacity"),
    "party": gettext_lazy("party"),
    "answer_to": gettext_lazy("answers question"),
    "heading": gettext_lazy("headings"),
    "notes": gettext_lazy("notes of the editor"),
}
_TEMPLATES = {
    HEAD: lambda: _("The document, %(field)s: “%(before)s” became “%(after)s”."),
    COMPLETE: lambda: _("The report is complete now; before, parts of it were still to come."),
    INCOMPLETE: lambda: _("The report is provisional now: parts of it are still to come."),
    ITEM_ADDED: lambda: _("New agenda item: “%(item)s”."),
    ITEM_CHANGED: lambda: _("The agenda item “%(before)s” is called “%(item)s” now."),
    ITEM_REMOVED: lambda: _("Agenda item gone: “%(item)s”."),
    ITEM_KEPT: lambda: _("The agenda item “%(item)s” is gone from the text; it is kept for what hangs on it."),
    ITEM_FIELD: lambda: _("The agenda item “%(item)s”, %(field)s: “%(before)s” became “%(after)s”."),
    QUESTION_ADDED: lambda: _("New question under “%(item)s”: “%(question)s”."),
    QUESTION_CHANGED: lambda: _("Question %(question)s under “%(item)s”, %(field)s: “%(before)s” became “%(after)s”."),
    QUESTION_REMOVED: lambda: _("Question gone from “%(item)s”: “%(question)s”."),
    TURN_ADDED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), new: “%(after)s”"),
    TURN_CHANGED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”): “%(before)s” became “%(after)s”"),
    TURN_COMPLETED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), now available: “%(after)s”"),
    TURN_REMOVED: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), gone: “%(before)s”"),
    TURN_KEPT: lambda: _(
        "%(speaker)s (p. %(page)s, “%(item)s”), gone from the text, but kept for what was judged on it: “%(before)s”"
    ),
    TURN_BACK: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”): the turn is back in the text."),
    TURN_FIELD: lambda: _("%(speaker)s (p. %(page)s, “%(item)s”), %(field)s: “%(before)s” became “%(after)s”."),
    SPEAKER: lambda: _("Another speaker (p. %(page)s, “%(item)s”): “%(before)s” became “%(after)s”."),
    STATEMENT_LOST: lambda: _("A judged statement lost its place, look at it again (“%(item)s”): “%(quote)s”"),
    STATEMENT_MOVED: lambda: _("A judged statement stands in another turn now (“%(item)s”): “%(quote)s”"),
    STATEMENT_BACK: lambda: _("A statement that had lost its place has one again (“%(item)s”): “%(quote)s”"),
}
