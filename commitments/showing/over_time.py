"""What became of promises whose last day has passed, quarter by quarter: bars, and the table behind them.

Pure geometry: handed the counts and the day, it knows no row and no page. Places are in the units of the drawing; the
page lets it grow with the width of the window.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST = 20  # quarters: as long as a legislature
WIDTH, HEIGHT, LOW = 480, 150, 56  # of the drawing, of the bars of the counts, and of those of the days
LEFT, RIGHT, TOP = 30, 4, 12
# From the ground up: what was kept on time first, so that its share is read off along one line.
ORDER = ("on_time", "later", "other", "waiting", "silent")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar. name: of ORDER. y, height: places in the drawing."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Quarter:
    """start: its first day. counts: as by_quarter tells them. x, width: of its bar; days_*: of that of the days."""

    start: date
    counts: Mapping[str, int]
    x: float
    width: float
    pieces: tuple[Piece, ...]
    days_y: float
    days_height: float

    @property
    def number(self) -> int:
        return quarter_of(self.start)

    @property
    def begins_a_year(self) -> bool:
        return self.start.month == 1

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def days_each(self) -> int:
        """How many days one was put off, on average over those that were."""
        return mean_days(self.counts)


@dataclass(frozen=True, slots=True)
class Drawing:
    """quarters: without a gap, first one first. most, most_days: what the highest bars stand for. totals: over all.

    earlier: how many had their last day before the first quarter that is drawn.
    """

    quarters: tuple[Quarter, ...]
    totals: Mapping[str, int]
    most: int
    most_days: int
    earlier: int
    width: int = WIDTH
    height: int = HEIGHT
    low: int = LOW
    left: int = LEFT
    top: int = TOP

    @property
    def ground(self) -> int:
        return HEIGHT - 18

    @property
    def low_ground(self) -> int:
        return LOW - 2

    @property
    def right(self) -> int:
        return WIDTH - RIGHT

    @property
    def days_each(self) -> int:
        return mean_days(self.totals)


def draw(rows: Iterable[Mapping[str, Any]], day: date) -> Drawing | None:
    """Return the drawing up to the quarter of `day`; None where no last day has passed yet."""
    found = {row["quarter"]: row for row in rows}
    if not found:
        return None
    last = first_of_quarter(day)
    starts = [last]
    while len(starts) < MOST and starts[-1] > min(found):
        starts.append(quarter_before(starts[-1]))
    starts.reverse()
    empty = dict.fromkeys(("total", *ORDER, "moved", "days_moved"), 0)
    counts = [{name: int(found.get(start, empty)[name]) for name in empty} for start in starts]
    most, most_days = max(one["total"] for one in counts), max(mean_days(one) for one in counts)
    step = (WIDTH - LEFT - RIGHT) / len(starts)
    quarters = tuple(
        _quarter(start, one, LEFT + step * at, step, most, most_days)
        for at, (start, one) in enumerate(zip(starts, counts, strict=True))
    )
    shown = {name: sum(one[name] for one in counts) for name in empty}
    earlier = sum(row["total"] for start, row in found.items() if start < starts[0])
    return Drawing(quarters, shown, most, most_days, earlier)


def mean_days(counts: Mapping[str, int]) -> int:
    return round(counts["days_moved"] / counts["moved"]) if counts["moved"] else 0


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def first_of_quarter(day: date) -> date:
    return date(day.year, 3 * quarter_of(day) - 2, 1)


def quarter_before(start: date) -> date:
    return date(start.year - 1, 10, 1) if start.month == 1 else start.replace(month=start.month - 3)


def _quarter(start: date, counts: Mapping[str, int], x: float, step: float, most: int, most_days: int) -> Quarter:
    width = min(step * 0.72, 34)
    tall, pieces, y = HEIGHT - 18 - TOP, [], float(HEIGHT - 18)
    for name in ORDER:
        if counts[name]:
            height = tall * counts[name] / most
            y -= height
            pieces.append(Piece(name, round(y, 2), round(height, 2)))
    deep = (LOW - 2 - TOP) * mean_days(counts) / most_days if most_days else 0.0
    return Quarter(
        start,
        counts,
        round(x + (step - width) / 2, 2),
        round(width, 2),
        tuple(pieces),
        round(LOW - 2 - deep, 2),
        round(deep, 2),
    )
