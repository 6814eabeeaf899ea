"""Rows of every kind that the feed tells of, some for everybody and some for who reviews, and keys to ask with."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from commitments.models import Event, FollowUp, Statement
from commitments.services import tokens, tracking
from tests import rows
from tests.commitments.offices import DAY, World, world
from tracker.clock import moment
from transcripts.models import AgendaItem, Document, Mandate, Meeting, Person, Question, Speech

LISTS = (
    "commitment", "statement", "follow-up", "event", "document", "agenda-item", "speech", "person", "mandate",
    "portfolio",
)  # fmt: skip
STATS = ("stats", "stats-ministers", "stats-portfolios", "stats-committees", "stats-months", "stats-series")


def listed(name: str) -> str:
    return reverse(f"api:{name}-list")


def detail(name: str, row: Any) -> str:
    return reverse(f"api:{name}-detail", args=[row.uid])


def key(user: Any, *scopes: str) -> dict[str, str]:
    """Return the header of a key of this person's for these scopes."""
    at = moment()
    _token, secret = tokens.make(user=user, name="proef", scopes=scopes, days=30, at=at, day=DAY)
    return {"authorization": f"Bearer {secret}"}


@dataclass
class House:
    """What is public of each kind, and what waits for review or was rejected (`closed`)."""

    office: World
    public: dict[str, list[Any]] = field(default_factory=dict)
    closed: dict[str, list[Any]] = field(default_factory=dict)

    def uids(self, name: str, *, closed: bool) -> set[str]:
        return {str(one.uid) for one in self.public[name] + (self.closed.get(name, []) if closed else [])}


def house() -> House:
    office = world()
    boss, made = office.users["superuser"], office.commitment
    minister = rows.person()
    mandate = Mandate.objects.create(
        person=minister, title="Vlaams minister", portfolio="Wonen, Energie en Klimaat", start=date(2024, 9, 30)
    )
    made.mandate = mandate
    made.save()
    waiting = rows.statement(quote=rows.NEXT)
    rejected = rows.statement(state=Statement.State.REJECTED, rejected_because="fact")
    rows.statement(state=Statement.State.WITHDRAWN)
    confirmed = rows.proposed(made)
    tracking.confirm_follow_up(follow_up=confirmed, actor=boss, day=DAY)
    possible = rows.proposed(made)
    dismissed = rows.proposed(made)
    tracking.dismiss_follow_up(follow_up=dismissed, actor=boss, day=DAY, reason="same-subject")
    Event.objects.create(day=DAY, kind=Event.Kind.PROPOSED, statement=waiting)
    Event.objects.create(day=DAY, kind=Event.Kind.FOLLOW_UP_PROPOSED, commitment=made, follow_up=possible)
    tracking.change_status(commitment=made, actor=boss, day=DAY, status="partly", evidence="https://example.org/nota")
    hidden = rows.commitment(title="Nog niet aanvaard")
    hidden.statements.update(state=Statement.State.PROPOSED)
    tracking.change_status(commitment=hidden, actor=boss, day=DAY, status="dropped", evidence="het besluit")
    Question.objects.update(asker=rows.person("Karim Daems"), addressee=minister)
    events = Event.objects.filter(commitment=made)
    of_desk = events.filter(kind__in=["follow_up_proposed", "follow_up_judged"])
    hidden_statement = hidden.statements.get()
    return House(
        office,
        {
            "commitment": [made],
            "statement": list(Statement.objects.filter(state="accepted")),
            "follow-up": [confirmed],
            "event": list(events.exclude(pk__in=of_desk)),
            "document": list(Document.objects.all()),
            "agenda-item": list(AgendaItem.objects.all()),
            "speech": list(Speech.objects.all()),
            "person": list(Person.objects.all()),
            "mandate": [mandate],
        },
        {
            "statement": [waiting, rejected, hidden_statement],
            "follow-up": [possible, dismissed],
            "event": [*of_desk, Event.objects.get(statement=waiting)],
        },
    )


def more_rows(number: int) -> None:
    """Add to every list this many rows, each of another person, document and portfolio."""
    for at in range(number):
        name = f"{next(rows.NUMBER)}"
        minister = rows.person(f"Minister {name}")
        mandate = Mandate.objects.create(
            person=minister, title="Vlaams minister", portfolio=f"Beleid {name}", start=date(2020, 1, 1)
        )
        made = rows.commitment(turn=rows.speech(person=minister), mandate=mandate)
        rows.proposed(made, state=FollowUp.State.CONFIRMED)
        Question.objects.filter(asker=None).update(asker=minister, addressee=minister)
        Meeting.objects.filter(chair=None).update(chair=minister)
        Event.objects.create(day=DAY + timedelta(days=at), kind=Event.Kind.BECAME_OVERDUE, commitment=made)


def get(client: Client, address: str, expect: int = 200, headers: dict[str, str] | None = None, **query: Any) -> Any:
    answer = client.get(address, query, headers=headers or {})
    assert answer.status_code == expect, answer.content
    return answer.json()


def seen(client: Client, name: str, headers: dict[str, str] | None = None, **query: Any) -> set[str]:
    return {one["uid"] for one in get(client, listed(name), headers=headers, page_size=500, **query)["results"]}
