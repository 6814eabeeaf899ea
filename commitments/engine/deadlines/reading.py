"""From a text to its time expressions: find the heads, take the stretch of known words around, read it, look around."""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache

from commitments.engine.calendars import Calendar
from commitments.engine.deadlines import around
from commitments.engine.deadlines.composed import spans_in
from commitments.engine.deadlines.finding import stretches
from commitments.engine.deadlines.grammar import Parser, comes_back
from commitments.engine.deadlines.lengths import add, in_range
from commitments.engine.deadlines.periods import UnknownError, World, Yearly, unit_around
from commitments.engine.deadlines.readings import Following, Outcome, Reading, Timed
from commitments.engine.deadlines.resolve import DEADLINE, DURATION, FREQUENCY, NONE, PAST, VAGUE, outcome
from commitments.engine.deadlines.tense import forget_clauses, tense
from commitments.engine.deadlines.text import Folded
from commitments.engine.deadlines.tokens import Vocabulary, vocabulary
from commitments.engine.types import Expression, Modifier, Precision

NEAR = 600  # characters within which `daarna` still looks back
REMEMBERED = 8_000  # stretches of words
DAYS_REMEMBERED = 8  # and days of speaking for each of their readings: some twenty megabytes when all is full

ANCHORED_EVENT = ("anchored-event",)

Run = list[tuple[int, int, Reading]]


