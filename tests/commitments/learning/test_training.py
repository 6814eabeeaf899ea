"""Training moves what the labels speak about, keeps the rest, and writes down what it came to."""

import tomllib
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from commitments.engine.statements import rules
from commitments.engine.statements.weights import Weights
from commitments.engine.types import CommitmentKind, Register, Side, Turn
from commitments.learning import weights_file
from commitments.learning.labels import Label, LabelledDocument, LabelledSet, read_sets
from commitments.learning.measuring import measure, total
from commitments.learning.training import Lesson, propose_all, train

MANIFEST = Path(__file__).parents[2] / "labels" / "sets.toml"
SAID_ON = date(2031, 3, 4)


@cache
def samples() -> LabelledSet:
    return next(one for one in read_sets(MANIFEST) if one.name == "samples")


@cache
def lesson() -> Lesson:
    return train(samples().documents, weights_file.start(), rules.load())


def document(name: str, said: list[str], labels: list[str]) -> LabelledDocument:
    turns = tuple(Turn(text, "Liesbet Verhaeren", Side.GOVERNMENT) for text in said)
    found = tuple(Label(text, "core", CommitmentKind.ACT, (None,)) for text in labels)
    return LabelledDocument(name, Register.SPOKEN, SAID_ON, (turns,), found)


def written(learned: Lesson) -> str:
    return weights_file.written(learned, [samples()], weights_file.start(), on=SAID_ON)


def test_the_same_documents_give_the_same_file_to_the_byte() -> None:
    again = train(samples().documents, weights_file.start(), rules.load())
    assert written(again) == written(lesson())


def test_the_weights_in_use_make_no_difference_to_what_is_learned() -> None:
    book = rules.load()
    other = book.weighed(replace(book.weights, rules={"ik-zal": -3.0, "ik-doe": 5.0}, threshold=0.9))
    again = train(samples().documents, weights_file.start(), other)
    assert again.weights == lesson().weights
    assert again.before != lesson().before


def test_what_is_learned_is_measured_on_every_document_with_and_without_it() -> None:
    names = {one.name for one in samples().documents}
    assert set(lesson().before) == set(lesson().after) == set(lesson().left_out) == names
    assert total(lesson().after.values()).recall.of == total(lesson().left_out.values()).recall.of


def test_a_cue_that_is_always_wrong_in_the_labels_loses_weight() -> None:
    wrong = [
        f"Ik zal de regeling voor gemeente {name} aanpassen." for name in ("Aalst", "Brugge", "Gent", "Halle")
    ] * 10
    right = [f"Wij bezorgen u het rapport over {name}." for name in ("water", "lucht", "bodem", "geluid")] * 10
    documents = [document(str(at), wrong[at::4] + right[at::4], right[at::4]) for at in range(4)]
    learned = train(documents, weights_file.start(), rules.load()).weights
    (cue,) = (rule for rule in rules.load().written if rule.id == "ik-zal")
    assert learned.rules[cue.id] < cue.weight - 0.05
    book = rules.load().weighed(learned)
    assert {one.quote for document in documents for one in propose_all(document, book)} <= set(right)


def test_training_on_nothing_but_promises_is_refused() -> None:
    quote = "Ik zal de regeling aanpassen."
    with pytest.raises(ValueError, match="sentences that do not"):
        train([document("a", [quote], [quote])], weights_file.start(), rules.load())


def test_the_file_that_is_written_gives_the_learned_book_when_it_is_read() -> None:
    rows = tomllib.loads(written(lesson()))
    read = Weights.from_rows(rows)
    assert rows["learned"]["on"] == SAID_ON
    assert rows["learned"]["labelled"] == ["samples: 5 documents, 107 core, 23 optional"]
    assert read == lesson().weights


def test_weights_change_no_rule_but_what_it_is_worth() -> None:
    book = rules.load()
    other = book.weighed(lesson().weights)
    assert [rule.id for rule in other.forms] == [rule.id for rule in book.forms]
    assert [rule.pattern for rule in other.signs] == [rule.pattern for rule in book.signs]
    assert {rule.id: other.worth(rule) for rule in other.written if rule.id in lesson().weights.rules} == {
        name: weight for name, weight in lesson().weights.rules.items() if name in {rule.id for rule in book.written}
    }


def test_a_rule_that_no_document_shows_is_not_named_and_keeps_the_weight_that_stands_with_it() -> None:
    quote, other = "Wij bezorgen u het rapport.", "Ik zal de regeling aanpassen."
    documents = [document(str(at), [quote, other], [quote]) for at in range(3)]
    learned = train(documents, weights_file.start(), rules.load()).weights
    assert set(learned.rules) < {rule.id for rule in rules.load().rules()} | set(rules.load().properties)
    (unseen,) = (rule for rule in rules.load().signs if rule.id == "ontkenning")
    assert unseen.id not in learned.rules
    assert rules.load().weighed(learned).worth(unseen) == unseen.weight


def test_what_the_lists_of_sentences_say_is_learned_until_it_is_read_so() -> None:
    sets = {one.name: one.documents for one in read_sets(MANIFEST)}
    lists = sets["sentences"]

    def wrong(learned: Lesson) -> int:
        book = rules.load().weighed(learned.weights)
        found = total(measure(one, propose_all(one, book)) for one in lists)
        return len(found.missed) + len(found.alarms)

    before = wrong(lesson())
    assert before > 0
    assert wrong(train([*samples().documents, *lists], weights_file.start(), rules.load())) < before


def test_a_document_kept_back_counts_more_and_is_told_apart_where_confidence_is_counted() -> None:
    said, quotes = ["Ik zal de regeling aanpassen.", "Wij bezorgen u het rapport."], ["Wij bezorgen u het rapport."]
    others = [document(str(at), said, quotes) for at in range(3)]
    kept = [replace(one, mended=False) for one in others]
    form = "ik-zal"
    plain = train(others, weights_file.start(), rules.load()).weights.rules[form]
    learned = train(kept, weights_file.start(), rules.load())
    assert learned.weights.rules[form] < plain
    assert {one.mended for one in learned.said} == {False}
