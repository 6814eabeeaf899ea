"""What stands before a period: the prepositions of rules/deadlines/prepositions.toml, one behind another."""

from dataclasses import dataclass, replace

from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.frequencies import FrequencyReader
from commitments.engine.deadlines.lookup import Sequences
from commitments.engine.deadlines.tokens import Vocabulary

_PREPOSITIONS = w.data("prepositions")
LEADS = frozenset(_PREPOSITIONS["leads"])
PARTICLES = frozenset(_PREPOSITIONS["particles"])


@dataclass(frozen=True, slots=True)
class Preposition:
    """What stands before a period: the operator, a telling lead (nog, niet), a rule of its own."""

    op: str
    lead: str = ""
    rule: str = ""


def _forms() -> dict[tuple[str, ...], Preposition]:
    found: dict[tuple[str, ...], Preposition] = {}
    for row in _PREPOSITIONS["preposition"]:
        for form in row["forms"]:
            found.setdefault(tuple(form.split()), Preposition(row["op"], "", row.get("rule", "")))
    return found


FORMS = Sequences(_forms())
NOTHING_BEFORE = Preposition("bare")
PREPOSITION_STARTS = LEADS | FORMS.starts


class PrepositionReader(FrequencyReader):
    """Reads prepositions out of tokens."""

    def __init__(self, tokens: list[str], vocabulary: Vocabulary) -> None:
        super().__init__(tokens, vocabulary)
        self._prepositions: dict[int, tuple[Preposition, int]] = {}

    def preposition(self, at: int) -> tuple[Preposition, int]:
        """What stands at a place, and the place after it. Asked by several readers: remembered."""
        if self.word(at) not in PREPOSITION_STARTS:
            return NOTHING_BEFORE, at
        found = self._prepositions.get(at)
        if found is None:
            found = self._prepositions[at] = self._preposition(at)
        return found

    def _preposition(self, at: int) -> tuple[Preposition, int]:
        start, lead = at, ""
        while self.word(at) in LEADS:
            if self.word(at) in ("nog", "niet"):
                lead = self.word(at)
            at += 1
        form = FORMS.longest(self.tokens, at)
        if form is None:
            return Preposition("bare", lead), at if lead else start
        first, after = form
        first = replace(first, lead=lead) if lead else first
        second, place = self.preposition(after)
        if second.op != "bare" and after == at + 1 and self.word(at) in PARTICLES:
            return NOTHING_BEFORE, start  # `breid ik uit in 2026`: the end of a verb, not a preposition
        return (self.combine(first, second), place) if second.op != "bare" and place > after else (first, after)

    @staticmethod
    def combine(first: Preposition, second: Preposition) -> Preposition:
        if first.op == "until" and second.op == "after":
            return Preposition("until-after", first.lead)
        if first.op in ("by", "from", "before", "since") and second.op in ("during", "by", "of", "approx"):
            return first
        if first.op == "during" and first.rule == "" and second.op == "during":
            return second
        return Preposition(second.op, second.lead or first.lead, second.rule)
