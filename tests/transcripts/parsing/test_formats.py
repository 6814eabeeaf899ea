"""Reports that come structured: who speaks, on which item, and where every character of the container's words went."""

import quopri
import re
from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from transcripts.papers import Meta, Paper, make_papers, open_paper, open_papers
from transcripts.parsing.transcript import Capacity, Reason
from transcripts.reading import UnreadableError

SAMPLES = Path(__file__).parent.parent / "samples" / "formats"
EXPORT = "mobiliteit_2026-03-10_content.csv"
NAMES = sorted(
    path.name for path in SAMPLES.iterdir() if path.name != "Voorbeeld.xml" and not path.name.endswith("_meetings.csv")
)


def who(paper: Paper) -> list[tuple[str, str, str]]:
    return [(turn.speaker.name, turn.speaker.capacity.value, turn.text) for turn in paper.transcript.turns()]


def words(paper: Paper, reason: Reason) -> list[str]:
    return [paper.source.text[run.start : run.end] for run in paper.transcript.account if run.reason is reason]


@pytest.mark.parametrize("name", NAMES)
def test_every_character_is_accounted_for_once(name: str) -> None:
    for paper in open_papers(SAMPLES / name):
        account = paper.transcript.account
        assert account[0].start == 0
        assert account[-1].end == len(paper.source.text)
        assert all(before.end == run.start for before, run in pairwise(account))
        assert words(paper, Reason.NOT_UNDERSTOOD) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_piece_of_a_turn_stands_in_the_text_as_read(name: str) -> None:
    for paper in open_papers(SAMPLES / name):
        for turn in paper.transcript.turns():
            for here, there, size in turn.passage.pieces:
                assert turn.text[here : here + size] == paper.source.text[there : there + size]
                assert turn.start <= there <= there + size <= turn.end


# Web pages


def test_a_page_names_who_speaks_by_its_titles_and_by_whom_the_chair_announces() -> None:
    paper = open_paper(SAMPLES / "verslag-pagina.html")
    assert who(paper) == [
        ("", "chair", "De heer Maes heeft het woord."),
        (
            "Jan Maes",
            "member",
            "Minister, de fietsbrug ligt er al drie jaar half af.\nWanneer gaat ze open?",
        ),
        ("", "chair", "Minister Wouters heeft het woord."),
        ("Els Wouters", "minister", "Ik bezorg de commissie de nieuwe planning voor het einde van dit jaar."),
        ("", "chair", "De vraag om uitleg is afgehandeld."),
    ]
    member = paper.transcript.turns()[1]
    assert member.speaker.party == "Groen"
    assert [words for _, words in member.notes] == ["(Applaus bij Groen)"]


def test_a_page_tells_its_meeting_its_day_and_its_question() -> None:
    transcript = open_paper(SAMPLES / "verslag-pagina.html").transcript
    assert transcript.said_on == date(2026, 3, 3)
    assert transcript.committee == "Commissie voor Mobiliteit en Openbare Werken"
    (item,) = transcript.items
    (question,) = item.questions
    assert (item.kind, item.title) == ("vraag om uitleg", "de toekomst van de fietsbrug")
    assert (question.number, question.session) == ("512", "2025-2026")
    assert (question.asker, question.addressee, question.addressee_title) == ("Jan Maes", "Els Wouters", "minister")


def test_a_page_saved_as_a_single_file_reads_as_the_page() -> None:
    page = (SAMPLES / "verslag-pagina.html").read_bytes()
    saved = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="grens"\r\n\r\n--grens\r\n'
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(page)
        + b"\r\n--grens\r\nContent-Type: image/png\r\n"
        + b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0=\r\n--grens--\r\n"
    )
    (paper,) = make_papers(saved, "verslag.mhtml")
    assert who(paper) == who(open_paper(SAMPLES / "verslag-pagina.html"))


def test_menus_and_buttons_of_a_page_are_furniture_and_scripts_are_nothing() -> None:
    paper = open_paper(SAMPLES / "verslag-pagina.html")
    assert "teller" not in paper.source.text
    assert " ".join(words(paper, Reason.PAGE_HEADER)).split() == ["Home", "Parlementair", "werk"]
    assert {"Contact", "Privacy", "Deel deze tussenkomst"} <= set(
        "\n".join(words(paper, Reason.PAGE_FOOTER)).split("\n")
    )


