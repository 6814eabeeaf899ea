"""PDF with a text layer."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from transcripts.messages import Sentence
from transcripts.reading.source import Source, UnreadableError

SECONDS = 240  # for one file; a short one has less, see pdf_pages
_PROGRAM = Path(__file__).with_name("pdf_pages.py")
_SENTENCES = {
    "encrypted": Sentence.PDF_LOCKED,
    "memory": Sentence.PDF_TOO_LARGE,
    "pages": Sentence.PDF_TOO_MANY_PAGES,
    "length": Sentence.PDF_TOO_LARGE,
    "time": Sentence.PDF_TOO_SLOW,
    "DependencyError": Sentence.PDF_ENCRYPTED,
}
_LEAST = 12  # characters on a page, on average, below which it is a scan


def recognises(data: bytes) -> bool:
    """Tell a PDF by its mark, which may stand a little into the file."""
    return b"%PDF-" in data[:1024]


def read(data: bytes) -> Source:
    """Read the text layer; pages are joined by a line feed, and begin where `page_starts` says."""
    answer = _extract(data)
    if error := answer.get("error"):
        raise UnreadableError(_SENTENCES.get(error, Sentence.PDF_DAMAGED)())
    pages = [_tidy(page) for page in answer["pages"]]
    pictures = answer["pictures"]
    if len(pictures) == len(pages) or sum(len(page.strip()) for page in pages) < _LEAST * len(pages):
        raise UnreadableError(Sentence.PDF_SCANNED())
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        length += len(page) + 1
    warnings = [Sentence.PAGE_UNREADABLE(page=number) for number in answer["failed"]]
    empty = [str(number) for number, page in enumerate(pages, start=1) if not page.strip() or number in pictures]
    if empty and len(empty) * 4 > len(pages):
        told = ", ".join(empty[:10])
        warnings.append(Sentence.PAGES_WITHOUT_TEXT(number=len(empty), all=len(pages), pages=told))
    return Source("\n".join(pages), "pdf", page_starts=tuple(starts), warnings=tuple(warnings))


def _tidy(page: str) -> str:
    page = page.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\0", "")
    return page.encode("utf-8", "replace").decode("utf-8")


def _extract(data: bytes) -> dict[str, Any]:
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, no argument from outside
            [sys.executable, "-I", str(_PROGRAM)], input=data, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return {"error": "time"}
    if done.returncode == -signal.SIGPROF:
        return {"error": "time"}
    if done.returncode != 0:
        return {"error": "stopped"}
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return {"error": "stopped"}
    return answer
