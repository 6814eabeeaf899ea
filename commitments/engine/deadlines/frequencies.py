"""The grammar of what comes back: `per jaar`, `elke vrijdag`, `om de twee jaar`, `week na week`. Never a deadline."""

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.amounts import AmountReader, Placed
from commitments.engine.deadlines.readings import Plain
from commitments.engine.types import ExpressionKind

EACH = {"elk", "elke", "ieder", "iedere"}
AGAIN = {"per", "alle", "om", "keer", "maal", *EACH}  # without one of these nothing is a frequency but `week na week`


class FrequencyReader(AmountReader):
    """Reads frequencies out of tokens."""

    def frequency(self, at: int) -> Placed:
        """`per jaar`, `elke vrijdag`, `om de twee jaar`, `maand na maand`, `drie keer per week`."""
        word = self.word(at)
        plain = Plain(kind=ExpressionKind.FREQUENCY, rule="frequency")
        if word == "per":
            unit = self.word(at + 1)
            if unit in w.UNITS or unit in ("schooljaar", "werkjaar", "zittingsjaar", "academiejaar"):
                return plain, at + 2
        if word in EACH or (word in ("in", "op", "van", "tijdens", "aan", "na") and self.word(at + 1) in EACH):
            place = at + 1 if word in EACH else at + 2
            place = self.skip(place, "eerste", "tweede", "derde", "laatste", "nieuwe", "volgende")
            here = self.word(place)
            if here in w.UNITS or here in w.WEEKDAYS or here in w.MONTHS or self.is_name(place):
                return plain, self.skip(place + 1, "opnieuw")
            amount = self.amount(place)
            if amount:
                return plain, amount[1]
        if word == "alle":
            amount = self.amount(at + 1)
            if amount:
                return plain, amount[1]
        if word == "om":
            place = self.skip(at + 1, "de", "het")
            amount = self.amount(place)
            if amount and place > at + 1:
                return plain, amount[1]
            if place > at + 1 and self.word(place) in w.UNITS and self.word(place + 1) not in ("van",):
                return plain, place + 1
        each = self.each_time(at) if word in w.DETERMINERS or word in w.ORDINALS else None
        if each:
            return each
        number = self.number(at) if "keer" in self.tokens or "maal" in self.tokens else None
        if number and self.word(number[3]) in ("keer", "maal") and self.word(number[3] + 1) in ("per", "in", "om"):
            place = self.skip(number[3] + 2, "de", "het", "een")
            if self.word(place) in w.UNITS:
                return plain, place + 1
            amount = self.amount(place)
            if amount:
                return plain, amount[1]
        return None

    def over_and_over(self, at: int) -> Placed:
        """`week na week`"""
        word = self.word(at)
        if word in w.UNITS and self.word(at + 1) in ("na", "op") and self.word(at + 2) == word:
            return Plain(kind=ExpressionKind.FREQUENCY, rule="frequency"), at + 3
        return None

    def is_name(self, at: int) -> bool:
        found = self.period(at)
        return bool(found) and found is not None and found[0].family in ("season", "holiday", "other-year")

    def each_time(self, at: int) -> Placed:
        """`de eerste dinsdag van elke maand`"""
        number, after = self.ordinal_number(self.skip(at, "de", "het"))
        if number and (self.word(after) in w.WEEKDAYS or self.word(after) in w.UNITS) and self.word(after + 1) == "van":
            return self.frequency(after + 2) if self.word(after + 2) in EACH else None
        return None
