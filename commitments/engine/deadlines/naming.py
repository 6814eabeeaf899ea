"""The grammar of periods: `het derde kwartaal van volgend jaar`, `eind mei`, `de rest van deze legislatuur`.

Each method looks at one place among the tokens and gives the period that begins there with the place after it, or None.
"""

from functools import lru_cache

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.composed import Half, InThisYear, Nth, Part, Rest, Soonest, Through
from commitments.engine.deadlines.dating import (
    DASHES,
    DAY_FORMS,
    HALF_CODE,
    ORDINAL,
    QUARTER_CODE,
    SHIFTS,
    SHORT_YEAR,
    YEAR,
    YEARS,
    Dater,
    Found,
    short_year,
)
from commitments.engine.deadlines.periods import Deictic, Period, Unit, Weekday, Year, Yearly
from commitments.engine.deadlines.terms import Election, Legislature, OtherYear
from commitments.engine.deadlines.tokens import Vocabulary
from commitments.engine.deadlines.weeks import WeekBeside

YEARS_NAMED = frozenset(
    {"jaren", "maanden", "maand", "jaar", "begrotingsjaar", "begrotingsjaren", "kalenderjaar", "kalenderjaren"}
    | {"periode", "boekjaar", "dienstjaar"}
)
LEFT_OVER = frozenset(
    {"rest", "restant", "vervolg", "resterende", "verdere", "later", "verder", "verderop", "loop", "verloop"}
)
# with which a named period may begin, beside numbers and the names in the calendar
NAMED = frozenset(
    {"week", "nacht", *w.ALL_LEVELS, *w.ALL_ELECTIONS, *w.DEICTIC}
    | {word for word, unit in w.UNITS.items() if unit in ("weekend", "quarter", "legislature")}
)


