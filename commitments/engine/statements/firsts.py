"""The first word of a regular expression, read off the tree that `re` itself parses it into.

A pattern is tried only where it can begin; so of each part that is written as a regular expression it must be known
with which word it begins, or which letters that word holds. Where the tree says something that is not understood here,
nothing is told, and the expression is looked for at every letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

_TELLING = 4  # letters: fewer stand in too many words to be looked for
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!", "\\", "^", "$")  # what an expression that only looks begins with
_MOST = 400  # ways through one expression


@dataclass(frozen=True, slots=True)
class Begins:
    """With what a pattern begins.

    words    its first word is one of these
    letters  or it is a word that holds one of these runs of letters
    before   or it is any word, and what stands right behind it begins so
    """

    words: frozenset[str] = frozenset()
    letters: frozenset[str] = frozenset()
    before: "Begins | None" = None


def together(several: Sequence["Begins | None"]) -> "Begins | None":
    """Return with what one of several begins; None where that is not understood of each."""
    known = [one for one in several if one is not None]
    if len(known) < len(several):
        return None
    before = [one.before for one in known if one.before]
    return Begins(
        frozenset().union(*(one.words for one in known)),
        frozenset().union(*(one.letters for one in known)),
        together(before) if before else None,
    )


class First(NamedTuple):
    """begins: None where it is not understood; skipped: it may be nothing; word: it may be any one word, complete."""

    begins: Begins | None
    skipped: bool = False
    word: bool = False


UNKNOWN = First(None)


class _Word(NamedTuple):
    """The word being read. run: its last letters; best: the longest run before; exact: it is nothing but the run."""

    run: str = ""
    best: str = ""
    exact: bool = True

    def add(self, letter: str) -> "_Word":
        return self._replace(run=self.run + letter)

    def open(self) -> "_Word":
        return _Word("", max(self.run, self.best, key=len), False)

    @property
    def begun(self) -> bool:
        return bool(self.run) or not self.exact

    def told(self) -> First:
        """Return what is known of the word where it may end or go on."""
        telling = max(self.run, self.best, key=len)
        return First(Begins(letters=frozenset((telling,)))) if len(telling) >= _TELLING else UNKNOWN

    def ended(self) -> First:
        if self.exact:
            return First(Begins(frozenset((self.run,)))) if self.run else UNKNOWN
        told = self.told()
        return told if told.begins else First(Begins(), word=True)


@cache
def first(expression: str) -> First:
    """Return how `expression` begins; behind it, no word goes on."""
    try:
        tree = import_module("re._parser").parse(expression)
        return _Reader().read(list(tree), _Word())
    except (ImportError, AttributeError, RecursionError, _TooManyError):
        return UNKNOWN


@cache
def is_look_around(expression: str) -> bool:
    """Tell whether `expression` takes no letters, but only looks at them."""
    if not expression.startswith(_LOOKS):  # to parse a long one takes a millisecond
        return False
    try:
        tree = import_module("re._parser").parse(expression)
        return bool(tree) and all(str(op) in ("ASSERT", "ASSERT_NOT", "AT") for op, _ in tree)
    except (ImportError, AttributeError):
        return False


class _TooManyError(Exception):
    pass


class _Reader:
    def __init__(self) -> None:
        self._ways = 0

    def read(self, items: Sequence[Any], word: _Word) -> First:
        """Return how the rest of an expression goes on with a word of which this much was read."""
        self._ways += 1
        if self._ways > _MOST:
            raise _TooManyError
        for at, (op, value) in enumerate(items):
            name, rest = str(op), items[at + 1 :]
            if name in ("ASSERT", "ASSERT_NOT") or (name == "AT" and not word.begun):
                continue
            if name == "SUBPATTERN":
                return self.read([*value[-1], *rest], word)
            if name == "BRANCH":
                return self._any([[*way, *rest] for way in value[1]], word)
            if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
                least, most, inner = value
                if not _is_one(inner) or (most == 1 and str(inner[0][0]) == "LITERAL"):
                    once = [*inner, *rest] if most == 1 else [*inner, ("UNKNOWN", None)]
                    return self._any([once, rest] if least == 0 else [once], word)
                kind = _kind(*inner[0])
                kind = "other" if kind == "space" and least == 0 else kind
            else:
                kind = "letter" if name == "LITERAL" and _is_word(chr(value)) else _kind(op, value)
            if kind == "letter" and name == "LITERAL":
                word = word.add(chr(value))
            elif kind in ("letter", "word"):
                word = word.open()
            elif kind == "space":
                return self._behind(word, rest)
            elif name == "LITERAL" or str(value) in ("AT_BOUNDARY", "AT_END", "AT_END_STRING"):
                ended = word.ended()
                return UNKNOWN if ended.word else ended
            else:
                return word.told()
        return word.ended() if word.begun else First(Begins(), skipped=True)

    def _any(self, ways: Sequence[Sequence[Any]], word: _Word) -> First:
        found = [self.read(way, word) for way in ways]
        return First(
            together([one.begins for one in found]),
            any(one.skipped for one in found),
            any(one.word for one in found),
        )

    def _behind(self, word: _Word, rest: Sequence[Any]) -> First:
        """Return how an expression begins of which a word was read, and a space behind it."""
        ended = word.ended()
        if not ended.word:
            return ended
        following = self.read(rest, _Word())
        if following.begins is None or following.skipped or following.word:
            return UNKNOWN
        return First(Begins(before=following.begins))


def _is_one(items: Sequence[Any]) -> bool:
    return len(items) == 1 and str(items[0][0]) in ("IN", "LITERAL", "NOT_LITERAL", "ANY")


def _kind(op: Any, value: Any) -> str:
    """Return what one sign can be: "word" (a letter or a figure), "space", or "other"."""
    name = str(op)
    if name == "LITERAL":
        return "word" if _is_word(chr(value)) else "space" if chr(value) == " " else "other"
    if name != "IN":
        return "other"
    kinds = set()
    for inner, what in value:
        if str(inner) == "LITERAL":
            kinds.add("word" if _is_word(chr(what)) else "space" if chr(what).isspace() else "other")
        elif str(inner) == "RANGE":
            # of the signs between à and ÿ one is no letter: see shelves.Heard
            kinds.add(
                "word"
                if all(_is_word(chr(one)) or one == ord(NO_LETTER) for one in range(what[0], what[1] + 1))
                else "other"
            )
        else:
            kinds.add(
                {"CATEGORY_WORD": "word", "CATEGORY_DIGIT": "word", "CATEGORY_SPACE": "space"}.get(str(what), "other")
            )
    return kinds.pop() if len(kinds) == 1 else "other"


NO_LETTER = "÷"


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"