def test_a_page_copied_out_is_read_by_its_bare_names_and_by_whom_the_chair_announces() -> None:
    turns = who(open_paper(SAMPLES / "verslag-pagina-oud.txt"))
    assert [(name, capacity) for name, capacity, _ in turns] == [
        ("", "chair"),
        ("Jan Maes", "member"),
        ("", "chair"),
        ("Els Wouters", "minister"),
        ("An Peeters", "chair"),
        ("Jan Maes", "member"),
        ("An Peeters", "chair"),
        ("De Smet", "member"),
        ("An Peeters", "chair"),
        ("Els Wouters", "minister"),
        ("An Peeters", "chair"),
    ]
    assert turns[3][2] == "Er zijn er veel.\nIk bezorg u de lijst voor het einde van het jaar."


def test_a_turn_nobody_is_named_for_is_kept_and_told() -> None:
    page = (
        '<html><body><date class="meeting-header__date-full">3 maart 2026</date><div class="meeting-speeches__list">'
        '<div class="meeting-speech"><div class="meeting-speech__title">De voorzitter</div><p>Dag allemaal.</p></div>'
        '<div class="meeting-speech"><p>Ik heb iets te zeggen.</p></div></div></body></html>'
    )
    (paper,) = make_papers(page.encode(), "p.html")
    assert who(paper)[1] == ("", "other", "Ik heb iets te zeggen.")
    assert any("names nobody" in warning for warning in paper.transcript.warnings)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Gedachtewisseling over het rapport van de kustwacht", "gedachtewisseling"),
        ("Hoorzitting met Els Wouters", "hoorzitting"),
        ("Vraag om uitleg over de kustwacht", "vraag om uitleg"),
        ("Hoe de kust wordt bewaakt", "agendapunt"),
    ],
)
def test_the_title_of_an_item_tells_its_kind(title: str, kind: str) -> None:
    page = (
        '<html><body><date class="meeting-header__date-full">3 maart 2026</date>'
        f'<h2>{title}</h2><div class="meeting-speeches__list"><div class="meeting-speech">'
        '<div class="meeting-speech__title">De voorzitter</div><p>De vergadering is open.</p></div></div></body></html>'
    )
    (paper,) = make_papers(page.encode(), "p.html")
    assert [item.kind for item in paper.transcript.items] == [kind]


def test_a_name_on_a_line_of_its_own_speaks_though_nobody_announced_it() -> None:
    lines = (
        "De voorzitter",
        "De heer Maes heeft het woord.",
        "Ik heb een vraag. (Rumoer)",
        "Griet De Smet",
        "Ik ook, voorzitter.",
        "De bespreking is gesloten.",
        "De voorzitter",
        "Mevrouw De Smet heeft het woord.",
    )
    (paper,) = make_papers("\n\n".join(lines).encode(), "p.txt", Meta(date=date(2016, 5, 12)))
    assert who(paper)[1:4] == [
        ("Maes", "member", "Ik heb een vraag."),
        ("Griet De Smet", "member", "Ik ook, voorzitter."),
        ("", "chair", "De bespreking is gesloten."),
    ]


# The committee export


def test_each_meeting_of_an_export_is_a_paper_of_its_own() -> None:
    first, second = open_papers(SAMPLES / EXPORT)
    assert (first.transcript.said_on, second.transcript.said_on) == (date(2026, 3, 3), date(2026, 3, 10))
    assert first.stem == "mobiliteit_2026-03-10_content-9000001"
    with pytest.raises(UnreadableError, match="2 meetings"):
        open_paper(SAMPLES / EXPORT)


def test_items_of_an_export_stand_in_the_order_of_the_agenda_with_their_joined_questions() -> None:
    _, meeting = open_papers(SAMPLES / EXPORT)
    assert [item.title for item in meeting.transcript.items] == ["de snelbussen", "de deelfietsen"]
    numbers = [[question.number for question in item.questions] for item in meeting.transcript.items]
    assert numbers == [["801", "822"], ["830"]]  # 822 was joined: its asker speaks; 840 was not put
    assert meeting.transcript.items[1].questions[0].addressee == "Els Wouters"


