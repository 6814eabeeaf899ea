"""Training moves what the labels speak about, keeps the rest, and writes down what it came to."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from commitments.engine.statements import rules
from commitments.engine.statements.weights import Weights
from commitments.engine.types import CommitmentKind, Register, Side, Turn
from commitments.learning import weights_file
from commitments.learning.labels import Label, LabelledDocument, LabelledSet, read_sets
from commitments.learning.measuring import total
from commitments.learning.training import Lesson, train

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


def test_the_same_documents_give_the_same_weights() -> None:
    again = train(samples().documents, weights_file.start(), rules.load())
    assert again.weights == lesson().weights


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
    assert learned.rules[cue.id] < cue.weight - 0.5


def test_training_on_nothing_but_promises_is_refused() -> None:
    quote = "Ik zal de regeling aanpassen."
    with pytest.raises(ValueError, match="sentences that do not"):
        train([document("a", [quote], [quote])], weights_file.start(), rules.load())


def test_the_file_that_is_written_gives_the_learned_book_when_it_is_read() -> None:
    text = weights_file.written(lesson(), [samples()], weights_file.start(), on=SAID_ON)
    rows = tomllib.loads(text)
    read = Weights.from_rows(rows)
    assert rows["learned"]["on"] == SAID_ON
    assert rows["learned"]["labelled"] == ["samples: 5 documents, 107 core, 23 optional"]
    assert read.threshold == lesson().weights.threshold
    for name, weight in lesson().weights.rules.items():
        assert read.rules[name] == pytest.approx(weight, abs=0.006)


def test_weights_change_no_rule_but_what_it_is_worth() -> None:
    book = rules.load()
    other = book.weighed(lesson().weights)
    assert [rule.id for rule in other.forms] == [rule.id for rule in book.forms]
    assert [rule.pattern for rule in other.signs] == [rule.pattern for rule in book.signs]
    assert all(other.worth(rule) == lesson().weights.rules[rule.id] for rule in other.written)
