"""Who is said to say a sentence of a report in the third person, and by which words it is told."""

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from transcripts.parsing import names
from transcripts.parsing.transcript import Capacity, Speaker
from transcripts.parsing.word_tree import any_of

DATA: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("data").joinpath("third_person.toml").read_text(encoding="utf-8")
)

_S = r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*)"  # between the words of a name: at most one line end
_CAP = r"[A-ZÀ-Ý’'][\w’'-]{0,40}+"
_PARTICLES = r"(?:(?:van|de|den|der|het|ter|ten|te|vande|vanden|op|von|du|le|la|el|al|t|d)\s+|['’]t\s+|d['’])"
NAME = rf"{_CAP}(?:{_S}{_PARTICLES}{{0,3}}{_CAP}){{0,4}}"
_MINISTER = r"(?:[Vv]laams\s+|[Ff]ederaal\s+)?(?:(?:[Vv]ice-?)?[Mm]inister(?:-president)?|[Ss]taatssecretaris)"
_COURTESY = r"(?:[Dd]e\s+heer|[Mm]evrouw|[Cc]ollega)"
_PARTY = r"(?:\s*\((?P<party{n}>[^()\n]{{2,24}})\))?"
_VERB = rf"(?:{any_of(DATA['verbs'])}\b|{any_of(DATA['verbs_with'])}\s+(?:\w+\s+)?{any_of(DATA['with'])}\b)"


def _subject(n: int) -> str:
    """A person as the subject of a sentence, in groups with the number `n`."""
    party = _PARTY.format(n=n)
    return (
        rf"(?P<label{n}>(?:(?P<minister{n}>{_MINISTER})|(?P<courtesy{n}>{_COURTESY})){_S}(?P<name{n}>{NAME}){party}"
        rf"|(?P<bare{n}>{_CAP}(?:{_S}{_PARTICLES}{{0,3}}{_CAP}){{1,4}}){_PARTY.format(n=f'{n}b')}"
        rf"|(?P<office{n}>[Dd]e\s+(?:(?:vice)?minister(?:-president)?|staatssecretaris))"
        rf"|(?P<same{n}>(?i:{any_of(DATA['same'])})))"
    )


_ASIDE = r"(?:\s*,[^,.?!]{1,160},)?"
_BOTH = re.compile(
    rf"(?:(?:Ook|Maar|En)\s+)?(?P<label>(?:{_MINISTER}|{_COURTESY}){_S}{NAME}(?:\s*\([^()\n]{{2,24}}\))?"
    rf"(?:(?:,|\s+en)\s+(?:{_MINISTER}|{_COURTESY}){_S}{NAME}(?:\s*\([^()\n]{{2,24}}\))?)+)"
)
_FIRST = re.compile(rf"(?:(?:Ook|Maar|En)\s+)?{_subject(1)}{_ASIDE}\s+{_VERB}")
_TURNED = re.compile(rf"[A-ZÀ-Ý][^.?!:]{{0,200}}?\s{_VERB}\s+(?:ook\s+)?{_subject(2)}")
_ACCORDING = re.compile(rf"(?:Volgens|Naar\s+het\s+oordeel\s+van|In\s+de\s+ogen\s+van)\s+{_subject(3)}")
_ALONE = re.compile(rf"{any_of(DATA['same'])}\b", re.IGNORECASE)
_TITLED = re.compile(rf"\b(?:(?P<minister>{_MINISTER})|{_COURTESY}){_S}(?P<name>{NAME})")
# Learning reads the whole text, so each pattern begins with a sign that is rare in it: a capital, a bracket.
_TITLE_ENDS = "(?:heer|rouw|lega|ster|dent|aris)"
_AFTER_TITLE = re.compile(
    rf"[A-ZÀ-Ý’'](?:(?<={_TITLE_ENDS}\s.)|(?<={_TITLE_ENDS}\s\s.)|(?<={_TITLE_ENDS}\s\s\s.))", re.DOTALL
)
_TITLE_BEFORE = re.compile(rf"\b(?:(?P<minister>{_MINISTER})|{_COURTESY}){_S}\Z")
_NAME = re.compile(NAME)
_IN_BRACKETS = re.compile(r"\((?P<party>[^()\n]{2,24})\)")
_NAME_BEFORE = re.compile(rf"(?<![\w’'-])(?P<name>{_CAP}(?:{_S}{_PARTICLES}{{0,3}}{_CAP}){{1,4}})\s*\Z")
_REACH = 120  # characters before a name or a bracket that are looked at
_IN_CAPITALS = re.compile(r"\b(DE HEER|MEVROUW|(?:VICE)?MINISTER(?:-PRESIDENT)?|STAATSSECRETARIS)\s+([^a-zà-ÿ]+)$")
_ANSWERS = re.compile(rf"\b{any_of(DATA['answering'])}\b")
_LOOKED_AT = 420  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Told:
    """Who a sentence names: `speaker`, or `last` where it only points back at whoever was named last.

    loose    as well somebody else's account of that person: "Volgens de minister …"
    answers  the verb is one of answering, which nobody uses for what he retells
    """

    speaker: Speaker | None = None
    last: bool = False
    loose: bool = False
    answers: bool = False


