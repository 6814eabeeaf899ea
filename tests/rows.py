"""Rows for tests of pages, admin and API: small true-to-life ones, each call makes a new one."""

from datetime import date, timedelta
from itertools import count

from commitments.models import Commitment, Event, FollowUp, Statement
from transcripts.models import AgendaItem, Document, Meeting, Person, Question, Speech

NUMBER = count(1)
SAID_ON = date(2026, 1, 20)
BEFORE = "Dank u voor de vragen. De werkgroep heeft haar verslag klaar. "
PROMISE = "Ik zal het rapport tegen eind maart aan het parlement bezorgen."
AFTER = " Daarna kunnen we er opnieuw over spreken."
NEXT = "Over de tweede vraag heb ik geen nieuws."


def person(name: str = "Els Vanrode") -> Person:
    return Person.objects.get_or_create(name=name, defaults={"family_name": name.partition(" ")[2]})[0]


def document(title: str = "Verslag van de commissie", day: date = SAID_ON, **fields) -> Document:
    number = next(NUMBER)
    meeting = Meeting.objects.create(
        date=day, number=f"C{number}", session="2025-2026", committee="Commissie voor Wonen en Energie"
    )
    facts = {
        "kind": Document.Kind.REPORT,
        "meeting": meeting,
        "file_name": f"c{number}.txt",
        "sha256": f"{number:064x}",
        "reader": "text",
        "text": "x" * 4000,
        "page_starts": [0, 1000, 2000],
        "account": {"speech": 3500, "blank": 500},
        "account_spans": [[0, 3500, "speech"], [3500, 4000, "blank"]],
    }
    return Document.objects.create(title=title, date=day, **(facts | fields))


def item(paper: Document | None = None, title: str = "Vraag om uitleg over de renovatiepremies") -> AgendaItem:
    paper = paper or document()
    made = AgendaItem.objects.create(
        document=paper, position=paper.items.count(), kind="vraag om uitleg", title=title, start=0, end=4000
    )
    Question.objects.create(item=made, position=0, number=str(900 + next(NUMBER)), session="2025-2026")
    return made


def speech(at: AgendaItem | None = None, text: str = "", **fields) -> Speech:
    """A minister's turn whose second line begins on page 2 of its document."""
    text = text or f"{BEFORE}{PROMISE}{AFTER}\n{NEXT}"
    at = at or item()
    first = min(40, len(text))
    facts = {
        "position": at.speeches.count(),
        "person": person(),
        "label": "Minister Els Vanrode",
        "capacity": Speech.Capacities.MINISTER,
        "pieces": [[0, 960, first], [first, 1000, len(text) - first]],
        "start": 940,
        "end": 1000 + len(text),
        "page": 1,
    }
    return Speech.objects.create(item=at, text=text, **(facts | fields))


def statement(turn: Speech | None = None, quote: str = PROMISE, **fields) -> Statement:
    turn = turn or speech()
    start = turn.text.index(quote)
    facts = {
        "quote": quote,
        "said_on": turn.item.document.date,
        "register": Statement.Registers.SPOKEN,
        "kind": "inform",
        "confidence": 0.9,
        "cues": [{"rule": "ik-zal", "weight": 1.5, "words": "Ik zal", "why": "De minister belooft het zelf."}],
        "due_text": "tegen eind maart",
        "due_start": date(2026, 3, 21),
        "due_end": date(2026, 3, 31),
        "due_precision": "month",
        "due_modifier": "by",
    }
    return Statement.objects.create(speech=turn, start=start, end=start + len(quote), **(facts | fields))


def commitment(*, quote: str = PROMISE, turn: Speech | None = None, **fields) -> Commitment:
    """A commitment as accepting a statement makes it. Fields of the deadline go to both."""
    due = {name: value for name, value in fields.items() if name.startswith("due_")}
    said = statement(turn, quote, state=Statement.State.ACCEPTED, **due)
    copied = ["kind", "said_on", "due_text", "due_start", "due_end", "due_precision", "due_modifier", "due_rule"]
    facts = {name: getattr(said, name) for name in copied} | {"title": quote[:200], "person": said.speech.person}
    made = Commitment.objects.create(**(facts | fields))
    said.commitment = made
    said.save()
    Event.objects.create(
        day=said.said_on + timedelta(days=2), kind=Event.Kind.ACCEPTED, commitment=made, statement=said
    )
    return made


def follow_up(of: Commitment, **fields) -> FollowUp:
    later = item(document("Verslag van een latere commissie", of.said_on + timedelta(days=90)))
    return FollowUp.objects.create(commitment=of, item=later, **fields)


LATER = "Het rapport wordt pas eind 2026 aan het parlement bezorgd."


def proposed(of: Commitment, at: AgendaItem | None = None, quote: str = LATER, **fields) -> FollowUp:
    """A follow-up as the engine proposes it: words of a minister in a later item, with score and reasons."""
    at = at or item(document("Verslag van een latere commissie", of.said_on + timedelta(days=90)))
    asked = "Minister, u beloofde ons een rapport. Waar blijft het?"
    speech(at, asked, person=person("Karim Daems"), label="Karim Daems", capacity=Speech.Capacities.MEMBER)
    turn = speech(at, f"Dank u voor de vraag. {quote} Tot daar.")
    start = turn.text.index(quote)
    facts = {
        "kind": FollowUp.Kind.POSTPONED,
        "score": 0.8,
        "certainty": FollowUp.Certainties.PROBABLE,
        "reasons": [{"rule": "pas", "weight": 1.5, "words": "pas", "why": "Het komt later dan beloofd."}],
        "due_text": "pas eind 2026",
        "due_start": date(2026, 12, 1),
        "due_end": date(2026, 12, 31),
    }
    return FollowUp.objects.create(
        commitment=of, item=at, speech=turn, start=start, end=start + len(quote), quote=quote, **(facts | fields)
    )
