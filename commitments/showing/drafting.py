"""A question ready to be filed: who promised what, what was said since, how many days past, and what is asked.

The words stand in templates/questions/, in Dutch: they are for parliament, whatever the language of the page.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.template.loader import render_to_string
from django.utils import translation

from commitments.models import Asking, Commitment, FollowUp, Part, Statement
from commitments.showing.lifeline import History, Step, deadline_history
from commitments.showing.standing import days_past
from commitments.showing.succession import Holder
from commitments.templatetags.questions import on_day
from transcripts.models import AgendaItem, Document, Mandate

ANSWERS = (FollowUp.Kind.REPORTED_DONE, FollowUp.Kind.RESTATED, FollowUp.Kind.POSTPONED, FollowUp.Kind.WEAKENED)
# What a follow-up was, said of it in the question.
FOLLOWED = {
    FollowUp.Kind.RECALLED: "een lid herinnerde aan de toezegging",
    FollowUp.Kind.RESTATED: "de toezegging werd herhaald",
    FollowUp.Kind.REPORTED_DONE: "de uitvoering werd gemeld",
    FollowUp.Kind.POSTPONED: "de toezegging werd uitgesteld",
    FollowUp.Kind.WEAKENED: "de toezegging werd afgezwakt",
}
WRITTEN = (Statement.Registers.WRITTEN, Statement.Registers.POLICY)
_GAPS = re.compile(r"\n{3,}")


class Form(StrEnum):
    """The parliament's two forms."""

    WRITTEN = "written"
    ORAL = "oral"

    @property
    def asking_kind(self) -> Asking.Kind:
        return Asking.Kind(self.value)


@dataclass(frozen=True, slots=True)
class Since:
    """Something that was said after the promise. words: a clause without its full stop."""

    day: date
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Draft:
    form: Form
    text: str


def draft(
    commitment: Commitment,
    *,
    form: Form,
    day: date,
    follow_ups: Sequence[FollowUp],
    parts: Sequence[Part],
    askings: Sequence[Asking],
    holders: Sequence[Holder],
) -> Draft:
    """Write the question about a commitment (with_sources) as it stands on `day`.

    follow_ups: the confirmed ones, with item, questions, addressee and document.
    """
    outside, statements = commitment.said_outside, commitment.accepted_statements
    history = deadline_history(statements, outside=outside, follow_ups=follow_ups)
    subject = _subject(commitment.title)
    context = {
        "day": day,
        "addressee": _addressee(commitment, holders),
        "title_word": _office(holders[0].mandate if holders else commitment.mandate),
        "subject": subject,
        "kind": commitment.kind,
        "said_on": history.steps[0].day if history.steps else commitment.said_on,
        "speaker": _speaker(commitment),
        "verb": "zei"
        if outside or not statements or statements[0].register == Statement.Registers.SPOKEN
        else "schreef",
        "quote": commitment.quote,
        "where": _where(history.steps[0]) if history.steps else "",
        "source_url": outside.source_url if outside else "",
        "condition": commitment.condition,
        "due_text": commitment.due_text,
        "first_words": next((step.said.due_text for step in history.steps if step.said.due_end), ""),
        "ended": (history.first or day) < day,
        "due_end": commitment.due_end,
        "first": history.first,
        "slipped": max(0, history.slipped),
        "moves": history.moves,
        "days_past": days_past(commitment, day),
        "since": _since(history, follow_ups),
        "parts": parts,
        "fulfilled_partly": any(part.done_on for part in parts),
        "answered": any(one.kind in ANSWERS for one in follow_ups),
        "asked_before": [one.filed_on for one in askings if one.outcome == Asking.Outcome.NONE],
    }
    with translation.override("nl-be"):
        text = render_to_string(f"questions/{form.value}.txt", context)
    return Draft(form, _GAPS.sub("\n\n", text).strip() + "\n")


def _subject(title: str) -> str:
    return " ".join(title.split()).rstrip(".!… ")


def _speaker(commitment: Commitment) -> str:
    """Who promised, with the office of that day: minister Els Vanrode."""
    if commitment.person is None:
        return "de minister"
    return f"{_office(commitment.mandate)} {commitment.person.name}"


def _office(mandate: Mandate | None) -> str:
    president = mandate is not None and mandate.title.casefold().startswith("minister-president")
    return "minister-president" if president else "minister"


def _addressee(commitment: Commitment, holders: Sequence[Holder]) -> str:
    """Who is asked: whoever holds the portfolio now, with title and portfolio."""
    mandate = holders[0].mandate if holders else commitment.mandate
    if mandate is None:
        return commitment.person.name if commitment.person else "[naam van de minister]"
    office = f"{mandate.title} van {mandate.portfolio}" if mandate.portfolio else mandate.title
    return f"{mandate.person.name}, {office}" if office else mandate.person.name


def _where(step: Step) -> str:
    """Where it was said, to follow “in”: the committee, the paper, or the source outside parliament."""
    if step.outside:
        return step.outside.source_name
    item = step.statement.speech.item if step.statement else step.follow_up.item if step.follow_up else None
    return _paper(item) if item is not None else ""


def _paper(item: AgendaItem) -> str:
    """Where it stands, to follow “in”: the committee, the answer to a question, or the paper itself."""
    document = item.document
    numbered = f" nr. {item.numbers}" if item.numbers else ""
    if document.kind == Document.Kind.WRITTEN_QUESTION:
        return f"het antwoord op de schriftelijke vraag{numbered} (“{document.title}”)"
    if document.kind != Document.Kind.REPORT:
        return f"“{document.title}”"
    asked = f", vraag{numbered}" if numbered else ""
    committee = document.meeting.committee if document.meeting else ""
    place = f"de {committee}" if committee else "de vergadering"
    return f"{place} (“{document.title}”{asked})"


def _since(history: History, follow_ups: Sequence[FollowUp]) -> list[Since]:
    """Everything said after the first words, in order: statements, then what was found of it elsewhere."""
    said = [Since(step.day, _where(step), _words(step)) for step in history.steps[1:] if step.follow_up is None]
    said += [Since(one.item.document.date, _paper(one.item), _followed(one)) for one in follow_ups]
    return sorted(said, key=lambda one: one.day)


def _words(step: Step) -> str:
    if step.statement is None:
        return ""
    return f"“{step.statement.quote}”{_until(step.statement.due_end)}"


def _followed(follow_up: FollowUp) -> str:
    return f"{FOLLOWED[FollowUp.Kind(follow_up.kind)]}{_until(follow_up.due_end)}"


def _until(end: date | None) -> str:
    return f" (uiterste dag: {on_day(end)})" if end else ""
