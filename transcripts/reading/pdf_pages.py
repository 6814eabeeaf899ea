"""The text layer of a PDF, page by page. Run as a program of its own, so that no file can hang or fill the product.

Reads the PDF from standard input and writes one JSON object to standard output:
{"pages": ["…"], "failed": [3], "error": ""}. Stops itself after SECONDS on one page.
Imports nothing of the product.
"""

import io
import json
import logging
import resource
import signal
import sys
from typing import Any

SECONDS = 8  # on one page
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

    signal.alarm(SECONDS)
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        return {"error": "encrypted"}
    count = len(reader.pages)
    if count > MOST_PAGES:
        return {"error": "pages"}
    pages: list[str] = []
    failed: list[int] = []
    length = 0
    for number in range(count):
        signal.alarm(SECONDS)
        try:
            pages.append(reader.pages[number].extract_text() or "")
        except Exception:
            pages.append("")
            failed.append(number + 1)
        length += len(pages[-1])
        if length > MOST_CHARACTERS:
            return {"error": "length"}
    signal.alarm(0)
    return {"pages": pages, "failed": failed, "error": ""}


if __name__ == "__main__":
    main()
