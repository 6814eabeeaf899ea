"""What the reader of deadlines makes of real running text; the labels point at what was labelled."""

from functools import cache

from commitments.engine import calendars, deadlines
from commitments.engine.types import Expression, ExpressionKind
from tests.labels.moments import Moment, checksum, load, sentence_of

DEADLINE, VAGUE = ExpressionKind.DEADLINE, ExpressionKind.VAGUE

# What is reached now, over all documents; docs/quality.md says what each document gave before its mending.
LEAST_FOUND = 0.97
LEAST_EXACT = 0.97
LEAST_SURE = 0.99
LEAST_QUIET = 0.985
LEAST_VAGUE = 0.98


@cache
def answers() -> tuple[tuple[Moment, Expression | None], ...]:
    """Each label with the expression that overlaps most with its words."""
    calendar = calendars.load()
    paired = []
    for moment in load():
        first, last = moment.at
        found = deadlines.read(sentence_of(moment), moment.said_on, calendar)
        overlapping = [each for each in found if each.start < last and each.end > first]
        paired.append(
            (
                moment,
                max(
                    overlapping,
                    key=lambda each: (min(each.end, last) - max(each.start, first), each.kind is DEADLINE),
                    default=None,
                ),
            )
        )
    return tuple(paired)


def exact(moment: Moment, answer: Expression | None) -> bool:
    """Both days right; a first day that lies before the day of speaking may be that day."""
    if answer is None or answer.kind is not DEADLINE or answer.due_end != moment.due_end:
        return False
    begun = moment.due_start is not None and moment.due_start <= moment.said_on
    return answer.due_start == moment.due_start or (begun and answer.due_start == moment.said_on)


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_a_label_points_at_the_sentence_that_was_labelled() -> None:
    for moment in load():
        sentence = sentence_of(moment)
        assert checksum(sentence) == moment.sha256, moment
        assert 0 <= moment.at[0] < moment.at[1] <= len(sentence), moment


def test_a_labelled_deadline_ends_no_sooner_than_it_begins() -> None:
    for moment in load():
        if moment.kind is DEADLINE:
            assert moment.due_start, moment
            assert moment.due_end is None or moment.due_start <= moment.due_end, moment


def test_nearly_every_deadline_is_found_with_its_days() -> None:
    paired = [(moment, answer) for moment, answer in answers() if moment.kind is DEADLINE]
    assert share([answer is not None and answer.kind is DEADLINE for _, answer in paired]) >= LEAST_FOUND
    assert share([exact(moment, answer) for moment, answer in paired]) >= LEAST_EXACT


def test_the_past_a_length_and_a_name_are_hardly_ever_deadlines() -> None:
    others = [answer for moment, answer in answers() if moment.kind not in (DEADLINE, VAGUE)]
    assert share([answer is None or answer.kind is not DEADLINE for answer in others]) >= LEAST_QUIET


def test_nearly_every_vague_expression_is_read_as_vague() -> None:
    vague = [answer for moment, answer in answers() if moment.kind is VAGUE]
    assert share([answer is not None and answer.kind is VAGUE for answer in vague]) >= LEAST_VAGUE


def test_what_the_labeller_was_sure_of_is_read_so() -> None:
    sure = [(moment, answer) for moment, answer in answers() if moment.kind is DEADLINE and moment.sure]
    assert share([exact(moment, answer) for moment, answer in sure]) >= LEAST_SURE
