"""A paper becomes rows, all of it or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError

from tests import papers
from transcripts.models import AgendaItem, Document, Mandate, Meeting, Person, PersonName, Question, Speech
from transcripts.services import import_paper, importing
from transcripts.signals import document_imported

pytestmark = pytest.mark.django_db

ROOMS = (Document, Meeting, AgendaItem, Question, Speech, Person, PersonName, Mandate)


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in ROOMS}


def test_a_paper_becomes_rows_with_every_position_and_character_accounted_for():
    paper = papers.paper()
    result = import_paper(paper=paper)
    document = result.document
    assert result.created
    assert (document.date, document.kind, document.text) == (papers.SAID_ON, "verslag", paper.source.text)
    assert document.meeting is not None
    assert (document.meeting.number, document.meeting.session) == ("C099", "2025-2026")
    assert sum(document.account.values()) == len(document.text)
    assert document.account_spans[0] == [0, document.account["heading"], "heading"]
    item = document.items.get()
    assert (item.numbers, item.chair.name) == ("101", "Griet Pauwels")
    for speech in item.speeches.all():
        start, end = speech.passage.to_source(0, len(speech.text))
        assert document.text[start:end] == speech.text
    assert [speech.party for speech in item.speeches.all()] == ["Groen", ""]


def test_the_same_bytes_under_another_name_change_nothing():
    first = import_paper(paper=papers.paper())
    before = counts()
    again = import_paper(paper=replace(papers.paper(), name="kopie.txt"))
    assert not again.created
    assert again.document == first.document
    assert counts() == before


def test_spellings_of_one_name_are_one_person():
    import_paper(paper=papers.paper((papers.minister("Koen Van den Heuvel"), "Ja."), questions=()))
    import_paper(paper=papers.paper((papers.member("Koen Vandenheuvel"), "Nee."), questions=(), number="C100"))
    assert Speech.objects.values("person").distinct().count() == 1


@pytest.mark.parametrize("mention", ["Daems", "De heer Daems", "mevrouw Daems (Groen)"])
def test_a_surname_alone_is_the_one_person_of_the_document_who_bears_it(mention):
    import_paper(paper=papers.paper((papers.member("Karim Daems"), "Ja."), (papers.member(mention), "Nee.")))
    assert list(Speech.objects.values_list("person__name", flat=True)) == ["Karim Daems", "Karim Daems"]


def test_a_surname_with_a_particle_is_still_a_surname():
    turns = [(papers.member("Wim De Loor"), "Ja."), (papers.member("De heer De Loor"), "Nee.")]
    import_paper(paper=papers.paper(*turns, questions=()))
    assert Speech.objects.values("person").distinct().count() == 1


def test_a_surname_of_two_people_is_nobody_and_is_said_so():
    turns = [(papers.member("An Peeters"), "a"), (papers.member("Bo Peeters"), "b"), (papers.member("Peeters"), "c")]
    result = import_paper(paper=papers.paper(*turns, questions=()))
    speech = Speech.objects.get(text="c")
    assert speech.person is None
    assert speech.label == "Peeters (Groen)"
    assert any("Peeters (Groen)" in warning for warning in result.warnings)


def test_a_minister_named_by_surname_throughout_is_whoever_held_office_that_day():
    import_paper(paper=papers.paper())
    later = papers.paper(
        (papers.minister("Vanrode"), "Dat volgt."), questions=(), number="C101", said_on=date(2025, 11, 4)
    )
    import_paper(paper=later)
    assert Speech.objects.get(text="Dat volgt.").person.name == "Els Vanrode"


def test_the_chair_s_turns_are_those_of_the_announced_chair():
    import_paper(paper=papers.paper((papers.chair(), "De vergadering is geopend."), questions=()))
    assert Speech.objects.get().person.name == "Griet Pauwels"


def test_turns_of_nobody_are_kept_and_told():
    result = import_paper(paper=papers.paper((papers.minister("", "Antwoord"), "Het plan komt."), questions=()))
    assert Speech.objects.get().person is None
    assert [warning for warning in result.warnings if "“Antwoord”" in warning]
    assert result.document.told == result.warnings


def test_a_minister_in_a_heading_holds_the_portfolio_from_the_first_day_known():
    import_paper(paper=papers.paper())
    mandate = Mandate.objects.get()
    assert (mandate.title, mandate.portfolio) == ("Vlaams minister", "Wonen en Energie")
    assert (mandate.start, mandate.end) == (papers.SAID_ON, None)
    assert mandate.source == "Verslag van de commissie"


def test_an_earlier_paper_lets_the_mandate_begin_earlier_and_a_later_one_confirms_it():
    import_paper(paper=papers.paper())
    for day, number in ((date(2025, 3, 4), "C050"), (date(2025, 12, 2), "C120")):
        import_paper(paper=papers.paper(said_on=day, number=number))
    assert Mandate.objects.get().start == date(2025, 3, 4)


def test_another_portfolio_is_another_mandate():
    import_paper(paper=papers.paper())
    moved = papers.question(title="viceminister-president van de Vlaamse Regering en Vlaams minister van Mobiliteit")
    import_paper(paper=papers.paper(questions=(moved,), number="C100", said_on=date(2025, 12, 2)))
    assert list(Mandate.objects.order_by("start").values_list("title", "portfolio")) == [
        ("Vlaams minister", "Wonen en Energie"),
        ("viceminister-president van de Vlaamse Regering en Vlaams minister", "Mobiliteit"),
    ]


def test_an_office_without_a_minister_in_it_is_no_mandate():
    import_paper(paper=papers.paper(questions=(papers.question(title="voorzitter van de commissie"),)))
    assert not Mandate.objects.exists()


def test_two_papers_of_one_meeting_share_it_and_complete_it():
    import_paper(paper=papers.paper(committee="", chair=""))
    import_paper(paper=papers.paper((papers.minister(), "Iets anders.")))
    meeting = Meeting.objects.get()
    assert (meeting.committee, meeting.chair.name) == ("Commissie voor Wonen", "Griet Pauwels")
    assert meeting.documents.count() == 2


def test_a_written_paper_is_of_no_meeting():
    kind = papers.DocumentKind.WRITTEN_QUESTION
    assert import_paper(paper=papers.paper(kind=kind, number="")).document.meeting is None


def test_what_a_column_cannot_hold_is_cut_and_never_stops_an_import():
    long = papers.paper(
        title="t" * 900, number="C" * 90, questions=(papers.question(title="minister van " + "p" * 900),)
    )
    document = import_paper(paper=long).document
    assert len(document.title) == 400
    assert document.title.endswith("…")


@pytest.fixture
def refusing() -> Iterator[None]:
    def refuse(**_):
        raise RuntimeError("a receiver that fails")

    document_imported.connect(refuse, weak=False)
    yield
    document_imported.disconnect(refuse)


def test_a_receiver_that_fails_leaves_nothing_behind(refusing):
    with pytest.raises(RuntimeError):
        import_paper(paper=papers.paper())
    assert set(counts().values()) == {0}


def test_an_import_that_met_another_in_the_middle_tries_again(monkeypatch):
    tried = []
    store = importing._import

    def collides_once(paper, document):
        tried.append(paper)
        if len(tried) == 1:
            raise IntegrityError("somebody else made this person")
        return store(paper, document)

    monkeypatch.setattr(importing, "_import", collides_once)
    assert import_paper(paper=papers.paper()).created
    assert len(tried) == 2
