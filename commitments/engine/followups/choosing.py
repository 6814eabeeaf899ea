"""Chooses which matches of one item are worth showing: the best few of every passage, each on its own merit.

A passage is the sentence that shows a match. An item that recalls five promises shows all five, each beside its own
sentence; a sentence about one promise shows no crowd of others like it.
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import TypeVar

from commitments.engine.followups.rules import Book, load
from commitments.engine.followups.types import Match, Sign

K = TypeVar("K", bound=Hashable)

OF_PASSAGE = 3  # matches of one passage that are shown
OF_ITEM = 15  # and of one item
_MORE = 1.5  # times as much that it has to say of the sentence, where it lacks some of the words
_BETTER = 0.5  # log-odds by which another promise has to fit a sentence better to take it away


def choose(found: Mapping[K, Match], book: Book | None = None) -> dict[K, Match]:
    """Return the matches of one item to show, the best first.

    Where the sentences that speak of a promise speak more of another that fits them better, they are about the other
    one, and so is what recalls a promise in them: that is a reason against, and may take a match below what is worth
    showing.
    """
    book = book or load()
    judged = ((key, _beside(key, one, found, book)) for key, one in found.items())
    ranked = sorted(((key, one) for key, one in judged if one), key=lambda pair: (-pair[1].score, -pair[1].sum))
    shown: dict[K, Match] = {}
    places: Counter[tuple[int, int]] = Counter()
    for key, one in ranked:
        place = one.turn, one.start
        places[place] += 1
        if places[place] <= OF_PASSAGE and len(shown) < OF_ITEM:
            shown[key] = one
    return shown


def _beside(key: K, one: Match, found: Mapping[K, Match], book: Book) -> Match | None:
    """Return a match with what the others take away from it; None where too little is left."""
    if not any(_explains(other, one) for rival, other in found.items() if rival != key):
        return one
    recalled = {"vraagnummer", "die-dag", *(cue.id for cue in book.cues if cue.sign is Sign.RECALLED)}
    taken = sum(why.weight for why in one.reasons if why.rule in recalled)
    least = book.properties["andere-toezegging"]
    reason = least.reason(degree=max(1.0, taken / -least.weight))
    total = one.sum + reason.weight
    score = book.rounded(total)
    certainty = book.certainty(score)
    if certainty is None:
        return None
    return replace(one, sum=total, score=score, certainty=certainty, reasons=(*one.reasons, reason))


def _explains(other: Match, one: Match) -> bool:
    """Tell whether every sentence that speaks of a match speaks more of another, in much the same words."""
    return other.sum >= one.sum + _BETTER and all(
        at in other.said and _outdone(*other.said[at], *said) for at, said in one.said.items()
    )


def _outdone(more: float, theirs: frozenset[str], less: float, own: frozenset[str]) -> bool:
    return own <= theirs or (more >= _MORE * less and len(own & theirs) * 2 >= len(own))
