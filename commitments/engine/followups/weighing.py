"""Weighs one promise against one later item: does it tie back to it, how surely, and what does it tell of it?"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from commitments.engine.followups import words
from commitments.engine.followups.hearing import Heard, Sentence, names
from commitments.engine.followups.rules import Book, load
from commitments.engine.followups.telling import told
from commitments.engine.followups.types import Match, Promise, Rarity, Reason, Sign
from commitments.engine.types import Expression, Side

_CONTEXT = 0.25  # what a word of the sentence before the promise is worth, beside one of its own words
_MOST_CONTEXT = 0.35  # and all of them together, beside all of its own
_THIN = 1.0  # a quote whose words weigh less than this leans on its context as much as on itself
_LIFTED = 1.35  # how far the words around a promise may lift the share of its own
_BOTH = 0.45  # the part of the promise's words both sides have to say, for it to count that both speak of it
_RELATED = 0.6  # of the best sentence's share: a sentence with as much speaks of the promise as well
_TELLING = 1.3  # weight of words from which on a promise can be told from others by them
_LEAST = 0.12  # share of the words below which nothing is looked at any further
_ABOUT = (
    0.5  # share of the words from which on cues count in full: a cue in a sentence about something else tells little
)
_MASS = 4.0  # weight of shared words beyond which more of them tell no more
_FURTHER_CUE = 0.3  # what a second cue of recalling in one sentence adds
_MONTH = 31
_MONTHS = re.compile(
    r"\b(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|geleden)\b"
)


@dataclass(frozen=True, slots=True)
class Known:
    """A promise made ready to be known again.

    quotes   for each statement its own words and those of the sentence before it, with what each is worth before its
             rarity is asked
    due      the words of its deadline that tell
    """

    promise: Promise
    quotes: tuple[tuple[Mapping[str, float], Mapping[str, float]], ...]
    due: frozenset[str]
    subject: frozenset[str]
    persons: frozenset[str]
    askers: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every word by which it may be found."""
        return frozenset(word for quote in self.quotes for some in quote for word in some) | self.promise.numbers


@dataclass(frozen=True, slots=True)
class Share:
    """How much of the promise's words a sentence says.

    part  0..1 of their weight, those around the promise taken in; own: of its own words alone
    mass  the weight itself
    """

    at: int
    part: float
    own: float
    mass: float
    said: tuple[str, ...]


def know(promise: Promise, book: Book | None = None) -> Known:
    """Make a promise ready for `match`."""
    book = book or load()
    due = _due_words(promise.due_text)
    contexts = (*promise.contexts, *[""] * len(promise.quotes))
    return Known(
        promise=promise,
        quotes=tuple(
            _worth(quote, context, due, book) for quote, context in zip(promise.quotes, contexts, strict=False)
        ),
        due=due,
        subject=frozenset(words.stems(promise.subject)),
        persons=names(promise.persons),
        askers=names(promise.askers),
    )


def match(known: Known, heard: Heard, rarity: Rarity, book: Book | None = None) -> Match | None:
    """Return how `heard` follows up a promise, or None where it does not.

    An item of the day on which the promise was last said, or of an earlier day, never does.
    """
    book = book or load()
    if heard.item.said_on <= known.promise.said_on[0]:
        return None
    by_side = _best(known, heard, rarity, book)
    shares = sorted(by_side, key=lambda one: -one.part)
    if not shares or shares[0].part < _LEAST:
        return None
    asked = [one for one in shares if heard.sentences[one.at].side is not Side.GOVERNMENT]
    answered = [one for one in shares if heard.sentences[one.at].side is Side.GOVERNMENT]
    reasons = [*_words(shares, asked, answered, book), *_people(known, heard, book)]
    about = min(1.0, shares[0].part / _ABOUT)
    reasons += [
        replace(one, weight=round(one.weight * about, 2)) for one in _references(known, heard, asked, rarity, book)
    ]
    recall = _recall(heard, asked, shares[0].part, book)
    if recall:
        reasons += [replace(one, weight=round(one.weight * about, 2)) for one in recall[1]]
    telling = told(
        known.promise,
        heard,
        sorted(((one.at, one.own) for one in answered), key=lambda one: -one[1]),
        shares[0].part,
        book,
    )
    if telling:
        reasons += [replace(one, weight=round(one.weight * about, 2)) for one in telling.reasons]
    score = round(book.score(book.bias + sum(one.weight for one in reasons)), 3)
    certainty = book.certainty(score)
    if certainty is None:
        return None
    at = telling.at if telling else (recall[0] if recall else shares[0].at)
    place = heard.sentences[at]
    return Match(
        sign=telling.sign if telling else Sign.RECALLED,
        score=score,
        certainty=certainty,
        reasons=tuple(one for one in reasons if one.weight),
        turn=place.turn,
        start=place.start,
        end=place.end,
        deadline=telling.deadline if telling else None,
    )


