"""Questions filed about a commitment: it waits for the answer, and comes back by itself when none came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.engine import calendars
from commitments.engine.calendars import answers
from commitments.models import Asking, Commitment, Event
from commitments.querysets import OPEN
from commitments.services.errors import NotAllowedError
from commitments.services.locking import lock, show
from transcripts.models import AgendaItem, Document, Person, Question, Speech

# Written questions are numbered apart from those asked in committee, so a number is one of a kind of paper.
PAPER_OF = {
    Asking.Kind.WRITTEN: [Document.Kind.WRITTEN_QUESTION],
    Asking.Kind.ORAL: [Document.Kind.REPORT],
}


def term_of(filed_on: date) -> date | None:
    """Return the last day of the term for the answer to a question filed on that day; None where it is not known."""
    return answers.load().last_day(filed_on, calendars.load())


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
    text: str = "",
    waiting_until: date | None = None,
) -> Asking:
    """Note that a question was filed (default: on `day`): the commitment waits until the term for the answer is over.

    waiting_until: another last day than that of the legal term. session: default that of the day of filing.
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
        filed_on=filed_on,
        filed_by=actor,
        text=text,
        waiting_until=_until(filed_on, waiting_until or term_of(filed_on)),
    )
    _leave(Event.Kind.ASKED, asking, actor, day, after=_told(asking))
    _wait(row)
    show(commitment, row)
    return asking


@transaction.atomic
def correct_asking(
    *, asking: Asking, actor: Any, day: date, number: str, session: str = "", waiting_until: date | None = None
) -> Asking:
    """Give a question its number once parliament has given one, or another last day. Raises NotAllowedError."""
    commitment = lock(asking.commitment)
    row = Asking.objects.get(pk=asking.pk)
    before = _told(row)
    row.number = number.strip()
    row.session = session.strip() or row.session
    row.waiting_until = _until(row.filed_on, waiting_until or row.waiting_until)
    if _told(row) != before:
        row.save()
        _leave(Event.Kind.ASKING_EDITED, row, actor, day, before=before, after=_told(row))
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
def note_answer_in(*, commitment: Commitment, item: AgendaItem, actor: Any, day: date) -> None:
    """End what waits about a commitment that a person found answered in an agenda item of that day or later."""
    open_ones = commitment.askings.filter(outcome=Asking.Outcome.NONE, filed_on__lte=item.document.date)
    for asking in open_ones.select_related("commitment"):
        answered(asking=asking, actor=actor, day=day, item=item)


@transaction.atomic
def _end(asking: Asking, outcome: str, kind: str, actor: Any, day: date, item: AgendaItem | None = None) -> Asking:
    commitment = lock(asking.commitment)
    row = Asking.objects.get(pk=asking.pk)
    if row.outcome == Asking.Outcome.NONE:
        before = _told(row)
        row.outcome, row.ended_on, row.answer = outcome, day, item
        row.save()
        after = _told(row) | ({"item": item.title[:200]} if item else {})
        _leave(kind, row, actor, day, before=before, after=after)
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


def _told(asking: Asking) -> dict[str, str]:
    return {
        "asking": str(asking.uid),
        "asking_kind": asking.kind,
        "number": asking.number,
        "session": asking.session,
        "waiting_until": asking.waiting_until.isoformat(),
        "outcome": asking.outcome,
    }


def _leave(kind: str, asking: Asking, actor: Any, day: date, **sides: Any) -> None:
    Event.objects.create(kind=kind, day=day, actor=actor, commitment_id=asking.commitment_id, **sides)
