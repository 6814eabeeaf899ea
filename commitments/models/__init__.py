"""What was promised, and what came of it."""

from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields, Kinds, Modifiers, Precisions
from commitments.models.digests import Digest, Subscription
from commitments.models.events import Event
from commitments.models.extractions import Extraction
from commitments.models.follow_ups import FollowUp
from commitments.models.learning import LearnedWeights
from commitments.models.statements import Statement

__all__ = [
    "Commitment",
    "DeadlineFields",
    "Digest",
    "Event",
    "Extraction",
    "FollowUp",
    "Kinds",
    "LearnedWeights",
    "Modifiers",
    "Precisions",
    "Statement",
    "Subscription",
]