def test_a_turn_that_comes_back_in_an_export_is_kept_once_and_the_rest_accounted_as_repeated() -> None:
    _, meeting = open_papers(SAMPLES / EXPORT)
    speakers = Counter(turn.speaker.name for turn in meeting.transcript.items[0].turns)
    assert speakers == {"Jan Maes": 1, "Els Wouters": 1, "An De Smet": 1}
    (again,) = words(meeting, Reason.REPEATED)
    assert again.startswith("Jan Maes (Groen): Minister")
    assert meeting.transcript.items[0].chair == "Bo Geerts"


def test_placeholders_of_a_provisional_report_are_told() -> None:
    _, meeting = open_papers(SAMPLES / EXPORT)
    assert any("provisional: 1 turn is" in warning for warning in meeting.transcript.warnings)


def test_a_meeting_that_comes_back_in_a_later_export_is_the_same_paper() -> None:
    data = (SAMPLES / EXPORT).read_bytes()
    head, *rows = data.decode().splitlines(keepends=True)
    later = "".join([head, *(row for row in rows if "/9000001/" in row)]).encode()
    first = make_papers(data, EXPORT)[0]
    (again,) = make_papers(later, "later_content.csv")
    assert again.sha256 == first.sha256


def test_an_export_without_its_agenda_is_read_without_numbers() -> None:
    papers = make_papers((SAMPLES / EXPORT).read_bytes(), EXPORT)
    assert all(not item.questions for paper in papers for item in paper.transcript.items)
    assert [len(paper.transcript.turns()) for paper in papers] == [2, 5]


# TEI


def test_only_dutch_is_read_and_the_rest_is_accounted_as_another_language() -> None:
    paper = open_paper(SAMPLES / "Voorbeeld_2018-02-06_commissie.xml")
    assert who(paper) == [
        ("An Vande Velde", "chair", "Wij beginnen met de vraag van de heer Dubois."),
        ("Luc Dubois", "member", "Wanneer rijdt de eerste trein?"),
        ("Jo Claes", "minister", "De eerste trein rijdt volgend jaar.\nIk bezorg u de dienstregeling."),
        ("Luc Dubois", "member", ""),
    ]
    assert words(paper, Reason.FOREIGN) == ["Monsieur le ministre, bonjour.", "Voilà.", "Une autre question."]
    assert paper.transcript.turns()[2].notes == ((21, "(Rumoer)"),)


def test_the_list_of_persons_beside_a_sitting_gives_names_parties_of_the_day_and_offices() -> None:
    speakers = [turn.speaker for turn in open_paper(SAMPLES / "Voorbeeld_2018-02-06_commissie.xml").transcript.turns()]
    assert [(one.name, one.party) for one in speakers[:2]] == [("An Vande Velde", "PA"), ("Luc Dubois", "PB")]
    assert speakers[2].capacity is Capacity.MINISTER  # u@ana says nothing


def test_without_the_list_of_persons_names_come_from_labels_and_ids() -> None:
    data = (SAMPLES / "Voorbeeld_2018-02-06_commissie.xml").read_bytes()
    (paper,) = make_papers(data, "Voorbeeld_2018-02-06_commissie.xml")
    assert [turn.speaker.name for turn in paper.transcript.turns()] == [
        "An Vande Velde",
        "Luc Dubois",
        "Jo Claes",
        "Luc Dubois",
    ]


def test_a_broken_list_of_persons_is_told_and_the_sitting_is_read() -> None:
    data = (SAMPLES / "Voorbeeld_2018-02-06_commissie.xml").read_bytes()
    (paper,) = make_papers(data, "Voorbeeld_2018-02-06_commissie.xml", Meta(), lambda name: b"<teiCorpus>")
    assert any("was not read along" in warning for warning in paper.transcript.warnings)
    assert len(paper.transcript.turns()) == 4


