"""The text layer of a PDF, page by page. Run as a program of its own, so that no file can hang or fill the product.

Reads the PDF from standard input and writes one JSON object to standard output:
{"pages": ["…"], "failed": [3], "pictures": [2], "error": ""}; pictures are the pages (from 1) that hold next to no
text, and a picture. Stops itself where it takes much longer than pages do.
Imports nothing of the product.
"""

import io
import json
import logging
import resource
import signal
import sys
import time
from typing import Any

PATIENCE, PACE = 6, 0.5  # seconds of work, not of waiting: to open it and read a page, and for each further page
FEW = 60  # characters, as a stamp on a scanned page has them
MEMORY = 640 * 1024 * 1024  # bytes
MOST_PAGES = 3000
MOST_CHARACTERS = 20_000_000


def main() -> None:
    """Read, extract, write; whatever goes wrong is told in `error`."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    try:
        answer = extract(sys.stdin.buffer.read())
    except MemoryError:
        answer = {"error": "memory"}
    except Exception as error:  # pypdf raises many kinds on damaged files
        answer = {"error": type(error).__name__}
    sys.stdout.write(json.dumps(answer))


def extract(data: bytes) -> dict[str, Any]:
    """Return the text of the pages, and those that failed (from 1)."""
    from pypdf import PdfReader

    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "encrypted"}
    count = len(reader.pages)
    if count > MOST_PAGES:
        return {"error": "pages"}
    pages: list[str] = []
    failed: list[int] = []
    pictures: list[int] = []
    length = 0
    for number in range(count):
        signal.setitimer(signal.ITIMER_PROF, max(0.1, began + PATIENCE + PACE * number - time.process_time()))
        try:
            pages.append(reader.pages[number].extract_text() or "")
        except Exception:
            pages.append("")
            failed.append(number + 1)
        if len(pages[-1].strip()) < FEW and has_picture(reader, number):
            pictures.append(number + 1)
        length += len(pages[-1])
        if length > MOST_CHARACTERS:
            return {"error": "length"}
    signal.setitimer(signal.ITIMER_PROF, 0)
    return {"pages": pages, "failed": failed, "pictures": pictures, "error": ""}


def has_picture(reader: Any, number: int) -> bool:
    """Tell whether a page shows a picture; what is damaged shows none."""
    try:
        shown = reader.pages[number]["/Resources"]["/XObject"]
        return any(shown[name]["/Subtype"] == "/Image" for name in shown)
    except Exception:
        return False


if __name__ == "__main__":
    main()
