"""Dutch words made comparable: folded, without endings, and seen as the parts of a compound.

Nothing here knows a dictionary. Two forms of one word meet often enough ("heropening", "heropend");
that two words meet now and then matters little, because no single word decides.
"""

import math
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "rules" / "followups"

_TOKEN = re.compile(r"[^\W_]+(?:['’&.,-](?=\w)[^\W_]+)*")
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
PARTICLES = "uit|af|aan|op|in|voor|over|toe|bij|weg|mee|na|om|door|terug|samen|vrij|goed|open|neer|rond|vast|klaar"
PARTICIPLE = re.compile(rf"(?P<first>(?:her)?(?:{PARTICLES})?)ge(?P<rest>[a-z]{{3,}})")
_DOUBLE_CONSONANT = re.compile(r"([bcdfgklmnprst])\1$")
_DOUBLE_VOWEL = re.compile(r"(aa|ee|oo|uu)(?=[^aeiou]*$)")
_LAST_VOWEL = re.compile(r"(?<![aeiou])([aeou])([^aeiou])$")
_ENDINGS = (("ering", "er"), ("eringen", "er"), ("aties", "er"), ("atie", "er"), ("eren", "er"), ("heden", "heid"))
_VOWELS = "aeiouy"
_VOICELESS = {"v": "f", "z": "s"}
_SHORTEST = 4  # letters of a stem that an ending may leave behind
PART = 4  # letters of a part of a compound
REMAINDER = 3  # letters of what a part leaves over
_FEW_ITEMS = 200
LONGEST = 60  # letters of a word; what is longer is no word


@dataclass(frozen=True, slots=True)
class WordLists:
    """Words that tell nothing (stop), and words of which parliament is full (usual), as they are left by stem."""

    stop: frozenset[str]
    usual: frozenset[str]


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


@cache
def _strong() -> dict[str, str]:
    """Past forms of strong verbs, and the verb they belong to."""
    return dict(_told()["strong"])


@cache
def lists() -> WordLists:
    stop, usual = (
        frozenset(stem(word) for text in _told()[name] for word in text.split()) for name in ("stop", "usual")
    )
    return WordLists(stop, usual)


@cache
def _kin() -> dict[str, tuple[str, ...]]:
    groups = [tuple(dict.fromkeys(stem(word) for word in text.split())) for text in _told()["kin"]]
    found: dict[str, set[str]] = {}
    for group in groups:
        for one in group:
            found.setdefault(one, set()).update(group)
    return {one: tuple(sorted(others - {one})) for one, others in found.items()}


def kin(one: str) -> tuple[str, ...]:
    """Return the stems of other words for what a stem says, where the lists have any."""
    return _kin().get(one, ())


def tokens(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word as written, with its span [start, end)."""
    for found in _TOKEN.finditer(text):
        yield found[0], found.start(), found.end()


def stems(text: str) -> Iterator[str]:
    """Yield what every telling word of `text` is left as; of a word with a hyphen its parts, too."""
    for word in _TOKEN.findall(text):
        yield from _telling(word)


@lru_cache(maxsize=100_000)
def _telling(word: str) -> tuple[str, ...]:
    stop = lists().stop
    return tuple(part for part in parts_of(word) if part not in stop)


@lru_cache(maxsize=50_000)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the stem of a word as written, and of one with a hyphen the stems of its pieces. Years are no words."""
    if len(word) > LONGEST:
        return ()
    pieces = [word, *word.split("-")] if "-" in word else [word]
    found = dict.fromkeys(stem(piece) for piece in pieces)
    return tuple(one for one in found if len(one) > 1 and not _YEAR.fullmatch(one))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return `word` folded and without endings. A number stays as it is written, without the marks between digits."""
    low = unicodedata.normalize("NFKD", word.lower())
    low = "".join(c for c in low if not unicodedata.combining(c)).replace("’", "'")
    if _PLAIN_NUMBER.fullmatch(low):
        return low.replace(".", "").replace(",", ".")
    if any(c.isdigit() for c in low):
        return low.replace("-", "")
    low = low.split("'")[0] if len(low.split("'")[0]) > 1 else low.replace("'", "")
    low = low.replace("-", "").replace(".", "")
    if len(low) < _SHORTEST:
        return low
    low = _strong().get(low, low)
    taken = PARTICIPLE.fullmatch(low)
    if taken and _is_participle(taken["first"], taken["rest"]):
        low = taken["first"] + taken["rest"]
    return _canonical(_without_ending(low))


def _is_participle(first: str, rest: str) -> bool:
    """Tell "uitgeschreven" and "gebouwd" from "gemeenten" and "gewest"."""
    return (
        (rest.endswith(("d", "t", "en")) and len(rest) >= _SHORTEST)
        if first
        else rest.endswith(("d", "t")) and (len(rest) > _SHORTEST)
    )


def _without_ending(low: str) -> str:
    for ending, instead in _ENDINGS:
        if low.endswith(ending) and len(low) - len(ending) >= _SHORTEST - 1:
            return low.removesuffix(ending) + instead
    for ending in ("ingen", "ing", "en", "e", "s", "t", "d"):
        rest = low.removesuffix(ending)
        if rest == low or len(rest) < _SHORTEST - 1:
            continue
        if ending in "dt" and rest[-1] in _VOWELS:  # "besluit", "rit"
            continue
        return low if ending == "s" and rest[-1] in "siu" else rest
    return low


def _canonical(low: str) -> str:
    """Undo what spelling does to the end of a stem: doubled letters, v and z, the d or t of a verb, "ie" for "i"."""
    low = _DOUBLE_CONSONANT.sub(r"\1", low)
    if len(low) > _SHORTEST and low[-1] in "dt" and low[-2] not in _VOWELS:
        low = low[:-1]
    low = _DOUBLE_VOWEL.sub(_one_of_two, low)
    if low.endswith("ie"):
        low = low[:-1]
    return low[:-1] + _VOICELESS.get(low[-1], low[-1])


def _one_of_two(found: re.Match[str]) -> str:
    return found[0][0]


@lru_cache(maxsize=50_000)
def pieces(one: str) -> frozenset[str]:
    """Return what a stem could be put together from: its beginnings and ends. "schoolrit" has "school" and "lrit"."""
    if len(one) < PART + REMAINDER or any(c.isdigit() for c in one):
        return frozenset()
    ends = {one[at:] for at in range(REMAINDER, len(one) - PART + 2)}
    beginnings = {_DOUBLE_VOWEL.sub(_one_of_two, one[:at]) for at in range(PART, len(one) - REMAINDER + 1)}
    return frozenset(ends | beginnings)


@lru_cache(maxsize=50_000)
def as_first_part(one: str) -> tuple[str, ...]:
    """Return how a compound that begins with a stem may begin: "schol" stands in "schoolrit" with both its vowels."""
    doubled = _LAST_VOWEL.sub(r"\1\1\2", one)
    return (one,) if doubled == one else (one, doubled)


def rarity(count: int, whole: int) -> float:
    """Return how much a word tells that stands in `count` of `whole` items: 0 nothing, 1 as much as can be.

    With few items there is little to count by, so as many are assumed as make one more or less no great matter.
    """
    whole = max(whole, _FEW_ITEMS)
    return math.log((whole + 1) / (min(count, whole) + 1)) / math.log(whole + 1)
