"""The head of a written question: which question, who asks whom; on lines of their own, or several on one line."""

import re

from transcripts.parsing.names import looks_like_name, strip_title

OFFICE = re.compile(r"(?:vlaams\s+)?(?:vice)?minister\b|staatssecretaris\b", re.IGNORECASE)
_DAY = r"\d{1,2}\s+[^\W\d_]{3,9}\s+\d{4}"
_HEAD = re.compile(
    r"(?:vlaams\s+parlement\b)?[\s–—-]{0,80}(?:(?:schriftelijke\s+)?vraag\b)?\s{0,3}"
    r"(?:nr\.?\s{0,3}:?\s{0,3}(?P<number>\d{1,5})\b)?\s{0,3}(?:\(?\d{4}-\d{4}\)?)?"
    rf"(?:[\s,]{{0,3}}(?:van|d\.?d\.?)\s+{_DAY})?"
    r"(?:[\s,]{0,3}\bvan\s*:?\s+(?P<asker>(?!\d)[^.?!:]{3,60}?))?"
    rf"(?:[\s,]{{0,3}}\b(?:datum|ingediend\s+op)\s*:?\s*(?:{_DAY}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{4}}))?"
    r"(?:[\s,]{0,3}\baan\s*:?\s+(?P<addressee>[^.?!]{3,200}))?",
    re.IGNORECASE,
)
_LONGEST = 320  # characters


def read_head_line(text: str) -> re.Match[str] | None:
    """Read a line of the head: the kind, the number, the asker, the day, the minister, one or more of them."""
    if len(text) > _LONGEST or not (found := _HEAD.fullmatch(text)):
        return None
    asker, addressee = found["asker"], found["addressee"]
    names = re.split(r",\s*|\s+en\s+", strip_title(asker), flags=re.IGNORECASE) if asker else []
    if not all(looks_like_name(strip_title(name)) for name in names):
        return None
    if addressee and not (OFFICE.search(addressee) or looks_like_name(addressee.strip(" ,"))):
        return None
    return found


def addressee_of(words: str) -> str:
    """Return the name of the minister: "Jo Claes, Vlaams minister van Werk" and "minister Jo Claes" are Jo Claes."""
    office = OFFICE.search(words)
    before = words[: office.start()].strip(" ,") if office else ""
    return before or words.partition(",")[0].strip()
