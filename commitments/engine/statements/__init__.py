"""Finds promises: from the turns of an agenda item to proposed statements, each with its reasons."""

from commitments.engine.statements import rules, telling
from commitments.engine.statements.propose import Candidate, candidates, propose

__all__ = ["Candidate", "candidates", "prepare", "propose"]


def prepare() -> None:
    """Read and compile now what would else wait for the first sentence that needs it."""
    rules.load().compile()
    telling.prepare()
