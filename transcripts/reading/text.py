"""Plain text, and where its pages begin."""

import re
from collections.abc import Sequence

from transcripts.reading.encodings import decode
from transcripts.reading.refusals import refuse_other_text
from transcripts.reading.source import Source
from transcripts.reading.xml import root_of

_BREAK = re.compile(r"\n (?=\S)")
_FEED = "\f"
_ENDS = ("\r\n", "\r", "\v", "\x85", "\u2028", "\u2029")


def recognises(data: bytes) -> bool:
    """Plain text is what no other reader wants."""
    return True


def read(data: bytes) -> Source:
    """Read plain text; line ends and form feeds become line feeds, nothing else is changed."""
    text, warnings = decode(data)
    for end in _ENDS:
        text = text.replace(end, "\n")
    refuse_other_text(text, root_of(data))
    feeds = [found.end() for found in re.finditer(_FEED, text)]
    text = text.replace(_FEED, "\n")
    return Source(text, "text", page_starts=find_pages(text, feeds), warnings=warnings)


def find_pages(text: str, feeds: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the offsets at which pages begin: after a form feed (`feeds`), or at a line that begins with one space.

    Where one line in eight or more begins with a space it is a manner of setting, not a page break.
    """
    breaks = [found.start() + 1 for found in _BREAK.finditer(text)]
    if len(breaks) * 8 > text.count("\n") + 8:
        breaks = []
    return (0, *(at for at in sorted({*breaks, *feeds}) if 0 < at < len(text)))
