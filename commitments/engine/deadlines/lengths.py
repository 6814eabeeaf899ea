"""Amounts turned into days: within, over, the coming, the past ones."""

import math

from commitments.engine.calendars import days
from commitments.engine.deadlines.choosing import choose
from commitments.engine.deadlines.periods import World, unit_around
from commitments.engine.deadlines.readings import Amount, Counted, Outcome
from commitments.engine.types import ExpressionKind, Modifier, Precision

DEADLINE, VAGUE, PAST = ExpressionKind.DEADLINE, ExpressionKind.VAGUE, ExpressionKind.PAST

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


def counted(reading: Counted, world: World) -> Outcome:
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
