"""One pattern for any word of a long list: a tree of letters, so that each letter of a text is looked at once."""

import re
from collections.abc import Iterable
from typing import Any

_Tree = dict[str, Any]  # letter -> what may follow; "" where a word may end
_END = ""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern, without groups, for the longest of `words` at a place; a space in them is any white space."""
    tree: _Tree = {}
    for word in words:
        at = tree
        for sign in word:
            at = at.setdefault(sign, {})
        at[_END] = {}
    return f"(?:{_pattern(tree)})"


def _pattern(tree: _Tree) -> str:
    ways = [(r"\s+" if sign == " " else re.escape(sign)) + _pattern(below) for sign, below in tree.items() if sign]
    if not ways:
        return ""
    if len(ways) == 1 and _END not in tree:
        return ways[0]
    return f"(?:{'|'.join(ways)}){'?' if _END in tree else ''}"
