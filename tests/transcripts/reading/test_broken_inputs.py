"""Whatever is no document of words is refused in one sentence that says what to do, or read with a warning.

Every input is made here, byte by byte. `BROKEN` must be refused, `DAMAGED` must be read and the damage told.
"""

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.transcripts.reading.test_pdf import pdf_of
from transcripts import papers
from transcripts.papers import Meta, make_papers, open_papers
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading import LARGEST, UnreadableError

MANY = 700_000
BODY = "<w:p><w:r><w:t>Vraag 1</w:t></w:r></w:p>"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
HEAD = "titel,spreker,sprekertekst,datum,question_id,speech_link\n"
ROW = 'over fietsen,Jan Maes (Groen),"Minister, wat nu?",dinsdag 3 maart 2026,2,https://example.org/verslag/2\n'
TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div>{}</div></body></text></TEI>'
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{("&" + old + ";") * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><{root}><text><body><p>&i;</p></body></text></{root}>"
)
EXTERNAL = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    "<{root}><text><body><p>&e;</p></body></text></{root}>"
)
PARAMETER = (
    '<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]>'
    "<{root}><text/></{root}>"
)
ROOTS = ("TEI", "teiCorpus", "vlosCoreDocument", "officiele-publicatie", "handelingen")


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def word(body: str = BODY, **parts: str) -> bytes:
    return zipped({"word/document.xml": WORD.format(body)} | {f"word/{name}.xml": data for name, data in parts.items()})


def lying(data: bytes) -> bytes:
    """Say in the directory of a zip that its first part holds ten bytes."""
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 10) + data[at + 28 :]


def flagged(data: bytes, flag: int) -> bytes:
    """Set a flag of every part of a zip, in both of its places."""
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data = data[: at + place] + struct.pack("<H", flag) + data[at + place + 2 :]
            at = data.find(mark, at + 4)
    return data


def compound(stream: str = "") -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + stream.encode("utf-16-le") + bytes(500)


