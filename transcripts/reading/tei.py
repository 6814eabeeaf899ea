"""TEI as ParlaMint and Parla-CLARIN write it: one sitting, its notes and utterances, in one or more languages.

The text is made of the title and the day of the sitting and of all the words of the body, in order. The rest of the
header (who made the corpus, its licence, its tag counts) and the attributes are left out by design.

Two editions differ. In the older one the printed line of the speaker is the first note in the utterance and ids read
Name_First; in the newer one it stands before the utterance as a note of type "speaker".
"""

import re
from typing import Any

from transcripts.messages import Message, Sentence
from transcripts.reading import xml
from transcripts.reading.source import Mark, Role, Source, UnreadableError
from transcripts.reading.writer import Run, Writer

DUTCH = "nl"
_ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus", "listPerson"))
_CAPACITIES = {
    "chair": "chair",
    "president": "chair",
    "minister": "minister",
    "primeMinister": "minister",
    "deputyPrimeMinister": "minister",
    "secretaryOfState": "minister",
    "regular": "member",
    "rapporteur": "member",
    "MP": "member",
    "guest": "other",
}
_GOVERNMENT = frozenset(("minister", "head", "deputyHead", "primeMinister", "secretaryOfState", "deputyMinister"))
_COMMITTEE = re.compile(
    r"(?P<committee>(?:Verenigde )?Commissies? (?:voor|ad hoc|inzake|belast)\b.+?)(?= van \w+dag \d|$)"
)
_NOTES = frozenset(("note", "vocal", "kinesic", "incident", "gap", "desc", "stage"))
_ROOT_OF_CORPUS = re.compile(r"(?P<corpus>[A-Za-z]+(?:-[A-Za-z]+)*)_")


def recognises(data: bytes) -> bool:
    return xml.root_of(data) in _ROOTS


def read(data: bytes) -> Source:
    """Read one sitting. The list of persons of a corpus is no sitting: it is refused, and read beside one."""
    root, warnings = xml.parse_xml(data)
    sittings = [root] if xml.name_of(root) in ("TEI", "TEI.2") else list(xml.children(root, "TEI"))
    if not sittings:
        raise UnreadableError(Sentence.PERSONS_ALONE())
    if len(sittings) > 1:
        raise UnreadableError(Sentence.SITTINGS_TOGETHER(count=len(sittings)))
    return _Sitting(sittings[0]).read(warnings)


def companions(name: str) -> tuple[str, ...]:
    """Return the names under which the list of persons of the sitting `name` may lie beside it."""
    found = _ROOT_OF_CORPUS.match(name)
    if not found:
        return ()
    return f"{found['corpus']}.xml", f"{found['corpus']}-listPerson.xml"


