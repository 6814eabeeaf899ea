"""`extract` prints a JSON object per proposed statement, needs no database, and goes on after an unreadable file."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

FIELDS = {
    "doc", "question", "speaker", "said_on", "quote", "start", "end", "kind", "conditional", "confidence",
    "due_text", "due_start", "due_end", "precision", "cues",
}  # fmt: skip

REPORT = """VRAAG OM UITLEG van Karlien De Meyst aan Liesbet Verhaeren, Vlaams minister van Mobiliteit,
over de fietspaden
– 214 (2030-2031)

Voorzitter: de heer Luc Baetens

De voorzitter: Mevrouw De Meyst heeft het woord.

Karlien De Meyst (Groen): Minister, zult u de fietspaden herstellen?

De voorzitter: Minister Verhaeren heeft het woord.

Minister Liesbet Verhaeren: Dank u. Tegen eind septem-
ber zal er een inventaris worden gepubliceerd. Ik zal u die
schriftelijk bezorgen.

De voorzitter: De vraag om uitleg is afgehandeld.
"""

NOTE = "Ik breid het aantal fietspaden uit.\n\nIk lanceer in 2032 een oproep voor gemeenten.\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "fietspaden.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def extract(*args: object) -> tuple[list[dict], str, int]:
    """Return the rows printed, what went to standard error, and the exit status."""
    out, err, status = StringIO(), StringIO(), 0
    try:
        call_command("extract", *map(str, args), stdout=out, stderr=err)
    except SystemExit as stop:
        status = stop.code
    return [json.loads(line) for line in out.getvalue().splitlines()], err.getvalue(), status


def test_a_report_gives_a_row_for_each_promise(report: Path) -> None:
    rows, err, status = extract(report, "--date", "2031-03-04")
    assert (err, status) == ("", 0)
    inventory, letter = rows
    assert set(inventory) == FIELDS
    assert inventory["doc"] == "fietspaden"
    assert inventory["question"] == "214"
    assert inventory["speaker"] == "Liesbet Verhaeren"
    assert inventory["said_on"] == "2031-03-04"
    assert inventory["quote"] == "Tegen eind september zal er een inventaris worden gepubliceerd."
    assert (inventory["due_end"], inventory["precision"]) == ("2031-09-30", "month")
    assert 0 <= inventory["confidence"] <= 1
    assert "einddatum" in inventory["cues"]
    assert (letter["kind"], letter["due_text"], letter["due_start"], letter["due_end"]) == ("inform", "", None, None)


def test_start_and_end_count_in_the_text_as_read(report: Path) -> None:
    rows, _, _ = extract(report, "--date", "2031-03-04")
    text = report.read_text(encoding="utf-8")
    assert text[rows[0]["start"] : rows[0]["end"]] == (
        "Tegen eind septem-\nber zal er een inventaris worden gepubliceerd."
    )


def test_the_file_beside_a_paper_says_what_the_paper_does_not(tmp_path: Path) -> None:
    (tmp_path / "nota.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "nota.meta.toml").write_text(
        'kind = "beleidsnota"\ndate = 2031-03-04\nminister = "Liesbet Verhaeren"\n', encoding="utf-8"
    )
    rows, err, status = extract(tmp_path / "nota.txt")
    assert (err, status) == ("", 0)
    assert [row["due_end"] for row in rows] == [None, "2032-12-31"]
    assert {row["speaker"] for row in rows} == {"Liesbet Verhaeren"}


def test_a_file_that_cannot_be_read_gets_one_sentence_and_the_others_are_done(report: Path, tmp_path: Path) -> None:
    empty = tmp_path / "leeg.txt"
    empty.write_bytes(b"")
    rows, err, status = extract(empty, report, tmp_path / "weg.txt", "--date", "2031-03-04")
    assert status == 1
    assert [row["doc"] for row in rows] == ["fietspaden", "fietspaden"]
    first, second = err.splitlines()
    assert first.startswith("leeg.txt")
    assert second.startswith("weg.txt")


def test_a_report_without_a_date_is_asked_for_one(report: Path) -> None:
    rows, err, status = extract(report)
    assert (rows, status) == ([], 1)
    assert "fietspaden.meta.toml" in err


def test_a_day_that_is_none_is_refused_in_words(report: Path) -> None:
    with pytest.raises(CommandError, match="is not a day; write it as"):
        extract(report, "--date", "gisteren")


def test_the_real_reports_reach_the_figures_promised_for_them(shared: Path, tmp_path: Path) -> None:
    names = ("c151-2023-02-28", "c180-2020-05-12-begin", "beleidsnota-2019-begin", "schriftelijke-vraag-2021")
    rows, err, status = extract(*(shared / "corpus" / "verslagen" / f"{name}.txt" for name in names))
    assert (err, status) == ("", 0)
    proposed = tmp_path / "proposed.jsonl"
    proposed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    scored = subprocess.run(  # noqa: S603 - our own scorer, our own arguments
        [
            *(sys.executable, shared / "tools" / "score_extraction.py"),
            *(shared / "gold" / "commitments_dev.jsonl", proposed),
            *("--min-recall", "0.95", "--min-precision", "0.95", "--min-due", "0.95"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert scored.returncode == 0, scored.stdout
    assert "speaker 1.000" in scored.stdout
