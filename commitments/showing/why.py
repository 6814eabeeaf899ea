"""Why this date? The same words on the page, at the review desk and in the open data."""

from django.utils.translation import gettext as _

from commitments.engine import deadlines
from commitments.engine.deadlines.rules import DOUBTS
from commitments.models import DeadlineFields, Statement
from commitments.services.due import BY_HAND


def why_this_date(deadline: DeadlineFields) -> list[str]:
    """Return one sentence per rule that read the deadline, outermost first; Dutch, as the rules say it."""
    if deadline.due_rule == BY_HAND:
        return [_("A person gave these days.")]
    return deadlines.reasons(deadline.due_rule) if deadline.due_rule else []


def doubts_about(statement: Statement) -> list[str]:
    """Return what the reader of the date found odd, one Dutch sentence each; an id it has no words for as it is."""
    return [DOUBTS.get(doubt, doubt) for doubt in statement.doubts]
