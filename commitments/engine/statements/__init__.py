"""Finds promises: from the turns of an agenda item to proposed statements, each with its reasons."""

from commitments.engine.statements.propose import propose

__all__ = ["propose"]