def picture() -> bytes:
    raw = zlib.compress(b"\x00\xff\xff\xff")
    parts = ((b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", raw), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    )


BROKEN: dict[str, Callable[[], bytes]] = {
    # nothing in it
    "nothing": lambda: b"",
    "only spaces": lambda: b" \n\t\r\n " * 50,
    "only a mark": lambda: b"\xef\xbb\xbf",
    "two marks and no word": lambda: b"\xef\xbb\xbf" * 2,
    "only a UTF-16 mark": lambda: b"\xff\xfe",
    "only form feeds": lambda: b"\f\f\f",
    "zeros": lambda: bytes(4096),
    # too much of it
    "more than the limit on one line": lambda: b"a" * (LARGEST + 1),
    # pictures, sound, archives, programs
    "a picture called .txt": picture,
    "a JPEG": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4,
    "a GIF": lambda: b"GIF89a" + bytes(range(256)),
    "a TIFF": lambda: b"II*\x00" + bytes(range(256)),
    "a big-endian TIFF": lambda: b"MM\x00*" + bytes(range(256)),
    "a bitmap": lambda: b"BM" + struct.pack("<I", 500) + bytes(4) + bytes(range(256)),
    "a WebP": lambda: b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(range(256)),
    "a WAV": lambda: b"RIFF\x10\x00\x00\x00WAVEfmt " + bytes(range(256)),
    "an icon": lambda: b"\x00\x00\x01\x00" + bytes(range(256)),
    "an MP3": lambda: b"ID3\x04" + bytes(range(256)),
    "an MP4": lambda: b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)),
    "an Ogg": lambda: b"OggS" + bytes(range(256)),
    "a gzip": lambda: b"\x1f\x8b\x08\x00" + bytes(range(256)),
    "a 7z": lambda: b"7z\xbc\xaf\x27\x1c" + bytes(range(256)),
    "a RAR": lambda: b"Rar!\x1a\x07\x00" + bytes(range(256)),
    "an xz": lambda: b"\xfd7zXZ\x00" + bytes(range(256)),
    "a bzip2": lambda: b"BZh91AY&SY" + bytes(range(256)),
    "an ELF program": lambda: b"\x7fELF\x02\x01\x01" + bytes(range(256)),
    "a Windows program": lambda: b"MZ\x90\x00\x03\x00" + bytes(200),
    "a Java class": lambda: b"\xca\xfe\xba\xbe\x00\x00" + bytes(range(256)),
    "a database": lambda: b"SQLite format 3\x00" + bytes(range(256)),
    "an RTF": lambda: rb"{\rtf1\ansi De voorzitter: goedemiddag.}",
    "a PostScript": lambda: b"%!PS-Adobe-3.0\nshowpage\n",
    "bytes of every kind": lambda: bytes(range(256)) * 40,
    "every second byte zero, no mark": lambda: "De voorzitter: goedemiddag.".encode("utf-16-le") * 20,
    "UTF-16 cut in half": lambda: b"\xff\xfe" + "De voorzitter: dag.".encode("utf-16-le") + b"\x00\xd8\x00",
    "a UTF-32 mark before nonsense": lambda: b"\xff\xfe\x00\x00" + b"\xff" * 40,
    # office
    "an old Word document": lambda: compound("WordDocument"),
    "a Word document with a password": lambda: compound("EncryptedPackage"),
    "a spreadsheet": lambda: zipped({"xl/workbook.xml": "<workbook/>"}),
    "a slide show": lambda: zipped({"ppt/presentation.xml": "<p/>"}),
    "an OpenDocument": lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}),
    "a zip of texts": lambda: zipped({"verslag.txt": "De voorzitter: dag."}),
    "an empty zip": lambda: zipped({}),
    "a zip that names a path outside": lambda: zipped({"../../etc/cron.d/x": "x"}),
    "Word without a document": lambda: zipped({"word/styles.xml": "<x/>"}),
    "Word without a word": lambda: word(""),
    "Word whose document is no XML": lambda: zipped({"word/document.xml": "De voorzitter: dag."}),
    "Word whose XML is cut off": lambda: zipped({"word/document.xml": WORD.format(BODY)[:-30]}),
    "Word whose zip is cut off": lambda: word()[:-40],
    "Word whose zip is cut in half": lambda: word(BODY * 400)[:300],
    "Word with a byte changed": lambda: word(BODY * 9).replace(b"word/document.xml", b"word/documant.xml", 1),
    "Word in a packed way nobody knows": lambda: word().replace(b"\x08\x00", b"\x63\x00"),
    "Word locked part by part": lambda: flagged(word(), 1),
    "Word that inflates without end": lambda: zipped({"word/document.xml": b"<" + b" " * (60 * 1024 * 1024)}),
    "Word that lies about its size": lambda: lying(zipped({"word/document.xml": b"<" + b" " * (60 * 1024 * 1024)})),
    "Word with a bomb among its notes": lambda: zipped(
        {"word/document.xml": WORD.format(BODY), "word/footnotes.xml": b"<" + b" " * (60 * 1024 * 1024)}
    ),
    "Word of six thousand parts": lambda: zipped(
        {"word/document.xml": WORD.format(BODY)} | {f"word/media/{number}.png": b"" for number in range(6000)}
    ),
    "Word with entities of its own": lambda: zipped({"word/document.xml": LAUGHS.format(root="document")}),
    "Word that asks for another file": lambda: zipped({"word/document.xml": EXTERNAL.format(root="document")}),
    "Word of too many tags": lambda: zipped({"word/document.xml": WORD.format("<w:p/>" * 1_600_000)}),
    # PDF
    "a PDF with a password": lambda: pdf_of(["Dag."], password="geheim"),
    "a PDF without a text layer": lambda: pdf_of([]),
    "a PDF of its first bytes": lambda: b"%PDF-1.7\n",
    "a PDF of nonsense": lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20,
    "a PDF cut in half": lambda: pdf_of(["Dag."] * 30)[:400],
    # XML
    **{f"billion laughs in {root}": lambda root=root: LAUGHS.format(root=root).encode() for root in ROOTS},
    **{
        f"a file of this machine asked for in {root}": lambda root=root: EXTERNAL.format(root=root).encode()
        for root in ROOTS
    },
    **{f"an address asked for in {root}": lambda root=root: PARAMETER.format(root=root).encode() for root in ROOTS},
    **{f"{root} cut off": lambda root=root: f"<{root}><text><body><p>De voorzitter".encode() for root in ROOTS},
    **{f"{root} without a word": lambda root=root: f"<{root}/>".encode() for root in ROOTS},
    "billion laughs in UTF-16": lambda: LAUGHS.format(root="TEI").encode("utf-16"),
    "XML nested without end": lambda: b"<TEI>" * 100_000,
    "XML of too many tags": lambda: TEI.format("<u/>" * MANY).encode(),
    "XML with thousands of attributes": lambda: (
        b"<TEI " + b" ".join(b'a%d="x"' % number for number in range(200_000)) + b"/>"
    ),
    "XML with many attributes everywhere": lambda: TEI.format(
        ('<u a="1" b="2" c="3" d="4" e="5"/>') * 150_000
    ).encode(),
    "XML with a sign that is none": lambda: TEI.format("<u><seg>a\x01b</seg></u>").encode(),
    "XML with an entity nobody defined": lambda: TEI.format("<u><seg>&nbsp;</seg></u>").encode(),
    "XML with one word of twelve million signs": lambda: TEI.format(f"<u><seg>{'a' * 12_000_000}</seg></u>").encode(),
    "the persons of a corpus alone": lambda: b"<teiCorpus><teiHeader><person/></teiHeader></teiCorpus>",
    "two sittings in one": lambda: b"<teiCorpus><TEI><text/></TEI><TEI><text/></TEI></teiCorpus>",
    "XML that says UTF-8 and is UTF-16 without its mark": lambda: TEI.format("<u/>").encode("utf-16-le"),
    # web pages
    "a page without a word": lambda: (
        b"<!DOCTYPE html><html><head><title>x</title></head><body><script>1</script></body></html>"
    ),
    "a page nested without end": lambda: b"<html><body>" + b"<div>" * 50_000 + b"x",
    "a page of too many tags": lambda: b"<html><body>" + b"<p>x" * MANY,
    "a page of one endless line": lambda: b"<html><body><p>" + b"woord " * 2_500_000,
    "a page with thousands of attributes": lambda: (
        b"<html><body " + b" ".join(b'a%d="x"' % number for number in range(50_000)) + b">dag</body></html>"
    ),
    "a page with entities of its own": lambda: LAUGHS.format(root="html").encode(),
    "a saved page without a page": lambda: (
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x--\n'
    ),
    "a saved page of parts in parts without end": lambda: b"".join(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x%d"\n\n--x%d\n' % (depth, depth)
        for depth in range(1500)
    ),
    # exports
    "an export without rows": lambda: HEAD.encode(),
    "an export cut off inside a turn": lambda: (HEAD + ROW + 'over fietsen,Jan Maes (Groen),"Minister, wat').encode(),
    "an export with a cell too many": lambda: (HEAD + ROW.replace("\n", ",x,y\n")).encode(),
    "an export of a hundred thousand rows": lambda: (HEAD + ROW * 100_000).encode(),
    "the agenda of an export alone": lambda: b"date,title,meeting_ID,card__title,card__author,data_type\n,,1,x,y,z\n",
}

