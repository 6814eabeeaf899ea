"""Bytes → text as read. The reader is chosen by what the bytes are, never by the name of the file."""

from transcripts.reading.source import Source, UnreadableError
from transcripts.reading.text import read_text

__all__ = ["Source", "UnreadableError", "read"]


def read(data: bytes, name: str) -> Source:
    """Read one document. `name` only serves the messages.

    Raises UnreadableError, with one sentence that says what to do, for whatever cannot be read.
    """
    return read_text(data, name)
