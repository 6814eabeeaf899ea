"""Looks rules up by the words of a sentence, without asking each rule in turn."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar

from commitments.engine.statements.beginnings import Pattern
from commitments.engine.statements.firsts import NO_LETTER, Begins
from commitments.engine.statements.needs import AllOf, Need, Word, all_of


class Needing(Protocol):
    @property
    def needs(self) -> Need: ...


R = TypeVar("R", bound=Needing)


class Heard:
    """A folded text and the words in it.

    spaced  the folded text with a space for whatever belongs to no word (see needs.spaced)
    """

    __slots__ = ("_at", "_framed", "_places", "low", "words")

    def __init__(self, low: str, spaced: str) -> None:
        self.low, self.words = low, set(spaced.split())
        self._framed = f" {spaced} "  # a word that begins at some place has its space there in this text
        self._at: dict[str, list[int]] = {}
        self._places: dict[int, list[int]] = {}

    def search(self, pattern: Pattern, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return what `pattern.search` finds in [start, end); tried only where the pattern can begin."""
        low, begins = self.low, pattern.begins
        end = len(low) if end is None else end
        if begins is None or (begins.before and NO_LETTER in low):  # that sign counts as a letter in [à-ÿ]
            return pattern.regex.search(low, start, end)
        places = self._places.get(id(begins))
        if places is None:
            places = self._places[id(begins)] = self._where(begins)
        if places:
            match = pattern.regex.match
            for at in places if start == 0 else places[bisect_left(places, start) :]:
                if at >= end:
                    break
                if found := match(low, at, end):
                    return found
        return None

    def _where(self, begins: Begins) -> list[int]:
        """Return the places where words begin that a pattern can begin with, in order."""
        found: list[int] = []
        known, framed = self._at, self._framed
        for word in begins.words & self.words:
            found += known[word] if word in known else self._stands(word)
        for letters in begins.letters:
            place = framed.find(letters)
            while place >= 0:
                found.append(framed.rfind(" ", 0, place))
                place = framed.find(letters, place + len(letters))
        if begins.before:
            for place in self._where(begins.before):
                begin = framed.rfind(" ", 0, len(framed[: place + 1].rstrip(" ")))
                if begin >= 0:
                    found.append(begin)
        if len(found) > 1:
            found.sort()
        return found

    def _stands(self, word: str) -> list[int]:
        """Return where a word of the text stands: few are asked for, so that not all of them are noted."""
        found = self._at[word] = []
        find, alone = self._framed.find, f" {word} "
        place = find(alone)
        while place >= 0:
            found.append(place)
            place = find(alone, place + len(word) + 1)
        return found


Way = tuple[tuple[frozenset[str], ...], Need | None]  # lists of each of which one word must be there, and what else


def ways_of(need: Need) -> list[tuple[frozenset[str] | None, Way]]:
    """Return the ways in which a need can be met, each with its rarest words, and what is needed beside those."""
    found = []
    for way in need.ways:
        needs: Sequence[Need] = way.needs if isinstance(way, AllOf) else (way,)
        words, rest = [], []
        for one in needs:
            if not isinstance(one, Word) or one.letters:
                rest.append(one)
            elif one.words != way.keys:
                words.append(one.words)
        shortest_first = tuple(sorted(words, key=len))  # they are asked for most quickly
        found.append((way.keys, (shortest_first, all_of(rest) if rest else None)))
    return found


class Shelf(Generic[R]):
    """Rules to be looked up. Each stands under the rarest words of every way it can hold."""

    def __init__(
        self, rules: Sequence[R], ways: Mapping[int, Sequence[tuple[frozenset[str] | None, Way]]] = MappingProxyType({})
    ) -> None:
        """Set up rules; `ways` has those of each by its id(), as many shelves hold the same rules."""
        self._rules = rules
        self._anywhere: list[tuple[int, Way]] = []
        self._by_word: dict[str, list[tuple[int, Way]]] = {}
        for at, rule in enumerate(rules):
            for keys, way in ways[id(rule)] if id(rule) in ways else ways_of(rule.needs):
                for word in keys or ():
                    self._by_word.setdefault(word, []).append((at, way))
                if not keys:
                    self._anywhere.append((at, way))
        self._keys = frozenset(self._by_word)

    def look_up(self, heard: Heard) -> list[R]:
        """Return the rules that may fit the text, in the order they were given."""
        words = heard.words
        found: set[int] = set()
        by_word = self._by_word
        for ways in (*[by_word[key] for key in self._keys & words], self._anywhere):
            for at, (lists, rest) in ways:
                if at in found:
                    continue
                for some in lists:
                    if some.isdisjoint(words):
                        break
                else:
                    if rest is None or rest.met(words, heard.low):
                        found.add(at)
        return [self._rules[at] for at in sorted(found)] if found else []
