"""Reads a report in the third person as if the minister spoke: "De minister legt … voor" as "ik leg … voor".

What the minister is said to say is freed of the words that say so ("De minister antwoordt dat", "volgens haar"), and
the minister as a subject is put in the first person with the verb beside it. The text stays as long, character for
character, so that every span holds in the text as it stands, and the rules for promises fit as they are.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from commitments.engine.kept import compiled
from commitments.engine.statements.rules import FOLDER

_CAP = r"[A-ZÀ-Ý][\w’'-]*"
_SMALL = r"(?:(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Vv]ande|[Tt]er|[Tt]en)\s+|[Dd]['’]\s?)"
_NAME = rf"{_SMALL}*{_CAP}(?:\s+{_SMALL}*{_CAP}){{0,3}}"
_OFFICE = r"(?:(?:[Vv]ice-?)?[Mm]inister(?:-president)?|[Ss]taatssecretaris)"
_SHORTEST_TITLE = len("minister")
_FIELD = rf"van\s+{_CAP}(?:(?:,?\s+en\s+|,\s+|\s+){_CAP}){{0,8}}"
# Ministers of others, and who was or will be one.
_OTHERS = (
    "federale waalse brusselse nederlandse duitse franse europese vorige toenmalige bevoegde vroegere nieuwe collega"
)
_NO_OTHER = "".join(rf"(?<!{word}\s)" for word in _OTHERS.split())
_PERSON = (
    rf"(?:[Dd]e\s+(?:[Vv]laamse?\s+)?{_OFFICE}(?!\s+van\b|\w)(?:\s+{_NAME})?"
    rf"|{_NO_OTHER}(?:[Vv]laams\s+)?{_OFFICE}\s+(?:{_FIELD}|{_NAME}))"
)
_PRONOUN = r"(?:[Zz]ij|[Hh]ij|[Zz]e)"
_WHO = rf"(?:{_PERSON}|{_PRONOUN})\b"
_WORD = r"[a-zà-ÿ-]+"
_FIRST_PERSON = re.compile(r"\b(?:[Ii]k|[Mm]ijn|[Mm]ij|[Ww]ij|[Ww]e|[Oo]nze)\b")
_QUOTED = re.compile(r"[“„\"‘](?:(?<!‘)[^“”„\"]{0,1200}[”\"]|(?<=‘)[^‘’]{0,1200}’)")
_TITLED = compiled(rf"\b{_PERSON}")
_SUBJECT = compiled(rf"(?:\b(?P<before>{_WORD})\s+)?(?P<who>\b{_WHO})(?:\s+(?P<after>{_WORD}))?")
_ACCORDING = compiled(
    rf"\b(?:[Vv]olgens|[Aa]ldus|[Nn]aar het oordeel van)\s+(?:{_PERSON}|haar|hem)\b(?! [a-zà-ÿ]*(?:partij|fractie))"
)
_AND_THAT = re.compile(r"(?:(?:\b(?:en|maar|alsook)|,) )(dat)\b")
_SENTENCE_END = re.compile(r"[.?!](?=\s|$)|\n")
_CLAUSE_END = re.compile(r"[,.;:?!\n]")
_LONGEST, _LONGEST_CLAUSE = 3000, 600  # characters of a sentence, and of a clause, as far as they are followed
_OWN = re.compile(
    r"\b(haar|zijn) (?:(?:eigen|bevoegde) )?(?:administraties?|diensten|kabinet|departement|agentschap(?:pen)?|"
    r"medewerkers|collega\w*|beleidsnota|beleidsbrief|plan)\b"
)
_WOULD = re.compile(r"\bzou(?:den)?\b")
_SINGULAR = re.compile(r"\b(?:zal|heeft|gaat|laat|wil|kan|moet|is|wordt)\b|[a-zà-ÿ]{3,}t(?=\W*$)")
_PAST = re.compile(r"\b(?:\w{3,}[dt]e|zei|gaf|wees|liet|bracht|schreef|besloot|sloot)\b")
# Words on t or of one kind with a verb that are none, beside a person.
_NO_VERB = frozenset(
    "dat met niet het wat uit tot dit want omdat zodat opdat doordat nadat voordat totdat mocht ook zoals of als en "
    "maar die om wanneer indien terwijl hoewel zodra toen waar hoe door aan bij voor van na sinds".split()
)
_OPENS = frozenset("dat omdat zodat of als wanneer indien zodra hoe waar waarom doordat nadat voordat terwijl".split())
# What a thing does, to which "zij" may point as well ("De regeling … Zij treedt in werking").
_OF_THINGS = frozenset(
    "treedt start begint loopt geldt bevat telt duurt bedraagt kost wordt verschijnt volgt bestaat omvat eindigt "
    "verloopt ligt staat vervangt dateert bepaalt regelt".split()
)
_DESCRIBES = frozenset("die wat welke waarvan waarover waarmee waarin waarop".split())


class _Verbs(NamedTuple):
    frame: re.Pattern[str]
    aside: re.Pattern[str]
    irregular: dict[str, str]
    same: frozenset[str]


@cache
def _verbs() -> _Verbs:
    data = tomllib.loads((FOLDER / "telling.toml").read_text(encoding="utf-8"))["telling"]
    says = "|".join(data["says"].split())
    few, some = (rf"(?:\s+[^\s.,;:?!]+){{0,{most}}}?" for most in (3, 5))
    rows = [(says, some)]
    for row in data["says_with"]:
        present, past, *ends = row.split()
        rows.append((f"{present}|{past}", rf"{few}\s+(?:{'|'.join(ends or [past])}){few}"))
    behind = "|".join(rf"(?:{verb}){rest}" for verb, rest in rows)
    before = "|".join(rf"(?P<verb{at}>{verb})" for at, (verb, _) in enumerate(rows))
    rests = r"(?!)"
    for at, (_, rest) in reversed(list(enumerate(rows))):
        rests = rf"(?(verb{at}){rest}|{rests})"
    # who speaks is written twice only: it is long, and to compile it takes longer than to read a document
    frame = rf"\b(?:{_WHO}\s+(?:{behind})|(?:{before})\s+(?:(?:er|ook)\s+)?{_WHO}{rests})\s+dat\b"
    aside = (
        rf"(?:,\s*)?\bzo\s+(?:{says}|deelt|kondigt|geeft|licht|legt|voegt)\s+{_WHO}"
        r"(?:\s+(?:er\w*\s+)?(?:aan|mee|toe|op|uit)\b)?,?"
    )
    return _Verbs(
        compiled(frame),
        compiled(aside),
        dict(pair.split() for pair in data["irregular"]),
        frozenset(data["same"].split()),
    )


def prepare() -> None:
    """Compile the patterns now, which would else wait for the first turn without "ik"."""
    _verbs()


def told_turns(texts: Sequence[str]) -> frozenset[int]:
    """Return which turns of the minister in one item are told in the third person: all where one is, or none.

    Where anybody says "ik" outside a quotation, nothing is told.
    """
    for text in texts:
        if _FIRST_PERSON.search(text) and not (
            _QUOTED.search(text) and not _FIRST_PERSON.search(_QUOTED.sub(" ", text))
        ):
            return frozenset()
    return frozenset(range(len(texts))) if any(map(is_told, texts)) else frozenset()


def is_told(text: str) -> bool:
    """Tell whether a turn of a minister speaks of the minister, and never in the first person but in quotations."""
    if _FIRST_PERSON.search(text) and not _QUOTED.search(text):
        return False
    said = _QUOTED.sub(" ", text)
    if _FIRST_PERSON.search(said):
        return False
    if _verbs().frame.search(said) or _ACCORDING.search(said):
        return True
    return _TITLED.search(said) is not None and any(
        _finite(found["after"]) or _finite(found["before"]) for found in _SUBJECT.finditer(said)
    )


def as_spoken(text: str, speaker: str = "") -> str:
    """Return `text`, as long, in the first person wherever `speaker`, or who goes unnamed, is the subject."""
    told = list(text)
    verbs = _verbs()

    def blank(start: int, end: int, words: str = "") -> None:
        told[start:end] = words[: end - start].ljust(end - start)

    joined = past = 0  # as far as a frame before was followed: one sentence may hold many
    for frame in verbs.frame.finditer(text):
        if _is_other(frame[0], speaker):
            continue
        blank(*frame.span())
        stop = _SENTENCE_END.search(text, frame.end(), frame.end() + _LONGEST)
        end = stop.start() if stop else min(len(text), frame.end() + _LONGEST)
        for again in _AND_THAT.finditer(text, max(frame.end(), joined), end):
            blank(*again.span(1))
        joined = max(joined, end)
        if _PAST.search(frame[0]):
            for would in _WOULD.finditer(text, max(frame.end(), past), end):
                blank(*would.span(), "zal")
            past = max(past, end)
    for words in (verbs.aside, _ACCORDING):
        for found in words.finditer(text):
            if not _is_other(found[0], speaker):
                blank(*found.span())
    for own in _OWN.finditer(text):
        blank(*own.span(1), "mijn")
    now = "".join(told)
    for start, end, said in _subjects(now, text, speaker):
        blank(start, end, said)
    return "".join(told)


def _subjects(now: str, text: str, speaker: str) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of `now` where the minister is the subject, or the verb beside, with what to say instead."""
    for found in _SUBJECT.finditer(now):
        start, end = found.span("who")
        who, before, after = found["who"], found["before"] or "", found["after"] or ""
        if _is_other(who, speaker) or before.lower() in _DESCRIBES:
            continue
        if len(who) < _SHORTEST_TITLE and (after in _OF_THINGS or before in _OF_THINGS):
            continue
        if _finite(after):
            yield start, end, "ik"
            yield *found.span("after"), _first(after)
        elif _finite(before):
            yield *found.span("before"), _first(before)
            yield start, end, "ik"
        elif before.lower() in _OPENS or not now[max(0, start - 4) : start].strip():
            # "dat zij … voorlegt": the verb closes the clause
            stop = _CLAUSE_END.search(now, end, end + _LONGEST_CLAUSE)
            last = stop.start() if stop else min(len(now), end + _LONGEST_CLAUSE)
            if _SINGULAR.search(now[end:last]):
                yield start, end, "ik"
                for verb in re.finditer(r"\b(?:gaat|heeft)\b", now[end:last]):
                    yield end + verb.start(), end + verb.end(), _first(verb[0])


def _is_other(who: str, speaker: str) -> bool:
    """Tell whether a minister is named who is not the speaker."""
    named = [
        word
        for word in re.findall(_CAP, who)
        if not re.match(r"(?:De|Vlaams|Minister|Staats|Vice|Z|Hij|Volgens|Aldus)", word)
    ]
    return bool(named and speaker) and named[-1].casefold() not in speaker.casefold()


def _finite(word: str | None) -> bool:
    """Tell whether a word can be a verb of the third person singular."""
    if not word:
        return False
    verbs = _verbs()
    return word not in _NO_VERB and (word.endswith("t") or word in verbs.same or word in verbs.irregular)


def _first(verb: str) -> str:
    """Return a verb of the third person in the first: "legt" → "leg"."""
    verbs = _verbs()
    if verb in verbs.irregular:
        return verbs.irregular[verb]
    return verb if verb in verbs.same or not verb.endswith("t") else verb[:-1]
