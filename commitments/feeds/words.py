"""Words as a calendar or a reader can hold them, whatever stands in a document that came in."""

import re

_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
# What XML cannot hold, what is no sign to read, and what turns the direction of the words around it.
_NO_WORDS = re.compile(
    r"[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069\ufeff]"
)
LONGEST = 1000  # characters of a quote


def text(words: str) -> str:
    """Return words of several lines, each ended by a line feed, without signs that control something."""
    return _NO_WORDS.sub("", _BREAKS.sub("\n", words)).replace("\t", " ").strip()


def line(words: str) -> str:
    """Return words on one line."""
    return " ".join(text(words).split())


def shortened(words: str, most: int = LONGEST) -> str:
    """Return words on one line, of `most` characters at most."""
    one = line(words)
    return one if len(one) <= most else f"{one[: most - 1].rstrip()}…"
