"""Every rule carries its own proof."""

import pytest

from commitments.engine.statements.needs import words_of
from commitments.engine.statements.patterns import PatternError, compile_pattern, fold
from commitments.engine.statements.rules import KindRule, Rule, load

RULES = load().rules()
KINDS = load().kinds


def fires(rule: Rule, sentence: str) -> bool:
    low = fold(sentence)
    if rule.when and not rule.when & words_of(low):
        return False
    return bool(rule.pattern and rule.pattern.search(low) and not (rule.unless and rule.unless.search(low)))


@pytest.mark.parametrize(("rule", "sentence"), [(r, s) for r in RULES for s in r.examples], ids=lambda x: str(x)[:40])
def test_a_rule_fires_on_its_examples(rule: Rule, sentence: str) -> None:
    assert fires(rule, sentence)


@pytest.mark.parametrize(
    ("rule", "sentence"), [(r, s) for r in RULES for s in r.counter_examples], ids=lambda x: str(x)[:40]
)
def test_a_rule_is_silent_on_its_counter_examples(rule: Rule, sentence: str) -> None:
    assert not fires(rule, sentence)


@pytest.mark.parametrize("rule", [*RULES, *KINDS], ids=lambda r: r.id if isinstance(r, Rule) else r.kind)
def test_no_rule_stands_without_both_kinds_of_example(rule: Rule | KindRule) -> None:
    assert rule.examples
    assert rule.counter_examples


@pytest.mark.parametrize("rule", KINDS, ids=lambda r: r.kind)
def test_a_kind_is_told_by_its_examples(rule: KindRule) -> None:
    assert all(rule.pattern.search(fold(s)) for s in rule.examples)
    assert not any(rule.pattern.search(fold(s)) for s in rule.counter_examples)


def test_an_id_is_given_once() -> None:
    ids = [rule.id for rule in RULES] + list(load().properties)
    assert sorted(ids) == sorted(set(ids))


def test_a_rule_that_names_forms_names_forms_that_exist() -> None:
    forms = {form.id for form in load().forms}
    for rule in [*RULES, *load().properties.values()]:
        assert rule.only | rule.spares <= forms, rule.id


def test_the_trigger_words_of_a_rule_are_lower_case_words() -> None:
    for rule in RULES:
        assert all(words_of(word) == {word} for word in rule.when), rule.id


def test_a_pattern_that_names_an_unknown_part_is_refused() -> None:
    with pytest.raises(PatternError, match="<nergens>"):
        compile_pattern("dat is <nergens>", {})


def test_a_part_that_names_itself_is_refused() -> None:
    with pytest.raises(PatternError, match="circle"):
        compile_pattern("<a>", {"a": "<b>", "b": "<a>"})


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("[heel] goed", "dat is heel goed", "dat is goedkoop"),
        ("(ja|nee) hoor", "nee hoor", "neen hoor"),
        ("onderzoek*", "een onderzoeksnota", "een heronderzoek"),
        ("zal .. doen", "zal dat nu doen", "zal dat nu in de stad toch doen"),
        ("zal .... doen", "zal dat doen", "zal, zegt hij, doen"),
        ("<doe:neem> ... mee", "neem ik dat mee", "hij neemt dat mee"),
    ],
)
def test_the_notation_of_patterns(pattern: str, yes: str, no: str) -> None:
    compiled = compile_pattern(pattern, load().parts)
    assert compiled.search(yes)
    assert not compiled.search(no)


def test_folding_keeps_every_character_in_its_place() -> None:
    text = "İk ‘zal’ “dat” é\xa0doen\nẞ"
    assert len(fold(text)) == len(text)
