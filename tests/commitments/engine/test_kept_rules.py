"""What was read of the rules is kept from one process to the next, until a rule or the code that reads it changes."""

import re
from pathlib import Path

import pytest

from commitments.engine import kept_rules
from commitments.engine.statements.rules import FOLDER, Book, load, read_book


@pytest.fixture
def sources(tmp_path: Path) -> list[Path]:
    rules, module = tmp_path / "rules.toml", tmp_path / "reads.py"
    rules.write_text("a = 1")
    module.write_text("pass")
    return [rules, module]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "deeper" / "kept.rules"
    monkeypatch.setattr(kept_rules, "place", lambda *_: path)
    monkeypatch.setattr(kept_rules, "at_the_end", lambda keep: None)
    monkeypatch.setattr(kept_rules, "_new", {})
    return path


def kept(sources: list[Path], what: object) -> object:
    """Read these sources as another process would, in which `what` would come of them, and keep that."""
    told = kept_rules.read("kept", sources, lambda: what)
    kept_rules.keep()
    return told


def test_what_was_kept_is_not_read_again(sources):
    kept(sources, {"a": re.compile("één|twee")})
    assert kept(sources, "read anew") == {"a": re.compile("één|twee")}


@pytest.mark.parametrize("changed", [0, 1], ids=["a rule", "a module"])
def test_what_changed_is_read_anew(changed, sources):
    kept(sources, "before")
    sources[changed].write_text("a = 2")
    assert kept(sources, "after") == "after"
    assert kept(sources, "again") == "after"


def test_a_rule_file_more_or_less_is_a_change(sources):
    kept(sources, "before")
    assert kept([*sources, sources[0]], "after") == "after"


@pytest.mark.parametrize(
    "harm", [lambda data: data[:-5], lambda data: b"", lambda data: data[:-1] + bytes([data[-1] ^ 1])]
)
def test_a_file_that_is_not_whole_is_read_over(harm, sources, place):
    kept(sources, "before")
    place.write_bytes(harm(place.read_bytes()))
    assert kept(sources, "after") == "after"
    assert kept(sources, "again") == "after"


def test_a_file_that_names_what_is_not_there_is_read_over(sources, place):
    kept(sources, Gone())
    del globals()["Gone"]
    assert kept(sources, "after") == "after"


class Gone:
    """A class of another version of the code."""


def test_where_the_modules_are_not_there_as_text_nothing_is_kept(sources, place):
    assert kept(sources[:1], "before") == "before"
    assert not place.exists()


def test_a_folder_that_cannot_be_written_is_told(sources, place):
    place.parent.write_text("in its way")
    kept_rules.read("kept", sources, lambda: "before")
    with pytest.raises(OSError, match=place.parent.name):
        kept_rules.keep()


def test_the_rules_are_the_same_when_they_were_kept(sources):
    book = read_book(FOLDER)
    kept(sources, book)
    again = kept(sources, None)
    assert isinstance(again, Book)
    assert said(again) == said(book)
    assert again.weights == book.weights
    assert [rule.needs for rule in again.rules()] == [rule.needs for rule in book.rules()]
    assert again.dropped == book.dropped


def said(book: Book) -> list[object]:
    patterns = list(book.patterns())
    assert len(patterns) > 500
    return [(one.written, one.expression, one.begins) for one in patterns]


def test_every_kept_rule_is_compiled_as_it_is_written():
    signs = [sign.pattern for sign in load().signs]
    assert all(re.compile(one.expression) == one.regex for one in signs)
