"""Finds, by the words they share, which commitments an item may speak of and which items may speak of a commitment.

One interface, two databases: FTS5 on SQLite, Dutch full-text search with a GIN index on PostgreSQL. Both hold words as
engine.followups.words leaves them, one row for each commitment or agenda item, and both rank by how rare the shared
words are. What is found is a list of candidates: the engine judges.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from django.db import connection
from django.db.models import Expression

from commitments.index.postgres import PostgresIndex
from commitments.index.sqlite import SqliteIndex


class Shelf(StrEnum):
    """What is indexed, and the name of its table."""

    ITEMS = "commitments_itemwords"
    COMMITMENTS = "commitments_commitmentwords"


class WordIndex(Protocol):
    def make(self, shelf: str) -> None:
        """Create the table of a shelf (called by a migration)."""

    def drop(self, shelf: str) -> None:
        """Remove it."""

    def put(self, shelf: str, rows: Iterable[tuple[int, str]]) -> None:
        """Keep the words (separated by spaces) of each id, in place of those it had."""

    def remove(self, shelf: str, ids: Sequence[int]) -> None:
        """Forget these ids."""

    def words(self, shelf: str, ids: Sequence[int]) -> dict[int, str]:
        """Return the words kept of these ids."""

    def find(self, shelf: str, sought: Mapping[str, float], limit: int) -> list[int]:
        """Return the ids that share most with the words sought (with what each is worth), best first."""

    def holding(self, shelf: str, sought: Sequence[str]) -> Expression:
        """Return a subquery of the ids that have every one of these words; for `filter(pk__in=…)`. Some are needed."""

    def tally(self, words: Collection[str]) -> dict[str, int]:
        """Return in how many agenda items each of these words is said; one that is said in none is left out."""

    def clear(self, shelf: str) -> None:
        """Forget everything on a shelf."""

    def count(self, shelf: str) -> int:
        """Return how many ids are kept."""


def index(vendor: str = "") -> WordIndex:
    """Return the index of the database in use, or of the one named."""
    return PostgresIndex() if (vendor or connection.vendor) == "postgresql" else SqliteIndex()
