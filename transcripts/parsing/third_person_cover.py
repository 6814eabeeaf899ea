"""The cover of a report in the third person: on behalf of which committee it is, and when the meeting was held.

The day that a cover prints by itself is often that on which the report was handed in.
"""

import re
from collections.abc import Sequence
from datetime import date

from transcripts.parsing.cover import Meeting, read_cover
from transcripts.parsing.dates import find_date
from transcripts.parsing.lines import Row

_HELD = re.compile(
    r"(?:behandelde|besprak|besproken|behandeld|bespreking|hield|gehouden|vergaderde|wisselde|hoorde|vond\w*|kwam\w*)\b"
    r"[^.]{0,300}?\bop\s+(?P<day>(?:\w+dag\s+)?\d{1,2}\s+\w+\s+\d{4})(?P<more>(?:\s*(?:,|en)\s+\d{1,2}\s+\w+\s+\d{4})?)"
    r"|\bOp\s+(?P<first>(?:\w+dag\s+)?\d{1,2}\s+\w+\s+\d{4})(?P<then>(?:\s*(?:,|en)\s+\d{1,2}\s+\w+\s+\d{4})?),?\s+"
    r"(?:hield|besprak|behandelde|vergaderde|wisselde|hoorde|kwam|vond)\b"
)
_COMMITTEE = re.compile(
    r"namens\s+de\s+(?P<name>(?:[Vv]erenigde\s+)?[Cc]ommissies?\s+(?:voor|ad hoc|inzake)\s.+?)"
    r"(?=\s*\n\s*\n|\s+(?:uitgebracht|aan|over|betreffende)\s)",
    re.DOTALL,
)
_PRINTED = re.compile(r"van (?:\w+dag )?\d{1,2} \w+ \d{4}")


def read_told_cover(before: Sequence[Row], start: str, meeting: Meeting) -> None:
    """Note in `meeting` what the rows `before` the report tell, and the beginning of its text, `start`."""
    read_cover(before, meeting)
    if found := _COMMITTEE.search(start):
        name = " ".join(found["name"].split())
        meeting.committee = name[0].upper() + name[1:]
    words = " ".join(row.text for row in before)
    meeting.said_on = _held_on(f"{words} {' '.join(start.split())}", meeting) or _printed_day(before, meeting)


def _held_on(text: str, meeting: Meeting) -> date | None:
    """Return the day on which the meeting is said to have been held; a second one is noted."""
    for found in _HELD.finditer(text):
        if day := find_date(found["day"] or found["first"]):
            if other := find_date(found["more"] or found["then"] or ""):
                meeting.days = (*meeting.days, other)
            return day
    return None


def _printed_day(before: Sequence[Row], meeting: Meeting) -> date | None:
    days = (find_date(row.text) for row in before if _PRINTED.match(row.text))
    return next((day for day in days if day), None) or next(iter(meeting.days), None)
