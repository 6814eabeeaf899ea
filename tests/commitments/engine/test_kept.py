"""Compiled expressions are kept from one process to the next, and are the same as those that are compiled anew."""

import os
import re
import subprocess
import sys
import zlib
from importlib import import_module
from pathlib import Path

import pytest

from commitments.engine import kept
from commitments.engine.kept import Kept
from commitments.engine.statements.patterns import expand
from commitments.engine.statements.rules import load

EXPRESSIONS = [
    "ja",
    r"\b(?:ik|we)\s+(?P<verb>)zal(?!\w)",
    r"(?i:ÉÉN|twee)(?<=e)",
    r"(?P<a>x)(?P<b>y)?(?(a)z|q)\1",
    r"[^\W\d_]{2,5}+(?>een)*?[\U0001F600-\U0001F64F]",
    "",
]


INNER = kept._inner()
assert INNER is not None, "this Python's re is not as it is known here"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deeper" / "expressions.sre"


@pytest.fixture
def filled(path: Path) -> Path:
    first = Kept(path)
    for expression in EXPRESSIONS:
        first.compiled(expression)
    first.keep()
    return path


def without_compiling(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("it was compiled again")

    monkeypatch.setattr(kept, "_inner", lambda: INNER._replace(code=refuse))


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_was_kept_is_the_same_expression(expression: str, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_compiling(monkeypatch)
    again = Kept(filled).compiled(expression)
    anew = re.compile(expression)
    assert again == anew  # of the same numbers for the engine
    assert (again.pattern, again.groupindex, again.groups) == (anew.pattern, anew.groupindex, anew.groups)


def test_every_rule_is_the_same_expression_when_it_was_kept(path: Path) -> None:
    book = load()
    expressions = {
        expand(rule.pattern.written, book.parts) for rule in book.signs if isinstance(rule.pattern.written, str)
    }
    first = Kept(path)
    for expression in expressions:
        first.compiled(expression)
    first.keep()
    second = Kept(path)
    assert len(expressions) > 50
    assert all(second.compiled(expression) == re.compile(expression) for expression in expressions)


def test_what_two_processes_compiled_is_kept_of_both(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Kept(filled), Kept(filled)
    one.compiled("van de ene")
    other.compiled("van de andere")
    one.keep()
    other.keep()
    without_compiling(monkeypatch)
    last = Kept(filled)
    assert all(last.compiled(one) for one in ("van de ene", "van de andere", *EXPRESSIONS))


@pytest.mark.parametrize(
    "harm",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1] + bytes([data[-1] ^ 1]),
        lambda data: b"",
        lambda data: b"no such thing",
        lambda data: data.replace(sys.version.encode(), sys.version.encode().upper()),
    ],
    ids=["cut off", "a bit turned", "empty", "something else", "of another Python"],
)
def test_a_file_that_is_not_whole_or_not_of_this_python_is_compiled_over(harm, filled: Path) -> None:
    filled.write_bytes(harm(filled.read_bytes()))
    again = Kept(filled)
    assert again.compiled("ja") == re.compile("ja")
    again.keep()
    assert Kept(filled).compiled("ja") == re.compile("ja")


def test_numbers_that_make_no_expression_are_compiled_over(filled: Path) -> None:
    data = filled.read_bytes()
    code = Kept(filled)._compiled("ja").code
    assert code in data
    body = data[4:].replace(code, b"\xff" * len(code))
    filled.write_bytes(zlib.crc32(body).to_bytes(4, "big") + body)
    assert Kept(filled).compiled("ja") == re.compile("ja")


def test_an_expression_that_cannot_be_read_is_refused_as_ever(path: Path) -> None:
    with pytest.raises(re.error, match="unterminated"):
        Kept(path).compiled("(ja")


def test_where_python_has_other_inner_functions_an_expression_is_compiled(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_inner", lambda: None)
    silent = Kept(path)
    assert silent.compiled("ja") == re.compile("ja")
    silent.keep()
    assert not path.exists()
    monkeypatch.setattr(kept, "_inner", lambda: INNER._replace(code=lambda *_: ["no number"]))
    assert Kept(path).compiled("ja") == re.compile("ja")


def test_inner_functions_that_are_lacking_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(import_module("re._compiler"), "_code")
    assert kept._inner.__wrapped__() is None


def test_a_file_that_grew_too_long_begins_anew_with_what_is_needed(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.stat().st_size
    monkeypatch.setattr(kept, "_MOST", 1)
    later = Kept(filled)
    later.compiled("ja")
    later.compiled("nieuw")
    later.keep()
    assert filled.stat().st_size < before
    without_compiling(monkeypatch)
    assert Kept(filled).compiled("nieuw") == re.compile("nieuw")


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    barred = Kept(tmp_path / "file" / "expressions.sre")
    assert barred.compiled("ja") == re.compile("ja")
    with pytest.raises(OSError, match="file"):
        barred.keep()
    kept._keep(barred.keep)


def test_a_process_keeps_at_its_end_what_it_compiled(tmp_path: Path) -> None:
    said = "from commitments.engine import kept; kept.compiled('ja'); print(kept.place())"
    ran = subprocess.run(  # noqa: S603  (this interpreter, a line of ours)
        [sys.executable, "-c", said],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path)},
    )  # fmt: skip
    path = Path(ran.stdout.strip())
    assert path.is_relative_to(tmp_path)
    assert Kept(path).compiled("ja") == re.compile("ja")
    assert [one.name for one in path.parent.iterdir()] == [path.name]
