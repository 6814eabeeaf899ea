"""Weighs one promise against one later item: does it tie back to it, how surely, and what does it tell of it?"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from commitments.engine.followups import words
from commitments.engine.followups.hearing import Heard, names
from commitments.engine.followups.rules import Book, load
from commitments.engine.followups.sharing import LEAST, THIN, Quote, Share, shares
from commitments.engine.followups.telling import told
from commitments.engine.followups.types import Match, Promise, Rarity, Reason, Sign
from commitments.engine.types import Expression, Side

_CONTEXT = 0.25  # what a word of the sentence before the promise is worth, beside one of its own words
_MOST_CONTEXT = 0.35  # and all of them together, beside all of its own
_BOTH = 0.45  # the part of the promise's words both sides have to say, for it to count that both speak of it
_RELATED = 0.6  # of the best sentence's share: a sentence with as much speaks of the promise as well
_ABOUT = (
    0.5  # share of the words from which on cues count in full: a cue in a sentence about something else tells little
)
_UNSAID = 0.85  # what is left of a sentence's share where only the question it answers says those words
_NAMED = 0.7  # and how far they count at least where the question is named by its number
_MASS = 4.0  # weight of shared words beyond which more of them tell no more
_FURTHER_CUE = 0.3  # what a second cue of recalling in one sentence adds
_SAME_DAY = 0.7  # what another way to say the promise's last day is worth, beside its own words
_MONTH = 31
_MARK = re.compile(r"[a-z]{1,2}\d{1,4}")
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
    quotes: tuple[Quote, ...]
    due: frozenset[str]
    subject: frozenset[str]
    persons: frozenset[str]
    askers: frozenset[str]

    @property
    def words(self) -> frozenset[str]:
        """Every word by which it may be found."""
        return frozenset(word for quote in self.quotes for some in quote for word in some) | self.promise.numbers

    def heard_as(self, heard: Heard) -> frozenset[str]:
        """Return every word whose rarity is asked when it is compared with an item: its own, and parts of them."""
        own = self.words | self.subject
        return own.union(*(heard.alike(word).pieces for word in own))


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
    found = sorted(shares(known.quotes, heard, rarity, book), key=lambda one: (-one.part, one.at))
    if not found or found[0].part < LEAST:
        return None
    most = found[0].part
    asked = [one for one in found if heard.sentences[one.at].side is not Side.GOVERNMENT]
    answered = [one for one in found if heard.sentences[one.at].side is Side.GOVERNMENT]
    reasons = [*_words(found, asked, answered, book), *_people(known, heard, book)]
    recall = _recall(heard, asked, most, book) or _recall(heard, _naming(known, heard), 0.0, book)
    references = list(_references(known, heard, asked, rarity, book))
    named = recall is not None and _is_named(known, heard, recall[0])
    about = max(_NAMED if named else 0.0, min(1.0, most / _ABOUT))
    reasons += [replace(one, weight=round(one.weight * about, 2)) for one in references]
    if recall:
        reasons += [replace(one, weight=round(one.weight * about, 2)) for one in recall[1]]
    telling = told(
        known.promise,
        heard,
        sorted(
            ((one.at, one.own if one.said else _UNSAID * one.own) for one in answered),
            key=lambda one: (-one[1], one[0]),
        ),
        most,
        book,
    )
    if telling:
        reasons += [replace(one, weight=round(one.weight * about, 2)) for one in telling.reasons]
    total = book.bias + sum(one.weight for one in reasons)
    score = book.rounded(total)
    certainty = book.certainty(score)
    if certainty is None:
        return None
    at = telling.at if telling else (recall[0] if recall else found[0].at)
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
        sum=total,
        said={one.at: (one.mass, frozenset(one.said)) for one in found if one.part >= _RELATED * most},
    )


def _worth(quote: str, context: str, due: frozenset[str], book: Book) -> tuple[dict[str, float], dict[str, float]]:
    own = {word: _class(word, book) for word in words.stems(quote) if word not in due}
    for name in _names_in(quote):
        if own.get(name) == 1.0:
            own[name] = book.credit["name"]
    around = {word: _class(word, book) for word in words.stems(context) if word not in own and word not in due}
    weight, beside = sum(own.values()), sum(around.values())
    most = max(_MOST_CONTEXT * weight, THIN - weight)
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


def _words(found: list[Share], asked: list[Share], answered: list[Share], book: Book) -> Iterator[Reason]:
    first = found[0]
    yield book.properties["woorden"].reason(", ".join(first.said), first.part)
    yield book.properties["zeldzaam"].reason("", min(first.mass, _MASS))
    if asked and answered:
        other = min(asked[0].part, answered[0].part)
        yield book.properties["beide-kanten"].reason("", min(1.0, other / _BOTH))


def _people(known: Known, heard: Heard, book: Book) -> Iterator[Reason]:
    if heard.persons and known.persons:
        same = not known.persons.isdisjoint(heard.persons)
        yield book.properties["zelfde-minister" if same else "andere-minister"].reason()
    marks = _marks(known.subject) | _marks(word for own, _ in known.quotes for word in own)
    others = _marks(heard.words) if marks else frozenset()
    if others and marks.isdisjoint(others):
        yield book.properties["ander-kenmerk"].reason(", ".join(sorted(others)))
    if not known.askers.isdisjoint(heard.askers):
        yield book.properties["zelfde-vraagsteller"].reason()


def _marks(said: Iterable[str]) -> frozenset[str]:
    """Return the words that name one of a row by letter and number: roads ("n498"), waters, lines."""
    return frozenset(word for word in said if _MARK.fullmatch(word))


def _references(known: Known, heard: Heard, asked: list[Share], rarity: Rarity, book: Book) -> Iterator[Reason]:
    about = sum(rarity(word) for word in known.subject)
    shared = known.subject & heard.title
    if about and shared:
        part = min(1.0, 2 * sum(rarity(word) for word in shared) / about)
        yield book.properties["zelfde-onderwerp"].reason(", ".join(sorted(shared)), part)
    if known.promise.numbers & heard.words.keys():
        numbers = known.promise.numbers & heard.words.keys()
        yield book.properties["vraagnummer"].reason(", ".join(sorted(numbers)))
    related = [one.at for one in asked if one.part >= _RELATED * asked[0].part]
    related += [one.at for one in _naming(known, heard)]
    same = max((_same_term(known, heard, at) for at in related), default=0.0)
    if same:
        yield book.properties["zelfde-termijn"].reason(known.promise.due_text, same)
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


def _same_term(known: Known, heard: Heard, at: int) -> float:
    """Return 1 where a sentence names the deadline of the promise in its words, less where it names the same last day.

    Many a promise ends with the year: that day alone tells nothing.
    """
    if not known.due:
        return 0.0
    if known.due <= _all_words(heard.sentences[at].low):
        return 1.0
    last = known.promise.due_end
    if last is None or (last.month, last.day) == (12, 31):
        return 0.0
    return _SAME_DAY if any(time.due_end == last for time in heard.times(at)) else 0.0


def _naming(known: Known, heard: Heard) -> list[Share]:
    """Return the members' sentences that name the question the promise answered, though they share no word with it."""
    numbered = {at for number in known.promise.numbers for at in heard.words.get(number, ())}
    return [Share(at, 0.0, 0.0, 0.0, ()) for at in sorted(numbered) if heard.sentences[at].side is not Side.GOVERNMENT]


def _is_named(known: Known, heard: Heard, at: int) -> bool:
    """Tell whether a recalling sentence, or the one before it, names the question the promise answered."""
    before = heard.sentences[at].before
    here = heard.sentences[at].words | (heard.sentences[before].words if before is not None else frozenset())
    return not known.promise.numbers.isdisjoint(here)


def _all_words(low: str) -> frozenset[str]:
    return frozenset(part for word, _, _ in words.tokens(low) for part in (words.stem(word),))


def _that_day(day: date, time: Expression) -> bool:
    """Tell whether words name a day, or its month; the year is a guess of the reader and may be another."""
    if time.due_start is None or time.due_end is None or (time.due_end - time.due_start).days > _MONTH:
        return False
    first, last = time.due_start, time.due_end
    return (first.month, first.day) <= (day.month, day.day) <= (last.month, last.day)
