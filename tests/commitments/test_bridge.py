"""There is one way from what was said to the engine, whether the words come from a file or from the database."""

from datetime import date
from pathlib import Path

import pytest

from commitments.bridge import rows
from commitments.services import extraction
from transcripts.papers import open_paper
from transcripts.services.importing import import_paper

REPORTS = Path(__file__).parent.parent / "samples" / "reports"
SAMPLES = sorted(path for path in REPORTS.iterdir() if path.suffix in {".txt", ".pdf"})


@pytest.mark.django_db
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_stored_document_gives_the_statements_that_extract_prints(path: Path) -> None:
    paper = open_paper(path)
    document = import_paper(paper=paper).document
    stored = [
        (one.quote, *one.speech.passage.to_source(one.start, one.end), one.kind, one.due_text, one.due_end)
        for one in extraction.extract_document(document=document, day=date(2026, 3, 16))
    ]
    printed = [
        (
            row["quote"],
            row["start"],
            row["end"],
            row["kind"],
            row["due_text"],
            date.fromisoformat(row["due_end"]) if row["due_end"] else None,
        )
        for row in rows(paper.transcript, paper.stem)
    ]
    assert printed
    assert stored == printed
