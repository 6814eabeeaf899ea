"""From a reading to days: the operators of the prepositions, the choice of the year, what is past."""

import math
from dataclasses import replace
from datetime import date

from commitments.engine.calendars import Entry, days, on
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.composed import Half, Inside, Nth, Part, Rest, Through
from commitments.engine.deadlines.periods import (
    Deictic,
    Election,
    OtherYear,
    Period,
    UnknownError,
    Weekday,
    World,
    Yearly,
    unit_around,
)
from commitments.engine.deadlines.readings import Amount, Counted, Fixed, Outcome, Plain, Reading, Timed
from commitments.engine.types import ExpressionKind, Modifier, Precision

DEADLINE, VAGUE, PAST = ExpressionKind.DEADLINE, ExpressionKind.VAGUE, ExpressionKind.PAST
DURATION, NONE = ExpressionKind.DURATION, ExpressionKind.NONE

MODIFIERS = {
    "during": Modifier.DURING,
    "by": Modifier.BY,
    "before": Modifier.BEFORE,
    "after": Modifier.AFTER,
    "from": Modifier.FROM,
    "until": Modifier.UNTIL,
    "approx": Modifier.APPROX,
}
# `de komende <units>`: a plural is about three, the lenient end doubles it; of years one legislature.
ROLLING = {"day": 7, "workday": 7, "hour": 1, "week": 42, "weekend": 42}
ROLLING_MONTHS = {"month": 6, "quarter": 18, "half-year": 36, "year": 60, "decade": 360, "legislature": 120}
MONTHS_IN = {
    "month": 1,
    "quarter": 3,
    "half-year": 6,
    "year": 12,
    "decade": 120,
    "legislature": 60,
    "local-term": 72,
    "century": 1200,
}
PRECISION = {
    "hour": Precision.DAY, "workday": Precision.DAY, "weekend": Precision.DAY, "decade": Precision.YEAR,
    "century": Precision.YEAR, "local-term": Precision.LEGISLATURE,
}  # fmt: skip


def outcome(reading: Reading, world: World, tense: str) -> Outcome | None:
    """What a reading says; tense is past, will, present, none, or empty where nobody looked yet.

    None: the tense is needed. Days beyond the calendar (years 1..9999, or the tables) are left open and doubted.
    """
    try:
        if isinstance(reading, Timed):
            return _timed(reading, world, tense)
        if isinstance(reading, Counted):
            return _counted(reading, world)
        if isinstance(reading, Fixed):
            return _fixed(reading, world, tense)
        if isinstance(reading, Plain):
            first = world.day if reading.kind is VAGUE else None
            return Outcome(reading.kind, first, None, Precision.VAGUE, reading.modifier, (reading.rule,))
    except (UnknownError, ValueError, OverflowError):
        rules = (
            reading.period.rules
            if isinstance(reading, Timed)
            else (reading.rule,)
            if isinstance(reading, Counted)
            else ()
        )
        return Outcome(DEADLINE, None, None, Precision.VAGUE, None, rules, ("calendar-unknown",))
    raise TypeError(reading)


def _fixed(reading: Fixed, world: World, tense: str) -> Outcome | None:
    phrase = reading.phrase
    if phrase.past != phrase.kind and not tense:
        return None
    kind = ExpressionKind(phrase.past if tense == "past" else phrase.kind)
    modifier = Modifier(phrase.modifier) if kind is VAGUE else None
    return Outcome(kind, world.day if kind is VAGUE else None, None, Precision.VAGUE, modifier, (phrase.rule,))


# -- amounts ---------------------------------------------------------------------------------------------------------


def add(day: int, count: float, unit: str) -> int:
    """The day that lies a number of units on; halves of a month are fifteen days."""
    if unit in MONTHS_IN:
        months = count * MONTHS_IN[unit]
        whole = math.floor(months)
        return in_range(days.add_months(day, whole) + round((months - whole) * 30))
    if unit == "hour":
        return in_range(day + math.ceil(count / 24))
    if unit == "workday":
        left, step = math.ceil(abs(count)), 1 if count >= 0 else -1
        day += left // 5 * 7 * step
        for _ in range(left % 5):
            day += step
            while days.weekday(day) >= days.SATURDAY:
                day += step
        return in_range(day)
    return in_range(day + math.ceil(count * (7 if unit in ("week", "weekend") else 1)))


