"""Proceedings as published officially in the Netherlands: `handelingen`, and `handeling` as it was before 2011.

The text is made of all the words of the document in order, each paragraph a line. Metadata that stands in attributes is
left out by design, but for the day and the title it may give.
"""

from typing import Any

from transcripts.messages import Message
from transcripts.reading import xml
from transcripts.reading.source import Role, Source
from transcripts.reading.writer import Writer

_ROOTS = frozenset(("officiele-publicatie", "handelingen", "handeling"))
_ITEMS = frozenset(("agendapunt", "handeling_bijlage", "bijlage", "onderwerp", "agendapunt_nr"))
_TURNS = frozenset(("spreekbeurt", "voorz"))
_BLOCKS = frozenset(("al", "li", "titel", "item-titel", "nr", "tussenkop", "subtitel", "p", "entry", "kop", "motie"))
_HEADINGS = frozenset(("titel", "item-titel", "kop", "tussenkop", "subtitel", "nr", "itemnaam", "vrijetekst"))
_NAMES = frozenset(("spreker", "wie"))
_DAYS = ("OVERHEIDop.datumVergadering", "OVERHEIDop.datumOndertekening", "DC.date", "OVERHEIDop.datumOntvangst")


def recognises(data: bytes) -> bool:
    return xml.root_of(data) in _ROOTS


def read(data: bytes) -> Source:
    root, warnings = xml.parse_xml(data)
    return _Proceedings(root).read(warnings)


class _Proceedings:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.out = Writer()
        self.speaking = False

    def read(self, warnings: tuple[Message, ...]) -> Source:
        meta = {one.get("name", ""): one.get("content", "") for one in self.root.iter() if xml.name_of(one) == "meta"}
        date = next((meta[name][:10] for name in _DAYS if meta.get(name)), "") or _old_day(self.root)
        title = meta.get("DC.title") or meta.get("DCTERMS.title") or meta.get("OVERHEIDop.handelingenitemtitel", "")
        start = self.out.length
        self._walk(self.root)
        number = meta.get("OVERHEIDop.vergadernummer") or meta.get("OVERHEIDop.vergadering", "")
        session = meta.get("OVERHEIDop.vergaderjaar", "")
        facts = {"date": date, "title": title, "number": number, "session": session}
        self.out.mark(start, Role.MEETING, {key: value for key, value in facts.items() if value})
        return self.out.source("official publication", {"kind": "verslag", "date": date, "title": title}, warnings)

    def _walk(self, element: Any) -> None:
        name = xml.name_of(element)
        if name in ("metadata", "meta", "") or not _has_words(element):
            return
        if name in _ITEMS and not self.speaking:
            self._item(element)
        elif name in _TURNS or (name == "spreker" and next(xml.children(element, "wie"), None) is not None):
            self._turn(element, name)
        elif name in _NAMES:
            self.out.line(f"{_label(element)}:", Role.SPEAKER)
        elif name in _BLOCKS or not len(element):
            self._block(element, name)
        else:
            self._children(element)

    def _children(self, element: Any) -> None:
        if element.text and element.text.strip():
            self.out.line(element.text, None if self.speaking else Role.NOTE)
        for child in element:
            self._walk(child)
            tail = child.tail or ""
            if xml.name_of(child) in _NAMES:
                tail = tail.lstrip(" :\t\r\n")  # the colon of the label is written with it
            if tail.strip():
                self.out.line(tail, None if self.speaking else Role.NOTE)

    def _block(self, element: Any, name: str) -> None:
        nested = any(xml.name_of(one) in (_BLOCKS | _TURNS | _NAMES) for one in element.iterdescendants())
        if nested:
            self._children(element)
        elif name in _HEADINGS and not self.speaking:
            self.out.line(xml.words_of(element), Role.HEADING)
        else:
            self.out.line(xml.words_of(element), None if self.speaking else Role.NOTE)

    def _item(self, element: Any) -> None:
        self.out.gap()
        start = self.out.length
        title = next((xml.words_of(one) for one in element.iter() if xml.name_of(one) in ("item-titel", "titel")), "")
        kind = element.get("soort", "").replace("_", " ")
        self._children(element)
        self.out.mark(start, Role.ITEM, {key: value for key, value in (("title", title), ("kind", kind)) if value})

    def _turn(self, element: Any, name: str) -> None:
        self.out.gap()
        start = self.out.length
        outer, self.speaking = self.speaking, True
        self._children(element)
        self.speaking = outer
        speaker = next((one for one in element.iter() if xml.name_of(one) in _NAMES), None)
        label = _label(speaker) if speaker is not None else ""
        party = _party(speaker) if speaker is not None else ""
        chair = name == "voorz" or "voorzitter" in label.casefold()
        facts = {"capacity": "chair" if chair else _capacity(label) or ("member" if party else "")}
        self.out.mark(start, Role.SPEECH, {key: value for key, value in (*facts.items(), ("party", party)) if value})


def _has_words(element: Any) -> bool:
    return any(words.strip() for words in element.itertext())


def _label(speaker: Any) -> str:
    """Return the printed name of a speaker: salutation, name, party in brackets."""
    party = _party(speaker)
    words = xml.words_of(speaker).rstrip(" :")
    bare = words.removesuffix(f"({party})").removesuffix(party).strip(" (,:") if party else words
    return f"{bare} ({party})" if party else bare


def _party(speaker: Any) -> str:
    found = next((one for one in speaker.iter() if xml.name_of(one) in ("politiek", "partij")), None)
    return xml.words_of(found).strip("()") if found is not None else ""


def _capacity(label: str) -> str:
    folded = label.casefold()
    return "minister" if folded.startswith(("minister", "staatssecretaris", "minister-president")) else ""


def _old_day(root: Any) -> str:
    found = next((one for one in root.iter() if xml.name_of(one) in ("datum", "vergaderdatum")), None)
    return xml.words_of(found) if found is not None else ""
