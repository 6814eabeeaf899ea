"""Learns the weights of the sum from labelled documents, and says what that gains on documents left out.

The labelled candidates are few beside the parts of the sum, so the weights a person gave hold on: see `fitting`. What
turns a sum into a probability, and from which probability on a sentence is proposed, is taken from documents that were
left out while the weights were fitted, since on its own examples every fit looks too sure of itself.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from commitments.engine import calendars, statements
from commitments.engine.statements.rules import Book
from commitments.engine.statements.weights import Weights
from commitments.engine.types import Proposal, Register
from commitments.learning.fitting import Example, calibrate, fit, probability
from commitments.learning.labels import CORE, LabelledDocument
from commitments.learning.matching import same
from commitments.learning.measuring import Measured, measure, total

MASS = {"core": 1.0, "optional": 0.5, "none": 1.0}
STIFFNESS = 5.0
CANCELS = -2.9  # log-odds: from here on a part takes away any promise
_THRESHOLDS = tuple(percent / 100 for percent in range(60, 92, 2))
_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence of a labelled document that a form opened. tier: core, optional or none."""

    document: str
    running: bool
    example: Example
    tier: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """What training came to.

    before, after  each document by its name, measured with the weights it began with and with the new ones
    left_out       each document measured with weights that were fitted without it
    reliability    (lowest confidence, mean confidence, share that is right, how many) of left-out candidates
    """

    weights: Weights
    before: Mapping[str, Measured]
    after: Mapping[str, Measured]
    left_out: Mapping[str, Measured]
    examples: int
    reliability: tuple[tuple[float, float, float, int], ...]


def gather(documents: Iterable[LabelledDocument], book: Book) -> list[Candidate]:
    """Read every document and pair each candidate with what a person made of it."""
    calendar = calendars.load()
    candidates = []
    for document in documents:
        for turns in document.items:
            found = statements.candidates(
                turns, said_on=document.said_on, register=document.register, calendar=calendar, book=book
            )
            for one in found:
                words = turns[one.turn].text[one.start : one.end]
                tiers = {label.tier for label in document.labels if same(words, label.quote)}
                tier = CORE if CORE in tiers else "optional" if tiers else "none"
                fired = parts(document.register, (cue.rule for cue in one.reading.cues))
                candidates.append(
                    Candidate(document.name, document.running, Example(fired, tier != "none", MASS[tier]), tier)
                )
    return candidates


def adapt(documents: Sequence[LabelledDocument], judged: Sequence[Example], now: Book) -> Lesson:
    """Learn from what reviewers judged, beginning with the weights in use; the labelled documents hold them in check.

    Calibration and threshold stay: reviewers see only what was proposed, so how often that is right says nothing of the
    rest. A part that no rule bears any more is passed over. Nothing is left out, so `left_out` is empty.
    """
    given = _given(now)
    decisions = [replace(one, parts=tuple(part for part in one.parts if part in given)) for one in judged]
    labelled = [one.example for one in gather(documents, now)]
    weights = _weights(fit([*decisions, *labelled], given, stiffness=STIFFNESS, fixed=_definitions(given)), now.weights)
    return Lesson(
        weights=weights,
        before=evaluate(documents, lambda _: now),
        after=evaluate(documents, lambda _: now.weighed(weights)),
        left_out={},
        examples=len(decisions) + len(labelled),
        reliability=(),
    )


