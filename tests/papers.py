"""Papers built by hand, for tests of what happens after the parser: few words, every position true."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

from transcripts.papers import Meta, Paper
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
from transcripts.reading.source import Source

SAID_ON = date(2025, 10, 14)
TITLE = "Vlaams minister van Wonen en Energie"


@dataclass
class Draft:
    """What goes in a paper; every field can be replaced."""

    turns: list[tuple[Speaker, str]]
    questions: tuple[Question, ...] = field(default_factory=lambda: (question(),))
    chair: str = "Griet Pauwels"
    said_on: date = SAID_ON
    kind: DocumentKind = DocumentKind.REPORT
    number: str = "C099"
    session: str = "2025-2026"
    committee: str = "Commissie voor Wonen"
    title: str = "Verslag van de commissie"
    warnings: tuple[str, ...] = ()
    name: str = "verslag.txt"


def minister(name: str = "Els Vanrode", label: str = "") -> Speaker:
    return Speaker(label or f"Minister {name}", name, Capacity.MINISTER)


def member(name: str = "Karim Daems", party: str = "Groen") -> Speaker:
    return Speaker(f"{name} ({party})", name, Capacity.MEMBER, party)


def chair(name: str = "") -> Speaker:
    return Speaker("De voorzitter", name, Capacity.CHAIR)


def question(
    asker: str = "Karim Daems", addressee: str = "Els Vanrode", title: str = TITLE, number: str = "101"
) -> Question:
    return Question(number, "2025-2026", asker, addressee, title, "over de renovatiepremies")


def paper(*turns: tuple[Speaker, str], **fields: object) -> Paper:
    """Return a paper with one agenda item; the text as read is the labels and words in order."""
    draft = Draft(turns=list(turns) or [(member(), "Wanneer komt het plan?"), (minister(), "Het plan komt in maart.")])
    for key, value in fields.items():
        assert hasattr(draft, key), key
        setattr(draft, key, value)
    heading = f"VRAAG OM UITLEG {draft.said_on} {draft.number}\n"
    text, account, spoken = heading, [Account(0, len(heading), Reason.HEADING)], []
    for speaker, words in draft.turns:
        start = len(text)
        text += f"{speaker.label}: "
        account.append(Account(start, len(text), Reason.SPEAKER_LABEL))
        passage = Passage(words, ((0, len(text), len(words)),))
        account.append(Account(len(text), len(text) + len(words) + 1, Reason.SPEECH))
        text += words + "\n"
        spoken.append(Turn(speaker, passage, start, len(text) - 1, 1))
    item = Item(
        kind="vraag om uitleg",
        title="over de renovatiepremies",
        questions=draft.questions,
        turns=tuple(spoken),
        start=0,
        end=len(text),
        page=1,
        chair=draft.chair,
    )
    transcript = Transcript(
        kind=draft.kind,
        items=(item,),
        account=tuple(account),
        said_on=draft.said_on,
        title=draft.title,
        meeting_number=draft.number,
        session=draft.session,
        committee=draft.committee,
        chair=draft.chair,
        warnings=draft.warnings,
    )
    data = text.encode()
    return Paper(draft.name, data, hashlib.sha256(data).hexdigest(), Source(text, "text"), transcript, Meta())
