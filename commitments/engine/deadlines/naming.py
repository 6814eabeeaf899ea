"""The grammar of periods: `het derde kwartaal van volgend jaar`, `eind mei`, `vrijdag 28 maart`, `deze legislatuur`.

Each method looks at one place among the tokens and gives the period that begins there with the place after it, or None.
"""

import re

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.composed import (
    ElectionOn,
    Half,
    InThisYear,
    Nth,
    Part,
    Rest,
    Soonest,
    Through,
    WeekOf,
)
from commitments.engine.deadlines.periods import (
    Decade,
    Deictic,
    Election,
    Legislature,
    OtherYear,
    Period,
    Unit,
    Weekday,
    WeekNumber,
    Year,
    Yearly,
)
from commitments.engine.deadlines.tokens import Vocabulary, longest

Found = tuple[Period, int] | None

YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = re.compile(r"((?:19|20)\d\d)[-–/]((?:19|20)?\d\d)")
SHORT_YEAR = re.compile(r"'(\d\d)")
ORDINAL = re.compile(r"(\d{1,2})(?:ste|de|e)")
DAY = re.compile(r"(\d{1,2})(?:ste|de|e)?")
DAYS = re.compile(r"(\d{1,2})[-–/](\d{1,2})")
FULL_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
SHORT_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})")
QUARTER_CODE = re.compile(r"[qk]([1-4])")
HALF_CODE = re.compile(r"[hs]([12])")
AFTER = {"e.k", "e.k.", "ek", "a.s", "a.s.", "aanstaande", "eerstkomend", "eerstkomende", "eerstvolgend", "komend"}
BEFORE = {"jl", "jl.", "l.l.", "ll.", "jongstleden", "laatstleden"}
LENGTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
DASHES = {"-", "–", "/"}
SHIFTS = {"this": 0, "next": 1, "previous": -1, "new": 1}


