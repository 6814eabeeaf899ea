"""The labels on expressions of time in real running text, and the texts they point into (see README.md)."""

import csv
import hashlib
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pypdf
import pytest

from commitments.engine.types import ExpressionKind
from transcripts.reading.xml import parse_xml

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "corpus"
TEI_SEGMENT = "{http://www.tei-c.org/ns/1.0}seg"
WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
WORD_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


@dataclass(frozen=True)
class Moment:
    """One expression of time: `sentence` counts in the unit of the file, `at` in the sentence."""

    file: str
    unit: int
    sentence: tuple[int, int]
    at: tuple[int, int]
    sha256: str
    said_on: date
    kind: ExpressionKind
    due_start: date | None
    due_end: date | None
    sure: bool


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def load() -> tuple[Moment, ...]:
    """Return the labels in the order of the file."""
    found = []
    for line in (HERE / "moments.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        row |= {
            "sentence": tuple(row["sentence"]),
            "at": tuple(row["at"]),
            "said_on": date.fromisoformat(row["said_on"]),
            "kind": ExpressionKind(row["kind"]),
            "due_start": day(row["due_start"]),
            "due_end": day(row["due_end"]),
        }
        found.append(Moment(**row))
    return tuple(found)


@cache
def units(file: str) -> tuple[str, ...]:
    """Return the texts a file holds, white space made one space: the rows, segments, paragraphs or pages, or the whole.

    Skips the test where the texts are not at hand.
    """
    path = CORPUS / file
    if not path.exists():
        pytest.skip(f"../shared is not here: {file} cannot be read")
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as lines:
            texts = [row["sprekertekst"] or "" for row in csv.DictReader(lines)]
    elif path.suffix == ".xml":
        texts = ["".join(each.itertext()) for each in parse_xml(path.read_bytes())[0].iter(TEI_SEGMENT)]
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as parts:
            root, _ = parse_xml(parts.read("word/document.xml"))
        texts = ["".join(piece.text or "" for piece in each.iter(WORD_TEXT)) for each in root.iter(WORD_PARAGRAPH)]
    elif path.suffix == ".pdf":
        texts = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    else:
        texts = [re.sub(r"-\s*\n\s*(?=[a-z])", "", path.read_text(encoding="utf-8"))]
    return tuple(" ".join(text.split()) for text in texts)


def sentence_of(moment: Moment) -> str:
    return units(moment.file)[moment.unit][slice(*moment.sentence)]


def checksum(sentence: str) -> str:
    return hashlib.sha256(sentence.encode()).hexdigest()
