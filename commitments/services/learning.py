"""Learning from the reviewers: their decisions become weights, unless the labelled documents get worse by it."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from commitments.engine.statements import rules
from commitments.engine.statements.rules import Book
from commitments.engine.statements.weights import Weights
from commitments.engine.types import Register
from commitments.learning.adapting import adapt
from commitments.learning.fitting import Example
from commitments.learning.gathering import parts
from commitments.learning.labels import LabelledDocument
from commitments.learning.measuring import Measured, total
from commitments.models import Event, LearnedWeights, Statement
from commitments.rejections import RejectReason, code_of

State = LearnedWeights.State
# Reasons that say nothing of the sentence: it is a promise that stands elsewhere already, or its text is garbled.
NO_EVIDENCE = (RejectReason.DOUBLE, RejectReason.MISREAD)


def learn_from_reviews(*, documents: Sequence[LabelledDocument], actor: Any, day: date) -> LearnedWeights:
    """Learn weights from what reviewers decided, and use them unless the labelled documents get worse.

    documents  the labelled documents that must not get worse
    Raises ValueError where nothing was reviewed yet, or no labelled document is at hand to hold it in check.
    """
    judged = decisions()
    if not judged:
        raise ValueError("Nothing was accepted or rejected yet: there is nothing to learn from.")
    if not documents:
        raise ValueError("No labelled document is at hand to see whether what was learned makes things worse.")
    lesson = adapt(documents, judged, rules.load(), book_in_use())
    before, after = total(lesson.before.values()), total(lesson.after.values())
    worse = after.f1 < before.f1
    right = sum(one.right for one in judged)
    with transaction.atomic():
        if not worse:
            LearnedWeights.objects.select_for_update().filter(state=State.IN_USE).update(state=State.RETIRED)
        row = LearnedWeights.objects.create(
            learned_on=day,
            learned_by=actor,
            state=State.REFUSED if worse else State.IN_USE,
            accepted=right,
            rejected=len(judged) - right,
            before=_scores(before),
            after=_scores(after),
            weights=lesson.weights.to_rows(),
        )
        Event.objects.create(
            kind=Event.Kind.LEARNED,
            day=day,
            actor=actor,
            before=row.before,
            after=row.after | {"state": row.state, "accepted": row.accepted, "rejected": row.rejected},
        )
    return row


@transaction.atomic
def forget(*, actor: Any, day: date) -> None:
    """Go back to the weights that ship. Nothing learned: nothing changes."""
    row = LearnedWeights.objects.select_for_update().filter(state=State.IN_USE).first()
    if row is None:
        return
    row.state = State.RETIRED
    row.save()
    Event.objects.create(
        kind=Event.Kind.LEARNED,
        day=day,
        actor=actor,
        before={"state": State.IN_USE},
        after={"state": State.RETIRED},
    )


def decisions() -> list[Example]:
    """Return what reviewers decided about proposals of the engine, each with the parts of its sum."""
    examples = []
    for statement in (
        Statement.objects.judged_proposals()
        .order_by("pk")
        .values("state", "register", "cues", "rejected_because")
        .iterator()
    ):
        if code_of(statement["rejected_because"]) in NO_EVIDENCE:
            continue
        fired = parts(Register(statement["register"]), (cue["rule"] for cue in statement["cues"]))
        examples.append(Example(fired, statement["state"] == Statement.State.ACCEPTED))
    return examples


def book_in_use() -> Book:
    """Return the rules with the weights in use: those learned from the reviews, else those that ship."""
    rows = LearnedWeights.objects.filter(state=State.IN_USE).values_list("weights", flat=True).first()
    return rules.load() if rows is None else rules.load().weighed(Weights.from_rows(rows))


def version_of(engine: str) -> str:
    """Return 12 characters that change with the engine's own version and with the weights in use."""
    row = LearnedWeights.objects.filter(state=State.IN_USE).values_list("pk", "learned_on").first()
    return engine if row is None else hashlib.sha256(f"{engine} {row}".encode()).hexdigest()[:12]


def _scores(measured: Measured) -> dict[str, float]:
    return {
        "recall": round(measured.recall.value, 3),
        "precision": round(measured.precision.value, 3),
        "f1": round(measured.f1, 3),
    }
