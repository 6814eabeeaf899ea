"""When a proposed quote is the labelled one."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

SAME = 0.5
_SHORTEST_RUN = 3  # words


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: hyphens, apostrophes and case make no difference."""
    return tuple(re.findall(r"\w+", re.sub(r"['’-]", "", text).lower()))


def overlap(a: str, b: str) -> float:
    """Return which part of the shorter quote's words both share, 0..1, counted in runs of three or more.

    Less than SAME may be given as 0: what can share no more is not compared word by word.
    """
    first, second = sorted((words(a), words(b)), key=len)
    if not first:
        return 0.0
    known = frozenset(second)
    if sum(word in known for word in first) < SAME * len(first):
        return 0.0
    least = min(_SHORTEST_RUN, len(first))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= least) / len(first)


def same(a: str, b: str) -> bool:
    """Whether two quotes share at least half of the shorter one's words, in runs of three or more."""
    return overlap(a, b) >= SAME


def closest(quote: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `quote` among those that are the same, or None."""
    meeting = [one for one in candidates if same(quote, one)]
    wanted = words(quote)
    return max(meeting, key=lambda one: SequenceMatcher(None, wanted, words(one)).ratio(), default=None)
