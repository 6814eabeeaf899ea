"""Where a statement stands in its document: the page and the characters of the text as read."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from commitments.models import Statement
from transcripts.models import Document, Speech
from transcripts.parsing.transcript import Passage


@dataclass(frozen=True, slots=True)
class Place:
    """page: from 1. start, end: character span [start, end) in the document's text as read."""

    document: Document
    page: int
    start: int
    end: int


class Words(NamedTuple):
    """Words of a speech: its pieces and the page on which it begins, and [start, end) in it."""

    pieces: Sequence[Sequence[int]]
    page: int
    start: int
    end: int


def place_of(statement: Statement) -> Place:
    """Return where the statement stands. Reads speech.pieces and document.page_starts, never the long texts."""
    speech = statement.speech
    return _place(speech.item.document, speech, statement.start, statement.end)


def words_at(document: Document, speech: Speech | None, start: int, end: int) -> Place | None:
    """Return where the characters [start, end) of a speech stand in its document; None without a speech."""
    return _place(document, speech, start, end) if speech is not None else None


def _place(document: Document, speech: Speech, start: int, end: int) -> Place:
    return Place(document, *place_in(Words(speech.pieces, speech.page, start, end), document.page_starts))


def place_in(words: Words, page_starts: Sequence[int]) -> tuple[int, int, int]:
    """Return page, start and end of words in the text as read of a document whose pages begin there."""
    start, end = Passage("", tuple((a, b, c) for a, b, c in words.pieces)).to_source(words.start, words.end)
    return (_page_at(page_starts, start) if page_starts else words.page), start, end


def page_at(document: Document, offset: int) -> int:
    """Return the page (from 1) that holds the character at `offset` of the text as read."""
    return _page_at(document.page_starts, offset)


def _page_at(page_starts: Sequence[int], offset: int) -> int:
    return max(1, bisect_right(page_starts, offset))
