"""The lines of a paper: which carry its text, and which only belong to its pages."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from transcripts.parsing.page_feet import Words, page_feet
from transcripts.parsing.transcript import Reason
from transcripts.reading.source import Role, Source

_DATED = r"\d{1,2}\s+[a-z]{3,9}\s+\d{4}"
_PAGE_HEADER = re.compile(
    r"(?:\d{1,4}\s+)?"
    r"(?:Commissievergadering|Plenaire vergadering|Commissiehandelingen|Handelingen|Vlaams Parlement\s*[–—-])"
    rf"[^:?!]{{0,100}}(?:\(\d{{4}}-\d{{4}}\)[^:?!]{{0,60}}|\s{_DATED}(?:\s*[–—-]?\s*\d{{1,4}})?)"
)
_FOOTER = re.compile(r"(?:\d{1,4}\s+)?Vlaams Parlement(?:\s*[–—-].*|\s+\d{1,4})?(?:\s*www\.vlaamsparlement\.be)?")
_PRINTED = r"\d{1,4}(?:-[A-Z])?\s*\(\d{4}-\d{4}\)\s*[–—-]\s*Nr\.\s*\d{1,3}(?:-[A-Z])?"  # a document of the parliament
_PAPER_HEADER = re.compile(rf"\d{{1,4}}\s+{_PRINTED}|{_PRINTED}\s+\d{{1,4}}")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_ENDS_SENTENCE = frozenset(".?!:…;")
_ENDS_QUOTATION = frozenset((".”", ".’", "?”", "?’", "!”", "!’", ".)", "?)", "!)", ".'", '."', '?"'))
_MARKED = {Role.HEADER: Reason.PAGE_HEADER, Role.FOOTER: Reason.PAGE_FOOTER, Role.NOTE: Reason.NOTE}
_SIGNS = ("Parlement", "vergadering", "andelingen", "Nr.", "http", "www.")  # of which `_furniture` asks one
_EDGE = 3  # lines at the head of a page, and at its foot
_BULLETS = frozenset("•▪◦●○➢✓\uf0b7\uf0a7\uf0d8")
_FIGURES = frozenset("0123456789%")
_NUMBER = re.compile(r"\d+")
_COLUMNS = re.compile(r"(?:\s-?[\d.,]*\d%?){2,}$")


class Row(NamedTuple):
    """One line that carries text, without the white space around it.

    text, start  the words and their character offset in the text as read
    gap          an empty line stands before it
    broken       a page break or a line of the page (header, footer, link) stands between it and the row before
    cut          characters cut from its beginning (a label, a number)
    """

    text: str
    start: int
    gap: bool
    broken: bool
    cut: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def tail(self, words: str) -> "Row":
        """Return the row that is left when all before `words`, its last characters, is cut off."""
        gone = len(self.text) - len(words)
        return Row(words, self.start + gone, False, False, gone)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper sorted into rows and what only belongs to its pages.

    marks    (start, end, reason) of page headers, footers and links
    headers  the page headers as printed
    width    length of a full line
    """

    rows: list[Row]
    marks: list[tuple[int, int, Reason]]
    headers: list[str] = field(default_factory=list)
    width: int = 80


def sort_lines(source: Source) -> Sheet:
    """Sort the lines of `source`."""
    text = source.text
    lines = _lines(text)
    pages = _pages(lines, source.page_starts)
    furniture = page_feet(pages) | _page_lines(text, lines) | _running_lines(pages) | _marked_lines(source)
    starts = iter((*source.page_starts[1:], len(text) + 1))
    following = next(starts)
    rows: list[Row] = []
    marks: list[tuple[int, int, Reason]] = []
    headers: list[str] = []
    broken = link_open = False
    gap = bool(lines) and "\n" in text[: lines[0][0]]
    until = len(text)
    for start, words in lines:
        gap = gap or (start - until > 1 and text.count("\n", until, start) > 1)
        until = start + len(words)
        while following <= start:
            broken, following = True, next(starts)
        reason = furniture.get(start)
        if reason is None and link_open and " " not in words and not _breaks_off(rows):
            reason = Reason.LINK
        if reason is None:
            link_open = False
            rows.append(Row(words, start, gap, broken))
            gap = broken = False
            continue
        link_open = reason is Reason.LINK and words.endswith(("-", "/"))
        if reason is Reason.PAGE_HEADER:
            headers.append(words)
        if marks and broken and marks[-1][2] is reason and text[marks[-1][1] : start].isspace():
            marks[-1] = (marks[-1][0], until, reason)
        else:
            marks.append((start, until, reason))
        broken = True
    if _is_double_spaced(rows):
        rows = [row._replace(gap=False) for row in rows]
    return Sheet(rows, marks, headers, _width(rows))


