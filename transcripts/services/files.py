"""Files of one call, one by one: a bad one is told in one sentence and leaves nothing behind, the others stay."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import InterfaceError, OperationalError, transaction

from transcripts.papers import Paper, open_papers
from transcripts.parsing.transcript import DocumentKind
from transcripts.reading.source import UnreadableError
from transcripts.services.importing import ImportResult, import_paper

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: for each paper in it `paper` and `result`, or for the file `problem`, a sentence."""

    path: Path
    paper: Paper | None = None
    result: ImportResult | None = None
    problem: str = ""


def import_files(
    paths: Iterable[Path], *, kind: DocumentKind | None = None, said_on: date | None = None, minister: str = ""
) -> Iterator[Outcome]:
    """Import each file in its own transaction, in order; a file of several meetings gives as many outcomes."""
    for path in paths:
        try:
            papers = open_papers(path, kind=kind, said_on=said_on, minister=minister)
            with transaction.atomic():
                results = [import_paper(paper=paper) for paper in papers]
        except UnreadableError as error:
            yield Outcome(path, problem=" ".join(str(error).split()))
        except (OperationalError, InterfaceError):
            raise  # the database is away: no other file would fare better
        except Exception as error:
            log.exception("The import of %s failed.", path)
            yield Outcome(
                path,
                problem=f"{path.name}: an error in the program stopped the import ({type(error).__name__}: {error}); "
                "nothing of it was kept.",
            )
        else:
            yield from (Outcome(path, paper, result) for paper, result in zip(papers, results, strict=True))


def told(paper: Paper, result: ImportResult) -> str:
    """Return what to tell of an imported file: the line of account, and under it the warnings."""
    return "\n  ".join([account_line(paper, result), *result.warnings])


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
        "imported" if result.created else "unchanged",
        str(result.document.date),
        _count(len(transcript.items), "item"),
        _count(questions, "question"),
        _count(len(turns), "turn"),
        _count(len(speakers), "speaker"),
        "characters: " + " + ".join(f"{count} {reason}" for reason, count in characters.most_common()),
        _count(len(result.warnings), "warning"),
    ]
    return f"{paper.name}: " + ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
