"""Bytes → text as read. The reader is chosen by what the bytes are, never by the name of the file."""

from collections.abc import Callable
from typing import NamedTuple

from transcripts.reading import csv_export, docx, html, mhtml, official, pdf, service, tei, text, vlos
from transcripts.reading.refusals import LARGEST, refuse_by_characters, refuse_by_content, refuse_by_length
from transcripts.reading.source import Source, UnreadableError

__all__ = ["LARGEST", "READERS", "Reader", "Source", "UnreadableError", "read"]


class Reader(NamedTuple):
    """One reader: `recognises` looks at the bytes alone, `read` may still refuse them (UnreadableError, no name)."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Source]


# Asked in this order; plain text takes what is left, and refuses what is not text.
READERS: tuple[Reader, ...] = (
    Reader("pdf", pdf.recognises, pdf.read),
    Reader("docx", docx.recognises, docx.read),
    Reader("tei", tei.recognises, tei.read),
    Reader("vlos", vlos.recognises, vlos.read),
    Reader("official publication", official.recognises, official.read),
    Reader("web page", html.recognises, html.read),
    Reader("saved web page", mhtml.recognises, mhtml.read),
    Reader("web service", service.recognises, service.read),
    Reader("csv export", csv_export.recognises, csv_export.read),
    Reader("text", text.recognises, text.read),
)


def read(data: bytes, name: str) -> Source:
    """Read one document. `name` only serves the messages.

    Raises UnreadableError, with one sentence that says what to do, for whatever cannot be read.
    """
    try:
        refuse_by_content(data)
        reader = next(reader for reader in READERS if reader.recognises(data))
        source = reader.read(data)
        refuse_by_length(source.text)
        refuse_by_characters(source.text)
    except UnreadableError as error:
        raise UnreadableError(error.message, name) from error
    return source
