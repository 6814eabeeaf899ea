"""The committee export in CSV: one row per spoken turn, several meetings in one file.

The text is made of the meetings by their number and the agenda items by theirs, which is the order of the agenda; in
an item the rows keep the order they have in the file. The title, the day and the link of an item stand in every row
and are written once. Empty columns and the ids of the export itself are left out by design.
"""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from transcripts.messages import Message, Sentence
from transcripts.reading.encodings import decode
from transcripts.reading.refusals import LARGEST
from transcripts.reading.source import Mark, Role, Source, UnreadableError
from transcripts.reading.writer import Writer

_CONTENT = frozenset(("titel", "spreker", "sprekertekst", "datum"))
_AGENDA = frozenset(("meeting_id", "card__title", "card__author"))
_HEAD = 4096
_MOST_ROWS = 50_000
# The limit of the csv module is one for the whole program, and shorter than a long speech. A cell is never longer than
# the file it stands in, and that has a limit of its own.
csv.field_size_limit(LARGEST)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MEETING = re.compile(r"/(?:commissievergaderingen|plenaire-vergaderingen)/(?P<meeting>\d+)(?:/verslag/(?P<item>\d+))?")
_NUMBER = re.compile(r"(?P<number>\d{1,5})\s*\((?P<session>\d{4}-\d{4})\)")
_SHORT = 80  # characters: "Ja." may be said twice, and a provisional report holds one placeholder many times
_AUTHOR = re.compile(
    r"van\s*(?P<asker>.+?)\s*aan\s*(?P<addressee>(?:viceminister|minister|staatssecretaris).+?)"
    r"(?: en (?:vice)?minister\b|$)"
)


class _Row(NamedTuple):
    title: str
    speaker: str
    words: str
    day: str
    meeting: str
    item: str
    link: str


def recognises(data: bytes) -> bool:
    names = _columns(data)
    return names >= _CONTENT or names >= _AGENDA


def companions(name: str) -> tuple[str, ...]:
    """Return the name under which the agenda of the export `name` may lie beside it."""
    return (name.replace("_content", "_meetings"),) if "_content" in name else ()


def read(data: bytes) -> Source:
    """Read a content file. The agenda of meetings alone holds no words spoken: it is refused, and read beside one."""
    if not _columns(data) >= _CONTENT:
        raise UnreadableError(Sentence.AGENDA_ALONE())
    rows, warnings = _rows(data)
    wanted = [_row(row) for row in rows if row.get("sprekertekst") or row.get("spreker") or row.get("titel")]
    meetings: dict[str, dict[str, list[_Row]]] = {}
    for row in wanted:
        meetings.setdefault(row.meeting or row.day, {}).setdefault(row.item or row.title, []).append(row)
    out = Writer()
    for meeting in sorted(meetings, key=_in_order):
        items = meetings[meeting]
        first = next(iter(items.values()))[0]
        out.gap()
        start = out.length
        out.line(first.day, Role.COVER)
        for item in sorted(items, key=_in_order):
            _item(out, items[item])
        link = first.link.partition("/verslag/")[0]
        out.mark(start, Role.MEETING, {"id": meeting, "date": first.day, "url": link})
    found = list(warnings)
    if wanted:
        found.append(Sentence.EXPORT_INCOMPLETE())
    days = {row.day for row in wanted}
    hints = {"kind": "verslag"} | ({"date": next(iter(days))} if len(days) == 1 else {})
    return out.source("csv export", hints, found)


