"""Which words a text must have for a pattern to fit, read off the pattern itself (see patterns.py for its language).

To look up words in a set is a hundred times faster than to search with a regular expression, and most patterns lack
a word in most sentences. What is not understood of a pattern needs nothing: there the search alone decides.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from commitments.engine.statements.firsts import first
from commitments.engine.statements.patterns import RAW, Parts, part_of

ATOM = re.compile(
    r"(?P<space>\s+)|@?(?P<part><[^<>]*>)|(?P<mark>[|)\]])|@?(?P<open>[(\[])|@?(?P<word>[^\s()\[\]|<>@]+)"
)
PLAIN = re.compile(r"[\w*'-]+")
_PIECE = re.compile(r"[\w*]+")
_NO_WORD = re.compile(r"\W")
_NO_WORD_BEYOND_A_BYTE = re.compile(r"[^\w\x00-\xff]")
_BYTES_OF_WORDS = bytes(at if _NO_WORD.match(chr(at)) is None else ord(" ") for at in range(256))
# The words of which any Dutch page is full: to look something up by one of them tells next to nothing.
_USUAL = frozenset(
    "de het een van in en op te dat die is zijn voor met aan er om ook niet ik we wij u ons onze wordt worden heeft "
    "hebben heb maar bij naar als uit over door tot nog dan dit deze of al zo kan kunnen moet moeten meer wel hier "
    "daar wat".split()
)
LISTED = re.compile(r"\(\?:([a-zà-ÿ]+(?:\|[a-zà-ÿ]+)*)\)")


# The loops below are the innermost of all; all() and any() would take them three times as long.
class Need(Protocol):
    def met(self, words: Set[str], low: str) -> bool:
        """Tell whether the folded text `low`, of these words, has what is needed."""

    @property
    def keys(self) -> frozenset[str] | None:
        """Words of which one must be there, as rare ones as can be told; None where it need not be a whole word."""

    @property
    def ways(self) -> tuple["Need", ...]:
        """The needs of which one must be met, each with keys of its own."""


@dataclass(frozen=True, slots=True)
class Word:
    """One of these words, or some letters anywhere."""

    words: frozenset[str]
    letters: tuple[str, ...] = ()

    def met(self, words: Set[str], low: str) -> bool:
        if not self.words.isdisjoint(words):
            return True
        for some in self.letters:  # noqa: SIM110
            if some in low:
                return True
        return False

    @property
    def keys(self) -> frozenset[str] | None:
        return None if self.letters else self.words

    @property
    def ways(self) -> tuple[Need, ...]:
        return (self,)


@dataclass(frozen=True, slots=True)
class AllOf:
    needs: tuple[Need, ...]

    def met(self, words: Set[str], low: str) -> bool:
        for need in self.needs:  # noqa: SIM110
            if not need.met(words, low):
                return False
        return True

    @property
    def keys(self) -> frozenset[str] | None:
        return max((need.keys for need in self.needs), key=_rarity, default=None)

    @property
    def ways(self) -> tuple[Need, ...]:
        if not self.needs:
            return (self,)
        rarest, *others = self.needs
        return tuple(all_of([way, *others]) for way in rarest.ways)


@dataclass(frozen=True, slots=True)
class OneOf:
    needs: tuple[Need, ...]
    known: frozenset[str] | None = field(init=False, repr=False, compare=False)  # the same as `keys`

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", self.keys)

    def met(self, words: Set[str], low: str) -> bool:
        if self.known is not None and self.known.isdisjoint(words):
            return False
        for need in self.needs:  # noqa: SIM110
            if need.met(words, low):
                return True
        return False

    @property
    def keys(self) -> frozenset[str] | None:
        keys = [need.keys for need in self.needs]
        return None if None in keys else frozenset().union(*(key for key in keys if key))

    @property
    def ways(self) -> tuple[Need, ...]:
        return tuple(way for need in self.needs for way in need.ways)


def _rarity(words: frozenset[str] | None) -> tuple[bool, int]:
    """Return how rare words are, as a rank: the usual ones come last, and of others the short ones are used more."""
    return (words.isdisjoint(_USUAL), min(map(len, words))) if words else (False, 0)


NOTHING = AllOf(())


def spaced(low: str) -> str:
    """Return the folded text, character for character as long, with a space for all that belongs to no word."""
    try:  # bytes are translated ten times faster than letters
        return low.encode("latin-1").translate(_BYTES_OF_WORDS).decode("latin-1")
    except UnicodeEncodeError:
        narrower = _NO_WORD_BEYOND_A_BYTE.sub(" ", low)
        return _NO_WORD.sub(" ", low) if narrower == low else spaced(narrower)


def words_of(low: str) -> set[str]:
    """Return the words of the folded text: all that stands between two word boundaries."""
    return set(spaced(low).split())


def needs(pattern: str | Sequence[str], parts: Mapping[str, str]) -> Need:
    """Return what `pattern`, or any one of several, cannot do without."""
    if not isinstance(pattern, str):
        pattern = f"({'|'.join(pattern)})"
    return _choice(ATOM.finditer(pattern.strip()), parts)


def _choice(atoms: Iterator[re.Match[str]], parts: Mapping[str, str]) -> Need:
    """Return what the alternatives up to the closing bracket need: one of them."""
    ways: list[Need] = []
    row: list[Need] = []
    glued: list[Need] = []  # what is written without a space in between
    for atom in atoms:
        if atom["space"]:
            row += _if_alone(glued)
            glued = []
        elif atom["mark"] == "|":
            ways.append(all_of([*row, *_if_alone(glued)]))
            row, glued = [], []
        elif atom["mark"]:
            break
        elif atom["open"]:
            inside = _choice(atoms, parts)
            glued.append(inside if atom["open"] == "(" else NOTHING)
        else:
            glued.append(_part(atom["part"].strip("<>"), parts) if atom["part"] else _word(atom["word"]))
    return _one_of([*ways, all_of([*row, *_if_alone(glued)])])


def _part(name: str, parts: Mapping[str, str]) -> Need:
    if not isinstance(parts, Parts):
        return _read_off(name, parts)
    if name not in parts.needs:
        parts.needs[name] = _read_off(name, parts)
    need: Need = parts.needs[name]
    return need


def _read_off(name: str, parts: Mapping[str, str]) -> Need:
    value = part_of(name, parts)
    if not value.startswith(RAW):
        return needs(value, parts)
    listed = LISTED.fullmatch(value.removeprefix(RAW))
    if listed:
        return Word(frozenset(listed[1].split("|")))
    begun = first(value.removeprefix(RAW))
    told = begun.begins if not (begun.skipped or begun.word) else None
    return Word(told.words, tuple(sorted(told.letters))) if told and not told.before else NOTHING


def _word(word: str) -> Need:
    """Return what a word needs, one with stars too; of "mina-raad" the longest piece counts."""
    pieces = _PIECE.findall(word) if PLAIN.fullmatch(word) else []
    piece = max(pieces, key=len, default="")
    if "*" not in piece:
        return Word(frozenset((piece,))) if piece else NOTHING
    letters = max(piece.split("*"), key=len)
    return Word(frozenset(), (letters,)) if letters else NOTHING


def _if_alone(glued: list[Need]) -> list[Need]:
    """Return what one word needs; of words written together it is not known where they begin and end."""
    return glued if len(glued) == 1 and glued[0] != NOTHING else []


def all_of(row: Iterable[Need]) -> Need:
    """Return the need for all of several; what is met most rarely is asked first."""
    row = list(row)
    if len(row) == 1:
        return row[0]
    flat = [one for need in row for one in (need.needs if isinstance(need, AllOf) else (need,))]
    flat = sorted(dict.fromkeys(flat), key=lambda need: _rarity(need.keys), reverse=True)
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def _one_of(ways: list[Need]) -> Need:
    """Return the need for one of several, the plain words among them taken together."""
    if NOTHING in ways:
        return NOTHING
    ways = list(dict.fromkeys(ways))
    plain = [way for way in ways if isinstance(way, Word)]
    others = [way for way in ways if not isinstance(way, Word)]
    if plain:
        letters = tuple(some for way in plain for some in way.letters)
        others.insert(0, Word(frozenset().union(*(way.words for way in plain)), letters))
    return others[0] if len(others) == 1 else OneOf(tuple(others))
