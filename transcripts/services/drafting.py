"""What goes in the rows of a paper: the columns of its document, items, questions and speeches. Writes nothing."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from transcripts.messages import Message
from transcripts.models import AgendaItem, Document, Meeting, Person, Question, Speech
from transcripts.papers import Paper
from transcripts.parsing.names import is_minister_title
from transcripts.parsing.placeholders import is_placeholder
from transcripts.parsing.transcript import Capacity, Item, Transcript, Turn
from transcripts.services.fitting import fit
from transcripts.services.meetings import confirm_mandate, doubts
from transcripts.services.people import People, UnknownSpeakers

Fields = dict[str, Any]
ITEM_COLUMNS = ("kind", "title", "chair", "start", "end", "page")
QUESTION_COLUMNS = ("number", "session", "subject", "asker", "addressee", "office")
SPEECH_COLUMNS = (
    "person", "label", "capacity", "party", "text", "pieces", "notes", "start", "end", "page", "answer_to", "heading",
)  # fmt: skip


@dataclass(slots=True)
class ItemDraft:
    """The columns of an item, its questions and its speeches, without their position and their parent."""

    fields: Fields
    questions: list[Fields]
    speeches: list[Fields]


@dataclass(slots=True)
class Draft:
    """A paper, its people found: what its rows will say.

    document  the columns that change with every version
    meeting   what it says of its meeting: committee and chair
    warnings  sentences for the person who imports
    """

    document: Fields
    meeting: Fields
    items: list[ItemDraft]
    people: People
    warnings: list[Message] = field(default_factory=list)


def draft(paper: Paper) -> Draft:
    """Work out the rows of a paper. Makes the people who are new."""
    transcript = paper.transcript
    if transcript.said_on is None:
        raise ValueError("a paper has a date: open_paper refuses one without")
    people = People.of(transcript)
    unknown = UnknownSpeakers()
    items = [_item(item, people, unknown) for item in transcript.items]
    counts: Counter[str] = Counter()
    for run in transcript.account:
        counts[run.reason.value] += run.end - run.start
    document = {
        "kind": transcript.kind.value,
        "title": fit(Document, "title", transcript.title or paper.stem),
        "date": transcript.said_on,
        "url": paper.meta.url,
        "file_name": fit(Document, "file_name", paper.name),
        "sha256": paper.sha256,
        "reader": fit(Document, "reader", paper.source.reader),
        "text": paper.source.text,
        "page_starts": list(paper.source.page_starts),
        "account": dict(counts),
        "account_spans": [[run.start, run.end, run.reason.value] for run in transcript.account],
        "provisional": paper.source.hints.get("provisional") == "yes"
        or any(is_placeholder(turn.text) for turn in transcript.turns()),
    }
    said = (
        *paper.source.warnings,
        *transcript.warnings,
        *unknown.sentences(),
        *people.sentences(),
        *doubts(transcript, people),
    )
    meeting = {"committee": fit(Meeting, "committee", transcript.committee), "chair": people.find(transcript.chair)}
    return Draft(document, meeting, items, people, list(dict.fromkeys(said)))


def note_mandates(transcript: Transcript, people: People, document: Document) -> None:
    """Note the offices that the headings of a document give the ministers who are asked."""
    seen: set[tuple[int, str]] = set()
    for item in transcript.items:
        for question in item.questions:
            person = people.find(question.addressee, minister=True)
            printed = question.addressee_title
            if person is None or not is_minister_title(printed) or (person.pk, printed) in seen:
                continue
            seen.add((person.pk, printed))
            confirm_mandate(person=person, printed=printed, day=document.date, document=document)


def _item(item: Item, people: People, unknown: UnknownSpeakers) -> ItemDraft:
    fields = {
        "kind": fit(AgendaItem, "kind", item.kind),
        "title": item.title,
        "chair": people.find(item.chair),
        "start": item.start,
        "end": item.end,
        "page": item.page,
    }
    questions = [
        {
            "number": fit(Question, "number", question.number),
            "session": fit(Question, "session", question.session),
            "subject": question.subject,
            "asker": people.find(question.asker, member=True),
            "addressee": people.find(question.addressee, minister=True),
            "office": fit(Question, "office", " ".join(question.addressee_title.split())),
        }
        for question in item.questions
    ]
    return ItemDraft(fields, questions, [_speech(item, turn, people, unknown) for turn in item.turns])


def _speech(item: Item, turn: Turn, people: People, unknown: UnknownSpeakers) -> Fields:
    person = _speaker(item, turn, people)
    if person is None:
        unknown.add(turn.speaker.label, turn.page)
    return {
        "person": person,
        "label": fit(Speech, "label", turn.speaker.label),
        "capacity": turn.speaker.capacity.value,
        "party": fit(Speech, "party", turn.speaker.party),
        "text": turn.text,
        "pieces": [list(piece) for piece in turn.passage.pieces],
        "notes": [list(note) for note in turn.notes],
        "start": turn.start,
        "end": turn.end,
        "page": turn.page,
        "answer_to": fit(Speech, "answer_to", turn.answer_to),
        "heading": turn.heading,
    }


def _speaker(item: Item, turn: Turn, people: People) -> Person | None:
    capacity = turn.speaker.capacity
    if not turn.speaker.name and capacity is Capacity.CHAIR:
        return people.find(item.chair)
    member = capacity is Capacity.MEMBER and bool(turn.speaker.party)
    return people.find(turn.speaker.name, minister=capacity is Capacity.MINISTER, member=member)
