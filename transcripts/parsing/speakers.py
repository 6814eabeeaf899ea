"""Who speaks: the label before the colon at the head of a turn."""

import re
from dataclasses import dataclass, replace

from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, Speaker

LONGEST = 120
_PARTY = re.compile(r"\s*\((?P<party>[^()]{1,30})\)(?=$|,)")
_CHAIR = re.compile(
    r"(?:de\s+)?(?:onder)?voorzitter(?:\s+(?P<name>[^()]+?))?(?:\s*\((?P<aside>[^()]*)\))?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was recognised: the speaker, its length in characters with the colon, and how sure it is.

    sure  False for a bare name or surname, which only counts where that person is expected to speak
    """

    speaker: Speaker
    length: int
    sure: bool


def read_label(text: str) -> Label | None:
    """Read the label at the head of `text`; None where the colon, if any, belongs to the sentence."""
    colon = text.find(":", 0, LONGEST)
    if colon < 3 or text[colon + 1 : colon + 2] not in ("", " ", "\u00a0", "\t"):
        return None
    head = text[:colon].rstrip()
    if not (head[0].isupper() or head[0] in "’'") or "?" in head or "!" in head or ";" in head:
        return None
    found = _read(head)
    return Label(found[0], colon + 1, found[1]) if found else None


def _read(head: str) -> tuple[Speaker, bool] | None:
    if chair := _CHAIR.fullmatch(head):
        words = chair["name"] or chair["aside"] or ""
        name = names.strip_title(words) if names.looks_like_name(names.strip_title(words) or "-") else ""
        return (Speaker(head, name, Capacity.CHAIR), True) if name or not chair["name"] else None
    title, rest = names.split_title(head)
    if title.casefold() == "collega":
        return None
    minister = names.is_minister_title(title)
    if "," in rest and (party := _PARTY.search(rest)) and names.is_party(party["party"].strip()):
        found = _with_office(head, rest[: party.start()] + rest[party.end() :], minister)
        return (replace(found[0], party=party["party"].strip()), True) if found else None
    if rest.endswith(")") and "(" in rest:
        return _bracketed(head, title, rest)
    if "," in rest:
        return _with_office(head, rest, minister)
    if not title:
        return (Speaker(head, names.recase(rest), Capacity.MEMBER), False) if names.looks_like_name(rest) else None
    if title[:1].islower() or not names.looks_like_name(rest, least=1):
        return None
    whole = names.looks_like_name(rest) and rest.split()[0].casefold() not in names.PARTICLES
    return Speaker(head, names.recase(rest), Capacity.MINISTER if minister else Capacity.MEMBER), whole


def _bracketed(head: str, title: str, rest: str) -> tuple[Speaker, bool] | None:
    name, _, aside = rest[:-1].partition("(")
    name, aside = name.strip(), aside.strip()
    known = names.is_party(aside)
    if not name or len(name) > 60 or not names.looks_like_name(name, least=1 if known or title else 2):
        return None
    if names.is_minister_title(title):
        return Speaker(head, names.recase(name), Capacity.MINISTER, aside if known else ""), True
    if aside.casefold() in ("voorzitter", "ondervoorzitter"):
        return Speaker(head, names.recase(name), Capacity.CHAIR), True
    if known:
        return Speaker(head, names.recase(name), Capacity.MEMBER, aside), True
    return Speaker(head, names.recase(name), Capacity.OTHER), bool(title)


def _with_office(head: str, rest: str, minister: bool) -> tuple[Speaker, bool] | None:
    name, _, office = rest.partition(",")
    if not names.looks_like_name(name.strip()):
        return None
    words = re.findall(r"[\w-]+", office.casefold())
    last = office.rpartition(",")[2].strip()
    if not words or not names.SAYS.isdisjoint(words) or ("," in office and last[:1].islower()):
        return None
    if minister or any(word.endswith("minister") or "minister-president" in word for word in words[:3]):
        return Speaker(head, names.recase(name.strip()), Capacity.MINISTER), minister
    if words[0] == "voorzitter" and len(words) == 1:
        return Speaker(head, names.recase(name.strip()), Capacity.CHAIR), True
    if any(word in names.OFFICES for word in words[:3]):
        return Speaker(head, names.recase(name.strip()), Capacity.OTHER), False
    return None


class Expected:
    """Who may speak under a bare name: those the headings name, and those who spoke before."""

    def __init__(self) -> None:
        self._whole: set[str] = set()
        self._by_family: dict[str, set[str]] = {}

    def add(self, name: str) -> None:
        """Remember this person, by the whole name and by the family name."""
        if " " in name:
            self._whole.add(names.fold(name))
            self._by_family.setdefault(names.fold(names.family_name(name)), set()).add(name)

    def __contains__(self, name: str) -> bool:
        return names.fold(name) in self._whole

    def in_full(self, name: str) -> str:
        """Return the whole name of somebody printed by the family name, where only one is known to bear it."""
        known = self._by_family.get(names.fold(name), set())
        return next(iter(known)) if len(known) == 1 and name not in known else name
