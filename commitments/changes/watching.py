"""What it is to be watched: a table, what the feed shows of it, and in which of its rows."""

from dataclasses import dataclass

# The lists of which changes are noted.
COMMITMENT, STATEMENT, FOLLOW_UP, EVENT, DOCUMENT = "commitment", "statement", "follow_up", "event", "document"
DEADLINE = ("due_text", "due_start", "due_end", "due_precision", "due_modifier", "due_rule")


@dataclass(frozen=True, slots=True)
class Watched:
    """One table. {row} stands for the row as it was, or as it became.

    columns: what the feed shows of it; nothing else that changes is noted. keys: a question that gives the keys of the
    rows of the feed that show it; NULL for any that hangs on a mandate. only: of which rows, for tables where few are.
    comes: a new row counts as well, and so does one that goes; else only a change of one.
    """

    kind: str
    table: str
    columns: tuple[str, ...]
    keys: str
    only: str = ""
    comes: bool = True
