"""Answers that repeat the questions: “Vraag 1”, “Antwoord op vraag 1”, … under a covering letter or without one."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from transcripts.parsing.joining import Joiner
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, sort_lines
from transcripts.parsing.names import looks_like_name, recase, strip_title
from transcripts.parsing.transcript import (
    Capacity,
    DocumentKind,
    Item,
    Question,
    Reason,
    Speaker,
    Transcript,
    Turn,
)
from transcripts.reading.source import Source

KIND = "schriftelijke vraag"
_NUMBERS = r"(?P<numbers>\d{1,2}(?:\s*(?:,|en|t/m|tot en met|-|–|&)\s*\d{1,2})*)"
_QUESTION = re.compile(rf"(?:Deelvraag|Vraag|Vragen)\s+(?:nr\.\s*)?{_NUMBERS}\s*[.:)]?", re.IGNORECASE)
_ANSWER = re.compile(
    rf"Antwoord(?:en)?(?:\s+op)?(?:\s+(?:de\s+)?(?:deel)?vra(?:ag|gen))?\s+(?:nr\.\s*)?{_NUMBERS}\s*[.:)]?",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?:De\s+)?(?:(?:Vlaams|federaal|eerste)\s+)?(?:(?:vice)?minister(?:-president)?|staatssecretaris)\b[^.?!]{0,160},?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:Beantwoording|Antwoord(?:en)?)\s+(?:van|op)\b.{10,}", re.IGNORECASE)
_ASKER = re.compile(
    r"\bvan\s+(?:het\s+lid|de\s+heer|mevrouw|Vlaams\s+volksvertegenwoordiger)\s+"
    r"(?P<asker>[A-ZÀ-Ý][^(,]{1,50}?)\s*(?:\((?P<party>[^()]{1,30})\)|(?=\s(?:over|aan|betreffende|inzake)\b|,|\.|$))"
)
_END_NOTE = re.compile(r"\d{1,2}\)\s+\S")
_SIGNATURE_REACH = 12  # rows after the office in which the name may stand


@dataclass(slots=True)
class _Part:
    capacity: Capacity
    numbers: str
    start: int
    rows: list[Row] = field(default_factory=list)


def is_answers(source: Source) -> bool:
    """Tell whether a text repeats the questions: a line “Vraag 1” and a line “Antwoord op vraag 1” after it."""
    asked = False
    for line in source.text.split("\n"):
        words = line.strip()
        if len(words) < 60 and words[:1] in "VvDdAa" and words:
            asked = asked or bool(_QUESTION.fullmatch(words))
            if asked and _ANSWER.fullmatch(words):
                return True
    return False


def parse_answers(source: Source, *, minister: str = "") -> Transcript:
    """Parse such answers. The letter before them names the minister, and in its head the day."""
    sheet = sort_lines(source)
    rows = sheet.rows
    ledger = Ledger(source.text, sheet.marks)
    joiner = Joiner(source.text, sheet)
    first = next(at for at, row in enumerate(rows) if _QUESTION.fullmatch(row.text))
    title = _head(rows[:first], ledger, joiner)
    name = minister or _signature(rows[:first])
    asked = _ASKER.search(title)
    asker = strip_title(asked["asker"]) if asked else ""
    end = len(rows)
    while end > first and _END_NOTE.match(rows[end - 1].text):
        end -= 1
        ledger.add(rows[end].start, rows[end].end, Reason.NOTE)
    turns: list[Turn] = []
    for part in _parts(rows[first:end], ledger):
        minister_speaks = part.capacity is Capacity.MINISTER
        party = "" if minister_speaks or not asked else asked["party"] or ""
        speaker = Speaker("", name if minister_speaks else asker, part.capacity, party)
        last = part.rows[-1].end if part.rows else part.start
        passage = joiner.join(part.rows)
        turns.append(Turn(speaker, passage, part.start, last, source.page_at(part.start), (), part.numbers))
    question = Question("", "", asker, name, "", title)
    start = rows[0].start
    item = Item(KIND, title or KIND, (question,), tuple(turns), start, turns[-1].end, source.page_at(start))
    return Transcript(DocumentKind.WRITTEN_QUESTION, (item,), ledger.close(), title=title)


def _head(rows: list[Row], ledger: Ledger, joiner: Joiner) -> str:
    """Account for the letter and the title under it; return the title."""
    begin = next((at for at in range(len(rows) - 1, -1, -1) if _TITLE.match(rows[at].text)), len(rows))
    for row in rows[:begin]:
        ledger.add(row.start, row.end, Reason.COVER)
    for row in rows[begin:]:
        ledger.add(row.start, row.end, Reason.HEADING)
    return joiner.join(rows[begin:], one_paragraph=True).text.rstrip(" .") if begin < len(rows) else ""


def _signature(rows: list[Row]) -> str:
    """Return the name under the office of the minister at the end of the letter."""
    for at in range(len(rows) - 1, -1, -1):
        if _OFFICE.fullmatch(rows[at].text):
            for row in rows[at + 1 : at + 1 + _SIGNATURE_REACH]:
                if looks_like_name(row.text):
                    return recase(row.text)
    for before, row in pairwise(rows):
        if _OFFICE.fullmatch(row.text) and looks_like_name(before.text):
            return recase(before.text)
    return ""


def _parts(rows: list[Row], ledger: Ledger) -> list[_Part]:
    parts: list[_Part] = []
    for row in rows:
        answer = _ANSWER.fullmatch(row.text)
        found = answer or _QUESTION.fullmatch(row.text)
        if found:
            capacity = Capacity.MINISTER if answer else Capacity.MEMBER
            parts.append(_Part(capacity, _figures(found["numbers"]) if answer else "", row.start))
            ledger.add(row.start, row.end, Reason.SPEAKER_LABEL)
        else:
            parts[-1].rows.append(row)
            ledger.add(row.start, row.end, Reason.SPEECH)
    return parts


def _figures(words: str) -> str:
    """Return "1-3" for "1 t/m 3" and "3, 8" for "3 en 8", at most ten characters."""
    figures = re.findall(r"\d+", words)
    if len(figures) == 2 and re.search(r"-|–|t/m|tot", words):
        return "-".join(figures)
    joined = ", ".join(figures)
    return joined if len(joined) <= 10 else f"{figures[0]}-{figures[-1]}"
