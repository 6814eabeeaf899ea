"""A later item made ready to be compared with many promises: its sentences, their words, cues and dates, read once."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
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
_NUMBERED = re.compile(r"\s*(\d{1,2})[a-z]?[.)]\s")
_MOST_AT_ONCE = 20  # questions that one answer answers


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an item.

    turn, start, end  where it stands
    words             the stems of its telling words; `low` is its folded text
    before            index of the sentence before it in the same turn, or None
    asked             for an answer given by number, the sentences of the question it answers
    """

    turn: int
    start: int
    end: int
    side: Side
    low: str
    words: frozenset[str]
    before: int | None
    asked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """What is said of a word: itself, words it is part of, parts of it, and words for the same thing."""

    said: bool
    compounds: tuple[str, ...]
    pieces: tuple[str, ...]
    kin: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """An item, ready to be compared.

    words     the stems of the item, each with the sentences that say it; the title is none
    answers   for a sentence of a numbered question those that answer it
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
    words: Mapping[str, Sequence[int]]
    answers: Mapping[int, Sequence[int]]
    forwards: tuple[str, ...]
    backwards: tuple[str, ...]
    title: frozenset[str]
    persons: frozenset[str]
    askers: frozenset[str]
    _alike: dict[str, Alike] = field(default_factory=dict, repr=False, compare=False)
    _cues: dict[int, tuple[tuple[Cue, str], ...]] = field(default_factory=dict, repr=False, compare=False)
    _times: dict[int, tuple[Expression, ...]] = field(default_factory=dict, repr=False, compare=False)

    def compounds(self, word: str) -> list[str]:
        """Return the stems of the item of which a stem is the first part or the last."""
        if len(word) < words.PART:
            return []
        found = [one for start in words.as_first_part(word) for one in _beginning_with(start, self.forwards)]
        found += [one[::-1] for one in _beginning_with(word[::-1], self.backwards)]
        return [one for one in found if len(one) >= len(word) + words.REMAINDER]

    def alike(self, word: str) -> Alike:
        """Return the words of the item that stand for a word of a promise; looked up once for all promises."""
        found = self._alike.get(word)
        if found is None:
            found = self._alike[word] = Alike(
                said=word in self.words,
                compounds=tuple(self.compounds(word)),
                pieces=tuple(sorted(words.pieces(word) & self.words.keys())),
                kin=tuple(one for one in words.kin(word) if one in self.words),
            )
        return found

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

    def times_after(self, at: int, word: re.Pattern[str]) -> tuple[Expression, ...]:
        """Return the time expressions behind a word of a sentence, read without what stands before it."""
        found = word.search(self.sentences[at].low)
        if found is None:
            return ()
        start = self.sentences[at].start + found.end()
        text = self.item.turns[self.sentences[at].turn].text[start : self.sentences[at].end]
        read = deadlines.read(text, self.item.said_on, self.calendar)
        return tuple(one._replace(start=start + one.start, end=start + one.end) for one in read)


def hear(item: Item, calendar: Calendar, book: Book | None = None) -> Heard:
    """Make an item ready, in time linear in its length."""
    sentences: list[Sentence] = []
    questions: dict[str, list[int]] = defaultdict(list)
    for at, turn in enumerate(item.turns):
        before: int | None = None
        number = ""
        asked = _asked(item, at, questions) if turn.side is Side.GOVERNMENT else ()
        for one in split(turn.text) if turn.side in _SPOKEN_OF else ():
            text = turn.text[one.start : one.end]
            said = frozenset(words.stems(text))
            sentences.append(Sentence(at, one.start, one.end, turn.side, fold(text), said, before, asked))
            before = len(sentences) - 1
            if item.answers_to and turn.side is Side.MEMBER:
                numbered = _NUMBERED.match(text)
                number = numbered[1] if numbered else number
                if number:
                    questions[number].append(len(sentences) - 1)
    title = frozenset(words.stems(item.title))
    where: dict[str, list[int]] = {word: [] for word in title}
    for here, sentence in enumerate(sentences):
        for word in sentence.words:
            where.setdefault(word, []).append(here)
    answers: dict[int, list[int]] = defaultdict(list)
    for here, sentence in enumerate(sentences):
        for question in sentence.asked:
            answers[question].append(here)
    speakers = {turn.speaker for turn in item.turns if turn.side is Side.GOVERNMENT}
    return Heard(
        item=item,
        calendar=calendar,
        book=book or load(),
        sentences=tuple(sentences),
        words=where,
        answers=answers,
        forwards=tuple(sorted(where)),
        backwards=tuple(sorted(word[::-1] for word in where)),
        title=title,
        persons=names(item.addressees | speakers),
        askers=names(item.askers | {turn.speaker for turn in item.turns if turn.side is Side.MEMBER}),
    )


def _asked(item: Item, at: int, questions: Mapping[str, list[int]]) -> tuple[int, ...]:
    """Return the sentences of the questions that a turn answers by number: of "2-4" those of 2, 3 and 4."""
    told = item.answers_to[at] if at < len(item.answers_to) else ""
    numbers = [int(found) for found in re.findall(r"\d+", told)[:2]]
    if len(numbers) == 2 and "-" in told and 0 < numbers[1] - numbers[0] < _MOST_AT_ONCE:
        numbers = list(range(numbers[0], numbers[1] + 1))
    return tuple(one for number in numbers for one in questions.get(str(number), ()))


def names(given: frozenset[str] | set[str]) -> frozenset[str]:
    """Return names folded, the empty one left out."""
    return frozenset(fold(name) for name in given if name)


def _beginning_with(start: str, ordered: tuple[str, ...]) -> Iterator[str]:
    for at in range(bisect_left(ordered, start), len(ordered)):
        if not ordered[at].startswith(start):
            return
        yield ordered[at]
