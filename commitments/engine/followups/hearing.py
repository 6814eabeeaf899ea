"""A later item made ready to be compared with many promises: its sentences, their words, cues and dates, read once."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

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
    cues              the cues in it, with the words as said
    times             the time expressions in it, their spans counted in the turn
    before            index of the sentence before it in the same turn, or None
    """

    turn: int
    start: int
    end: int
    side: Side
    low: str
    words: frozenset[str]
    cues: tuple[tuple[Cue, str], ...]
    times: tuple[Expression, ...]
    before: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """An item, ready to be compared.

    words     the stems of the item with how often each is said
    within    stems that are a part of longer stems of the item, and those longer ones
    title     the stems of the title
    persons   folded names of the ministers who speak or are asked; askers: of the members
    """

    item: Item
    sentences: tuple[Sentence, ...]
    words: Mapping[str, int]
    within: Mapping[str, frozenset[str]]
    title: frozenset[str]
    persons: frozenset[str]
    askers: frozenset[str]


def hear(item: Item, calendar: Calendar, book: Book | None = None) -> Heard:
    """Read an item once, in time linear in its length."""
    book = book or load()
    sentences: list[Sentence] = []
    for at, turn in enumerate(item.turns):
        if turn.side not in _SPOKEN_OF:
            continue
        times = deadlines.read(turn.text, item.said_on, calendar)
        before: int | None = None
        next_time = 0
        for one in split(turn.text):
            text = turn.text[one.start : one.end]
            while next_time < len(times) and times[next_time].start < one.start:
                next_time += 1
            first = next_time
            while next_time < len(times) and times[next_time].start < one.end:
                next_time += 1
            low = fold(text)
            sentences.append(
                Sentence(
                    turn=at,
                    start=one.start,
                    end=one.end,
                    side=turn.side,
                    low=low,
                    words=frozenset(words.stems(text)),
                    cues=_cues(book, turn.side, text, low),
                    times=tuple(times[first:next_time]),
                    before=before,
                )
            )
            before = len(sentences) - 1
    title = frozenset(words.stems(item.title))
    counted = Counter(word for one in sentences for word in one.words)
    counted.update(title)
    speakers = {turn.speaker for turn in item.turns if turn.side is Side.GOVERNMENT}
    return Heard(
        item=item,
        sentences=tuple(sentences),
        words=counted,
        within=_within(counted),
        title=title,
        persons=names(item.addressees | speakers),
        askers=names(item.askers | {turn.speaker for turn in item.turns if turn.side is Side.MEMBER}),
    )


def names(given: frozenset[str] | set[str]) -> frozenset[str]:
    """Return names folded, the empty one left out."""
    return frozenset(fold(name) for name in given if name)


def _cues(book: Book, side: Side, text: str, low: str) -> tuple[tuple[Cue, str], ...]:
    said = words_of(low)
    found = ((cue, cue.find(low, said)) for cue in book.cues if cue.side is side)
    return tuple((cue, text[hit.start() : hit.end()]) for cue, hit in found if hit)


def _within(counted: Mapping[str, int]) -> dict[str, frozenset[str]]:
    longer: dict[str, set[str]] = defaultdict(set)
    for word in counted:
        for piece in words.pieces(word):
            longer[piece].add(word)
    return {piece: frozenset(found) for piece, found in longer.items()}
