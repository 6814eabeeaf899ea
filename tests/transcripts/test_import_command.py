"""`import_transcripts`: a line per file, a sentence per bad one, and nothing half-imported."""

import gc
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from tests import papers
from transcripts.models import Document
from transcripts.parsing.transcript import Transcript
from transcripts.services import files

pytestmark = pytest.mark.django_db

REPORT = """VRAAG OM UITLEG van Karim Daems aan Els Vanrode, Vlaams minister van Wonen
en Energie, over de renovatiepremies

– 101 (2025-2026)

Voorzitter: mevrouw Griet Pauwels

De voorzitter: De heer Daems heeft het woord.

Karim Daems (Groen): Wanneer komt het rapport?

Minister Els Vanrode: Het ligt bij de administratie. Ik bezorg het u schriftelijk.

De vraag om uitleg is afgehandeld.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "verslag.txt"
    path.write_text(REPORT, encoding="utf-8")
    path.with_name("verslag.meta.toml").write_text("date = 2025-10-14\n", encoding="utf-8")
    return path


def test_one_line_says_what_was_found(report, capsys):
    call_command("import_transcripts", report)
    out, err = capsys.readouterr()
    assert out.startswith("verslag.txt: imported, 2025-10-14, 1 item, 1 question, 3 turns, 3 speakers, characters: ")
    assert out.rstrip().endswith("0 warnings")
    assert out.count("\n") == 1
    assert err == ""


def test_a_second_time_it_says_that_nothing_changed(report, capsys):
    call_command("import_transcripts", report)
    call_command("import_transcripts", report)
    assert "verslag.txt: unchanged, " in capsys.readouterr().out
    assert Document.objects.count() == 1


def test_the_date_may_come_with_the_call(report):
    report.with_name("verslag.meta.toml").unlink()
    call_command("import_transcripts", report, "--date", "2025-10-15")
    assert str(Document.objects.get().date) == "2025-10-15"


def bad_files(folder: Path) -> dict[str, Path]:
    made = {
        "picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8,
        "empty": b"",
        "undated": REPORT.replace("101 (2025-2026)", "102").encode(),
    }
    for name, data in made.items():
        (folder / f"{name}.txt").write_bytes(data)
    return {name: folder / f"{name}.txt" for name in made}


def test_bad_files_get_one_sentence_each_and_the_others_are_imported(report, capsys):
    bad = bad_files(report.parent)
    with pytest.raises(SystemExit) as stopped:
        call_command("import_transcripts", bad["picture"], bad["empty"], bad["undated"], report)
    out, err = capsys.readouterr()
    assert stopped.value.code == 1
    assert [line.partition(":")[0] for line in err.splitlines()] == ["picture.txt", "empty.txt", "undated.txt"]
    assert "undated.meta.toml" in err
    assert "verslag.txt: imported" in out
    assert list(Document.objects.values_list("file_name", flat=True)) == ["verslag.txt"]


def test_an_error_in_the_program_is_told_and_leaves_the_other_files_alone(report, capsys, monkeypatch):
    other = report.with_name("ander.txt")
    other.write_text(REPORT.replace("101", "103"), encoding="utf-8")
    other.with_name("ander.meta.toml").write_text("date = 2025-10-15\n", encoding="utf-8")
    real = files.import_paper

    def fails_on_the_first(*, paper, document):
        if paper.name == "verslag.txt":
            raise ZeroDivisionError("a mistake")
        return real(paper=paper, document=document)

    monkeypatch.setattr(files, "import_paper", fails_on_the_first)
    with pytest.raises(SystemExit):
        call_command("import_transcripts", report, other)
    assert "verslag.txt: an error in the program" in capsys.readouterr().err
    assert Document.objects.get().file_name == "ander.txt"


def test_the_real_reports_come_in_whole(shared, capsys):
    files = sorted((shared / "corpus" / "verslagen").glob("*.txt"))
    call_command("import_transcripts", *files)
    assert Document.objects.count() == len(files) == 4
    report = Document.objects.get(file_name="c151-2023-02-28.txt")
    assert report.items.count() == 8
    assert sum(item.questions.count() for item in report.items.all()) == 10
    assert sum(item.speeches.count() for item in report.items.all()) == 84
    assert not any(item.speeches.filter(person__isnull=True).exists() for item in report.items.all())
    for document in Document.objects.all():
        assert sum(document.account.values()) == len(document.text)


def test_a_file_of_several_meetings_comes_in_whole_or_not_at_all(report, capsys, monkeypatch):
    several = [papers.paper(), papers.paper(number="C100", said_on=date(2025, 11, 4))]
    monkeypatch.setattr(files, "open_papers", lambda *_, **__: several)
    real = files.import_paper

    def fails_on_the_second(*, paper):
        if paper is several[1]:
            raise ZeroDivisionError("a mistake")
        return real(paper=paper)

    with monkeypatch.context() as patch:
        patch.setattr(files, "import_paper", fails_on_the_second)
        with pytest.raises(SystemExit):
            call_command("import_transcripts", report)
    assert not Document.objects.exists()
    call_command("import_transcripts", report)
    assert Document.objects.count() == 2


def test_a_corrected_file_is_told_as_a_version_with_what_it_changed(report, capsys):
    call_command("import_transcripts", report)
    report.write_text(REPORT.replace("administratie", "minister-president"), encoding="utf-8")
    call_command("import_transcripts", report)
    out = capsys.readouterr().out
    assert "verslag.txt: updated to version 2, " in out
    assert "\n  1 turn changed:\n  Minister Els Vanrode (p. 1, " in out
    report.write_text(REPORT, encoding="utf-8")
    call_command("import_transcripts", report)
    assert "unchanged (it is version 1, and version 2 is here)" in capsys.readouterr().out


def test_of_a_folder_every_paper_is_imported_and_nothing_else(report, capsys):
    (report.parent / ".hidden.txt").write_text("x")
    (report.parent / "binnen").mkdir()
    call_command("import_transcripts", report.parent)
    out, err = capsys.readouterr()
    assert out.startswith("verslag.txt: imported")
    assert (out.count("\n"), err) == (1, "")


def test_many_files_are_held_one_at_a_time(report, monkeypatch):
    def held() -> int:
        gc.collect()
        return sum(type(one) is Transcript for one in gc.get_objects())

    real, before, counts = files.open_papers, held(), []

    def counted(*given, **options):
        counts.append(held() - before)
        return real(*given, **options)

    monkeypatch.setattr(files, "open_papers", counted)
    paths = []
    for number in range(5):
        path = report.with_name(f"v{number}.txt")
        path.write_text(REPORT.replace("101 (", f"{200 + number} ("), encoding="utf-8")
        paths.append(path)
    for outcome in files.import_files(paths, said_on=date(2025, 10, 14)):
        assert outcome.problem is None
        del outcome
    assert counts == [0] * len(paths)


def test_the_same_file_with_another_date_is_read_anew_and_says_what_changed(report, capsys):
    call_command("import_transcripts", report, "--date=2022-01-01")
    call_command("import_transcripts", report, "--date=2023-02-28")
    call_command("import_transcripts", report, "--date=2023-02-28")
    out = capsys.readouterr().out.splitlines()[1:]
    assert out[0].startswith("verslag.txt: updated to version 2, 2023-02-28")
    assert any("date: “2022-01-01” became “2023-02-28”" in line for line in out)
    assert out[-1].startswith("verslag.txt: unchanged, 2023-02-28")
