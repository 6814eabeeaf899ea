"""Bytes → characters: UTF-8, UTF-16 with its mark, cp1252, and UTF-8 that was once read as cp1252."""

import codecs
import re

from transcripts.messages import Message, Sentence
from transcripts.reading.source import UnreadableError

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes({*range(32)} - {9, 10, 11, 12, 13, 27})
_FEW = 50  # one stray sign in so many bytes is an accident, more is another kind of file

# UTF-8 read as cp1252: each byte from 0x80 to 0xBF became one of these.
_REST = "".join(
    re.escape(bytes([byte]).decode("cp1252")) if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(byte)
    for byte in range(0x80, 0xC0)
)
# It begins with one set of letters, so that what lies between those is leapt over.
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df\u00e0-\u00f4](?:(?<=[\u00c2-\u00df])[{_REST}]"
    f"|(?<=[\u00e0-\u00ef])[{_REST}]{{2}}|(?<=[\u00f0-\u00f4])[{_REST}]{{3}})"
)


def decode(data: bytes) -> tuple[str, tuple[Message, ...]]:
    """Return the characters of `data` and a sentence for whatever had to be guessed or repaired.

    Raises UnreadableError for what is not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data, mark, encoding), ()
    while data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if b"\0" in data:
        head = data[:4000]
        if min(head[::2].count(0), head[1::2].count(0)) == 0 and head.count(0) * 3 > len(head):
            raise UnreadableError(Sentence.UTF16_UNMARKED())
        raise UnreadableError(Sentence.NOT_TEXT())
    stray = len(data) - len(data.translate(None, _CONTROLS))
    if stray * _FEW > len(data):
        raise UnreadableError(Sentence.NOT_TEXT())
    warnings: list[Message] = []
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _not_utf8(data, warnings)
    text, repaired = repair(text)
    if repaired:
        warnings.append(Sentence.REPAIRED(number=repaired))
    return text, tuple(warnings)


def _marked(data: bytes, mark: bytes, encoding: str) -> str:
    try:
        return data[len(mark) :].decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError:
        raise UnreadableError(Sentence.ENCODING_DAMAGED(encoding=encoding[:6].upper())) from None


def _not_utf8(data: bytes, warnings: list[Message]) -> str:
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost <= sum(1 for sign in text if sign > "\x7f") // 10:
        warnings.append(Sentence.CHARACTERS_LOST(number=lost))
        return text
    text = data.decode("cp1252", errors="replace")
    if text.count("\ufffd") * _FEW > len(text) or sum(sign > "\x7f" for sign in text) * 3 > len(text):
        raise UnreadableError(Sentence.NOT_TEXT())
    warnings.append(Sentence.READ_AS_CP1252())
    return text


def repair(text: str) -> tuple[str, int]:
    """Undo UTF-8 that was read as cp1252, twice over where it was done twice; return also how many signs."""
    count = 0
    for _ in range(2):
        found = _MOJIBAKE.findall(text) if not text.isascii() else []
        if not found or (len(found) < 2 and len(found[0]) < 3):
            break
        text, signs = _MOJIBAKE.subn(_undo, text)
        count += signs
    return text, count


def _undo(found: re.Match[str]) -> str:
    raw = b"".join(sign.encode("cp1252") if not "\x80" <= sign <= "\x9f" else bytes([ord(sign)]) for sign in found[0])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
