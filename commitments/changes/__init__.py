"""The database notes by itself which rows of the feed a change touches, whoever makes it and however."""

from commitments.changes.triggers import drop, fit, make

__all__ = ["drop", "fit", "make"]
