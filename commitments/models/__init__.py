"""What was promised, and what came of it."""

from commitments.models.askings import Asking
from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields, Kinds, Modifiers, Precisions
from commitments.models.digests import Digest, Subscription
from commitments.models.events import Event
from commitments.models.extractions import Extraction
from commitments.models.follow_ups import FollowUp
from commitments.models.learning import LearnedWeights
from commitments.models.offices import Membership, Note, OfficeEvent, Priority, Tag, Tagging, Team, Watch
from commitments.models.outside import OutsideStatement
from commitments.models.parts import Part
from commitments.models.statements import Statement
from commitments.models.words import WordCount

__all__ = [
    "Asking",
    "Commitment",
    "DeadlineFields",
    "Digest",
    "Event",
    "Extraction",
    "FollowUp",
    "Kinds",
    "LearnedWeights",
    "Membership",
    "Modifiers",
    "Note",
    "OfficeEvent",
    "OutsideStatement",
    "Part",
    "Precisions",
    "Priority",
    "Statement",
    "Subscription",
    "Tag",
    "Tagging",
    "Team",
    "Watch",
    "WordCount",
]
