"""An engine of a few lines, for tests of what happens with proposals: it proposes what the test tells it to."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from commitments.engine.types import (
    CommitmentKind,
    Cue,
    Expression,
    ExpressionKind,
    Modifier,
    Precision,
    Proposal,
    Turn,
)

CUE = Cue("ik-zal", 2.0, "Ik zal", "De minister belooft het zelf.")


def deadline(
    text: str, start: date | None, end: date | None, kind: ExpressionKind = ExpressionKind.DEADLINE
) -> Expression:
    """A deadline whose words are found again in the turn by `Engine`."""
    return Expression(text, 0, len(text), kind, start, end, Precision.MONTH, Modifier.BY, ("tegen-maand",))


class Engine:
    """`says` maps words to what a proposal about them says beside its place (any field of Proposal)."""

    def __init__(self, **_: Any) -> None:
        self.says: dict[str, dict[str, Any]] = {}
        self.asked: list[dict[str, Any]] = []

    def __call__(self, turns: Sequence[Turn], **world: Any) -> list[Proposal]:
        self.asked.append({"turns": list(turns), **world})
        return [
            self._proposal(number, turn.text, words, says)
            for number, turn in enumerate(turns)
            for words, says in self.says.items()
            if words in turn.text
        ]

    def _proposal(self, number: int, text: str, words: str, says: dict[str, Any]) -> Proposal:
        start = text.index(words)
        facts: dict[str, Any] = {
            "kind": CommitmentKind.ACT,
            "confidence": 0.9,
            "cues": (CUE,),
            "summary": words[:60],
        }
        return Proposal(turn=number, start=start, end=start + len(words), quote=words, **(facts | says))
