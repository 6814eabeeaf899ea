"""Web pages saved as a single file (.mhtml): the page is the first HTML part; its pictures and styles are left out."""

import email
import re
from email.message import Message

from transcripts.reading import html
from transcripts.reading.source import Source, UnreadableError

_HEAD = 4096
_MULTIPART = re.compile(rb"^Content-Type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS, _DEEPEST = 2000, 20


def recognises(data: bytes) -> bool:
    head = data[:_HEAD]
    return head.lstrip()[:5].lower() in (b"from:", b"mime-", b"conte") and bool(_MULTIPART.search(head))


def read(data: bytes) -> Source:
    """Read the page in a saved single file."""
    if data.count(b"\nContent-Type:") > _MOST_PARTS or data.count(b"multipart/") > _DEEPEST:
        raise UnreadableError("there are thousands of parts in this saved page; save it as a page without pictures.")
    page = next(
        (part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html"), None
    )
    words = _payload(page) if page is not None else b""
    if not words.strip():
        raise UnreadableError("there is no page in this saved file; save the web page again, or give its text.")
    return html.read(words)


def _payload(part: Message) -> bytes:
    """Return the words of a part in UTF-8, as its head says they are written."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    try:
        return data.decode(part.get_content_charset("utf-8")).encode("utf-8")
    except (LookupError, UnicodeDecodeError):
        return data
