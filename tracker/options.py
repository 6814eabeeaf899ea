"""Options that several commands share."""

from argparse import ArgumentTypeError
from datetime import date


def day(words: str) -> date:
    """Read a day from the command line."""
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise ArgumentTypeError(f"{words!r} is no day; write it as 2023-02-28") from None
