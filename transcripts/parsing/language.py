"""Whether a text is in Dutch, by its small words."""

import re
import tomllib
from collections import Counter
from operator import itemgetter
from pathlib import Path
from typing import Any

_DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("languages.toml").read_text(encoding="utf-8")
)
_SHARED = {word for word, lists in Counter(word for words in _DATA.values() for word in words).items() if lists > 1}
_LANGUAGE = {word: language for language, words in _DATA.items() for word in words if word not in _SHARED}
DUTCH = "nl"

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_FEWEST = 30  # small words, below which nothing is said of a text
_FOREIGN = 4  # times as many of another language as of Dutch
_PLACES, _SIZE = 8, 500  # samples spread over a long text, and the characters of each


def foreign_language(text: str) -> str:
    """Return the language ("fr", "de", "en") of a text that is not in Dutch; empty where it is, or too little is there.

    A document in which Dutch and another language take turns is in Dutch.
    """
    counts: Counter[str] = Counter()
    for sample in _samples(text):
        words = _WORD.findall(sample.replace("’", "'").lower())
        counts.update(filter(None, map(_LANGUAGE.get, words)))
    if not counts:
        return ""
    language, most = max(counts.items(), key=itemgetter(1))
    foreign = language != DUTCH and counts.total() >= _FEWEST and most >= _FOREIGN * counts[DUTCH]
    return language if foreign else ""


def _samples(text: str) -> list[str]:
    if len(text) <= _PLACES * _SIZE:
        return [text]
    step = (len(text) - _SIZE) // (_PLACES - 1)
    return [text[start : start + _SIZE] for start in range(0, len(text) - _SIZE + 1, step)]
