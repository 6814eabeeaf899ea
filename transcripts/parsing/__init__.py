"""Text as read → Transcript: the meeting or paper, its agenda items, who said what, and where every character went."""

from dataclasses import replace
from datetime import date
from textwrap import shorten

from transcripts.messages import Message, Sentence
from transcripts.parsing.bounds import refuse_by_number
from transcripts.parsing.dates import find_date
from transcripts.parsing.detect import detect_kind
from transcripts.parsing.lacking import LackingError
from transcripts.parsing.language import foreign_language
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.policy import parse_policy_note
from transcripts.parsing.report import parse_report
from transcripts.parsing.structured import parse_structured
from transcripts.parsing.third_person import parse_third_person
from transcripts.parsing.third_person_signs import is_third_person
from transcripts.parsing.transcript import DocumentKind, Reason, Transcript
from transcripts.parsing.written import parse_written_question
from transcripts.reading.source import Source, UnreadableError

__all__ = ["LackingError", "parse"]

_DAYS = {
    DocumentKind.REPORT: Sentence.LACKS_MEETING_DATE,
    DocumentKind.WRITTEN_QUESTION: Sentence.LACKS_ANSWER_DATE,
    DocumentKind.POLICY_NOTE: Sentence.LACKS_DATE,
}
_TOLD = 5  # places not understood that are told one by one


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
    the text and was not given; UnreadableError for more than one paper can hold (see `bounds`).
    """
    hints = source.hints
    kind = kind or _kind(hints.get("kind", "")) or detect_kind(source)
    if kind is None:
        raise LackingError(Sentence.LACKS_KIND)
    minister = minister or hints.get("minister", "")
    if not source.marks and foreign_language(source.text):
        found = _kept(source, kind)
    elif (structured := parse_structured(source, kind, minister=minister)) is not None:
        found = structured
    elif kind is DocumentKind.REPORT:
        found = parse_third_person(source) if is_third_person(source) else parse_report(source)
    elif kind is DocumentKind.WRITTEN_QUESTION:
        found = parse_written_question(source, minister=minister)
    else:
        found = parse_policy_note(source, minister=minister)
    if source.reader == "web page" and kind is DocumentKind.REPORT and not found.turns():
        raise UnreadableError(Sentence.PAGE_WITHOUT_SPEECH())
    refuse_by_number(found.items)
    day = said_on or found.said_on or find_date(hints.get("date", ""))
    if day is None:
        raise LackingError(_DAYS[kind])
    warnings = source.warnings + found.warnings + _not_understood(source, found)
    if said_on and found.said_on and said_on != found.said_on:
        warnings += (Sentence.OTHER_DATE_USED(printed=found.said_on, given=said_on),)
    return replace(
        found,
        said_on=day,
        title=title or found.title or hints.get("title", ""),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _kept(source: Source, kind: DocumentKind) -> Transcript:
    """Keep a text that is not in Dutch, marked as such: none of it is speech that could be read."""
    ledger = Ledger(source.text)
    ledger.add(0, len(source.text), Reason.FOREIGN)
    return Transcript(kind, (), ledger.close(), warnings=(Sentence.NOT_DUTCH(),))


def _kind(words: str) -> DocumentKind | None:
    return next((kind for kind in DocumentKind if kind.value == words), None)


def _not_understood(source: Source, found: Transcript) -> tuple[Message, ...]:
    """Tell where words of the text went nowhere: the first few, and how many there are."""
    runs = [run for run in found.account if run.reason is Reason.NOT_UNDERSTOOD]
    told = []
    for run in runs[:_TOLD]:
        words = shorten(source.text[run.start : min(run.end, run.start + 400)], 90)
        told.append(Sentence.NOT_UNDERSTOOD(page=source.page_at(run.start), words=words))
    if len(runs) > _TOLD:
        told.append(Sentence.MORE_NOT_UNDERSTOOD(number=len(runs) - _TOLD))
    return tuple(told)
