"""Words that stand for words still to come, in a report that is published before it is complete."""

import re

_PLACEHOLDER = re.compile(r"\W*(?:\w+\s+){0,5}nog niet beschikbaar\W*", re.IGNORECASE)
_LONGEST = 200  # characters


def is_placeholder(text: str) -> bool:
    """Tell whether a turn holds nothing but the notice that its words are not available yet."""
    return len(text) <= _LONGEST and _PLACEHOLDER.fullmatch(text) is not None
