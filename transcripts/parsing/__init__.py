"""Text as read → Transcript: the meeting or paper, its agenda items, who said what, and where every character went."""

from dataclasses import replace
from datetime import date

from transcripts.parsing.dates import find_date
from transcripts.parsing.detect import detect_kind
from transcripts.parsing.lacking import LackingError
from transcripts.parsing.policy import parse_policy_note
from transcripts.parsing.report import parse_report
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.parsing.written import parse_written_question
from transcripts.reading.source import Source

__all__ = ["LackingError", "parse"]


def parse(
    source: Source,
    *,
    kind: DocumentKind | None = None,
    said_on: date | None = None,
    minister: str = "",
    title: str = "",
) -> Transcript:
    """Parse a paper; what is given counts before what the text says, and that before what its container says.

    Raises LackingError (an UnreadableError) where the kind, the date or, for a policy note, the minister is not in
    the text and was not given.
    """
    hints = source.hints
    kind = kind or _kind(hints.get("kind", "")) or detect_kind(source)
    if kind is None:
        raise LackingError("kind")
    minister = minister or hints.get("minister", "")
    if kind is DocumentKind.REPORT:
        found = parse_report(source)
    elif kind is DocumentKind.WRITTEN_QUESTION:
        found = parse_written_question(source, minister=minister)
    else:
        found = parse_policy_note(source, minister=minister)
    day = said_on or found.said_on or find_date(hints.get("date", ""))
    if day is None:
        raise LackingError("date")
    warnings = found.warnings + source.warnings
    if said_on and found.said_on and said_on != found.said_on:
        warnings += (f"The text gives {found.said_on.isoformat()} as its date; {said_on.isoformat()} was used.",)
    return replace(
        found,
        said_on=day,
        title=title or found.title or hints.get("title", ""),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _kind(words: str) -> DocumentKind | None:
    return next((kind for kind in DocumentKind if kind.value == words), None)
