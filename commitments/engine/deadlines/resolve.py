"""From a reading to days: the operators of the prepositions, the choice of the year, what is past."""

from dataclasses import replace
from datetime import date

from commitments.engine.calendars import Entry, days, on
from commitments.engine.calendars.days import Span
from commitments.engine.deadlines.choosing import choose
from commitments.engine.deadlines.composed import (
    Half,
    Inside,
    InThisYear,
    Nth,
    Part,
    Rest,
    Through,
    spans_ahead,
    spans_back,
)
from commitments.engine.deadlines.lengths import counted, in_range
from commitments.engine.deadlines.periods import Deictic, Period, Unit, UnknownError, Weekday, World, Year, Yearly
from commitments.engine.deadlines.readings import Counted, Fixed, Outcome, Plain, Reading, Timed
from commitments.engine.deadlines.terms import Election, OtherYear
from commitments.engine.types import ExpressionKind, Modifier, Precision

DEADLINE, VAGUE, PAST = ExpressionKind.DEADLINE, ExpressionKind.VAGUE, ExpressionKind.PAST
DURATION, NONE, FREQUENCY = ExpressionKind.DURATION, ExpressionKind.NONE, ExpressionKind.FREQUENCY

MODIFIERS = {
    "during": Modifier.DURING,
    "by": Modifier.BY,
    "before": Modifier.BEFORE,
    "after": Modifier.AFTER,
    "from": Modifier.FROM,
    "until": Modifier.UNTIL,
    "approx": Modifier.APPROX,
}


def outcome(reading: Reading, world: World, tense: str) -> Outcome | None:
    """What a reading says; tense is past, asked, done, will, present, none, or empty where nobody looked yet.

    None: the tense is needed. Days beyond the calendar (years 1..9999, or the tables) are left open and doubted.
    """
    try:
        if isinstance(reading, Timed):
            return _timed(reading, world, tense)
        if isinstance(reading, Counted) and reading.use in ("within", "coming"):
            if not tense:
                return None
            if tense == "past":  # `binnen de week kregen zij antwoord`
                return counted(replace(reading, use="duration", rule="duration"), world)
        tense = "past" if tense in ("asked", "done") else tense
        if isinstance(reading, Counted):
            return counted(reading, world)
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
        return "before" if period.part in ("end", "start") else "for"
    if isinstance(period, Nth):
        return "before" if period.number < 0 or period.precision is Precision.DAY else "for"
    if isinstance(period, Through | Half | Rest):
        return "before" if period.precision is Precision.DAY else "for"
    if entry is not None:
        return entry.voor
    if isinstance(period, Election | Weekday) or period.family in ("day", "weekend"):
        return "before"
    return "for"


def _timed(reading: Timed, world: World, tense: str) -> Outcome | None:
    period, op = reading.period, reading.op
    to_come = tense == "done" and op in ("before", "voor") and period.free and _still_to_come(period, world)
    asked = tense == "asked"
    tense = "present" if to_come else "past" if tense in ("asked", "done") else tense
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
        if not isinstance(present, bool):
            return present

    want = "next"
    if op == "since":
        want = "last"
    elif op == "by" and period.free and _loose(period):
        if not tense:
            return None
        if tense == "past":
            want = "next-or-just-over"
    elif period.free and op not in ("by", "before", "tegen-before", "not-before"):
        if not tense:
            return None
        loose = _loose(period)
        if tense == "past":
            want = "last"
            if isinstance(period, Weekday):
                return _past_weekday(period, world)
        elif loose and tense == "present" and op in ("during", "approx", "bare", "over"):
            want = "next-or-just-over"
        elif (op == "of" and loose) or (tense == "none" and loose and op in ("during", "approx", "bare", "over")):
            want = "nearest"
    if op in ("before", "tegen-before"):
        if op == "before" and period.free and not tense:
            return None
        over = op == "before" and tense == "past" and not asked
        return _before(reading, op, entry, world, rules, over=over)
    if op == "after" and entry is not None and entry.na:
        period = _instead(period, entry.na)
        entry = world.calendar.entries[entry.na]
    first, last = choose(period, world, want)
    if first > world.day and op in ("during", "bare", "of") and _this_year(period):
        if not tense:
            return None
        if tense == "past" and not asked:  # `deze zomer was er`, said in spring
            first, last = days.add_months(first, -12), days.add_months(last + 1, -12) - 1
    first, last = in_range(first), in_range(last)
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
    if op in ("bare", "of") and first == last == now and period.family == "day":
        kind = NONE  # the date of the sitting itself
    modifier = MODIFIERS.get(op, Modifier.DURING)
    named = (op,) if op in ("by", "from", "approx") else ()
    return Outcome(kind, first, last, period.precision, modifier, (*rules, *named, *period.rules), doubts)


def _still_to_come(period: Period, world: World) -> bool:
    """Whether a state told of before a day without its year is one to come: that day is nearer ahead than behind."""
    try:
        last, following = choose(period, world, "last"), choose(period, world, "next")
    except UnknownError:
        return False
    return following[0] - world.day < world.day - last[1]


def _tells(period: Period, op: str) -> bool:
    """Whether the tense can still make a thing of the past of a period that holds the day of speaking."""
    if op == "by" or isinstance(period, Rest):
        return False
    return not (isinstance(period, Part) and period.part == "end" and period.of.family in ("legislature", "local-term"))


def _this_year(period: Period) -> bool:
    """Dit najaar, deze zomer, het einde van het jaar: what lies in the year of speaking."""
    if isinstance(period, Part | Half | Nth):
        return _this_year(period.of)
    return isinstance(period, InThisYear) or (isinstance(period, Year) and period.shift == 0)


def _loose(period: Period) -> bool:
    """A month or a day without its year: said of the nearest one where nothing tells."""
    if isinstance(period, Through):
        return _loose(period.first)
    if isinstance(period, Inside):
        return _loose(period.of)
    return isinstance(period, Yearly) and period.kind in ("month", "day")


def _deictic(period: Deictic, reading: Timed, op: str, world: World, tense: str) -> Outcome | bool | None:
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


def _before(
    reading: Timed, op: str, entry: Entry | None, world: World, rules: tuple[str, ...], *, over: bool
) -> Outcome:
    """Up to a day, a recess or an end that is still to come, or (over) the last one there was."""
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
        gone = (span for span in spans_back(period, world) if limit(span) < now) if over else iter(())
        coming = (span for span in spans_ahead(period, world) if limit(span) >= now)
        span = next(gone, None) or next(coming, None)
        if span is None:
            raise UnknownError(period)
        if isinstance(period, Yearly) and period.day_of_week is not None and not over:
            span = choose(period, world, "next")
    else:
        span = period.at(world, world.year)
    last = in_range(limit(span))
    if last < now <= span[1] and said_of_now(period):
        last = span[1]  # `nog voor dit voorjaar`, said in spring: nobody can be late before it is over
    named = "before" if op == "before" else "break"
    kind = DEADLINE if last >= now else PAST
    modifier = Modifier.BEFORE if op == "before" else Modifier.BY
    return Outcome(
        kind, min(now, last), last, period.precision, modifier, (*rules, named, *period.rules),
        _doubts(period, span[0], world),
    )  # fmt: skip


def said_of_now(period: Period) -> bool:
    """Dit voorjaar, deze maand, dit jaar."""
    return isinstance(period, InThisYear) or (isinstance(period, Unit | Year | OtherYear) and period.shift == 0)


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
