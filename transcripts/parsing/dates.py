"""Calendar days as the papers print them ("28 februari 2023")."""

import re
from datetime import date

MONTHS: dict[str, int] = {
    month: number
    for number, month in enumerate(
        (
            "januari", "februari", "maart", "april", "mei", "juni",
            "juli", "augustus", "september", "oktober", "november", "december",
        ),
        start=1,
    )
}  # fmt: skip

_DAY = re.compile(r"\b(\d{1,2})\s+(" + "|".join(MONTHS) + r")\s+(\d{4})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def find_date(text: str) -> date | None:
    """Return the first calendar day in `text`, or None; a day that does not exist is passed over."""
    for found in _DAY.finditer(text):
        day = _day(found[3], str(MONTHS[found[2].lower()]), found[1])
        if day:
            return day
    for found in _ISO.finditer(text):
        if day := _day(found[1], found[2], found[3]):
            return day
    for found in _NUMBERS.finditer(text):
        if day := _day(found[3], found[2], found[1]):
            return day
    return None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