DAMAGED: dict[str, Callable[[], bytes]] = {
    "a text in Windows-1252": lambda: "De voorzitter: één café.\n".encode("cp1252"),
    "a text that was read wrongly before": lambda: "De voorzitter: één café.\n".encode().decode("cp1252").encode(),
    "a sitting that was read wrongly before": lambda: (
        TEI.format("<u ana='#chair'><seg>Één café in België.</seg></u>").encode().decode("cp1252", "replace").encode()
    ),
    "a publication that was read wrongly before, behind the mark of its mark": lambda: (
        ("\ufeff<handelingen><agendapunt><item-titel>Financiën, ĳs en België</item-titel></agendapunt></handelingen>")
        .encode()
        .decode("cp1252", "replace")
        .encode()
    ),
}
TRICKS = (
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\win.ini",
    "a\nb.txt",
    "x" * 300 + ".txt",
    "-rf",
    "$(id).txt",
    "b\u202etxt.exe",
)


def sentence_about(data: bytes, name: str = "verslag.txt") -> str:
    with pytest.raises(UnreadableError) as caught:
        make_papers(data, name, Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3)))
    return str(caught.value)


def is_one_sentence(words: str, name: str) -> bool:
    said = words.removeprefix(f"{name}: ")
    return words.startswith(f"{name}: ") and "\n" not in said and 20 < len(said) < 250 and said.endswith(".")


