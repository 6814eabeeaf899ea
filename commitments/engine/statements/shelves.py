"""Looks rules up by the words of a sentence, without asking each rule in turn.

Every list of words that some rule needs is one bit of a number. The words of a sentence say which bits it has, once for
all rules, and a rule then has what it needs when no bit of its own is lacking.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Generic, Protocol, TypeVar

from commitments.engine.statements.beginnings import Begins, Pattern, ahead
from commitments.engine.statements.needs import AllOf, Need, Word, all_of

_WORD = re.compile(r"\w+")


class Needing(Protocol):
    @property
    def needs(self) -> Need: ...


R = TypeVar("R", bound=Needing)
Way = tuple[frozenset[str] | None, int, Need | None]  # words of which one must be there, bits, and what else is needed


class Heard:
    """A folded text, the words in it, and the bits of the lists that one of its words stands on."""

    __slots__ = ("_bits", "_lists", "_parts", "_places", "low", "words")

    def __init__(self, low: str, words: set[str], lists: "Lists") -> None:
        self.low, self.words, self._lists = low, words, lists
        self._bits = -1
        self._places: dict[str, list[int]] = {}
        self._parts: dict[str, list[int]] = {}

    @property
    def bits(self) -> int:
        if self._bits < 0:
            self._bits = self._lists.bits(self.words)
        return self._bits

    def search(self, pattern: Pattern, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return what `pattern.search` finds in [start, end); tried only where the pattern can begin."""
        low, end = self.low, len(self.low) if end is None else end
        begins = pattern.begins
        if begins is None:
            return pattern.search(low, start, end)
        match = pattern.regex.match
        for at in self._where(begins):
            if start <= at < end:
                found = match(low, at, end)
                if found:
                    return found
        return None

    def _where(self, begins: Begins) -> list[int]:
        """Return the places where one of these words or parts begins, in order."""
        here = begins.words & self.words
        places = self._places
        if here and not places:
            for word in _WORD.finditer(self.low):
                places.setdefault(word[0], []).append(word.start())
        found = [at for word in here for at in places[word]]
        for part in begins.parts:
            if part not in self._parts:
                self._parts[part] = [one.start() for one in ahead(part).finditer(self.low)]
            found += self._parts[part]
        return sorted(found) if len(found) > 1 else found


class Lists:
    """The lists of words that rules need, a bit for each."""

    def __init__(self) -> None:
        self._bit: dict[Word, int] = {}
        self._bits: dict[str, int] = {}
        self._ways: dict[Need, list[Way]] = {}

    def bit(self, need: Word) -> int:
        """Return the bit of a list of words; a list that is asked for again has the same."""
        if need not in self._bit:
            self._bit[need] = bit = 1 << len(self._bit)
            for word in need.words:
                self._bits[word] = self._bits.get(word, 0) | bit
        return self._bit[need]

    def ways(self, need: Need) -> list["Way"]:
        """Return the ways in which a need can be met, each with the rarest words of it."""
        if need not in self._ways:
            self._ways[need] = [(way.keys, *self._parted(way)) for way in need.ways]
        return self._ways[need]

    def _parted(self, way: Need) -> tuple[int, Need | None]:
        """Return the bits that a way asks for, and what bits cannot say of it."""
        parts: Iterable[Need] = way.needs if isinstance(way, AllOf) else (way,)
        bits, rest = 0, []
        for part in parts:
            if isinstance(part, Word) and not part.letters:
                bits |= self.bit(part)
            else:
                rest.append(part)
        return bits, all_of(rest) if rest else None

    def bits(self, words: set[str]) -> int:
        """Return the bits of the lists that one of these words stands on."""
        bits, known = 0, self._bits
        for word in words:
            if word in known:
                bits |= known[word]
        return bits


class Shelf(Generic[R]):
    """Rules to be looked up. Each stands under the rarest words of every way it can hold."""

    def __init__(self, rules: Sequence[R], lists: Lists) -> None:
        self._rules = rules
        self._anywhere: list[tuple[int, int, Need | None]] = []
        self._by_word: dict[str, list[tuple[int, int, Need | None]]] = {}
        for at, rule in enumerate(rules):
            for keys, bits, rest in lists.ways(rule.needs):
                for word in keys or ():
                    self._by_word.setdefault(word, []).append((at, bits, rest))
                if not keys:
                    self._anywhere.append((at, bits, rest))
        self._keys = frozenset(self._by_word)

    def may_hold(self, words: Iterable[str]) -> bool:
        """Tell whether one of the rules stands under these words at all."""
        return bool(self._anywhere) or not self._keys.isdisjoint(words)

    def look_up(self, heard: Heard) -> list[R]:
        """Return the rules that may fit the text, in the order they were given."""
        words = heard.words
        if not self.may_hold(words):
            return []
        bits, low = heard.bits, heard.low
        found: set[int] = set()
        for ways in [self._anywhere, *map(self._by_word.__getitem__, self._keys & words)]:
            for at, needed, rest in ways:
                if needed & bits == needed and at not in found and (rest is None or rest.met(words, low)):
                    found.add(at)
        return [self._rules[at] for at in sorted(found)] if found else []
