"""Policy notes: prose by one minister under headings, no turns."""

import re
from itertools import pairwise

from transcripts.messages import Sentence
from transcripts.parsing.dates import find_date
from transcripts.parsing.joining import Joiner
from transcripts.parsing.lacking import LackingError
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row, Sheet, ends_sentence, sort_lines
from transcripts.parsing.names import fold, looks_like_name, strip_title
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
_DATED = re.compile(
    r"\b(?:ingediend|meegedeeld|voorgelegd)\s+op\b|^(?:Brussel,?\s+)?\d{1,2} \w+ \d{4}(?:\s*\(\d{4}-\d{4}\))?$",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"^(?:inhoud|inhoudsopgave|inhoudstafel)$", re.IGNORECASE)
_ENTRY = re.compile(r"(?:[.…]{3}\s*|\s)\d{1,3}$")
_OBJECTIVE = re.compile(r"^(?:SD|OD|[Ss]trategische doelstelling|[Oo]perationele doelstelling)\s*\d")
_SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+[A-Z]")
_NUMBERING = re.compile(r"^\d{1,2}(?:\.\d{1,2}){0,4}\.?\s+")
_FIGURES = re.compile(r"\s-?\d[\d.,]*\d{3}%?$|(?:\s-?[\d.,]*\d%?){2,}$")
_NO_HEADING = (".", ",", ";", ":", "!", "-")
_PAPER = re.compile(
    r"vlaams parlement|verzendcode\s*:.*|\d{1,4}(?:-[A-Z])?\s*\(\d{4}-\d{4}\)(?:\s*[–—-]\s*Nr\.\s*\d{1,3})?",
    re.IGNORECASE,
)
_SIGNED_ROWS = 6
_EDGE = 80  # characters at the end of an entry that are looked at
_TITLE_ROWS = 4
_PUBLISHERS = frozenset(("vlaamse regering", "de vlaamse regering", "vlaamse overheid", "vlaams parlement"))
_COVER_ROWS = 40
_LONGEST_HEADING = 3  # rows


def parse_policy_note(source: Source, *, minister: str = "") -> Transcript:
    """Parse a policy note: one item, one turn per section. The minister is given or named on the cover."""
    sheet = sort_lines(source)
    rows = sheet.rows
    cover = rows[:_COVER_ROWS]
    speaker = minister or _minister(cover)
    if not speaker:
        raise LackingError(Sentence.LACKS_MINISTER)
    ledger = Ledger(source.text, sheet.marks)
    joiner = Joiner(source.text, sheet)
    said_on = next((day for row in cover if _DATED.search(row.text) and (day := find_date(row.text))), None)
    turns: list[Turn] = []
    body: list[Row] = []
    headings: list[str] = []

    def close() -> None:
        if body:
            start, end = body[0].start, body[-1].end
            who = Speaker("", speaker, Capacity.MINISTER)
            heading = "\n".join(headings)
            turns.append(Turn(who, joiner.join(body), start, end, source.page_at(start), heading=heading))
            body.clear()
            headings.clear()

    listed = _contents(rows)
    sections = _sections([rows[at].text for at in sorted(listed)[1:]])
    title = _cover(rows, listed, ledger) if listed else ""
    at = min(listed, default=0) if title else 0
    while at < len(rows):
        if at in listed:
            ledger.add(rows[at].start, rows[at].end, Reason.CONTENTS)
            at += 1
            continue
        if (last := _signed(rows, at, speaker)) > at:
            for row in rows[at:last]:
                ledger.add(row.start, row.end, Reason.NOTE if turns or body else Reason.COVER)
            at = last
            continue
        if not (turns or body) and _is_cover(rows[at].text):
            ledger.add(rows[at].start, rows[at].end, Reason.COVER)
            at += 1
            continue
        last = _heading(rows, at, sheet, sections, after=bool(headings) and not body)
        if last == at:
            body.append(rows[at])
            ledger.add(rows[at].start, rows[at].end, Reason.SPEECH)
            at += 1
            continue
        close()
        words = joiner.join(rows[at:last], one_paragraph=True).text
        if title:
            headings.append(words)
        title = title or words
        for row in rows[at:last]:
            ledger.add(row.start, row.end, Reason.HEADING)
        at = last
    close()
    start = rows[0].start if rows else 0
    item = Item(KIND, title or KIND, (), tuple(turns), start, rows[-1].end if rows else 0, 1)
    return Transcript(DocumentKind.POLICY_NOTE, (item,), ledger.close(), said_on=said_on, title=title or KIND)


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


def _signed(rows: list[Row], at: int, speaker: str) -> int:
    """Return the row after a signature that begins at `at`: the name of the minister, and the office under it."""
    if at + 1 >= len(rows) or not _TITLE.match(rows[at + 1].text) or fold(rows[at].text) != fold(speaker):
        return at
    last = at + 2
    while last < len(rows) and last - at < _SIGNED_ROWS and not (rows[last].gap or rows[last].broken):
        if not (rows[last].text[0].islower() or rows[last - 1].text.endswith((",", " en", " van"))):
            break
        last += 1
    return last


