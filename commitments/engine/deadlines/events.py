"""The grammar of what hangs on something else: the date mentioned before, a meeting or event without a day."""

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.amounts import Placed
from commitments.engine.deadlines.dating import YEAR
from commitments.engine.deadlines.prepositions import PrepositionReader
from commitments.engine.deadlines.readings import Following, Plain
from commitments.engine.types import ExpressionKind, Modifier


class EventReader(PrepositionReader):
    """Reads what hangs on another date or on an event."""

    # -- from the date before ----------------------------------------------------------------------------------------

    def following(self, at: int) -> Placed:
        """`de week daarna`, `de daaropvolgende jaren`, `het jaar nadien`, `dat jaar`."""
        start = at
        _, at = self.preposition(at)
        determiner = self.word(at) in w.DETERMINERS
        at = self.skip(at, "de", "het")
        word = self.word(at)
        relation = w.RELATIONS.get(word)
        if relation in ("following", "that"):
            unit = w.UNITS.get(self.word(at + 1), "")
            if unit not in ("day", "week", "month", "quarter", "year"):
                return None
            if relation == "that":
                if word in ("zelfde",) and not determiner:
                    return None
                return Following(unit=unit, shift=0), at + 2
            return Following(unit=unit, shift=1, open=self.word(at + 1) in w.PLURAL), at + 2
        unit = w.UNITS.get(word, "")
        if (
            unit in ("day", "week", "month", "quarter", "year")
            and self.word(at + 1) in ("daarna", "daarop", "erop", "erna", "nadien")
            and determiner
            and at > start
        ):
            return Following(unit=unit, shift=1, open=word in w.PLURAL), at + 2
        return None

    # -- events ------------------------------------------------------------------------------------------------------

    def event(self, at: int) -> Placed:
        """`na de goedkeuring`, `bij de volgende meting`, `op de volgende vergadering`, `bij de begrotingsopmaak`."""
        preposition, after = self.preposition(at)
        if after == at or preposition.op == "bare":
            return self.meeting(after)
        opener = self.word(after - 1)
        place = self.skip(after, *w.DETERMINERS)
        place = self.skip(place, "mijn", "onze")
        relation = w.RELATIONS.get(self.word(place), "")
        if relation in ("next", "coming", "new") or self.word(place) in ("latere", "eerste"):
            noun = self.word(place + 1)
            if noun in w.EVENTS_NEXT and (relation != "new" or opener != "in"):
                return Plain(kind=ExpressionKind.VAGUE, rule="next-event", modifier=Modifier.DURING), place + 2
            if opener == "bij" and place + 1 >= self.size and relation in ("next", "coming"):
                return Plain(
                    guard="next-event", kind=ExpressionKind.VAGUE, rule="next-event", modifier=Modifier.DURING
                ), place + 1
            return None
        noun = self.word(place)
        if preposition.op == "after" and noun in w.EVENTS_AFTER:
            return Plain(kind=ExpressionKind.VAGUE, rule="after-event", modifier=Modifier.AFTER), place + 1
        if noun in w.EVENTS_BUDGET and preposition.op != "of":
            end = self._of_year(place + 1)
            return Plain(kind=ExpressionKind.VAGUE, rule="next-event", modifier=Modifier.DURING), end
        return None

    def _of_year(self, at: int) -> int:
        """`de begrotingsopmaak van 2026` is held the year before: its year is a part of its name."""
        place = self.skip(at, "van", "voor")
        return place + 1 if YEAR.fullmatch(self.word(place)) else at

    def meeting(self, at: int) -> Placed:
        """`Volgende zitting`, without a preposition."""
        at = self.skip(at, *w.DETERMINERS)
        if w.RELATIONS.get(self.word(at)) in ("next", "coming") and self.word(at + 1) in w.MEETINGS:
            return Plain(kind=ExpressionKind.VAGUE, rule="next-event", modifier=Modifier.DURING), at + 2
        return None
