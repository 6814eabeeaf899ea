"""Looks rules up by the words of a sentence, without asking each rule in turn.

Every list of words that some rule needs is one bit of a number. The words of a sentence say which bits it has, once for
all rules, and a rule then has what it needs when no bit of its own is lacking.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from commitments.engine.statements.needs import AllOf, Need, Word, all_of


class Needing(Protocol):
    @property
    def needs(self) -> Need: ...


R = TypeVar("R", bound=Needing)


@dataclass(frozen=True, slots=True)
class Heard:
    """A folded text, the words in it, and the bits of the lists that one of its words stands on."""

    low: str
    words: set[str]
    bits: int


class Lists:
    """The lists of words that rules need, a bit for each."""

    def __init__(self) -> None:
        self._bit: dict[Word, int] = {}
        self._bits: dict[str, int] = {}

    def bit(self, need: Word) -> int:
        """Return the bit of a list of words; a list that is asked for again has the same."""
        if need not in self._bit:
            self._bit[need] = bit = 1 << len(self._bit)
            for word in need.words:
                self._bits[word] = self._bits.get(word, 0) | bit
        return self._bit[need]

    def hear(self, low: str, words: set[str]) -> Heard:
        """Return the folded text `low`, of these words, ready to be looked up with."""
        bits, known = 0, self._bits
        for word in words:
            if word in known:
                bits |= known[word]
        return Heard(low, words, bits)


class Shelf(Generic[R]):
    """Rules to be looked up. Each stands under the rarest words of every way it can hold."""

    def __init__(self, rules: Sequence[R], lists: Lists) -> None:
        self._rules = rules
        self._anywhere: list[tuple[int, int, Need | None]] = []
        self._by_word: dict[str, list[tuple[int, int, Need | None]]] = {}
        for at, rule in enumerate(rules):
            for way in rule.needs.ways:
                bits, rest = _parted(way, lists)
                for word in way.keys or ():
                    self._by_word.setdefault(word, []).append((at, bits, rest))
                if not way.keys:
                    self._anywhere.append((at, bits, rest))
        self._keys = frozenset(self._by_word)

    def look_up(self, heard: Heard) -> list[R]:
        """Return the rules that may fit the text, in the order they were given."""
        ways = self._anywhere
        if not self._keys.isdisjoint(heard.words):
            ways = ways.copy()
            for word in self._keys & heard.words:
                ways += self._by_word[word]
        bits = heard.bits
        found = {
            at
            for at, needed, rest in ways
            if needed & bits == needed and (rest is None or rest.met(heard.words, heard.low))
        }
        return [self._rules[at] for at in sorted(found)] if found else []


def _parted(need: Need, lists: Lists) -> tuple[int, Need | None]:
    """Return the bits that a need asks for, and what bits cannot say of it."""
    parts: Iterable[Need] = need.needs if isinstance(need, AllOf) else (need,)
    bits, rest = 0, []
    for part in parts:
        if isinstance(part, Word) and not part.letters:
            bits |= lists.bit(part)
        else:
            rest.append(part)
    return bits, all_of(rest) if rest else None
