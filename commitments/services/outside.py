"""A promise made elsewhere than in parliament: a person types in the words, and where they can be found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from commitments.models import Commitment, Event, Kinds, OutsideStatement
from commitments.services import due, founding
from commitments.services.errors import NotAllowedError
from commitments.services.locking import show
from transcripts.models import Mandate, Person


@dataclass(frozen=True, slots=True)
class Words:
    """What was said elsewhere. due_text, due_start, due_end: as in due.given, words or days or neither."""

    quote: str
    said_on: date
    source_name: str
    source_url: str = ""
    due_text: str = ""
    due_start: date | None = None
    due_end: date | None = None


@transaction.atomic
def enter(
    *,
    words: Words,
    title: str,
    person: Person,
    actor: Any,
    day: date,
    kind: str = Kinds.ACT,
    public: bool = False,
) -> Commitment:
    """Track a promise made outside parliament, from its words and their source.

    Entering the same words of the same person and day again returns the commitment there is.
    Raises NotAllowedError for words without a source or said on a day to come, DeadlineNotReadError.
    """
    facts = _facts(words, day)
    there = OutsideStatement.objects.filter(
        commitment__person=person, quote=facts["quote"], said_on=words.said_on
    ).select_related("commitment")
    same = there.first()
    if same is not None:
        return same.commitment
    commitment = Commitment.objects.create(
        title=(title.strip() or facts["quote"])[:200],
        kind=Kinds(kind),
        person=person,
        mandate=Mandate.objects.of(person).held_on(words.said_on).order_by("-start").first(),
        said_on=words.said_on,
    )
    said = OutsideStatement.objects.create(commitment=commitment, public=public, entered_by=actor, **facts)
    founding.rebuild(commitment=commitment)
    Event.objects.create(kind=Event.Kind.ENTERED, day=day, actor=actor, commitment=commitment, after=_told(said))
    return commitment


@transaction.atomic
def amend(*, said: OutsideStatement, words: Words, public: bool, actor: Any, day: date) -> OutsideStatement:
    """Correct what was typed in, or whom it is for; the commitment says what it then says.

    Raises as `enter` does, and NotAllowedError where words would be withheld that a statement in parliament joined.
    """
    row = OutsideStatement.objects.select_for_update().get(pk=said.pk)
    facts = _facts(words, day)
    if not public and row.public and row.commitment.statements.accepted().exists():
        raise NotAllowedError(
            _(
                "A statement in parliament belongs to the same commitment, so it is public. "
                "Put that statement back first."
            )
        )
    before, stored = _told(row), {name: getattr(row, name) for name in facts} | {"public": row.public}
    for name, value in (facts | {"public": public}).items():
        setattr(row, name, value)
    if {name: getattr(row, name) for name in stored} != stored:
        row.save()
        commitment = row.commitment
        rebuilt = founding.rebuild(commitment=commitment)
        Event.objects.create(
            kind=Event.Kind.EDITED,
            day=day,
            actor=actor,
            commitment=commitment,
            before=before,
            after=_told(row),
        )
        if before["public"] and row.public:
            corrected = Event.Kind.DEADLINE_CORRECTED
            founding.tell_deadline(rebuilt, kind=corrected, commitment=commitment, actor=actor, day=day)
    show(said, row)
    return row


def _facts(words: Words, day: date) -> dict[str, Any]:
    quote, source = " ".join(words.quote.split()), " ".join(words.source_name.split())
    if not quote or not source:
        raise NotAllowedError(_("Give the words, and where they can be found."))
    if words.said_on > day:
        raise NotAllowedError(_("It cannot have been said on a day that is still to come."))
    return {
        "quote": quote,
        "said_on": words.said_on,
        "source_name": source[:300],
        "source_url": words.source_url,
        **due.given(words.due_text, words.said_on, words.due_start, words.due_end),
    }


def _told(said: OutsideStatement) -> dict[str, Any]:
    """Return what the trail tells of the words; of those that are not public only that, as the trail becomes public."""
    if not said.public:
        return {"public": False}
    return {
        "quote": said.quote[:300],
        "said_on": said.said_on.isoformat(),
        "source": said.source_name,
        "source_url": said.source_url,
        "public": True,
    } | due.told(said)
