"""The labels point at what was labelled, and keep to their own form."""

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from commitments.engine.types import CommitmentKind

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus" / "commissie-csv"


@dataclass(frozen=True)
class Label:
    """One labelled commitment (see README.md); spans count in the field `sprekertekst` of the row."""

    doc: str
    file: str
    row: int
    start: int
    end: int
    sha256: str
    said_on: date
    tier: str
    kind: CommitmentKind
    conditional: bool
    due_at: tuple[int, int] | None
    due_start: date | None
    due_end: date | None
    due_any: tuple[date | None, ...]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def load(name: str = "commissie-2025-02.jsonl") -> tuple[Label, ...]:
    """Return the labels of one file, in the order of the file."""
    labels = []
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        ends = row.pop("due_any", [row["due_end"]])
        row |= {
            "said_on": date.fromisoformat(row["said_on"]),
            "kind": CommitmentKind(row["kind"]),
            "due_at": tuple(row["due_at"]) if row["due_at"] else None,
            "due_start": day(row["due_start"]),
            "due_end": day(row["due_end"]),
            "due_any": tuple(day(end) for end in ends),
        }
        labels.append(Label(**row))
    return tuple(labels)


@cache
def speeches(file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one export; skips the test where the exports are not at hand."""
    path = CORPUS / file
    if not path.exists():
        pytest.skip(f"../shared is not here: {file} cannot be checked")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(csv.DictReader(lines))


def test_a_label_points_at_the_words_that_were_labelled() -> None:
    for label in load():
        text = speeches(label.file)[label.row]["sprekertekst"]
        assert hashlib.sha256(text[label.start : label.end].encode()).hexdigest() == label.sha256, label


def test_a_label_stands_in_a_turn_of_the_minister_on_its_day() -> None:
    months = {2: "februari"}
    for label in load():
        row = speeches(label.file)[label.row]
        assert row["spreker"].startswith("Minister "), label
        assert row["speech_link"].endswith("/{}/verslag/{}".format(*label.doc.split("-"))), label
        assert f" {label.said_on.day} {months[label.said_on.month]} {label.said_on.year}" in row["datum"], label


def test_the_words_of_a_deadline_stand_in_the_turn() -> None:
    for label in load():
        if label.due_at:
            start, end = label.due_at
            text = speeches(label.file)[label.row]["sprekertekst"]
            assert 0 <= start < end <= len(text), label
            assert text[start:end].strip() == text[start:end], label


def test_a_deadline_spoken_begins_before_it_ends() -> None:
    for label in load():
        assert label.due_end in label.due_any
        if label.due_start and label.due_end:
            assert label.due_start <= label.due_end, label
        if label.due_end:
            assert label.due_at, label


def test_no_turn_is_labelled_twice() -> None:
    assert {label.tier for label in load()} == {"core", "optional"}
    spans = [(label.file, label.row, label.start) for label in load()]
    assert len(spans) == len(set(spans))
    files = {label.doc: set() for label in load()}
    for label in load():
        files[label.doc].add(label.file)
    assert all(len(of) == 1 for of in files.values())
