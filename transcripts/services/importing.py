"""A paper becomes rows, all of it or nothing; the same file twice changes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from transcripts.models import AgendaItem, Document, Person, Question, Speech
from transcripts.papers import Paper
from transcripts.parsing.names import is_minister_title
from transcripts.parsing.transcript import Capacity, Item, Transcript, Turn
from transcripts.services.fitting import fit
from transcripts.services.meetings import confirm_mandate, find_meeting
from transcripts.services.people import People, UnknownSpeakers
from transcripts.signals import document_imported

ATTEMPTS = 3  # two imports at once may both meet a new person; the second finds it the next time


@dataclass(frozen=True, slots=True)
class ImportResult:
    """created: False when the same bytes were imported before. warnings: sentences for the person who imports."""

    document: Document
    created: bool
    warnings: tuple[str, ...]


def import_paper(*, paper: Paper) -> ImportResult:
    """Store a paper.

    1. The same bytes were imported before, under whatever name: return that document.
    2. In one transaction: people, meeting, document, items, questions, speeches, mandates; then tell the receivers
       of `document_imported`, whose rows belong to the same transaction.
    """
    for attempt in range(1, ATTEMPTS + 1):
        known = Document.objects.filter(sha256=paper.sha256).first()
        if known is not None:
            return ImportResult(known, created=False, warnings=tuple(known.warnings))
        try:
            with transaction.atomic():
                document = _store(paper)
                document_imported.send(sender=Document, document=document)
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            return ImportResult(document, created=True, warnings=tuple(document.warnings))
    raise AssertionError("unreachable")


def _store(paper: Paper) -> Document:
    transcript = paper.transcript
    if transcript.said_on is None:
        raise ValueError("a paper has a date: open_paper refuses one without")
    people = People(_mentions(transcript), transcript.said_on)
    counts: Counter[str] = Counter()
    for run in transcript.account:
        counts[run.reason.value] += run.end - run.start
    document = Document.objects.create(
        kind=transcript.kind.value,
        title=fit(Document, "title", transcript.title or paper.stem),
        date=transcript.said_on,
        url=paper.meta.url,
        meeting=find_meeting(transcript, transcript.said_on, people),
        file_name=fit(Document, "file_name", paper.name),
        sha256=paper.sha256,
        reader=fit(Document, "reader", paper.source.reader),
        text=paper.source.text,
        page_starts=list(paper.source.page_starts),
        account=dict(counts),
        account_spans=[[run.start, run.end, run.reason.value] for run in transcript.account],
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            document=document,
            position=position,
            kind=fit(AgendaItem, "kind", item.kind),
            title=item.title,
            chair=people.find(item.chair),
            start=item.start,
            end=item.end,
            page=item.page,
        )
        for position, item in enumerate(transcript.items, start=1)
    )
    pairs = list(zip(items, transcript.items, strict=True))
    Question.objects.bulk_create(question for row, item in pairs for question in _questions(row, item, people))
    unknown = UnknownSpeakers()
    Speech.objects.bulk_create(speech for row, item in pairs for speech in _speeches(row, item, people, unknown))
    _note_mandates(transcript, people, document)
    said = (*paper.source.warnings, *transcript.warnings, *unknown.sentences())
    document.warnings = list(dict.fromkeys(said))
    document.save(update_fields=["warnings"])
    return document


def _mentions(transcript: Transcript) -> Iterator[str]:
    """Every name the document prints: who speaks, asks, is asked or presides."""
    yield transcript.chair
    for item in transcript.items:
        yield item.chair
        for question in item.questions:
            yield question.asker
            yield question.addressee
        for turn in item.turns:
            yield turn.speaker.name


def _questions(row: AgendaItem, item: Item, people: People) -> Iterator[Question]:
    for position, question in enumerate(item.questions, start=1):
        yield Question(
            item=row,
            position=position,
            number=fit(Question, "number", question.number),
            session=fit(Question, "session", question.session),
            subject=question.subject,
            asker=people.find(question.asker),
            addressee=people.find(question.addressee, minister=True),
        )


def _speeches(row: AgendaItem, item: Item, people: People, unknown: UnknownSpeakers) -> Iterator[Speech]:
    for position, turn in enumerate(item.turns, start=1):
        person = _speaker(item, turn, people)
        if person is None:
            unknown.add(turn.speaker.label, turn.page)
        yield Speech(
            item=row,
            position=position,
            person=person,
            label=fit(Speech, "label", turn.speaker.label),
            capacity=turn.speaker.capacity.value,
            party=fit(Speech, "party", turn.speaker.party),
            text=turn.text,
            pieces=[list(piece) for piece in turn.passage.pieces],
            notes=[list(note) for note in turn.notes],
            start=turn.start,
            end=turn.end,
            page=turn.page,
            answer_to=fit(Speech, "answer_to", turn.answer_to),
            heading=turn.heading,
        )


def _speaker(item: Item, turn: Turn, people: People) -> Person | None:
    capacity = turn.speaker.capacity
    if not turn.speaker.name and capacity is Capacity.CHAIR:
        return people.find(item.chair)
    return people.find(turn.speaker.name, minister=capacity is Capacity.MINISTER)


def _note_mandates(transcript: Transcript, people: People, document: Document) -> None:
    seen: set[tuple[int, str]] = set()
    for item in transcript.items:
        for question in item.questions:
            person = people.find(question.addressee, minister=True)
            printed = question.addressee_title
            if person is None or not is_minister_title(printed) or (person.pk, printed) in seen:
                continue
            seen.add((person.pk, printed))
            confirm_mandate(person=person, printed=printed, day=document.date, document=document)
