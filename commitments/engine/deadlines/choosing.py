"""The choice of the year where the words leave it open."""

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.composed import spans_around
from commitments.engine.deadlines.periods import Period, UnknownError, World, Yearly

# Days: `op 4 mei` in the present tense, a week later, is the one that has just been and not the one of next year.
JUST_OVER, FAR_AHEAD = 60, 240


def choose(period: Period, world: World, want: str) -> Span:
    """The days of a period. Of one that leaves its year open: the next not yet over, the last begun, the nearest,
    or (next-or-just-over) the next, but where that is far ahead the one that has just been."""
    if not period.free:
        return period.at(world, world.year)
    spans = spans_around(period, world)
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
    if want == "next-or-just-over":
        just_over = [span for span in spans if 0 < world.day - span[1] <= JUST_OVER]
        ahead = [span for span in spans if span[1] >= world.day]
        if just_over and (not ahead or ahead[0][0] - world.day > FAR_AHEAD):
            return just_over[-1]
    coming = [span for span in spans if span[1] >= world.day]
    if not coming:
        raise UnknownError(period)
    return coming[0]


def _distance(span: Span, day: int) -> int:
    return 0 if span[0] <= day <= span[1] else min(abs(span[0] - day), abs(span[1] - day))