class _Sitting:
    def __init__(self, root: Any) -> None:
        self.root = root
        self.out = Writer()
        self.language = xml.attribute(root, "lang") or DUTCH

    def read(self, warnings: tuple[Message, ...]) -> Source:
        facts = self._facts()
        for words in (facts["title"], facts["date"]):
            self.out.line(words, Role.COVER)
        self.out.gap()
        start = self.out.length
        body = next((element for element in self.root.iter() if xml.name_of(element) == "body"), None)
        if body is not None:
            self._walk(body, self.language)
        self.out.mark(start, Role.MEETING, {key: value for key, value in facts.items() if value})
        hints = {"kind": "verslag", "date": facts["date"], "title": facts["title"], "url": facts["url"]}
        return self.out.source("tei", hints, warnings)

    def _facts(self) -> dict[str, str]:
        facts = dict.fromkeys(("title", "date", "number", "committee", "url"), "")
        for element in self.root.iter():
            name = xml.name_of(element)
            if name == "text":
                break
            words = xml.words_of(element) if name in ("title", "idno", "meeting") else ""
            if name == "meeting" and "term" not in element.get("ana", "") and not facts["number"]:
                facts["number"] = element.get("n", "")
                facts["title"] = words or facts["title"]
            elif name == "title" and (found := _COMMITTEE.search(words)):
                facts["committee"] = found["committee"].strip()
            elif name == "title" and not facts["title"] and xml.attribute(element, "lang") in ("", DUTCH):
                facts["title"] = words
            elif name == "date" and xml.name_of(element.getparent()) in ("bibl", "setting"):
                facts["date"] = facts["date"] or element.get("when", "") or element.get("from", "")
            elif name == "idno" and xml.name_of(element.getparent()) == "bibl":
                facts["url"] = facts["url"] or words
        return facts

    def _walk(self, element: Any, language: str) -> None:
        """Write the children of a division, in order; the depth of XML is bounded by its parser."""
        self._loose(element.text)
        for child in element:
            name = xml.name_of(child)
            spoken = xml.attribute(child, "lang") or language
            if name == "u":
                self._utterance(child, spoken)
            elif name == "head":
                self.out.gap()
                self.out.line(xml.words_of(child), Role.HEADING, spoken)
            elif name in _NOTES:
                is_label = child.get("type") == "speaker"
                if is_label:
                    self.out.gap()
                self.out.line(xml.words_of(child), Role.SPEAKER if is_label else Role.NOTE, spoken)
            elif name in ("div", "body", "front", "back", "sp", "list"):
                self._walk(child, spoken)
            else:
                self._loose(xml.words_of(child))
            self._loose(child.tail)

    def _loose(self, words: str | None) -> None:
        """Write words that stand where none are expected: no mark claims them, so they are reported."""
        if words and words.strip():
            self.out.line(words)

    def _utterance(self, element: Any, language: str) -> None:
        first = next(iter(element), None)
        labelled = first is not None and xml.name_of(first) == "note" and _is_label(first)
        if labelled:
            self.out.gap()
        start = self.out.length
        spoken = xml.attribute(element, "lang") or language
        if element.text and element.text.strip():
            self._segment([(element.text, None)], spoken)
        for child in element:
            name = xml.name_of(child)
            tongue = xml.attribute(child, "lang") or spoken
            if child is first and labelled:
                self.out.line(xml.words_of(child), Role.SPEAKER)
            elif name in _NOTES:
                self.out.line(xml.words_of(child), Role.NOTE)
            else:
                self._segment(_runs(child), tongue)
            if child.tail and child.tail.strip():
                self._segment([(child.tail, None)], spoken)
        roles = [word.lstrip("#") for word in element.get("ana", "").split()]
        capacity = next((_CAPACITIES[role] for role in roles if role in _CAPACITIES), "")
        facts = {"id": element.get("who", "").lstrip("#"), "capacity": capacity}
        self.out.mark(start, Role.SPEECH, {key: value for key, value in facts.items() if value})

    def _segment(self, runs: list[Run], language: str) -> None:
        if language.partition("-")[0] == DUTCH:
            self.out.runs(runs)
        else:
            self.out.line("".join(words for words, _ in runs), Role.FOREIGN, language)


def _is_label(note: Any) -> bool:
    return note.get("type") == "speaker" or (not note.get("type") and xml.words_of(note).endswith(":"))


def _runs(segment: Any) -> list[Run]:
    """Return the words of a segment and the notes in it; words given one by one are joined as their signs say."""
    runs: list[Run] = [(segment.text or "", None)]
    for child in segment:
        name = xml.name_of(child)
        if name in _NOTES:
            runs.append((f" {xml.words_of(child)} ", Role.NOTE))
        elif name in ("w", "pc"):
            runs.append((xml.words_of(child), None))
            if child.get("join") not in ("right", "both"):
                runs.append((" ", None))
        elif len(child):
            runs += [*_runs(child), (" ", None)] if name == "s" else _runs(child)
        else:
            runs.append((child.text or "", None))
        if child.tail and (child.tail.strip() or name not in ("w", "pc")):
            runs.append((child.tail, None))
    return runs


def read_persons(data: bytes, wanted: set[str], day: str) -> list[Mark]:
    """Return what a list of persons says of the people `wanted` (ids) on `day` (ISO): name, party, capacity."""
    root, _ = xml.parse_xml(data)
    parties: dict[str, str] = {}
    persons: list[Any] = []
    for element in root.iter():
        name = xml.name_of(element)
        if name == "org" and element.get("role") in ("politicalParty", "parliamentaryGroup"):
            names = {one.get("full", ""): xml.words_of(one) for one in xml.children(element, "orgName")}
            parties[xml.attribute(element, "id")] = names.get("init") or names.get("abb") or names.get("yes", "")
        elif name == "person" and xml.attribute(element, "id") in wanted:
            persons.append(element)
    return [Mark(0, 0, Role.PERSON, "", _person(element, parties, day)) for element in persons]


def _person(element: Any, parties: dict[str, str], day: str) -> dict[str, str]:
    facts = {"id": xml.attribute(element, "id")}
    full = next(xml.children(element, "persName"), None)
    if full is not None:
        parts = [xml.words_of(part) for kind in ("forename", "surname") for part in xml.children(full, kind)]
        facts["name"] = " ".join(part for part in parts if part) or xml.words_of(full)
    for one in xml.children(element, "affiliation"):
        if not (one.get("from", "")[:10] <= day <= (one.get("to") or "9999")[:10]):
            continue
        ref = one.get("ref", "").lstrip("#")
        if one.get("role") in _GOVERNMENT or (one.get("role") == "member" and ref.startswith("government")):
            facts["capacity"] = "minister"
        elif ref in parties:
            facts["party"] = parties[ref]
    return {key: value for key, value in facts.items() if value}