def _item(out: Writer, rows: Sequence[_Row]) -> None:
    out.gap()
    start = out.length
    first = rows[0]
    out.line(first.title, Role.HEADING)
    out.line(first.link, Role.LINK)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        out.gap()
        if (row.speaker, row.words) in seen and len(row.words) > _SHORT:
            out.line(f"{row.speaker}: {row.words}" if row.speaker else row.words, Role.REPEATED)
            continue
        seen.add((row.speaker, row.words))
        if not row.speaker and row.words[:1] in ("–", "—", "-"):
            out.line(row.words, Role.NOTE)
            continue
        here = out.length
        out.line(row.speaker, Role.SPEAKER)
        for paragraph in row.words.split("\n"):
            out.line(paragraph)
        out.mark(here, Role.SPEECH)
    title = re.sub(r"^over\s+", "", first.title)
    out.mark(start, Role.ITEM, {"id": first.item, "title": title, "url": first.link})


def read_agenda(data: bytes) -> list[Mark]:
    """Return the agenda of the meetings as facts: number, session, asker, addressee, title, meeting, committee."""
    if not _columns(data) >= _AGENDA:
        return []
    rows, _ = _rows(data)
    committees = {
        row["id"]: row["title"].partition(" - ")[0].strip()
        for row in rows
        if row.get("id") and row.get("title", "").startswith(("Commissie", "Verenigde"))
    }
    marks: list[Mark] = []
    for row in rows:
        if not row.get("card__title"):
            continue
        kind = row.get("card__tag", "").strip()
        title = row["card__title"].removeprefix(kind).strip()
        number = _NUMBER.search(row.get("card__document_number", ""))
        author = _AUTHOR.search(row.get("card__author", ""))
        facts = {
            "id": row.get("id", ""),
            "meeting": row.get("meeting_id", ""),
            "committee": committees.get(row.get("meeting_id", ""), ""),
            "kind": kind.casefold(),
            "title": re.sub(r"^over\s+", "", title),
            "number": number["number"] if number else "",
            "session": number["session"] if number else "",
            "asker": author["asker"] if author else "",
            "addressee": author["addressee"] if author else "",
        }
        marks.append(Mark(0, 0, Role.AGENDA, "", {key: value for key, value in facts.items() if value}))
    return marks


def _columns(data: bytes) -> frozenset[str]:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    head = data[:_HEAD].decode(encoding, errors="replace").lstrip("\ufeff").partition("\n")[0]
    return frozenset(name.strip().strip('"').casefold() for name in re.split(r"[,;\t]", head.strip()))


def _rows(data: bytes) -> tuple[list[dict[str, str]], tuple[Message, ...]]:
    text, warnings = decode(data)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    rows = list(islice(_cells(text, delimiter), _MOST_ROWS + 1))
    if len(rows) > _MOST_ROWS:
        raise UnreadableError(Sentence.TOO_MANY_ROWS(most=_MOST_ROWS))
    if len(rows) < 2:
        raise UnreadableError(Sentence.NO_ROWS())
    names = [name.strip().casefold() for name in rows[0]]
    if long := next((at for at, row in enumerate(rows, start=1) if len(row) > len(names)), 0):
        raise UnreadableError(Sentence.ROW_TOO_WIDE(row=long))
    return [dict(zip(names, (cell.strip() for cell in row), strict=False)) for row in rows[1:] if row], warnings


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader((found[0] for found in _LINE.finditer(text)), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error:
        raise UnreadableError(Sentence.EXPORT_DAMAGED(line=reader.line_num)) from None


def _row(cells: dict[str, str]) -> _Row:
    link = re.sub(r"(?<!:)//+", "/", cells.get("speech_link", "") or cells.get("link", ""))
    found = _MEETING.search(link)
    item = cells.get("question_id", "").removesuffix(".0")
    return _Row(
        cells.get("titel", ""),
        cells.get("spreker", ""),
        cells.get("sprekertekst", ""),
        cells.get("datum", ""),
        found["meeting"] if found else "",
        (found["item"] if found else None) or item,
        link,
    )


def _in_order(key: str) -> tuple[bool, int]:
    """Order by number; what has none comes after that, as it stands in the file."""
    return not key.isdecimal(), int(key) if key.isdecimal() and len(key) < 20 else 0
