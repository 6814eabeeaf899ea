"""Why this date? The same words on the page, at the review desk and in the open data."""

from django.utils.translation import gettext as _

from commitments.engine import deadlines
from commitments.models import DeadlineFields
from commitments.services.due import BY_HAND


def why_this_date(deadline: DeadlineFields) -> list[str]:
    """Return one sentence per rule that read the deadline, outermost first; Dutch, as the rules say it."""
    if deadline.due_rule == BY_HAND:
        return [_("A person gave these days.")]
    return deadlines.reasons(deadline.due_rule) if deadline.due_rule else []
