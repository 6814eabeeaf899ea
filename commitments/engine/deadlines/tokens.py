"""The words of a stretch of text that the grammar reads, and the vocabulary of calendar names."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import cast

from commitments.engine.calendars import Calendar
from commitments.engine.compiling import uncollected
from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.lookup import Sequences, tree
from commitments.engine.kept import compiled

NUMBER = r"'?\d+(?:[.,/–-]\d+)*(?:ste|de|e)?"
ABBREVIATIONS = ("t.e.m.", "t.e.m", "e.k.", "e.k", "a.s.", "a.s", "jl.", "l.l.", "ll.", "z.s.m.", "o.l.h.", "t/m")

OPENERS = "(-–\"“„'[«"  # signs that may stand before the first letter of a word
MOST_LEFT = 12  # words that are looked at left of a head


class Vocabulary:
    """All words of the grammar together with the names in a calendar.

    entries      names of what comes back every year, by their words
    other_years  names of kinds of year, by their words
    before_it    names of which `voor` says before and not for
    known        every word that may stand inside an expression
    heads        the words by which expressions are found
    may_be_due   tells whether a stretch has what no deadline can do without: a figure, or the end of a head other than
                 those of the phrases that name no day
    last_of_head the last word of each: right of the last one in a stretch nothing can be read
    opening      the known words with which an expression may begin
    """

    @uncollected()
    def __init__(self, calendar: Calendar) -> None:
        entries, other_years = calendar.entries.values(), calendar.other_years.values()
        self.entries = Sequences({tuple(words.split()): entry.name for entry in entries for words in entry.words})
        self.other_years = Sequences(
            {tuple(words.split()): other.name for other in other_years for words in other.words}
        )
        self.before_it = frozenset(entry.name for entry in entries if entry.voor == "before")
        self.families = {entry.name: entry.family for entry in entries}
        named = [*self.entries.of, *self.other_years.of]
        self._classes: frozenset[str] = frozenset(
            {
                *w.NUMBERS, *w.SOME, *w.ORDINALS, *w.ABOUT, *w.MONTHS, *w.SHORT_MONTHS, *w.WEEKDAYS, *w.DAYPARTS,
                *w.UNITS,
                *w.ELECTIONS, *w.LOCAL_ELECTIONS, *w.LOCAL, *w.LEVELS, *w.RELATIONS, *w.PARTS, *w.DEICTIC, *w.TENS,
                *w.DETERMINERS, *w.GLUE, *(f"{month}." for month in w.SHORT_MONTHS),
                *(word for name in named for word in name),
            }
        )  # fmt: skip
        self.known: frozenset[str] = self._classes.union(w.PHRASE_WORDS, w.EVENTS_AFTER, w.EVENTS_NEXT, w.EVENTS_BUDGET)
        dated: frozenset[str] = frozenset(
            {
                *w.MONTHS, *w.WEEKDAYS, *w.UNITS, *w.ELECTIONS, *w.LOCAL_ELECTIONS, *w.DEICTIC,
                *w.EVENTS_BUDGET, "volgend", "volgende", "eerstvolgende", "geleden", "namiddag",
                "voormiddag", "avond", "jaareinde", "maandeinde",
                *(f"na {article}{event}" for article in ("", "de ", "het ", "een ") for event in w.EVENTS_AFTER),
                "q1", "q2", "q3", "q4", "k1", "k2", "k3", "k4",
                *(" ".join(name) for name in named),
            }
        )  # fmt: skip
        self.heads = dated.union(w.PHRASE_HEADS)
        self.last_of_head = frozenset(head.split()[-1] for head in self.heads)
        self.opening = self.known.difference(w.INSIDE, w.PHRASE_WORDS - self._classes).union(w.PHRASES.starts)
        ends = {head.split()[-1] for head in dated}.union(w.DEADLINE_PHRASE_WORDS)
        self.may_be_due = compiled(rf"\d|\b(?:{tree(ends)})\b").search
        short = tree(w.SHORT_MONTHS)
        self.find = compiled(  # two spaces: '26, its sign taken for an opening quote
            rf" (?:{tree(self.heads)}\b|(?:19|20)\d\d(?!\d)| \d\d(?!\d)|\d\d?(?:[./ ]\d|\.? ?(?:{short})\b))"
        ).finditer
        dotted = [*ABBREVIATIONS, *(f"{month}." for month in w.SHORT_MONTHS)]
        tokens = [*(word for word in self.known if re.fullmatch(r"[\w'-]+", word)), *dotted]
        self.rightwards = always(rf"(?:[ ,/–-]++|{tree(tokens)}(?!\w)|{NUMBER}(?!\w))*+")
        self.leftwards = always(_mirrored(self.known))
        self.token = compiled(
            rf"{tree(dotted)}|\d{{4}}-\d\d-\d\d|{NUMBER}(?!\w)|'?[^\W_]+(?:'[^\W\d_]+)*|[,/–-]"
        ).finditer


def _mirrored(known: Iterable[str]) -> str:
    """The pattern of known words and of numbers, each behind spaces, in a text that is read backwards.

    A comma parts a word from the head but not a number; a word with an opening sign before it is the last.
    """
    word = tree(each[::-1] for each in known)
    number = r"(?:[\de][^ ]{0,9})?\d"
    item = rf" {{0,99}}+(?:(?:[-–/,]{{0,9}}[-–/])?{word}|[-–/,]{{0,9}}{number})"
    openers = f"[{re.escape(OPENERS)}]"
    return rf"(?:{item}(?= |\Z)){{0,{MOST_LEFT}}}(?:{item}(?={openers}+(?: |\Z)))?"


def always(pattern: str) -> Callable[[str, int, int], re.Match[str]]:
    """The `match` of a pattern that matches everywhere, be it nothing."""
    return cast("Callable[[str, int, int], re.Match[str]]", compiled(pattern).match)


@lru_cache(maxsize=4)
def vocabulary(calendar: Calendar) -> Vocabulary:
    return Vocabulary(calendar)
