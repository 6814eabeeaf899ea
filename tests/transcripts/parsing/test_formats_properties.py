"""Whatever words a container holds: none of them disappears, and each character is accounted for once."""

import csv
import io
from datetime import date
from html import escape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from transcripts.papers import Meta, Paper, make_papers
from transcripts.parsing.transcript import DocumentKind

# Signs with which UTF-8 begins when it was read wrongly are left out: such words are repaired, not kept.
LEADS = "".join(map(chr, range(0xC2, 0xF5)))
SIGNS = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"), exclude_characters="\ufeff\ufffd" + LEADS
)
WORDS = st.text(SIGNS, min_size=1, max_size=60)
SPOKEN = st.lists(WORDS, min_size=1, max_size=5)
TURNS = st.lists(
    st.tuples(st.sampled_from(["De voorzitter", "Jan Maes (Groen)", "Minister Els Wouters", ""]), SPOKEN),
    min_size=1,
    max_size=6,
)
META = Meta(kind=DocumentKind.REPORT, date=date(2026, 3, 3))


def check(paper: Paper, spoken: list[str]) -> None:
    text = paper.source.text
    account = paper.transcript.account
    assert account[0].start == 0
    assert account[-1].end == len(text)
    assert all(before.end == run.start for before, run in pairwise(account))
    for turn in paper.transcript.turns():
        for here, there, size in turn.passage.pieces:
            assert turn.text[here : here + size] == text[there : there + size]
    bare = "".join(text.split())
    for words in spoken:
        assert "".join(words.split()) in bare


def said(turns: list[tuple[str, list[str]]]) -> list[str]:
    return [words for _, spoken in turns for words in spoken]


@given(TURNS)
def test_no_word_of_a_web_page_disappears(turns: list[tuple[str, list[str]]]) -> None:
    speeches = "".join(
        f'<div class="meeting-speech"><div class="meeting-speech__title">{escape(who)}</div>'
        f'<div class="meeting-speech__value">{"".join(f"<p>{escape(words)}</p>" for words in spoken)}</div></div>'
        for who, spoken in turns
    )
    listed = f'<div class="meeting-speeches__list">{speeches}</div>'
    page = f'<!DOCTYPE html><meta charset="utf-8"><p>Begin</p>{listed}<p>Eind</p>'
    (paper,) = make_papers(page.encode(), "p.html", META)
    check(paper, ["Begin", "Eind", *said(turns)])


@given(TURNS)
def test_no_word_of_a_sitting_disappears(turns: list[tuple[str, list[str]]]) -> None:
    speeches = "".join(
        f'<u who="#a"><note>{escape(who)}:</note>'
        + "".join(f'<seg xml:lang="{("nl", "fr")[at % 2]}">{escape(words)}</seg>' for at, words in enumerate(spoken))
        + "</u>"
        for who, spoken in turns
    )
    sitting = f"<TEI><text><body><div><head>Kop</head>{speeches}</div></body></text></TEI>"
    (paper,) = make_papers(sitting.encode(), "v.xml", META)
    check(paper, ["Kop", *said(turns)])
    assert len(paper.transcript.turns()) == len(turns)


@given(TURNS)
def test_no_word_of_an_export_disappears(turns: list[tuple[str, list[str]]]) -> None:
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow(["titel", "spreker", "sprekertekst", "datum", "question_id", "speech_link"])
    for who, spoken in turns:
        rows.writerow(["over fietsen", who, "\n".join(spoken), "dinsdag 3 maart 2026", "2.0", ""])
    (paper,) = make_papers(out.getvalue().encode(), "e_content.csv", META)
    check(paper, ["over fietsen", *(words for words in said(turns) if words.strip())])


@given(TURNS)
def test_no_word_of_a_publication_disappears(turns: list[tuple[str, list[str]]]) -> None:
    speeches = "".join(
        f"<spreekbeurt><spreker><naam>{escape(who)}</naam></spreker>:<tekst>"
        + "".join(f"<al>{escape(words)}</al>" for words in spoken)
        + "</tekst></spreekbeurt>"
        for who, spoken in turns
    )
    page = (
        f"<handelingen><agendapunt><item-titel>Kop</item-titel>{speeches}<slot>Eind</slot></agendapunt></handelingen>"
    )
    (paper,) = make_papers(page.encode(), "h.xml", META)
    check(paper, ["Kop", "Eind", *said(turns)])
