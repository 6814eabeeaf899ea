"""VLOS, in which the Dutch Tweede Kamer writes its reports: meeting, activities, speakers and who interrupts them.

The text is made of the titles and of all spoken paragraphs, each turn under its label. Times, ids, fields that hold yes
or no and the single parts of the name of a speaker are left out by design: the label is printed from them where the
words do not begin with it.
"""

import re
from typing import Any

from transcripts.messages import Message, Sentence
from transcripts.reading import xml
from transcripts.reading.source import Role, Source, UnreadableError
from transcripts.reading.writer import Writer

_TURNS = frozenset(("woordvoerder", "interrumpant"))
_PARAGRAPHS = frozenset(("alineaitem", "tekstitem"))
_SILENT = frozenset(
    ("markeertijdbegin", "markeertijdeind", "aanvangstijd", "sluiting", "isvoorzitter", "isdraad", "spreker")
)
_COVER = frozenset(("zaal", "vergaderjaar", "vergaderingnummer", "datum"))
_WORDS = r"(?:van|de|der|den|het|ter|ten|te|'t|’t|'s|in|op|von|el|al|la)"
_PARTICLE = re.compile(rf"(?P<name>.+?),?\s+(?P<particles>{_WORDS}(?:\s{_WORDS})*)")
_VALUE = re.compile(r"true|false|\d{4}-\d\d-\d\dT[\d:.+Z-]+", re.IGNORECASE)  # of a field, not spoken


def recognises(data: bytes) -> bool:
    return xml.root_of(data) == "vlosCoreDocument"


def read(data: bytes) -> Source:
    root, warnings = xml.parse_xml(data)
    meeting = next((element for element in root.iter() if xml.name_of(element) == "vergadering"), None)
    if meeting is None:
        raise UnreadableError(Sentence.VLOS_WITHOUT_MEETING())
    return _Report(meeting).read(warnings)


class _Report:
    """Writes a meeting. A turn ends where another speaker begins, also where the first goes on after that."""

    def __init__(self, meeting: Any) -> None:
        self.meeting = meeting
        self.out = Writer()
        self.speaking: Any = None
        self.start = 0
        self.facts: dict[str, str] = {}
        self.label = ""  # to be printed over the turn, where its words do not begin with one
        self.labelled = False

    def read(self, warnings: tuple[Message, ...]) -> Source:
        meeting = self.meeting
        title = xml.first_words(meeting, "titel")
        facts = {
            "title": title,
            "date": (xml.first_words(meeting, "datum") or xml.first_words(meeting, "aanvangstijd"))[:10],
            "number": xml.first_words(meeting, "vergaderingnummer"),
            "session": xml.first_words(meeting, "vergaderjaar"),
        }
        self.out.line(title, Role.COVER)
        for child in meeting:
            if xml.name_of(child) in _COVER:
                self.out.line(xml.words_of(child), Role.COVER)
        start = self.out.length
        for child in meeting:
            name = xml.name_of(child)
            if name == "activiteit":
                self._activity(child)
            elif name not in _COVER and name not in _SILENT and name != "titel":
                self._walk(child)
        self._end_turn()
        self.out.mark(start, Role.MEETING, {key: value for key, value in facts.items() if value})
        hints = {"kind": "verslag", "date": facts["date"], "title": title}
        return self.out.source("vlos", hints, warnings)

    def _activity(self, element: Any) -> None:
        self._end_turn()
        self.out.gap()
        start = self.out.length
        title = xml.first_words(element, "onderwerp") or xml.first_words(element, "titel")
        kind = element.get("soort", "")
        self._walk(element)
        self._end_turn()
        facts = {"title": title, "kind": kind.casefold(), "id": element.get("objectid", "")}
        self.out.mark(start, Role.ITEM, {key: value for key, value in facts.items() if value})

    def _walk(self, element: Any) -> None:
        name = xml.name_of(element)
        if name in _SILENT or not name:
            return
        if name in _TURNS:
            self._speak(element)
            return
        if name in ("titel", "onderwerp"):
            self._heading(element)
            return
        if not len(element) and name not in _PARAGRAPHS and _VALUE.fullmatch((element.text or "").strip()):
            return
        if name in _PARAGRAPHS or (not len(element) and (element.text or "").strip()):
            self._paragraph(element, name)
            return
        for child in element:
            self._walk(child)
            if child.tail and child.tail.strip():
                self.out.line(child.tail)

    def _speak(self, element: Any) -> None:
        for child in element:
            name = xml.name_of(child)
            if name in _TURNS:
                self._end_turn()
                self._speak(child)
                self._end_turn()
            elif name not in _SILENT:
                self._begin_turn(element)
                self._walk(child)
        self._end_turn()

    def _begin_turn(self, element: Any) -> None:
        if self.speaking is element:
            return
        self._end_turn()
        self.speaking = element
        self.facts = _speaker(element)
        self.out.gap()
        self.start = self.out.length
        first = next((one for one in element.iter() if xml.name_of(one) in _PARAGRAPHS), None)
        printed = first is not None and _is_label(xml.words_of(first), self.facts)
        self.label = "" if printed else self.facts["label"]
        self.labelled = False

    def _end_turn(self) -> None:
        if self.speaking is not None:
            facts = {key: value for key, value in self.facts.items() if value and key != "label"}
            self.out.mark(self.start, Role.SPEECH, facts)
        self.speaking = None

    def _heading(self, element: Any) -> None:
        words = xml.words_of(element)
        before = element.getprevious()
        again = before is not None and xml.name_of(before) == "titel" and xml.words_of(before) == words
        if self.speaking is None:
            self.out.line(words, Role.REPEATED if again else Role.HEADING)
        else:
            self.out.line(words)

    def _paragraph(self, element: Any, name: str) -> None:
        words = xml.words_of(element)
        if not words:
            return
        if self.speaking is None:
            self.out.line(words, Role.NOTE if name in _PARAGRAPHS else None)
            return
        if not self.labelled:
            self.labelled = True
            if self.label:
                self.out.line(self.label, Role.SPEAKER)
            elif _is_label(words, self.facts):
                self.out.line(words, Role.SPEAKER)
                return
        self.out.line(words)


