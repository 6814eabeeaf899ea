"""Later items that tie back to a promise: which ones, how surely, why, and what they tell of it."""

from commitments.engine.followups.choosing import choose
from commitments.engine.followups.hearing import Heard, hear
from commitments.engine.followups.types import Certainty, Item, Match, Promise, Rarity, Reason, Sign
from commitments.engine.followups.weighing import Known, know, match

__all__ = [
    "Certainty",
    "Heard",
    "Item",
    "Known",
    "Match",
    "Promise",
    "Rarity",
    "Reason",
    "Sign",
    "choose",
    "hear",
    "know",
    "match",
]
