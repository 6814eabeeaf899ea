"""The words of a stretch of text that the grammar reads, and the vocabulary of calendar names."""

import re
from functools import lru_cache

from commitments.engine.calendars import Calendar
from commitments.engine.deadlines import words as w

NUMBER = r"'?\d+(?:[.,/–-]\d+)*(?:ste|de|e)?"
ABBREVIATIONS = ("t.e.m.", "t.e.m", "e.k.", "e.k", "a.s.", "a.s", "jl.", "l.l.", "ll.", "z.s.m.", "o.l.h.", "t/m")


class Vocabulary:
    """All words of the grammar together with the names in a calendar.

    entries      names of what comes back every year, by their words
    other_years  names of kinds of year, by their words
    before_it    names of which `voor` says before and not for
    known        every word that may stand inside an expression
    heads        the words by which expressions are found
    last_of_head the last word of each: right of the last one in a stretch nothing can be read
    opening      the known words with which an expression may begin
    """

    def __init__(self, calendar: Calendar) -> None:
        self.entries: dict[tuple[str, ...], str] = {}
        self.other_years: dict[tuple[str, ...], str] = {}
        self.before_it = frozenset(entry.name for entry in calendar.entries.values() if entry.voor == "before")
        self.families = {entry.name: entry.family for entry in calendar.entries.values()}
        for entry in calendar.entries.values():
            for name in entry.words:
                self.entries[tuple(name.split())] = entry.name
        for other in calendar.other_years.values():
            for name in other.words:
                self.other_years[tuple(name.split())] = other.name
        named = [*self.entries, *self.other_years]
        self._classes: frozenset[str] = frozenset(
            {
                *w.NUMBERS, *w.SOME, *w.ORDINALS, *w.ABOUT, *w.MONTHS, *w.SHORT_MONTHS, *w.WEEKDAYS, *w.DAYPARTS,
                *w.UNITS,
                *w.ELECTIONS, *w.LOCAL_ELECTIONS, *w.LOCAL, *w.LEVELS, *w.RELATIONS, *w.PARTS, *w.DEICTIC, *w.TENS,
                *w.DETERMINERS, *w.GLUE, *(f"{month}." for month in w.SHORT_MONTHS),
                *(word for name in named for word in name),
            }
        )  # fmt: skip
        self.known: frozenset[str] = self._classes.union(
            w.PHRASE_WORDS, w.EVENTS_AFTER, w.EVENTS_NEXT, w.EVENTS_BUDGET
        )
        self.heads: frozenset[str] = frozenset(
            {
                *w.MONTHS, *w.WEEKDAYS, *w.UNITS, *w.ELECTIONS, *w.LOCAL_ELECTIONS, *w.DEICTIC, *w.PHRASE_HEADS,
                *w.EVENTS_BUDGET, "volgende", "eerstvolgende", "geleden", "namiddag",
                "voormiddag", "avond", "jaareinde", "maandeinde",
                *(f"na {article}{event}" for article in ("", "de ", "het ", "een ") for event in w.EVENTS_AFTER),
                "q1", "q2", "q3", "q4", "k1", "k2", "k3", "k4",
                *(" ".join(name) for name in named),
            }
        )  # fmt: skip
        self.last_of_head = frozenset(head.split()[-1] for head in self.heads)
        self.opening = self.known.difference(w.INSIDE, w.PHRASE_WORDS - self._classes).union(w.PHRASE_LENGTHS)
        self.find = re.compile(
            rf" (?:{w.tree(self.heads)}\b|(?:19|20)\d\d(?!\d)|\d\d?(?:[./ ]\d|\.? ?(?:{w.tree(w.SHORT_MONTHS)})\b))"
        ).finditer
        dotted = [*ABBREVIATIONS, *(f"{month}." for month in w.SHORT_MONTHS)]
        tokens = [*(word for word in self.known if re.fullmatch(r"[\w'-]+", word)), *dotted]
        self.run = re.compile(rf"(?:[ ,/–-]++|{w.tree(tokens)}(?!\w)|{NUMBER}(?!\w))*+").match
        abbreviations = "|".join(re.escape(word) for word in dotted)
        self.token = re.compile(
            rf"{abbreviations}|\d{{4}}-\d\d-\d\d|{NUMBER}(?!\w)|'?[^\W_]+(?:'[^\W\d_]+)*|[,/–-]"
        ).finditer


@lru_cache(maxsize=4)
def vocabulary(calendar: Calendar) -> Vocabulary:
    return Vocabulary(calendar)


def longest(table: dict[tuple[str, ...], str], tokens: list[str], at: int) -> tuple[str, int] | None:
    """The longest name of a table that stands at a place, and the place after it."""
    for length in (6, 5, 4, 3, 2, 1):
        name = table.get(tuple(tokens[at : at + length]))
        if name is not None and at + length <= len(tokens):
            return name, at + length
    return None
