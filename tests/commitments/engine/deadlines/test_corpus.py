"""Sentences grouped by what they mean, and sentences in which nothing may fire."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.types import Expression, ExpressionKind

HERE = Path(__file__).parent
CALENDAR = calendars.load()
DEADLINE = ExpressionKind.DEADLINE
GROUPS = [
    group
    for name in ("corpus.toml", "corpus_more.toml", "corpus_clauses.toml")
    if (HERE / name).exists()
    for group in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["group"]
]
ROWS = [(group["meaning"], group["said_on"], *row) for group in GROUPS for row in group["rows"]]
DATED = [
    (group["meaning"], *row)
    for name in ("corpus_dated.toml", "corpus_again.toml", "corpus_spoken.toml", "corpus_written.toml")
    for group in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["group"]
    for row in group["rows"]
]
QUIET = tomllib.loads((HERE / "quiet.toml").read_text(encoding="utf-8"))


def overlapping(sentence: str, words: str, said_on: date) -> list[Expression]:
    start = sentence.index(words)
    found = deadlines.read(sentence, said_on, CALENDAR)
    return [each for each in found if each.start < start + len(words) and each.end > start]


@pytest.mark.parametrize("row", [*ROWS, *DATED], ids=lambda row: f"{row[0]}: {row[2]}")
def test_the_words_are_read_as_meant(row: tuple[Any, ...]) -> None:
    _, day, sentence, words, kind, first, last = row
    said_on = date.fromisoformat(str(day))
    found = overlapping(sentence, words, said_on)
    if kind not in ("deadline", "vague"):
        assert DEADLINE not in [each.kind for each in found]
        return
    best = max(found, key=lambda each: each.end - each.start)
    assert best.kind == kind
    assert str(best.due_end or "") == last
    if kind == "deadline":
        assert str(best.due_start or "") == (str(said_on) if first == "=" else first)


@pytest.mark.parametrize("sentence", QUIET["silent"])
def test_nothing_fires_where_there_is_no_time(sentence: str) -> None:
    assert deadlines.read(sentence, date(2025, 3, 11), CALENDAR) == []


@pytest.mark.parametrize("sentence", QUIET["quiet"])
def test_no_deadline_where_a_time_is_none(sentence: str) -> None:
    found = deadlines.read(sentence, date(2025, 3, 11), CALENDAR)
    assert [each.text for each in found if each.kind is DEADLINE] == []
