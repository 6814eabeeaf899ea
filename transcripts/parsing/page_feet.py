"""What stands at the edges of a page beside its running lines: the number of the page, and the notes at its foot.

Both are known by their numbers: that of the page counts the pages, and that of a note stands behind a word above it.
"""

import re
from collections.abc import Sequence

from transcripts.parsing.transcript import Reason

_COUNTED = re.compile(r"(?:pagina|blz\.?|p\.)\s*(?P<page>\d{1,4})(?:\s*(?:van|/|op)\s*\d{1,4})?", re.IGNORECASE)
_BARE = re.compile(r"[-–—]?\s*(?P<page>\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—]?")
_NOTE = re.compile(r"(?P<number>\d{1,3})\s+(?=[^\W\d_]|[“‘\"'(])")
_FEWEST = 2  # pages with a number, below which it is a figure
_MOST = 0.5  # of the lines of a page that may be notes
_LONGEST = 200  # lines of a page

Words = tuple[int, str]  # offset in the text as read, the line without the white space around it


def page_feet(pages: Sequence[Sequence[Words]]) -> dict[int, Reason]:
    """Return the page numbers and the foot notes among the lines of `pages`; keys are the offsets of their lines."""
    if len(pages) < _FEWEST:
        return {}
    found = _numbers(pages)
    last = 0
    for page in pages:
        left = [line for line in page if line[0] not in found]
        if len(left) > _LONGEST:
            continue
        first, last = _notes(left, last)
        found.update({start: Reason.NOTE for start, _ in left[first:]})
    return found


def _numbers(pages: Sequence[Sequence[Words]]) -> dict[int, Reason]:
    """Find the lines at the edges of the pages that hold nothing but the number of the page."""
    edges: dict[Reason, dict[int, tuple[int, int]]] = {Reason.PAGE_HEADER: {}, Reason.PAGE_FOOTER: {}}
    for number, page in enumerate(pages, start=1):
        if len(page) < 2:
            continue
        for reason, (start, words) in ((Reason.PAGE_HEADER, page[0]), (Reason.PAGE_FOOTER, page[-1])):
            if printed := _COUNTED.fullmatch(words) or _BARE.fullmatch(words):
                edges[reason][number] = start, int(printed["page"]) - number
    found: dict[int, Reason] = {}
    for reason, numbered in edges.items():
        shifts = [shift for _, shift in numbered.values()]
        for start, shift in numbered.values():
            if shifts.count(shift) >= _FEWEST:
                found[start] = reason
    return found


def _notes(page: Sequence[Words], last: int) -> tuple[int, int]:
    """Return the first line of the foot notes of a page (its length where it has none) and the last note's number.

    Notes are numbered on from `last`, or from 1 on each page; each number stands behind a word in the lines above.
    """
    least = int(len(page) * (1 - _MOST))
    for at in range(max(least, 1), len(page)):
        opens = _NOTE.match(page[at][1]) if page[at][1][0].isdecimal() else None
        if opens is None or (number := int(opens["number"])) not in (last + 1, 1):
            continue
        above = "\n".join(words for _, words in page[:at])
        if not _is_cited(number, above):
            continue
        for _, words in page[at + 1 :]:
            following = _NOTE.match(words)
            if following and int(following["number"]) == number + 1 and _is_cited(number + 1, above):
                number += 1
        return at, number
    return len(page), last


def _is_cited(number: int, above: str) -> bool:
    return re.search(rf"[^\W\d_]{{2}}[”’\")]?[.,;:]?{number}(?![\d.,]*\d|[^\W\d_])", above) is not None
