"""Learns the weights of the sum from labelled documents, and says what that gains on documents left out.

1. Every sentence of the labelled documents that a form opens is an example; the weights a person gave hold on: see
   `fitting`.
2. Each document is read with weights that were fitted without it. How often a sum is right is counted on these readings
   alone (`calibrating`), since on its own examples every fit looks too sure of itself; documents for which no rule was
   mended count three quarters, since there the rules, too, meet new words. The threshold is put where recall and
   precision are best together.
3. The lists of sentences say what a promise is and what is none, one way of speaking after the other. What is still
   read wrongly there is shown to the fit again until it is not.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from commitments.engine import calendars, statements
from commitments.engine.statements.rules import Book
from commitments.engine.statements.weights import Calibration, Weights
from commitments.engine.types import Proposal, Register
from commitments.learning.calibrating import Said, counted, shared, straight
from commitments.learning.fitting import Example, fit
from commitments.learning.gathering import Candidate, bias, gather
from commitments.learning.labels import LabelledDocument
from commitments.learning.measuring import Measured, measure, total

# Of 10, 20, 40 and 80 the one that did best on documents left out.
STIFFNESS = 40.0
CANCELS = -2.9  # log-odds: from here on a part takes away any promise
_LIKELY = 0.7  # how sure a reading is taken to have to be, until the threshold is known
# What is less than six in ten sure is not worth a reviewer's look, whatever it would add to F1.
_THRESHOLDS = tuple(percent / 100 for percent in range(60, 90, 5))
_EQUAL = 0.003  # of F1: thresholds that differ by less are as good
_INSISTING = 12  # rounds


@dataclass(frozen=True, slots=True)
class Lesson:
    """What training came to.

    before, after  each document by its name, measured with the weights it began with and with the new ones
    left_out       each document measured with weights, calibration and threshold that were found without it
    said           every candidate of running text, as it was read with these
    """

    weights: Weights
    before: Mapping[str, Measured]
    after: Mapping[str, Measured]
    left_out: Mapping[str, Measured]
    examples: int
    said: tuple[Said, ...]


def train(documents: Sequence[LabelledDocument], start: Weights, now: Book, *, stiffness: float = STIFFNESS) -> Lesson:
    """Learn weights from labelled documents.

    start  what training begins with: the rules' own weights, so `rules` is empty
    now    the book in use, for the figures before
    The same documents give the same weights. Raises ValueError where too little is labelled.
    """
    book = now.weighed(start)
    given = given_by(book)
    candidates = gather(documents, book)
    for kind in (True, False):
        if not any(one.running and one.right is kind for one in candidates):
            raise ValueError(
                "Training needs labelled running text with sentences that promise and sentences that do not."
            )

    def fitted(of: Sequence[Candidate], more: Sequence[Example] = ()) -> dict[str, float]:
        examples = [one.example for one in of]
        return fit(
            [*examples, *more],
            given,
            stiffness=stiffness,
            fixed=definitions(given),
            free=_biases(),
            line=line(of, given),
        )

    # Which reading of a sentence counts hangs on the weights: look again with better ones.
    candidates = gather(documents, book.weighed(_sketched(candidates, fitted(candidates), given, start)))
    left = _LeftOut(documents, candidates, book, given, start, fitted)
    frame = replace(start, calibration=left.calibration(), threshold=left.threshold())

    def weighed(more: Sequence[Example]) -> Weights:
        return _weights(fitted(candidates, more), given, candidates, frame).as_written()

    weights = _insist([one for one in documents if not one.running], book, weighed)
    return Lesson(
        weights=weights,
        before=evaluate(documents, lambda _: now),
        after=evaluate(documents, lambda _: book.weighed(weights)),
        left_out=left.measured(frame),
        examples=len(candidates),
        said=left.said(),
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
            turns,
            said_on=document.said_on,
            register=document.register,
            calendar=calendar,
            book=book,
            summarised=False,
        )
    ]


def given_by(book: Book) -> dict[str, float]:
    """Return what the book takes each part of the sum to be worth."""
    rules = (*book.forms, *book.item, *book.signs, *book.properties.values(), *book.conditions)
    return {rule.id: book.worth(rule) for rule in rules} | {
        bias(register): weight for register, weight in book.weights.bias.items()
    }


def definitions(given: Mapping[str, float]) -> frozenset[str]:
    """Return the parts that say of a sentence that it is no promise by definition: a question, a denial, a quotation.

    That holds however seldom labelled documents show it, so it is not learned.
    """
    return frozenset(name for name, weight in given.items() if weight <= CANCELS)


def line(candidates: Sequence[Candidate], given: Mapping[str, float]) -> tuple[float, float]:
    """Return slope and offset that turn sums of the given weights into how often such a candidate is right."""
    return straight([_sum(one.parts, given) for one in candidates], [one.right for one in candidates])


class _LeftOut:
    """Every labelled document, read with what was learned without it."""

    def __init__(
        self,
        documents: Sequence[LabelledDocument],
        candidates: Sequence[Candidate],
        book: Book,
        given: Mapping[str, float],
        start: Weights,
        fitted: Callable[[Sequence[Candidate]], dict[str, float]],
    ) -> None:
        self._documents, self._book, self._start = documents, book, start
        self._running = [one for one in candidates if one.running]
        self._weights: dict[str, Weights] = {}
        sums: dict[str, list[float]] = {}
        for name in (one.name for one in documents):
            rest = [one for one in candidates if one.document != name]
            without = fitted(rest)
            self._weights[name] = _weights(without, given, rest, start)
            sums[name] = [_sum(one.parts, without) for one in self._running if one.document == name]
        each = {name: iter(found) for name, found in sums.items()}
        self._sums = [next(each[one.document]) for one in self._running]
        texts = [one for one in documents if one.running]
        self._calibrations = {one.name: self.calibration(one.name) for one in texts}
        self._at = {threshold: evaluate(texts, partial(self._read_with, threshold)) for threshold in _THRESHOLDS}

    def calibration(self, without: str = "") -> Calibration:
        """Count how often the sums of all documents, or of all but one, are right."""
        told = [at for at, one in enumerate(self._running) if one.document != without]
        of = [self._running[at] for at in told]
        return counted([self._sums[at] for at in told], [one.right for one in of], shared([one.mended for one in of]))

    def threshold(self, without: str = "") -> float:
        """Return the probability from which on to propose: the lowest of those with the best F1.

        Of equals the lowest: on text nobody tuned on more is missed than is wrongly proposed.
        """
        f1 = {
            threshold: total(one for name, one in measured.items() if name != without).f1
            for threshold, measured in self._at.items()
        }
        return min(threshold for threshold, one in f1.items() if one >= max(f1.values()) - _EQUAL)

    def measured(self, frame: Weights) -> dict[str, Measured]:
        """Return the figures of each document; lists of sentences take calibration and threshold of `frame`."""

        def book_for(document: LabelledDocument) -> Book:
            own = self._weights[document.name]
            return self._book.weighed(replace(own, calibration=frame.calibration, threshold=frame.threshold))

        lists = evaluate([one for one in self._documents if not one.running], book_for)
        return {
            one.name: lists[one.name] if one.name in lists else self._at[self.threshold(one.name)][one.name]
            for one in self._documents
        }

    def said(self) -> tuple[Said, ...]:
        return tuple(
            Said(self._calibrations[one.document](x), one.right, one.mended)
            for one, x in zip(self._running, self._sums, strict=True)
        )

    def _read_with(self, threshold: float, document: LabelledDocument) -> Book:
        own, calibration = self._weights[document.name], self._calibrations[document.name]
        return self._book.weighed(replace(own, calibration=calibration, threshold=threshold))


def _insist(lists: Sequence[LabelledDocument], book: Book, weighed: Callable[[Sequence[Example]], Weights]) -> Weights:
    """Fit again and again, each time with the sentences of the lists once more that are read wrongly yet."""
    more: list[Example] = []
    weights = weighed(more)
    for _ in range(_INSISTING):
        wrong = _wrong(lists, book.weighed(weights))
        if not wrong:
            break
        more += wrong
        weights = weighed(more)
    return weights


def _wrong(lists: Sequence[LabelledDocument], book: Book) -> list[Example]:
    """Return what is read wrongly in lists: quiet sentences that are proposed, and promises that are not.

    Each with the reading that weighs most. What no form opens, or a definition cancels, no weight can mend.
    """
    worth = given_by(book)
    sentences: defaultdict[tuple[str, int], list[Candidate]] = defaultdict(list)
    for one in gather(lists, book):
        sentences[one.place].append(one)
    wrong = []
    for document in lists:
        for number, turns in enumerate(document.items):
            found = sentences[document.name, number]
            if not found:
                continue
            best = max(found, key=lambda one: _sum(one.parts, worth))
            proposed = bool(propose_all(replace(document, items=(turns,)), book))
            if proposed != best.right and not (best.right and definitions(worth) & set(best.parts)):
                wrong.append(best.example)
    return wrong


def _weights(
    fitted: Mapping[str, float], given: Mapping[str, float], of: Iterable[Candidate], frame: Weights
) -> Weights:
    """Put fitted parts into `frame`, which brings threshold and calibration along.

    What no candidate held is not named: it is worth what stands with its rule.
    """
    seen = {part for one in of for part in one.parts} & given.keys()
    biases = {register: fitted[bias(register)] for register in Register}
    return replace(frame, bias=biases, rules={name: fitted[name] for name in sorted(seen - _biases())})


def _sketched(
    candidates: Sequence[Candidate], fitted: Mapping[str, float], given: Mapping[str, float], start: Weights
) -> Weights:
    """Return weights with a calibration on their own examples: good enough to choose between readings."""
    running = [one for one in candidates if one.running]
    sums, right = [_sum(one.parts, fitted) for one in running], [one.right for one in running]
    calibration = counted(sums, right, shared([one.mended for one in running]))
    return replace(_weights(fitted, given, candidates, start), calibration=calibration, threshold=_LIKELY)


def _biases() -> frozenset[str]:
    return frozenset(map(bias, Register))


def _sum(parts: Iterable[str], worth: Mapping[str, float]) -> float:
    return sum(worth[part] for part in parts)
