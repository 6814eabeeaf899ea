"""How much of a promise's words each sentence of an item says, looked up word by word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commitments.engine.followups import words
from commitments.engine.followups.hearing import Heard
from commitments.engine.followups.rules import Book
from commitments.engine.followups.types import Rarity

THIN = 1.0  # a quote whose words weigh less than this leans on its context as much as on itself
LEAST = 0.12  # share of the words below which nothing is looked at any further
_LIFTED = 1.35  # how far the words around a promise may lift the share of its own
_TELLING = 1.3  # weight of words from which on a promise can be told from others by them

Quote = tuple[Mapping[str, float], Mapping[str, float]]  # the words of a statement, and those of the sentence before it


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the promise's words a sentence says.

    part  0..1 of their weight, those around the promise taken in
    own   of its own words alone, said there or in the numbered question it answers
    mass  the weight itself
    said  the words that are said there
    """

    at: int
    part: float
    own: float
    mass: float
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """Words of a promise.

    whole   their weight together
    heard   of which the item says this much at most
    places  for each that is heard, the sentences in which something stands for it, and what it is worth there
    titled  for each of those, what is worth what the title says of it
    """

    whole: float
    heard: float
    places: tuple[Mapping[int, tuple[float, str]], ...]
    titled: tuple[float, ...]


def shares(quotes: Iterable[Quote], heard: Heard, rarity: Rarity, book: Book) -> list[Share]:
    """Return for each sentence the largest share of any statement of the promise that it says, in any order."""
    best: dict[int, Share] = {}
    for own, around in quotes:
        mine = _sought(own, heard, rarity, book)
        if not mine.places:
            continue
        beside = _sought(around, heard, rarity, book)
        if (mine.heard + beside.heard) < LEAST * (mine.whole + beside.whole):
            continue
        spoken = {at for place in mine.places for at in place}
        for at in spoken.union(*(heard.answers.get(one, ()) for one in spoken)):
            share = _share(at, heard, mine, beside, book)
            if at not in best or share.part > best[at].part:
                best[at] = share
    return list(best.values())


def _sought(worth: Mapping[str, float], heard: Heard, rarity: Rarity, book: Book) -> Sought:
    usual, credit = words.lists().usual, book.credit
    whole = most = 0.0
    places: list[Mapping[int, tuple[float, str]]] = []
    titled: list[float] = []
    for word, value in worth.items():
        value *= rarity(word)
        whole += value
        alike = heard.alike(word)
        others = [(longer, value) for longer in alike.compounds]
        others += [(piece, value * rarity(piece)) for piece in alike.pieces]
        found = [(word, value)] if alike.said else []
        found += [(one, credit["part"] * amount * (credit["usual"] if one in usual else 1.0)) for one, amount in others]
        found += [(one, credit["kin"] * value) for one in alike.kin]
        if not found:
            continue
        place: dict[int, tuple[float, str]] = {}
        for one, amount in found:
            for at in heard.words.get(one, ()):
                if at not in place or amount > place[at][0]:
                    place[at] = amount, one
        most += max(amount for _, amount in found)
        places.append(place)
        titled.append(credit["title"] * max((amount for one, amount in found if one in heard.title), default=0.0))
    return Sought(whole, most, tuple(places), tuple(titled))


def _share(at: int, heard: Heard, mine: Sought, beside: Sought, book: Book) -> Share:
    said: list[str] = []
    own, here = _said(at, heard, mine, book, said)
    around, _ = _said(at, heard, beside, book, [])
    whole = mine.whole + beside.whole
    part = (own + around) / whole * min(1.0, whole / _TELLING)
    if mine.whole >= THIN:
        part = min(part, _LIFTED * own / mine.whole)
    return Share(at, part, here / max(THIN, mine.whole), own + around, tuple(said))


def _said(at: int, heard: Heard, sought: Sought, book: Book, said: list[str]) -> tuple[float, float]:
    """Return what a sentence says of the words sought: with the sentence before it, the question it answers by number
    and the title; and without the sentence before and the title."""
    before, asked = heard.sentences[at].before, heard.sentences[at].asked
    near = book.credit["near"]
    mass = alone = 0.0
    for place, above in zip(sought.places, sought.titled, strict=True):
        here, word = place.get(at, (0.0, ""))
        if word:
            said.append(word)
        answered = max((place[one][0] for one in asked if one in place), default=0.0) if asked else 0.0
        alone += max(here, answered)
        last = near * place[before][0] if before is not None and before in place else 0.0
        mass += max(here, near * answered, last, above)
    return mass, alone
