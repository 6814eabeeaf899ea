"""When a proposed quote is the labelled one: the same measure for samples and for real debates."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def same(a: str, b: str) -> bool:
    """Whether two quotes share at least half of the shorter one's words, in runs of three or more."""
    first, second = words(a), words(b)
    least = min(3, len(first), len(second))
    blocks = SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= least) >= min(len(first), len(second)) / 2


def closest(quote: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate most like `quote` among those that are the same, or None."""
    meeting = [one for one in candidates if same(quote, one)]
    wanted = words(quote)
    return max(meeting, key=lambda one: SequenceMatcher(None, wanted, words(one)).ratio(), default=None)
