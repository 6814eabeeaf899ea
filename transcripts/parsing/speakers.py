"""Who speaks: the label before the colon at the head of a turn."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, Speaker

LONGEST = 120
_ARTICLES = ("de", "het", "een")
_LONGEST_OFFICE = 3  # words
_PARTY = re.compile(r"\s*\((?P<party>[^()]{1,30})\)(?=$|,)")
_CHAIR = re.compile(
    r"(?:de\s+)?(?:onder)?voorzitter(?:\s+(?P<name>[^()]+?))?(?:\s*\((?P<aside>[^()]*)\))?", re.IGNORECASE
)


class Standing(Enum):
    """What a label is worth."""

    SURE = "opens a turn wherever a paragraph may begin"
    GUEST = "shaped as the label of a guest: opens a turn at the head of a paragraph of its own"
    EXPECTED = "a bare name: opens a turn where that person is expected to speak"
    DOUBTFUL = "opens nothing, but may be a label"


@dataclass(frozen=True, slots=True)
class Label:
    """A label that was recognised: the speaker, its length in characters with the colon, and what it is worth."""

    speaker: Speaker
    length: int
    standing: Standing

    @property
    def sure(self) -> bool:
        return self.standing is Standing.SURE


_Found = tuple[Speaker, Standing]


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


@lru_cache(maxsize=4096)  # the few people of a meeting speak again and again
def _read(head: str) -> _Found | None:
    if chair := _CHAIR.fullmatch(head):
        words = chair["name"] or chair["aside"] or ""
        name = names.strip_title(words) if names.looks_like_name(names.strip_title(words) or "-") else ""
        return (Speaker(head, name, Capacity.CHAIR), Standing.SURE) if name or not chair["name"] else None
    title, rest = names.split_title(head)
    if title.casefold() == "collega":
        return None
    minister = names.is_minister_title(title)
    if "," in rest and (party := _PARTY.search(rest)) and names.is_party(party["party"].strip()):
        found = _with_office(head, rest[: party.start()] + rest[party.end() :], minister)
        certain = found is not None and found[1] is not Standing.DOUBTFUL
        return (replace(found[0], party=party["party"].strip()), Standing.SURE) if found and certain else None
    if rest.endswith(")") and "(" in rest:
        return _bracketed(head, title, rest)
    if "," in rest:
        return _with_office(head, rest, minister)
    if not minister and (name := _after_office(rest)):
        return Speaker(head, names.recase(name), Capacity.OTHER), Standing.GUEST
    if not title:
        if not names.looks_like_name(rest) or names.is_party(rest):
            return None
        return Speaker(head, names.recase(rest), Capacity.MEMBER), Standing.EXPECTED
    if title[:1].islower() or not names.looks_like_name(rest, least=1):
        return None
    whole = names.looks_like_name(rest) and rest.split()[0].casefold() not in names.PARTICLES
    capacity = Capacity.MINISTER if minister else Capacity.MEMBER
    return Speaker(head, names.recase(rest), capacity), Standing.SURE if whole else Standing.GUEST


def _after_office(words: str) -> str:
    """Return the name after an office: "Gedelegeerd bestuurder Jan Maes" is "Jan Maes"; nothing where none is."""
    parts = words.split()
    at = 0
    while at < len(parts) and at < _LONGEST_OFFICE and names.is_office(parts[at]) and (at == 0 or parts[at].islower()):
        at += 1
    name = " ".join(parts[at:])
    return name if at and names.looks_like_name(name) else ""


def _bracketed(head: str, title: str, rest: str) -> _Found | None:
    name, _, aside = rest[:-1].partition("(")
    name, aside = name.strip(), aside.strip()
    office = _after_office(name) if not names.is_minister_title(title) else ""
    name = office or name
    known = names.is_party(aside)
    if not name or len(name) > 60 or not names.looks_like_name(name, least=1 if known or title else 2):
        return None
    if names.is_minister_title(title):
        return Speaker(head, names.recase(name), Capacity.MINISTER, aside if known else ""), Standing.SURE
    if aside.casefold() in ("voorzitter", "ondervoorzitter"):
        return Speaker(head, names.recase(name), Capacity.CHAIR), Standing.SURE
    if known:
        return Speaker(head, names.recase(name), Capacity.MEMBER, aside), Standing.SURE
    if _is_acronym(aside, name):
        return None
    return Speaker(head, names.recase(name), Capacity.OTHER), Standing.SURE if title else Standing.GUEST


def _is_acronym(aside: str, name: str) -> bool:
    """Tell whether what stands in brackets is short for the words before: "Digitaal Vlaanderen (DV)"."""
    return aside.casefold() == "".join(word[0] for word in name.split()).casefold()


def _with_office(head: str, rest: str, minister: bool) -> _Found | None:
    name, _, office = rest.partition(",")
    name, office = name.strip(), office.strip()
    name = _after_office(name) or name
    if not names.looks_like_name(name) or names.is_party(name):
        return None
    words = re.findall(r"[\w-]+", office.casefold())
    last = office.rpartition(",")[2].strip()
    if not words or not names.SAYS.isdisjoint(words):
        return None
    name = names.recase(name)
    if "," in office and last[:1].islower():
        return Speaker(head, name, Capacity.OTHER), Standing.DOUBTFUL
    if minister or any(word.endswith("minister") or "minister-president" in word for word in words[:3]):
        return Speaker(head, name, Capacity.MINISTER), Standing.SURE if minister else Standing.GUEST
    if words == ["voorzitter"]:
        return Speaker(head, name, Capacity.CHAIR), Standing.SURE
    if words[0] in names.MEMBER_OFFICES:
        return Speaker(head, name, Capacity.MEMBER), Standing.GUEST
    if office[0].isupper() or any(map(names.is_office, words[:4])):
        return Speaker(head, name, Capacity.OTHER), Standing.GUEST
    return None if words[0] in _ARTICLES else (Speaker(head, name, Capacity.OTHER), Standing.DOUBTFUL)


class Expected:
    """Who may speak under a bare name: those the headings name, and those who spoke before."""

    def __init__(self) -> None:
        self._added: set[str] = set()
        self._whole: set[str] = set()
        self._by_family: dict[str, set[str]] = {}

    def add(self, name: str) -> None:
        """Remember this person, by the whole name and by the family name."""
        if " " in name and name not in self._added:
            self._added.add(name)
            self._whole.add(names.fold(name))
            self._by_family.setdefault(names.fold(names.family_name(name)), set()).add(name)

    def __contains__(self, name: str) -> bool:
        return names.fold(name) in self._whole

    def in_full(self, name: str) -> str:
        """Return the whole name of somebody printed by the family name, where only one is known to bear it."""
        known = self._by_family.get(names.fold(name), set())
        return next(iter(known)) if len(known) == 1 and name not in known else name
