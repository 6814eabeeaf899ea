"""Files of one call, one by one: a bad one is told in one sentence and leaves nothing behind, the others stay."""

import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import InterfaceError, OperationalError, reset_queries, transaction
from django.utils import translation

from transcripts.messages import Message, Sentence
from transcripts.models import Document
from transcripts.papers import Paper, open_papers
from transcripts.parsing import LackingError
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading import csv_export, tei
from transcripts.reading.source import UnreadableError
from transcripts.services import changes
from transcripts.services.importing import ImportResult, import_paper
from transcripts.services.versions import NotAVersionError

log = logging.getLogger(__name__)

META = ".meta.toml"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: for each paper in it `paper` and `result`, or `problem`, said of the file `about`.

    lacking: "date", "kind" or "minister", where the problem is that neither the text nor anybody says it.
    """

    path: Path
    paper: Paper | None = None
    result: ImportResult | None = None
    problem: Message | None = None
    about: str = ""
    lacking: str = ""

    @property
    def sentence(self) -> str:
        """The problem in English, on one line."""
        return " ".join(f"{self.about}: {self.problem}".split()) if self.problem else ""


def files_in(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files named, and of a folder the files in it by name, without what is hidden or lies beside another."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        names = sorted(entry.name for entry in os.scandir(path) if entry.is_file())
        for name in papers_among(names):
            if not name.startswith("."):
                yield path / name


def papers_among(names: Sequence[str]) -> list[str]:
    """Return the names of files that are papers; left out is what is read along with another of them."""
    beside = {other for name in names for other in (*csv_export.companions(name), *tei.companions(name))}
    return [name for name in names if not name.endswith(META) and name not in beside]


def import_files(
    paths: Iterable[Path],
    *,
    kind: DocumentKind | None = None,
    said_on: date | None = None,
    minister: str = "",
    document: Document | None = None,
) -> Iterator[Outcome]:
    """Import each file in its own transaction, in order; a file of several meetings gives as many outcomes.

    document: the one of which this is a new version. Holds one file at a time, however many there are.
    """
    for path in paths:
        reset_queries()  # with DEBUG the connection keeps what it was asked, whole texts in it
        try:
            papers = open_papers(path, kind=kind, said_on=said_on, minister=minister)
            with transaction.atomic():
                results = [import_paper(paper=paper, document=document) for paper in papers]
        except LackingError as error:
            yield Outcome(path, problem=error.message, about=error.name, lacking=error.lacks)
        except (UnreadableError, NotAVersionError) as error:
            yield Outcome(path, problem=error.message, about=error.name)
        except (OperationalError, InterfaceError):
            raise  # the database is away: no other file would fare better
        except Exception as error:
            log.exception("The import of %s failed.", path)
            words = Sentence.PROGRAM_ERROR(error=f"{type(error).__name__}: {error}")
            yield Outcome(path, problem=words, about=path.name)
        else:
            yield from (Outcome(path, paper, result) for paper, result in zip(papers, results, strict=True))
            del papers, results


def told(paper: Paper, result: ImportResult) -> str:
    """Return what to tell of an imported file: the line of account, and under it what changed and the warnings."""
    with translation.override("en"):
        changed = [f"{changes.summary(result.changes)}:", *changes.sentences(result.changes)] if result.updated else []
    return "\n  ".join([account_line(paper, result), *changed, *result.warnings])


def account_line(paper: Paper, result: ImportResult) -> str:
    """Say in one line what was found in a paper: items, questions, turns, speakers, characters per reason, warnings."""
    transcript = paper.transcript
    turns = transcript.turns()
    questions = sum(len(item.questions) for item in transcript.items)
    speakers = {turn.speaker.name or turn.speaker.label for turn in turns}
    characters: Counter[str] = Counter()
    for run in transcript.account:
        characters[run.reason.value] += run.end - run.start
    parts = [
        _became(result),
        str(result.document.date),
        _count(len(transcript.items), "item"),
        _count(questions, "question"),
        _count(len(turns), "turn"),
        _count(len(speakers), "speaker"),
        "characters: " + " + ".join(f"{count} {reason}" for reason, count in characters.most_common()),
        _count(len(result.warnings), "warning"),
    ]
    return f"{paper.name}: " + ", ".join(parts)


def _became(result: ImportResult) -> str:
    if result.created:
        return "imported"
    if result.updated:
        return f"updated to version {result.revision}"
    if result.revision < result.newest:
        return f"unchanged (it is version {result.revision}, and version {result.newest} is here)"
    return "unchanged"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
