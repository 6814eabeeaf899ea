"""The choice of the year where the words leave it open."""

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.periods import Period, UnknownError, World, Yearly


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