def in_range(day: int) -> int:
    if not 1 <= day <= days.LAST_DAY:
        raise ValueError(day)
    return day


def rolling(day: int, unit: str) -> int:
    """The lenient end of `de komende <units>`."""
    if unit in ROLLING:
        return in_range(day + ROLLING[unit])
    return days.add_months(day, ROLLING_MONTHS.get(unit, 60))


def _counted(reading: Counted, world: World) -> Outcome:
    amount, now = reading.amount, world.day
    precision = PRECISION.get(amount.unit) or Precision(amount.unit)
    rule = (reading.rule,)

    def result(kind: ExpressionKind, first: int | None, last: int | None, modifier: Modifier | None) -> Outcome:
        return Outcome(kind, first, last, precision, modifier, rule)

    if reading.use == "within":
        last = rolling(now, amount.unit) if amount.some else add(now, amount.high, amount.unit)
        return result(DEADLINE, now, last, Modifier.BY)
    if reading.use == "offset":
        if amount.some:
            return result(DEADLINE, now, rolling(now, amount.unit), Modifier.APPROX)
        return result(DEADLINE, add(now, amount.low, amount.unit), add(now, amount.high, amount.unit), Modifier.APPROX)
    if reading.use == "coming":
        if amount.some:
            return result(DEADLINE, now, rolling(now, amount.unit), Modifier.APPROX)
        return result(DEADLINE, now, add(now, amount.high, amount.unit), Modifier.DURING)
    if reading.use == "passed":
        if amount.some:
            return result(PAST, None, None, Modifier.APPROX)
        return result(PAST, _back(now, amount), now, Modifier.DURING)
    if reading.use == "since":
        return result(PAST, None if amount.some else _back(now, amount), now, Modifier.FROM)
    if reading.use == "ago":
        if amount.some or amount.unit in ("hour", "workday", "century", "legislature", "local-term", "weekend"):
            return result(PAST, None, None, Modifier.APPROX)
        if amount.high % 1:
            day = _back(now, amount)
            return result(PAST, day, day, Modifier.APPROX)
        first, last = unit_around(now, amount.unit, -int(amount.high))
        return result(PAST, first, last, Modifier.DURING)
    if reading.use == "anchored":
        if reading.anchor is None:
            return Outcome(VAGUE, now, None, Precision.VAGUE, Modifier.AFTER, rule)
        first, last = choose(reading.anchor, world, "next")
        end = rolling(last, amount.unit) if amount.some else add(last, amount.high, amount.unit)
        return result(DEADLINE if end >= now else PAST, in_range(last + 1), end, Modifier.BY)
    if reading.use == "ahead" and reading.anchor is not None:
        first, _ = choose(reading.anchor, world, "next")
        start = add(first, -amount.high, amount.unit)
        return result(DEADLINE if first > now else PAST, min(start, first - 1), in_range(first - 1), Modifier.BEFORE)
    return Outcome(ExpressionKind(reading.use), None, None, precision, None, rule)


def _back(day: int, amount: Amount) -> int:
    return add(day, -amount.high, amount.unit)


# -- the choice of the year ------------------------------------------------------------------------------------------


def choose(period: Period, world: World, want: str) -> Span:
    """The days of a period. Of one that leaves its year open: the next not yet over, the last begun, or the nearest."""
    if not period.free:
        return period.at(world, world.year)
    spans: list[Span] = []
    for shift in (-2, -1, 0, 1, 2, 3, 4, 5, 6):
        if 1 <= world.year + shift <= 9999:
            try:
                span = period.at(world, world.year + shift)
            except (UnknownError, ValueError, OverflowError):
                continue
            spans.append(span)
    if not spans:
        raise UnknownError(period)
    day_of_week = period.day_of_week if isinstance(period, Yearly) else None
    if day_of_week is not None:
        near = sorted(spans, key=lambda span: _distance(span, world.day))[:2]
        fitting = [span for span in near if days.weekday(span[0]) == day_of_week]
        if fitting:
            return fitting[0]
    if want == "last":
        begun = [span for span in spans if span[0] <= world.day]
        if not begun:
            raise UnknownError(period)
        return begun[-1]
    if want == "nearest":
        return min(spans, key=lambda span: _distance(span, world.day))
    coming = [span for span in spans if span[1] >= world.day]
    if not coming:
        raise UnknownError(period)
    return coming[0]


