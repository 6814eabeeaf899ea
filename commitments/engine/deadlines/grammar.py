"""The grammar of expressions: from the tokens of a stretch of text to readings with their place."""

import re
from functools import lru_cache

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.composed import From as FromNow
from commitments.engine.deadlines.composed import Inside, Part, Through, with_year
from commitments.engine.deadlines.dating import DASHES, YEAR, YEAR_AFTER, YEARS
from commitments.engine.deadlines.events import EventReader
from commitments.engine.deadlines.frequencies import AGAIN, EACH
from commitments.engine.deadlines.periods import Deictic, Period, Unit, Weekday, Year, Yearly
from commitments.engine.deadlines.prepositions import PREPOSITION_STARTS
from commitments.engine.deadlines.readings import Counted, Fixed, Following, Plain, Reading, Timed
from commitments.engine.deadlines.terms import Election
from commitments.engine.deadlines.tokens import Vocabulary
from commitments.engine.types import ExpressionKind

Placed = tuple[Reading, int] | None

# `jaarlijks tegen 31 maart` comes back; `jaarlijks vanaf mei` begins
YEARLY = {"during", "bare", "by", "before", "voor", "approx", "of"}


has_digit = re.compile(r"\d").search
short_date = re.compile(r"\d{1,2}([./])\d{1,2}").fullmatch
one_day = re.compile(r"\d{1,2}").fullmatch

# What must stand in a stretch before these methods can read anything there.
NEEDED = {
    "counted": frozenset(w.UNITS),
    "following": frozenset(w.UNITS),
    "frequency": frozenset(AGAIN),
    "event": w.EVENTS_AFTER
    | w.EVENTS_NEXT
    | w.EVENTS_BUDGET
    | w.MEETINGS
    | {word for word, relation in w.RELATIONS.items() if relation in ("next", "coming", "new")},
}
# The same by word: the methods that it wakes.
WAKES = {
    word: {reader for reader, words in NEEDED.items() if word in words} for word in frozenset().union(*NEEDED.values())
}


@lru_cache(maxsize=4096)
def readers_for(word: str) -> tuple[str, ...]:
    """The methods of the parser that can read an expression which begins with a word."""
    names = ["phrase"] if word in w.PHRASES.starts else []
    if word in PREPOSITION_STARTS:
        return (*names, "frequency", "counted", "following", "event", "timed")
    if w.RELATIONS.get(word) == "that":
        return (*names, "following")
    if word in w.DETERMINERS or word in w.RELATIONS or word in w.ORDINALS:
        return (*names, "frequency", "counted", "following", "event", "timed")
    if word in w.MONTHS or word in w.WEEKDAYS or word in w.DEICTIC:
        return (*names, "timed")
    return (*names, "frequency", *(["over_and_over"] if word in w.UNITS else []), "counted", "timed")


def comes_back(reading: Reading) -> bool:
    """Whether a reading names what every year has, with a preposition that does not say from when."""
    return isinstance(reading, Timed) and reading.period.free and reading.op in YEARLY


