"""Transcripts out of marks: for documents whose container says where an item and a speech begin and who speaks."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from transcripts.messages import Message, Sentence
from transcripts.parsing.bounds import refuse_more_turns
from transcripts.parsing.dates import find_date
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.names import is_party, looks_like_name, recase, split_title, strip_title
from transcripts.parsing.placeholders import told_provisional
from transcripts.parsing.speakers import Label, Standing, read_label
from transcripts.parsing.transcript import (
    Account,
    Capacity,
    DocumentKind,
    Item,
    Passage,
    Question,
    Reason,
    Speaker,
    Transcript,
    Turn,
)
from transcripts.parsing.turns import take_notes
from transcripts.reading.source import Mark, Role, Source

UNTITLED = "agendapunt"
_LONGEST_PARTY = 24  # characters
_REASONS = {
    Role.SPEECH: Reason.SPEECH,
    Role.SPEAKER: Reason.SPEAKER_LABEL,
    Role.HEADING: Reason.HEADING,
    Role.NOTE: Reason.NOTE,
    Role.FOREIGN: Reason.FOREIGN,
    Role.COVER: Reason.COVER,
    Role.HEADER: Reason.PAGE_HEADER,
    Role.FOOTER: Reason.PAGE_FOOTER,
    Role.LINK: Reason.LINK,
    Role.REPEATED: Reason.REPEATED,
}
_HOLDERS = frozenset((Role.MEETING, Role.ITEM, Role.SPEECH))
_NUMBERED = re.compile(r"\d{1,3}\.\d{1,3}\s+")
_CHAIR = re.compile(
    r"(?:de\s+(?:\w+\s+)?|le |la )?(?:voorzitter|voorzitster|président|présidente|president)\b", re.IGNORECASE
)
_OFFICE = re.compile(r"\b(?:minist(?:er|re)|staatssecretaris|secrétaire d'[ée]tat)\b", re.IGNORECASE)
_PARTY = re.compile(r"\s*\((?P<party>[^()]*)\)\s*$")


@dataclass(slots=True)
class ItemDraft:
    """An item in the making: what its container says of it (`facts`, see Mark), and its turns."""

    start: int
    facts: dict[str, str] = field(default_factory=dict)
    turns: list[Turn] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    chair: str = ""
    end: int = 0


class Marked:
    """One marked document, and its account: a mark claims its characters for what its role says."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.ledger = Ledger(source.text)
        self.persons = {mark.facts.get("id", ""): mark.facts for mark in source.marks if mark.role is Role.PERSON}
        self._inner = [mark for mark in source.marks if mark.role not in _HOLDERS and mark.end > mark.start]
        self._starts = [mark.start for mark in self._inner]
        self._reasons = {(mark.start, mark.end): _REASONS[mark.role] for mark in self._inner}

    def holders(self, role: Role) -> list[Mark]:
        return [mark for mark in self.source.marks if mark.role is role]

    def inside(self, start: int, end: int) -> list[Mark]:
        """Return the marks that begin in [start, end): labels, headings, notes and what else is no speech."""
        return self._inner[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def take_for(self, mark: Mark, reason: Reason) -> None:
        """Account for a mark as something else than its role says."""
        self._reasons[mark.start, mark.end] = reason

    def words(self, mark: Mark) -> str:
        return self.source.text[mark.start : mark.end]

    def meeting(self) -> dict[str, str]:
        return next((mark.facts for mark in self.holders(Role.MEETING)), {})

    def turn(self, mark: Mark, speaker: Speaker, label: Mark | None = None) -> Turn:
        """Make the turn of a speech mark; `label` where the printed label stands before it."""
        start = min(mark.start, label.start) if label else mark.start
        inner = self.inside(mark.start, mark.end)
        passage, places = self._join(mark.start, mark.end, inner)
        passage, found, spans = take_notes(passage, self.ledger)
        gone = first = 0
        for at, one in places:
            while first < len(spans) and spans[first][1] <= at:
                gone += spans[first][1] - spans[first][0]
                first += 1
            found.append((min(at - gone, len(passage.text)), " ".join(self.words(one).split())))
        self.ledger.add(mark.start, mark.end, Reason.SPEECH)
        return Turn(speaker, passage, start, mark.end, self.source.page_at(start), tuple(sorted(found)))

    def _join(self, start: int, end: int, inner: Sequence[Mark]) -> tuple[Passage, list[tuple[int, Mark]]]:
        """Join what is free in [start, end): each line is a paragraph. Return also where the notes stood."""
        parts: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        places: list[tuple[int, Mark]] = []
        length = 0
        text = self.source.text

        def add(low: int, high: int) -> None:
            nonlocal length
            for at, line in _lines(text, low, high):
                words = line.strip()
                if not words:
                    continue
                there = at + line.index(words[0])
                if pieces:
                    before = pieces[-1][1] + pieces[-1][2]
                    parts.append("\n" if "\n" in text[before:there] else " ")
                    length += 1
                parts.append(words)
                pieces.append((length, there, len(words)))
                length += len(words)

        at = start
        for mark in inner:
            if mark.start > at:
                add(at, mark.start)
            if mark.role is Role.NOTE:
                places.append((length, mark))
            at = max(at, min(mark.end, end))
        add(at, end)
        return Passage("".join(parts), tuple(pieces)), places

    def speaker(self, facts: dict[str, str], label: str) -> Speaker:
        """Read who speaks from the printed label; what the container says of the speaker counts before it."""
        printed = _bracket_party(_NUMBERED.sub("", " ".join(label.split()), count=1).rstrip(" :"))
        read = printed_label(printed) if printed else None
        known = self.persons.get(facts.get("id", ""), {})
        name = facts.get("name") or (read.speaker.name if read else "") or known.get("name", "")
        if not name and printed and not _CHAIR.match(printed):
            name = strip_title(printed.partition(",")[0])
        capacity = facts.get("capacity") or known.get("capacity", "")
        party = facts.get("party") or (read.speaker.party if read else "") or _printed_party(printed, capacity)
        if not capacity and printed:
            capacity = _capacity(printed) or (read.speaker.capacity if read else "")
        return Speaker(
            printed,
            recase(name),
            Capacity(capacity) if capacity else Capacity.MEMBER,
            party or known.get("party", ""),
        )

    def close(self) -> tuple[Account, ...]:
        for (start, end), reason in self._reasons.items():
            self.ledger.claim(start, end, reason)
        return self.ledger.close()


@lru_cache(maxsize=4096)
def printed_label(printed: str) -> Label | None:
    """Read a label that stands alone, without its colon; the few people of a meeting speak again and again."""
    label = read_label(f"{printed}:")
    return None if label is None or label.standing is Standing.DOUBTFUL else label


def _bracket_party(printed: str) -> str:
    """Return "Jan Maes (Groen)" for "Jan Maes, Groen" and "Jan Maes Groen", as a page prints it that sets it apart."""
    words = printed.split(" ")
    for size in (1, 2):
        name, party = " ".join(words[:-size]).rstrip(" ,–-|"), " ".join(words[-size:])
        if is_party(party) and looks_like_name(strip_title(name)):
            return f"{name} ({party})"
    return printed


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    for line in text[start:end].split("\n"):
        yield start, line
        start += len(line) + 1


def _printed_party(printed: str, capacity: str) -> str:
    """Return the party in the brackets of a label; of a known member whatever stands there, be it a foreign party."""
    found = _PARTY.search(printed)
    if not found:
        return ""
    words = found["party"].strip()
    return words if is_party(words) or (capacity == Capacity.MEMBER and len(words) <= _LONGEST_PARTY) else ""


def _capacity(printed: str) -> str:
    if _CHAIR.match(printed):
        return Capacity.CHAIR
    return Capacity.MINISTER if _OFFICE.search(printed) else ""


def question_of(facts: dict[str, str]) -> Question | None:
    """Return the question an item mark or an agenda mark tells of, or None where it names no asker and no number."""
    if not (facts.get("asker") or facts.get("number")):
        return None
    title, addressee = split_title(facts.get("addressee", ""))
    office = facts.get("addressee_title", "") or title
    return Question(
        facts.get("number", ""),
        facts.get("session", ""),
        strip_title(facts.get("asker", "")),
        recase(addressee.strip()),
        office,
        facts.get("title", ""),
    )


def finish(
    marked: Marked, drafts: Sequence[ItemDraft], *, said_on: date | None = None, warnings: Sequence[Message] = ()
) -> Transcript:
    """Make the transcript of a marked report."""
    facts = marked.meeting()
    items = tuple(_item(marked.source, draft) for draft in drafts)
    found = list(warnings)
    if not any(item.turns for item in items):
        found.append(Sentence.NO_SPEECH())
    found.extend(told_provisional(turn for item in items for turn in item.turns))
    return Transcript(
        kind=DocumentKind.REPORT,
        items=items,
        account=marked.close(),
        said_on=said_on or find_date(facts.get("date", "")),
        title=_title(facts, items),
        meeting_number=facts.get("number", ""),
        session=facts.get("session", ""),
        committee=facts.get("committee", ""),
        chair=next((item.chair for item in items if item.chair), ""),
        warnings=tuple(found),
    )


def _item(source: Source, draft: ItemDraft) -> Item:
    title = draft.facts.get("title", "") or "; ".join(
        dict.fromkeys(question.subject for question in draft.questions if question.subject)
    )
    kind = draft.facts.get("kind", "").casefold() or UNTITLED
    chair = draft.chair or next(
        (turn.speaker.name for turn in draft.turns if turn.speaker.capacity is Capacity.CHAIR), ""
    )
    end = max([draft.end, *(turn.end for turn in draft.turns[-1:])])
    return Item(
        kind,
        title or kind,
        tuple(draft.questions),
        tuple(draft.turns),
        draft.start,
        end,
        source.page_at(draft.start),
        chair,
    )


def _title(facts: dict[str, str], items: Sequence[Item]) -> str:
    committee, number, session = facts.get("committee", ""), facts.get("number", ""), facts.get("session", "")
    if committee:
        return f"{committee} – {number} ({session})" if number and session else f"{committee} – {number}".rstrip(" –")
    return facts.get("title", "") or next((item.title for item in items if item.title != UNTITLED), "")


def parse_items(source: Source) -> Transcript:
    """Parse a report whose container marks its items itself (VLOS, official publications)."""
    marked = Marked(source)
    return finish(marked, draft_items(marked))


def draft_items(marked: Marked) -> list[ItemDraft]:
    """Return the marked items with the turns of the marked speeches in them."""
    speeches = marked.holders(Role.SPEECH)
    refuse_more_turns(len(speeches))
    drafts: list[ItemDraft] = []
    for item in marked.holders(Role.ITEM):
        drafts.append(ItemDraft(item.start, dict(item.facts), [], [], "", item.end))
        if question := question_of(item.facts):
            drafts[-1].questions.append(question)
    if speeches and (not drafts or speeches[0].start < drafts[0].start):
        drafts.insert(0, ItemDraft(speeches[0].start))
    at = 0
    for speech in speeches:
        while at + 1 < len(drafts) and drafts[at + 1].start <= speech.start:
            at += 1
        label = next((one for one in marked.inside(speech.start, speech.end) if one.role is Role.SPEAKER), None)
        speaker = marked.speaker(speech.facts, marked.words(label) if label else "")
        drafts[at].turns.append(marked.turn(speech, speaker))
    return drafts
