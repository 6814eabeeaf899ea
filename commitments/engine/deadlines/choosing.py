"""The choice of the year where the words leave it open."""

from commitments.engine.calendars import days
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.composed import YEARS_AROUND, spans_ahead, spans_back, spans_in
from commitments.engine.deadlines.periods import Period, UnknownError, World, Yearly

# Days: `op 4 mei` in the present tense, a week later, is the one that has just been and not the one of next year.
JUST_OVER, FAR_AHEAD = 60, 240


def choose(period: Period, world: World, want: str) -> Span:
    """The days of a period. Of one that leaves its year open: the next not yet over, the last begun, the nearest,
    or (next-or-just-over) the next, but where that is far ahead the one that has just been."""
    if not period.free:
        return period.at(world, world.year)
    span = _chosen(period, world, want)
    if span is None:
        raise UnknownError(period)
    return span


def _chosen(period: Period, world: World, want: str) -> Span | None:
    day = world.day
    day_of_week = period.day_of_week if isinstance(period, Yearly) else None
    if day_of_week is not None:
        spans = spans_in(period, world, range(world.year - YEARS_AROUND, world.year + YEARS_AROUND + 1))
        near = sorted(spans, key=lambda span: _distance(span, day))[:2]
        for span in near:
            if days.weekday(span[0]) == day_of_week:
                return span
    if want == "next":
        return next((span for span in spans_ahead(period, world) if span[1] >= day), None)
    begun = next((span for span in spans_back(period, world) if span[0] <= day), None)
    if want == "last":
        return begun
    if want == "nearest":
        coming = next((span for span in spans_ahead(period, world) if span[0] > day), None)
        return min(filter(None, (begun, coming)), key=lambda span: _distance(span, day), default=None)
    ahead = next((span for span in spans_ahead(period, world) if span[1] >= day), None)
    just_over = begun is not None and 0 < day - begun[1] <= JUST_OVER
    return begun if just_over and (ahead is None or ahead[0] - day > FAR_AHEAD) else ahead


def _distance(span: Span, day: int) -> int:
    return 0 if span[0] <= day <= span[1] else min(abs(span[0] - day), abs(span[1] - day))
