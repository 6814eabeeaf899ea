"""Sittings in TEI: utterances become turns, the figures of the printed labels and the notes make the items.

A federal report numbers its items and the turns in them ("03.01 Laurent Devin (PS):"); a note "03 Vraag van … aan …"
is the heading. Only Dutch is read as speech; other languages stay where they are, accounted for as such.
"""

import re
from dataclasses import replace

from transcripts.parsing.marked import UNTITLED, ItemDraft, Marked, finish
from transcripts.parsing.names import recase, split_title, strip_title
from transcripts.parsing.notes import new_chair
from transcripts.parsing.transcript import Capacity, Question, Reason, Speaker, Transcript
from transcripts.reading.source import Mark, Role, Source

_LABEL = re.compile(r"(?P<item>\d{1,3})\.\d{1,3}\s")
_HEADING = re.compile(r"(?P<item>\d{2,3})\s+(?P<words>(?:[A-Z]|\W*[A-Z]).*)")
_ASKED = re.compile(
    r"(?:[-–—]\s*|(?:Vraag|Interpellatie|Mondelinge vraag) van\s+)(?:de heer |mevrouw )?(?P<asker>[^\d\"“«]{3,60}?)\s+"
    r"aan\s+(?:de )?(?P<addressee>[^(\"“«]{3,80}?)\s*(?:\((?P<office>[^()]*)\)\s*)?over\s+[\"“«](?P<subject>.+?)[\"”»]"
    r"(?:\s*\((?:nr\.\s*)?(?P<number>\w+)\))?",
)
_PRESIDED = re.compile(r"voorgezeten door\s+(?P<name>[^.,;]{3,60})\.")
_LONG = 12  # characters of a question number that fit the column


