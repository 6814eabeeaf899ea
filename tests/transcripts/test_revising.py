"""A corrected or completed version of a document: what stays, what changes, what is told."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation

from tests import papers
from transcripts.models import AgendaItem, Document, Question, Revision, Speech
from transcripts.papers import Paper
from transcripts.parsing.transcript import Account, Passage, Reason, Speaker, Transcript, Turn
from transcripts.reading.source import Source
from transcripts.services import NotAVersionError, changes, import_paper
from transcripts.signals import Claims, document_revised

pytestmark = pytest.mark.django_db

ASKED = "Wanneer komt het plan voor de renovatie van de sociale woningen in Oostende?"
ANSWER = "Het plan komt in maart. Daarna overleggen we met de steden en de huurders."
THANKS = "Dank u voor het antwoord, minister, dat is een duidelijke planning."
LATER = "De premies worden volgend jaar herzien, samen met de energiekredieten."
AWAITED = "De tekst is nog niet beschikbaar."
SENTENCES = (ASKED, ANSWER, THANKS, LATER, AWAITED, "Ja.", "Neen, dat klopt niet helemaal.")
TURNS = [(papers.member(), ASKED), (papers.minister(), ANSWER), (papers.member(), THANKS)]

Item = tuple[str, list[tuple[Speaker, str]]]


def several(*items: Item, number: str = "C099") -> Paper:
    """A report of several items: titles with their turns."""
    made = papers.paper(number=number)
    text, spans, drafted = "", [], []
    for title, said in items:
        begin = len(text)
        text += title + "\n"
        spans.append(Account(begin, len(text), Reason.HEADING))
        turns = []
        for speaker, words in said:
            start = len(text)
            text += f"{speaker.label}: {words}\n"
            at = start + len(speaker.label) + 2
            spans += [Account(start, at, Reason.SPEAKER_LABEL), Account(at, len(text), Reason.SPEECH)]
            turns.append(Turn(speaker, Passage(words, ((0, at, len(words)),)), start, len(text) - 1, 1))
        drafted.append(
            replace(made.transcript.items[0], title=title, questions=(), turns=tuple(turns), start=begin, end=len(text))
        )
    transcript: Transcript = replace(made.transcript, items=tuple(drafted), account=tuple(spans))
    data = text.encode()
    return Paper("verslag.txt", data, hashlib.sha256(data).hexdigest(), Source(text, "text"), transcript, made.meta)


def told(result) -> list[str]:
    return [entry["what"] for entry in result.changes]


def said() -> list[tuple[int, str]]:
    return list(Speech.objects.order_by("item__position", "position").values_list("pk", "text"))


def everything() -> tuple:
    return tuple(
        list(model.objects.order_by("pk").values()) for model in (Document, Revision, AgendaItem, Question, Speech)
    )


def test_a_corrected_word_changes_its_turn_and_nothing_else():
    first = import_paper(paper=papers.paper(*TURNS))
    before = said()
    ids = list(AgendaItem.objects.values_list("pk", "uid"))
    corrected = [TURNS[0], (papers.minister(), ANSWER.replace("in maart", "in april")), TURNS[2]]
    second = import_paper(paper=papers.paper(*corrected))
    assert (second.created, second.updated, second.document, second.revision) == (False, True, first.document, 2)
    after = said()
    assert [pk for pk, _ in after] == [pk for pk, _ in before]
    assert after[1][1] == corrected[1][1]
    assert list(AgendaItem.objects.values_list("pk", "uid")) == ids
    (entry,) = second.changes
    assert (entry["what"], entry["speaker"]) == ("turn_changed", "Minister Els Vanrode")
    assert "maart" in entry["before"]
    assert "april" in entry["after"]


def test_positions_in_the_new_text_are_true_for_every_turn():
    import_paper(paper=papers.paper(*TURNS))
    document = import_paper(paper=papers.paper((papers.chair(), "De vergadering is geopend."), *TURNS)).document
    document.refresh_from_db()
    for speech in Speech.objects.all():
        start, end = speech.passage.to_source(0, len(speech.text))
        assert document.text[start:end] == speech.text
    assert sum(document.account.values()) == len(document.text)


def test_a_turn_put_in_before_the_others_leaves_their_rows_theirs():
    import_paper(paper=papers.paper(*TURNS))
    before = said()
    result = import_paper(paper=papers.paper((papers.chair(), "De vergadering is geopend."), *TURNS))
    assert said()[1:] == before
    assert told(result) == ["turn_added"]
    assert list(Speech.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4]


def test_a_turn_that_is_gone_goes_where_nothing_hangs_on_it():
    import_paper(paper=papers.paper(*TURNS))
    result = import_paper(paper=papers.paper(*TURNS[:2]))
    assert [words for _, words in said()] == [ASKED, ANSWER]
    assert told(result) == ["turn_removed"]


def test_a_turn_somebody_claims_stays_behind_the_others_and_spans_no_character():
    import_paper(paper=papers.paper(*TURNS))
    claimed = Speech.objects.get(text=ASKED)

    def claim(revised, **_):
        return Claims(speeches=set(revised.speeches))

    document_revised.connect(claim)
    try:
        result = import_paper(paper=papers.paper(*TURNS[1:]))
        assert told(result) == ["turn_kept"]
        assert said()[-1] == (claimed.pk, ASKED)
        claimed.refresh_from_db()
        assert claimed.start == claimed.end
        assert claimed.passage.to_source(0, 5) == (claimed.start, claimed.start)
        back = import_paper(paper=papers.paper((papers.chair(), "Goedemiddag."), *TURNS))
        assert "turn_back" in told(back)
        assert said()[1] == (claimed.pk, ASKED)
    finally:
        document_revised.disconnect(claim)


def test_the_same_bytes_change_nothing_be_it_of_an_older_version():
    older, newer = papers.paper(*TURNS), papers.paper(*TURNS, (papers.minister(), LATER))
    import_paper(paper=older)
    import_paper(paper=newer)
    before = everything()
    again, old = import_paper(paper=replace(newer, name="kopie.txt")), import_paper(paper=older)
    assert everything() == before
    assert [(one.created, one.updated, one.revision, one.newest) for one in (again, old)] == [
        (False, False, 2, 2),
        (False, False, 1, 2),
    ]


def test_a_provisional_report_is_completed_in_place():
    first = import_paper(paper=papers.paper(TURNS[0], (papers.minister(), AWAITED), TURNS[2]))
    assert first.document.provisional
    before = [pk for pk, _ in said()]
    second = import_paper(paper=papers.paper(*TURNS))
    second.document.refresh_from_db()
    assert not second.document.provisional
    assert said() == list(zip(before, [ASKED, ANSWER, THANKS], strict=True))
    assert sorted(told(second)) == ["complete", "turn_completed"]


def test_a_report_of_which_every_word_was_still_to_come_is_completed_too():
    import_paper(paper=papers.paper((papers.member(), AWAITED), (papers.minister(), AWAITED)))
    before = [pk for pk, _ in said()]
    import_paper(paper=papers.paper(*TURNS))
    assert [pk for pk, _ in said()][:2] == before
    assert Document.objects.count() == 1


def test_a_provisional_report_takes_nothing_from_a_complete_one():
    complete = import_paper(paper=papers.paper(*TURNS))
    before = said()
    late = import_paper(paper=papers.paper(TURNS[0], (papers.minister(), AWAITED), TURNS[2]))
    assert late.created
    assert any("is complete here: both are kept" in warning for warning in late.warnings)
    complete.document.refresh_from_db()
    assert not complete.document.provisional
    assert set(before) <= set(said())


def test_two_excerpts_of_one_meeting_stay_two_and_it_is_said():
    first = import_paper(paper=papers.paper(*TURNS))
    other = [
        (papers.member("Bo Maes"), "Hoeveel bomen werden geplant langs de gewestwegen?"),
        (papers.minister(), LATER),
    ]
    second = import_paper(paper=papers.paper(*other))
    assert second.created
    assert second.document.meeting == first.document.meeting
    assert (first.document.identity != "", second.document.identity) == (True, "")
    assert any("holds other words: both are kept" in warning for warning in second.warnings)


def test_a_corrected_excerpt_finds_its_own_document_again():
    import_paper(paper=papers.paper(*TURNS))
    other = [
        (papers.member("Bo Maes"), "Hoeveel bomen werden geplant langs de gewestwegen?"),
        (papers.minister(), LATER),
    ]
    second = import_paper(paper=papers.paper(*other))
    corrected = [other[0], (papers.minister(), LATER.replace("volgend jaar", "in 2027"))]
    third = import_paper(paper=papers.paper(*corrected))
    assert (third.updated, third.document) == (True, second.document)


def test_the_full_report_completes_its_excerpt_and_an_excerpt_empties_no_report():
    excerpt = several(("over de premies", TURNS))
    full = several(("over de premies", TURNS), ("over de bomen", [(papers.member("Bo Maes"), LATER)]))
    first = import_paper(paper=excerpt)
    second = import_paper(paper=full)
    assert (second.document, told(second)) == (first.document, ["item_added", "turn_added"])
    again = import_paper(paper=several(("over de bomen", [(papers.member("Bo Maes"), LATER + " Zeker.")])))
    assert again.created
    assert any("excerpt" in warning for warning in again.warnings)
    assert Speech.objects.filter(item__document=first.document).count() == 4


def test_a_person_may_say_that_it_is_a_version_but_not_of_other_words():
    full = several(("over de premies", TURNS), ("over de bomen", [(papers.member("Bo Maes"), LATER)]))
    document = import_paper(paper=full).document
    result = import_paper(paper=several(("over de premies", TURNS)), document=document)
    assert (result.updated, told(result)) == (True, ["turn_removed", "item_removed"])
    assert AgendaItem.objects.count() == 1
    other = papers.paper(
        (papers.member("Bo Maes"), "Iets heel anders over wegen."), (papers.minister(), "Neen, nooit.")
    )
    before = everything()
    with pytest.raises(NotAVersionError, match="most of its words do not stand in"):
        import_paper(paper=other, document=document)
    assert everything() == before


def test_items_that_change_places_keep_their_rows():
    one, two = ("over de premies", TURNS), ("over de bomen", [(papers.member("Bo Maes"), LATER)])
    import_paper(paper=several(one, two))
    before = dict(AgendaItem.objects.values_list("title", "pk"))
    speeches = dict(Speech.objects.values_list("text", "pk"))
    import_paper(paper=several(two, one))
    assert dict(AgendaItem.objects.values_list("title", "pk")) == before
    assert dict(Speech.objects.values_list("text", "pk")) == speeches
    assert list(AgendaItem.objects.order_by("position").values_list("title", flat=True)) == [two[0], one[0]]


def test_a_paper_without_identity_is_never_a_version():
    kind = papers.DocumentKind.POLICY_NOTE
    import_paper(paper=papers.paper(*TURNS, kind=kind))
    assert import_paper(paper=papers.paper(*TURNS, (papers.minister(), LATER), kind=kind)).created


def test_a_written_question_is_known_by_its_number_its_session_and_who_is_asked():
    kind = papers.DocumentKind.WRITTEN_QUESTION
    first = import_paper(paper=papers.paper(*TURNS, kind=kind, number=""))
    second = import_paper(paper=papers.paper(*TURNS, (papers.minister(), LATER), kind=kind, number=""))
    assert second.document == first.document
    other = papers.question(addressee="Jan Hoste")
    third = papers.paper(*TURNS, (papers.minister("Jan Hoste"), LATER), kind=kind, number="", questions=(other,))
    assert import_paper(paper=third).created


@pytest.fixture
def refusing() -> Iterator[None]:
    def refuse(**_):
        raise RuntimeError("a receiver that fails")

    document_revised.connect(refuse, weak=False)
    yield
    document_revised.disconnect(refuse)


def test_a_version_that_fails_leaves_everything_as_it_was(refusing):
    import_paper(paper=papers.paper(*TURNS))
    before = everything()
    with pytest.raises(RuntimeError):
        import_paper(paper=papers.paper(*TURNS[:2], (papers.minister(), LATER)))
    assert everything() == before


def test_a_document_from_before_versions_were_noted_gets_its_first_one():
    document = import_paper(paper=papers.paper(*TURNS)).document
    Revision.objects.all().delete()
    Document.objects.update(identity="")
    import_paper(paper=papers.paper(*TURNS, (papers.minister(), LATER)))
    assert list(document.revisions.order_by("number").values_list("number", flat=True)) == [1, 2]
    document.refresh_from_db()
    assert document.identity == "verslag C099 2025-2026"


def asked(*questions: papers.Question, **fields) -> papers.Paper:
    return papers.paper(*TURNS, questions=questions, **fields)


def changed(result) -> dict[str, tuple[str, str]]:
    return {entry["field"]: (entry["before"], entry["after"]) for entry in result.changes if "field" in entry}


@pytest.mark.parametrize(
    ("field", "corrected", "before", "after"),
    [
        ("asker", papers.question(asker="Bo Maes"), "Karim Daems", "Bo Maes"),
        ("addressee", papers.question(addressee="Jan Hoste"), "Els Vanrode", "Jan Hoste"),
        ("office", papers.question(title="Vlaams minister van Wonen"), papers.TITLE, "Vlaams minister van Wonen"),
        ("number", papers.question(number="102"), "101", "102"),
    ],
)
def test_what_a_heading_says_otherwise_of_its_question_is_told_with_old_and_new(field, corrected, before, after):
    import_paper(paper=asked(papers.question()))
    question = Question.objects.get()
    result = import_paper(paper=versioned(corrected))
    assert changed(result) == {field: (before, after)}
    assert Question.objects.get().pk == question.pk


def versioned(*questions: papers.Question) -> Paper:
    """The report with these questions, in other bytes."""
    return rebytes(asked(*questions))


def rebytes(paper: Paper, more: bytes = b"again") -> Paper:
    return replace(paper, sha256=hashlib.sha256(paper.data + more).hexdigest())


def test_questions_that_come_and_go_are_told():
    one, two, three = (
        papers.question(number=number, asker=who) for number, who in (("1", "An As"), ("2", "Bo Es"), ("3", "Cas Os"))
    )
    import_paper(paper=asked(one, two))
    more = import_paper(paper=versioned(one, two, replace(three, subject="over bomen")))
    assert told(more) == ["question_added"]
    less = import_paper(paper=rebytes(versioned(one), b"and again"))
    assert told(less) == ["question_removed", "question_removed"]


def test_what_else_a_corrected_report_may_say_otherwise_is_told():
    """Of the document, its meeting, its item and its turns."""
    made = papers.paper(*TURNS)
    import_paper(paper=made)
    item = made.transcript.items[0]
    turns = list(item.turns)
    turns[0] = replace(
        turns[0], speaker=Speaker("Karim Daems (Vooruit)", "Karim Daems", turns[1].speaker.capacity, "Vooruit")
    )
    turns[1] = replace(turns[1], notes=((0, "Applaus"),), answer_to="2", heading="Wonen")
    transcript = replace(
        made.transcript, title="Ander verslag", committee="Commissie voor Bomen", chair="Ann Bos",
        items=(replace(item, kind="interpellatie", chair="Ann Bos", turns=tuple(turns)),),
    )  # fmt: skip
    result = import_paper(paper=rebytes(replace(made, transcript=transcript)))
    assert changed(result) == {
        "title": ("Verslag van de commissie", "Ander verslag"),
        "committee": ("Commissie voor Wonen", "Commissie voor Bomen"),
        "chair": ("Griet Pauwels", "Ann Bos"),
        "kind": ("vraag om uitleg", "interpellatie"),
        "label": ("Karim Daems (Groen)", "Karim Daems (Vooruit)"),
        "capacity": ("member", "minister"),
        "party": ("Groen", "Vooruit"),
        "notes": ("", "Applaus"),
        "answer_to": ("", "2"),
        "heading": ("", "Wonen"),
    }
    meeting = result.document.meeting
    assert (meeting.committee, meeting.chair.name) == ("Commissie voor Bomen", "Ann Bos")


def test_every_change_has_its_sentence_in_words():
    entry = {"item": "over bomen", "speaker": "Bo", "page": 2, "before": "was", "after": "is", "quote": "Ik zal"}
    for what in changes._TEMPLATES:
        sentence = changes.sentence(entry | {"what": what, "field": "title"})
        assert "%" not in sentence
        assert "{" not in sentence
    with translation.override("en"):
        assert changes.summary([{"what": "turn_changed"}, {"what": "turn_added"}]) == "1 turn changed, 1 turn added"
