"""What is no document of words, told by its first bytes, and what to do instead."""

from transcripts.reading.source import UnreadableError

LARGEST = 64 * 1024 * 1024  # bytes
MOST_CHARACTERS = 20_000_000  # some two hundred reports of a whole afternoon
MOST_LINES = 800_000

_PICTURE = "this is a picture; have its text recognised (OCR) and give that as PDF or plain text."
_ARCHIVE = "this is an archive; unpack it and give the files in it."
_RECORDING = "this is a recording of sound or film; give the written report instead."
_PROGRAM = "this is a program or a data file; give the document itself."
_LOCKED = "this Office document is protected with a password; save it without one."
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_OFFICE = "this is an old Office document (.doc, .xls); open it and save it as .docx, PDF or plain text."

# (first bytes, sentence)
_BY_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"8BPS", _PICTURE),
    (b"\x00\x00\x01\x00", _PICTURE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"ID3", _RECORDING),
    (b"OggS", _RECORDING),
    (b"fLaC", _RECORDING),
    (b"\x1aE\xdf\xa3", _RECORDING),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"SQLite format 3", _PROGRAM),
    (b"%!PS", "this is a PostScript file; save it as PDF."),
    (b"{\\rtf", "this is an RTF document; open it and save it as .docx, PDF or plain text."),
)


def refuse_by_content(data: bytes) -> None:
    """Raise UnreadableError for what no reader can do anything with."""
    if not data.strip():
        raise UnreadableError("the file is empty; choose the file that holds the text.")
    if len(data) > LARGEST:
        raise UnreadableError(f"the file is larger than {LARGEST // 1024 // 1024} MB; split it and give the parts.")
    for first, sentence in _BY_FIRST_BYTES:
        if data.startswith(first):
            raise UnreadableError(sentence)
    if data[:2] == b"BM" and data[6:10] == b"\0\0\0\0":
        raise UnreadableError(_PICTURE)
    if data[:4] == b"RIFF":
        raise UnreadableError(_PICTURE if data[8:12] == b"WEBP" else _RECORDING)
    if data[4:8] == b"ftyp":
        raise UnreadableError(_PICTURE if data[8:12] in (b"heic", b"heix", b"avif", b"mif1") else _RECORDING)
    if data[:2] == b"MZ" and b"\0" in data[:64]:
        raise UnreadableError(_PROGRAM)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError(_LOCKED if _ENCRYPTED in data else _OLD_OFFICE)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08") and b"word/" not in data:
        raise UnreadableError(_zip(data))


def refuse_by_length(text: str) -> None:
    """Raise UnreadableError for a text that holds nothing, or more than one document can."""
    if not text.strip():
        raise UnreadableError("there is no text in it; choose the file that holds the text.")
    if len(text) > MOST_CHARACTERS or text.count("\n") > MOST_LINES:
        raise UnreadableError("there is more text in it than in two hundred reports; split it and give the parts.")


def _zip(data: bytes) -> str:
    for inside, sentence in (
        (b"xl/", "this is a spreadsheet; save the text in it as plain text."),
        (b"ppt/", "this is a slide show; save it as PDF."),
        (b"opendocument", "this is an OpenDocument file; save it as PDF or plain text."),
    ):
        if inside in data:
            return sentence
    return _ARCHIVE
