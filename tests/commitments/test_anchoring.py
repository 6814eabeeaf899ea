"""A document has another version: what becomes of its statements, judged and not judged."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from commitments.models import Commitment, Event, Extraction, FollowUp, Statement
from commitments.services import extraction, review
from tests import papers, rows
from tests.commitments.proposals import deadline
from transcripts.models import Document, Speech
from transcripts.services import ImportResult, import_paper

pytestmark = pytest.mark.django_db

DAY = date(2025, 10, 15)
PLAN = "Ik zal het plan tegen eind maart bezorgen."
TALK = "Ik zal de sector samenroepen."
ASKED = "Wanneer komt het plan, en komt er een overleg met de hele sector?"
ANSWER = f"Dank u voor de vraag. {PLAN} {TALK}"
OTHER = "De lokale besturen hebben daar al een antwoord op gegeven, en dat antwoord volgen we."
BY_MARCH = deadline("tegen eind maart", date(2026, 3, 21), date(2026, 3, 31))


def report(*minister: str) -> ImportResult:
    """The report, or its next version, in which the minister says these turns after the question."""
    said = [(papers.member(), ASKED), *((papers.minister(), words) for words in minister)]
    return import_paper(paper=papers.paper(*said))


@pytest.fixture
def read(engine):
    """The first version, read by the engine."""
    engine.says |= {PLAN: {"deadline": BY_MARCH}, TALK: {}}

    def do(*minister: str) -> Document:
        document = report(*minister).document
        extraction.extract_document(document=document, day=DAY)
        return document

    return do


def accept(quote: str, reviewer: User) -> Statement:
    statement = Statement.objects.get(quote=quote)
    review.accept(statement=statement, actor=reviewer, day=DAY)
    return statement


def again(statement: Statement) -> Statement:
    return Statement.objects.select_related("speech").get(pk=statement.pk)


def words_at(statement: Statement) -> str:
    return statement.speech.text[statement.start : statement.end]


def whats(result: ImportResult) -> list[str]:
    return [entry["what"] for entry in result.changes if entry["what"].startswith("statement")]


def test_a_judged_statement_follows_its_words_through_the_turn(read, reviewer):
    read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    result = report(f"Voorzitter, collega's. {ANSWER}", OTHER)
    found = again(statement)
    assert (words_at(found), found.quote, found.displaced) == (PLAN, PLAN, False)
    assert found.speech.text[slice(*found.due_at)] == "tegen eind maart"
    assert whats(result) == []
    assert found.uid == statement.uid


@pytest.mark.parametrize(
    "corrected",
    ["Ik zal het plan tegen eind  maart bezorgen.", "Ik zal het plan tegen eind maart be-zorgen.", PLAN.upper()],
    ids=["a space", "a hyphen", "capitals"],
)
def test_the_same_words_otherwise_written_are_the_same_words(read, reviewer, corrected):
    read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    assert whats(report(ANSWER.replace(PLAN, corrected), OTHER)) == []
    found = again(statement)
    assert (words_at(found), found.quote) == (corrected, PLAN)


def test_a_corrected_word_inside_an_accepted_quote_costs_it_its_place_and_not_its_words(read, reviewer, engine):
    document = read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    corrected = PLAN.replace("maart", "april")
    result = report(ANSWER.replace(PLAN, corrected), OTHER)
    found = again(statement)
    assert (found.displaced, found.quote, found.state) == (True, PLAN, Statement.State.ACCEPTED)
    assert found.start >= len(found.speech.text)
    assert whats(result) == ["statement_lost"]
    (entry,) = [one for one in result.changes if one["what"] == "statement_lost"]
    assert (entry["quote"], entry["statement"]) == (PLAN, str(statement.uid))
    event = found.events.get(kind=Event.Kind.DISPLACED)
    assert event.commitment == found.commitment
    commitment = Commitment.objects.get()
    assert (commitment.due_end, commitment.pk) == (date(2026, 3, 31), found.commitment_id)

    engine.says[corrected] = {}
    extraction.extract_document(document=document, day=DAY)
    assert Statement.objects.get(quote=corrected).state == Statement.State.PROPOSED
    assert again(statement).displaced

    back = report(ANSWER, OTHER)
    assert back.created is False
    assert back.updated is False  # the bytes of the first version came in before


def test_words_that_come_back_give_a_statement_its_place_again(read, reviewer):
    read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    report(ANSWER.replace("maart", "april"), OTHER)
    result = report(f"{ANSWER} Dank u.", OTHER)
    found = again(statement)
    assert (found.displaced, words_at(found)) == (False, PLAN)
    assert whats(result) == ["statement_back"]
    assert found.speech.text[slice(*found.due_at)] == "tegen eind maart"


def test_a_removed_turn_stays_for_its_judged_statement_which_lost_its_place(read, reviewer, engine):
    document = read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    result = report(OTHER)
    found = again(statement)
    assert (found.displaced, words_at(found)) == (True, PLAN)
    assert whats(result) == ["statement_lost"]
    assert "turn_kept" in [entry["what"] for entry in result.changes]
    before = list(Statement.objects.order_by("pk").values())
    extraction.extract_document(document=document, day=DAY)
    assert list(Statement.objects.order_by("pk").values()) == before
    assert Statement.objects.get(quote=TALK).state == Statement.State.WITHDRAWN


def test_a_removed_turn_of_unjudged_statements_goes_with_them(read):
    read(ANSWER, OTHER)
    result = report(OTHER)
    assert not Statement.objects.exists()
    assert Speech.objects.count() == 2
    assert whats(result) == []


def test_words_that_moved_to_another_turn_of_the_minister_take_the_statement_along(read, reviewer):
    read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    result = report(ANSWER.replace(f" {PLAN}", ""), f"{OTHER} {PLAN}")
    found = again(statement)
    assert (found.displaced, words_at(found), found.speech.position) == (False, PLAN, 3)
    assert whats(result) == ["statement_moved"]
    assert found.events.filter(kind=Event.Kind.PLACED).count() == 1


def test_words_that_are_a_member_s_now_are_no_longer_the_minister_s(read, reviewer):
    read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    said = [(papers.member(), f"{ASKED} U zegt: {PLAN}"), (papers.minister(), ANSWER.replace(PLAN, "Neen."))]
    import_paper(paper=papers.paper(*said, (papers.minister(), OTHER)))
    assert again(statement).displaced


def test_an_unjudged_statement_goes_along_and_is_read_again(read, engine):
    document = read(ANSWER, OTHER)
    statement = Statement.objects.get(quote=PLAN)
    corrected = PLAN.replace("maart", "april")
    engine.says = {corrected: {}, TALK: {}}
    report(f"Voorzitter. {ANSWER.replace(PLAN, corrected)}", OTHER)
    assert Extraction.objects.get().state == Extraction.State.WAITING
    extraction.extract_document(document=document, day=DAY)
    assert (again(statement).quote, again(statement).state) == (corrected, Statement.State.PROPOSED)
    assert Statement.objects.count() == 2


def test_a_place_taken_by_a_judged_statement_is_not_given_twice(read, reviewer):
    read(f"{ANSWER} Nogmaals: {PLAN}", OTHER)
    first = accept(PLAN, reviewer)
    speech = again(first).speech
    at = speech.text.rindex(PLAN)
    second = review.mark_by_hand(speech=speech, start=at, end=at + len(PLAN), actor=reviewer, day=DAY)
    report(ANSWER, OTHER)
    assert sorted([again(first).displaced, again(second).displaced]) == [False, True]


def test_the_second_of_two_equal_sentences_stays_the_second(read, reviewer):
    read(f"{PLAN} Dat heb ik ook de sector gezegd. {PLAN}", OTHER)
    first = Statement.objects.get(quote=PLAN)
    speech = again(first).speech
    at = speech.text.rindex(PLAN)
    second = review.mark_by_hand(speech=speech, start=at, end=at + len(PLAN), actor=reviewer, day=DAY)
    result = report(f"{'Heel veel dank voor deze goede vraag, collega. ' * 3}{speech.text}", OTHER)
    assert result.updated
    assert again(second).start == again(second).speech.text.rindex(PLAN)


def test_an_item_somebody_follows_up_stays(read):
    document = read(ANSWER, OTHER)
    kept = document.items.get()
    promise = rows.commitment()
    FollowUp.objects.create(commitment=promise, item=kept)
    moved = papers.paper((papers.member(), ASKED), (papers.minister(), ANSWER), (papers.minister(), OTHER + " Ja."))
    import_paper(paper=moved)
    assert FollowUp.objects.get().item == kept


def test_statements_of_an_unchanged_turn_are_not_touched(read, reviewer):
    read(ANSWER, OTHER)
    accept(PLAN, reviewer)
    before = list(Statement.objects.order_by("pk").values()), Statement.history.count(), Event.objects.count()
    report(ANSWER, OTHER, "Dat is alles wat ik daarover kan zeggen.")
    assert (list(Statement.objects.order_by("pk").values()), Statement.history.count(), Event.objects.count()) == before


def test_a_reading_of_the_version_before_is_thrown_away(read, engine, monkeypatch):
    document = read(ANSWER, OTHER)
    real = extraction._read

    def meanwhile(of):
        found = real(of)
        monkeypatch.setattr(extraction, "_read", real)
        report(f"Voorzitter. {ANSWER}", OTHER)
        return found

    monkeypatch.setattr(extraction, "_read", meanwhile)
    before = Event.objects.count()
    extraction.extract_document(document=document, day=DAY)
    assert Event.objects.count() == before
    assert Extraction.objects.get().state == Extraction.State.WAITING
    assert words_at(again(Statement.objects.get(quote=PLAN))) == PLAN


def test_what_lost_its_place_is_shown_with_its_words_and_marked_nowhere(read, reviewer, client, admin_client):
    document = read(ANSWER, OTHER)
    statement = accept(PLAN, reviewer)
    report(ANSWER.replace("maart", "april"), OTHER)
    for address in (
        reverse("commitment", args=[again(statement).commitment.uid]),
        reverse("admin:commitments_statement_change", args=[statement.pk]),
        reverse("admin:commitments_statement_changelist") + "?displaced__exact=1",
    ):
        assert PLAN in admin_client.get(address, follow=True).content.decode()
    assert f'id="s-{statement.uid}"' not in client.get(reverse("document", args=[document.uid])).content.decode()


def test_a_turn_kept_for_its_statement_says_that_it_is_gone(read, reviewer, client, settings):
    settings.LANGUAGE_CODE = "en"
    document = read(ANSWER, OTHER)
    accept(PLAN, reviewer)
    address = reverse("document", args=[document.uid])
    assert "No longer in the newest version" not in client.get(address).content.decode()
    report(OTHER)
    shown = client.get(address).content.decode()
    assert "No longer in the newest version" in shown
    assert PLAN in shown