def _worth(quote: str, context: str, due: frozenset[str], book: Book) -> tuple[dict[str, float], dict[str, float]]:
    own = {word: _class(word, book) for word in words.stems(quote) if word not in due}
    for name in _names_in(quote):
        if own.get(name) == 1.0:
            own[name] = book.credit["name"]
    around = {word: _class(word, book) for word in words.stems(context) if word not in own and word not in due}
    weight, beside = sum(own.values()), sum(around.values())
    most = max(_MOST_CONTEXT * weight, _THIN - weight)
    factor = min(_CONTEXT, most / beside) if beside else 0.0
    return own, {word: factor * worth for word, worth in around.items()}


def _class(word: str, book: Book) -> float:
    if any(c.isdigit() for c in word):
        return book.credit["name"]
    return book.credit["usual"] if word in words.lists().usual else 1.0


def _names_in(quote: str) -> Iterator[str]:
    for word, start, _ in words.tokens(quote):
        if start and word[0].isupper():
            yield from words.parts_of(word)


def _due_words(text: str) -> frozenset[str]:
    """Return the stems of a deadline's words: numbers, months, feasts, without the small words around them."""
    small = {
        "tegen",
        "eind",
        "begin",
        "midden",
        "half",
        "uiterlijk",
        "vanaf",
        "voor",
        "binnen",
        "de",
        "het",
        "in",
        "op",
        "van",
        "nog",
        "en",
        "na",
        "tot",
        "deze",
        "dit",
        "loop",
        "komend",
    }
    found = {part for word, _, _ in words.tokens(text) for part in (words.stem(word),) if word.lower() not in small}
    return frozenset(one for one in found if len(one) > 1 or one.isdigit())


def _best(known: Known, heard: Heard, rarity: Rarity, book: Book) -> list[Share]:
    """Return for each sentence the largest share of any statement of the promise that it says."""
    best: dict[int, Share] = {}
    for own, around in known.quotes:
        mine = _heard({word: value * rarity(word) for word, value in own.items()}, heard, rarity, book)
        beside = _heard({word: value * rarity(word) for word, value in around.items()}, heard, rarity, book)
        if not mine.whole:
            continue
        for at, one in enumerate(heard.sentences):
            share = _share(at, one, heard, mine, beside, book)
            if share and (at not in best or share.part > best[at].part):
                best[at] = share
    return list(best.values())


@dataclass(frozen=True, slots=True)
class Sought:
    """Words of a promise.

    whole  their weight together
    alike  for each that is heard, the words that stand for it, with what each is worth
    """

    whole: float
    alike: tuple[tuple[tuple[str, float], ...], ...]


def _heard(worth: Mapping[str, float], heard: Heard, rarity: Rarity, book: Book) -> Sought:
    usual = words.lists().usual
    found: list[tuple[tuple[str, float], ...]] = []
    for word, value in worth.items():
        if word in heard.words:
            found.append(((word, value),))
            continue
        alike = [(longer, value) for longer in heard.compounds(word)]
        alike += [(piece, value * rarity(piece)) for piece in words.pieces(word) if piece in heard.words]
        if alike:
            found.append(
                tuple(
                    (other, book.credit["part"] * amount * (book.credit["usual"] if other in usual else 1.0))
                    for other, amount in alike
                )
            )
    return Sought(sum(worth.values()), tuple(found))


def _share(at: int, one: Sentence, heard: Heard, mine: Sought, beside: Sought, book: Book) -> Share | None:
    said: list[str] = []
    own, here = _said(one, heard, mine, book, said)
    if not here:
        return None
    around, _ = _said(one, heard, beside, book, [])
    whole = mine.whole + beside.whole
    part = (own + around) / whole * min(1.0, whole / _TELLING)
    if mine.whole >= _THIN:
        part = min(part, _LIFTED * own / mine.whole)
    return Share(at, part, here / mine.whole, own + around, tuple(said))