class Parser(EventReader):
    """Reads expressions out of tokens. `readings` gives them in order, none over another."""

    def __init__(self, tokens: list[str], vocabulary: Vocabulary) -> None:
        super().__init__(tokens, vocabulary)
        self._awake: set[str] = set().union(*[WAKES[word] for word in tokens if word in WAKES])

    def readings(self) -> list[tuple[int, int, Reading]]:
        """(first token, token after the last, reading)"""
        found: list[tuple[int, int, Reading]] = []
        at, end = 0, self.size
        while end and self.tokens[end - 1] not in self.vocabulary.last_of_head and not has_digit(self.tokens[end - 1]):
            end -= 1
        opening = self.vocabulary.opening
        while at < end:
            if self.tokens[at] not in opening and not has_digit(self.tokens[at]):
                at += 1
                continue
            placed = self.expression(at)
            if placed is None:
                at += 1
            else:
                found.append((at, placed[1], placed[0]))
                at = placed[1]
        return found

    def expression(self, at: int) -> Placed:
        """The longest reading that begins at a place; behind a frequency, what has no year of its own belongs to it."""
        if self.word(at) == "telkens":
            inside = self.timed(at + 1)
            return self.yearly(inside)
        best = self.longest(at)
        if best and isinstance(best[0], Plain | Fixed) and self.again(best[0]):
            place = self.skip(best[1], "telkens", "steeds")
            inside = self.timed(place)
            return self.yearly(inside) or best
        return best

    @staticmethod
    def yearly(placed: Placed) -> Placed:
        """What comes back with each year: a month or day that leaves its year open."""
        if placed and comes_back(placed[0]):
            return Plain(kind=ExpressionKind.FREQUENCY, rule="frequency"), placed[1]
        return None

    @staticmethod
    def again(reading: Reading) -> bool:
        kind = reading.kind if isinstance(reading, Plain) else reading.phrase.kind if isinstance(reading, Fixed) else ""
        return kind == ExpressionKind.FREQUENCY

    def longest(self, at: int) -> Placed:
        best: Placed = None
        for reader in readers_for(self.tokens[at]):
            if reader in NEEDED and reader not in self._awake:
                continue
            found: Placed = getattr(self, reader)(at)
            if found and (best is None or found[1] > best[1]):
                best = found
        return best

    def phrase(self, at: int) -> Placed:
        found = w.PHRASES.longest(self.tokens, at)
        if found is None:
            return None
        phrase, after = found
        return Fixed(guard=phrase.guard, phrase=phrase), after

    # -- periods behind prepositions ---------------------------------------------------------------------------------

    def timed(self, at: int) -> Placed:
        if self.word(at) == "tussen":
            return self.between(at + 1)
        start = at
        preposition, at = self.preposition(at)
        if preposition.op == "bare" and at > start and preposition.lead == "" and self.word(start) not in ("nog",):
            return None
        if self.word(at) == "tussen":
            return self.between(at + 1)
        if self.word(at) == "nu" and preposition.op in ("of", "from"):
            return self.from_now(at + 1)
        found = self.period(
            at,
            inner=preposition.rule == "course"
            or (self.word(at - 1) in ("van", "der") and preposition.op == "during" and at - start > 2),
        )
        if not found:
            return None
        period, after = found
        period, after = self.dated_within(period, after)
        if self.word(at - 1) == "aan" and not isinstance(period, Inside):
            return None  # `begint aan de vakantie`; `aan het einde van`
        period, after, op = self.coordinated(period, after, preposition.op)
        if op == "during" and preposition.op == "of" and self.word(after) == "af":
            after += 1
        told = self.year_told_before(after) if period.free and op in YEARLY else None
        if told:
            return Following(period=period, shift=told[0]), told[1]
        if op in ("voor", "by") and self.tokens[after - 2 : after] == ["nieuwe", "jaar"]:
            op = "before"  # new year's day, not the year
        guard = self.guard_of(period, op, at, after)
        if guard == "refuse":
            return None
        each = self.skip(after, "van") if period.free and op in YEARLY else after
        if self.habit(period, op) or (
            period.free and op in YEARLY and self.word(each) in EACH and w.UNITS.get(self.word(each + 1)) == "year"
        ):
            return Plain(kind=ExpressionKind.FREQUENCY, rule="frequency"), each + 2 if each > after else after
        lead = preposition.lead
        if guard == "today" and not lead and self.word(after) == "nog" and not self.number(after + 1):
            lead, after = "nog", after + 1  # `vandaag nog` is `nog vandaag`
        return Timed(guard=guard, op=op, period=period, lead=lead, rule=preposition.rule), after

    def year_told_before(self, at: int) -> tuple[int, int] | None:
        """`(oktober) van dat jaar`, `van het jaar daarop`: the years between, and the place after it."""
        if self.word(at) != "van":
            return None
        place = self.skip(at + 1, "het")
        if w.UNITS.get(self.word(place)) == "year" and self.word(place + 1) in YEAR_AFTER:
            return 1, place + 2
        if w.UNITS.get(self.word(place + 1)) != "year":
            return None
        relation = w.RELATIONS.get(self.word(place))
        return {"that": (0, place + 2), "following": (1, place + 2)}.get(relation or "")

    @staticmethod
    def habit(period: Period, op: str) -> bool:
        """`van maandag tot vrijdag`: opening hours, not the days of one week."""
        return (
            isinstance(period, Through)
            and op in ("during", "bare", "of", "from")
            and isinstance(period.first, Weekday)
            and isinstance(period.last, Weekday)
            and period.free
        )

    def dated_within(self, period: Period, at: int) -> tuple[Period, int]:
        """`volgend jaar in maart`, `in 2027 op 3 mei`: the year first, then what lies in it."""
        place = self.skip(self.skip(at, ","), "in", "op", "tijdens")
        if isinstance(period, Year) and (period.shift is not None or self.word(place - 1) in ("in", "op", "tijdens")):
            inside = self.period(place)
            told = with_year(inside[0], period) if inside else None
            if inside and told:
                return told, inside[1]
        return period, at

    def guard_of(self, period: Period, op: str, at: int, after: int) -> str:
        """What must still be looked at in the words around, or refuse."""
        bare = op == "bare"
        plain_year = (isinstance(period, Year) and period.shift is None) or (
            isinstance(period, Through) and isinstance(period.last, Year) and period.last.shift is None
        )
        if bare:
            if isinstance(period, Election) or self.word(at - 1) == "een":
                return "refuse"  # `er is een nieuwe legislatuur`
            if plain_year and self.tokens[at] not in ("het", "de", "jaren", "jaar", "periode", "begrotingsjaar"):
                return "bare-year"
        short = short_date(self.tokens[after - 1])
        if short:
            return "refuse" if bare else "fraction"
        if plain_year and (YEAR.fullmatch(self.tokens[after - 1]) or YEARS.fullmatch(self.tokens[after - 1])):
            return "of-year" if op == "of" else "year"
        if op == "voor" and period.family == "season" and self.means_before(period):
            return "for"
        if isinstance(period, Weekday) and op in ("during", "bare") and period.free:
            return "weekday"
        if isinstance(period, Deictic) and self.tokens[after - 1] in ("morgen", "vandaag"):
            return "morgen" if self.tokens[after - 1] == "morgen" else "today"
        if not bare:
            return ""
        if (isinstance(period, Yearly) and period.family == "holiday") or self.tokens[after - 2] in ("nieuw", "nieuwe"):
            return "named"
        if isinstance(period, Yearly) and period.family == "season":
            return "subject"
        return "name" if period.family == "month" else ""

    def means_before(self, period: Period) -> bool:
        while isinstance(period, Inside):
            period = period.of
        return isinstance(period, Yearly) and period.name in self.vocabulary.before_it

    def between(self, at: int) -> Placed:
        if self.word(at) in ("nu", "dit", "vandaag") and self.word(at + 1) == "en":
            return self.from_now(at + 2, counted=True)
        first = self.period(at)
        day = one_day(self.word(at))
        if day and (not first or self.word(first[1]) != "en"):
            found = self.day(at)
            return (Timed(op="during", period=found[0]), found[1]) if found and isinstance(found[0], Through) else None
        if not first or self.word(first[1]) != "en":
            return None
        second = self.period(first[1] + 1, inner=True)
        if not second:
            return None
        return Timed(
            guard="year" if isinstance(second[0], Year) else "", op="during", period=Through(first[0], second[0])
        ), second[1]

    def from_now(self, at: int, *, counted: bool = False) -> Placed:
        if counted:
            amount = self.amount(at)
            if amount:
                return Counted(use="within", amount=amount[0], rule="within"), amount[1]
        place = self.link(at) if not counted else at
        found = self.period(place, inner=True) if place > at or counted else None
        return (Timed(op="by", period=FromNow(found[0])), found[1]) if found else None

    def coordinated(self, period: Period, at: int, op: str) -> tuple[Period, int, str]:
        """`A en B`, `A, B en C`, `van A tot B`, `A-B`, `eind A, begin B`, `eind A begin B`, `A of uiterlijk B`."""
        while True:
            word = self.word(at)
            ranged = op in ("of", "from", "bare", "during", "voor", "by", "over", "approx") and (
                word in DASHES or word in ("tot", "t.e.m.", "t.e.m", "tem", "t/m")
            )
            if op in ("of", "from") or ranged:
                place = self.link(at) if word in DASHES or word in ("tot", "t.e.m.", "t.e.m", "tem", "t/m") else at
                if place > at:
                    place = self.skip(place, "aan", "op", "in")
                    second = self.period(place, inner=True)
                    if second and self.alike(period, second[0]):
                        return Through(period, second[0]), second[1], "during" if op in ("of", "from", "bare") else op
            if self.word(at) in ("en", "of", ",", "/", "-", "–"):
                place = self.skip(at + 1, "en", "of") if word == "," else at + 1
                if word == "of":
                    place = self.skip(place, "uiterlijk", "misschien", "wellicht")
                second = self.period(place)
                if second and self.joins(period, second[0], word, place, op):
                    period, at = Through(period, second[0]), second[1]
                    continue
            if word == "begin" and isinstance(period, Part) and period.part == "end":
                second = self.period(at)
                if second and isinstance(second[0], Part):
                    return Through(period, second[0]), second[1], op
            return period, at, op

    @staticmethod
    def alike(first: Period, second: Period) -> bool:
        return not isinstance(second, Deictic) or isinstance(first, Deictic)

    def joins(self, first: Period, second: Period, word: str, at: int, op: str) -> bool:
        """Whether two periods are one span: parts, days, seasons or bare ones of one sort."""
        last = first.last if isinstance(first, Through) else first
        if isinstance(last, Part) and isinstance(second, Part):
            return word != "," or (last.part, second.part) == ("end", "begin")
        if isinstance(last, Deictic) and isinstance(second, Deictic):
            return word in ("en", "of") and op != "of"
        if word == "en" and op in ("during", "bare") and last.family == second.family == "season":
            return not second.free  # `het voorjaar en het najaar van 2026`: one year for both
        if self.word(at) in w.DETERMINERS:
            return False
        sorts = [(type(period), period.family) for period in (last, second)]
        if sorts[0] != sorts[1] or not isinstance(last, Year | Yearly | Unit) or last.family in ("season", "holiday"):
            return False
        if word == "," and not (isinstance(last, Year) or self._list_goes_on(at)):
            return False
        return word != "of" or last.family in ("year", "month", "quarter")

    def _list_goes_on(self, at: int) -> bool:
        found = self.period(at)
        return bool(found) and (
            self.tokens[at - 1] in ("en", "of") or self.word(found[1]) in (",", "en", "of") if found else False
        )
