"""Cuts Dutch running text into sentences, and sentences into clauses. One pass, exact offsets, no exception."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

# A full stop after these ends no sentence, unless a paragraph ends there.
_ABBREVIATIONS = frozenset(
    "a b bijv bv blz c ca cf cfr cq d dd dhr dr drs e e.a e.d e.v ed enz etc excl f fig h i.c i.f.v i.k.v i.p.v i.s.m "
    "i.v.m incl ing ir jl k l lic ll m m.a.w m.b.t m.b.v m.i m.i.v max mevr min mio mld mln mr mrs mw n nl nr nrs "
    "n.a.v n.v.d.r o o.a o.b.v o.g.v o.l.v o.m o.v.v p par pct pp prof q r red resp s sec st t t.a.v t.b.v t.e.m "
    "t.g.v t.o.v t.w.v tel v v.a vb vgl vnl vs w w.o wnd x y z z.g zgn zog art afd alg onderv voorz burg "
    "d.d d.i d.m.v d.w.z b.v a.d.h.v a.h.v a.u.b p.a p.m sp afb bijl hfst "
    "jan feb mrt apr jun jul aug sep sept okt nov dec".split()
)
_MAY_END_ALL_THE_SAME = frozenset({"enz", "etc", "e.d", "e.a", "jl", "ll"})

# Each pattern below begins with the one set of marks it can begin with: what lies between those is leapt over.
_STOP = re.compile(r"""[.!?…;:\n](?:(?<=[.!?…])[.!?…]*["'”’)\]»]*(?=\s|$)|(?<=\n)\s*|(?<=[;:])\s*(?=\n))""")
_LONGEST_WORD = 24
_LONGEST_NUMBER = 5  # characters before the full stop of what numbers a list
_BEFORE_A_WORD = "\"'“‘„([«–—•*/-"
_NO_SURNAME = re.compile(
    r"\s+(?:De|Het|Een|Dat|Dit|Die|Deze|Ik|We|Wij|Er|In|Op|Voor|Met|Bij|Tegen|Vanaf|Daar\w*|Hier\w*|Ook|Maar|En|Als|Om|"
    r"Wie|Wat|Ze|Zij|Hij|U) (?!(?:den|der|la)\b)[a-zà-ÿ]"
)
_LIST_NUMBER = re.compile(r"(?:^|\n|\s)\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})$")
_NEXT = re.compile(r"[\s\xa0\"'“‘„(\[«–—•*-]*")
_NOTE = re.compile(r"\((?:Opmerkingen|Applaus|Gelach|Rumoer|Geroep|Instemming|N\.v\.d\.r)[^()]{0,300}\)")

# What separates clauses well enough to tell how far a "niet" or an "als" reaches.
_CLAUSE = re.compile(r"""[,;:()“”"\smw](?:(?<=,)(?!\d)|(?<=[;:()“”"])|(?<=\s)[–—-]\s|(?<=\bm)aar\b|(?<=\bw)ant\b)""")
# The same for a sentence that has none of these: there only a few signs are looked at, and not every space.
_CLAUSE_WORDS = ("maar", "want", "–", "—")
_DASH = re.compile(r"-(?<=\s-)\s")
_CLAUSE_SIGN = re.compile(r"""[,;:()“”"](?:(?<=,)(?!\d)|(?<=[;:()“”"]))""")


class Sentence(NamedTuple):
    """A sentence: character span [start, end) in the text, and the number of its paragraph (from 0)."""

    start: int
    end: int
    paragraph: int


def split(text: str) -> list[Sentence]:
    """Return the sentences of `text` in order. Paragraphs are separated by "\\n"; no sentence crosses one.

    Stage notes in brackets ("(Applaus bij de N-VA)") belong to no sentence.
    """
    found: list[Sentence] = []
    notes = [m.span() for m in _NOTE.finditer(text)]
    start = paragraph = note = 0
    for stop in _STOP.finditer(text):
        at, end = stop.span()
        if at < start:
            continue
        while note < len(notes) and notes[note][1] <= at:
            note += 1
        if note < len(notes) and notes[note][0] <= at:
            continue
        mark = text[at]
        if mark == "\n":
            _add(found, text, start, at, paragraph, notes)
            paragraph += 1
            start = end
        elif mark in ";:" or _ends(text, start, at, end):
            _add(found, text, start, end, paragraph, notes)
            start = end
    _add(found, text, start, len(text), paragraph, notes)
    return found


def _ends(text: str, start: int, at: int, end: int) -> bool:
    """Tell whether the mark at [at, end) of the sentence begun at `start` ends it."""
    follow = text[end + 1 : end + 2]
    if not follow.isalpha() or text[end] != " ":
        begin = _NEXT.match(text, end)
        follow = text[begin.end() : begin.end() + 1] if begin else ""
    if text[at] != ".":
        return not follow or not follow.islower()
    if end - at > 1 and text[at : at + 2] == "..":
        return not follow.islower()
    before = _word_before(text, start, at)
    if not before:
        return True
    if at - start <= _LONGEST_NUMBER and _LIST_NUMBER.search(text[max(start, at - 6) : at]):
        return False
    if len(before) == 1 and before.isupper():
        # "J. De Smet" is a name, "label F. De eigenaars …" is not
        return _NO_SURNAME.match(text, end) is not None
    low = before.lower()
    if low in _ABBREVIATIONS:
        return low in _MAY_END_ALL_THE_SAME and follow.isupper()
    return not follow.islower()


def _word_before(text: str, start: int, at: int) -> str:
    """Return the word, full stops inside it included, that ends at `at`; '' where there is none.

    Of a word too long to be an abbreviation only the end is returned: whoever looks on to where it begins looks through
    all of a sentence that has no such mark.
    """
    first = max(start, at - _LONGEST_WORD - 1)
    word = text[first:at].rpartition(" ")[2]
    if not word.isalpha():
        word = word.rpartition("\n")[2].rpartition("\xa0")[2]
    return word if len(word) > _LONGEST_WORD else word.lstrip(_BEFORE_A_WORD)


def _add(found: list[Sentence], text: str, start: int, end: int, paragraph: int, notes: list[tuple[int, int]]) -> None:
    while start < end:
        if text[start].isspace() or text[start] in "•*–—-":
            start += 1
            continue
        at = bisect_right(notes, (start, 1 << 60)) - 1 if notes else -1
        if at < 0 or not notes[at][0] <= start < notes[at][1]:
            break
        start = notes[at][1]
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start and (text[start].isalnum() or any(c.isalnum() for c in text[start:end])):
        found.append(Sentence(start, end, paragraph))


def borders(sentence: str) -> list[tuple[int, int]]:
    """Return the spans of what separates the clauses of `sentence`, in order."""
    plain = not (any(word in sentence for word in _CLAUSE_WORDS) or _DASH.search(sentence))
    return [mark.span() for mark in (_CLAUSE_SIGN if plain else _CLAUSE).finditer(sentence)]


def clause(marks: Sequence[tuple[int, int]], start: int, end: int, length: int) -> tuple[int, int]:
    """Return the span of the clause around [start, end) in a sentence of that length, between two of its borders."""
    first = 0
    for mark_start, mark_end in marks:
        if mark_end <= start:
            first = mark_end
        elif mark_start >= end:
            return first, mark_start
    return first, length