class Namer:
    """Reads periods out of tokens."""

    def __init__(self, tokens: list[str], vocabulary: Vocabulary) -> None:
        self.tokens = tokens
        self.vocabulary = vocabulary
        self.size = len(tokens)

    def word(self, at: int) -> str:
        return self.tokens[at] if 0 <= at < self.size else ""

    def skip(self, at: int, *choices: str) -> int:
        return at + 1 if self.word(at) in choices else at

    def period(self, at: int, *, inner: bool = False) -> Found:
        """A period at a place; inner: inside another one, where `het jaar` is this year."""
        start = at
        determiner = ""
        if self.word(at) in w.DETERMINERS:
            determiner = self.word(at)
            at += 1
        if self.word(at) in ("hele", "ganse", "gehele", "volledige", "onze", "mijn"):
            at += 1
        for read in (self.rest, self.part, self.ordinal, self.related, self.dated, self.named):
            found = read(at)
            if found:
                return found
        if inner or determiner:
            return self.current(at, determiner, inner=inner, start=start)
        return None

    # -- this, next, previous ----------------------------------------------------------------------------------------

    def current(self, at: int, determiner: str, *, inner: bool, start: int) -> Found:
        unit = w.UNITS.get(self.word(at), "")
        if unit in ("legislature", "local-term") and determiner != "een":
            return self.of_years(Legislature(0, local=unit == "local-term"), at + 1)
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
            return Legislature(first_year=int(years[1])), at + 1
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
        other = longest(self.vocabulary.other_years, self.tokens, at)
        if other:
            move = shift if shift is not None else (1 if relation == "coming" else -1)
            return OtherYear(other[0], move), other[1]
        if unit == "weekend":
            return Unit("weekend", {"previous": -1, "past": -1, "next": 1}.get(relation, 0)), at + 1
        if unit in ("week", "month", "quarter", "half-year", "year") and word not in w.PLURAL and shift is not None:
            return (Year(shift=shift) if unit == "year" else Unit(unit, shift)), at + 1
        if unit == "day" and word == "dag" and relation == "next":
            return Deictic(1), at + 1
        number = w.WEEKDAYS.get(word)
        if number is not None:
            if relation == "next":
                return Weekday(number, "two", week=Unit("week", 1)), at + 1
            mode = {"this": "this", "coming": "next", "new": "next"}.get(relation, "last")
            return Weekday(number, mode), at + 1
        if self.word(at) in w.LEVELS | w.LOCAL:
            at += 1
            word = self.word(at)
        if word in w.ELECTIONS | w.LOCAL_ELECTIONS:
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

    # -- parts -------------------------------------------------------------------------------------------------------

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
        if word in (
            "periode",
            "jaren",
            "maanden",
            "maand",
            "jaar",
            "begrotingsjaar",
            "begrotingsjaren",
            "kalenderjaar",
            "kalenderjaren",
            "boekjaar",
            "dienstjaar",
        ):
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
        if part == "half":
            if linked > after or found[0].family not in ("month", "year"):
                return None
        return Part(found[0], part), found[1]

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
            return (Part(found[0], "begin" if number == 1 else "end"), found[1]) if found else None
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

    def ordinal_number(self, at: int) -> tuple[int, int]:
        word = self.word(at)
        if word in w.ORDINALS:
            return w.ORDINALS[word], at + 1
        match = ORDINAL.fullmatch(word)
        return (int(match[1]), at + 1) if match else (0, at)

    def _quarter(self, number: int, second: int, unit: str, at: int) -> Found:
        most = 4 if unit == "quarter" else 2
        number, second = (most if n == -1 else n for n in (number, second))
        if number > most or second > most:
            return None
        year = self.year_after(at)
        told, after = year if year else (None, at)
        first: Period = Yearly(unit, number, year=told)
        return (Through(first, Yearly(unit, second, year=told)) if second else first), after

    # -- years -------------------------------------------------------------------------------------------------------

    def year_after(self, at: int) -> Found:
        """The year told right of a month, quarter or season."""
        linked = self.skip(at, ",") if YEAR.fullmatch(self.word(at + 1)) else at
        linked = self.skip(linked, "van", "in")
        word = self.word(linked)
        if YEAR.fullmatch(word):
            return Year(int(word)), linked + 1
        short = SHORT_YEAR.fullmatch(word)
        if short:
            return Year(2000 + int(short[1])), linked + 1
        place = self.skip(linked, "het")
        if self.word(place) in w.UNITS and w.UNITS[self.word(place)] == "year":
            if YEAR.fullmatch(self.word(place + 1)):
                return Year(int(self.word(place + 1))), place + 2
            return (Year(shift=0), place + 1) if place > linked > at and self.word(place) not in w.PLURAL else None
        relation = SHIFTS.get(w.RELATIONS.get(self.word(place), ""))
        if relation is None and place > linked > at and self.word(place) in ("komende", "komend"):
            relation = 1
        if (
            relation is not None
            and w.UNITS.get(self.word(place + 1)) == "year"
            and self.word(place + 1) not in w.PLURAL
        ):
            return Year(shift=relation), place + 2
        other = longest(self.vocabulary.other_years, self.tokens, place + 1)
        if relation is not None and other:
            return OtherYear(other[0], relation), other[1]
        return None

    def explicit_years(self, at: int, word: str) -> Found:
        """`de jaren 2015 t.e.m. 2017`, `het jaar 2024`, `de jaren negentig`, `de maand mei`, `de periode 2021-2027`."""
        here = self.word(at)
        if word in ("maand", "maanden"):
            return self.month(at)
        if word == "jaren" and (here in w.TENS or re.fullmatch(r"'?\d0", here)):
            tens = w.TENS.get(here) or int(here.strip("'"))
            return Decade(1900 + tens), at + 1
        if word == "periode":
            at = self.skip(at, "van")
            here = self.word(at)
        years = YEARS.fullmatch(here)
        if years:
            return self.year_range(years), at + 1
        if YEAR.fullmatch(here):
            return (
                (Decade(int(here)), at + 1)
                if word == "jaren"
                and here.endswith("0")
                and self.word(at + 1) not in ("en", "-", "–", "tot", "t.e.m.", "t/m", "tem", ",")
                else (Year(int(here)), at + 1)
            )
        return None

    @staticmethod
    def year_range(match: re.Match[str]) -> Period:
        first, last = int(match[1]), match[2]
        second = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
        return Through(Year(first), Year(second)) if second != first else Year(first)

    # -- days, months, seasons ---------------------------------------------------------------------------------------

    def dated(self, at: int) -> Found:
        found = self.weekday(at) or self.day(at) or self.month(at)
        if found and found[0].free:
            if self.word(found[1]) in AFTER:
                return Soonest(found[0]), found[1] + 1
            if self.word(found[1]) in BEFORE:
                return Soonest(found[0], forward=False), found[1] + 1
        return found

    def weekday(self, at: int) -> Found:
        number = w.WEEKDAYS.get(self.word(at))
        if number is None:
            return None
        after = at + 1
        after = after + 1 if self.word(after) in w.DAYPARTS and self.word(after) != "morgen" else after
        place = self.skip(after, ",")
        place = self.skip(place, "de")
        dated = self.day(place)
        if dated and isinstance(dated[0], Yearly):
            day = dated[0]
            return Yearly("day", day.value, year=day.year, day_of_week=number), dated[1]
        linked = self.skip(after, "van")
        if w.RELATIONS.get(self.word(linked)) in SHIFTS and w.UNITS.get(self.word(linked + 1)) == "week":
            shift = SHIFTS[w.RELATIONS[self.word(linked)]]
            return Weekday(number, "week", week=Unit("week", shift)), linked + 2
        if (
            self.word(after) == "over"
            and self.word(after + 1) in w.NUMBERS
            and w.UNITS.get(self.word(after + 2)) == "week"
        ):
            return Weekday(number, "next", later=7 * int(w.NUMBERS[self.word(after + 1)])), after + 3
        if self.word(after) in AFTER:
            return Weekday(number, "next"), after + 1
        if self.word(after) in BEFORE:
            return Weekday(number, "last"), after + 1
        return Weekday(number), after

    def day(self, at: int) -> Found:
        word = self.word(at)
        for pattern, order in ((FULL_DATE, (4, 3, 1)), (ISO_DATE, (1, 2, 3))):
            match = pattern.fullmatch(word)
            if match:
                year, month, day = (int(match[n]) for n in order)
                year = year + (2000 if year < 70 else 1900) if year < 100 else year
                return (Yearly("day", month * 100 + day, year=Year(year)), at + 1) if valid(month, day) else None
        if word == "eerste" and self.word(at + 1) in w.MONTHS:
            return self._day_of_month([1], at + 1)
        both = DAYS.fullmatch(word)
        numbers, after = ([int(both[1]), int(both[2])], at + 1) if both else ([], at)
        if not both:
            match = DAY.fullmatch(word)
            if not match:
                return None
            numbers, after = [int(match[1])], at + 1
            while True:
                link = self.link(after)
                link = self.skip(link, "de") if link > after else link
                more = DAY.fullmatch(self.word(link)) if link > after else None
                if not more:
                    break
                numbers.append(int(more[1]))
                after = link + 1
        found = self._day_of_month(numbers, after)
        if found is None and both is None and len(numbers) == 1:
            return None
        return found

    def link(self, at: int) -> int:
        """The place after `en`, `of`, `tot en met`, a comma or a dash."""
        if self.word(at) == "tot":
            return at + 3 if self.word(at + 1) == "en" and self.word(at + 2) == "met" else at + 1
        return self.skip(at, "en", "of", ",", "-", "–", "/", "t.e.m.", "t.e.m", "tem", "t/m", "a")

    def _day_of_month(self, numbers: list[int], at: int) -> Found:
        word = self.word(at)
        month = w.MONTHS.get(word) or w.SHORT_MONTHS.get(word.rstrip("."))
        if month is None or not all(valid(month, number) for number in numbers):
            return None
        year = self.year_after(at + 1)
        told, after = year if year else (None, at + 1)
        first: Period = Yearly("day", month * 100 + numbers[0], year=told)
        if len(numbers) == 1:
            return first, after
        return Through(first, Yearly("day", month * 100 + numbers[-1], year=told)), after

    def month(self, at: int) -> Found:
        word = self.word(at)
        number = w.MONTHS.get(word)
        if number is None:
            short = w.SHORT_MONTHS.get(word.rstrip("."))
            if short is None or not YEAR.fullmatch(self.word(at + 1)):
                return None
            number = short
        year = self.year_after(at + 1)
        told, after = year if year else (None, at + 1)
        return Yearly("month", number, year=told), after

    def entry(self, at: int) -> Found:
        named = longest(self.vocabulary.entries, self.tokens, at)
        if named is None:
            return None
        name, after = named
        family = self.vocabulary.families[name]
        years = YEARS.fullmatch(self.word(after))
        if years:
            return Yearly("entry", name=name, entry_family=family, year=Year(int(years[1]))), after + 1
        year = self.year_after(after)
        told, after = year if year else (None, after)
        return Yearly("entry", name=name, entry_family=family, year=told), after

    def named(self, at: int) -> Found:
        word = self.word(at)
        if word == "week":
            return self.week(at + 1)
        found = self.entry(at) or self.election(at)
        if found:
            return found
        if word in w.DEICTIC:
            return self.deictic(at)
        if YEAR.fullmatch(word):
            code = QUARTER_CODE.fullmatch(self.word(at + 1))
            if code:
                return Yearly("quarter", int(code[1]), year=Year(int(word))), at + 2
            return Year(int(word)), at + 1
        years = YEARS.fullmatch(word)
        if years:
            return self.year_range(years), at + 1
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
        other = longest(self.vocabulary.other_years, self.tokens, at)
        if other:
            return self.other_year(*other)
        if w.UNITS.get(word) == "legislature" and YEARS.fullmatch(self.word(at + 1)):
            return self.of_years(Legislature(0), at + 1)
        return None

    def other_year(self, name: str, at: int) -> Found:
        years = YEARS.fullmatch(self.word(at))
        if years:
            return OtherYear(name, number=int(years[1])), at + 1
        if YEAR.fullmatch(self.word(at)):
            return OtherYear(name, number=int(self.word(at))), at + 1
        return OtherYear(name), at

    def week(self, at: int) -> Found:
        if self.word(at) == "van":
            found = self.day(self.skip(at + 1, "de")) or self.weekday(at + 1)
            return (WeekOf(found[0]), found[1]) if found else None
        number = self.word(at)
        if number.isdecimal() and 0 < int(number[:3]) < 53 and self.word(at + 1) not in ("van", "en", "of"):
            year = self.year_after(at + 1)
            told, after = year if year else (None, at + 1)
            return WeekNumber(int(number), told), after
        return None

    def deictic(self, at: int) -> Found:
        word = self.word(at)
        after = at + 1
        if word in ("morgen", "gisteren") and self.word(after) in w.DAYPARTS:
            after += 1
        if w.DEICTIC[word]:
            return Deictic(w.DEICTIC[word]), after
        return Deictic(0, later=word in LATER_TODAY), after

    def election(self, at: int) -> Found:
        place = at
        local = self.word(place) in w.LOCAL
        if self.word(place) in w.LOCAL | w.LEVELS:
            place += 1
        word = self.word(place)
        if word not in w.ELECTIONS | w.LOCAL_ELECTIONS:
            return None
        local = local or word in w.LOCAL_ELECTIONS
        after = place + 1
        if self.word(after) == "van":
            day = self.day(after + 1)
            if day:
                return ElectionOn(day[0]), day[1]
            month = self.month(after + 1)
            if month and not month[0].free:
                return Election(local, month[0]), month[1]
        year = self.year_after(after)
        if year:
            return Election(local, year[0]), year[1]
        return Election(local), after


LATER_TODAY = {"vanavond", "vanmiddag", "vannamiddag", "vannacht"}


def valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= LENGTH[month - 1]
