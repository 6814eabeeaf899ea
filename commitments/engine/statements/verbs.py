"""The forms of Dutch verbs, derived from the infinitive, so that the rule files need only name the verb."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_VERB = re.compile(
    r"(?:(?P<part>[a-z]+)\|)?(?P<infinitive>[a-zà-ÿ]+)(?:/(?P<stem>[a-zà-ÿ]+))?(?::(?P<done>[a-zà-ÿ]+))?"
)
# A verb that begins so has no "ge-" in its participle.
_NO_GE = re.compile(r"(?:be|ge|her|er|ont|ver|onder(?!wijs)|over|vol|door(?=zoek|kruis))(?=[^aeiou]*[aeiouyij])")
_PREFIXES = re.compile(r"(?:be|ge|her|ont|ver|onder|over|vol)+")
_WEAK_END = re.compile(r"[aeiouy].*(?:el|en|ig)$|(?:teken|open|reken)$")
_OPEN = re.compile(r"(?:^|[^aeiou]|u(?=e[a-z]$))[aeou][bcdfghklmnprstvz]$")
_LONG = {"a": "aa", "e": "ee", "o": "oo", "u": "uu"}
_SEE = re.compile(r"(?<![aeiou])ien$")  # zien, voorzien; not voltooien
_VOICELESS = ("t", "k", "f", "s", "ch", "p", "x")


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb and its forms, all in lower case.

    part        the part that stands apart ("leg … voor"), or ''
    infinitive  in one word ("voorleggen"); plural is the verb alone ("leggen"), as after "we"
    present     after "ik", without its part; third is after "hij"
    participle  in one word ("voorgelegd")
    """

    part: str
    infinitive: str
    plural: str
    present: str
    third: str
    participle: str


def verb(written: str) -> Verb:
    """Return the verb that stands in the notation of verbs.toml; ValueError where it cannot be read."""
    found = _VERB.fullmatch(written)
    if not found or not found["infinitive"].endswith("n"):
        raise ValueError(f"{written!r} is no verb: write it as maken, voor|leggen, na|gaan/ga:gegaan")
    part, infinitive = found["part"] or "", found["infinitive"]
    present = found["stem"] or stem_of(infinitive)
    third = present if present.endswith("t") else f"{present}t"
    done = found["done"] or _weak(infinitive, present)
    return Verb(part, part + infinitive, infinitive, present, third, part + done)


def stem_of(infinitive: str) -> str:
    """Return the stem of a regular verb: maken → maak, leggen → leg, schrijven → schrijf, evalueren → evalueer."""
    if not infinitive.endswith("en") or _SEE.search(infinitive):
        return infinitive.removesuffix("n")
    stem = infinitive.removesuffix("en")
    if stem.endswith("ër"):
        return f"{stem[:-2]}{'eer' if stem[-3] == 'i' else 'ëer'}"
    if len(stem) > 1 and stem[-1] == stem[-2] and stem[-1] not in "aeiou":
        stem = stem[:-1]
    elif _OPEN.search(stem) and not _WEAK_END.search(_PREFIXES.sub("", stem, count=1)):
        stem = stem[:-2] + _LONG[stem[-2]] + stem[-1]
    return stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])


def _weak(infinitive: str, stem: str) -> str:
    """Return the regular participle: gemaakt, gelegd, verhuisd, geëvalueerd."""
    if _SEE.search(infinitive):
        return infinitive
    last = infinitive.removesuffix("en")
    end = "" if stem[-1] in "td" else "t" if last.endswith(_VOICELESS) else "d"
    if _NO_GE.match(infinitive):
        return stem + end
    first = {"e": "ë", "i": "ï", "u": "ü"}.get(stem[0], stem[0])
    return f"ge{first}{stem[1:]}{end}"


def join_verbs(parts: Mapping[str, str], written: Mapping[str, Any]) -> dict[str, str]:
    """Return the named parts with the forms of the verbs added to the lists that `written["joins"]` names.

    written  a parsed verbs.toml. Raises ValueError where a verb cannot be read or a list is none.
    """
    deeds, habits, events = (_read(written["verbs"][name]) for name in ("deeds", "habits", "events"))
    forms: dict[str, list[str]] = {
        "present": [form for one in deeds if not one.part for form in (one.present, one.plural)],
        "infinitive": [one.infinitive for one in (*deeds, *habits)],
        "participle": [one.participle for one in deeds],
        "third": [one.third for one in deeds if not one.part],
        "third-deed": [one.third for one in deeds if not one.part],
        "plural": [one.plural for one in deeds if not one.part],
        "third-dated": [one.third for one in events],
        "plural-dated": [one.plural for one in events],
    }
    joined = dict(parts)
    for form, name in written["joins"].items():
        joined[name] = _with(joined[name], forms[form])
    return joined


def parted_patterns(written: Mapping[str, Any], frame: str) -> list[str]:
    """Return a pattern for every part of a separable deed: "<doe:leg|leggen> .... <los:voor>".

    frame  the name of the part that says who does it; in the third person where it does not begin with "doe"
    """
    by_part: dict[str, list[str]] = {}
    for one in _read(written["verbs"]["deeds"]):
        if one.part:
            by_part.setdefault(one.part, []).extend((one.present if frame == "doe" else one.third, one.plural))
    return [f"<{frame}:{'|'.join(dict.fromkeys(forms))}> .... <los:{part}>" for part, forms in sorted(by_part.items())]


def _read(written: str) -> Sequence[Verb]:
    return [verb(one) for one in written.split()]


def _with(listed: str, forms: Iterable[str]) -> str:
    """Return a list "(a|b)" or "re:(?:a|b)" with more words in it."""
    opened, words, closed = re.fullmatch(r"((?:re:\(\?:)|\()([^()]*)(\))", listed.strip()).groups()  # type: ignore[union-attr]
    return f"{opened}{'|'.join(dict.fromkeys([*words.split('|'), *forms]))}{closed}"