def _said(one: Sentence, heard: Heard, sought: Sought, book: Book, said: list[str]) -> tuple[float, float]:
    """Return what a sentence says of the words sought, with the sentence before it and the title, and by itself."""
    near = heard.sentences[one.before].words if one.before is not None else frozenset()
    mass = alone = 0.0
    for alike in sought.alike:
        here = max(((value, word) for word, value in alike if word in one.words), default=(0.0, ""))
        if here[0]:
            alone += here[0]
            said.append(here[1])
        before = max((value for word, value in alike if word in near), default=0.0) * book.credit["near"]
        above = max((value for word, value in alike if word in heard.title), default=0.0) * book.credit["title"]
        mass += max(here[0], before, above)
    return mass, alone


def _words(shares: list[Share], asked: list[Share], answered: list[Share], book: Book) -> Iterator[Reason]:
    first = shares[0]
    yield book.properties["woorden"].reason(", ".join(first.said), first.part)
    yield book.properties["zeldzaam"].reason("", min(first.mass, _MASS))
    if asked and answered:
        other = min(asked[0].part, answered[0].part)
        yield book.properties["beide-kanten"].reason("", min(1.0, other / _BOTH))


def _people(known: Known, heard: Heard, book: Book) -> Iterator[Reason]:
    if heard.persons and known.persons:
        same = not known.persons.isdisjoint(heard.persons)
        yield book.properties["zelfde-minister" if same else "andere-minister"].reason()
    if not known.askers.isdisjoint(heard.askers):
        yield book.properties["zelfde-vraagsteller"].reason()


def _references(known: Known, heard: Heard, asked: list[Share], rarity: Rarity, book: Book) -> Iterator[Reason]:
    about = sum(rarity(word) for word in known.subject)
    shared = known.subject & heard.title
    if about and shared:
        part = min(1.0, 2 * sum(rarity(word) for word in shared) / about)
        yield book.properties["zelfde-onderwerp"].reason(", ".join(sorted(shared)), part)
    if known.promise.numbers & heard.words.keys():
        numbers = known.promise.numbers & heard.words.keys()
        yield book.properties["vraagnummer"].reason(", ".join(sorted(numbers)))
    related = [heard.sentences[one.at] for one in asked if one.part >= _RELATED * asked[0].part]
    if known.due and any(known.due <= _all_words(one.low) for one in related):
        yield book.properties["zelfde-termijn"].reason(known.promise.due_text)
    for at, one in enumerate(heard.sentences):
        if one.side is Side.GOVERNMENT or not _MONTHS.search(one.low):
            continue
        for time in heard.times(at):
            if any(_that_day(day, time) for day in known.promise.said_on):
                yield book.properties["die-dag"].reason(time.text)
                return


def _recall(heard: Heard, asked: list[Share], most: float, book: Book) -> tuple[int, list[Reason]] | None:
    """Return the member's sentence that speaks most of the promise with a cue of recalling, and what it adds."""
    for share in asked:
        if share.part < _RELATED * most:
            break
        one = heard.sentences[share.at]
        cues = heard.cues(share.at)
        if not cues and one.before is not None:
            cues = heard.cues(one.before)
        if cues:
            first, *others = sorted(cues, key=lambda found: -found[0].weight)
            degrees = [(first, 1.0), *((other, _FURTHER_CUE) for other in others)]
            return share.at, [
                Reason(cue.id, round(cue.weight * part, 2), said, cue.why) for (cue, said), part in degrees
            ]
    return None


def _all_words(low: str) -> frozenset[str]:
    return frozenset(part for word, _, _ in words.tokens(low) for part in (words.stem(word),))


def _that_day(day: date, time: Expression) -> bool:
    """Tell whether words name a day, or its month; the year is a guess of the reader and may be another."""
    if time.due_start is None or time.due_end is None or (time.due_end - time.due_start).days > _MONTH:
        return False
    first, last = time.due_start, time.due_end
    return (first.month, first.day) <= (day.month, day.day) <= (last.month, last.day)
