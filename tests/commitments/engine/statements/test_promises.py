"""Promises of every build are proposed, and what promises nothing is left alone."""

import tomllib
from pathlib import Path

import pytest

from commitments.engine.types import Register
from tests.commitments.engine.statements.conftest import Say

HERE = Path(__file__).parent


def sentences(name: str) -> list[tuple[Register, str]]:
    rows = tomllib.loads((HERE / name).read_text(encoding="utf-8"))
    return [(Register(register), s) for register, groups in rows.items() for group in groups.values() for s in group]


@pytest.mark.parametrize(("register", "sentence"), sentences("promises.toml"), ids=lambda x: str(x)[:50])
def test_a_promise_is_proposed(say: Say, register: Register, sentence: str) -> None:
    assert say(sentence, register=register)


@pytest.mark.parametrize(
    ("register", "sentence"), sentences("quiet.toml") + sentences("voices.toml"), ids=lambda x: str(x)[:50]
)
def test_what_promises_nothing_is_not_proposed(say: Say, register: Register, sentence: str) -> None:
    assert not say(sentence, register=register)
