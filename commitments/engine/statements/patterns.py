"""The small language in which cues are written, and its translation into a regular expression.

    word        that word
    stam*       a word that begins so
    (a|b c)     one of these
    [a]         a, or nothing
    <naam>      a part of parts.toml (a part that begins with "re:" is a plain regular expression)
    <naam:a|b>  the same, with a|b put where the part says "$" ("<wij:neem|nemen>": "ik neem", "nemen we")
    ..          at most three words in between
    @           here stands the finite verb, where that is not the first word
    ....        at most fourteen words of the same clause: no comma, no word that opens a clause of its own
    ...         any words of the same sentence in between, as far as 160 characters

Everything is matched against the folded text (lower case, straight quotes), on word boundaries.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from commitments.engine.deadlines.lookup import tree
from commitments.engine.kept import compiled

RAW = "re:"
PART = re.compile(r"<([a-z0-9-]+(?::[^<>]*)?)>")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]\s*")
_FAR = r"\b[^;:?!]{0,160}?\b"
_INSIDE = (
    r"\s+(?:(?:\d+,)?[^\s;:?!,]+\s+)?"
    r"(?:(?!(?:die|dat|waar(?!borg|d|schuw|nem|heid|achtig)\w*|hoe|of|om|welke?|(?<!nog )wat|zodat|omdat|zoals|als|"
    r"indien|wanneer)\b)"
    r"(?:\d+,)?[^\s;:?!,]+\s+){0,13}?"
)
_LONG_LIST = re.compile(r"(?<=[|:])([a-zà-ÿ]+(?:\|[a-zà-ÿ]+){3,})(?=[|)])")
_NEAR = r"\s+(?:[^\s;:?!,]+,?\s+){0,3}?"


class PatternError(ValueError):
    """A pattern names a part that does not exist, or cannot be read."""


class Parts(dict[str, str]):
    """The parts as parts.toml has them, and what was read off them: many patterns name the same.

    needs, firsts, sources  by the name of a part, as it is written in a pattern; filled by who reads them off
    """

    def __init__(self, parts: Mapping[str, str]) -> None:
        super().__init__(parts)
        self.needs: dict[str, Any] = {}
        self.firsts: dict[str, Any] = {}
        self.sources: dict[str, str] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return Parts, (dict(self),)


def fold(text: str) -> str:
    """Return `text` in lower case with straight quotes and plain spaces, character for character as long."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    for odd, plain in _PLAIN_ASCII if low.isascii() else _PLAIN:
        if odd in low:
            low = low.replace(odd, plain)
    return low


_PLAIN_ASCII = (("\n", " "), ("\t", " "))
_PLAIN = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("„", '"'), ("\xa0", " "), *_PLAIN_ASCII)


def part_of(name: str, parts: Mapping[str, str]) -> str:
    """Return the part that is named, as it stands in parts.toml; what follows a colon is put where it says "$"."""
    name, _, words = name.partition(":")
    if name not in parts:
        raise PatternError(f"the part <{name}> is named, which parts.toml does not have")
    return parts[name].replace("$", f"({words})" if words else "")


def expand(pattern: str, parts: Mapping[str, str], depth: int = 0) -> str:
    """Return `pattern` as the source of a regular expression."""
    if depth > 8:
        raise PatternError(f"the parts in {pattern!r} go round in a circle")

    known = parts.sources if isinstance(parts, Parts) else {}

    def part(found: re.Match[str]) -> str:
        if found[1] not in known:
            value = part_of(found[1], parts)
            raw = value.removeprefix(RAW) if value.startswith(RAW) else expand(value, parts, depth + 1)
            known[found[1]] = f"(?:{raw})"
        return known[found[1]]

    text = pattern.strip()
    while _OPTIONAL.search(text):
        text = _OPTIONAL.sub(lambda m: f"(?:(?:{m[1]})§)?", text)
    text = text.replace("(", "(?:").replace("(?:?:", "(?:")
    text = text.replace(" .... ", "¥").replace(" ... ", "¤").replace(" .. ", "¶")
    text = re.sub(r"(?<=[^\s)])\*", r"\\w*", text)
    text = re.sub(r"\s+", r"\\s+", text)
    text = PART.sub(part, text)
    return (
        text.replace("§", r"\s+")
        .replace("@", "(?P<verb>)")
        .replace("¥", _INSIDE)
        .replace("¤", _FAR)
        .replace("¶", _NEAR)
    )


def expression_of(pattern: str | Sequence[str], parts: Mapping[str, str]) -> str:
    """Return `pattern`, or any one of several, as a regular expression of whole words."""
    if not isinstance(pattern, str):
        pattern = f"({'|'.join(pattern)})"
    return rf"\b(?:{_LONG_LIST.sub(_as_tree, expand(pattern, parts))})(?!\w)"


def _as_tree(listed: re.Match[str]) -> str:
    return _tree(listed[1])


@cache
def _tree(words: str) -> str:
    """Return a list of words as a letter tree: `re` goes down one branch of it, and not through the whole list."""
    return tree(words.split("|"))


def compile_pattern(pattern: str | Sequence[str], parts: Mapping[str, str], expression: str = "") -> re.Pattern[str]:
    """Compile `pattern`, or any one of several; PatternError says what is wrong with it.

    expression  the same as a regular expression, where it is known
    """
    try:
        return compiled(expression or expression_of(pattern, parts))
    except re.error as wrong:
        raise PatternError(f"{pattern!r} cannot be read: {wrong}") from wrong
