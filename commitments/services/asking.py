"""Questions filed about a commitment: it waits for the answer, and comes back by itself when none came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Subquery
from django.utils.translation import gettext as _

from commitments.engine import calendars
from commitments.engine.calendars import answers
from commitments.models import Asking, Commitment, Event, Statement
from commitments.querysets import OPEN
from commitments.services.errors import NotAllowedError
from commitments.services.locking import lock, show
from transcripts.models import AgendaItem, Document, Meeting, Person, Question, Speech

# Written questions are numbered apart from those asked in committee, so a number is one of a kind of paper.
PAPER_OF = {
    Asking.Kind.WRITTEN: [Document.Kind.WRITTEN_QUESTION],
    Asking.Kind.ORAL: [Document.Kind.REPORT],
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What is said better of a question that was filed; None is what stays. people: who asked, and whom."""

    number: str | None = None
    session: str | None = None
    text: str | None = None
    people: tuple[Person | None, Person | None] | None = None
    filed_on: date | None = None
    waiting_until: date | None = None


def term_of(filed_on: date) -> date | None:
    """Return the last day of the legal term of a written question filed on that day; None where it is not known."""
    return answers.load().last_day(filed_on, calendars.load())


def wait_for(*, commitment: Commitment, kind: str, filed_on: date) -> date | None:
    """Return until when to wait for the answer to a question of a kind; None where the calendar knows too little.

    A written question has a legal term. A request for explanation waits for the next meeting of the committee in which
    the promise was made, where that is known; else as long as the calendar estimates.
    """
    if kind != Asking.Kind.ORAL:
        return term_of(filed_on)
    return _next_meeting(commitment, filed_on) or answers.load().oral.last_day(filed_on, calendars.load())


def _next_meeting(commitment: Commitment, after: date) -> date | None:
    said = Statement.objects.accepted().filter(commitment=commitment).order_by("said_on", "pk")
    committee = Subquery(said.values("speech__item__document__meeting__committee")[:1])
    coming = Meeting.objects.exclude(committee="").filter(committee=committee, date__gt=after)
    return coming.order_by("date").values_list("date", flat=True).first()


@transaction.atomic
def file_question(
    *,
    commitment: Commitment,
    actor: Any,
    day: date,
    kind: str = Asking.Kind.WRITTEN,
    filed_on: date | None = None,
    number: str = "",
    session: str = "",
    addressee: Person | None = None,
    asker: Person | None = None,
    text: str = "",
    waiting_until: date | None = None,
) -> Asking:
    """Note that a question was filed (default: on `day`): the commitment waits until the term for the answer is over.

    waiting_until: another last day than that of `wait_for`. session: default that of the day of filing.
    The same kind of question filed on the same day with the same number is the same question.
    Raises NotAllowedError where there is nothing to ask, or the days make no sense.
    """
    row = lock(commitment)
    filed_on = filed_on or day
    number = number.strip()
    if row.status not in OPEN:
        raise NotAllowedError(_("This commitment is closed; make it open again before asking about it."))
    if filed_on > day:
        raise NotAllowedError(_("A question cannot have been filed on a day that is still to come."))
    same = row.askings.filter(kind=kind, filed_on=filed_on, number=number, outcome=Asking.Outcome.NONE).first()
    if same is not None:
        return same
    asking = Asking.objects.create(
        commitment=row,
        kind=Asking.Kind(kind),
        number=number,
        session=session.strip() or _session_of(filed_on),
        addressee=addressee,
        asker=asker,
        filed_on=filed_on,
        filed_by=actor,
        text=text,
        waiting_until=_until(filed_on, waiting_until or wait_for(commitment=row, kind=kind, filed_on=filed_on)),
    )
    _leave(Event.Kind.ASKED, asking, actor, day, after=_told(asking))
    _wait(row)
    show(commitment, row)
    return asking


