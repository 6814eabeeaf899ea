"""What looks like a document and holds none, or was made to cost more than a document may."""

import io
import json
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.transcripts.reading.test_broken_inputs import (
    HEAD,
    ROW,
    TEI,
    WORD,
    is_one_sentence,
    sentence_about,
    word,
    zipped,
)
from transcripts.papers import Meta, make_papers
from transcripts.parsing.transcript import DocumentKind

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
FONTS = b"/Font<</F1 5 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
SAID = b"BT /F1 12 Tf 10 700 Td (De voorzitter: goedemiddag allemaal.) Tj ET"
SAVED = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
MAIL = b"From: jan@example.org\r\nTo: an@example.org\r\nSubject: verslag\r\nDate: Mon, 4 Mar 2024 10:00:00 +0100\r\n"


def raw_pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """Write a PDF object by object; the first is its catalog."""
    out = io.BytesIO(b"%PDF-1.5\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, words in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, words))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table))
    return out.getvalue()


def stream(data: bytes, facts: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), facts, data)


def one_page(content: bytes, *more: bytes, facts: bytes = b"", resources: bytes = FONTS) -> bytes:
    return raw_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE[:-2] + b"/Contents 4 0 R/Resources<<" + resources + b">>>>",
        stream(content, facts),
        FONT,
        *more,
    )


def pages(tree: bytes, page: bytes = PAGE) -> bytes:
    return raw_pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages" + tree + b">>", page)


# No document, though text or a container of text
OTHER: dict[str, Callable[[], bytes]] = {
    "control characters": lambda: bytes(range(1, 9)) * 500,
    "marks of direction": lambda: "\u200f\u200e\u202e\u2066\u200b".encode() * 500,
    "emoji": lambda: "😀🎉👍🏽".encode() * 500,
    "one letter under a tower of accents": lambda: ("e" + "\u0301" * 100_000).encode(),
    "signs that stand for lost ones": lambda: "\ufffd".encode() * 2000,
    "dots": lambda: b". " * 5000,
    "UTF-16 of the other order, without its mark": lambda: "De voorzitter: goedemiddag.".encode("utf-16-be") * 20,
    "UTF-32 without its mark": lambda: "De voorzitter: goedemiddag.".encode("utf-32-le") * 20,
    "a text with zeros in it": lambda: b"De voorzitter: goede\0middag.\n" * 50,
    "a tape archive": lambda: (
        b"verslag.txt".ljust(257, b"\0") + b"ustar\x0000" + b"De voorzitter: dag.".ljust(760, b"\0")
    ),
    "an e-mail": lambda: MAIL + b"\r\nDag An,\r\n\r\nHierbij het verslag.\r\n",
    "an e-mail with an attachment": lambda: (
        MAIL + SAVED.replace(b"related", b"mixed") + b"--x\r\nContent-Type: text/plain\r\n\r\nZie bijlage.\r\n--x--\r\n"
    ),
    "a page to log in": lambda: (
        b"<!DOCTYPE html><html><body><h1>Aanmelden</h1><form><label>Naam</label><input name=u></form>"
        b"<p>Wachtwoord vergeten?</p></body></html>"
    ),
    "a page that was not found": lambda: b"<!DOCTYPE html><html><body><h1>Pagina niet gevonden</h1></body></html>",
    "a page of frames": lambda: b"<html><frameset><frame src='a.html'></frameset></html>",
    "a page that is a program": lambda: (
        b"<!DOCTYPE html><html><body><div id=x></div><noscript>Zet JavaScript aan.</noscript></body></html>"
    ),
    "a news feed": lambda: b'<?xml version="1.0"?><rss version="2.0"><channel><title>Nieuws</title></channel></rss>',
    "a drawing": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><text>De voorzitter: dag.</text></svg>',
    "Word of 2003 in XML": lambda: b'<?xml version="1.0"?><w:wordDocument xmlns:w="x"><w:t>Dag.</w:t></w:wordDocument>',
    "an error in JSON": lambda: b'{"error": "not found", "status": 404}',
    "JSON without a meeting": lambda: b'{"vergadering": NaN}',
    "an e-book": lambda: zipped({"mimetype": "application/epub+zip", "OEBPS/a.xhtml": "<html/>"}),
    "Word with nothing but pictures": lambda: word("<w:p><w:r><w:drawing/></w:r></w:p>" * 20),
    "an export whose rows are empty": lambda: HEAD.encode() + b",,,,,\n" * 2000,
    "a saved page in base64 that is none": lambda: (
        SAVED + b"--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! \xff\r\n--x--\r\n"
    ),
    "a PDF with an empty page": lambda: one_page(b""),
    "a PDF with a scan and three words": lambda: one_page(
        b"BT /F1 12 Tf 10 700 Td (Scan van 2024) Tj ET /I Do",
        stream(b"\xff" * 100, b"/Subtype/Image/Width 10/Height 10/ColorSpace/DeviceGray/BitsPerComponent 8"),
        resources=FONTS + b"/XObject<</I 6 0 R>>",
    ),
    "a PDF whose letters no table explains": lambda: one_page(
        b"BT /F1 12 Tf 10 700 Td (" + bytes((1, 2, 3, 4, 5, 6, 7, 14, 15, 16)) * 20 + b") Tj ET"
    ),
    "a PDF without its table": lambda: one_page(SAID).partition(b"xref")[0],
    "a PDF that counts pages it has not": lambda: pages(b"/Kids[3 0 R]/Count 2000000000"),
}

