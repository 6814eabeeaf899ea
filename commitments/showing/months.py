"""The geometry of the two pictures of the start page: the months ahead and the months behind. Pure: no rows, no clock.

A month is as wide as any other, so that its name can stand beneath it; within a month a day has its own place. The
units are those of an SVG whose height is stretched to the page: nothing here is written on the picture itself.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

MONTH = 60.0  # units of width
HEIGHT = 100.0
NARROWEST = 4.0  # a bar of one day can still be seen
GAP = 1.0  # between bars that touch
MOST_BARS = 160  # more than these are drawn by whole months


@dataclass(frozen=True, slots=True)
class Interval:
    """So many deadlines that run from one day to another, both included; without a first day, from the last one."""

    start: date | None
    end: date
    count: int

    @property
    def first(self) -> date:
        return min(self.start or self.end, self.end)


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of the picture, and what it stands for. begins, ends: whether its ends lie in the picture."""

    x: float
    y: float
    width: float
    height: float
    interval: Interval
    begins: bool = True
    ends: bool = True


@dataclass(frozen=True, slots=True)
class Month:
    """A month beneath the picture. running: deadlines that touch it; ending: those with their last day in it."""

    first: date
    running: int = 0
    ending: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    width: float
    height: float
    bars: list[Bar]
    months: list[Month]
    by_month: bool = False

    @property
    def total(self) -> int:
        return sum(bar.interval.count for bar in self.bars)


@dataclass(frozen=True, slots=True)
class Column:
    """One month behind: how many of each kind, and the pieces of its column, the lowest first."""

    first: date
    counts: Mapping[str, int]
    pieces: list[tuple[str, float, float]] = field(default_factory=list)  # kind, y, height
    x: float = 0.0
    width: float = 0.0

    @property
    def total(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Behind:
    width: float
    height: float
    columns: list[Column]

    @property
    def total(self) -> int:
        return sum(one.total for one in self.columns)


def month_of(day: date) -> date:
    return day.replace(day=1)


def months_from(first: date, number: int) -> list[date]:
    """Return the first days of so many months, from that of `first` on; of months before it where it is negative."""
    start = first.year * 12 + first.month - 1
    steps = range(start, start + number) if number >= 0 else range(start + number, start)
    return [date(step // 12, step % 12 + 1, 1) for step in steps if 12 <= step < 12 * 10000]


def last_of(month: date) -> date:
    """Return the last day of a month."""
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    return following - timedelta(days=1)


def ahead(intervals: Iterable[Interval], first: date, number: int = 12) -> Ahead:
    """Draw deadlines as bars from their first to their last day, piled up without overlapping, the longest lowest.

    A bar is as high as there are deadlines with those days. What begins before the picture or ends after it is cut
    off at its edge; what lies outside is left out.
    """
    months = months_from(first, number)
    begin, end = months[0], last_of(months[-1])
    seen = [one for one in intervals if one.end >= begin and one.first <= end]
    by_month = len(seen) > MOST_BARS
    if by_month:
        seen = _by_months(seen)
    seen.sort(key=lambda one: (-(min(one.end, end) - max(one.first, begin)).days, one.first, one.end))
    width = MONTH * number
    skyline = _Skyline(width)
    placed: list[tuple[float, float, float, Interval]] = []
    for one in seen:
        left = _place(max(one.first, begin), begin)
        right = max(_place(min(one.end, end) + timedelta(days=1), begin), left + NARROWEST)
        right = min(right, width)
        left = min(left, right - NARROWEST)
        placed.append((left, skyline.put(left, right, one.count), right - left, one))
    unit = HEIGHT / max(skyline.highest, 1)
    bars = [
        Bar(
            x=round(left + GAP / 2, 2),
            y=round(HEIGHT - (level + one.count) * unit + min(GAP, one.count * unit / 4), 2),
            width=round(wide - GAP, 2),
            height=round(one.count * unit - min(GAP, one.count * unit / 4), 2),
            interval=one,
            begins=one.first >= begin,
            ends=one.end <= end,
        )
        for left, level, wide, one in placed
    ]
    return Ahead(width, HEIGHT, bars, [_month(month, seen) for month in months], by_month)


def behind(counts: Mapping[date, Mapping[str, int]], kinds: Sequence[str], months: Sequence[date]) -> Behind:
    """Draw a column for each month, its kinds piled up in their order; all to one scale."""
    told = [{kind: counts.get(month, {}).get(kind, 0) for kind in kinds} for month in months]
    highest = max((sum(one.values()) for one in told), default=0)
    unit = HEIGHT / max(highest, 1)
    columns = []
    for at, (month, one) in enumerate(zip(months, told, strict=True)):
        level, pieces = 0, []
        for kind in kinds:
            if one[kind]:
                level += one[kind]
                pieces.append((kind, round(HEIGHT - level * unit, 2), round(one[kind] * unit, 2)))
        columns.append(Column(month, one, pieces, at * MONTH + MONTH / 6, MONTH * 2 / 3))
    return Behind(MONTH * len(months), HEIGHT, columns)


class _Skyline:
    """How high the pile is at every place; a new one lies on the highest that is beneath it."""

    def __init__(self, width: float) -> None:
        self._levels: list[tuple[float, float, int]] = [(0.0, width, 0)]  # from, to, height
        self.highest = 0

    def put(self, left: float, right: float, height: int) -> int:
        """Pile something up between two places; return the level on which it lies."""
        level = max((top for start, end, top in self._levels if start < right and end > left), default=0)
        kept = []
        for start, end, top in self._levels:
            kept += [(start, min(end, left), top)] if start < left else []
            kept += [(max(start, right), end, top)] if end > right else []
        self._levels = sorted([*kept, (left, right, level + height)])
        self.highest = max(self.highest, level + height)
        return level


def _place(day: date, begin: date) -> float:
    """Return where a day begins: months are equally wide, days are as wide as their month has room for."""
    number = (day.year - begin.year) * 12 + day.month - begin.month
    return MONTH * (number + (day.day - 1) / last_of(month_of(day)).day)


def _by_months(intervals: Iterable[Interval]) -> list[Interval]:
    """Put together what runs from and to the same months."""
    found: dict[tuple[date, date], int] = {}
    for one in intervals:
        key = month_of(one.first), last_of(month_of(one.end))
        found[key] = found.get(key, 0) + one.count
    return [Interval(start, end, count) for (start, end), count in found.items()]


def _month(month: date, intervals: Iterable[Interval]) -> Month:
    last = last_of(month)
    touching = [one for one in intervals if one.first <= last and one.end >= month]
    return Month(month, sum(one.count for one in touching), sum(one.count for one in touching if one.end <= last))
