"""`train` and `evaluate` at the command line."""

import tomllib
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.engine.statements.weights import Weights
from commitments.learning import weights_file

SETS = """
[[set]]
name = "samples"
layout = "expected"
labels = "{tests}/samples/expected"
texts = "{tests}/samples/reports"

[[set]]
name = "elsewhere"
layout = "quotes"
labels = "nowhere.jsonl"
texts = "nowhere"
"""


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    path = tmp_path / "sets.toml"
    path.write_text(SETS.format(tests=Path(__file__).parents[2]), encoding="utf-8")
    return path


def test_training_writes_weights_that_the_engine_reads_and_names_what_was_not_at_hand(
    sets: Path, tmp_path: Path
) -> None:
    out, said, beside = tmp_path / "weights.toml", StringIO(), StringIO()
    call_command("train", "--sets", str(sets), "--out", str(out), "--on", "2031-03-04", stdout=said, stderr=beside)
    rows = tomllib.loads(out.read_text(encoding="utf-8"))
    assert Weights.from_rows(rows).rules
    assert rows["learned"]["labelled"] == ["samples: 5 documents, 107 core, 23 optional"]
    assert "documents left out   recall" in said.getvalue()
    assert "elsewhere, because nowhere.jsonl is not here" in beside.getvalue()


def test_a_dry_run_writes_nothing(sets: Path) -> None:
    before = weights_file.PATH.read_bytes()
    call_command("train", "--sets", str(sets), "--dry-run", stdout=StringIO(), stderr=StringIO())
    assert weights_file.PATH.read_bytes() == before


def test_each_document_and_their_sums_are_measured(sets: Path) -> None:
    said = StringIO()
    call_command("evaluate", "--sets", str(sets), stdout=said, stderr=StringIO())
    lines = said.getvalue().splitlines()
    assert len(lines) == 2 + 5 + 1 + 3 + 1  # head, documents, sets, registers, everything
    assert lines[-1].split()[:4] == ["all", "all", "all", "107"]


def test_a_manifest_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("evaluate", "--sets", str(tmp_path / "none.toml"), stdout=StringIO())


def test_a_layout_nobody_knows_is_said(tmp_path: Path) -> None:
    path = tmp_path / "sets.toml"
    path.write_text('[[set]]\nname = "a"\nlayout = "odd"\nlabels = "."\ntexts = "."\n', encoding="utf-8")
    with pytest.raises(CommandError, match="layout is one of quotes, places, expected, sentences, not odd"):
        call_command("train", "--sets", str(path), stdout=StringIO())
