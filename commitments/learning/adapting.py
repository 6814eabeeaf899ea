"""Learns from what reviewers judged, with what ships as the point to start from."""

from collections.abc import Sequence
from dataclasses import replace

from commitments.engine.statements.rules import Book
from commitments.engine.statements.weights import Weights, probability
from commitments.engine.types import Register
from commitments.learning.fitting import Example, fit
from commitments.learning.gathering import bias, gather
from commitments.learning.labels import LabelledDocument
from commitments.learning.training import STIFFNESS, Lesson, definitions, evaluate, given_by


def adapt(documents: Sequence[LabelledDocument], judged: Sequence[Example], shipped: Book, now: Book) -> Lesson:
    """Learn from what reviewers judged.

    documents  labelled documents. They hold the weights where they are: each of their candidates is as sure as the
               weights that ship make it, so without a judgement nothing moves
    shipped    the book that learning starts from, so that the same judgements give the same weights however often
               they are learned from
    now        the book in use, for the figures before
    Calibration, threshold and what a sum starts from stay: reviewers see only what was proposed, so how often that is
    right says nothing of the rest. A part that no rule bears any more is passed over. Nothing is left out, and so
    `left_out` and `said` are empty.
    """
    given = given_by(shipped)
    decisions = [replace(one, parts=tuple(part for part in one.parts if part in given)) for one in judged]
    labelled = gather(documents, shipped)
    slope, offset = shipped.weights.calibration.line
    held = [
        replace(one.example, right=probability(slope * sum(given[part] for part in one.parts) + offset))
        for one in labelled
    ]
    fixed = definitions(given) | frozenset(map(bias, Register))
    fitted = fit([*decisions, *held], given, stiffness=STIFFNESS, fixed=fixed, line=(slope, offset))
    weights = _moved(shipped.weights, given, fitted).as_written()
    return Lesson(
        weights=weights,
        before=evaluate(documents, lambda _: now),
        after=evaluate(documents, lambda _: shipped.weighed(weights)),
        left_out={},
        examples=len(decisions) + len(labelled),
        said=(),
    )


def _moved(shipped: Weights, given: dict[str, float], fitted: dict[str, float]) -> Weights:
    """Return the weights that ship with every rule that moved put where it moved to."""
    moved = {name: weight for name, weight in fitted.items() if weight != given[name]}
    return replace(shipped, rules={**shipped.rules, **moved})
