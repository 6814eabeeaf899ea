"""What the minister tells of a promise in a later item: done, postponed, weakened, or said again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from commitments.engine.followups.hearing import Heard, Sentence
from commitments.engine.followups.rules import Book, Cue
from commitments.engine.followups.types import Promise, Reason, Sign
from commitments.engine.statements.needs import words_of
from commitments.engine.statements.patterns import fold
from commitments.engine.types import Expression, ExpressionKind, Side

_LEAST = 0.22  # share of the promise's words below which an answer is not about it
_MOST_READ = 4  # sentences about it that are looked at
_FURTHER = 2  # sentences after one of those in which its fate may still be told
_SLACK = timedelta(days=7)  # "half april" for "binnen de zes maanden" is no postponement


@dataclass(frozen=True, slots=True)
class Telling:
    """at: index of the sentence that tells it."""

    sign: Sign
    at: int
    reasons: list[Reason]
    deadline: Expression | None = None


def told(promise: Promise, heard: Heard, answered: Sequence[tuple[int, float]], book: Book) -> Telling | None:
    """Return what the minister's sentences tell of a promise, or None where they tell nothing.

    answered  (index, share of the promise's words) of the minister's sentences, the largest share first
    """
    ignored = _own_cues(promise, book)
    if not answered or answered[0][1] < _LEAST:
        return None
    weak: Telling | None = None
    about = {at for at, _ in answered}
    for at, _ in [one for one in answered if one[1] >= 0.6 * answered[0][1]][:_MOST_READ]:
        for here in _from(at, heard, about):
            telling = _in(promise, heard, here, ignored, book)
            if telling and telling.sign is not Sign.RESTATED:
                return telling
            weak = weak or telling
            if telling:
                break
    return weak


def _own_cues(promise: Promise, book: Book) -> frozenset[str]:
    """Return the ids of the cues the promise itself holds: "ik zal bekijken of" is not weakened by being repeated."""
    found: set[str] = set()
    for quote in promise.quotes:
        low = fold(quote)
        said = words_of(low)
        found |= {cue.id for cue in book.cues if cue.sign is Sign.WEAKENED and cue.find(low, said)}
    return frozenset(found)


def _from(at: int, heard: Heard, about: set[int]) -> Iterator[int]:
    """Yield a sentence and those right after it in the same turn, as far as they are not about it themselves."""
    yield at
    for here in range(at + 1, min(at + 1 + _FURTHER, len(heard.sentences))):
        if heard.sentences[here].before != here - 1:
            return
        yield here


def _in(promise: Promise, heard: Heard, at: int, ignored: frozenset[str], book: Book) -> Telling | None:
    one = heard.sentences[at]
    cues = {cue.sign: (cue, said) for cue, said in reversed(one.cues) if cue.id not in ignored}
    deadline = _deadline(one)
    later = _is_later(promise, deadline)
    if Sign.WEAKENED in cues and Sign.DONE not in cues and not (later and Sign.POSTPONED in cues):
        return Telling(Sign.WEAKENED, at, [_reason(*cues[Sign.WEAKENED])])
    if Sign.POSTPONED in cues or (later and Sign.DONE not in cues):
        reasons = [_reason(*cues[Sign.POSTPONED])] if Sign.POSTPONED in cues else []
        when = deadline or _next_deadline(heard, at)
        if when and _is_later(promise, when):
            reasons.append(book.properties["latere-datum"].reason(when.text))
        return Telling(Sign.POSTPONED, at, reasons, when)
    if Sign.DONE in cues:
        return Telling(Sign.DONE, at, [_reason(*cues[Sign.DONE])])
    if Sign.RESTATED in cues:
        return Telling(Sign.RESTATED, at, [_reason(*cues[Sign.RESTATED])], deadline)
    return None


def _reason(cue: Cue, said: str) -> Reason:
    return Reason(cue.id, cue.weight, said if len(said) < 60 else f"{said[:40]} … {said[-15:]}", cue.why)


def _deadline(one: Sentence) -> Expression | None:
    """Return the last coming day named: of "na het zomerreces, in oktober" the narrower."""
    dated = [time for time in one.times if time.kind is ExpressionKind.DEADLINE and time.due_end]
    return min(dated, key=lambda time: (_length(time), -time.start), default=None)


def _length(time: Expression) -> int:
    return (time.due_end - time.due_start).days if time.due_end and time.due_start else 10_000


def _next_deadline(heard: Heard, at: int) -> Expression | None:
    for here in range(at + 1, min(at + 1 + _FURTHER, len(heard.sentences))):
        one = heard.sentences[here]
        if one.before != here - 1 or one.side is not Side.GOVERNMENT:
            return None
        when = _deadline(one)
        if when:
            return when
    return None


def _is_later(promise: Promise, when: Expression | None) -> bool:
    return bool(when and when.due_end and promise.due_end and when.due_end > promise.due_end + _SLACK)