@dataclass(slots=True)
class Roster:
    """Everybody the report names: whole names by family name, and who is a minister."""

    whole: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    known: set[str] = field(default_factory=set)
    ministers: dict[str, str] = field(default_factory=dict)  # folded name -> as printed

    def learn(self, text: str) -> None:
        """Learn the names that stand in `text` with a title or a party."""
        titled: set[tuple[str, bool]] = set()
        for found in _AFTER_TITLE.finditer(text):
            at = found.start()
            title, named = _TITLE_BEFORE.search(text, max(0, at - _REACH), at), _NAME.match(text, at)
            if title and named:
                titled.add((named[0], bool(title["minister"])))
        for words, minister in sorted(titled):
            self._add(words, minister=minister)
        members: set[str] = set()
        for found in _IN_BRACKETS.finditer(text):
            if names.is_party(found["party"].strip()):
                at = found.start()
                before = _NAME_BEFORE.search(text, max(0, at - _REACH), at)
                if before and names.looks_like_name(_flat(before["name"])):
                    members.add(before["name"])
        for member in sorted(members):
            self._add(member, minister=False)
        for key, name in list(self.ministers.items()):
            if (full := self.in_full(name)) != name:
                del self.ministers[key]
                self.ministers[names.fold(full)] = full

    def _add(self, words: str, *, minister: bool) -> None:
        name = names.strip_title(_flat(words))
        self.known.add(names.fold(name))
        if " " in name and name.split()[0].casefold() not in names.PARTICLES:
            self.whole[names.fold(names.family_name(name))].add(name)
        if minister:
            self.ministers[names.fold(name)] = name

    def in_full(self, name: str) -> str:
        """Return the whole name of somebody named by the family name, where only one bears it."""
        found = self.whole.get(names.fold(name), set())
        keys = {names.fold(one) for one in found}
        return min(found) if len(keys) == 1 and names.fold(name) not in keys else name

    def is_minister(self, name: str) -> bool:
        return names.fold(name) in self.ministers

    def only_minister(self) -> str:
        return next(iter(self.ministers.values())) if len(self.ministers) == 1 else ""

    def speaker(self, label: str, name: str, *, minister: bool, party: str = "", office: str = "") -> Speaker:
        full = self.in_full(names.recase(_flat(name)))
        if minister or self.is_minister(full):
            return Speaker(_flat(label), full, Capacity.MINISTER)
        if party and names.is_party(party):
            return Speaker(_flat(label), full, Capacity.MEMBER, _flat(party))
        guest = any(map(names.is_office, re.findall(r"[\w-]+", party or office)[:3]))
        return Speaker(_flat(label), full, Capacity.OTHER if guest else Capacity.MEMBER)

    def named_in(self, heading: str) -> Speaker | None:
        """Return the person a heading names, where it names one: "Toelichting door minister Els Vanrode"."""
        heading = _IN_CAPITALS.sub(lambda one: f"{one[1].casefold()} {names.recase(one[2])}", heading)
        found = {self.in_full(_flat(one["name"])): one for one in _TITLED.finditer(heading)}
        if len(found) == 1:
            (one,) = found.values()
            return self.speaker(one[0], one["name"], minister=bool(one["minister"]))
        if not found and re.search(r"\bvan\s+de\s+(?:vice)?minister(?:-president)?\b", heading):
            name = self.only_minister()
            return Speaker("De minister", name, Capacity.MINISTER)
        return None


def _flat(words: str) -> str:
    return " ".join(words.split())


def tells_an_answer(text: str) -> bool:
    """Tell whether a verb of answering stands anywhere in `text`."""
    return bool(_ANSWERS.search(text))


def read_sentence(sentence: str, roster: Roster, minister: str) -> Told:
    """Tell who is said to say `sentence`. minister: whom "de minister" means here, or nothing."""
    head = sentence[:_LOOKED_AT]
    if both := _BOTH.match(head):
        return Told(Speaker(_flat(both["label"]), "", Capacity.OTHER))
    for pattern, n in ((_FIRST, 1), (_ACCORDING, 3), (_TURNED, 2)):
        found = pattern.match(head)
        if found and (told := _told(found, n, roster, minister)):
            answers = bool(_ANSWERS.search(found[0]))
            return replace(told, loose=pattern is _ACCORDING, answers=answers)
    return Told(last=bool(_ALONE.match(head)))


def _told(found: re.Match[str], n: int, roster: Roster, minister: str) -> Told | None:
    groups = found.groupdict()
    label = groups[f"label{n}"]
    if groups[f"same{n}"]:
        return Told(last=True)
    if groups[f"office{n}"]:
        return Told(Speaker(_flat(label), minister, Capacity.MINISTER))
    if bare := groups[f"bare{n}"]:
        party = groups[f"party{n}b"] or ""
        certain = names.is_party(party.strip()) or names.fold(_flat(bare)) in roster.known
        return Told(roster.speaker(label, bare, minister=False, party=party)) if certain else None
    aside = found[0][len(label) :] if n == 1 else ""
    return Told(
        roster.speaker(
            label,
            groups[f"name{n}"],
            minister=bool(groups[f"minister{n}"]),
            party=groups[f"party{n}"] or "",
            office=aside,
        )
    )