def _distance(span: Span, day: int) -> int:
    return 0 if span[0] <= day <= span[1] else min(abs(span[0] - day), abs(span[1] - day))


# -- periods behind a preposition ------------------------------------------------------------------------------------


def entry_of(period: Period, world: World) -> Entry | None:
    """The calendar entry that a period names, through volgende, dit and the like."""
    while isinstance(period, Inside) and not isinstance(period, Part | Half | Nth | Rest):
        period = period.of
    if isinstance(period, Yearly) and period.kind == "entry":
        return world.calendar.entries[period.name]
    return None


def meaning_of_voor(period: Period, entry: Entry | None) -> str:
    """`voor` is before with a day, an event, a recess or `einde`; else it is for."""
    if isinstance(period, Part):
        return "before" if period.part == "end" else "for"
    if isinstance(period, Nth):
        return "before" if period.number < 0 or period.precision is Precision.DAY else "for"
    if isinstance(period, Through | Half | Rest):
        return "before" if period.precision is Precision.DAY else "for"
    if entry is not None:
        return entry.voor
    if isinstance(period, Election | Weekday) or period.family == "day":
        return "before"
    return "for"


def _timed(reading: Timed, world: World, tense: str) -> Outcome | None:
    period, op = reading.period, reading.op
    entry = entry_of(period, world)
    rules: tuple[str, ...] = (reading.rule,) if reading.rule else ()
    if op == "voor":
        op = "before" if reading.lead == "nog" else meaning_of_voor(period, entry)
        if op == "for":
            rules = (*rules, "for")
            op = "during"
        elif reading.lead == "niet":
            op = "not-before"
    elif op == "before" and reading.lead == "niet":
        op = "not-before"
    if op == "by" and entry is not None and entry.tegen == "before":
        rules = (*rules, "by")
        op = "tegen-before"
    if op == "long":
        return Outcome(DURATION, None, None, period.precision, None, ("duration",))

    if isinstance(period, Deictic):
        present = _deictic(period, reading, op, world, tense)
        if present is not False:
            return present

    want = "next"
    if period.free and op not in ("by", "before", "tegen-before", "not-before"):
        if not tense:
            return None
        loose = _loose(period)
        if tense == "past":
            want = "last"
            if isinstance(period, Weekday):
                return _past_weekday(period, world)
        elif (op == "of" and loose) or (tense == "none" and loose and op in ("during", "approx", "bare", "over")):
            want = "nearest"
    if op in ("before", "tegen-before"):
        return _before(reading, op, entry, world, rules)
    if op == "after" and entry is not None and entry.na:
        period = _instead(period, entry.na)
        entry = world.calendar.entries[entry.na]
    first, last = choose(period, world, want)
    doubts = _doubts(period, first, world)
    now = world.day

    if op == "since":
        return Outcome(PAST, min(first, now), now, period.precision, Modifier.FROM, ("since", *period.rules), doubts)
    if op == "until":
        kind = PAST if last < now or (tense == "past" and first <= now) else DEADLINE
        return Outcome(
            kind, min(now, last), last, period.precision, Modifier.UNTIL, (*rules, "until", *period.rules), doubts
        )
    if op in ("after", "until-after"):
        return _after(first, last, entry, op, world, tense, (*rules, "after", *period.rules), period.precision, doubts)
    if op == "not-before":
        return Outcome(
            DEADLINE if first >= now else PAST, first, None, period.precision, Modifier.FROM,
            ("not-before", *period.rules), doubts,
        )  # fmt: skip
    kind = DEADLINE
    if last < now:
        kind = PAST
    elif first <= now and _tells(period, op):
        if not tense:
            return None
        if tense == "past":
            kind = PAST
    modifier = MODIFIERS.get(op, Modifier.DURING)
    named = (op,) if op in ("by", "from", "approx") else ()
    return Outcome(kind, first, last, period.precision, modifier, (*rules, *named, *period.rules), doubts)


def _tells(period: Period, op: str) -> bool:
    """Whether the tense can still make a thing of the past of a period that holds the day of speaking."""
    if op == "by" or isinstance(period, Rest):
        return False
    return not (isinstance(period, Part) and period.of.family in ("legislature", "local-term"))


