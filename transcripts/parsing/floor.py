"""Whom the chair gives the floor: on many a page nothing else tells who speaks next."""

import re

_TITLES = r"(?:[Dd]e heer|[Mm]evrouw|[Cc]ollega|(?:[Vv]ice)?[Mm]inister(?:-president)?|[Ss]taatssecretaris)"
_NAME = r"[A-ZÀ-Ý’'][^.?!:;()]{1,60}?"
GIVEN = re.compile(
    rf"(?P<who>{_TITLES}\s+{_NAME})(?:,[^.?!]{{0,60}},?)?\s+heeft\s+(?:nu\s+|eerst\s+|opnieuw\s+)?het woord\b"
    rf"|[Hh]et woord is aan\s+(?P<next>{_TITLES}\s+{_NAME})(?=[.,])"
    rf"|[Ii]k geef\s+(?:nu\s+|eerst\s+)?het woord aan\s+(?P<then>{_TITLES}\s+{_NAME})(?=[.,])"
)
_TAIL, _AFTER = 400, 120  # characters at the end of a turn in which the floor is given, and that may follow


def announced(text: str) -> str:
    """Return whom the end of a turn gives the floor, or nothing."""
    tail = text[-_TAIL:]
    if "woord" not in tail:
        return ""
    last = None
    for found in GIVEN.finditer(tail):
        last = found
    if last is None or len(tail) - last.end() > _AFTER:
        return ""
    return str(last["who"] or last["next"] or last["then"]).strip()
