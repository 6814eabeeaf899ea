"""The rules as a reader sees them: a name, and one Dutch sentence that says why (rules/deadlines/rules.toml)."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from commitments.engine.deadlines import words as w
from commitments.engine.types import Expression, ExpressionKind

MONTHS = tuple(sorted(w.MONTHS, key=lambda name: w.MONTHS[name]))
DOUBTS = {
    "weekday-mismatch": "De weekdag past niet bij de datum.",
    "two-readings": "Deze woorden kunnen op twee manieren gelezen worden.",
    "calendar-unknown": "De kalender kent het antwoord niet: vul hem aan.",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and its proof.

    examples          (said on, sentence, words, first day or "", last day or "")
    counter_examples  (said on, sentence)
    """

    name: str
    why: str
    examples: tuple[tuple[str, str, str, str, str], ...]
    counter_examples: tuple[tuple[str, str], ...]


@lru_cache(maxsize=1)
def rules() -> dict[str, Rule]:
    """All rules by their name."""
    return {
        name: Rule(
            name,
            row["why"],
            tuple((said, text, words, first, last) for said, text, words, first, last in row["examples"]),
            tuple((said, text) for said, text in row["counter_examples"]),
        )
        for name, row in w.data("rules").items()
    }


def reasons(names: str) -> list[str]:
    """Dutch sentences for rules joined with "+", as an Expression's `rule` has them; unknown names say nothing."""
    known = rules()
    return list(dict.fromkeys(known[name].why for name in names.split("+") if name in known))


def why(expression: Expression, said_on: date) -> list[str]:
    """Why this date: the rules, what came out, and what is odd about it, in Dutch sentences."""
    told = reasons(expression.rule)
    if expression.kind is ExpressionKind.DEADLINE:
        told.append(f"Gezegd op {dutch(said_on)}: {_interval(expression)}.")
    told.extend(DOUBTS[doubt] for doubt in expression.doubts if doubt in DOUBTS)
    return told


def _interval(expression: Expression) -> str:
    first, last = expression.due_start, expression.due_end
    if first and last:
        return dutch(last) if first == last else f"{dutch(first)} tot en met {dutch(last)}"
    if first:
        return f"vanaf {dutch(first)}, zonder einddag"
    return "zonder dag"


def dutch(day: date) -> str:
    """2 juni 2025"""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