def train(documents: Sequence[LabelledDocument], start: Weights, now: Book, *, stiffness: float = STIFFNESS) -> Lesson:
    """Learn weights from labelled documents.

    start  what training begins with: the rules' own weights, so `rules` is empty
    now    the book in use, for the figures before
    The same documents give the same weights. Raises ValueError where too little is labelled.
    """
    book = now.weighed(start)
    given = _given(book)
    candidates = gather(documents, book)
    for kind in (True, False):
        if not any(one.running and one.example.right is kind for one in candidates):
            raise ValueError(
                "Training needs labelled running text with sentences that promise and sentences that do not."
            )
    for _ in range(_ROUNDS - 1):  # which reading of a sentence counts hangs on the weights: look again with better ones
        first = fit([one.example for one in candidates], given, stiffness=stiffness, fixed=_definitions(given))
        candidates = gather(documents, book.weighed(_weights(first, start)))
    without = {
        name: fit(
            [one.example for one in candidates if one.document != name],
            given,
            stiffness=stiffness,
            fixed=_definitions(given),
        )
        for name in dict.fromkeys(one.document for one in candidates)
    }
    running = [one for one in candidates if one.running]
    sums = [sum(without[one.document][part] for part in one.example.parts) for one in running]
    right = [one.example.right for one in running]
    slope, offset = calibrate(sums, right)
    sure = [probability(slope * x + offset) for x in sums]
    frame = replace(start, slope=slope, offset=offset)

    def left_out(document: LabelledDocument, threshold: float) -> Book:
        return book.weighed(_weights(without.get(document.name, given), replace(frame, threshold=threshold)))

    frame = replace(frame, threshold=_threshold(documents, left_out))
    weights = _weights(
        fit([one.example for one in candidates], given, stiffness=stiffness, fixed=_definitions(given)), frame
    )
    return Lesson(
        weights=weights,
        before=evaluate(documents, lambda _: now),
        after=evaluate(documents, lambda _: book.weighed(weights)),
        left_out=evaluate(documents, lambda one: left_out(one, frame.threshold)),
        examples=len(candidates),
        reliability=_reliability(sure, right),
    )


def evaluate(
    documents: Iterable[LabelledDocument], book_for: Callable[[LabelledDocument], Book]
) -> dict[str, Measured]:
    """Measure what is proposed in each document, each read with its own book; by the document's name."""
    return {one.name: measure(one, propose_all(one, book_for(one))) for one in documents}


def propose_all(document: LabelledDocument, book: Book | None = None) -> list[Proposal]:
    """Return the proposals of a labelled document, item by item."""
    calendar = calendars.load()
    return [
        proposal
        for turns in document.items
        for proposal in statements.propose(
            turns, said_on=document.said_on, register=document.register, calendar=calendar, book=book
        )
    ]


def _given(book: Book) -> dict[str, float]:
    """Return what the book takes each part of the sum to be worth."""
    rules = (*book.forms, *book.signs, *book.properties.values(), *book.conditions)
    biases = {_bias(register): weight for register, weight in book.weights.bias.items()}
    return {rule.id: book.worth(rule) for rule in rules} | biases


def _definitions(given: Mapping[str, float]) -> frozenset[str]:
    """Return the parts that say of a sentence that it is no promise by definition: a question, a denial, a quotation.

    That holds however seldom labelled documents show it, so it is not learned.
    """
    return frozenset(name for name, weight in given.items() if weight <= CANCELS)


def _weights(fitted: Mapping[str, float], frame: Weights) -> Weights:
    """Put fitted parts into `frame`, which brings threshold and calibration along."""
    biases = {register: fitted[_bias(register)] for register in Register}
    names = {_bias(register) for register in Register}
    return replace(frame, bias=biases, rules={name: w for name, w in fitted.items() if name not in names})


def parts(register: Register, rules: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the parts of a sum: what it started from in that register, and the rules that fired."""
    return (_bias(register), *rules)


def _bias(register: Register) -> str:
    return f"bias-{register.value}"


def _threshold(documents: Iterable[LabelledDocument], book_for: Callable[[LabelledDocument, float], Book]) -> float:
    """Return the probability from which on to propose: where the lesser of recall and precision is best.

    So neither is paid for with the other: what is not proposed is lost, and false alarms cost the reviewers' trust.
    """
    running = [one for one in documents if one.running]

    def lesser(threshold: float) -> float:
        measured = total(evaluate(running, lambda one: book_for(one, threshold)).values())
        return min(measured.recall.value, measured.precision.value)

    return max(_THRESHOLDS, key=lesser)


def _reliability(sure: Sequence[float], right: Sequence[bool]) -> tuple[tuple[float, float, float, int], ...]:
    """Return, per tenth of confidence, how sure the candidates were and how many of them were right."""
    rows = []
    for tenth in range(10):
        inside = [at for at, one in enumerate(sure) if tenth <= min(9, int(one * 10)) < tenth + 1]
        if inside:
            mean = sum(sure[at] for at in inside) / len(inside)
            rows.append((tenth / 10, mean, sum(right[at] for at in inside) / len(inside), len(inside)))
    return tuple(rows)