@transaction.atomic
def correct_asking(*, asking: Asking, actor: Any, day: date, given: Correction) -> Asking:
    """Say better what was filed: its number once parliament has given one, its text, who asked whom, its days.

    What is not given stays. Raises NotAllowedError for days that make no sense.
    """
    commitment = lock(asking.commitment)
    row = Asking.objects.get(pk=asking.pk)
    before, restores = _told(row) | {"text": row.text}, kept(row)
    row.number = row.number if given.number is None else given.number.strip()
    row.session = (given.session or "").strip() or row.session
    row.text = row.text if given.text is None else given.text.strip()
    if given.people is not None:
        row.asker, row.addressee = given.people
    row.filed_on = given.filed_on or row.filed_on
    if row.filed_on > day:
        raise NotAllowedError(_("A question cannot have been filed on a day that is still to come."))
    row.waiting_until = _until(row.filed_on, given.waiting_until or row.waiting_until)
    after = _told(row) | {"text": row.text}
    if after != before:
        row.save()
        _leave(Event.Kind.ASKING_EDITED, row, actor, day, before=before, after=after, restores=restores)
        _wait(commitment)
    show(asking, row)
    return row


def answered(*, asking: Asking, actor: Any, day: date, item: AgendaItem | None = None) -> Asking:
    """Say that a question was answered (in `item`): the waiting is over. Twice changes nothing."""
    return _end(asking, Asking.Outcome.ANSWERED, Event.Kind.ANSWERED, actor, day, item)


def withdraw(*, asking: Asking, actor: Any, day: date) -> Asking:
    """Say that a question was not filed after all: the waiting is over. Twice changes nothing."""
    return _end(asking, Asking.Outcome.WITHDRAWN, Event.Kind.ASKING_WITHDRAWN, actor, day)


@transaction.atomic
def note_answers(*, document: Document, day: date) -> list[Asking]:
    """End what waits for the answers in a document: the same kind of paper, number and session, and a minister speaks.

    Written questions are numbered for each minister; where both addressees are known they have to be the same.
    """
    numbered = Question.objects.filter(item__document=document).exclude(number="").select_related("item")
    by_number: dict[str, list[Question]] = {}
    for question in numbered:
        by_number.setdefault(question.number, []).append(question)
    kinds = [kind for kind, papers in PAPER_OF.items() if document.kind in papers]
    waiting = Asking.objects.filter(
        outcome=Asking.Outcome.NONE, kind__in=kinds, number__in=by_number, filed_on__lte=document.date
    )
    ended = []
    for asking in waiting.select_related("commitment").order_by("pk"):
        about = next((one for one in by_number[asking.number] if _is_about(asking, one)), None)
        if about is not None and about.item.speeches.filter(capacity=Speech.Capacities.MINISTER).exists():
            ended.append(answered(asking=asking, actor=None, day=day, item=about.item))
    return ended


@transaction.atomic
def note_answer_in(*, commitment: Commitment, item: AgendaItem, actor: Any, day: date) -> list[Asking]:
    """End what waits about a commitment that a person found answered in an agenda item of that day or later."""
    open_ones = commitment.askings.filter(outcome=Asking.Outcome.NONE, filed_on__lte=item.document.date)
    return [
        answered(asking=asking, actor=actor, day=day, item=item) for asking in open_ones.select_related("commitment")
    ]


@transaction.atomic
def note_no_answer_in(
    *, commitment: Commitment, item: AgendaItem, askings: Iterable[int], actor: Any, day: date
) -> None:
    """Let those of these questions (ids) that were answered in an agenda item wait again: it holds no answer."""
    row = lock(commitment)
    ended = row.askings.filter(pk__in=askings, outcome=Asking.Outcome.ANSWERED, answer=item)
    for one in ended:
        before = _told(one)
        one.outcome, one.ended_on, one.answer = Asking.Outcome.NONE, None, None
        one.save()
        _leave(Event.Kind.ASKING_EDITED, one, actor, day, before=before, after=_told(one))
    _wait(row)
    show(commitment, row)


