"""Where in a sentence a pattern can begin, read off the pattern itself (see patterns.py for its language).

A regular expression left to itself is tried at every letter; a pattern is tried only at the words it can begin with,
and compiled only when it is tried.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from commitments.engine.statements.needs import ATOM, LISTED, PLAIN
from commitments.engine.statements.patterns import RAW, compile_pattern, part_of

# A part of which every way begins with a word of its own ("(?:(?:mijn|onze) dienst|…)"), not with any word at all.
_TELLING = re.compile(r"\(\?:(?:\(\?:)?[a-zà-ÿ]")
_FIRST = re.compile(r"\w+(?![\w*])")


@dataclass(frozen=True, slots=True)
class Begins:
    """words: whole words, the first of a pattern; parts: regular expressions of parts that are more than a list."""

    words: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    def __or__(self, other: "Begins") -> "Begins":
        return Begins(self.words | other.words, self.parts | other.parts)


@dataclass(frozen=True)
class Pattern:
    """A pattern, or any one of several, with the parts it may name. Compiled when it is first looked for."""

    written: str | tuple[str, ...]
    parts: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.written)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return compile_pattern(self.written, self.parts)

    @cached_property
    def begins(self) -> Begins | None:
        return begins(self.written, self.parts)

    def compile(self) -> tuple[re.Pattern[str], Begins | None]:
        return self.regex, self.begins

    def search(self, low: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return where the pattern first fits in the folded text `low`, from `start` to `end`."""
        return self.regex.search(low, start, len(low) if end is None else end)


def begins(pattern: str | Sequence[str], parts: Mapping[str, str]) -> Begins | None:
    """Return with what `pattern`, or any one of several, begins; None where that is not understood."""
    if not isinstance(pattern, str):
        pattern = f"({'|'.join(pattern)})"
    found, skipped = _choice(ATOM.finditer(pattern.strip()), parts)
    return None if skipped else found


def _choice(atoms: Iterator[re.Match[str]], parts: Mapping[str, str]) -> tuple[Begins | None, bool]:
    """Return with what the alternatives up to the closing bracket begin, and whether one of them may be nothing."""
    found: Begins | None = Begins()
    skipped, before, glued = False, True, False  # before: nothing of this alternative has been needed yet
    for atom in atoms:
        if atom["space"]:
            glued = False
        elif atom["mark"] == "|":
            skipped, before, glued = skipped or before, True, False
        elif atom["mark"]:
            break
        else:
            first, optional = _one(atom, atoms, parts)
            if glued:  # of what is written together it is not known where the first word ends
                found = None
            elif before:
                found = found | first if found and first else None
                before, glued = optional, not (first and first.parts)
    return found, skipped or before


def _one(atom: re.Match[str], atoms: Iterator[re.Match[str]], parts: Mapping[str, str]) -> tuple[Begins | None, bool]:
    """Return with what a word, a part or a bracket begins, and whether it may be nothing."""
    if atom["open"]:
        first, skipped = _choice(atoms, parts)
        return first, skipped or atom["open"] == "["
    if not atom["part"]:
        word = _FIRST.match(atom["word"]) if PLAIN.fullmatch(atom["word"]) else None
        return (Begins(frozenset((word[0],))) if word else None), False
    value = part_of(atom["part"].strip("<>"), parts)
    if not value.startswith(RAW):
        return _choice(ATOM.finditer(value), parts)
    raw = value.removeprefix(RAW)
    if listed := LISTED.fullmatch(raw):
        return Begins(frozenset(listed[1].split("|"))), False
    return Begins(parts=frozenset((raw,))) if _TELLING.match(raw) else None, False


@cache
def ahead(part: str) -> re.Pattern[str]:
    """Return what finds every place where a part, given as a regular expression, can begin."""
    return re.compile(rf"\b(?=(?:{part}))")
