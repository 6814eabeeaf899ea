"""What a pattern needs is read off the pattern: where it is lacking, the pattern cannot fit."""

import gc
import re
import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.engine.statements.beginnings import Begins, Pattern, begins
from commitments.engine.statements.needs import needs, words_of
from commitments.engine.statements.patterns import compile_pattern, fold
from commitments.engine.statements.rules import FOLDER, load
from commitments.engine.types import Register

PARTS = {
    "zal": "(zal|zullen)",
    "wie": "(ik|we)",
    "doe": "(<wie> $|$ <wie>)",
    "doen": "re:(?:bouwen|meten)",
    "iets": r"re:\w+",
    "niet": r"re:(?!(?:wel|toch wel)\b)[a-zà-ÿ]{2,}t",
    "na": r"re:(?=\s+\w)",
    "diens": r"re:(?:(?:mijn|ons) (?:\w+ )?|het )dienst",
    "stuk": r"re:\w*(?:nota|plan)",
    "vrij": r"re:[a-z'-]+(?: de)?",
}
ROWS = [
    row
    for path in sorted(FOLDER.glob("*.toml"))
    for rows in tomllib.loads(path.read_text(encoding="utf-8")).values()
    if isinstance(rows, list)
    for row in rows
]
WRITTEN = [row[name] for row in ROWS for name in ("pattern", "unless") if name in row]
PATTERNS = [(compile_pattern(written, load().parts), needs(written, load().parts)) for written in WRITTEN]
FOUND = [Pattern(one if isinstance(one, str) else tuple(one), load().parts) for one in WRITTEN]
# Words that the patterns know, in an order nobody would write: many patterns fit nearly, and some do.
KNOWN = sorted(set(re.findall(r"[a-zà-ÿ-]+", " ".join(map(str, WRITTEN)))))
BUSY = "ik we zal zullen wordt worden gaan de het een dat om te er niet u en ministerraad gepland , ? :".split()


def can_fit(pattern: str, sentence: str) -> bool:
    return needs(pattern, PARTS).met(words_of(sentence), sentence)


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [
        ("dat is goed", "is dat goed", "dat is beter"),
        ("(ja|nee) hoor", "hoor, nee", "hoor, neen"),
        ("[heel] goed", "goed", "heel"),
        ("<zal> ... doen", "doen zullen", "zal dat"),
        ("<doe:leg|leggen> .. neer", "neer leggen we", "neer leggen zij"),
        ("<zal> <doen>", "meten zal", "meten wil"),
        ("<iets> werd", "werd", "wordt"),
        ("krediet*", "een kredietlijn", "geen krediedt"),
        ("*plan", "het jaarplan", "de plaan"),
        ("adviesraad-lid", "een adviesraad-lid", "een lid"),
        ("(de|het (grote|kleine) huis)", "het kleine huis", "het huis"),
        ("@<zal> gaan", "zal gaan", "wil gaan"),
    ],
)
def test_a_pattern_needs_the_words_it_cannot_do_without(pattern: str, yes: str, no: str) -> None:
    assert can_fit(pattern, yes)
    assert not can_fit(pattern, no)