def _lines(text: str) -> list[Words]:
    """Return the lines that have words: their offset, and the line without the white space around it."""
    lines: list[Words] = []
    offset = 0
    for line in text.split("\n"):
        if words := line.strip():
            lines.append((offset if line[0] == words[0] else offset + line.index(words[0]), words))
        offset += len(line) + 1
    return lines


def _pages(lines: list[Words], starts: Sequence[int]) -> list[list[Words]]:
    """Return the lines of each page."""
    bounds = [0, *(bisect_left(lines, (start, "")) for start in starts[1:]), len(lines)]
    return [lines[first:last] for first, last in pairwise(bounds)]


def _is_double_spaced(rows: list[Row]) -> bool:
    """Tell whether an empty line stands after every line, so that it says nothing about paragraphs."""
    if len(rows) < 20 or sum(row.gap for row in rows) < len(rows) * 0.9:
        return False
    return sum(ends_sentence(row.text) for row in rows) < len(rows) * 0.5


def _breaks_off(rows: list[Row]) -> bool:
    """Tell whether the last row breaks off inside a word."""
    return bool(rows) and rows[-1].text.endswith("-")


def _page_lines(text: str, lines: list[Words]) -> dict[int, Reason]:
    """Find the lines that belong to every page of their kind of paper; keys are their offsets."""
    found: dict[int, Reason] = {}
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            start, words = lines[bisect_right(lines, (at + 1,)) - 1]
            if reason := _furniture(words):
                found[start] = reason
            at = text.find(sign, max(at + 1, start + len(words)))
    return found


def _furniture(text: str) -> Reason | None:
    """Return what a line is that belongs to every page of its kind of paper, or to none."""
    if text.startswith(("http", "www.")) and _LINK.fullmatch(text):
        return Reason.LINK
    if len(text) > 160:
        return None
    if "Vlaams Parlement" in text and _FOOTER.fullmatch(text) and not _PAGE_HEADER.fullmatch(text):
        return Reason.PAGE_FOOTER
    if ("vergadering" in text or "andelingen" in text or "Parlement" in text) and _PAGE_HEADER.fullmatch(text):
        return Reason.PAGE_HEADER
    return Reason.PAGE_HEADER if "Nr." in text and _PAPER_HEADER.fullmatch(text) else None


_ASKS = re.compile(r"(?:vra(?:ag|gen)|antwoord(?:en)?)\b", re.IGNORECASE)


def _shape(text: str) -> str:
    return _NUMBER.sub("#", text)


def _running_lines(pages: Sequence[Sequence[Words]]) -> dict[int, Reason]:
    """Find the lines that come back at the head or foot of the pages; keys are their offsets.

    Only where at least four pages are known. A line is running when its shape, figures aside, stands at that edge of at
    least a third of the pages, with nothing but other running lines outside it. Who speaks or asks never is.
    """
    if len(pages) < 4:
        return {}
    edges: list[tuple[Reason, Sequence[Words]]] = []
    for page in pages:
        edges.append((Reason.PAGE_HEADER, page[:_EDGE]))
        edges.append((Reason.PAGE_FOOTER, page[_EDGE:][-_EDGE:][::-1]))
    shapes = {text: _shape(text) for _, lines in edges for _, text in lines}
    counts = Counter((reason, shapes[text]) for reason, lines in edges for _, text in lines)
    least = max(3, len(pages) / 3)
    running: dict[int, Reason] = {}
    for reason, lines in edges:
        for start, text in lines:
            if counts[reason, shapes[text]] < least or ": " in text or text.endswith(":") or _ASKS.match(text):
                break
            running[start] = reason
    return running


def _marked_lines(source: Source) -> dict[int, Reason]:
    """Return the lines that the container itself says are no running text; keys are their offsets."""
    return {mark.start: _MARKED[mark.role] for mark in source.marks if mark.role in _MARKED}


def _width(rows: list[Row]) -> int:
    lengths = sorted(len(row.text) for row in rows[:4000])
    return max(40, lengths[len(lengths) * 9 // 10]) if lengths else 80


def ends_sentence(text: str) -> bool:
    """Tell whether a row can be the last one of a paragraph."""
    return text[-1:] in _ENDS_SENTENCE or text[-2:] in _ENDS_QUOTATION


def opens_paragraph(before: Row, row: Row, width: int) -> bool:
    """Tell whether `row` begins a new paragraph after `before`, the row that precedes it in the same speech."""
    text, said = row.text, before.text
    sign, last = text[0], said[-1]
    if last == "-" and sign.islower() and said[-2:-1].isalnum():
        return False
    if (row.gap and not row.broken) or sign in _BULLETS:
        return True
    if last in _FIGURES and text[-1] in _FIGURES and _COLUMNS.search(said, max(0, len(said) - 80)):
        return True
    if sign in "-–—*" and text[1:2] == " ":
        return ends_sentence(said) or (said[0] == sign and said[1:2] == " " and sign != "–")
    return before.cut + len(said) < width * 0.75 and not sign.islower() and ends_sentence(said)
