"""What is indexed and compared stays true when documents, commitments and persons change."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from commitments.index import Shelf, index
from commitments.models import Commitment, Extraction, FollowUp, Statement, WordCount
from commitments.services import extraction, following, review, tracking
from tests import papers, rows
from tests.commitments.followed import DONE, OTHER, PROMISE, PUT_OFF, later
from transcripts.models import AgendaItem, Document, Person
from transcripts.services import import_paper
from transcripts.services.people import merge

pytestmark = pytest.mark.django_db

DAY = date(2026, 7, 1)
FURTHER = "Ik zal ook een vademecum over dyslexie tegen eind mei aan de scholen bezorgen."


@pytest.fixture
def promised() -> Commitment:
    turn = rows.speech(text=f"Dank u. {PROMISE} Daarna zien we verder.")
    made = rows.commitment(quote=PROMISE, turn=turn, due_text="tegen eind maart")
    following.search_later(commitment=made, day=DAY)
    return made


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Does something and then what it has queued, as if the transaction had been committed."""

    def do(act, **given):
        with django_capture_on_commit_callbacks(execute=True):
            return act(**given)

    return do


def follow(paper: Document) -> list[FollowUp]:
    return following.follow_document(document=paper, day=DAY)


def kept() -> tuple[dict[int, str], dict[int, str], dict[str, int]]:
    """What the index holds: the words of items and of commitments, and how often each is said."""
    items = index().words(Shelf.ITEMS, list(AgendaItem.objects.values_list("pk", flat=True)))
    commitments = index().words(Shelf.COMMITMENTS, list(Commitment.objects.values_list("pk", flat=True)))
    assert index().count(Shelf.ITEMS) == len(items)
    assert index().count(Shelf.COMMITMENTS) == len(commitments)
    return items, commitments, dict(WordCount.objects.filter(items__gt=0).values_list("word", "items"))


def rebuilt() -> tuple[dict[int, str], dict[int, str], dict[str, int]]:
    call_command("rebuild_index", stdout=StringIO())
    return kept()


def test_building_the_index_anew_gives_what_was_kept_all_along_and_twice_the_same(promised):
    for paper in (later(PUT_OFF), later(DONE, OTHER, days=150)):
        follow(paper)
    following.index_document(document=promised.statements.get().speech.item.document)
    before = kept()
    assert rebuilt() == before
    assert rebuilt() == before


def test_building_it_anew_changes_no_proposal(promised):
    paper = later(PUT_OFF)
    (found,) = follow(paper)
    call_command("rebuild_index", "--match", stdout=StringIO())
    (again,) = FollowUp.objects.all()
    assert (again.pk, again.state, again.score) == (found.pk, "proposed", found.score)


def test_what_is_the_same_is_not_written_again(promised, django_assert_num_queries):
    paper = later(PUT_OFF)
    follow(paper)
    before = kept()
    with django_assert_num_queries(7):  # the items, what hangs on them, and the words they have
        following.index_document(document=paper)
    assert kept() == before


SAME = (
    "De cijfers over de instroom in het basisonderwijs vindt u op de webstek van het departement, opgesplitst per net."
)


def version(*minister: str) -> Document:
    said = [(papers.member(), "Waar blijft de handleiding voor de taalscreening die u beloofde?")]
    said += [(papers.minister(), SAME)] * 3
    said += [(papers.minister(), words) for words in minister]
    return import_paper(paper=papers.paper(*said, said_on=rows.SAID_ON + timedelta(days=120))).document


def test_a_corrected_document_is_indexed_and_compared_as_it_reads_now(promised, engine, committed):
    document = version(PUT_OFF)
    extraction.extract_document(document=document, day=DAY)
    (found,) = follow(document)
    assert found.kind == "postponed"
    corrected = version(DONE)
    assert corrected == document
    extraction.extract_document(document=document, day=DAY)
    (now,) = follow(document)
    assert (now.pk, now.kind) == (found.pk, "done")
    items, _, counts = kept()
    assert "september" not in " ".join(items.values())
    assert counts["taalscren"] == 1
    assert rebuilt()[0].items() >= items.items()


