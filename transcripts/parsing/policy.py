"""Policy notes: prose by one minister under headings, no turns."""

import re
from itertools import pairwise

from transcripts.parsing.dates import find_date
from transcripts.parsing.joining import Joiner
from transcripts.parsing.lacking import LackingError
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, Sheet, ends_sentence, sort_lines
from transcripts.parsing.names import looks_like_name, strip_title
from transcripts.parsing.transcript import (
    Capacity,
    DocumentKind,
    Item,
    Reason,
    Speaker,
    Transcript,
    Turn,
)
from transcripts.reading.source import Source

KIND = "beleidsnota"

_HANDED_IN = re.compile(
    r"\b(?:ingediend|voorgelegd|meegedeeld|voorgesteld|uitgebracht)\s+door\s+(?P<who>.+?)(?:,|$)", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:Vlaams minister|Viceminister-president|Minister-president)\b", re.IGNORECASE)
_DATED = re.compile(r"\b(?:ingediend|meegedeeld|voorgelegd)\s+op\b|^(?:Brussel,?\s+)?\d{1,2} \w+ \d{4}$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:inhoud|inhoudsopgave|inhoudstafel)$", re.IGNORECASE)
_ENTRY = re.compile(r"(?:[.…]{3,}\s*|\s)\d{1,3}$")
_OBJECTIVE = re.compile(r"^(?:SD|OD|[Ss]trategische doelstelling|[Oo]perationele doelstelling)\s*\d")
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+[A-Z]")
_COVER_ROWS = 40
_LONGEST_HEADING = 3  # rows


def parse_policy_note(source: Source, *, minister: str = "") -> Transcript:
    """Parse a policy note: one item, one turn per section. The minister is given or named on the cover."""
    sheet = sort_lines(source)
    rows = sheet.rows
    cover = rows[:_COVER_ROWS]
    speaker = minister or _minister(cover)
    if not speaker:
        raise LackingError("minister")
    ledger = Ledger(sheet.marks)
    joiner = Joiner(source.text, sheet)
    said_on = next((day for row in cover if _DATED.search(row.text) and (day := find_date(row.text))), None)
    turns: list[Turn] = []
    body: list[Row] = []
    title = ""

    def close() -> None:
        if body:
            start, end = body[0].start, body[-1].end
            who = Speaker("", speaker, Capacity.MINISTER)
            turns.append(Turn(who, joiner.join(body), start, end, source.page_at(start)))
            body.clear()

    listed = _contents(rows)
    at = 0
    while at < len(rows):
        if at in listed:
            ledger.add(rows[at].start, rows[at].end, Reason.CONTENTS)
            at += 1
            continue
        last = _heading(rows, at, sheet)
        if last == at:
            body.append(rows[at])
            ledger.add(rows[at].start, rows[at].end, Reason.SPEECH)
            at += 1
            continue
        close()
        title = title or joiner.join(rows[at:last], one_paragraph=True).text
        for row in rows[at:last]:
            ledger.add(row.start, row.end, Reason.HEADING)
        at = last
    close()
    start = rows[0].start if rows else 0
    item = Item(KIND, title or KIND, (), tuple(turns), start, rows[-1].end if rows else 0, 1)
    return Transcript(
        DocumentKind.POLICY_NOTE, (item,), ledger.close(source.text), said_on=said_on, title=title or KIND
    )


def _minister(cover: list[Row]) -> str:
    """Return the minister named on the cover, or nothing."""
    for before, row in pairwise(cover):
        found = _HANDED_IN.search(before.text)
        name = strip_title(found["who"]) if found else ""
        if looks_like_name(name):
            return name
        name = strip_title(before.text)
        if _TITLE.match(row.text) and looks_like_name(name):
            return name
    return ""


def _contents(rows: list[Row]) -> set[int]:
    """Return the rows of the table of contents: after its heading, as long as entries end in a page number."""
    listed: set[int] = set()
    for at, row in enumerate(rows):
        if not _CONTENTS.match(row.text):
            continue
        listed.add(at)
        entry = at + 1
        while entry < len(rows):
            ends = [_ENTRY.search(following.text) for following in rows[entry : entry + 3]]
            reach = next((far for far, found in enumerate(ends) if found), None)
            if reach is None:
                break
            listed.update(range(entry, entry + reach + 1))
            entry += reach + 1
        break
    return listed


def _heading(rows: list[Row], at: int, sheet: Sheet) -> int:
    """Return the row after the heading that begins at `at`; `at` itself where none does."""
    row = rows[at]
    if not (at == 0 or row.gap or (row.broken and ends_sentence(rows[at - 1].text))):
        return at
    last = at + 1
    while last < len(rows) and not rows[last].gap and not rows[last].broken and last - at <= _LONGEST_HEADING:
        last += 1
    if last - at > _LONGEST_HEADING or not (row.text[0].isupper() or row.text[0].isdigit()):
        return at
    words = " ".join(line.text for line in rows[at:last])
    if _OBJECTIVE.match(words) and len(words) < 250:
        return last
    if len(words) > max(110, sheet.width * 1.6) or words.endswith((".", ",", ";", ":", "!")):
        return at
    return last if last < len(rows) or _SECTION.match(words) else at