def test_the_newer_edition_tells_items_and_questions_in_its_notes() -> None:
    paper = open_paper(SAMPLES / "Voorbeeld_2020-06-17_nieuw.xml")
    first, second = paper.transcript.items
    assert [question.number for question in first.questions] == ["55001234C", "55001235C"]
    assert [question.subject for question in second.questions] == ["De hop"]
    assert (first.questions[0].asker, first.questions[0].addressee) == ("Luc Dubois", "Jo Claes")
    assert first.questions[0].addressee_title == "Landbouw"
    assert [turn.speaker.label for turn in first.turns] == ["Luc Dubois (PB)", "Minister Jo Claes"]
    assert second.turns[0].speaker.name == "An Vande Velde"
    (french,) = words(paper, Reason.FOREIGN)
    assert french.startswith("01 Questions jointes de")


# The Netherlands


def test_who_interrupts_gets_a_turn_and_who_was_interrupted_goes_on_in_another() -> None:
    paper = open_paper(SAMPLES / "vlos.xml")
    assert who(paper) == [
        ("Jan van der Plas", "member", "Wij vinden dit niet goed."),
        ("Els Jansen", "minister", "Ik stuur de Kamer een brief."),
        ("Jan van der Plas", "member", "Dan ga ik verder."),
        ("Bo Groot", "chair", "Dank u wel."),
    ]
    assert paper.transcript.said_on == date(2024, 4, 9)
    assert paper.transcript.items[0].title == "Klimaat"


@pytest.mark.parametrize("before", ["", "\ufeff", "\ufeff\ufeff", "ï»¿\n", "\ufeffï»¿"])
def test_an_official_publication_is_read_behind_whatever_marks(before: str) -> None:
    text = (SAMPLES / "handelingen.xml").read_text(encoding="utf-8")
    (paper,) = make_papers((before + text).encode(), "h.xml")
    assert who(paper) == [
        ("", "chair", "Ik geef het woord aan mevrouw De Wit."),
        ("De Wit", "member", "Dank u.\nKomt er een helm?"),
        ("Jansen", "minister", "Ik stuur de Kamer een brief."),
    ]
    assert paper.transcript.said_on == date(2018, 4, 5)


def test_ids_that_come_twice_or_are_no_names_are_no_reason_to_refuse_a_document() -> None:
    text = (SAMPLES / "Voorbeeld_2018-02-06_commissie.xml").read_text(encoding="utf-8")
    text = text.replace("<u ", '<u xml:id="1 u" ')
    (paper,) = make_papers(text.encode(), "v.xml")
    assert len(paper.transcript.turns()) == 4


@pytest.mark.parametrize(
    ("family", "name"), [("Plas, van der", "An van der Plas"), ("Van der Plas", "An Van der Plas"), ("Bos", "An Bos")]
)
def test_the_particles_of_a_family_name_stand_where_they_are_spoken(family: str, name: str) -> None:
    document = (SAMPLES / "vlos.xml").read_text("utf-8")
    first = re.search(r"<voornaam>.*?</voornaam>\s*(?:<tussenvoegsel/?>)?\s*<achternaam>.*?</achternaam>", document)
    assert first
    changed = document.replace(first[0], f"<voornaam>An</voornaam><achternaam>{family}</achternaam>", 1)
    changed = changed.replace("<activiteit ", "<voortzetting>false</voortzetting><activiteit ", 1)
    (paper,) = make_papers(changed.encode(), "vlos.xml")
    assert name in {turn.speaker.name for turn in paper.transcript.turns()}
    assert words(paper, Reason.NOT_UNDERSTOOD) == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_an_export_that_went_through_a_spreadsheet_reads_the_same(encoding: str) -> None:
    head = "titel;spreker;sprekertekst;datum\n"
    rows = [
        ("over fietsen", "Jan Maes (Groen)", "Één vraag; en nog één."),
        ("over bussen", "Minister Els Wouters", "Ja."),
    ]
    text = head + "".join(f'{title};{speaker};"{said}";dinsdag 3 maart 2026\n' for title, speaker, said in rows)
    if encoding == "utf-16":
        text = "\t".join(head.split(";")) + "".join(f"{a}\t{b}\t{c}\tdinsdag 3 maart 2026\n" for a, b, c in rows)
    (paper,) = make_papers(text.replace("\n", "\r\n").encode(encoding), "uitvoer.csv")
    assert [turn.text for turn in paper.transcript.turns()] == ["Één vraag; en nog één.", "Ja."]
    assert [item.title for item in paper.transcript.items] == ["fietsen", "bussen"]
