"""When a proposed quote is the labelled one."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

_SHORTEST_RUN = 3  # words


def words(text: str) -> list[str]:
    """Return the words of a text as they are compared: hyphens, apostrophes and case make no difference."""
    return re.findall(r"\w+", re.sub(r"['’-]", "", text).lower())


def overlap(a: str, b: str) -> float:
    """Return which part of the shorter quote's words both share, 0..1, counted in runs of three or more."""
    first, second = words(a), words(b)
    if not first or not second:
        return 0.0
    least = min(_SHORTEST_RUN, len(first), len(second))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= least) / min(len(first), len(second))


def same(a: str, b: str) -> bool:
    """Whether two quotes share at least half of the shorter one's words, in runs of three or more."""
    return overlap(a, b) >= 0.5


def closest(quote: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `quote` among those that are the same, or None."""
    meeting = [one for one in candidates if same(quote, one)]
    wanted = words(quote)
    return max(meeting, key=lambda one: SequenceMatcher(None, wanted, words(one)).ratio(), default=None)
