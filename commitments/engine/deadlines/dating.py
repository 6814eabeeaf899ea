"""The grammar of calendar names: days, months, weekdays, seasons, feasts, elections, years.

Each method looks at one place among the tokens and gives the period that begins there with the place after it, or None.
"""

import re

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.composed import ElectionOn, NightTo, Soonest, Through
from commitments.engine.deadlines.periods import Decade, Deictic, Period, Unit, Weekday, WeekNumber, Year, Yearly
from commitments.engine.deadlines.terms import Election, OtherYear
from commitments.engine.deadlines.tokens import Vocabulary
from commitments.engine.deadlines.weeks import WeekOf

Found = tuple[Period, int] | None

YEAR = re.compile(r"(?:19|20)\d\d")
YEARS = re.compile(r"((?:19|20)\d\d)[-–/]((?:19|20)?\d\d)")
SHORT_YEAR = re.compile(r"'(\d\d)")
ORDINAL = re.compile(r"(\d{1,2})(?:ste|de|e)")
DAY = re.compile(r"(\d{1,2})(?:ste|de|e)?")
DAYS = re.compile(r"(\d{1,2})[-–/](\d{1,2})")
FULL_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})")
ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
SHORT_DATE = re.compile(r"(\d{1,2})/(\d{1,2})")
DAY_FORMS = (DAY, DAYS, FULL_DATE, ISO_DATE, SHORT_DATE)
QUARTER_CODE = re.compile(r"[qk]([1-4])")
HALF_CODE = re.compile(r"[hs]([12])")
AFTER = {"e.k", "e.k.", "ek", "a.s", "a.s.", "aanstaande", "eerstkomend", "eerstkomende", "eerstvolgend", "komend"}
BEFORE = {"jl", "jl.", "l.l.", "ll.", "jongstleden", "laatstleden"}
LENGTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
PERIODS = {"periode", "planperiode", "programmaperiode", "subsidieperiode", "contractperiode", "programmatieperiode"}
FIRST_OF_LAST_CENTURY = 60
MARGIN = 24
YEAR_AFTER = frozenset({"daarop", "daarna", "erop", "erna", "nadien"})  # het jaar ...
DASHES = {"-", "–", "/"}
SHIFTS = {"this": 0, "next": 1, "previous": -1, "new": 1}
LATER_TODAY = {"vanavond", "vanmiddag", "vannamiddag", "vannacht"}


def short_year(match: re.Match[str]) -> Year:
    """'26 is 2026, '68 is 1968."""
    number = int(match[1])
    return Year(number + (2000 if number < FIRST_OF_LAST_CENTURY else 1900))


def valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= LENGTH[month - 1]