@pytest.mark.parametrize("what", BROKEN)
def test_what_cannot_be_read_is_refused_in_one_sentence(what: str) -> None:
    data = BROKEN[what]()
    words = sentence_about(data)
    assert is_one_sentence(words, "verslag.txt"), words
    assert "Traceback" not in words
    assert "/etc" not in words
    assert "root:" not in words


@pytest.mark.parametrize("what", DAMAGED)
def test_what_can_be_repaired_is_read_and_told(what: str) -> None:
    (paper,) = make_papers(DAMAGED[what](), "verslag.txt", Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3)))
    assert paper.transcript.warnings
    assert "Ã" not in paper.source.text


@pytest.mark.parametrize("name", TRICKS)
def test_a_name_is_only_a_name(name: str) -> None:
    assert "/" not in sentence_about(b"", name).partition(": the")[0]


def test_a_file_of_two_hundred_megabytes_is_refused_before_it_is_read(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / "lang.txt"
    with path.open("wb") as out:
        out.truncate(200 * 1024 * 1024)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("it was read"))
    with pytest.raises(UnreadableError, match="larger than"):
        open_papers(path)


@pytest.mark.parametrize("size", [LARGEST, LARGEST + 1, 2 * LARGEST])
def test_of_a_file_that_grows_while_it_is_read_no_more_is_taken_in_than_one_byte_too_many(
    tmp_path: Path, monkeypatch, size: int
) -> None:
    path = tmp_path / "groeit.txt"
    with path.open("wb") as out:
        out.truncate(size)
    real = os.fstat

    def small(descriptor: int) -> os.stat_result:
        told = list(real(descriptor))
        told[stat.ST_SIZE] = 10
        return os.stat_result(told)

    taken: list[int] = []
    monkeypatch.setattr(papers, "make_papers", lambda data, *_: taken.append(len(data)) or [])
    monkeypatch.setattr(os, "fstat", small)
    if size > LARGEST:
        with pytest.raises(UnreadableError, match="larger than"):
            open_papers(path)
        assert taken == []
    else:
        open_papers(path)
        assert taken == [LARGEST]


def test_a_long_turn_of_an_export_is_read_whole() -> None:
    data = (HEAD + ROW.replace("wat nu", "wat nu " * 160_000)).encode()
    (paper,) = make_papers(data, "export.csv", Meta(kind=DocumentKind.REPORT))
    (turn,) = paper.transcript.turns()
    assert turn.text.count("wat nu") == 160_000


def test_what_lies_beside_a_document_may_not_be_larger_than_a_few_lines(tmp_path: Path) -> None:
    path = tmp_path / "verslag.txt"
    path.write_text("Verslag")
    path.with_name("verslag.meta.toml").write_text("title = '" + "x" * 70_000 + "'")
    with pytest.raises(UnreadableError, match=r"^verslag\.meta\.toml: larger than 64 kB"):
        open_papers(path)


def test_there_are_about_a_hundred_of_them() -> None:
    assert len(BROKEN) + len(DAMAGED) + len(TRICKS) >= 100
