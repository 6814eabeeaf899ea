"""The cover of a report and its page headers: which meeting, of whom, when."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from transcripts.parsing.dates import find_date
from transcripts.parsing.lines import Row
from transcripts.parsing.placeholders import is_notice

_NUMBER = re.compile(r"\b(?:vergadering\s+(?:nr\.\s*)?|nr\.\s*)(C?\d{1,4})\b", re.IGNORECASE)
_SESSION = re.compile(r"(?:\bzittingsjaar\s+|\()(\d{4}-\d{4})\b", re.IGNORECASE)
_COMMITTEE = re.compile(r"^(?:verenigde\s+)?commissies?\s+(?:voor|ad hoc|inzake)\b", re.IGNORECASE)
_COVER = re.compile(
    r"^(?:vergadering\b|zitting\b|zittingsjaar\b|woordelijk verslag|commissievergadering|plenaire vergadering"
    r"|handelingen|vlaams parlement|verslag\b"
    r"|van (?:\w+dag )?\d{1,2} \w+ \d{4}|(?:ochtend|middag|namiddag|avond)vergadering"
    r"|voorlopige? |\w+dag \d{1,2} \w+ \d{4}|uittreksel|\d{1,2} \w+ \d{4}$|nr\. ?\w+$|\(\d{4}-\d{4}\)$)",
    re.IGNORECASE,
)
_COVER_ROWS = 80  # in which a remark may stand
_LONGEST_REMARK = 6  # rows in brackets; what is never closed is no remark


@dataclass(slots=True)
class Meeting:
    """What is known of the meeting; empty where nothing was printed. `days` are all days the pages gave."""

    number: str = ""
    session: str = ""
    committee: str = ""
    said_on: date | None = None
    days: tuple[date, ...] = ()


def read_headers(headers: Iterable[str]) -> Meeting:
    """Read the meeting from the page headers: what most of them say."""
    days: Counter[date] = Counter()
    numbers: Counter[str] = Counter()
    sessions: Counter[str] = Counter()
    for header in headers:
        if day := find_date(header):
            days[day] += 1
        if found := _NUMBER.search(header):
            numbers[found[1]] += 1
        if found := _SESSION.search(header):
            sessions[found[1]] += 1
    return Meeting(
        number=_most(numbers),
        session=_most(sessions),
        said_on=days.most_common(1)[0][0] if days else None,
        days=tuple(days),
    )


def _most(counts: Counter[str]) -> str:
    return counts.most_common(1)[0][0] if counts else ""


def read_cover(rows: Sequence[Row], meeting: Meeting) -> list[Row]:
    """Read a cover into `meeting` (what stands there counts before the page headers); return its rows."""
    taken: list[Row] = []
    committee: list[str] = []
    bracket = 0  # rows of an open bracket that may still follow
    for at, row in enumerate(rows):
        text = row.text
        if bracket or (at < _COVER_ROWS and text.startswith("(")):
            bracket = 0 if text.endswith(")") else (bracket or _LONGEST_REMARK) - 1
            taken.append(row)
        elif _COMMITTEE.match(text):
            committee.append(text)
            taken.append(row)
        elif _COVER.match(text) or is_notice(text):
            _read_line(text, meeting)
            taken.append(row)
        elif committee and taken and taken[-1] is not None and not row.gap and taken[-1].text == committee[-1]:
            committee.append(text)
            taken.append(row)
        elif text.isdigit():
            taken.append(row)
    if committee:
        meeting.committee = " ".join(committee)
    return taken


def _read_line(text: str, meeting: Meeting) -> None:
    if found := _NUMBER.search(text):
        meeting.number = found[1]
    if found := _SESSION.search(text):
        meeting.session = found[1]
    if day := find_date(text):
        meeting.said_on = day
