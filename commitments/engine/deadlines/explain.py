"""What was read in a text and what was looked at and left: the answer to "why this date?" and "why no date?"."""

from dataclasses import dataclass
from datetime import date

from commitments.engine.calendars import Calendar
from commitments.engine.deadlines.reading import reader
from commitments.engine.deadlines.rules import why
from commitments.engine.deadlines.tense import tense
from commitments.engine.deadlines.text import Folded
from commitments.engine.types import Expression


@dataclass(frozen=True, slots=True)
class Told:
    """One place in a text that was looked at.

    words       the words there
    expression  what they were read as; None where no rule reads them
    tense       the tense of their clause, where it was asked for; else empty
    reasons     Dutch sentences
    """

    words: str
    expression: Expression | None
    tense: str = ""
    reasons: tuple[str, ...] = ()


def explain(text: str, said_on: date, calendar: Calendar) -> list[Told]:
    """Every place that could tell a time, in order: read, refused, or left alone."""
    here = reader(calendar)
    folded = Folded(text)
    found = here.read(text, said_on)
    asked = {folded.back(start): (start, end) for start, end in here.asks_tense(folded.plain, said_on)}
    told = {}
    for expression in found:
        clause_at = asked.get(expression.start)
        clause = tense(folded.plain, *clause_at) if clause_at else ""
        told[expression.start] = Told(expression.text, expression, clause, tuple(why(expression, said_on)))
    for place, words in here.stretches(folded.plain):
        start, end = folded.back(place), folded.back_end(place + len(words))
        if not any(each.start < end and each.end > start for each in found):
            told[start] = Told(text[start:end].strip(" ,/–-"), None)
    return [told[start] for start in sorted(told)]
