"""Every rule carries its own proof."""

import ast
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines import words as w
from commitments.engine.deadlines.rules import Rule, reasons, rules, why
from commitments.engine.types import ExpressionKind

CALENDAR = calendars.load()
HERE = Path(__file__).parent
# A name in the code that is compared with and not told, and the answer that leaves words out.
NO_RULES = {"zittingsjaar", "nothing"}


@pytest.mark.parametrize("rule", rules().values(), ids=lambda rule: rule.name)
def test_a_rule_has_examples_of_both_sorts_and_a_reason(rule: Rule) -> None:
    assert rule.examples
    assert rule.counter_examples
    assert rule.why.endswith(".")


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in rules().values() for example in rule.examples],
    ids=lambda value: value.name if isinstance(value, Rule) else value[1],
)
def test_a_rule_reads_its_examples(rule: Rule, example: tuple[str, str, str, str, str]) -> None:
    said, text, words, first, last = example
    found = [each for each in deadlines.read(text, date.fromisoformat(said), CALENDAR) if rule.name in each.rules]
    assert [each.text for each in found] == [words]
    assert [str(found[0].due_start or ""), str(found[0].due_end or "")] == [first, last]


@pytest.mark.parametrize(
    ("rule", "example"),
    [(rule, example) for rule in rules().values() for example in rule.counter_examples],
    ids=lambda value: value.name if isinstance(value, Rule) else value[1],
)
def test_a_rule_leaves_its_counter_examples(rule: Rule, example: tuple[str, str]) -> None:
    said, text = example
    found = deadlines.read(text, date.fromisoformat(said), CALENDAR)
    assert not [each.text for each in found if rule.name in each.rules]


def test_the_reasons_of_a_stored_rule_are_sentences() -> None:
    said = date(2025, 3, 11)
    (found,) = deadlines.read("Het rapport is klaar tegen eind juni.", said, CALENDAR)
    assert found.kind is ExpressionKind.DEADLINE
    assert reasons(found.rule) == [rules()[name].why for name in found.rules]
    assert why(found, said)[-1] == "Gezegd op 11 maart 2025: 21 juni 2025 tot en met 30 juni 2025."


def test_an_unknown_rule_gives_no_reason() -> None:
    assert reasons("no-such-rule") == []


def emitted() -> set[str]:
    """Every rule id that the code or the tables can put on an expression."""
    named = {row["rule"] for row in w.data("phrases")["phrase"]}
    named |= {row["rule"] for row in w.data("prepositions")["preposition"] if "rule" in row}
    named |= {entry.family for entry in CALENDAR.entries.values()}
    for file in Path(deadlines.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "rule":
                named |= strings(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "quiet":
                named |= strings(node.args[0])
            elif isinstance(node, ast.FunctionDef) and node.name == "rules" and file.name != "rules.py":
                for told in ast.walk(node):
                    if isinstance(told, ast.Return) and told.value is not None:
                        named |= strings(told.value)
            elif (
                isinstance(node, ast.Assign)
                and file.name != "explain.py"
                and {"named", "rules"} & {ast.unparse(each) for each in node.targets}
            ):
                named |= strings(node.value)
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Outcome":
                named |= strings(node.args[5])
    return {name for name in named if re.fullmatch(r"[a-z][a-z-]+", name)}


def strings(tree: ast.expr) -> set[str]:
    return {each.value for each in ast.walk(tree) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def test_every_rule_that_can_be_told_has_a_reason() -> None:
    found = emitted()
    assert {"night", "closing", "postcode", "soon", "by", "since"} <= found
    assert found - set(rules()) <= NO_RULES


def test_the_corpora_meet_no_rule_without_a_reason() -> None:
    for name in ("corpus.toml", "corpus_more.toml", "corpus_dated.toml", "corpus_again.toml", "corpus_spoken.toml"):
        for group in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["group"]:
            for row in group["rows"]:
                for found in deadlines.read(" ".join(map(str, row)), date(2025, 3, 11), CALENDAR):
                    assert set(found.rules) <= set(rules()), (row, found.rules)