def _loose(period: Period) -> bool:
    """A month or a day without its year: said of the nearest one where nothing tells."""
    if isinstance(period, Through):
        return _loose(period.first)
    if isinstance(period, Inside):
        return _loose(period.of)
    return isinstance(period, Yearly) and period.kind in ("month", "day")


def _deictic(period: Deictic, reading: Timed, op: str, world: World, tense: str) -> Outcome | None | bool:
    """Vandaag tells a state, not a day due, unless something looks forward. False: an ordinary day."""
    if period.shift:
        return False
    if reading.lead in ("nog", "later") or op in ("by", "before", "from", "until"):
        return False
    if not tense:
        return None
    if tense == "will" or (period.rules[0] == "later-today" and tense != "past"):
        return False
    kind = PAST if tense == "past" else NONE
    return Outcome(kind, world.day, world.day, Precision.DAY, Modifier.DURING, ("present",))


def _past_weekday(period: Weekday, world: World) -> Outcome:
    day = world.day - ((days.weekday(world.day) - period.number - 1) % 7 + 1)
    return Outcome(PAST, in_range(day), day, Precision.DAY, Modifier.DURING, period.rules)


def _before(reading: Timed, op: str, entry: Entry | None, world: World, rules: tuple[str, ...]) -> Outcome:
    period, now = reading.period, world.day
    to_the_end = isinstance(period, Part | Nth) and (
        (isinstance(period, Part) and period.part == "end") or (isinstance(period, Nth) and period.number < 0)
    )

    def limit(span: Span) -> int:
        if to_the_end:
            return span[1]
        if entry is not None and entry.before is not None:
            return on(date.fromordinal(span[0]).year, entry.before)
        return span[0] - 1

    if period.free:
        spans = []
        for shift in (-1, 0, 1, 2, 3, 4, 5, 6):
            if 1 <= world.year + shift <= 9999:
                try:
                    spans.append(period.at(world, world.year + shift))
                except (UnknownError, ValueError, OverflowError):
                    continue
        span = next((span for span in spans if limit(span) >= now), None)
        if span is None:
            raise UnknownError(period)
        if isinstance(period, Yearly) and period.day_of_week is not None:
            span = choose(period, world, "next")
    else:
        span = period.at(world, world.year)
    last = in_range(limit(span))
    named = "before" if op == "before" else "break"
    kind = DEADLINE if last >= now else PAST
    modifier = Modifier.BEFORE if op == "before" else Modifier.BY
    return Outcome(
        kind, min(now, last), last, period.precision, modifier, (*rules, named, *period.rules),
        _doubts(period, span[0], world),
    )  # fmt: skip


def _after(
    first: int, last: int, entry: Entry | None, op: str, world: World, tense: str, rules: tuple[str, ...],
    precision: Precision, doubts: tuple[str, ...],
) -> Outcome | None:  # fmt: skip
    start, end = in_range(last + 1), None
    if entry is not None and entry.na_until is not None:
        year = date.fromordinal(start).year
        end = on(year, entry.na_until)
        if end < start:
            end = on(year + 1, entry.na_until)
        rules = ("closing", *rules)
    if op == "until-after":
        return Outcome(DEADLINE, world.day, end, precision, Modifier.UNTIL, rules, doubts)
    kind = DEADLINE
    if (end is not None and end < world.day) or (end is None and start < world.day):
        kind = PAST
    elif start <= world.day:
        if not tense:
            return None
        kind = PAST if tense == "past" else DEADLINE
    return Outcome(kind, start, end, precision, Modifier.AFTER, rules, doubts)


def _instead(period: Period, name: str) -> Period:
    if isinstance(period, Yearly):
        return Yearly("entry", name=name, entry_family="holiday", year=period.year)
    if isinstance(period, Inside):
        return replace(period, of=_instead(period.of, name))
    return period


def _doubts(period: Period, first: int, world: World) -> tuple[str, ...]:
    if isinstance(period, Yearly) and period.day_of_week is not None and days.weekday(first) != period.day_of_week:
        return ("weekday-mismatch",)
    if isinstance(period, OtherYear):
        return ()
    return period.doubts(world)
