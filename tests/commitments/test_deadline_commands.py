"""read_deadlines and explain: the reader on the command line."""

import io
import json
import shlex
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command


def answers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *lines: str
) -> tuple[list[dict], str, int]:
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines)))
    status = 0
    try:
        call_command("read_deadlines")
    except SystemExit as stopped:
        status = int(stopped.code or 0)
    printed = capsys.readouterr()
    return [json.loads(line) for line in printed.out.splitlines()], printed.err, status


def test_each_line_gets_its_deadlines(monkeypatch, capsys) -> None:
    rows, errors, status = answers(
        monkeypatch,
        capsys,
        json.dumps({"id": "a", "sentence": "Het plan is klaar tegen eind mei.", "said_on": "2025-03-11"}),
        json.dumps({"id": 2, "sentence": "Dank u.", "said_on": "2025-03-11"}),
    )
    assert (errors, status) == ("", 0)
    assert rows == [
        {
            "id": "a",
            "deadlines": [
                {
                    "text": "tegen eind mei",
                    "start": 18,
                    "end": 32,
                    "due_start": "2025-05-21",
                    "due_end": "2025-05-31",
                    "precision": "month",
                    "modifier": "by",
                    "kind": "deadline",
                    "rule": "by+part+month",
                    "doubts": [],
                }
            ],
        },
        {"id": 2, "deadlines": []},
    ]


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "line 1: this is not JSON"),
        ("[]", 'line 1: give an object with "id", "sentence" and "said_on".'),
        ('{"id": 1, "sentence": 4, "said_on": "2025-03-11"}', 'line 1: "sentence" has to be text.'),
        (
            '{"id": 1, "sentence": "x", "said_on": "11 maart"}',
            'line 1: "said_on" has to be a date written as 2026-01-31',
        ),
        ('{"id": 1, "sentence": "x", "said_on": 5}', 'line 1: "said_on" has to be a date'),
        ("[" * 100_000, "line 1: this is nested too deep"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_answered(line: str, complaint: str, monkeypatch, capsys) -> None:
    good = json.dumps({"id": "good", "sentence": "Morgen.", "said_on": "2025-03-11"})
    rows, errors, status = answers(monkeypatch, capsys, line, good)
    assert [row["id"] for row in rows] == ["good"]
    assert errors.startswith(complaint)
    assert errors.count("\n") == 1
    assert status == 1


def test_explain_tells_what_fired_and_what_did_not(capsys) -> None:
    call_command("explain", "Elk jaar loopt de maand goed; dit jaar komt het tegen 1 mei.", "--said-on=2025-03-11")
    printed = capsys.readouterr().out
    assert "“Elk jaar” [0:8] frequency" in printed
    assert "“de maand goed”: no rule reads this as a time." in printed
    assert "“tegen 1 mei” [48:59] deadline 2025-05-01 - 2025-05-01 (day, by)" in printed
    assert "rules: by+day" in printed
    assert "tense of the clause: will" in printed


def test_explain_of_a_sentence_without_a_time(capsys) -> None:
    call_command("explain", "Dank u wel.", "--said-on=2025-03-11")
    assert capsys.readouterr().out == "No word in this sentence can tell a time.\n"


def test_explain_asks_for_a_date() -> None:
    with pytest.raises(CommandError, match="'gisteren' is not a day; write it as 2023-02-28"):
        call_command("explain", "Dank u wel.", "--said-on=gisteren")


def test_a_byte_order_mark_and_half_a_character_stop_nobody(monkeypatch, capsys) -> None:
    marked = "\ufeff" + json.dumps({"id": "first", "sentence": "Morgen.", "said_on": "2025-03-11"})
    rows, errors, status = answers(monkeypatch, capsys, marked)
    assert ([row["id"] for row in rows], errors, status) == (["first"], "", 0)


def test_what_is_read_by_head_ends_without_a_traceback() -> None:
    line = json.dumps({"id": "\ud800", "sentence": "Tegen 2030.", "said_on": "2025-03-11"}) + "\n"
    run = subprocess.run(  # noqa: S603 - our own command and pipe
        ["/bin/sh", "-c", f"{shlex.quote(sys.executable)} manage.py read_deadlines | head -n 1"],
        cwd=settings.BASE_DIR,
        input=line * 20_000,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert json.loads(run.stdout)["id"] == "\ud800"