@lru_cache(maxsize=4096)
def readers_for(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The methods that can read a period which begins with a word, in the order in which they are asked."""
    asked = {
        "rest": word in LEFT_OVER or word in YEARS_NAMED,
        "part": word in w.PARTS or word in ("jaareinde", "maandeinde", "helft"),
        "ordinal": word in w.ORDINALS or ORDINAL.fullmatch(word),
        "related": word in w.RELATIONS,
        "dated": word in w.WEEKDAYS
        or word in w.MONTHS
        or word.rstrip(".") in w.SHORT_MONTHS
        or word in w.ORDINALS
        or any(form.fullmatch(word) for form in DAY_FORMS),
        "named": word in NAMED
        or word in vocabulary.entries.starts
        or word in vocabulary.other_years.starts
        or any(form.fullmatch(word) for form in (YEAR, SHORT_YEAR, YEARS, QUARTER_CODE, HALF_CODE)),
    }
    return tuple(reader for reader, possible in asked.items() if possible)


class Namer(Dater):
    """Reads periods out of tokens."""

    def period(self, at: int, *, inner: bool = False) -> Found:
        """A period at a place; inner: inside another one, where `het jaar` is this year."""
        start = at
        determiner = ""
        if self.word(at) in w.DETERMINERS:
            determiner = self.word(at)
            at += 1
        if self.word(at) in ("late", "vroege", "hele", "ganse", "gehele", "volledige", "onze", "mijn"):
            at += 1
        if determiner and self.word(at) in ("dit", "deze"):
            return None  # `de dit jaar goedgekeurde tekst`: the article is that of the text
        if determiner == "een" and w.RELATIONS.get(self.word(at)) == "new":
            return None
        for reader in readers_for(self.tokens[at], self.vocabulary):
            found: Found = getattr(self, reader)(at)
            if found:
                return found
        if inner or determiner:
            return self.current(at, determiner, inner=inner, start=start)
        return None

    def current(self, at: int, determiner: str, *, inner: bool, start: int) -> Found:
        unit = w.UNITS.get(self.word(at), "")
        if unit in ("legislature", "local-term") and determiner != "een":
            return self.of_years(Legislature(0, local=unit == "local-term"), at + 1)
        if unit == "weekend" and self.word(start - 1) in ("voor", "vóór", "na", "tegen", "dit"):
            return Unit("weekend", 0), at + 1
        if inner and unit in ("day", "week", "month", "quarter", "half-year", "year") and self.word(at) not in w.PLURAL:
            if unit == "day" or determiner == "een":
                return None
            return Unit(unit, 0) if unit != "year" else Year(shift=0), at + 1
        if self.word(at) in w.LOCAL and w.UNITS.get(self.word(at + 1)) in ("legislature", "local-term"):
            return Legislature(0, local=True), at + 2
        if self.word(at) in w.LEVELS and w.UNITS.get(self.word(at + 1)) == "legislature":
            return Legislature(0), at + 2
        return None

    def of_years(self, term: Legislature, at: int) -> Found:
        years = YEARS.fullmatch(self.word(at))
        if years and not term.local:
            return Legislature(years=(int(years[1]), self.year_range(years))), at + 1
        return term, at

    def related(self, at: int) -> Found:
        relation = w.RELATIONS.get(self.word(at))
        if relation is None or relation in ("that", "following"):
            return None
        at += 1
        if self.word(at) in ("en", "of", "/") and self.word(at + 1) in w.RELATIONS:
            second = self.related(at + 1)
            first = self.relate(relation, second[1] - 1) if second else None
            if first and second:
                return Through(first[0], second[0]), second[1]
        at = self.skip(at, "lokale", "gemeentelijke") if w.UNITS.get(self.word(at + 1)) == "legislature" else at
        found = self.relate(relation, at, local=self.word(at - 1) in w.LOCAL)
        if found and isinstance(found[0], Unit) and found[0].unit == "week":
            later = self.skip(found[1], "op")
            number = w.WEEKDAYS.get(self.word(later))
            if number is not None:
                return Weekday(number, "week", week=found[0]), later + 1
        return found

    def relate(self, relation: str, at: int, *, local: bool = False) -> Found:
        word = self.word(at)
        unit = w.UNITS.get(word, "")
        shift = SHIFTS.get(relation)
        forward = relation in ("next", "coming", "new")
        if unit in ("legislature", "local-term") and word not in w.PLURAL:
            move = shift if shift is not None else (1 if relation == "coming" else -1)
            return self.of_years(Legislature(move, local=local or unit == "local-term"), at + 1)
        other = self.vocabulary.other_years.longest(self.tokens, at)
        if other:
            move = shift if shift is not None else (1 if relation == "coming" else -1)
            return OtherYear(other[0], move), other[1]
        if unit == "weekend":
            return Unit("weekend", {"previous": -1, "past": -1, "next": 1}.get(relation, 0)), at + 1
        if unit in ("week", "month", "quarter", "half-year", "year") and word not in w.PLURAL and shift is not None:
            return (Year(shift=shift) if unit == "year" else Unit(unit, shift)), at + 1
        if unit == "day" and word == "dag" and relation == "next":
            return Deictic(1), at + 1
        if relation == "this" and word in w.DAYPARTS:
            return Deictic(0, later=word in ("middag", "namiddag", "avond", "nacht")), at + 1
        number = w.WEEKDAYS.get(word)
        if number is not None:
            if relation == "next":
                return Weekday(number, "two", week=Unit("week", 1)), at + 1
            mode = {"this": "this", "coming": "next", "new": "next"}.get(relation, "last")
            return Weekday(number, mode), at + 1
        if self.word(at) in w.ALL_LEVELS:
            at += 1
            word = self.word(at)
        if word in w.ALL_ELECTIONS:
            vote = Election(local=word in w.LOCAL_ELECTIONS or self.word(at - 1) in w.LOCAL)
            return Soonest(vote, forward=forward or relation == "this"), at + 1
        if w.UNITS.get(word) == "half-year" and relation == "coming":
            return Unit("half-year", 1), at + 1
        base = self.month(at) or self.entry(at)
        if base is None or not base[0].free:
            return None
        if relation == "this":
            return InThisYear(base[0]), base[1]
        return Soonest(base[0], forward=forward), base[1]

    def rest(self, at: int) -> Found:
        word = self.word(at)
        if word in ("rest", "restant", "vervolg") and self.word(at + 1) == "van":
            return self._rest(at + 2)
        if word == "resterende" and self.word(at + 1) == "deel" and self.word(at + 2) == "van":
            return self._rest(at + 3)
        if word == "resterende" and self.word(at + 1) in w.PLURAL and self.word(at + 2) == "van":
            return self._rest(at + 3)
        if word == "verdere" and self.word(at + 1) in ("loop", "verloop") and self.word(at + 2) == "van":
            return self._rest(at + 3)
        if word == "verdere":
            return self._rest(at + 1)
        if (
            word in ("later", "verder", "verderop")
            and self.word(at - 1) not in w.PLURAL
            and self.word(at - 1) not in w.UNITS
        ):
            return self._rest(self.skip(at + 1, "in", "op", "tijdens"))
        if word in ("loop", "verloop") and self.word(at + 1) in ("van", "der"):
            return self.period(at + 2, inner=True)
        if word in YEARS_NAMED:
            return self.explicit_years(at + 1, word)
        return None

    def _rest(self, at: int) -> Found:
        if self.word(at) == "vandaag":
            return None
        found = self.period(at, inner=True)
        return (Rest(found[0]), found[1]) if found else None

    def part(self, at: int) -> Found:
        word = self.word(at)
        if word == "jaareinde":
            return Part(Year(shift=0), "end"), at + 1
        if word == "maandeinde":
            return Part(Unit("month", 0), "end"), at + 1
        if word == "helft":
            found = self.period(at + 2, inner=True) if self.word(at + 1) == "van" else None
            return (Part(found[0], "half"), found[1]) if found and found[0].family in ("month", "year") else None
        part = w.PARTS.get(word)
        if part is None:
            return None
        after = at + 1
        if self.word(after) in DASHES:
            after += 1
        linked = self.skip(after, "van", "in", "der")
        bare = w.UNITS.get(self.word(linked)) in ("year", "month", "week") and self.word(linked) not in w.PLURAL
        found = self.period(linked, inner=linked > after or self.word(linked) in w.DETERMINERS or bare)
        if not found or isinstance(found[0], Part | Half | Deictic | Weekday) or found[0].family in ("day", "deictic"):
            return None
        if word in ("start", "slot", "aanvang") and self.word(linked - 1) != "van":
            return None
        if part == "half" and (linked > after or found[0].family not in ("month", "year", "week")):
            return None
        return Part(found[0], part, loose=self.of_now_or_next(found[0], linked)), found[1]

    def of_now_or_next(self, period: Period, at: int) -> bool:
        """Whether `het jaar` stands there, or `het schooljaar`, and not `dit jaar`."""
        if self.word(at) not in ("het", "'t"):
            return False
        return (isinstance(period, Year) and period.shift == 0 and w.UNITS.get(self.word(at + 1)) == "year") or (
            isinstance(period, OtherYear)
            and period.number is None
            and period.shift == 0
            and self.word(at + 1) not in w.RELATIONS
        )

    def ordinal(self, at: int) -> Found:
        number, after = self.ordinal_number(at)
        if not number:
            return None
        second = 0
        if self.word(after) in ("en", "of", "/", "-", "tot") or (self.word(after) in w.DETERMINERS):
            link = self.skip(after, "en", "of", "/", "-", "tot")
            link = self.skip(link, "de", "het")
            more, place = self.ordinal_number(link)
            if more and link > after:
                second, after = more, place
        word = self.word(after)
        if word == "van" and not second:
            month = self.period(after + 1, inner=True)
            return (Nth(month[0], "day", number), month[1]) if month and month[0].family == "month" else None
        unit = w.UNITS.get(word, "")
        if word == "helft":
            place = self.skip(after + 1, "van", "der")
            found = self.period(place, inner=True)
            if found and number in (1, 2, -1):
                return Half(found[0], 2 if number == -1 else number), found[1]
            return None
        if unit in ("quarter", "half-year"):
            return self._quarter(number, second, unit, after + 1)
        if number > 12:
            return None
        if unit in ("day", "week", "month", "year", "weekend") and word not in w.PLURAL:
            found = self.period(after + 2, inner=True) if self.word(after + 1) == "van" else None
            if found and unit == "year" and found[0].family == "year":
                return None
            return (Nth(found[0], unit, number), found[1]) if found else None
        if word in w.WEEKDAYS and self.word(after + 1) == "van":
            found = self.period(after + 2, inner=True)
            return (Nth(found[0], "day", number, day_of_week=w.WEEKDAYS[word]), found[1]) if found else None
        if word in w.PLURAL and self.word(after + 1) == "van" and number in (1, -1):
            found = self.period(after + 2, inner=True)
            return (self.first_ones(found[0], w.UNITS[word], number), found[1]) if found else None
        count = int(w.NUMBERS.get(word, 0)) or (int(word) if word.isdecimal() and len(word) < 4 else 0)
        unit = w.UNITS.get(self.word(after + 1), "")
        if (
            count
            and unit in ("day", "week", "month", "quarter", "year")
            and self.word(after + 2) == "van"
            and number in (1, -1)
        ):
            found = self.period(after + 3, inner=True)
            return (Nth(found[0], unit, number, count), found[1]) if found else None
        return None

    @staticmethod
    def first_ones(of: Period, unit: str, number: int) -> Period:
        """`de eerste weken van`: a plural is about three, told leniently; months of a year are its third."""
        if unit in ("day", "workday"):
            return Nth(of, "day", number, 7)
        if unit == "week" and of.family != "month":
            return Nth(of, "week", number, 6)
        if unit in ("week", "year"):
            return Half(of, 1 if number == 1 else 2)
        return Part(of, "begin" if number == 1 else "end")

    def ordinal_number(self, at: int) -> tuple[int, int]:
        word = self.word(at)
        if word in w.ORDINALS:
            return w.ORDINALS[word], at + 1
        match = ORDINAL.fullmatch(word) if word[:1].isdigit() else None
        return (int(match[1]), at + 1) if match else (0, at)

    @staticmethod
    def _of_other_year(year: OtherYear, number: int, unit: str) -> Period:
        """A trimester is a third of a school year, a semester its half."""
        if unit == "half-year":
            return Half(year, number)
        return Part(year, ("begin", "middle", "end")[min(number, 3) - 1])

    def _quarter(self, number: int, second: int, unit: str, at: int) -> Found:
        most = 4 if unit == "quarter" else 2
        number, second = (most if n == -1 else n for n in (number, second))
        if number > most or second > most:
            return None
        year = self.year_after(at)
        told, after = year if year else (None, at)
        if isinstance(told, OtherYear):
            return self._of_other_year(told, number, unit), after
        first: Period = Yearly(unit, number, year=told)
        return (Through(first, Yearly(unit, second, year=told)) if second else first), after

    def years(self, at: int) -> Found:
        """`2026`, `2026-2028`, `2026 Q3`"""
        word = self.word(at)
        short = SHORT_YEAR.fullmatch(word)
        if short:
            return short_year(short), at + 1
        if YEAR.fullmatch(word):
            code = QUARTER_CODE.fullmatch(self.word(at + 1))
            if code:
                return Yearly("quarter", int(code[1]), year=Year(int(word))), at + 2
            return Year(int(word)), at + 1
        years = YEARS.fullmatch(word)
        return (self.year_range(years), at + 1) if years else None

    def week_beside(self, at: int) -> Found:
        """`(de week) na de paasvakantie`, `voor 5 juni`."""
        found = self.period(self.skip(at + 1, "de", "het"))
        if not found or found[0].family not in ("holiday", "day"):
            return None
        return WeekBeside(found[0], shift=1 if self.word(at) == "na" else -1), found[1]

    def named(self, at: int) -> Found:
        word = self.word(at)
        if word == "week" and self.word(at + 1) in ("na", "voor"):
            return self.week_beside(at + 1)
        if word == "week" or w.UNITS.get(word) == "weekend":
            return self.week(at + 1, weekend=word != "week")
        if word == "nacht":
            return self.night(at + 1)
        found = self.entry(at) or self.election(at)
        if found:
            return found
        if word in w.DEICTIC:
            return self.deictic(at)
        if word[:1].isdigit() or SHORT_YEAR.fullmatch(word):
            return self.years(at)
        code = QUARTER_CODE.fullmatch(word)
        if code:
            year = self.year_after(self.skip(at + 1, "/", "-"))
            told, after = year if year else (None, at + 1)
            return Yearly("quarter", int(code[1]), year=told), after
        half = HALF_CODE.fullmatch(word)
        year = self.year_after(at + 1) if half else None
        if half and year:
            return Yearly("half-year", int(half[1]), year=year[0]), year[1]
        if w.UNITS.get(word) == "quarter" and self.word(at + 1) in ("1", "2", "3", "4"):
            year = self.year_after(at + 2)
            told, after = year if year else (None, at + 2)
            return Yearly("quarter", int(self.word(at + 1)), year=told), after
        other = self.vocabulary.other_years.longest(self.tokens, at)
        if other:
            return self.other_year(*other)
        if w.UNITS.get(word) == "legislature" and YEARS.fullmatch(self.word(at + 1)):
            return self.of_years(Legislature(0), at + 1)
        return None
