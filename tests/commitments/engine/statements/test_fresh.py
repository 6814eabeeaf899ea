"""Sentences written before the rules that read them: promises with their last day, and what promises nothing."""

import tomllib
from pathlib import Path

import pytest

from commitments.engine.types import ExpressionKind, Proposal, Register
from tests.commitments.engine.statements.conftest import Say

HERE = Path(__file__).parent
PATHS = [*sorted(HERE.glob("fresh-*.toml")), HERE / "undated.toml"]
LISTS = [tomllib.loads(path.read_text(encoding="utf-8")) for path in PATHS]
PROMISES = [(Register(name), *row) for one in LISTS for name, rows in one.items() for row in rows["promises"]]
QUIET = [(Register(name), text) for one in LISTS for name, rows in one.items() for text in rows["quiet"]]


def last_day(found: list[Proposal]) -> str:
    """Return the last day of the first proposal, "" where it has none."""
    deadline = found[0].deadline
    dated = deadline is not None and deadline.kind is ExpressionKind.DEADLINE
    return deadline.due_end.isoformat() if deadline and dated and deadline.due_end else ""


@pytest.mark.parametrize(("register", "text", "due"), PROMISES, ids=lambda x: str(x)[:50])
def test_a_promise_is_proposed_with_its_last_day(say: Say, register: Register, text: str, due: str) -> None:
    found = say(text, register=register)
    assert found
    assert last_day(found) == due or (due == "*" and last_day(found))


@pytest.mark.parametrize(("register", "text"), QUIET, ids=lambda x: str(x)[:50])
def test_what_promises_nothing_is_not_proposed(say: Say, register: Register, text: str) -> None:
    assert not say(text, register=register)