class Dater:
    """Reads the names of the calendar out of tokens."""

    def __init__(self, tokens: list[str], vocabulary: Vocabulary) -> None:
        self.size = len(tokens)
        self.vocabulary = vocabulary
        # empty words on the right, also met left of the first: no look-ahead has to ask where the end is
        self.tokens = [*tokens, *[""] * MARGIN]
        self.word = self.tokens.__getitem__

    def skip(self, at: int, *choices: str) -> int:
        return at + 1 if self.word(at) in choices else at

    def year_after(self, at: int) -> Found:
        """The year told right of a month, quarter or season."""
        linked = self.skip(at, "van", "in")
        word = self.word(linked)
        if YEAR.fullmatch(word):
            return Year(int(word)), linked + 1
        short = SHORT_YEAR.fullmatch(word)
        if short:
            return short_year(short), linked + 1
        place = self.skip(linked, "het")
        if self.word(place) in w.UNITS and w.UNITS[self.word(place)] == "year":
            if YEAR.fullmatch(self.word(place + 1)):
                return Year(int(self.word(place + 1))), place + 2
            named = place > linked > at and self.word(place) not in w.PLURAL and self.word(place + 1) not in YEAR_AFTER
            return (Year(shift=0), place + 1) if named else None
        relation = SHIFTS.get(w.RELATIONS.get(self.word(place), ""))
        if relation is None and self.word(place) in ("komende", "komend"):
            relation = 1
        if (
            relation is not None
            and w.UNITS.get(self.word(place + 1)) == "year"
            and self.word(place + 1) not in w.PLURAL
        ):
            return Year(shift=relation), place + 2
        if relation is not None:
            other = self.vocabulary.other_years.longest(self.tokens, place + 1)
            if other:
                return OtherYear(other[0], relation), other[1]
        other = self.vocabulary.other_years.longest(self.tokens, place)
        return self.other_year(*other) if other and place > at else None

    def explicit_years(self, at: int, word: str) -> Found:
        """`de jaren 2015 t.e.m. 2017`, `het jaar 2024`, `de jaren negentig`, `de maand mei`, `de periode 2021-2027`."""
        here = self.word(at)
        if word in ("maand", "maanden"):
            return self.month(at)
        if word == "jaren" and (here in w.TENS or re.fullmatch(r"'?\d0", here)):
            tens = w.TENS.get(here) or int(here.strip("'"))
            return Decade(1900 + tens), at + 1
        if word in PERIODS:
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

    def dated(self, at: int) -> Found:
        found = self.weekday(at) or self.day(at) or self.month(at)
        if found and found[0].free:
            if self.word(found[1]) in AFTER and w.UNITS.get(self.word(found[1] + 1)) is None:
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
        ordinal = w.ORDINALS.get(word, 0)
        if ordinal > 0 and self.word(at + 1) in w.MONTHS:
            return self._day_of_month([ordinal], at + 1)
        if not word[:1].isdigit():
            return None
        for pattern, order in ((FULL_DATE, (4, 3, 1)), (ISO_DATE, (1, 2, 3))):
            match = pattern.fullmatch(word)
            if match:
                year, month, day = (int(match[n]) for n in order)
                year = year + (2000 if year < 70 else 1900) if year < 100 else year
                return (Yearly("day", month * 100 + day, year=Year(year)), at + 1) if valid(month, day) else None
        short = SHORT_DATE.fullmatch(word)
        if short and valid(int(short[2]), int(short[1])) and self.word(at + 1) not in w.MONTHS:
            return Yearly("day", int(short[2]) * 100 + int(short[1])), at + 1
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
        named = self.vocabulary.entries.longest(self.tokens, at)
        if named is None:
            return None
        name, after = named
        family = self.vocabulary.families[name]
        linked = self.skip(after, "van")
        years = YEARS.fullmatch(self.word(linked))
        if years:
            after = linked
            return Yearly("entry", name=name, entry_family=family, year=Year(int(years[1]))), after + 1
        year = self.year_after(after)
        told, after = year if year else (None, after)
        return Yearly("entry", name=name, entry_family=family, year=told), after

    def other_year(self, name: str, at: int) -> Found:
        years = YEARS.fullmatch(self.word(at))
        if years:
            return OtherYear(name, number=int(years[1])), at + 1
        if YEAR.fullmatch(self.word(at)):
            return OtherYear(name, number=int(self.word(at))), at + 1
        return OtherYear(name), at

    def week(self, at: int, *, weekend: bool = False) -> Found:
        if self.word(at) == "van":
            found = self.day(self.skip(at + 1, "de")) or self.weekday(at + 1)
            return (WeekOf(found[0], weekend=weekend), found[1]) if found else None
        if weekend:
            return None
        number = self.word(at)
        if number.isdecimal() and 0 < int(number[:3]) < 53 and self.word(at + 1) not in ("van", "en", "of"):
            year = self.year_after(at + 1)
            told, after = year if year else (None, at + 1)
            return WeekNumber(int(number), told), after
        return None

    def night(self, at: int) -> Found:
        """`nacht van 3 op 4 mei`, `nacht van zaterdag op zondag 12 juli`, `nacht van 3 mei`"""
        if self.word(at) != "van":
            return None
        place = at + 1
        for between in range(place + 1, place + 4):
            if self.word(between) == "op":
                found = self.weekday(between + 1) or self.day(between + 1)
                return (NightTo(found[0]), found[1]) if found else None
        return self.weekday(place) or self.day(place)

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
        if self.word(place) in w.ALL_LEVELS:
            place += 1
        word = self.word(place)
        if word not in w.ALL_ELECTIONS:
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
