"""Names as the reports print them: titles, parties, and the key under which the spellings of one person meet."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

_PEOPLE: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("people.toml").read_text(encoding="utf-8")
)
MINISTER_TITLES: tuple[str, ...] = tuple(sorted(_PEOPLE["minister_titles"], key=len, reverse=True))
COURTESY_TITLES: tuple[str, ...] = tuple(sorted(_PEOPLE["courtesy_titles"], key=len, reverse=True))
PARTICLES: frozenset[str] = frozenset(_PEOPLE["particles"])
_OFFICES: frozenset[str] = frozenset(_PEOPLE["offices"])
_OFFICE_ENDS = tuple(word for word in _PEOPLE["offices"] if len(word) > 4)
MEMBER_OFFICES: frozenset[str] = frozenset(_PEOPLE["member_offices"])
SAYS: frozenset[str] = frozenset(_PEOPLE["says"])
_TITLE = re.compile(f"(?:{'|'.join(re.escape(title) for title in (*MINISTER_TITLES, *COURTESY_TITLES))})(?=[ \u00a0])")

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′‛＇", "'"))
_HYPHENS = str.maketrans(dict.fromkeys("‐‑–", "-"))
_AFTER_VAN = re.compile(r"(?<=\bVan )(?:De|Den|Der|Het)(?= )|(?<=['’])T(?= )")  # “Orry Van de Wauwer”
_SIGNS = _APOSTROPHES | _HYPHENS
_VAN = frozenset(("Van", "De", "Vande", "Vanden", "Vander"))  # “Anke Van dermeersch”
_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


def party_key(party: str) -> str:
    """Return the key under which the spellings of one party's name meet."""
    return party.casefold().translate(_HYPHENS).replace("·", "").replace(".", "").replace(" ", "")


_PARTIES: frozenset[str] = frozenset(party_key(party) for party in _PEOPLE["parties"])


def is_party(words: str) -> bool:
    """Tell whether `words` is the name of a party in one of its spellings."""
    return party_key(words) in _PARTIES


def is_office(word: str) -> bool:
    """Tell whether a word is an office, by itself or as the end of a compound: "hoofdinspecteur"."""
    folded = word.casefold()
    return folded in _OFFICES or folded.endswith(_OFFICE_ENDS)


def split_title(label: str) -> tuple[str, str]:
    """Split "Minister Jo Brouns" into the title as printed and the rest; the title is empty where there is none."""
    rest = label.strip()
    titles: list[str] = []
    while True:
        found = _TITLE.match(rest.casefold())
        if found is None:
            return " ".join(titles), rest
        titles.append(rest[: found.end()])
        rest = rest[found.end() :].strip()


def strip_title(label: str) -> str:
    """Return the name alone: "Mevrouw Katrien Partyka (CD&V)" is "Katrien Partyka"."""
    return recase(_BRACKETS.sub("", split_title(label)[1]).strip(" ,;:"))


def is_minister_title(title: str) -> bool:
    """Tell whether a title as printed is that of a member of a government."""
    folded = title.casefold()
    return "minister" in folded or "staatssecretaris" in folded


def looks_like_name(words: str, least: int = 2) -> bool:
    """Tell whether `words` can be a personal name of at least `least` words: capitals and particles, nothing else."""
    parts = words.split()
    if not least <= len(parts) <= 7 or not parts[0][0].isupper():
        return False
    after_van = False
    for part in parts:
        if part.isalpha() and part[0].isupper():
            after_van = part in _VAN
            continue
        if not part.replace("-", "").translate(_APOSTROPHES).replace("'", "").replace(".", "").isalpha():
            return False
        bare = part.translate(_APOSTROPHES).strip("'.")
        if not (part[0].isupper() or bare in PARTICLES or "'" in part.translate(_APOSTROPHES)[:2] or after_van):
            return False
        after_van = part in _VAN
    return parts[-1].casefold() not in PARTICLES


def recase(name: str) -> str:
    """Return a name printed in capitals in the usual case ("AN D’HULSTER" is "An D’Hulster"); others unchanged."""
    if not name.isupper() or len(name) < 4:
        return name
    name = re.sub(r"[^\W\d_]+", lambda found: found[0][0] + found[0][1:].lower(), name)
    return _AFTER_VAN.sub(lambda found: found[0].lower(), name)


def family_name(name: str) -> str:
    """Return the family name, with its particles: "Koen Van den Heuvel" is "Van den Heuvel"."""
    parts = strip_title(name).split()
    for at, part in enumerate(parts[1:], start=1):
        if part.translate(_APOSTROPHES).strip("'").casefold() in PARTICLES:
            return " ".join(parts[at:])
    return parts[-1] if parts else ""


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return the key under which the spellings of one person meet.

    Title, party, letter case, accents, apostrophes and hyphens make no difference, nor does the space after a
    particle: "Koen Van den Heuvel" and "Koen Vandenheuvel" meet. First names stay apart, and so do "De" and "D’".
    """
    text = strip_title(name.translate(_SIGNS)).casefold()
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    parts = text.replace("-", " ").replace("'", " ' ").split()
    key = ""
    for at, part in enumerate(parts):
        if part == "'":
            continue
        glued = at > 0 and (part in PARTICLES or (at + 1 < len(parts) and parts[at + 1] == "'"))
        key += part + ("" if glued and at + 1 < len(parts) else " ")
    return key.strip()
