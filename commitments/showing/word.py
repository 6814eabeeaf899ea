"""Texts and tables as a Word document (DOCX)."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What XML cannot hold; a document that came in may have it in its text.
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def of_text(text: str) -> bytes:
    """Return a document with the lines of a text: its first line as heading, an empty line between paragraphs."""
    document = _new()
    heading, _, rest = text.strip().partition("\n")
    document.add_heading(_clean(heading), level=1)
    for block in re.split(r"\n\s*\n", rest.strip()):
        document.add_paragraph(_clean(block.strip()))
    return _bytes(document)


def of_tables(title: str, sections: Iterable[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> bytes:
    """Return a document with a table for each section: its heading, the names of the columns, and the rows."""
    document = _new()
    document.add_heading(_clean(title), level=1)
    for heading, columns, rows in sections:
        document.add_heading(_clean(heading), level=2)
        table = document.add_table(rows=1, cols=len(columns))
        table.style = "Table Grid"
        for line in [columns, *rows]:
            cells = table.rows[0].cells if line is columns else table.add_row().cells
            for cell, words in zip(cells, line, strict=True):
                cell.text = _clean(words)
    return _bytes(document)


def _new() -> "Document":
    # Loaded only when somebody downloads: every start of the site would wait for it.
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(11)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    return document


def _clean(words: str) -> str:
    return _UNWRITABLE.sub("", words)


def _bytes(document: "Document") -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()
