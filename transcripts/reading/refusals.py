"""What is no document of words, told by its first bytes or by its characters, and what to do instead."""

import re
import string

from transcripts.messages import Sentence
from transcripts.reading.source import UnreadableError

LARGEST = 64 * 1024 * 1024  # bytes
MOST_CHARACTERS = 20_000_000  # some two hundred reports of a whole afternoon
MOST_LINES = 200_000  # as many as in a hundred of them; a line may cost as much as a hundred characters do

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_CLOSING = 200  # characters at the end in which XML is closed
_MAIL_LINES = 60
_MAIL = re.compile(
    r"(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-Type|X-[\w-]+):\s",
    re.IGNORECASE,
)
_MAIL_SIGNS = 4
_DATA = re.compile(r"\s*[\[{]\s*(?:[\[{\]}\"\d-]|true|false|null)")
_LEADERS = str.maketrans(dict.fromkeys("./_…-·"))
_FIRST = 20_000  # characters, enough for most
_PLAIN_LETTERS = string.ascii_letters.encode()
_LETTERS_OF = 20  # one sign in so many is a letter in whatever holds words, its tables of contents left aside

_BY_FIRST_BYTES: tuple[tuple[bytes, Sentence], ...] = (
    (b"\x89PNG", Sentence.PICTURE),
    (b"\xff\xd8\xff", Sentence.PICTURE),
    (b"GIF8", Sentence.PICTURE),
    (b"II*\x00", Sentence.PICTURE),
    (b"MM\x00*", Sentence.PICTURE),
    (b"8BPS", Sentence.PICTURE),
    (b"\x00\x00\x01\x00", Sentence.PICTURE),
    (b"\x1f\x8b", Sentence.ARCHIVE),
    (b"7z\xbc\xaf", Sentence.ARCHIVE),
    (b"Rar!", Sentence.ARCHIVE),
    (b"\xfd7zXZ", Sentence.ARCHIVE),
    (b"BZh", Sentence.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Sentence.ARCHIVE),
    (b"ID3", Sentence.RECORDING),
    (b"OggS", Sentence.RECORDING),
    (b"fLaC", Sentence.RECORDING),
    (b"\x1aE\xdf\xa3", Sentence.RECORDING),
    (b"\x7fELF", Sentence.PROGRAM),
    (b"\xca\xfe\xba\xbe", Sentence.PROGRAM),
    (b"SQLite format 3", Sentence.PROGRAM),
    (b"%!PS", Sentence.POSTSCRIPT),
    (b"{\\rtf", Sentence.RTF),
)


def refuse_by_content(data: bytes) -> None:
    """Raise UnreadableError for what no reader can do anything with."""
    if not data.strip():
        raise UnreadableError(Sentence.EMPTY())
    if len(data) > LARGEST:
        raise UnreadableError(Sentence.TOO_LARGE(limit=LARGEST // 2**20))
    for first, sentence in _BY_FIRST_BYTES:
        if data.startswith(first):
            raise UnreadableError(sentence())
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise UnreadableError(Sentence.PICTURE())
    if data[:4] == b"RIFF":
        raise UnreadableError(Sentence.PICTURE() if data[8:12] == b"WEBP" else Sentence.RECORDING())
    if data[4:8] == b"ftyp":
        picture = data[8:12] in (b"heic", b"heix", b"avif", b"mif1")
        raise UnreadableError(Sentence.PICTURE() if picture else Sentence.RECORDING())
    if data[:2] == b"MZ" and b"\0" in data[:64]:
        raise UnreadableError(Sentence.PROGRAM())
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(Sentence.OFFICE_LOCKED() if _ENCRYPTED in data else Sentence.OLD_OFFICE())
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08") and b"word/" not in data:
        raise UnreadableError(_zip(data)())


def refuse_by_length(text: str) -> None:
    """Raise UnreadableError for a text that holds nothing, or more than one document can."""
    if not text.strip():
        raise UnreadableError(Sentence.NO_TEXT())
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        raise UnreadableError(Sentence.TOO_LONG())


def refuse_by_characters(text: str) -> None:
    """Raise UnreadableError for a text without letters: signs, pictures, glyphs that no table of a font explains."""
    if not _has_letters(text[:_FIRST]) and not _has_letters(text):
        raise UnreadableError(Sentence.NO_LETTERS())


def _has_letters(text: str) -> bool:
    plain = text.encode("ascii", "ignore")
    if (len(plain) - len(plain.translate(None, _PLAIN_LETTERS))) * _LETTERS_OF > len(text):
        return True  # most texts show it by these alone, and bytes are sifted a hundred times faster
    signs = "".join(text.split()).translate(_LEADERS)
    return sum(map(str.isalpha, signs)) * _LETTERS_OF > len(signs)


def refuse_other_text(text: str, root: str) -> None:
    """Raise UnreadableError for text that is written for programs: XML of another kind (`root`), JSON, an e-mail."""
    closed = rf"</(?:[\w.-]+:)?{re.escape(root)}\s*>\s*$"
    if root and (text.lstrip().startswith("<?xml") or re.search(closed, text[-_CLOSING:])):
        raise UnreadableError(Sentence.OTHER_XML(root=root[:40]))
    if _DATA.match(text) and text.rstrip()[-1:] in ("]", "}"):
        raise UnreadableError(Sentence.JSON())
    lines = text[:20_000].split("\n")[:_MAIL_LINES]
    signs = {found[0].casefold() for line in lines if (found := _MAIL.match(line))}
    if _MAIL.match(lines[0]) and len(signs) >= _MAIL_SIGNS:
        raise UnreadableError(Sentence.MAIL())


def _zip(data: bytes) -> Sentence:
    for inside, sentence in (
        (b"xl/", Sentence.SPREADSHEET),
        (b"ppt/", Sentence.SLIDES),
        (b"opendocument", Sentence.OPEN_DOCUMENT),
    ):
        if inside in data:
            return sentence
    return Sentence.ARCHIVE