def _speaker(element: Any) -> dict[str, str]:
    speaker = next(xml.children(element, "spreker"), None)
    if speaker is None:
        return {"label": "", "capacity": ""}
    salutation, family = xml.first_words(speaker, "aanhef"), xml.first_words(speaker, "verslagnaam")
    party, office = xml.first_words(speaker, "fractie"), xml.first_words(speaker, "functie")
    kind = f"{office} {speaker.get('soort', '')}".casefold()
    chair = xml.first_words(element, "isvoorzitter").casefold() == "true"
    if chair:
        capacity, label = "chair", "De voorzitter"
    elif "minister" in kind or "staatssecretaris" in kind:
        capacity = "minister"
        label = f"{'Staatssecretaris' if 'staatssecretaris' in kind else 'Minister'} {family}"
    else:
        capacity = "member" if "lid" in kind or party else "other"
        label = f"{salutation} {family}" + (f" ({party})" if party else "")
    return {
        "label": label.strip(),
        "id": speaker.get("objectid", ""),
        "name": _name(speaker) or family,
        "party": party,
        "capacity": capacity,
    }


def _name(speaker: Any) -> str:
    """Return first and family name; "Plas van der" is sorted by its main word and spoken as "van der Plas"."""
    first, family = xml.first_words(speaker, "voornaam"), xml.first_words(speaker, "achternaam")
    between = xml.first_words(speaker, "tussenvoegsel")
    found = _PARTICLE.fullmatch(family)
    if found and not between:
        between, family = found["particles"], found["name"]
    return " ".join(part for part in (first, between, family) if part) if first else ""


def _is_label(words: str, facts: dict[str, str]) -> bool:
    """Tell whether a paragraph is the printed label of a turn: short, with a colon at its end, naming the speaker."""
    if not words.endswith(":") or len(words) > 100:
        return False
    family = facts.get("name", "").rpartition(" ")[2].casefold()
    return "voorzitter" in words.casefold() or (bool(family) and family in words.casefold())
