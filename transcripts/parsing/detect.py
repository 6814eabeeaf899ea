"""Which kind of paper a text is, by its content."""

import re

from transcripts.parsing.answers import is_answers
from transcripts.parsing.third_person_signs import is_on_behalf, is_third_person
from transcripts.parsing.transcript import DocumentKind
from transcripts.parsing.web_page import is_web_page
from transcripts.reading.source import Source

_CHAIR = re.compile(r"^[ \t\f]*(?:De )?[Vv]oorzitter[ \t]*:", re.MULTILINE)
_ITEM = re.compile(r"^[ \t\f]*(?:VRAAG OM UITLEG|ACTUELE VRAAG|INTERPELLATIE)\b", re.MULTILINE)
_COVER = re.compile(r"^[ \t\f]*(?:Woordelijk Verslag|VERSLAG VAN DE VERGADERING|Handelingen)\b", re.MULTILINE)
_WRITTEN = re.compile(r"^[ \t\f]*(?:SCHRIFTELIJKE VRAAG|Schriftelijke vraag)\b", re.MULTILINE)
_ANSWER = re.compile(r"^[ \t\f]*(?:ANTWOORD|Antwoord)\b(?! is| op de vraag of)", re.MULTILINE)
_POLICY = re.compile(
    r"^[ \t\f]*(?:beleidsnota|beleidsbrief|beleids- en begrotingstoelichting)\b", re.MULTILINE | re.IGNORECASE
)
_TURN = re.compile(
    r"^[ \t\f]*(?:Minister|Minister-president|Viceminister-president|De heer|Mevrouw"
    r"|[A-Z]\S+(?: \S+){1,4} \([^()\n]{2,20}\))[^:\n]{0,60}:[ \t]",
    re.MULTILINE,
)
_FIRST = re.compile(r"^[ \t\f]*1[.)][ \t]+\S", re.MULTILINE)
_QUESTION_FIRST = re.compile(r"^[ \t\f]*1[.)][ \t]+[^?]{5,600}\?", re.MULTILINE)
_OWN_WORDS = re.compile(r"\b(?:Ik|ik|[Ww]e|[Ww]ij) \w+")
_START = 6000


def detect_kind(source: Source) -> DocumentKind | None:
    """Return the kind of paper, or None where nothing decides it."""
    text, start = source.text, source.text[:_START]
    if is_on_behalf(source) or _CHAIR.search(text) or _ITEM.search(text) or _COVER.search(start):
        return DocumentKind.REPORT
    if is_web_page(source):
        return DocumentKind.REPORT
    if _WRITTEN.search(start) or is_answers(source):
        return DocumentKind.WRITTEN_QUESTION
    if _POLICY.search(start):
        return DocumentKind.POLICY_NOTE
    turns = sum(1 for _ in zip(_TURN.finditer(text), range(3), strict=False))
    if turns >= 2:
        return DocumentKind.REPORT
    numbered = sum(1 for _ in zip(_FIRST.finditer(text), range(2), strict=False))
    if _QUESTION_FIRST.search(text) and (numbered == 2 or _ANSWER.search(text)):
        return DocumentKind.WRITTEN_QUESTION
    if is_third_person(source):
        return DocumentKind.REPORT
    own = sum(1 for _ in zip(_OWN_WORDS.finditer(text), range(6), strict=False))
    return DocumentKind.POLICY_NOTE if own == 6 and len(text) > 1500 else None