def test_a_turn_that_a_corrected_document_lacks_is_compared_no_longer(promised, engine):
    document = version(PUT_OFF)
    extraction.extract_document(document=document, day=DAY)
    (found,) = follow(document)
    version(OTHER)
    extraction.extract_document(document=document, day=DAY)
    follow(document)
    found.refresh_from_db()
    assert (found.state, found.kind) == ("proposed", "recalled")  # the member still asks


def test_an_item_that_is_deleted_is_forgotten_with_its_counts(promised):
    follow(later(PUT_OFF))
    before = kept()
    paper = later(DONE, days=150)
    follow(paper)
    assert kept() != before
    paper.items.all().delete()
    assert kept() == before


def test_a_commitment_that_is_closed_is_forgotten_and_found_again_once_it_is_open(promised, reviewer, committed):
    committed(
        tracking.change_status,
        commitment=promised,
        actor=reviewer,
        day=DAY,
        status="fulfilled",
        evidence="Brief van 3 april",
    )
    assert kept()[1] == {}
    assert follow(later(PUT_OFF)) == []  # it comes in while nobody follows the promise
    committed(tracking.change_status, commitment=promised, actor=reviewer, day=DAY, status="open")
    assert list(kept()[1]) == [promised.pk]
    assert FollowUp.objects.get().kind == "postponed"


def test_a_statement_that_is_taken_back_takes_its_words_along(promised, reviewer, committed):
    said = rows.statement(rows.speech(text=f"Dank u. {FURTHER}"), FURTHER, repeats=promised.statements.get())
    committed(review.accept, statement=said, actor=reviewer, day=DAY)
    assert "dyslexi" in kept()[1][promised.pk]
    committed(review.reopen, statement=said, actor=reviewer, day=DAY)
    assert "dyslexi" not in kept()[1][promised.pk]
    assert kept()[1][promised.pk] == rebuilt()[1][promised.pk]


def test_a_commitment_that_goes_with_its_statement_is_forgotten(reviewer, committed):
    said = rows.statement(rows.speech(text=f"Dank u. {FURTHER}"), FURTHER)
    committed(review.accept, statement=said, actor=reviewer, day=DAY)
    assert len(kept()[1]) == 1
    committed(review.reopen, statement=said, actor=reviewer, day=DAY)
    assert not Commitment.objects.exists()
    assert index().count(Shelf.COMMITMENTS) == 0


def test_a_promise_of_somebody_who_was_two_persons_is_compared_again(promised, reviewer, committed):
    paper = later(PUT_OFF, minister="E. Vanrode")
    asked = follow(paper)
    assert all("andere-minister" in {why["rule"] for why in one.reasons} for one in asked)
    into, other = Person.objects.get(name="Els Vanrode"), Person.objects.get(name="E. Vanrode")
    committed(merge, into=into, others=[other], actor=reviewer)
    assert paper.pk in following.to_follow()
    following.follow_pending(day=DAY)
    found = FollowUp.objects.get(state="proposed")
    assert {"zelfde-minister"} <= {why["rule"] for why in found.reasons}


def test_both_ways_lead_to_the_same_rows(promised):
    words = ["de toelichting bij", "de evaluatie van", "de folder over", "de vorming rond", "het loket voor"]
    for one in words:
        quote = f"Ik zal {one} de handleiding voor de taalscreening tegen eind maart aan de scholen bezorgen."
        made = rows.commitment(quote=quote, turn=rows.speech(text=f"Dank u. {quote}"), due_text="tegen eind maart")
        following.search_later(commitment=made, day=DAY)
    paper = later(PUT_OFF, DONE)
    follow(paper)

    def found() -> set[tuple]:
        rows_found = FollowUp.objects.filter(state=FollowUp.State.PROPOSED)
        return set(rows_found.values_list("commitment_id", "kind", "score", "certainty", "speech_id", "start"))

    one_way = found()
    assert len(one_way) > 2
    FollowUp.objects.all().delete()
    for commitment in Commitment.objects.all():
        following.search_later(commitment=commitment, day=DAY)
    assert found() == one_way


def test_a_document_nobody_speaks_in_is_compared_without_harm(promised):
    paper = rows.document(day=rows.SAID_ON + timedelta(days=30))
    Extraction.objects.create(document=paper, state=Extraction.State.DONE)
    assert follow(paper) == []
    assert Statement.objects.exists()
