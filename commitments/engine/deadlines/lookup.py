"""How words are looked up: one by a pattern that is a letter tree, several in a row by a table of sequences."""

import re
from collections.abc import Iterable, KeysView, Mapping, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")
Words = tuple[str, ...]


class Sequences(Generic[T]):
    """What sequences of words stand for.

    of      the sequences and their values
    starts  the words with which one begins
    """

    def __init__(self, of: Mapping[Words, T]) -> None:
        self.of = of
        # lengths, longest first, by the first word and the second; "" for whatever else may follow
        self._lengths: dict[str, dict[str, list[int]]] = {}
        for words in sorted(of, key=len, reverse=True):
            seconds = self._lengths.setdefault(words[0], {"": []})
            if len(words) == 1:
                for lengths in seconds.values():
                    lengths.append(1)
            elif len(words) not in seconds.setdefault(words[1], []):
                seconds[words[1]].append(len(words))
        self.starts: KeysView[str] = self._lengths.keys()

    def longest(self, tokens: Sequence[str], at: int) -> tuple[T, int] | None:
        """What the longest sequence at a place stands for, and the place after it. A token has to follow the place."""
        seconds = self._lengths.get(tokens[at])
        if seconds is None:
            return None
        for length in seconds.get(tokens[at + 1]) or seconds[""]:
            value = self.of.get(tuple(tokens[at : at + length]))
            if value is not None:
                return value, at + length
        return None


_escaped = cache(re.escape)  # of some fifty letters, again and again


def tree(words: Iterable[str]) -> str:
    """A pattern that matches any of the words, written as a letter tree: `re` then looks at each letter once."""
    root: dict[str, Any] = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branch(root)


def _branch(node: dict[str, Any]) -> str:
    ends = "" in node
    branches: dict[str, list[str]] = {}
    for letter, below in sorted(node.items()):
        if letter:
            branches.setdefault(_branch(below), []).append(letter)
    parts = [
        (_escaped(letters[0]) if len(letters) == 1 else f"[{''.join(map(_escaped, letters))}]") + rest
        for rest, letters in branches.items()
    ]
    if not parts:
        return ""
    if len(parts) == 1 and not ends:
        return parts[0]
    return "(?:" + "|".join(parts) + ")" + ("?" if ends else "")
