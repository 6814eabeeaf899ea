"""Where a statement stands in its document: the page and the characters of the text as read."""

from bisect import bisect_right
from dataclasses import dataclass

from commitments.models import Statement
from transcripts.models import Document
from transcripts.parsing.transcript import Passage


@dataclass(frozen=True, slots=True)
class Place:
    """page: from 1. start, end: character span [start, end) in the document's text as read."""

    document: Document
    page: int
    start: int
    end: int


def place_of(statement: Statement) -> Place:
    """Return where the statement stands. Reads speech.pieces and document.page_starts, never the long texts."""
    speech = statement.speech
    document = speech.item.document
    start, end = Passage("", tuple((a, b, c) for a, b, c in speech.pieces)).to_source(statement.start, statement.end)
    return Place(document, page_at(document, start) if document.page_starts else speech.page, start, end)


def page_at(document: Document, offset: int) -> int:
    """Return the page (from 1) that holds the character at `offset` of the text as read."""
    return max(1, bisect_right(document.page_starts, offset))
