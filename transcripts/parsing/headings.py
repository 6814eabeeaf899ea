"""The head of an agenda item: its kind, who asks whom, about what, under which number."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from transcripts.parsing import names
from transcripts.parsing.transcript import Question

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("reports.toml").read_text(encoding="utf-8")
)
_KINDS: tuple[str, ...] = tuple(sorted(DATA["item_kinds"], key=len, reverse=True))
SUB_HEADINGS: frozenset[str] = frozenset(DATA["sub_headings"])
QUESTION_KINDS: frozenset[str] = frozenset(DATA["question_kinds"])
_INITIALS = frozenset(kind[0].upper() for kind in _KINDS)
_SINGULAR = {
    "vragen om uitleg": "vraag om uitleg",
    "samengevoegde vragen om uitleg": "vraag om uitleg",
    "actuele vragen": "actuele vraag",
    "interpellaties": "interpellatie",
    "samengevoegde interpellaties": "interpellatie",
}

_NUMBER = re.compile(
    r"(?:^|\s)[–—-]?\s*(?:[Nn]r\.\s*)?(?P<number>\d{1,5}(?:-[A-Z])?)\s*\((?P<session>\d{4}-\d{4})\)"
    r"(?:\s*[–—-]\s*[Nn]r\.\s*[\d-]+(?:\s*(?:,|en|tot en met|t\.e\.m\.)\s*\d{1,3})*)?\s*(?P<page>\d{1,4})?$"
)
_LONGEST = 600  # characters in one line of a heading
_PAGE = re.compile(r"[\s.…]+(\d{1,4})$")
_PARTIES = re.compile(r"^van\s+(?P<asker>.+?)\s+(?:aan|tot)\s+(?P<addressee>.+)$", re.DOTALL)
_ABOUT = re.compile(r"^(?:[:,]\s*)?(?:over|betreffende|inzake|met betrekking tot)\s+(?P<subject>.+)$", re.DOTALL)
_GOES_ON = re.compile(r"$|,?\s+(?:met|over|van|tot|betreffende|inzake|naar aanleiding)\b")
_LISTED = re.compile(r"(?:\s*[,;]\s*|\s+(?=(?:en|met|over)\s))(?:(?:en|met|over)\s+){0,2}")


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The line under a heading, or the end of it: "– 1601 (2022-2023)", in a table of contents with its page."""

    number: str
    session: str
    page: str
    start: int


def heading_kind(text: str) -> str:
    """Return the kind of item that begins with this line, in lower case as printed; empty where none does.

    Capitals open an item by themselves; in small letters only what names who asks or what it is about, and then the
    number has to follow (see `is_loud`).
    """
    if text[0] not in _INITIALS or len(text) > _LONGEST:
        return ""
    folded = text[:60].casefold()
    if not folded.startswith(_KINDS):
        return ""
    for kind in _KINDS:
        if folded.startswith(kind):
            rest = text[len(kind) :]
            if text[: len(kind)].isupper():
                return kind if not rest or not rest[0].isalpha() else ""
            if kind in QUESTION_KINDS and re.match(r"\s+(?:van\s+(?:de heer\s|mevrouw\s)?[A-Z]|over\s)", rest):
                return kind
            return ""
    return ""


def quiet_kind(text: str) -> str:
    """Return the kind of item a line in small letters may open: "Gedachtewisseling met …"; who chairs has to follow."""
    if text[0] not in _INITIALS or len(text) > _LONGEST or text.endswith((".", "?", "!", ":")):
        return ""
    folded = text[:60].casefold()
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "") if folded.startswith(_KINDS) else ""
    return kind if kind and text[1 : len(kind)].islower() and _GOES_ON.match(text, len(kind)) else ""


def kind_of_title(text: str) -> str:
    """Return the kind of item that a title standing by itself names; empty where it names none."""
    return (heading_kind(text) or quiet_kind(text)) if text else ""


def is_loud(kind: str, text: str) -> bool:
    """Tell whether the kind is printed in capitals."""
    return text[: len(kind)].isupper()


def read_number(text: str) -> NumberLine | None:
    """Read the number of a question at the end of a line."""
    if not text.endswith((")", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9")):
        return None
    skipped = max(0, len(text) - 80)
    found = _NUMBER.search(text, skipped)
    if not found:
        return None
    return NumberLine(found["number"], found["session"], found["page"] or "", found.start())


def read_page(text: str) -> str:
    """Return the page number at the end of an entry in a table of contents, or nothing."""
    found = _PAGE.search(text[-80:])
    return found[1] if found else ""


def read_question(kind: str, text: str, number: str, session: str) -> Question:
    """Take a heading apart. What it does not name stays empty."""
    rest = text[len(kind) :].strip(" ,:–-")
    found = _PARTIES.match(rest)
    if not found:
        about = _ABOUT.match(rest)
        return Question(number, session, "", "", "", about["subject"] if about else rest)
    addressed, subject = _split_subject(found["addressee"])
    addressee, _, title = addressed.partition(",")
    printed, name = names.split_title(addressee)
    portfolio = title.strip(" ,") or (printed if names.is_minister_title(printed) else "")
    return Question(number, session, names.strip_title(found["asker"]), names.recase(name.strip()), portfolio, subject)


def invited(text: str) -> list[str]:
    """Return the people a heading says the committee meets with: "HOORZITTING met Jan Maes, directeur van …"."""
    _, _, listed = f" {text}".partition(" met ")
    found = (names.strip_title(part) for part in _LISTED.split(listed))
    return [name for name in found if names.looks_like_name(name) and not names.is_party(name)]


def _split_subject(text: str) -> tuple[str, str]:
    for mark in (", over ", " over ", " betreffende ", " inzake ", " met betrekking tot "):
        before, found, after = text.partition(mark)
        if found:
            return before.strip(" ,"), after.strip()
    return text, ""


def question_kind(kind: str) -> str:
    """Return the kind of one question under a heading that may stand in the plural."""
    return _SINGULAR.get(kind, kind)
