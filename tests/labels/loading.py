"""The labels on real debates, and the rows they point into (see README.md)."""

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from commitments.engine.types import CommitmentKind

NOTHING = "none"  # a document in which nothing is promised
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
        if row["tier"] == NOTHING:
            continue
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


def text_of(label: Label) -> str:
    return speeches(label.file)[label.row]["sprekertekst"][label.start : label.end]
