"""Words broken at a line end: which hyphen goes and which belongs to the word.

Asked in this order: an address keeps it; "in- en uitvoer" keeps it and a space; figures, abbreviations, single
letters and capitals keep it; then the document's own spelling of the same word elsewhere; then the short lists in
data/hyphens.toml; then a clash of vowels that Dutch spelling forbids in one word. What is left was one word.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("hyphens.toml").read_text(encoding="utf-8")
)
_ELLIPSIS = frozenset(_DATA["ellipsis"])
_SHORT = frozenset(_DATA["short_forms"])
_PAIRS: dict[str, tuple[str, ...]] = {head: tuple(tails) for head, tails in _DATA["pairs"]}
_TAILS = frozenset(_DATA["tails"])
_NO_CLASH: tuple[str, ...] = tuple(_DATA["no_clash"])

_HEAD = re.compile(r"(\w[\w’'‑&·./:@]*)[-‐]$")
_TAIL = re.compile(r"\w[\w’']*(?:-\w+)*")
_WORD = re.compile(r"\w+(?:-\w+)*")
_SIGNS = re.compile(r"[^\w\s-]+")
_ASCII = bytes(range(128))
_ASCII_WORDS = bytes(ord(" ") if at < 128 and _SIGNS.match(chr(at)) else at for at in range(256)).lower()
_SIGMA = "Σ"  # its small letter depends on what follows
_FEW = 60  # letters and signs beyond ASCII; a text in another script has more
_QUOTES = "’'"
_LONGEST = 60  # characters of a word that are looked at
_VOWEL = re.compile(r"[aeiouyàáâäèéêëìíîïòóôöùúûü]")
_CLASHES = frozenset(("aa", "ae", "ai", "au", "ee", "ei", "eu", "ii", "ij", "oe", "oi", "oo", "ou", "ui", "uu"))


class Joint(Enum):
    """What becomes of a line end."""

    SPACE = "a space"
    KEEP = "nothing: the hyphen stays"
    DROP = "nothing: the hyphen goes"


class Hyphens:
    """Decides the joints of one document, by its own spelling where it has one."""

    def __init__(self, text: str, breaks: Iterable[tuple[str, str]]) -> None:
        """text: the whole document; breaks: the pairs of lines of which the first ends in a hyphen."""
        wanted: set[str] = set()
        self._parts: dict[tuple[str, str], tuple[str, str, str] | None] = {}
        for line, following in breaks:
            parts = self._parts[line, following] = _parts(line, following)
            if parts:
                low, end = parts[0].lower(), parts[1].rstrip(_QUOTES).lower()
                wanted.update((low + end, f"{low}-{end}"))
        self._seen = _count(wanted, text) if wanted else Counter()

    def joint(self, line: str, following: str) -> Joint:
        """Tell how `line` (ending in a hyphen) and `following` are joined; both without white space around."""
        known = (line, following) in self._parts  # a line of which something was cut is another one
        parts = self._parts[line, following] if known else _parts(line, following)
        if parts is None:
            return Joint.SPACE
        head, tail, token = parts
        if "://" in token or token.startswith("www."):
            return Joint.KEEP
        if tail.lower() in _ELLIPSIS:
            return Joint.SPACE
        if _keeps_by_form(head, tail):
            return Joint.KEEP
        low, end = head.lower(), tail.lower().rstrip(_QUOTES)
        joined, apart = self._seen[low + end], self._seen[f"{low}-{end}"]
        if joined != apart:
            return Joint.DROP if joined > apart else Joint.KEEP
        return Joint.KEEP if _keeps_by_list(head, end) or _clashes(low, end) else Joint.DROP


def _count(wanted: set[str], text: str) -> Counter[str]:
    """Count how often each of the words `wanted` stands in `text`.

    One of which no other spelling stands there counts once: to count takes longer than to see whether it is there.
    """
    tokens = _without_signs(text).split()
    printed = set(tokens)
    dashed = [token for token in printed if "-" in token and token not in wanted]  # "-" at its ends, or twice
    inside = {word for token in dashed for word in _WORD.findall(token) if word in wanted}
    odd = {word for word in wanted if _SIGNS.search(word)}
    apart = text.lower().split() if odd else []
    seen = Counter({*wanted.intersection(printed), *inside, *odd.intersection(apart)})
    letters = Counter(word.replace("-", "") for word in seen)
    doubtful = {word for word in seen if letters[word.replace("-", "")] > 1}
    if not doubtful:
        return seen
    exact = Counter(filter(doubtful.__contains__, tokens))
    for token in filter(frozenset(dashed).__contains__, tokens):
        exact.update(word for word in _WORD.findall(token) if word in doubtful)
    exact.update(token for token in apart if token in odd and token in doubtful)
    seen.update({word: exact[word] - 1 for word in doubtful})
    return seen


def _without_signs(text: str) -> str:
    """Return `text` in small letters, with a space for each sign that belongs to no word.

    Bytes are translated faster than letters.
    """
    raw = text.encode("utf-8", "surrogatepass")
    beyond = set(raw.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if len(beyond) > _FEW or _SIGMA in beyond:
        return _SIGNS.sub(" ", text.lower())
    text = raw.translate(_ASCII_WORDS).decode("utf-8", "surrogatepass")
    for sign in beyond:
        low = _SIGNS.sub(" ", sign.lower())
        if low != sign:
            text = text.replace(sign, low)
    return text


def _parts(line: str, following: str) -> tuple[str, str, str] | None:
    token = line.rsplit(None, 1)[-1]
    found = _HEAD.search(token[-_LONGEST:])
    tail = _TAIL.match(following)
    if found is None or tail is None:
        return None
    return found[1], tail[0], token


def _keeps_by_form(head: str, tail: str) -> bool:
    if head[-1].isdigit() or tail[0].isdigit():
        return True
    if len(head) == 1 or not head[-1].isalpha():
        return True
    if head.isupper():
        return not tail.isupper()
    if tail[0].isupper():
        return not head[-1].isupper() or not tail.isupper()
    return not head.islower() and head[1:] != head[1:].lower()


def _keeps_by_list(head: str, tail: str) -> bool:
    if head in _SHORT or not _VOWEL.search(head.lower()) or tail in _TAILS:
        return True
    if len(head) >= 3 and tail.startswith(head.lower()):
        return True
    return head.lower() in _PAIRS and tail.startswith(_PAIRS[head.lower()])


def _clashes(head: str, tail: str) -> bool:
    return len(head) >= 4 and head[-1] + tail[0] in _CLASHES and not tail.startswith(_NO_CLASH)
