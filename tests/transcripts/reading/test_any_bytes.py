"""Whatever the bytes: a text with its pages, or one sentence. Never anything else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.reading import Source, UnreadableError, read

HEADS = st.sampled_from(
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"PK\x03\x04",
        b"<?xml version='1.0'?>",
        b"<html>",
        b"titel,link\n",
    ]
)


def attempt(data: bytes) -> Source | str:
    try:
        return read(data, "proef.txt")
    except UnreadableError as refused:
        return str(refused)


def read_and_check(data: bytes) -> None:
    source = attempt(data)
    if isinstance(source, str):
        assert source.startswith("proef.txt: ")
        assert "\n" not in source
        return
    assert source.text.strip()
    assert "\r" not in source.text
    assert source.page_starts[0] == 0
    assert list(source.page_starts) == sorted(set(source.page_starts))
    assert source.page_starts[-1] < len(source.text)
    assert "\n".join(line.text for line in source.lines()) == source.text


@settings(max_examples=200, deadline=None)
@given(HEADS, st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(head, data):
    read_and_check(head + data)


@settings(max_examples=200, deadline=None)
@given(HEADS, st.text(max_size=200), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]))
def test_any_text_in_any_encoding_is_read_or_refused(head, text, encoding):
    read_and_check(head + text.encode(encoding, errors="replace"))
