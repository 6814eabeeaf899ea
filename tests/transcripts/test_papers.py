"""Papers on disk: the bytes, the small file beside them, and sentences that say what is missing."""

import hashlib
import os
from datetime import date
from pathlib import Path

import pytest

from transcripts.papers import Meta, make_paper, open_paper, read_meta
from transcripts.parsing import LackingError
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading import UnreadableError

REPORT = "De voorzitter: De vergadering is geopend.\n\nBo De Wit (N-VA): Dank u.\n"
NOTE = "Beleidsnota Landbouw\n\nIk leg tegen 2026 een plan voor.\n"


@pytest.fixture
def paper(tmp_path):
    """Write a paper with what stands beside it; returns its path."""

    def write(text=REPORT, meta=None, name="c1.txt"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        if meta is not None:
            path.with_name(f"{path.stem}.meta.toml").write_text(meta, encoding="utf-8")
        return path

    return write


def test_a_paper_is_its_bytes_its_text_and_what_was_understood(paper):
    path = paper(meta="date = 2024-03-12\n")
    found = open_paper(path)
    assert (found.name, found.stem) == ("c1.txt", "c1")
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.source.text == REPORT
    assert found.transcript.said_on == date(2024, 3, 12)
    assert found.transcript.kind is DocumentKind.REPORT


def test_the_file_beside_a_paper_says_what_the_paper_does_not(paper):
    meta = 'kind = "beleidsnota"\ndate = 2024-11-08\nminister = "Rita Maes"\ntitle = "Onze hoeven"\n'
    path = paper(NOTE, meta + 'url = "https://www.voorbeeld.be/nota"\n')
    assert read_meta(path) == Meta(
        DocumentKind.POLICY_NOTE, date(2024, 11, 8), "Rita Maes", "Onze hoeven", "https://www.voorbeeld.be/nota"
    )
    transcript = open_paper(path).transcript
    assert (transcript.title, transcript.said_on) == ("Onze hoeven", date(2024, 11, 8))
    assert transcript.turns()[0].speaker.name == "Rita Maes"


def test_what_is_given_counts_before_the_file_beside_it(paper):
    path = paper(NOTE, 'kind = "beleidsnota"\ndate = 2024-11-08\nminister = "Rita Maes"\n')
    found = open_paper(path, said_on=date(2024, 12, 1), minister="Jo Claes")
    assert found.transcript.said_on == date(2024, 12, 1)
    assert found.transcript.turns()[0].speaker.name == "Jo Claes"


def test_without_a_file_beside_it_nothing_is_known(tmp_path):
    assert read_meta(tmp_path / "c1.txt") == Meta()


def test_a_missing_date_is_asked_for_in_words_that_name_the_file_to_write(paper):
    with pytest.raises(LackingError) as asked:
        open_paper(paper())
    assert asked.value.lacks == "date"
    assert str(asked.value) == (
        "c1.txt: no meeting date found in the text; give --date YYYY-MM-DD or write c1.meta.toml with a line "
        "date = 2023-02-28"
    )


def test_a_missing_kind_and_a_missing_minister_are_asked_for_likewise(paper):
    with pytest.raises(LackingError, match=r"c2\.txt: the kind .* --kind .* c2\.meta\.toml"):
        open_paper(paper("Zomaar een briefje.\n", name="c2.txt"))
    with pytest.raises(LackingError, match=r"c3\.txt: no minister .* --minister NAME .* c3\.meta\.toml"):
        open_paper(paper(NOTE, 'kind = "beleidsnota"\ndate = 2024-11-08\n', name="c3.txt"))


def test_the_day_of_a_written_question_is_that_of_its_answer(paper):
    text = "Landbouw - Oogst\n\nWanneer begint de oogst?\n\nANTWOORD\n\nIn juli.\n"
    with pytest.raises(LackingError, match="no date of the answer found"):
        open_paper(paper(text, 'kind = "schriftelijke-vraag"\n'))


@pytest.mark.parametrize(
    ("meta", "words"),
    [
        ("datum = 2024-01-01", "unknown key datum; known are kind, date, minister, title, url"),
        ('kind = "brief"', "kind is one of verslag, schriftelijke-vraag, beleidsnota, not brief"),
        ('date = "gisteren"', "date must be a day"),
        ("date = 12", "date must be a day"),
        ("minister = 3", "minister must be words between quotation marks"),
        ('url = "javascript:alert(1)"', "url must begin with https:// or http://"),
        (f'url = "https://voorbeeld.be/{"a" * 500}"', "url may have 500 characters at the most"),
        ("date = ", "not readable as TOML"),
    ],
)
def test_what_is_not_understood_in_the_file_beside_it_is_said_in_one_sentence(paper, meta, words):
    with pytest.raises(UnreadableError) as refused:
        open_paper(paper(meta=meta))
    assert str(refused.value).startswith(f"c1.meta.toml: {words}")
    assert "\n" not in str(refused.value)


def test_a_date_between_quotation_marks_is_a_date_too(paper):
    assert open_paper(paper(meta='date = "2024-03-12"')).transcript.said_on == date(2024, 3, 12)


def test_a_folder_and_a_missing_file_are_refused_in_words(tmp_path):
    with pytest.raises(UnreadableError, match="this is a folder"):
        open_paper(tmp_path)
    with pytest.raises(UnreadableError, match="there is no such file"):
        open_paper(tmp_path / "weg.txt")
    with pytest.raises(UnreadableError, match="cannot be opened"):
        open_paper(tmp_path / "te\0gek.txt")


def test_bytes_that_were_handed_in_are_read_likewise():
    found = make_paper(REPORT.encode(), "map/../c9.txt", Meta(date=date(2024, 3, 12)))
    assert (found.name, found.stem) == ("c9.txt", "c9")
    with pytest.raises(UnreadableError, match=r"^c9\.txt: .* write c9\.meta\.toml"):
        make_paper(REPORT.encode(), "map/../c9.txt")


def test_a_file_that_is_too_large_is_not_read(paper, monkeypatch):
    path = paper()
    monkeypatch.setattr("transcripts.papers.LARGEST", 10)
    with pytest.raises(UnreadableError, match="larger than"):
        open_paper(path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "verslag.txt"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableError, match=r"verslag\.txt: this is a device or a pipe; give a file\."):
        open_paper(pipe)