@transaction.atomic
def _end(asking: Asking, outcome: str, kind: str, actor: Any, day: date, item: AgendaItem | None = None) -> Asking:
    commitment = lock(asking.commitment)
    row = Asking.objects.get(pk=asking.pk)
    if row.outcome == Asking.Outcome.NONE:
        before, restores = _told(row), kept(row)
        row.outcome, row.ended_on, row.answer = outcome, day, item
        row.save()
        after = _told(row) | ({"item": item.title[:200]} if item else {})
        _leave(kind, row, actor, day, before=before, after=after, restores=None if actor is None or item else restores)
        _wait(commitment)
    show(asking, row)
    return row


def _wait(commitment: Commitment) -> None:
    """Let a commitment wait for the question that has no answer and the longest term; for none, where there is none."""
    latest = commitment.askings.filter(outcome=Asking.Outcome.NONE).order_by("waiting_until", "filed_on").last()
    commitment.asked_on = latest.filed_on if latest else None
    commitment.waiting_until = latest.waiting_until if latest else None
    commitment.save()


def _until(filed_on: date, until: date | None) -> date:
    if until is None:
        raise NotAllowedError(_("The calendar does not know the term for that day; give the day until which to wait."))
    if until < filed_on:
        raise NotAllowedError(_("The last day to wait lies before the day of filing."))
    return until


def _session_of(day: date) -> str:
    """Return the session of a day as parliament writes it, "2025-2026"; nothing where the calendar does not know."""
    begins = calendars.load().other_years["zittingsjaar"].begins(day.year)
    if begins is None:
        return ""
    first = day.year if day.toordinal() >= begins else day.year - 1
    return f"{first}-{first + 1}"


def _is_about(asking: Asking, question: Question) -> bool:
    if asking.session and question.session and asking.session != question.session:
        return False
    known = asking.addressee_id is not None and question.addressee_id is not None
    return not known or asking.addressee_id == question.addressee_id


def _told(asking: Asking) -> dict[str, str | None]:
    return {
        "asking": str(asking.uid),
        "asking_kind": asking.kind,
        "number": asking.number,
        "session": asking.session,
        "asker": asking.asker.name if asking.asker else None,
        "addressee": asking.addressee.name if asking.addressee else None,
        "filed_on": asking.filed_on.isoformat(),
        "waiting_until": asking.waiting_until.isoformat(),
        "outcome": asking.outcome,
    }


def kept(asking: Asking) -> dict[str, Any]:
    """Return what is kept of a question now, as an event keeps it for undoing."""
    names = ("pk", "number", "session", "text", "asker_id", "addressee_id", "outcome", "answer_id")
    days = ("filed_on", "waiting_until", "ended_on")
    told = {name: getattr(asking, name) for name in days}
    plain = {name: day.isoformat() if day else None for name, day in told.items()}
    return {"asking": {name: getattr(asking, name) for name in names} | plain}


def put_back(*, commitment: Commitment, restores: dict[str, Any], actor: Any, day: date) -> Event:
    """Let a question be as an event kept it, and return the event of that; the commitment waits accordingly."""
    row = Asking.objects.get(pk=restores["pk"], commitment=commitment)
    before = _told(row) | {"text": row.text}
    for name, value in restores.items():
        is_day = name in ("filed_on", "waiting_until", "ended_on")
        setattr(row, name, date.fromisoformat(value) if is_day and value else value)
    row.save()
    row.refresh_from_db()
    after = _told(row) | {"text": row.text}
    event = _leave(Event.Kind.ASKING_EDITED, row, actor, day, before=before, after=after)
    _wait(commitment)
    return event


def _leave(kind: str, asking: Asking, actor: Any, day: date, **sides: Any) -> Event:
    return Event.objects.create(kind=kind, day=day, actor=actor, commitment_id=asking.commitment_id, **sides)
