"""Days as whole numbers (proleptic Gregorian ordinals, as date.toordinal), and what is computed from them.

A Span is (first day, last day), both included. Whatever falls outside the years 1..9999 raises ValueError.
"""

from datetime import date

Span = tuple[int, int]

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
LAST_DAY = date.max.toordinal()


def ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, day).toordinal()


def month_end(year: int, month: int) -> int:
    if (year, month) == (9999, 12):
        return LAST_DAY
    return month_start(year, month + 1) - 1


def month_start(year: int, month: int) -> int:
    """First day of a month; month may run past 12 or below 1 and then counts on in other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1).toordinal()


def months(year: int, month: int, count: int) -> Span:
    """The span of count whole months from a month on."""
    last = month + count - 1
    year_end, month_last = year + (last - 1) // 12, (last - 1) % 12 + 1
    return month_start(year, month), month_end(year_end, month_last)


def add_months(day: int, count: int) -> int:
    """The same day of the month, count months on; the last day of a shorter month."""
    start = date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + count
    year, month = divmod(index, 12)
    first = date(year, month + 1, 1).toordinal()
    return min(first + start.day - 1, month_end(year, month + 1))


def weekday(day: int) -> int:
    """Monday is 0."""
    return (day + 6) % 7


def monday_of(day: int) -> int:
    return day - weekday(day)


def nth_weekday(year: int, month: int, day_of_week: int, nth: int) -> int:
    """The nth weekday of a month; nth -1 is the last."""
    if nth < 0:
        last = month_end(year, month)
        return last - (weekday(last) - day_of_week) % 7
    first = month_start(year, month)
    return first + (day_of_week - weekday(first)) % 7 + 7 * (nth - 1)


def easter(year: int) -> int:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday_shift = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 19 * weekday_shift) // 433
    month = (h + weekday_shift - 7 * m + 90) // 25
    day = (h + weekday_shift - 7 * m + 33 * month + 19) % 32
    return ordinal(year, month, day)


def krokus(year: int) -> Span:
    """The week of the seventh Monday before Easter."""
    monday = monday_of(easter(year)) - 6 * 7
    return monday, monday + 6


def paas(year: int) -> Span:
    """Two weeks from the first Monday of April; from the Monday after an Easter in March; from the second Monday
    before an Easter later than 15 April, Easter Monday added."""
    sunday = easter(year)
    if sunday < ordinal(year, 4, 1):
        start = sunday + 1
    elif sunday > ordinal(year, 4, 15):
        start = sunday - 13
        return start, sunday + 1
    else:
        start = nth_weekday(year, 4, MONDAY, 1)
    return start, start + 13


def herfst(year: int) -> Span:
    """The week of 1 November; from the 2nd where that is a Sunday."""
    feast = ordinal(year, 11, 1)
    start = feast + 1 if weekday(feast) == SUNDAY else monday_of(feast)
    return start, start + 6


def kerst(year: int) -> Span:
    """Two weeks from the Monday of the week of 25 December; from the Monday after where that is in a weekend."""
    feast = ordinal(year, 12, 25)
    start = monday_of(feast) + (7 if weekday(feast) >= SATURDAY else 0)
    return start, start + 13
