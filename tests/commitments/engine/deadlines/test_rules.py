"""Every rule carries its own proof."""

from datetime import date

import pytest

from commitments.engine import calendars, deadlines
from commitments.engine.deadlines.rules import Rule, reasons, rules, why
from commitments.engine.types import ExpressionKind

CALENDAR = calendars.load()


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
