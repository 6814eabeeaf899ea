"""Plain text: the encodings that occur, line ends, pages."""

import pytest

from transcripts.reading import UnreadableError, read

WORDS = "Vlaamse één café’s “in” 2024 – goed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_encodings_that_say_what_they_are_are_read_without_a_word(encoding):
    source = read(WORDS.encode(encoding), "a.txt")
    assert (source.text, source.warnings, source.reader) == (WORDS, (), "text")


def test_big_endian_utf_16_is_read_by_its_mark():
    assert read(b"\xfe\xff" + WORDS.encode("utf-16-be"), "a.txt").text == WORDS


def test_a_doubled_mark_goes():
    assert read(b"\xef\xbb\xbf\xef\xbb\xbf" + WORDS.encode(), "a.txt").text == WORDS


def test_windows_1252_is_read_with_a_warning():
    source = read(WORDS.encode("cp1252"), "a.txt")
    assert source.text == WORDS
    assert "Windows-1252" in source.warnings[0]


def test_utf_8_that_was_read_as_windows_1252_is_repaired_with_a_warning():
    broken = "Vlaamse één café’s – zoë".encode().decode("cp1252")
    source = read(broken.encode(), "a.txt")
    assert source.text == "Vlaamse één café’s – zoë"
    assert "repaired" in source.warnings[0]


def test_it_is_repaired_twice_where_it_was_done_twice():
    broken = "één café’s".encode().decode("cp1252").encode().decode("cp1252")
    assert read(broken.encode(), "a.txt").text == "één café’s"


def test_accents_that_are_right_stay():
    source = read("Ã is een letter, café ook.".encode(), "a.txt")
    assert (source.text, source.warnings) == ("Ã is een letter, café ook.", ())


def test_a_few_damaged_characters_are_shown_and_told():
    source = read("é".encode() * 40 + b"\xc3", "a.txt")
    assert source.text == "é" * 40 + "\ufffd"
    assert "damaged" in source.warnings[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\u2028", "\u2029"])
def test_every_line_end_becomes_a_line_feed(end):
    assert read(f"een{end}twee{end}{end}drie".encode(), "a.txt").text == "een\ntwee\n\ndrie"


def test_pages_begin_after_a_form_feed_and_at_a_line_that_begins_with_one_space():
    text = "een\n" * 12 + " twee\ndrie\n\fvier\n"
    source = read(text.encode(), "a.txt")
    begins = [source.text[at:].split()[0] for at in source.page_starts]
    assert begins == ["een", "twee", "vier"]
    assert source.page_at(source.text.index("twee")) == 2
    assert source.page_at(source.text.index("vier")) == 3


def test_lines_that_all_begin_with_a_space_are_no_pages():
    assert read(b" een\n twee\n drie\n" * 20, "a.txt").page_starts == (0,)


def test_two_spaces_begin_no_page():
    assert read(b"een\n  twee\ndrie\n", "a.txt").page_starts == (0,)


def test_lines_cover_the_text():
    source = read(b"een\n\ntwee\n", "a.txt")
    assert [(line.text, line.start, line.end) for line in source.lines()] == [
        ("een", 0, 3),
        ("", 4, 4),
        ("twee", 5, 9),
        ("", 10, 10),
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        (b"\xef\xbb\xbf \n", "no text"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0 JFIF", "picture"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (b"PK\x03\x04 photo.jpg", "archive"),
        (b"\x1f\x8b\x08", "archive"),
        (b"\x7fELF\x02", "program"),
        (b"{\\rtf1 hallo}", "RTF"),
        (b"ID3\x04", "recording"),
        (bytes(range(1, 32)) * 20, "not text"),
        (b"een\0twee" * 30, "not text"),
        ("Vraag om uitleg ".encode("utf-16-le") * 20, "UTF-16"),
        (b"\xff\xfea\x00b", "damaged"),
    ],
)
def test_what_cannot_be_read_is_refused_with_one_sentence_that_says_what_to_do(data, words):
    with pytest.raises(UnreadableError) as refused:
        read(data, "c1.txt")
    sentence = str(refused.value)
    assert sentence.startswith("c1.txt: ")
    assert words in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_the_name_of_a_file_says_nothing_about_its_content():
    assert read(WORDS.encode(), "foto.png").text == WORDS
    with pytest.raises(UnreadableError, match="picture"):
        read(b"\x89PNG\r\n\x1a\n" + WORDS.encode(), "verslag.txt")


def test_more_text_than_one_document_can_hold_is_refused(monkeypatch):
    monkeypatch.setattr("transcripts.reading.refusals.MOST_LINES", 3)
    assert read(b"een\ntwee\ndrie\nvier", "a.txt").text.endswith("vier")
    with pytest.raises(UnreadableError, match="split it"):
        read(b"een\ntwee\ndrie\nvier\n", "a.txt")
    monkeypatch.setattr("transcripts.reading.refusals.MOST_CHARACTERS", 10)
    with pytest.raises(UnreadableError, match="split it"):
        read(b"een twee drie", "a.txt")
    monkeypatch.setattr("transcripts.reading.refusals.LARGEST", 10)
    with pytest.raises(UnreadableError, match="larger than"):
        read(b"een twee drie", "a.txt")
