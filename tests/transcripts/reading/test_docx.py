"""Word: the words, the numbers Word prints before them, notes, headers and footers, and what was deleted stays out."""

import io
import zipfile
from datetime import date

from transcripts.papers import Meta, make_papers
from transcripts.parsing.transcript import Capacity, Reason
from transcripts.reading import read

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERING = f"""<w:numbering {NS}><w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>"""


def document(body: str, **parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>")
        for name, data in parts.items():
            archive.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def line(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def numbered(words: str, level: int = 0) -> str:
    return line(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="3"/></w:numPr>')


def text_of(body: str, **parts: str) -> str:
    return read(document(body, **parts), "antwoord.docx").text


def test_paragraphs_stand_between_empty_lines_and_a_broken_word_is_whole() -> None:
    body = "<w:p><w:r><w:t>Een ant</w:t></w:r><w:r><w:t>woord</w:t></w:r><w:r><w:br/><w:t>verder.</w:t></w:r></w:p>"
    assert text_of(body + line("Nog een.")) == "Een antwoord\nverder.\n\nNog een."


def test_numbers_that_word_prints_are_part_of_the_text() -> None:
    body = numbered("Een") + numbered("eerste", 1) + numbered("tweede", 1) + numbered("Twee") + numbered("weer", 1)
    assert text_of(body, numbering=NUMBERING).split("\n\n") == [
        "1. Een",
        "a) eerste",
        "b) tweede",
        "2. Twee",
        "a) weer",
    ]


def test_deleted_words_and_the_double_of_a_text_box_stay_out() -> None:
    body = (
        "<w:p><w:r><w:t>Blijft.</w:t></w:r><w:del><w:r><w:delText>Weg.</w:delText></w:r></w:del>"
        "<w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>" + line("In het kader.") + "</w:txbxContent>"
        "</mc:Choice><mc:Fallback><w:txbxContent>" + line("In het kader.") + "</w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(body) == "Blijft.\n\nIn het kader."


def test_cells_of_a_table_are_read_in_order() -> None:
    cells = "".join(f"<w:tc>{line(words)}</w:tc>" for words in ("links", "rechts"))
    assert text_of(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>") == "links\n\nrechts"


def test_pages_begin_where_word_last_drew_them() -> None:
    body = line("Eerste.") + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Tweede.</w:t></w:r></w:p>"
    source = read(document(body), "a.docx")
    assert source.page_starts == (0, source.text.index("Tweede"))


def letter() -> bytes:
    body = (
        line("Hierbij bezorg ik u mijn antwoord.")
        + line("De Vlaams minister van Mobiliteit,")
        + line("Els Wouters")
        + line("Antwoorden op de vragen van het lid Jan Maes (Groen) over de fietsbrug")
        + line("Vraag 1")
        + '<w:p><w:r><w:t>Wanneer gaat de brug open?</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
        + line("Vraag 2")
        + line("Wie betaalt?")
        + line("Antwoord op vraag 1")
        + line("De brug gaat open voor de zomer.")
        + line("Ik bezorg u de planning.")
        + line("Antwoord op de vragen 2 en 3")
        + line("Wij.")
    )
    return document(
        body,
        header1=f"<w:hdr {NS}>{line('Datum')}{line('3 maart 2026')}</w:hdr>",
        footer1=f"<w:ftr {NS}>{line('Pagina 1 van 2')}</w:ftr>",
        footnotes=f'<w:footnotes {NS}><w:footnote w:id="2">{line("Zie daar.")}</w:footnote></w:footnotes>',
    )


def test_answers_that_repeat_the_questions_are_the_ministers_who_signed_the_letter() -> None:
    (paper,) = make_papers(letter(), "antwoord.docx")
    transcript = paper.transcript
    assert transcript.said_on == date(2026, 3, 3)
    turns = [(turn.speaker.name, turn.speaker.capacity, turn.answer_to, turn.text) for turn in transcript.turns()]
    assert turns == [
        ("Jan Maes", Capacity.MEMBER, "", "Wanneer gaat de brug open?"),
        ("Jan Maes", Capacity.MEMBER, "", "Wie betaalt?"),
        ("Els Wouters", Capacity.MINISTER, "1", "De brug gaat open voor de zomer.\nIk bezorg u de planning."),
        ("Els Wouters", Capacity.MINISTER, "2, 3", "Wij."),
    ]
    (question,) = transcript.items[0].questions
    assert (question.asker, question.addressee) == ("Jan Maes", "Els Wouters")


def test_headers_footers_and_notes_of_the_letter_are_accounted_for_as_such() -> None:
    (paper,) = make_papers(letter(), "antwoord.docx", Meta(minister="Ko Jans"))
    found = {
        reason: [paper.source.text[run.start : run.end] for run in paper.transcript.account if run.reason is reason]
        for reason in Reason
    }
    assert found[Reason.NOT_UNDERSTOOD] == []
    assert "".join(found[Reason.PAGE_HEADER]).split("\n\n") == ["Datum", "3 maart 2026"]
    assert found[Reason.PAGE_FOOTER] == ["Pagina 1 van 2"]
    assert found[Reason.NOTE] == ["[2] Zie daar."]
    assert {turn.speaker.name for turn in paper.transcript.turns()} == {"Jan Maes", "Ko Jans"}
