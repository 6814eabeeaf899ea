"""The real documents, where they are at hand: counts and checksums beside them, no words.

`python -m tests.transcripts.test_golden` writes all golden files anew; the difference is the review.
"""

import hashlib
import tomllib
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from transcripts.papers import Meta, Paper, make_papers, open_papers
from transcripts.parsing.transcript import Capacity, DocumentKind, Reason
from transcripts.reading import UnreadableError

HERE = Path(__file__).parent / "golden"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DOCUMENTS = ("verslagen/*.txt", "pdf/*.pdf", "docx/*.docx", "commissie-csv/*_content.csv", "parlamint-be/*_*.xml")
GIVEN = {  # what nothing in the text tells
    "pw_cri8_oxygene_2025.pdf": (DocumentKind.REPORT, date(2025, 12, 10)),
    "vl_bo2026.pdf": (None, date(2025, 10, 27)),
}
BESIDE = ("commissie-csv/*_meetings.csv", "parlamint-be/ParlaMint-BE.xml")
PUBLICATION = "xml/h-tk-20172018-70-14.xml"


def figures(paper: Paper) -> dict[str, Any]:
    """What may be said of a real document: how many of what, and the checksum of all turns joined."""
    transcript = paper.transcript
    turns = transcript.turns()
    joined = "\0".join(turn.text for turn in turns)
    said_on = transcript.said_on
    characters: Counter[str] = Counter()
    for run in transcript.account:
        characters[run.reason.value] += run.end - run.start
    return {
        "reader": paper.source.reader,
        "kind": transcript.kind.value,
        "said_on": said_on.isoformat() if said_on else "",
        "items": len(transcript.items),
        "questions": sum(len(item.questions) for item in transcript.items),
        "turns": len(turns),
        "speakers": len({turn.speaker.name for turn in turns}),
        "unnamed": sum(not turn.speaker.name for turn in turns),
        "chair": sum(turn.speaker.capacity is Capacity.CHAIR for turn in turns),
        "minister": sum(turn.speaker.capacity is Capacity.MINISTER for turn in turns),
        "member": sum(turn.speaker.capacity is Capacity.MEMBER for turn in turns),
        "characters": dict(sorted(characters.items())),
        "warnings": len(transcript.warnings),
        "text_sha256": hashlib.sha256(paper.source.text.encode()).hexdigest(),
        "turns_sha256": hashlib.sha256(joined.encode()).hexdigest(),
    }


def documents() -> list[Path]:
    return sorted(path for pattern in DOCUMENTS for path in CORPUS.glob(pattern))


@cache
def opened(path: Path) -> list[Paper]:
    kind, day = GIVEN.get(path.name, (None, None))
    return open_papers(path, kind=kind, said_on=day)


def golden_files() -> list[Path]:
    return sorted(HERE.glob("*.toml"))


@pytest.mark.parametrize("golden", golden_files(), ids=lambda path: path.stem)
def test_a_real_document_is_read_as_its_golden_file_says(golden: Path, shared: Path) -> None:
    expected = tomllib.loads(golden.read_text(encoding="utf-8"))
    path = shared / "corpus" / expected["file"]
    if not path.is_file():
        pytest.skip(f"../shared is here without {expected['file']}")
    papers = {paper.name: figures(paper) for paper in opened(path)}
    assert papers == expected["papers"]


def test_nothing_of_the_real_documents_disappears(shared: Path) -> None:
    for path in documents():
        for paper in opened(path):
            account = paper.transcript.account
            assert account[0].start == 0
            assert account[-1].end == len(paper.source.text)
            assert all(before.end == run.start for before, run in pairwise(account))
            assert not [run for run in account if run.reason is Reason.NOT_UNDERSTOOD]


def test_every_turn_of_the_real_documents_stands_in_its_text(shared: Path) -> None:
    for path in documents():
        for paper in opened(path):
            for turn in paper.transcript.turns():
                for here, there, size in turn.passage.pieces:
                    assert turn.text[here : here + size] == paper.source.text[there : there + size]


def test_what_lies_beside_a_document_is_no_document(shared: Path) -> None:
    for path in (found for pattern in BESIDE for found in (shared / "corpus").glob(pattern)):
        with pytest.raises(UnreadableError, match="read along"):
            open_papers(path)


def test_a_damaged_publication_without_speeches_is_repaired_and_told(shared: Path) -> None:
    (paper,) = make_papers((shared / "corpus" / PUBLICATION).read_bytes(), "h.xml", Meta(date=date(2018, 4, 5)))
    assert "Ã" not in paper.source.text
    assert [warning.split()[0] for warning in paper.transcript.warnings] == ["17", "No"]
    assert paper.transcript.items[0].kind == "stukkenlijst"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{name}" = {_toml(one)}' for name, one in value.items()) + " }"
    return f'"{value}"' if isinstance(value, str) else str(value)


def write_all() -> None:
    for path in documents():
        lines = [f'file = "{path.relative_to(CORPUS).as_posix()}"', ""]
        for paper in opened(path):
            lines.append(f'[papers."{paper.name}"]')
            for key, value in figures(paper).items():
                lines.append(f"{key} = {_toml(value)}")
            lines.append("")
        (HERE / f"{path.stem}.toml").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    write_all()
