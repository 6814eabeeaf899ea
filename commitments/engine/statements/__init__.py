"""Finds promises: from the turns of an agenda item to proposed statements, each with its reasons."""

from commitments.engine.statements.propose import Candidate, candidates, propose

__all__ = ["Candidate", "candidates", "propose"]
