"""Where in a sentence a pattern can begin, read off the pattern itself (see patterns.py for its language).

A regular expression left to itself is tried at every letter; a pattern is tried only at the words it can begin with,
and compiled only when it is tried.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from commitments.engine.kept import expressions
from commitments.engine.statements.firsts import UNKNOWN, Begins, First, first, is_look_around, together
from commitments.engine.statements.needs import ATOM, LISTED, PLAIN
from commitments.engine.statements.patterns import RAW, Parts, compile_pattern, expression_of, part_of

_FIRST = re.compile(r"[\w*]+")
_LETTERS = 3  # of a word with stars, below which it stands in too many others


@dataclass(frozen=True)
class Pattern:
    """A pattern, or any one of several, with the parts it may name. Compiled when it is first looked for."""

    written: str | tuple[str, ...]
    parts: Mapping[str, str]

    def __hash__(self) -> int:
        return hash(self.written)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return compile_pattern(self.written, self.parts, self.expression)

    @cached_property
    def expression(self) -> str:
        return expression_of(self.written, self.parts)

    @cached_property
    def begins(self) -> Begins | None:
        return begins(self.written, self.parts)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is kept of a pattern: all that was read off it, but not compiled (see kept_rules.py)."""
        return {
            "written": self.written, "parts": self.parts, "expression": self.expression, "begins": self.begins
        }  # fmt: skip

    def take(self) -> None:
        """Take the compiled expression now if an earlier process kept it: that is quick."""
        regex = expressions().taken(self.expression)
        if regex:
            vars(self)["regex"] = regex

    def compile(self) -> None:
        """Do now what would else be done when the pattern is first looked for."""
        _ = self.regex, self.begins

    def search(self, low: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return where the pattern first fits in the folded text `low`, from `start` to `end`."""
        return self.regex.search(low, start, len(low) if end is None else end)


def begins(pattern: str | Sequence[str], parts: Mapping[str, str]) -> Begins | None:
    """Return with what `pattern`, or any one of several, begins; None where that is not understood."""
    if not isinstance(pattern, str):
        pattern = f"({'|'.join(pattern)})"
    found = _choice(ATOM.finditer(pattern.strip()), parts)
    return None if found.skipped or found.word else found.begins


def _choice(atoms: Iterator[re.Match[str]], parts: Mapping[str, str]) -> First:
    """Return how the alternatives up to the closing bracket begin."""
    found: list[Begins | None] = []
    skipped = word = False
    here, after = (
        True,
        False,
    )  # the next one is the first of this alternative; or there was one word before it, any word
    glued = False  # to one of the first, where it is not known how that word goes on
    for atom in atoms:
        if atom["space"]:
            glued = False
        elif atom["mark"] == "|":
            skipped, word = skipped or here, word or after
            here, after, glued = True, False, False
        elif atom["mark"]:
            break
        elif not (here or after or glued):
            if atom["open"]:
                _leap(atoms)
        else:
            if atom["part"] and is_look_around(_raw(atom, parts)):
                continue
            one = _one(atom, atoms, parts)
            if glued:
                found.append(None)
            if here:
                found.append(one.begins)
            if after:
                found.append(Begins(before=one.begins) if one.begins and not one.word else None)
            glued = here or after
            here, after = here and one.skipped, (here and one.word) or (after and one.skipped)
    return First(together(found), skipped or here, word or after)


def _leap(atoms: Iterator[re.Match[str]]) -> None:
    """Leap over a bracket that was opened."""
    depth = 1
    for atom in atoms:
        depth += 1 if atom["open"] else -1 if atom["mark"] and atom["mark"] != "|" else 0
        if not depth:
            return


def _raw(atom: re.Match[str], parts: Mapping[str, str]) -> str:
    """Return the regular expression of a part that is written as one, else nothing."""
    value = part_of(atom["part"].strip("<>"), parts)
    return value.removeprefix(RAW) if value.startswith(RAW) else ""


def _one(atom: re.Match[str], atoms: Iterator[re.Match[str]], parts: Mapping[str, str]) -> First:
    """Return how a word, a part or a bracket begins."""
    if atom["open"]:
        inside = _choice(atoms, parts)
        return inside._replace(skipped=inside.skipped or atom["open"] == "[")
    if not atom["part"]:
        return _word(atom["word"])
    name = atom["part"].strip("<>")
    if not isinstance(parts, Parts):
        return _part(name, parts)
    if name not in parts.firsts:
        parts.firsts[name] = _part(name, parts)
    known: First = parts.firsts[name]
    return known


def _part(name: str, parts: Mapping[str, str]) -> First:
    value = part_of(name, parts)
    if not value.startswith(RAW):
        return _choice(ATOM.finditer(value), parts)
    raw = value.removeprefix(RAW)
    listed = LISTED.fullmatch(raw)
    return First(Begins(frozenset(listed[1].split("|")))) if listed else first(raw)


def _word(written: str) -> First:
    """Return how a word of a pattern begins, one with stars too; of "mina-raad" the piece before the stroke counts."""
    piece = _FIRST.match(written) if PLAIN.fullmatch(written) else None
    if piece is None:
        return UNKNOWN
    if "*" not in piece[0]:
        return First(Begins(frozenset((piece[0],))))
    letters = max(piece[0].split("*"), key=len)
    return First(Begins(letters=frozenset((letters,)))) if len(letters) >= _LETTERS else UNKNOWN
