"""Web pages saved as a single file (.mhtml): the page is the first HTML part; its pictures and styles are left out.

Only that part is copied and decoded, so that a file full of pictures costs no more than its page.
"""

import base64
import binascii
import quopri
import re

from transcripts.messages import Sentence
from transcripts.reading import html
from transcripts.reading.source import Source, UnreadableError

_HEAD = 4096
_MULTIPART = re.compile(rb"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"\bboundary=\"?(?P<boundary>[^\"\r\n;]{1,200})", re.IGNORECASE)
_HTML = re.compile(
    rb"^Content-Type:\s*text/html\b(?:[^\r\n]*?charset=\"?(?P<charset>[\w-]+))?", re.IGNORECASE | re.MULTILINE
)
_ENCODING = re.compile(rb"^Content-Transfer-Encoding:\s*(?P<encoding>[\w-]+)", re.IGNORECASE | re.MULTILINE)
_END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
_MOST_PARTS = 5000


def recognises(data: bytes) -> bool:
    head = data[:_HEAD]
    return head.lstrip()[:5].lower() in (b"from:", b"mime-", b"conte") and bool(_MULTIPART.search(head))


def read(data: bytes) -> Source:
    """Read the page in a saved single file."""
    words = _page(data)
    if not words.strip():
        raise UnreadableError(Sentence.NO_SAVED_PAGE())
    return html.read(words)


def _page(data: bytes) -> bytes:
    """Return the first HTML part in UTF-8, or nothing."""
    found = _BOUNDARY.search(data, 0, _HEAD)
    if found is None:
        return b""
    mark = b"\n--" + found["boundary"]
    at = data.find(mark)
    for _ in range(_MOST_PARTS):
        if at < 0:
            break
        begin = at + len(mark)
        at = data.find(mark, begin)
        head = data[begin : begin + _HEAD]
        end = _END_OF_HEAD.search(head)
        if end and (kind := _HTML.search(head, 0, end.end())):
            body = data[begin + end.end() : at if at >= 0 else len(data)]
            return _decoded(body, head[: end.end()], (kind["charset"] or b"utf-8").decode())
    return b""


def _decoded(body: bytes, head: bytes, charset: str) -> bytes:
    found = _ENCODING.search(head)
    encoding = found["encoding"].lower() if found else b""
    try:
        if encoding == b"quoted-printable":
            body = quopri.decodestring(body)
        elif encoding == b"base64":
            body = base64.b64decode(body)
        return body if charset.lower() in ("utf-8", "utf8") else body.decode(charset).encode("utf-8")
    except binascii.Error:
        raise UnreadableError(Sentence.SAVED_PAGE_DAMAGED()) from None
    except (LookupError, UnicodeError):
        return body