class Reader:
    """Reads for one calendar. Remembers what it made of a stretch of words, and its days for a day of speaking."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.vocabulary: Vocabulary = vocabulary(calendar)
        self._runs: dict[str, Run] = {}

    def forget(self) -> None:
        """Drop what is remembered of texts, to measure a first reading."""
        self._runs.clear()
        forget_clauses()

    def run(self, words: str) -> Run:
        """The readings of a stretch of known words, with their characters in it."""
        known = self._runs.get(words)
        if known is not None:
            return known
        matches = list(self.vocabulary.token(words))
        tokens = [match.group() for match in matches]
        found = [
            (matches[first].start(), matches[after - 1].end(), reading)
            for first, after, reading in Parser(tokens, self.vocabulary).readings()
        ]
        if len(self._runs) >= REMEMBERED:
            self._runs.clear()
        self._runs[words] = found
        return found

    def stretches(self, plain: str) -> Iterator[tuple[int, str]]:
        """Each stretch of known words that holds a head, with its place, from left to right."""
        return stretches(plain, self.vocabulary)

    def read(self, text: str, said_on: date) -> list[Expression]:
        folded = Folded(text)
        return self.read_stretches(self.stretches(folded.plain), folded, text, said_on)

    def read_stretches(
        self, stretches: Iterable[tuple[int, str]], folded: Folded, text: str, said_on: date, *, some: bool = False
    ) -> list[Expression]:
        """The expressions in these stretches of a text. some: it has others; LookupError where one hangs on those."""
        plain, cased = folded.plain, folded.cased
        world = World.of(said_on, self.calendar)
        found: list[Expression] = []
        before: Outcome | None = None
        before_end = -NEAR
        done, often, often_end = 0, "", -NEAR
        for place, words in stretches:
            for start, end, reading in self.run(words):
                start += place
                end += place
                if start < done:
                    continue
                refused = around.refused(reading, plain, cased, start, end) if reading.guard else None
                if refused is not None:
                    if refused is around.NOTHING:
                        continue
                    result: Outcome | None = refused
                elif isinstance(reading, Following):
                    if some:
                        raise LookupError("it is told from the date before it")
                    near = before if start - before_end < NEAR else None
                    result = following(reading, world, near)
                else:
                    result = self.told(reading, world, plain, start, end)
                    month = month_beside(reading, plain, start)
                    if month is not None:
                        if some:
                            raise LookupError("it may be told from the date before it")
                        beside = before if plain[before_end:start].strip() == "," else None
                        result = within(month, world, beside) or result
                if result is None:
                    continue
                if result.kind is FREQUENCY:
                    often, often_end = plain[start:end], end
                elif often and comes_back(reading) and around.belongs_to_frequency(plain, often, often_end, start):
                    result = around.quiet("frequency", FREQUENCY)
                elif result.rules == ANCHORED_EVENT:
                    end = around.to_end_of_event(plain, end)
                done = end
                if result.first is not None and result.kind in (DEADLINE, PAST):
                    before, before_end = result, end
                first_char, last_char = folded.back(start), folded.back_end(end)
                found.append(expression(result, text, first_char, last_char))
        return found

    @staticmethod
    def told(reading: Reading, world: World, plain: str, start: int, end: int) -> Outcome | None:
        """What a reading at plain[start:end] says, of its words alone where that is enough, else by the tense there."""
        memo, day = reading.memo, world.day
        if day not in memo:
            if len(memo) > DAYS_REMEMBERED:
                memo.clear()
            memo[day] = outcome(reading, world, "")
        result = memo[day]
        if result is None:
            clause = tense(plain, start, end)
            result = memo.get((day, clause))
            if result is None:
                result = memo[day, clause] = outcome(reading, world, clause)
        return result

    def asks_tense(self, plain: str, said_on: date) -> Iterator[tuple[int, int]]:
        """The places whose reading depends on the tense of their clause."""
        world = World.of(said_on, self.calendar)
        for place, words in self.stretches(plain):
            for start, end, reading in self.run(words):
                if not isinstance(reading, Following) and outcome(reading, world, "") is None:
                    yield place + start, place + end


def expression(result: Outcome, text: str, start: int, end: int) -> Expression:
    kind, first, last, precision, modifier, rules, doubts = result
    due_start = None if first is None else date.fromordinal(first)
    due_end = None if last is None else date.fromordinal(last)
    return Expression(text[start:end], start, end, kind, due_start, due_end, precision, modifier, rules, doubts)


def month_beside(reading: Reading, plain: str, start: int) -> Timed | None:
    """`…, ten laatste in november`: a month without its year, behind a comma."""
    if not isinstance(reading, Timed) or reading.op not in ("during", "bare", "by"):
        return None
    period = reading.period
    bare = isinstance(period, Yearly) and period.kind == "month" and period.free
    return reading if bare and plain[:start].rstrip()[-1:] == "," else None


def within(reading: Timed, world: World, before: Outcome | None) -> Outcome | None:
    """A month as it lies in the longer time named right before it; None where it is not in there just once."""
    if before is None or before.kind is not DEADLINE or before.first is None or before.last is None:
        return None
    years = range(date.fromordinal(before.first).year, date.fromordinal(before.last).year + 1)
    spans = [
        span
        for span in spans_in(reading.period, world, years)
        if before.first <= span[0] and span[1] <= before.last and span != (before.first, before.last)
    ]
    if len(spans) != 1:
        return None
    modifier = Modifier.BY if reading.op == "by" else Modifier.DURING
    first, last = spans[0]
    return Outcome(DEADLINE, first, last, reading.period.precision, modifier, ("following", *reading.period.rules))


def following(reading: Following, world: World, before: Outcome | None) -> Outcome:
    """A unit seen from the date mentioned before; without one, `N later` is a length and the rest has no date."""
    amount = reading.amount
    precision = Precision(reading.unit) if reading.unit in Precision._value2member_map_ else Precision.YEAR
    try:
        if reading.open:
            last = before.last if before is not None and before.last is not None else world.day
            start = unit_around(last, reading.unit, 1)[0]
            kind = DEADLINE if start > world.day else PAST
            return Outcome(kind, start, None, precision, Modifier.AFTER, ("following",))
        if before is None or before.first is None:
            if amount is not None:
                return Outcome(DURATION, None, None, precision, None, ("duration",))
            kind = NONE if reading.shift == 0 else VAGUE
            return Outcome(kind, world.day if kind is VAGUE else None, None, Precision.VAGUE, None, ("following",))
        if reading.period is not None:
            first, last = reading.period.at(world, date.fromordinal(before.first).year + reading.shift)
            precision = reading.period.precision
        elif amount is None:
            anchor = before.first if reading.shift == 0 or before.last is None else before.last
            first, last = unit_around(anchor, reading.unit, reading.shift)
        elif amount.some:
            return Outcome(DURATION, None, None, precision, None, ("duration",))
        else:
            sign = reading.shift
            moved = add(before.first, sign * amount.high, amount.unit)
            if amount.unit in ("day", "week", "month", "quarter", "year") and amount.high % 1 == 0:
                first, last = unit_around(moved, amount.unit)
            else:
                first = last = moved
        in_range(first)
        if amount is not None and reading.shift < 0 and last >= world.day:
            return Outcome(DURATION, None, None, precision, None, ("duration",))  # sooner than something else
        kind = PAST if last < world.day or (before.kind is PAST and first <= world.day) else DEADLINE
        return Outcome(kind, first, last, precision, Modifier.DURING, ("following",))
    except (UnknownError, ValueError, OverflowError):
        return Outcome(NONE, None, None, Precision.VAGUE, None, ("following",), ("calendar-unknown",))


@lru_cache(maxsize=4)
def reader(calendar: Calendar) -> Reader:
    return Reader(calendar)
