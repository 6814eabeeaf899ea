"""The labels point at what was labelled, and keep to their own form."""

import hashlib

from tests.labels.loading import load, speeches, text_of


def test_a_label_points_at_the_words_that_were_labelled() -> None:
    for label in load():
        assert hashlib.sha256(text_of(label).encode()).hexdigest() == label.sha256, label


def test_a_label_stands_in_a_turn_of_the_minister_on_its_day() -> None:
    months = {2: "februari"}
    for label in load():
        row = speeches(label.file)[label.row]
        assert row["spreker"].startswith("Minister "), label
        assert row["speech_link"].endswith("/{}/verslag/{}".format(*label.doc.split("-"))), label
        assert f" {label.said_on.day} {months[label.said_on.month]} {label.said_on.year}" in row["datum"], label


def test_the_words_of_a_deadline_stand_in_the_turn() -> None:
    for label in load():
        if label.due_at:
            start, end = label.due_at
            text = speeches(label.file)[label.row]["sprekertekst"]
            assert 0 <= start < end <= len(text), label
            assert text[start:end].strip() == text[start:end], label


def test_a_deadline_spoken_begins_before_it_ends() -> None:
    for label in load():
        assert label.due_end in label.due_any
        if label.due_start and label.due_end:
            assert label.due_start <= label.due_end, label
        if label.due_end:
            assert label.due_at, label


def test_no_turn_is_labelled_twice() -> None:
    assert {label.tier for label in load()} == {"core", "optional"}
    spans = [(label.file, label.row, label.start) for label in load()]
    assert len(spans) == len(set(spans))
    files: dict[str, set[str]] = {label.doc: set() for label in load()}
    for label in load():
        files[label.doc].add(label.file)
    assert all(len(of) == 1 for of in files.values())
