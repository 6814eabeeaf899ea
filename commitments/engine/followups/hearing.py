"""A later item made ready to be compared with many promises: its sentences, their words, cues and dates, read once."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from commitments.engine import deadlines
from commitments.engine.calendars import Calendar
from commitments.engine.followups import words
from commitments.engine.followups.rules import Book, Cue, load
from commitments.engine.followups.types import Item
from commitments.engine.statements.needs import words_of
from commitments.engine.statements.patterns import fold
from commitments.engine.statements.sentences import split
from commitments.engine.types import Expression, Side

_SPOKEN_OF = (Side.MEMBER, Side.GOVERNMENT, Side.OTHER)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an item.

    turn, start, end  where it stands
    words             the stems of its telling words; `low` is its folded text
    before            index of the sentence before it in the same turn, or None
    """

    turn: int
    start: int
    end: int
    side: Side
    low: str
    words: frozenset[str]
    before: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """An item, ready to be compared.

    words     the stems of the item with how often each is said
    forwards  the stems in order, and backwards: their letters turned round, to look up the end of a compound
    title     the stems of the title
    persons   folded names of the ministers who speak or are asked; askers: of the members

    What is told and which dates are named is read of a sentence when it is asked for first: most share no word with
    any promise.
    """

    item: Item
    calendar: Calendar
    book: Book
    sentences: tuple[Sentence, ...]
    words: Mapping[str, int]
    forwards: tuple[str, ...]
    backwards: tuple[str, ...]
    title: frozenset[str]
    persons: frozenset[str]
    askers: frozenset[str]
    _cues: dict[int, tuple[tuple[Cue, str], ...]] = field(default_factory=dict, repr=False, compare=False)
    _times: dict[int, tuple[Expression, ...]] = field(default_factory=dict, repr=False, compare=False)

    def compounds(self, word: str) -> list[str]:
        """Return the stems of the item of which a stem is the first part or the last."""
        if len(word) < words.PART:
            return []
        found = [one for start in words.as_first_part(word) for one in _beginning_with(start, self.forwards)]
        found += [one[::-1] for one in _beginning_with(word[::-1], self.backwards)]
        return [one for one in found if len(one) >= len(word) + words.REMAINDER]

    def text(self, at: int) -> str:
        """Return the words of a sentence as they were said."""
        one = self.sentences[at]
        return self.item.turns[one.turn].text[one.start : one.end]

    def cues(self, at: int) -> tuple[tuple[Cue, str], ...]:
        """Return the cues in a sentence, each with its words as said."""
        if at not in self._cues:
            one, text = self.sentences[at], self.text(at)
            said = words_of(one.low)
            found = ((cue, cue.find(one.low, said)) for cue in self.book.cues if cue.side is one.side)
            self._cues[at] = tuple((cue, text[hit.start() : hit.end()]) for cue, hit in found if hit)
        return self._cues[at]

    def times(self, at: int) -> tuple[Expression, ...]:
        """Return the time expressions in a sentence, their spans counted in its turn."""
        if at not in self._times:
            start = self.sentences[at].start
            found = deadlines.read(self.text(at), self.item.said_on, self.calendar)
            self._times[at] = tuple(one._replace(start=start + one.start, end=start + one.end) for one in found)
        return self._times[at]


def hear(item: Item, calendar: Calendar, book: Book | None = None) -> Heard:
    """Make an item ready, in time linear in its length."""
    sentences: list[Sentence] = []
    for at, turn in enumerate(item.turns):
        before: int | None = None
        for one in split(turn.text) if turn.side in _SPOKEN_OF else ():
            text = turn.text[one.start : one.end]
            said = frozenset(words.stems(text))
            sentences.append(Sentence(at, one.start, one.end, turn.side, fold(text), said, before))
            before = len(sentences) - 1
    title = frozenset(words.stems(item.title))
    counted = Counter(word for one in sentences for word in one.words)
    counted.update(title)
    speakers = {turn.speaker for turn in item.turns if turn.side is Side.GOVERNMENT}
    return Heard(
        item=item,
        calendar=calendar,
        book=book or load(),
        sentences=tuple(sentences),
        words=counted,
        forwards=tuple(sorted(counted)),
        backwards=tuple(sorted(word[::-1] for word in counted)),
        title=title,
        persons=names(item.addressees | speakers),
        askers=names(item.askers | {turn.speaker for turn in item.turns if turn.side is Side.MEMBER}),
    )


def names(given: frozenset[str] | set[str]) -> frozenset[str]:
    """Return names folded, the empty one left out."""
    return frozenset(fold(name) for name in given if name)


def _beginning_with(start: str, ordered: tuple[str, ...]) -> Iterator[str]:
    for at in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[at].startswith(start):
            return
        yield ordered[at]
