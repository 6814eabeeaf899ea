"""Labelled documents: the turns of each agenda item, and which passages of them a person called a commitment.

A manifest (TOML) names the sets. Each set is laid out in one of three ways:

quotes    JSON lines with doc and quote; the documents lie in `texts` as <doc>.txt
places    JSON lines with file, row and character span in a committee export that lies in `texts`; no words are kept
expected  <name>.toml with [[commitment]] rows, the documents lie in `texts` as <name>.txt or <name>.pdf
sentences lists of single sentences (TOML), for each register `promises` and what is `quiet`; they lie in `texts`

A set for which no rule was ever changed says `mended = false`.
"""

import csv
import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from commitments.bridge import REGISTERS, SIDES
from commitments.engine.types import CommitmentKind, Register, Side, Turn
from transcripts.papers import open_papers

CORE = "core"
_GROUPED = ("promises.toml", "quiet.toml")
NOTHING = "none"  # the tier of a line that says: in this document nothing is promised


@dataclass(frozen=True, slots=True)
class Label:
    """One passage that is a commitment: `core` must be proposed, `optional` may be.

    due_any  the last days that can be defended; (None,) where no deadline was spoken, empty where it was not judged
    """

    quote: str
    tier: str
    kind: CommitmentKind
    due_any: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """One document with all of its turns, item by item, and all of its labels.

    running  whether it is running text, in which promises are as rare as they are; lists of sentences are not
    mended   whether rules were ever changed for what this document showed; one that was kept back tells how it goes
             with documents nobody has seen
    """

    name: str
    register: Register
    said_on: date
    items: tuple[tuple[Turn, ...], ...]
    labels: tuple[Label, ...]
    running: bool = True
    mended: bool = True


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Documents labelled together. missing: what is not at hand here, empty when all of it is."""

    name: str
    documents: tuple[LabelledDocument, ...]
    missing: str = ""


def read_sets(manifest: Path) -> list[LabelledSet]:
    """Read every set that the manifest names; paths in it count from its own folder.

    Raises OSError where the manifest cannot be read, ValueError where it names a layout that does not exist.
    """
    sets = []
    for row in tomllib.loads(manifest.read_text(encoding="utf-8"))["set"]:
        if row["layout"] not in _LAYOUTS:
            raise ValueError(f"{manifest.name}: layout is one of {', '.join(_LAYOUTS)}, not {row['layout']}.")
        labels, texts = manifest.parent / row["labels"], manifest.parent / row["texts"]
        missing = next(
            (str(row[name]) for name, path in (("labels", labels), ("texts", texts)) if not path.exists()), ""
        )
        read = _LAYOUTS[row["layout"]]
        found = () if missing else read(labels, texts, row.get("said_on"))
        documents = tuple(replace(document, mended=row.get("mended", True)) for document in found)
        sets.append(LabelledSet(row["name"], documents, missing))
    return sets


def _quotes(labels: Path, texts: Path, _: date | None) -> Iterator[LabelledDocument]:
    by_document = defaultdict(list)
    for row in _lines(labels):
        by_document[row["doc"]].append(_label(row, row["quote"]))
    for doc, found in by_document.items():
        yield _document(next(texts.glob(f"{doc}*.txt")), doc, found)


def _expected(labels: Path, texts: Path, _: date | None) -> Iterator[LabelledDocument]:
    for path in sorted(labels.glob("*.toml")):
        rows = tomllib.loads(path.read_text(encoding="utf-8"))["commitment"]
        paper = next(one for one in texts.glob(f"{path.stem}.*") if one.suffix in {".txt", ".pdf"})
        yield _document(paper, path.stem, [_label(row, row["quote"]) for row in rows])


def _places(labels: Path, texts: Path, _: date | None) -> Iterator[LabelledDocument]:
    by_document = defaultdict(list)
    for row in _lines(labels):
        by_document[row["doc"]].append(row)
    exports: dict[str, list[dict[str, str]]] = {}
    for doc, rows in by_document.items():
        file = rows[0]["file"]
        if file not in exports:
            with (texts / file).open(encoding="utf-8-sig", newline="") as lines:
                exports[file] = list(csv.DictReader(lines))
        export = exports[file]
        link = "/{}/verslag/{}".format(*doc.split("-"))
        turns = tuple(
            Turn(
                text=row["sprekertekst"],
                speaker=re.sub(r"^Minister | \(.*", "", row["spreker"]),
                side=Side.GOVERNMENT if row["spreker"].startswith("Minister ") else Side.MEMBER,
            )
            for row in export
            if row["speech_link"].endswith(link)
        )
        found = [
            _label(row, export[row["row"]]["sprekertekst"][row["start"] : row["end"]])
            for row in rows
            if row["tier"] != NOTHING
        ]
        yield LabelledDocument(doc, Register.SPOKEN, date.fromisoformat(rows[0]["said_on"]), (turns,), tuple(found))


def _sentences(labels: Path, _: Path, said_on: date | None) -> Iterator[LabelledDocument]:
    if said_on is None:
        raise ValueError(f"{labels.name}: sentences need a day on which they were said (said_on in the manifest).")
    for path in sorted(labels.glob("fresh-*.toml")):
        for register, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            promises = {text: () if due == "*" else (_day(due),) for text, due in rows["promises"]}
            yield _listed(f"{path.stem}-{register}", register, said_on, promises, rows["quiet"])
    promising, quiet = (tomllib.loads((labels / name).read_text(encoding="utf-8")) for name in _GROUPED)
    for register in promising:
        promises = {text: () for group in promising[register].values() for text in group}
        rest = [text for group in quiet[register].values() for text in group]
        yield _listed(f"grouped-{register}", register, said_on, promises, rest)


def _listed(
    name: str, register: str, said_on: date, promises: Mapping[str, tuple[date | None, ...]], quiet: Iterable[str]
) -> LabelledDocument:
    """Take each sentence of a list as a turn of its own."""
    turns = tuple((Turn(text, "", Side.GOVERNMENT),) for text in (*promises, *quiet))
    labels = tuple(Label(text, CORE, CommitmentKind.ACT, days) for text, days in promises.items())
    return LabelledDocument(name, Register(register), said_on, turns, labels, running=False)


_LAYOUTS = {"quotes": _quotes, "places": _places, "expected": _expected, "sentences": _sentences}


def _document(path: Path, name: str, labels: list[Label]) -> LabelledDocument:
    (paper,) = open_papers(path)
    transcript = paper.transcript
    if transcript.said_on is None:
        raise ValueError(f"{path.name}: a labelled document needs a date.")
    items = (
        tuple(Turn(turn.text, turn.speaker.name, SIDES[turn.speaker.capacity]) for turn in item.turns)
        for item in transcript.items
    )
    return LabelledDocument(name, REGISTERS[transcript.kind], transcript.said_on, tuple(items), tuple(labels))


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _label(row: Mapping[str, Any], quote: str) -> Label:
    ends = row.get("due_any") or [row.get("due_end", "")]
    return Label(quote, row["tier"], CommitmentKind(row["kind"]), tuple(_day(end) for end in ends))


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
