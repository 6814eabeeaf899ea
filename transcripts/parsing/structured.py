"""Which parser reads what a container structures itself; plain lines are left to the parsers of papers."""

from collections.abc import Callable

from transcripts.parsing.answers import is_answers, parse_answers
from transcripts.parsing.committee_export import parse_export
from transcripts.parsing.marked import parse_items
from transcripts.parsing.service import parse_service
from transcripts.parsing.tei import parse_tei
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.parsing.web_page import is_web_page, parse_web_page
from transcripts.reading.source import Source

_REPORTS: dict[str, Callable[[Source], Transcript]] = {
    "tei": parse_tei,
    "csv export": parse_export,
    "vlos": parse_items,
    "web service": parse_service,
    "official publication": parse_items,
}


def parse_structured(source: Source, kind: DocumentKind, *, minister: str = "") -> Transcript | None:
    """Parse a source whose structure is given, or return None where it has to be found in its lines."""
    if kind is DocumentKind.REPORT:
        if source.reader in _REPORTS:
            return _REPORTS[source.reader](source)
        return parse_web_page(source) if is_web_page(source) else None
    if kind is DocumentKind.WRITTEN_QUESTION and is_answers(source):
        return parse_answers(source, minister=minister)
    return None