def _contents(rows: list[Row]) -> set[int]:
    """Return the rows of the table of contents: after its heading, as long as entries end in a page number.

    They end also where the heading of a section comes back without its page: there the section begins.
    """
    listed: set[int] = set()
    keys: set[str] = set()
    for at, row in enumerate(rows):
        if not _CONTENTS.match(row.text):
            continue
        listed.add(at)
        entry = at + 1
        while entry < len(rows):
            ends = [_ENTRY.search(following.text[-_EDGE:]) for following in rows[entry : entry + 3]]
            reach = next((far for far, found in enumerate(ends) if found), None)
            if reach is None or _key(rows[entry].text, paged=False) in keys:
                break
            keys.add(_key(" ".join(row.text for row in rows[entry : entry + reach + 1])))
            listed.update(range(entry, entry + reach + 1))
            entry += reach + 1
        break
    return listed


def _sections(entries: list[str]) -> set[str]:
    """Return the keys of the sections that the contents list; an entry may run over several rows."""
    keys: set[str] = set()
    words = ""
    for entry in entries:
        words = f"{words} {entry}".strip()
        if _ENTRY.search(words[-_EDGE:]):
            keys.add(_key(words))
            words = ""
    return keys - {""}


def _key(entry: str, *, paged: bool = True) -> str:
    """Return an entry of the contents as it will stand above its section: no number, page or dots, in one case."""
    if paged and entry[-1:].isdecimal():
        entry = _ENTRY.sub("", entry)
    if entry[:1].isdecimal():
        entry = _NUMBERING.sub("", entry)
    return entry.strip(" .…").casefold()


def _cover(rows: list[Row], listed: set[int], ledger: Ledger) -> str:
    """Enter the rows before the contents as cover; return the title on it, or nothing where there is no cover."""
    first = min(listed)
    if not 0 < first <= _COVER_ROWS:
        return ""
    for row in rows[:first]:
        ledger.add(row.start, row.end, Reason.COVER)
    named = next((at for at, row in enumerate(rows[:first]) if _TITLE.match(row.text)), first + 1) - 1
    words = [
        row.text
        for at, row in enumerate(rows[:first])
        if at < named and not _is_cover(row.text) and not _DATED.search(row.text) and not _PAPER.fullmatch(row.text)
    ]
    return " ".join(words[:_TITLE_ROWS]) or rows[0].text


def _is_cover(text: str) -> bool:
    """Tell whether a line says who published the note, or who handed it in."""
    return _key(text, paged=False) in _PUBLISHERS or _HANDED_IN.search(text) is not None


def _heading(rows: list[Row], at: int, sheet: Sheet, sections: set[str], *, after: bool) -> int:
    """Return the row after the heading that begins at `at`; `at` itself where none does.

    A heading is named in the contents, or numbered in capitals, or stands alone between empty lines. Where the text
    has no empty lines, as out of a PDF, a short line before a full one will do. after: another heading stands above.
    """
    row = rows[at]
    if _key(row.text) in sections or (_SECTION.match(row.text) and row.text.isupper()):
        return at + 1
    if not (at == 0 or row.gap or after or ends_sentence(rows[at - 1].text)):
        return at
    if _OBJECTIVE.match(row.text) and len(row.text) < sheet.width and at + 1 < len(rows) and not rows[at + 1].gap:
        continued = rows[at + 1].text[0].islower()
        return at + 2 if continued else at + 1
    if not (row.text[0].isupper() or row.text[0].isdigit()) or _FIGURES.search(row.text):
        return at
    last = at + 1
    if row.gap or row.broken or at == 0:
        while last < len(rows) and not (rows[last].gap or rows[last].broken) and last - at <= _LONGEST_HEADING:
            last += 1
    if last - at > _LONGEST_HEADING or (last == len(rows) and not _SECTION.match(row.text)):
        return _short_line(rows, at, sheet)
    if last < len(rows) and rows[last].broken and not rows[last].gap:
        return at
    words = " ".join(line.text for line in rows[at:last])
    if not row.gap and not row.broken and at:
        return _short_line(rows, at, sheet)
    if _OBJECTIVE.match(words) and len(words) < 250:
        return last
    if len(words) > max(110, sheet.width * 1.6) or words.endswith(_NO_HEADING):
        return _short_line(rows, at, sheet)
    return last


def _short_line(rows: list[Row], at: int, sheet: Sheet) -> int:
    """Return the row after a heading of one line that no empty line sets apart; `at` where it is none."""
    if at + 1 == len(rows) or rows[at + 1].gap:
        return at
    text, following = rows[at].text, rows[at + 1].text
    short = len(text) < sheet.width * 0.6 and not text.endswith(_NO_HEADING)
    full = len(following) > sheet.width * 0.75 and (following[0].isupper() or following[0] in "“‘")
    return at + 1 if short and full and not _FIGURES.search(following) else at
