"""What the minister tells of a promise in a later item: done, postponed, weakened, or said again."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from commitments.engine.followups.hearing import Heard
from commitments.engine.followups.rules import Book, Cue
from commitments.engine.followups.types import Promise, Reason, Sign
from commitments.engine.statements.needs import words_of
from commitments.engine.statements.patterns import fold
from commitments.engine.types import Expression, ExpressionKind, Side

_LEAST = 0.17  # share of the promise's words below which an answer is not about it
_LEAST_BY_NUMBER = 0.12  # and where it answers a numbered question that is
_OF_MOST = 0.25  # of the largest share: an answer with less is about something else than what was asked
_RELATED = 0.5  # of the answer's largest share: a sentence with as much is about it as well
_NEARLY = 0.8  # of the answer's largest share: with less, "done" of one thing does not outdo "shall" of this one
_HELD, _OTHERS, _UNSURE = "bevestigd", "de-rest", "hangt-af"
_MOST_READ = 4  # sentences about it that are looked at
_FURTHER = 2  # sentences after one of those in which its fate may still be told
_POINTS_BACK = re.compile(
    r"\W*(?:[\w'-]+\s+){0,3}(?:dat|die|dit|deze|ze|zij|hij|het|hem|haar|hen|daarvan|daarmee|daarover|overige|andere|anderen|rest)\b"
)
_INSTEAD = re.compile(r"\b(?:maar|pas)\b(?!.*\b(?:maar|pas)\b)")
_SLACK = timedelta(days=7)  # "half april" for "binnen de zes maanden" is no postponement


@dataclass(frozen=True, slots=True)
class Telling:
    """at: index of the sentence that tells it."""

    sign: Sign
    at: int
    reasons: list[Reason]
    deadline: Expression | None = None


def told(
    promise: Promise, heard: Heard, answered: Sequence[tuple[int, float]], most: float, book: Book
) -> Telling | None:
    """Return what the minister's sentences tell of a promise, or None where they tell nothing.

    answered  (index, share of the promise's words) of the minister's sentences, the largest share first
    most      the largest share of any sentence, the members' included
    """
    ignored = _own_cues(promise, book)
    if not answered or answered[0][1] < max(_least(answered[0][0], heard), _OF_MOST * most):
        return None
    about = [at for at, own in answered if own >= _RELATED * answered[0][1]][:_MOST_READ]
    tellings = [telling for at in about if (telling := _in(promise, heard, at, ignored, book))]
    own = dict(answered)
    nearly = _NEARLY * answered[0][1]
    firm = next((one for one in tellings if one.sign is not Sign.RESTATED and own[one.at] >= nearly), None)
    if firm and firm.sign is Sign.DONE:
        rest = _rest(heard, firm)
        held = next((one for one in tellings if any(why.rule == _HELD for why in one.reasons)), None)
        return rest or held or firm
    if firm or tellings:
        return firm or tellings[0]
    around = (_in(promise, heard, here, ignored, book) for at in about for here in _around(at, heard))
    return next((one for one in around if one), None)


def _least(at: int, heard: Heard) -> float:
    return _LEAST_BY_NUMBER if heard.sentences[at].asked else _LEAST


def _rest(heard: Heard, done: Telling) -> Telling | None:
    """Return what the sentence after "zes zijn er klaar" tells of the others, if it tells it."""
    here = done.at + 1
    if here >= len(heard.sentences) or heard.sentences[here].before != done.at:
        return None
    cues = {cue.id: (cue, said) for cue, said in heard.cues(here)}
    if _OTHERS in cues:
        return Telling(Sign.POSTPONED, here, [_reason(*cues[_OTHERS])], _deadline(heard.times(here)))
    if _UNSURE in cues:
        return Telling(Sign.WEAKENED, here, [_reason(*cues[_UNSURE])])
    return None


def _own_cues(promise: Promise, book: Book) -> frozenset[str]:
    """Return the ids of the cues the promise itself holds: "ik zal bekijken of" is not weakened by being repeated."""
    found: set[str] = set()
    for quote in promise.quotes:
        low = fold(quote)
        said = words_of(low)
        found |= {cue.id for cue in book.cues if cue.sign is Sign.WEAKENED and cue.find(low, said)}
    return frozenset(found)


def _around(at: int, heard: Heard) -> Iterator[int]:
    """Yield the sentences soon after one in the same turn that point back ("U krijgt die binnen de maand"), and the one
    before where it points back itself."""
    for here in range(at + 1, min(at + 1 + _FURTHER, len(heard.sentences))):
        if heard.sentences[here].before != here - 1:
            break
        if _POINTS_BACK.match(heard.sentences[here].low):
            yield here
    before = heard.sentences[at].before
    if before is not None and _POINTS_BACK.match(heard.sentences[at].low):
        yield before


def _in(promise: Promise, heard: Heard, at: int, ignored: frozenset[str], book: Book) -> Telling | None:
    cues = {cue.sign: (cue, said) for cue, said in reversed(heard.cues(at)) if cue.id not in ignored}
    deadline = _deadline(heard.times(at))
    later = _is_later(promise, deadline)
    if Sign.WEAKENED in cues and Sign.DONE not in cues and not (later and Sign.POSTPONED in cues):
        return Telling(Sign.WEAKENED, at, [_reason(*cues[Sign.WEAKENED])])
    if Sign.POSTPONED in cues or (later and Sign.DONE not in cues):
        reasons = [_reason(*cues[Sign.POSTPONED])] if Sign.POSTPONED in cues else []
        when = deadline or _deadline(heard.times_after(at, _INSTEAD)) or _next_deadline(heard, at)
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


def _deadline(times: Iterable[Expression]) -> Expression | None:
    """Return when it will be: of "na het zomerreces, in oktober" the narrower; "de cijfers van mei" after others."""
    dated = [time for time in times if time.kind is ExpressionKind.DEADLINE and time.due_end]
    return min(dated, key=lambda time: (time.text.startswith("van "), _length(time), -time.start), default=None)


def _length(time: Expression) -> int:
    return (time.due_end - time.due_start).days if time.due_end and time.due_start else 10_000


def _next_deadline(heard: Heard, at: int) -> Expression | None:
    for here in range(at + 1, min(at + 1 + _FURTHER, len(heard.sentences))):
        one = heard.sentences[here]
        if one.before != here - 1 or one.side is not Side.GOVERNMENT:
            return None
        when = _deadline(heard.times(here))
        if when:
            return when
    return None


def _is_later(promise: Promise, when: Expression | None) -> bool:
    return bool(when and when.due_end and promise.due_end and when.due_end > promise.due_end + _SLACK)
