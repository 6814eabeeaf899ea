"""Nothing disappears: whatever the text, every character of it is accounted for, once."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.parsing.conftest import CORPUS_LIKE
from transcripts.parsing import parse
from transcripts.parsing.transcript import DocumentKind, Reason, Transcript
from transcripts.reading.source import Source
from transcripts.reading.text import find_pages

LINES = CORPUS_LIKE.split("\n")
KINDS = st.sampled_from(list(DocumentKind))


def check(text: str, transcript: Transcript) -> None:
    at = 0
    for run in transcript.account:
        assert run.start == at < run.end
        at = run.end
    assert at == len(text)
    spoken = bytearray(len(text))
    mapped = bytearray(len(text))
    for turn in transcript.turns():
        assert 0 <= turn.start <= turn.end <= len(text)
        for offset in range(turn.start, turn.end):
            spoken[offset] += 1
        here = there = 0
        for a, b, length in turn.passage.pieces:
            assert length > 0
            assert a >= here
            assert b >= there
            assert turn.text[a : a + length] == text[b : b + length]
            here, there = a + length, b + length
            for offset in range(b, b + length):
                mapped[offset] += 1
    assert max(spoken, default=0) <= 1
    assert max(mapped, default=0) <= 1
    for run in transcript.account:
        for offset in range(run.start, run.end):
            sign = text[offset]
            if run.reason is Reason.SPEECH and not sign.isspace():
                assert spoken[offset] == 1
                assert mapped[offset] == 1 or sign in "-‐\u00ad"
            elif run.reason is not Reason.SPEECH:
                assert not mapped[offset] or sign.isspace()
            if run.reason is Reason.BLANK:
                assert sign.isspace()


def read_and_check(text: str, kind: DocumentKind) -> None:
    source = Source(text, "text", page_starts=find_pages(text))
    check(text, parse(source, kind=kind, said_on=date(2024, 3, 12), minister="Jo Claes"))


@settings(max_examples=150, deadline=None)
@given(st.text(), KINDS)
def test_every_character_of_any_text_is_accounted_for(text, kind):
    read_and_check(text, kind)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="1aZ -–:.?()\n•/\u00ad’"), KINDS)
def test_every_character_of_a_text_of_signs_is_accounted_for(text, kind):
    read_and_check(text, kind)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=40), KINDS)
def test_every_character_of_shuffled_lines_is_accounted_for(lines, kind):
    read_and_check("\n".join(lines), kind)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(CORPUS_LIKE)), st.integers(0, 600)), max_size=6), KINDS)
def test_every_character_of_pieces_cut_anywhere_is_accounted_for(cuts, kind):
    read_and_check("".join(CORPUS_LIKE[start : start + length] for start, length in cuts), kind)


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_the_whole_sample_is_accounted_for(kind):
    read_and_check(CORPUS_LIKE, kind)


@pytest.mark.parametrize("kind", list(DocumentKind))
@pytest.mark.parametrize(
    "text",
    [
        "1 , 1 , ",
        "1. a?\n",
        "(",
        "( A ",
        "ab-\n",
        "VRAAG OM UITLEG van A\n",
        "An De Wit (Groen): x\n",
        "\f x\n",
        "1 ",
        "Ja. (Applaus)\n",
        "De voorzitter: Ja.\n\n– De vergadering wordt hervat.\n\nJa.\n",
    ],
)
def test_a_text_that_repeats_itself_without_end_is_read_in_its_turn(text, kind):
    read_and_check(text * (20_000 // len(text)), kind)
