"""Cut a speech into paragraphs and runs, so that a page can mark places in it and still show every character."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from commitments.models import Statement
from transcripts.models import Speech

EXCERPT = 320  # characters of context on either side of a quote: two or three sentences


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike.

    statement  the statement they belong to, or None
    begins     statements whose first character is the run's first
    notes      stage and editor's notes that stood before the run
    page       number of the page that begins with the run, or None
    """

    text: str
    statement: Statement | None
    begins: tuple[Statement, ...]
    notes: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """statements: those that begin in this paragraph, in order. start: its first character in the speech."""

    runs: tuple[Run, ...]
    statements: tuple[Statement, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quote with the words around it; `cut_before` and `cut_after` say that the paragraph goes on there."""

    before: str
    quote: str
    after: str
    cut_before: bool
    cut_after: bool


def paragraphs(speech: Speech, statements: Sequence[Statement], page_starts: Sequence[int]) -> list[Paragraph]:
    """Cut `speech.text` at its line breaks, statements, notes and page breaks. Joined runs give the text back."""
    ordered = sorted(statements, key=lambda one: (one.start, -one.end))
    pages = _page_breaks(speech, page_starts)
    notes: dict[int, list[str]] = {}
    for offset, words in speech.notes:
        notes.setdefault(min(offset, len(speech.text)), []).append(words)
    cuts = {place for one in ordered for place in (one.start, one.end)} | set(pages) | set(notes)

    found: list[Paragraph] = []
    start = 0
    for text in speech.text.split("\n"):
        end = start + len(text)
        inside = sorted({start, end} | {cut for cut in cuts if start < cut < end})
        runs = tuple(
            Run(
                text=speech.text[here:there],
                statement=next((one for one in ordered if one.start <= here and there <= one.end), None),
                begins=tuple(one for one in ordered if one.start == here),
                notes=tuple(notes.get(here, ())),
                page=pages.get(here),
            )
            for here, there in pairwise(inside)
        )
        if notes.get(end) and end == len(speech.text):
            runs += (Run("", None, (), tuple(notes[end]), None),)
        if runs:
            begun = tuple(one for one in ordered if start <= one.start < end)
            found.append(Paragraph(runs, begun, start))
        start = end + 1
    return found


def excerpt(text: str, start: int, end: int, around: int = EXCERPT) -> Excerpt:
    """Return text[start:end] with at most `around` characters of its own paragraphs on either side, cut at words."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    return turn_around(text[first:last], start - first, end - first, around)


def turn_around(text: str, start: int, end: int, around: int) -> Excerpt:
    """Return text[start:end] with at most `around` characters of the turn on either side, line breaks and all."""
    before, after = text[:start], text[end:]
    cut_before, cut_after = len(before) > around, len(after) > around
    if cut_before:
        before = before[-around:].partition(" ")[2]
    if cut_after:
        after = after[:around].rpartition(" ")[0]
    return Excerpt(before, text[start:end], after, cut_before, cut_after)


def excerpt_of(statement: Statement, text: str) -> Excerpt:
    """Return a statement with the words around it in its speech's `text`; one without a place has only its own."""
    if statement.displaced and not statement.speech.gone:
        return Excerpt("", statement.quote, "", False, False)
    return excerpt(text, statement.start, statement.end)


def _page_breaks(speech: Speech, page_starts: Sequence[int]) -> dict[int, int]:
    """Return {offset in the speech: number of the page that begins there}."""
    ends = [there + length for _, there, length in speech.pieces]
    breaks = {}
    for number, page_start in enumerate(page_starts, start=1):
        if not speech.start < page_start < speech.end:
            continue
        at = bisect_right(ends, page_start)
        if at < len(ends):
            here, there, _ = speech.pieces[at]
            breaks[here + max(0, page_start - there)] = number
    return breaks