@pytest.mark.parametrize(
    "pattern", ["(dus )?goed", "federale? kamer.", "<iets>", "(<iets>|goed)", "(goed [zo]|[zo])", "goed(heid)"]
)
def test_what_is_not_understood_of_a_pattern_is_not_needed(pattern: str) -> None:
    assert can_fit(pattern, "niets daarvan")


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "pattern" in row], ids=lambda row: row.get("id", row.get("kind"))
)
def test_an_example_that_fits_has_what_the_pattern_needs(row: dict) -> None:
    pattern, need = compile_pattern(row["pattern"], load().parts), needs(row["pattern"], load().parts)
    fitting = [low for low in map(fold, row["examples"]) if pattern.search(low)]
    assert fitting
    assert all(need.met(words_of(low), low) for low in fitting)


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(BUSY) | st.sampled_from(KNOWN), min_size=3, max_size=14), st.sampled_from(" -,('"))
def test_a_pattern_that_fits_has_what_it_needs(words: list[str], between: str) -> None:
    low = between.join(words)
    for pattern, need in PATTERNS:
        if pattern.search(low):
            assert need.met(words_of(low), low), pattern


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(BUSY) | st.sampled_from(KNOWN), min_size=3, max_size=20))
def test_the_rules_that_are_looked_up_are_those_whose_needs_are_met(words: list[str]) -> None:
    book, low = load(), " ".join(words)
    heard = book.hear(low)
    forms = [form for form in book.forms if not (form.dated or form.told) and Register.SPOKEN in form.registers]
    for shelf, rules in ((book.opened_by[Register.SPOKEN, False, False], forms), (book.shown_by, book.signs)):
        assert shelf.look_up(heard) == [rule for rule in rules if rule.needs.met(heard.words, low)]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("dat is goed", {"dat"}),
        ("(ja|nee [hoor]) dan", {"ja", "nee"}),
        ("[heel] goed", {"heel", "goed"}),
        ("[[zo] heel] goed", {"zo", "heel", "goed"}),
        ("<doe:leg|leggen> .. neer", {"ik", "we", "leg", "leggen"}),
        ("@<zal> gaan", {"zal", "zullen"}),
        ("adviesraad-lid", {"adviesraad"}),
        ("(een|twee)<na> dus", {"een", "twee"}),
        ("<diens> raad", {"mijn", "ons", "het"}),
    ],
)
def test_a_pattern_begins_with_its_first_words(pattern: str, words: set[str]) -> None:
    assert begins(pattern, PARTS) == Begins(frozenset(words))


@pytest.mark.parametrize(
    ("pattern", "letters"),
    [
        ("stam* goed", {"stam"}),
        ("*plan", {"plan"}),
        ("(*plannen|nota*)", {"plannen", "nota"}),
        ("<stuk>", {"nota", "plan"}),
    ],
)
def test_a_pattern_begins_with_a_word_that_holds_its_letters(pattern: str, letters: set[str]) -> None:
    assert begins(pattern, PARTS) == Begins(letters=frozenset(letters))


@pytest.mark.parametrize(
    ("pattern", "after"),
    [("<iets> goed", {"goed"}), ("<iets> [heel] <zal>", {"heel", "zal", "zullen"}), ("(<iets>|<niet>) goed", {"goed"})],
)
def test_a_pattern_begins_with_any_word_before_one_it_names(pattern: str, after: set[str]) -> None:
    assert begins(pattern, PARTS) == Begins(before=Begins(frozenset(after)))


@pytest.mark.parametrize(
    "pattern",
    ["st* goed", "goed(heid) dus", "<iets>", "<iets> <iets> goed", "[zo]", "(goed|[zo])", "goed? zo", "<vrij>"],
)
def test_where_a_pattern_begins_that_is_not_understood_is_not_told(pattern: str) -> None:
    assert begins(pattern, PARTS) is None


@settings(deadline=None, max_examples=100)
@given(st.lists(st.sampled_from(BUSY) | st.sampled_from(KNOWN), min_size=3, max_size=14), st.integers(0, 30))
def test_a_pattern_is_found_where_its_regular_expression_finds_it(words: list[str], start: int) -> None:
    low = " ".join(words)
    heard = load().hear(low)
    for pattern in FOUND:
        one, other = heard.search(pattern, start), pattern.search(low, start)
        assert (one and one.span()) == (other and other.span()), pattern.written


def test_the_garbage_collector_is_back_after_compiling_and_stays_away_where_it_was() -> None:
    compile_pattern("nog (een|twee)", {})
    assert gc.isenabled()
    gc.disable()
    try:
        compile_pattern("nog (een|twee)", {})
        assert not gc.isenabled()
    finally:
        gc.enable()