# Made to cost more than a document may
COSTLY: dict[str, Callable[[], bytes]] = {
    "a page of a million nested tags": lambda: b"<html><body>" + b"<b>" * 1_000_000 + b"x",
    "a page of a comment without end": lambda: b"<html><body><!-- " + b"x" * 20_000_000,
    "a page of angles": lambda: b"<html><body>" + b"<" * 20_000_000,
    "Word with a paragraph of forty megabytes": lambda: word(
        f"<w:p><w:r><w:t>{'woord ' * 7_000_000}</w:t></w:r></w:p>"
    ),
    "Word with tables in tables without end": lambda: zipped(
        {"word/document.xml": WORD.format("<w:tbl><w:tr><w:tc>" * 20_000)}
    ),
    "a PDF of a hundred thousand pages": lambda: pages(b"/Kids[" + b"3 0 R " * 100_000 + b"]/Count 100000"),
    "a PDF whose pages hold each other": lambda: pages(
        b"/Kids[3 0 R]/Count 1", b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>"
    ),
    "a PDF whose pages are their own": lambda: pages(b"/Kids[2 0 R 2 0 R]/Count 2"),
    "a PDF of lists in lists": lambda: pages(b"/Kids[3 0 R]/Count 1/X " + b"[" * 100_000 + b"]" * 100_000),
    "a PDF that inflates twice": lambda: one_page(
        zlib.compress(zlib.compress(b" " * 300_000_000, 1), 9), facts=b"/Filter[/FlateDecode/FlateDecode]"
    ),
    "a PDF that never stops writing": lambda: one_page(b"BT /F1 12 Tf " + b"10 700 Td (De voorzitter) Tj " * 400_000),
    "an export with a quotation that is never closed": lambda: (
        (HEAD + ROW + 'over fietsen,Jan,"').encode() + b"a b, c\n" * 7_000_000
    ),
    "JSON of lists in lists": lambda: b"[" * 100_000 + b"]" * 100_000,
    "JSON of a hundred thousand depths": lambda: b'{"vergadering":' * 100_000 + b"1" + b"}" * 100_000,
    "a saved page of three hundred thousand parts": lambda: (
        SAVED + b"--x\r\nContent-Type: text/css\r\n\r\na{}\r\n" * 300_000 + b"--x--\r\n"
    ),
    "VLOS with a hundred thousand attributes": lambda: (
        b"<vlosCoreDocument " + b" ".join(b'a%d="x"' % number for number in range(100_000)) + b"/>"
    ),
    "VLOS nested without end": lambda: b"<vlosCoreDocument><vergadering>" + b"<activiteit>" * 100_000,
    "XML with a name of ten megabytes": lambda: b"<TEI><" + b"a" * 10_000_000 + b"/></TEI>",
    "XML with forty megabytes as they are": lambda: TEI.format(
        f"<u><seg><![CDATA[{'x ' * 20_000_000}]]></seg></u>"
    ).encode(),
}
SECONDS, MEMORY = 10, 500 * 1024 * 1024  # of a processor; bytes
READER = """
import sys
from datetime import date
from transcripts.papers import Meta, make_papers
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading import UnreadableError
try:
    make_papers(open(sys.argv[1], "rb").read(), "verslag.txt", Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3)))
except UnreadableError as error:
    sys.stdout.buffer.write(str(error).encode())
"""


@pytest.mark.parametrize("what", OTHER)
def test_what_holds_no_document_is_refused_in_one_sentence(what: str) -> None:
    words = sentence_about(OTHER[what]())
    assert is_one_sentence(words, "verslag.txt"), words


@pytest.mark.parametrize("what", COSTLY)
def test_what_costs_too_much_is_refused_with_little_time_and_memory(what: str, tmp_path: Path) -> None:
    path = tmp_path / "verslag.txt"
    path.write_bytes(COSTLY[what]())

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))

    done = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", READER, str(path)], capture_output=True, preexec_fn=limit, cwd=Path.cwd(), check=False
    )
    words = done.stdout.decode()
    assert is_one_sentence(words, "verslag.txt"), (done.returncode, words, done.stderr.decode()[-500:])


@pytest.mark.parametrize(
    ("what", "data"),
    [
        ("a table of itself before it", one_page(SAID).replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9")),
        (
            "a picture that shows itself",
            one_page(
                SAID + b" /X Do",
                stream(b"/X Do /X Do", b"/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 6 0 R>>>>"),
                resources=FONTS + b"/XObject<</X 6 0 R>>",
            ),
        ),
    ],
)
def test_a_pdf_that_turns_in_circles_beside_its_words_is_read(what: str, data: bytes) -> None:
    (paper,) = make_papers(data, "verslag.pdf", Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3)))
    assert [turn.text for turn in paper.transcript.turns()] == ["goedemiddag allemaal."]


@pytest.mark.parametrize(
    "text",
    [
        "[Vergadering van 3 maart]\nDe voorzitter: Goedemiddag. [Applaus]",
        "De voorzitter: Van: en Aan: zijn woorden.\nFrom: ook.\n",
        "<Applaus> De voorzitter: Goedemiddag.",
        "<b>De voorzitter</b>: Goedemiddag.",
        f"INHOUD\nVoorwoord {'. ' * 400} 3\nDe voorzitter: Goedemiddag.",
        json.dumps("De voorzitter: Goedemiddag."),
    ],
)
def test_what_only_looks_like_something_else_is_read(text: str) -> None:
    (paper,) = make_papers(text.encode(), "verslag.txt", Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3)))
    assert paper.source.text == text
