"""What readers, parsers and the importer tell: by a code, and in the language of whoever reads it."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from tests import papers
from transcripts.messages import Message, Sentence, from_json
from transcripts.models import Document
from transcripts.services import import_paper
from transcripts.wording import worded

ROOT = Path(__file__).resolve().parent.parent.parent / "transcripts"
PLACES = re.compile(r"%\((\w+)\)[sd]")
NUMBERS = ("page", "limit", "most", "all", "count", "line", "row", "number")


def filled(sentence: Sentence, number: int = 2) -> Message:
    """The sentence with something in every place."""
    places = sentence.template.places | ({"number"} if sentence.template.many else set())
    params: dict = {name: number if name in NUMBERS else f"<{name}>" for name in places}
    if "%(line)s" in sentence.template.one:
        params["line"] = "12"
    params |= {name: "verslag" for name in ("kind", "other_kind") if name in params}
    params |= {"either": ("An", "Bo", "Cas")} if "either" in params else {}
    return sentence(**params)


@pytest.mark.parametrize("sentence", Sentence, ids=lambda one: one.name)
def test_every_sentence_is_worded_in_dutch_with_all_that_is_filled_in(sentence):
    for number in (1, 2):
        message = filled(sentence, number)
        with translation.override("nl"):
            dutch = worded(message)
        assert dutch != message
        assert "%" not in dutch.replace("100%", "")
        for name, value in message.params.items():
            if isinstance(value, str) and value.startswith("<"):
                assert value in dutch, name
        with translation.override("en"):
            assert worded(message) == (message if "kind" not in message.params else worded(message))


@pytest.mark.parametrize("sentence", Sentence, ids=lambda one: one.name)
def test_every_sentence_comes_back_from_where_it_was_kept(sentence):
    message = filled(sentence)
    again = from_json(message.as_json())
    assert isinstance(again, Message)
    assert (again, again.sentence, again.params) == (message, sentence, message.params)


def test_one_and_several_are_told_apart():
    one, more = (Sentence.PROVISIONAL(number=number) for number in (1, 7))
    assert ("1 turn is" in one, "7 turns are" in more) == (True, True)


def test_a_sentence_is_not_made_without_what_is_filled_in_or_with_something_else():
    with pytest.raises(ValueError, match="NO_SUCH_FILE"):
        Sentence.NO_SUCH_FILE(name="x")
    with pytest.raises(ValueError, match="TOO_LARGE"):
        Sentence.TOO_LARGE()


def test_days_lists_and_sentences_within_are_said_in_the_reader_s_language():
    inner = Sentence.XML_DAMAGED_AT(line=3)
    beside = from_json(Sentence.NOT_READ_ALONG(name="lijst.xml", reason=inner).as_json())
    day = from_json(Sentence.OTHER_DATE_PRINTED(day=date(2026, 3, 12)).as_json())
    either = from_json(Sentence.SURNAME_OF_SEVERAL(name="Maes", either=("An Maes", "Bo Maes")).as_json())
    assert "2026-03-12" in day
    assert "An Maes or Bo Maes" in either
    with translation.override("nl"):
        assert worded(inner) in worded(beside)
        assert "12 maart 2026" in worded(day)
        assert "An Maes of Bo Maes" in worded(either)


@pytest.mark.parametrize(
    "kept", ["Page 3: a line.", {"code": "GONE", "params": {}}, {"code": "EMPTY", "params": {"a": 1}}]
)
def test_what_was_kept_before_or_cannot_be_understood_is_shown_as_it_is(kept):
    assert worded(from_json(kept)) == str(kept)


@pytest.mark.django_db
def test_the_warnings_of_a_document_are_kept_by_code_and_shown_in_the_reader_s_language():
    import_paper(paper=papers.paper((papers.minister("", "Antwoord"), "Het plan komt."), questions=()))
    document = Document.objects.get()
    assert [kept["code"] for kept in document.warnings] == ["SPEAKER_UNKNOWN"]
    with translation.override("nl"):
        (dutch,) = document.warnings_in_words
    with translation.override("en"):
        (english,) = document.warnings_in_words
    assert dutch != english == document.told[0]
    assert "“Antwoord”" in dutch


def test_no_refusal_is_made_of_loose_words():
    """They would be shown in English whoever reads them."""
    for path in [
        *ROOT.glob("reading/*.py"),
        *ROOT.glob("parsing/*.py"),
        *ROOT.glob("services/*.py"),
        ROOT / "papers.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("UnreadableError", "NotAVersionError"):
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), (path, node.lineno)
