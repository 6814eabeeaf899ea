"""What was promised, and what came of it."""

from commitments.models.askings import Asking
from commitments.models.commitments import Commitment
from commitments.models.deadlines import DeadlineFields, Kinds, Modifiers, Precisions
from commitments.models.delivery import DeliveryNote
from commitments.models.digests import Digest, Subscription, Topic
from commitments.models.events import Event
from commitments.models.extractions import Extraction
from commitments.models.feed import FeedChange, FeedEntry
from commitments.models.feed_addresses import FeedAddress
from commitments.models.follow_ups import FollowUp
from commitments.models.learning import LearnedWeights
from commitments.models.offices import Membership, Note, OfficeEvent, Priority, PutOff, Tag, Tagging, Team, Watch
from commitments.models.outside import OutsideStatement
from commitments.models.parts import Part
from commitments.models.preferences import Preference
from commitments.models.searches import SavedSearch
from commitments.models.statements import Statement
from commitments.models.tokens import ApiToken, Scope
from commitments.models.webhooks import WebHook, WebHookDelivery
from commitments.models.words import WordCount

__all__ = [
    "ApiToken",
    "Asking",
    "Commitment",
    "DeadlineFields",
    "DeliveryNote",
    "Digest",
    "Event",
    "Extraction",
    "FeedAddress",
    "FeedChange",
    "FeedEntry",
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
    "Preference",
    "Priority",
    "PutOff",
    "SavedSearch",
    "Scope",
    "Statement",
    "Subscription",
    "Tag",
    "Tagging",
    "Team",
    "Topic",
    "Watch",
    "WebHook",
    "WebHookDelivery",
    "WordCount",
]
