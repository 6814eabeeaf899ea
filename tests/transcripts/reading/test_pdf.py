"""PDF: the text layer is read in a process of its own, and nothing it does can hang or break the product."""

import io

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from transcripts.reading import UnreadableError, pdf, read


def pdf_of(*pages: list[str], password: str = "") -> bytes:
    """Make a PDF with one line of Helvetica per entry."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): writer._add_object(font)})}
        )
        stream = DecodedStreamObject()
        rows = b"".join(b"(" + line.encode("cp1252") + b") Tj 0 -14 Td " for line in lines)
        stream.set_data(b"BT /F1 11 Tf 60 780 Td " + rows + b"ET")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


PAGES = (["De voorzitter: Goedemiddag, collega’s.", "Wij beginnen."], ["Minister Jo Claes: Één zaak nog."])


def test_the_text_layer_is_read_page_by_page():
    source = read(pdf_of(*PAGES), "a.pdf")
    assert source.reader == "pdf"
    assert [line.text for line in source.lines() if line.text] == [*PAGES[0], *PAGES[1]]
    assert [source.text[at : at + 6] for at in source.page_starts] == ["De voo", "Minist"]


def test_a_pdf_is_known_by_its_content():
    assert read(pdf_of(*PAGES), "a.txt").reader == "pdf"


def test_a_scan_is_refused_with_what_to_do():
    with pytest.raises(UnreadableError, match="OCR"):
        read(pdf_of([], []), "scan.pdf")


def test_a_password_is_asked_to_be_taken_away():
    with pytest.raises(UnreadableError, match="password"):
        read(pdf_of(*PAGES, password="geheim"), "a.pdf")


@pytest.mark.parametrize("keep", [10, 60, 300])
def test_a_truncated_pdf_is_refused(keep):
    data = pdf_of(*PAGES)
    assert len(PdfReader(io.BytesIO(data)).pages) == 2
    with pytest.raises(UnreadableError) as refused:
        read(data[:keep], "a.pdf")
    assert str(refused.value).startswith("a.pdf: this PDF")


@pytest.mark.parametrize("place", [0.2, 0.4, 0.6, 0.8, 0.95])
def test_a_pdf_of_which_a_part_is_spoilt_is_read_or_refused_in_words(place):
    data = pdf_of(*PAGES)
    at = int(len(data) * place)
    spoilt = data[:at] + b"\x55\xaa<<[(" + data[at + 6 :]
    try:
        words = read(spoilt, "a.pdf").text
    except UnreadableError as refused:
        words = str(refused)
    assert words.strip()


def test_a_program_that_never_ends_is_stopped(monkeypatch, tmp_path):
    program = tmp_path / "endless.py"
    program.write_text("while True: pass\n")
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    monkeypatch.setattr(pdf, "SECONDS", 0.2)
    with pytest.raises(UnreadableError, match="too long"):
        read(pdf_of(*PAGES), "a.pdf")


def test_a_program_that_falls_over_is_told_in_words(monkeypatch, tmp_path):
    program = tmp_path / "broken.py"
    program.write_text("raise SystemExit(3)\n")
    monkeypatch.setattr(pdf, "_PROGRAM", program)
    with pytest.raises(UnreadableError, match="damaged"):
        read(pdf_of(*PAGES), "a.pdf")
