"""The grammar of amounts: `binnen de zes maanden`, `over een paar weken`, `twee jaar geleden`."""

import re

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.naming import Namer
from commitments.engine.deadlines.readings import Amount, Counted, Following, Plain, Reading
from commitments.engine.types import ExpressionKind

Placed = tuple[Reading, int] | None

DIGITS = re.compile(r"\d{1,4}(?:[.,]\d+)?")
SPAN = re.compile(r"(\d{1,3})[-–/](\d{1,3})")
FUTURE = {"next", "coming", "new"}
LATER = {"later", "daarna", "nadien", "erna", "daarop", "erop", "verder"}
EARLIER = {"eerder", "daarvoor", "ervoor", "voordien", "vroeger"}
BEFORE_AMOUNT = frozenset("in op na tot voor gedurende sinds sedert vanaf om per tussen met van bij tijdens".split())
RANK = {
    "hour": 0,
    "day": 1,
    "workday": 2,
    "weekend": 3,
    "week": 4,
    "month": 5,
    "quarter": 6,
    "half-year": 7,
    "year": 8,
    "legislature": 9,
    "local-term": 10,
    "decade": 11,
    "century": 12,
}


class AmountReader(Namer):
    """Reads amounts out of tokens, and what is done with them."""

    # -- the amount itself -------------------------------------------------------------------------------------------

    def number(self, at: int) -> tuple[float, float, bool, int] | None:
        """(low, high, left open, place after)"""
        start = at
        at = self._about(at)
        if self.word(at) == "een" and (
            self.word(at + 1) in w.SOME or self.word(at + 1) in w.NUMBERS or self.word(at + 1) in w.ABOUT
        ):
            at = self._about(at + 1)
            if self.word(at) in w.UNITS and self.word(at - 1) != "een":
                return 1, 1, False, at
        word = self.word(at)
        if word in w.SOME:
            return 3, 3, True, at + 1
        span = SPAN.fullmatch(word) if word[:1].isdigit() else None
        if span:
            return float(span[1]), float(span[2]), False, at + 1
        low = self._value(word)
        if low is None:
            return None
        at += 1
        if self.word(at) == "en" and self.word(at + 1) in ("een", "half", "halve"):
            half = at + 2 if self.word(at + 1) == "een" else at + 1
            if self.word(half) in ("half", "halve"):
                return low + 0.5, low + 0.5, False, half + 1
        if self.word(at) in ("a", "tot", "of", "-", "–", ",", "/"):
            high = self._value(self.word(at + 1))
            if high is not None and (high > low or self.word(at) != ",") and at > start:
                return min(low, high), max(low, high), False, at + 2
        return low, low, False, at

    @staticmethod
    def _value(word: str) -> float | None:
        if word in w.NUMBERS:
            return w.NUMBERS[word]
        return float(word.replace(",", ".")) if word[:1].isdigit() and DIGITS.fullmatch(word) else None

    def _about(self, at: int) -> int:
        while True:
            if self.word(at) in w.ABOUT:
                at += 1
            elif (self.word(at) == "ten" and self.word(at + 1) in ("hoogste", "minste", "laatste")) or (
                self.word(at) in ("meer", "minder", "langer", "korter", "later") and self.word(at + 1) == "dan"
            ):
                at += 2
            else:
                return at

    def amount(self, at: int) -> tuple[Amount, int] | None:
        """A number and its unit: `zes maanden`, `anderhalf jaar`, `een jaar of twee`, `twee a drie weken`."""
        found = self.number(at)
        if found is None:
            return None
        low, high, some, after = found
        after = self.skip(after, "volle", "hele", "lange", "komende", "extra", "volledige")
        word = self.word(after)
        unit = w.UNITS.get(word)
        if unit is None or (
            unit == "year" and word not in ("jaar", "jaren", "jaartje", "jaartjes", "kalenderjaar", "kalenderjaren")
        ):
            return None
        after += 1
        if self.word(after) in ("na", "op") and self.word(after + 1) == word:
            return None
        if low == high == 1 and self.word(after) == "of":
            more = self._value(self.word(after + 1))
            if more is not None and w.UNITS.get(self.word(after + 2)) is None:
                return Amount(more, more, unit), after + 2
        if (
            self.word(after) == "en"
            and low == 1
            and self.word(after + 1) in ("een",)
            and self.word(after + 2) in ("half", "halve")
        ):
            return Amount(1.5, 1.5, unit), after + 3
        if unit == "year" and self.word(after) == "en":
            months = self.amount(after + 1)
            if months and months[0].unit == "month":
                total = high * 12 + months[0].high
                return Amount(total, total, "month"), months[1]
        return Amount(low, high, unit, some), after

    # -- what is done with it ----------------------------------------------------------------------------------------

    def counted(self, at: int) -> Placed:
        start = at
        by = False
        while self.word(at) in ("nog", "uiterlijk", "zeker", "al", "reeds", "ten", "laatste", "pas", "ergens"):
            if self.word(at) == "laatste" and self.word(at - 1) != "ten":
                break
            by = by or self.word(at) in ("uiterlijk", "laatste")
            at += 1
        opener = self.word(at)
        if opener == "binnen":
            return self.within(at + 1)
        if opener == "over":
            found = self.amount(at + 1)
            if found:
                return self.anchored(
                    found, "spread", Counted(guard="spread", use="offset", amount=found[0], rule="offset")
                )
        rolled = self.rolled(at)
        if rolled:
            return rolled
        prepositions = at
        if opener in BEFORE_AMOUNT:
            prepositions = at + 1
        if opener == "in" and self.word(at + 1) == "de":
            prepositions = at + 1
        at = (
            self.skip(prepositions, "de")
            if prepositions > at and self.word(prepositions + 1) not in w.UNITS
            else prepositions
        )
        if opener == "in" and self.word(prepositions) == "periode":
            at = self.skip(prepositions + 1, "van")
        for words in ("periode", "termijn", "looptijd", "duurtijd", "duur", "leeftijd"):
            if self.word(at) == words and self.word(at + 1) == "van":
                at += 2
            elif self.word(at) == "een" and self.word(at + 1) == words and self.word(at + 2) == "van":
                at += 3
        found = self.amount(at)
        if not found and opener not in ("de", "het") and self.word(start) in ("al", "reeds", "nog"):
            unit = w.UNITS.get(self.word(at), "") if self.word(at) in w.PLURAL else ""
            found = (Amount(3, 3, unit, some=True), at + 1) if unit else None
        if not found:
            return None
        return self.used(found, opener, start, bare=prepositions == start)

    def used(self, found: tuple[Amount, int], opener: str, start: int, *, bare: bool) -> Placed:
        amount, after = found
        word = self.word(after)
        if opener in ("al", "reeds"):
            opener = self.word(start + 1)
        if word in ("geleden", "terug"):
            return Counted(use="ago", amount=amount, rule="ago"), after + 1
        if opener == "op" and word == "na" and self.word(after + 1) not in w.DETERMINERS:
            return Plain(kind=ExpressionKind.NONE, rule="idiom"), after + 1  # all but
        if word in LATER | EARLIER and self.word(after + 1) == "dan":
            return Counted(use="duration", amount=amount, rule="duration"), after + 1
        if word in LATER | EARLIER and opener != "in":
            return Following(unit=amount.unit, shift=-1 if word in EARLIER else 1, amount=amount), after + 1
        if opener in ("sinds", "sedert"):
            return Counted(use="since", amount=amount, rule="since"), after
        if opener == "om" and amount.unit == "hour":
            return Plain(kind=ExpressionKind.NONE, rule="clock"), after
        if opener == "om":
            return Plain(kind=ExpressionKind.FREQUENCY, rule="frequency"), after
        if word == "per" and self.word(after + 1) in w.UNITS:
            return Plain(kind=ExpressionKind.FREQUENCY, rule="frequency"), after + 2
        if word in ("voor", "vóór", "na", "nadat") and opener not in ("na", "voor", "in"):
            anchored = self.anchored(found, "", Counted(use="duration", amount=amount, rule="duration"))
            if anchored and anchored[1] > after:
                return anchored
        if (word == "van" and not bare) or word == "van":
            of = self.period(after + 1, inner=True)
            if of:
                return Counted(use="duration", amount=amount, rule="duration"), of[1]
        after = self.skip(after, "lang", "oud", "tijd", "durend", "aan", "achtereen")
        return Counted(use="duration", amount=amount, rule="duration"), after

    def within(self, at: int) -> Placed:
        """`binnen (de) zes maanden`, `binnen het jaar`, `binnen dit en twee jaar`, `binnen een termijn van N dagen`."""
        if self.word(at) in ("dit", "nu") and self.word(at + 1) == "en":
            found = self.amount(at + 2)
            return (Counted(use="within", amount=found[0], rule="within"), found[1]) if found else None
        determiner = self.word(at) in ("de", "het", "een")
        place = at + 1 if determiner else at
        if self.word(place) in ("termijn", "periode", "tijdspanne") and self.word(place + 1) == "van":
            place = self.skip(place + 2, "de")
            found = self.amount(place)
        else:
            found = self.amount(at) or (self.amount(place) if determiner else None)
        unit = w.UNITS.get(self.word(place), "")
        if (
            not found
            and determiner
            and unit in ("day", "week", "month", "year", "quarter", "hour", "half-year")
            and self.word(place) not in w.PLURAL
        ):
            found = Amount(1, 1, unit), place + 1
            if self.word(place + 1) == "van":
                return None
        rolled = self.rolled(at)
        if rolled:
            return rolled
        if not found:
            return None
        return self.anchored(found, "", Counted(use="within", amount=found[0], rule="within"))

    def anchored(self, found: tuple[Amount, int], guard: str, else_: Counted) -> Placed:
        """`twee maanden na de publicatie` hangs on an event; `drie weken voor Kerstmis` on a date."""
        amount, after = found
        word = self.word(after)
        if word in ("na", "nadat", "voor", "vóór", "vanaf", "volgend") or (
            word == "te" and self.word(after + 1) == "rekenen"
        ):
            place = after + 1
            place = self.skip(place, "op")
            anchor = self.period(place, inner=True)
            if word == "na" and self.word(place) == "deze" and self.word(place + 1) in w.MEETINGS:
                return else_, place + 2  # the one in which it is said
            if self.word(place) == "elkaar":
                return else_, place + 1
            if anchor and word == "na":
                return Counted(use="anchored", amount=amount, anchor=anchor[0], rule="anchored"), anchor[1]
            if anchor and word in ("voor", "vóór"):
                return Counted(use="ahead", amount=amount, anchor=anchor[0], rule="anchored"), anchor[1]
            if not anchor and word in ("na", "nadat", "vanaf", "volgend"):
                place = self.skip(place, "de", "het", "een", "die", "dat")
                return Counted(use="anchored", amount=amount, rule="anchored-event"), place
        return else_, after

    def rolled(self, at: int) -> Placed:
        """`de komende maanden`, `de volgende twee jaar`, `de twee komende jaren`, `de voorbije zes jaar`."""
        at = self.skip(
            at, "in", "tijdens", "voor", "met", "over", "tegen", "op", "doorheen", "gedurende", "binnen", "van"
        )
        if self.word(at) == "de" and self.word(at + 1) == "loop" and self.word(at + 2) == "van":
            at += 3
        elif self.word(at) == "loop" and self.word(at + 1) == "van":
            at += 2
        long = self.word(at - 1) == "gedurende" if at else False
        at = self.skip(at, "de", "het", "deze", "onze", "al")
        at = self.skip(at, "eerste") if w.RELATIONS.get(self.word(at + 1)) in FUTURE else at
        count = self.number(at)
        if count and count[3] == at + 1 and self.word(at) in ("een", "half", "halve"):
            return None
        if count and w.RELATIONS.get(self.word(count[3])) in ("coming", "past", "next", "previous"):
            relation, place, low, high, some = (
                w.RELATIONS[self.word(count[3])],
                count[3] + 1,
                count[0],
                count[1],
                count[2],
            )
        elif self.word(at) in w.RELATIONS:
            relation = w.RELATIONS[self.word(at)]
            word = self.word(at)
            place, low, high, some = at + 1, 1.0, 1.0, True
            inner = self.number(place)
            if inner and w.UNITS.get(self.word(inner[3])):
                low, high, some, place = inner
            elif self.word(place) in w.UNITS and self.word(place) not in w.PLURAL:
                if relation not in ("coming", "past") or (word == "laatste" and self.word(place + 1) == "van"):
                    return None
                if word == "laatste" and w.UNITS[self.word(place)] in ("quarter", "half-year"):
                    return None  # of the year: the tense tells which
                some = False
                if w.UNITS[self.word(place)] not in ("day", "week", "month", "quarter", "year", "decade", "half-year"):
                    return None
            elif self.word(place) not in w.PLURAL or word in ("deze", "dit", "huidige", "nieuwe", "recente", "lopende"):
                return None
        else:
            return None
        unit = w.UNITS.get(self.word(place))
        if unit is None or relation not in ("next", "coming", "past", "previous"):
            return None
        after = place + 1
        while self.word(after) in ("en", "of", ",", "a") and self.word(after + 1) in w.PLURAL and some:
            more = w.UNITS[self.word(after + 1)]
            unit = max(unit, more, key=RANK.__getitem__)
            after += 2
        last_of = relation == "past" and self.word(after) == "van" and self.word(place - 1) == "laatste"
        if last_of and self.period(after + 1, inner=True):
            return None
        if long:
            return Counted(use="duration", amount=Amount(low, high, unit, some), rule="duration"), after
        if relation in ("next", "coming"):
            rule = "rolling-plural" if some else "rolling"
            return Counted(use="coming", amount=Amount(low, high, unit, some), rule=rule), after
        return Counted(use="passed", amount=Amount(low, high, unit, some), rule="past-rolling"), after