class _Sitting:
    def __init__(self, source: Source) -> None:
        self.marked = Marked(source)
        self.items: list[ItemDraft] = []
        self.number = ""
        self.chair = ""
        self.names = self._names()

    def _names(self) -> dict[str, str]:
        """Learn the names behind ids from the labels that print both; a chair is printed without a name."""
        found: dict[str, str] = {}
        for speech, label in self._speeches():
            who = speech.facts.get("id", "")
            if who and who not in found and label is not None:
                speaker = self.marked.speaker({}, self.marked.words(label))
                if speaker.name and " " in speaker.name:
                    found[who] = speaker.name
        return found

    def _speeches(self) -> list[tuple[Mark, Mark | None]]:
        """Return every speech with its label: the mark inside it, or the one that stands just before it."""
        pairs: list[tuple[Mark, Mark | None]] = []
        before: Mark | None = None
        for mark in self.marked.source.marks:
            if mark.role is Role.SPEAKER:
                if pairs and pairs[-1][0].start <= mark.start < pairs[-1][0].end:
                    if pairs[-1][1] is None:
                        pairs[-1] = (pairs[-1][0], mark)
                else:
                    before = mark
            elif mark.role is Role.SPEECH:
                pairs.append((mark, before))
                before = None
            elif mark.role in (Role.NOTE, Role.HEADING) and before is not None and mark.start > before.end:
                before = None
        return pairs

    def read(self) -> Transcript:
        speeches = {id(speech): label for speech, label in self._speeches()}
        inside = 0
        for mark in self.marked.source.marks:
            if mark.role is Role.SPEECH:
                inside = mark.end
                label = speeches[id(mark)]
                printed = self.marked.words(label) if label else ""
                self._number(printed, label or mark)
                speaker = self._speaker(mark, printed)
                if speaker.capacity is Capacity.CHAIR:
                    self.chair = speaker.name or self.chair
                    speaker = replace(speaker, name=self.chair)
                self._item(label or mark).turns.append(self.marked.turn(mark, speaker, label))
            elif mark.start >= inside and mark.role in (Role.NOTE, Role.HEADING):
                self._between(mark)
                self.chair = _presides(self.marked.words(mark)) or self.chair
        for item in self.items:
            if not item.facts.get("title") and item.facts.get("number"):
                item.facts["title"] = f"{UNTITLED} {int(item.facts['number'])}"
        return finish(self.marked, self.items)

    def _number(self, printed: str, place: Mark) -> None:
        """Open the next item where the figures of the label say so."""
        found = _LABEL.match(printed)
        if found and found["item"] != self.number:
            self.number = found["item"]
            if not (self.items and self.items[-1].facts.get("number") == self.number):
                self.items.append(self._numbered(place))

    def _numbered(self, place: Mark) -> ItemDraft:
        return ItemDraft(place.start, {"number": self.number, "title": ""}, chair=self.chair)

    def _item(self, place: Mark) -> ItemDraft:
        if not self.items:
            self.items.append(ItemDraft(place.start))
        return self.items[-1]

    def _between(self, mark: Mark) -> None:
        """A heading or a note between the speeches: it opens an item, lists a question of it, or is only a note."""
        words = " ".join(self.marked.words(mark).split())
        dutch = mark.value.partition("-")[0] in ("", "nl")
        heading = _HEADING.fullmatch(words)
        if mark.role is Role.HEADING and not heading:
            if dutch and not (self.items and not self.items[-1].turns and self.items[-1].facts.get("title")):
                self.items.append(ItemDraft(mark.start, {"title": words}))
            return
        if heading:
            self.marked.take_for(mark, Reason.HEADING if dutch else Reason.FOREIGN)
            if heading["item"] != self.number:
                self.number = heading["item"]
                self.items.append(self._numbered(mark))
            if dutch and self.items and not self.items[-1].facts.get("title"):
                self._title(self.items[-1], heading["words"])
        elif not dutch:
            self.marked.take_for(mark, Reason.FOREIGN)
        elif self.items and not self.items[-1].turns and (asked := _question(words)):
            self.marked.take_for(mark, Reason.HEADING)
            self.items[-1].questions.append(asked)

    def _title(self, item: ItemDraft, words: str) -> None:
        asked = _question(words)
        if asked:
            item.questions.append(asked)
        item.facts["title"] = (
            asked.subject if asked else words.removesuffix(" van").removesuffix(" en toegevoegde vragen")
        )
        item.facts["kind"] = _kind(words)

    def _speaker(self, mark: Mark, printed: str) -> Speaker:
        who = mark.facts.get("id", "")
        facts = dict(mark.facts)
        known = self.marked.persons.get(who, {}).get("name") or self.names.get(who)
        if known:
            facts["name"] = known
        speaker = self.marked.speaker(facts, printed)
        if not speaker.name and who:
            return Speaker(speaker.label, _name_of(who), speaker.capacity, speaker.party)
        return speaker


def _presides(words: str) -> str:
    found = _PRESIDED.search(" ".join(words.split()))
    return strip_title(found["name"]) if found else new_chair(words)


def _question(words: str) -> Question | None:
    found = _ASKED.search(words)
    if not found:
        return None
    number = (found["number"] or "")[:_LONG]
    title, addressee = split_title(found["addressee"].strip(" ,"))
    office = found["office"] or title
    return Question(number, "", found["asker"].strip(" ,"), recase(addressee), office, found["subject"].strip())


def _kind(words: str) -> str:
    folded = words.casefold()
    kinds = ("actualiteitsdebat", "gedachtewisseling", "interpellatie", "hoorzitting", "vraag")
    return next((kind for kind in kinds if kind in folded), "")


def _name_of(who: str) -> str:
    """Read a name off an id: "VandenBergh_Jef" and "VandenBerghJef" are "Jef Vanden Bergh"."""
    family, _, first = who.partition("_")
    parts = re.findall(r"[^\W\d_]?[^\W\d_A-Z]+(?:-[^\W\d_]+)*|[A-Z]+", family)
    if not first and len(parts) > 1:
        first = parts.pop()
    return f"{first} {' '.join(parts)}".strip()


def parse_tei(source: Source) -> Transcript:
    """Parse a sitting in TEI. Names, parties and offices come from the list of persons where it lies beside."""
    return _Sitting(source).read()
