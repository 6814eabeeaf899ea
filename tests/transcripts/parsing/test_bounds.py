"""A paper that holds more than a hundred reports do is refused, however short its turns are."""

from datetime import date

import pytest

from transcripts.parsing import parse
from transcripts.parsing.transcript import DocumentKind, Transcript
from transcripts.reading import UnreadableError, read

TURN = "An Peeters (Groen): Ja.\n\nMinister Jo Claes: Neen.\n\n"
TOLD = "De heer Maes vraagt het.\n\nMinister Jo Claes antwoordt dat het kan.\n\n"
PAGE = "De voorzitter\nMevrouw Maes heeft het woord.\nRita Maes\nJa.\n"


def parsed(text: str, kind: DocumentKind = DocumentKind.REPORT) -> Transcript:
    return parse(read(text.encode(), "c1.txt"), kind=kind, said_on=date(2024, 3, 12), minister="Jo Claes")


def numbered(kind: DocumentKind, count: int) -> str:
    if kind is DocumentKind.POLICY_NOTE:
        return "Beleidsnota\n\n" + "".join(f"{at}. Doel\n\nIk zal het doen.\n\n" for at in range(1, count + 1))
    asked = "".join(f"{at}. Komt het?\n\n" for at in range(1, count + 1))
    return f"{asked}ANTWOORD\n\n" + "".join(f"{at}. Ja, dat komt.\n\n" for at in range(1, count + 1))


@pytest.mark.parametrize("text", [TURN * 3, "Verslag namens de Commissie voor Mobiliteit\n\n" + TOLD * 3, PAGE * 3])
def test_more_turns_than_any_report_has_are_refused(monkeypatch, text):
    turns = len(parsed(text).turns())
    assert turns >= 5
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_TURNS", turns)
    assert len(parsed(text).turns()) == turns
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_TURNS", turns - 1)
    with pytest.raises(UnreadableError, match="more turns"):
        parsed(text)


def test_notes_in_the_turns_count_as_turns_do(monkeypatch):
    text = TURN + "An Peeters (Groen): Ja. (Applaus) Zeker.\n\n"
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_TURNS", 4)
    assert [len(turn.notes) for turn in parsed(text).turns()] == [0, 0, 1]
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_TURNS", 3)
    with pytest.raises(UnreadableError, match="more turns"):
        parsed(text)


@pytest.mark.parametrize("kind", [DocumentKind.WRITTEN_QUESTION, DocumentKind.POLICY_NOTE])
def test_more_sections_than_any_paper_has_are_refused(monkeypatch, kind):
    text = numbered(kind, 8)
    turns = len(parsed(text, kind).turns())
    assert turns >= 8
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_TURNS", turns - 1)
    with pytest.raises(UnreadableError, match="more turns"):
        parsed(text, kind)


def test_more_questions_than_any_agenda_has_are_refused(monkeypatch):
    text = TURN + "".join(f"VRAAG OM UITLEG van A B aan C D over e\n– {at} (2023-2024)\n" for at in range(4))
    assert sum(len(item.questions) for item in parsed(text).items) == 4
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_ITEMS", 3)
    with pytest.raises(UnreadableError, match="agenda items"):
        parsed(text)


def test_more_people_than_a_parliament_has_are_refused(monkeypatch):
    monkeypatch.setattr("transcripts.parsing.bounds.MOST_PEOPLE", 2)
    assert len(parsed(TURN * 3).turns()) == 6
    with pytest.raises(UnreadableError, match="people"):
        parsed(f"{TURN}Bo Wit (Groen): Ja.\n")
