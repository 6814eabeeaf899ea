"""bench: our readers beside others."""

import shutil
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from commitments.bridge import rows
from commitments.engine.statements.rules import load
from commitments.engine.types import CommitmentKind
from commitments.management import first_pass, matching, whole_way
from commitments.management.commands import bench
from transcripts.papers import open_paper

SENTENCE = "Het plan is klaar tegen eind mei 2026. Wij beslissen na de zomer. Dank u wel daarvoor.\n"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "LEAST", 600)
    monkeypatch.setattr(bench, "SLICE", 120)
    monkeypatch.setattr(whole_way, "GROWTH", (1, 2))
    monkeypatch.setattr(matching, "PROMISES", (40, 80))


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def test_the_table_shows_ours_beside_the_others_and_the_growth(text: Path) -> None:
    out = StringIO()
    call_command("bench", text, repeat=1, stdout=out)
    lines = {line[:20].strip(): line for line in out.getvalue().splitlines()}
    assert {"ours, first reading", "ours, again", "dateparser.search"} <= lines.keys()
    growth = out.getvalue().partition("Growth")[2].splitlines()[1:4]
    assert [line.split("x")[0].strip() for line in growth] == ["1", "10", "100"]
    assert int(lines["ours, again"].split()[3]) >= 2 * (600 // len(SENTENCE))


def test_without_node_the_table_says_so(text: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    out = StringIO()
    call_command("bench", text, repeat=1, stdout=out)
    assert "skipped: node or its package chrono-node is not here" in out.getvalue()


def test_a_short_text_is_joined_to_copies_with_other_days(text: Path) -> None:
    whole = bench.text_of([text])
    assert len(whole) >= 600
    assert len(set(whole.splitlines())) > 3


@pytest.mark.parametrize("content", ["", "  \n", None])
def test_a_text_that_is_not_there_is_told_in_one_sentence(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError, match="text"):
        call_command("bench", path)


def test_a_report_is_read_to_its_promises_in_a_process_of_its_own() -> None:
    report = settings.BASE_DIR / "tests/samples/reports/commissieverslag-2026-02-24.txt"
    told = list(whole_way.lines([report], 1))
    ours = [line for line in told if line.startswith("ours")]
    assert len(ours) == 3
    assert {int(line.split()[-2]) for line in ours} == {len(list(rows(open_paper(report).transcript, report.stem)))}
    growth = [line.split() for line in told[-2:]]
    assert [row[0] for row in growth] == ["1x", "2x"]
    assert all(float(row[4]) > 0 for row in growth)


def test_the_rules_that_cost_most_are_named_with_what_they_took() -> None:
    report = settings.BASE_DIR / "tests/samples/reports/commissieverslag-2026-02-24.txt"
    _, _, *told = whole_way.costliest([report])
    known = {rule.id for rule in load().rules()} | {f"kind {kind.value}" for kind in CommitmentKind}
    assert {line[:26].strip() for line in told} <= known
    taken = [float(line[26:].split()[0]) for line in told]
    assert taken == sorted(taken, reverse=True)
    assert taken[0] > 0


def test_a_reader_that_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pysbd", None)
    with pytest.raises(SystemExit) as left:
        first_pass.main("pysbd", "1")
    assert left.value.code == first_pass.NOT_INSTALLED


def test_a_text_that_is_no_document_is_told_with_its_reason(text: Path) -> None:
    assert "kind of document" in list(whole_way.lines([text], 1))[-1]


def test_looking_up_stands_beside_the_whole_of_comparing() -> None:
    report = settings.BASE_DIR / "tests/samples/reports/commissieverslag-2026-02-24.txt"
    title, _, *told = matching.lines([report], 1)
    assert title.startswith("Follow-ups: 3 items")
    assert [int(line.split()[0]) for line in told] == [40, 80]
    assert all(float(line.split()[-1]) > 1 for line in told)  # the whole holds the looking up


def test_documents_without_a_promise_have_nothing_to_compare(text: Path) -> None:
    assert list(matching.lines([text], 1)) == ["Follow-ups: skipped, for no promise was found in these documents."]
