"""The transcript page: every character is there, and the statements are marked where they stand."""

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commitments.models import Statement
from commitments.showing.marking import excerpt, paragraphs
from tests import rows
from transcripts.models import Speech


@pytest.fixture(autouse=True)
def _in_english(settings):
    settings.LANGUAGE_CODE = "en"


def show(client, document) -> str:
    return client.get(reverse("document", args=[document.uid])).content.decode()


@pytest.mark.django_db
def test_statements_are_marked_with_their_state_and_a_place_to_link_to(client, login):
    turn = rows.speech()
    made = rows.commitment(turn=turn)
    accepted = made.statements.get()
    proposed = rows.statement(turn, rows.NEXT)
    document = turn.item.document

    text = show(client, document)
    assert f'id="s-{accepted.uid}"' in text
    assert f'<mark class="accepted">{rows.PROMISE}</mark>' in text
    assert reverse("commitment", args=[made.uid]) in text
    assert f'id="s-{proposed.uid}"' not in text
    assert rows.NEXT in text

    login("reader", "view_statement")
    text = show(client, document)
    assert f'<mark class="proposed">{rows.NEXT}</mark>' in text
    assert f"{reverse('admin:commitments_statement_desk')}?at={proposed.pk}" in text


@pytest.mark.django_db
def test_what_was_rejected_is_shown_with_its_reason_to_who_may_look_at_statements(client, login):
    turn = rows.speech()
    rows.statement(turn, rows.NEXT, state=Statement.State.REJECTED, rejected_because="courtesy: slotzin")
    document = turn.item.document
    assert "slotzin" not in show(client, document)
    login("staff")
    assert "slotzin" not in show(client, document)
    login("reader", "view_statement")
    assert "courtesy or procedure of the meeting: slotzin" in show(client, document)


@pytest.mark.django_db
def test_a_page_that_begins_inside_a_turn_is_numbered_there(client):
    turn = rows.speech()
    text = show(client, turn.item.document)
    assert f'{turn.text[:40]}<span class="leaf" id="p-2" title="page 2">2</span>{turn.text[40:45]}' in text


@pytest.mark.django_db
def test_items_and_speakers_can_be_jumped_to_and_the_chair_is_no_speaker_to_jump_to(client):
    at = rows.item()
    rows.speech(
        at, "Minister, u hebt het woord.", person=rows.person("Vera Baas"), label="De voorzitter", capacity="chair"
    )
    rows.speech(at, "Ik heb een vraag.", person=rows.person("Jan Peeters"), capacity="member")
    turn = rows.speech(at)
    context = client.get(reverse("document", args=[at.document.uid])).context
    assert [one["name"] for one in context["speakers"]] == ["Els Vanrode", "Jan Peeters"]
    text = show(client, at.document)
    assert f'href="#t-{turn.uid}"' in text
    assert f'href="#i-{at.uid}"' in text
    assert 'class="turn chair"' in text


@pytest.mark.django_db
def test_a_long_transcript_asks_the_database_as_often_as_a_short_one(client, django_assert_num_queries):
    at = rows.item()
    address = reverse("document", args=[at.document.uid])
    rows.commitment(turn=rows.speech(at))
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    for number in range(4):
        more = rows.item(at.document)
        rows.speech(more, person=rows.person(f"Lid {number}"))
        rows.commitment(turn=rows.speech(more))
    assert len(queries) <= 15
    with django_assert_num_queries(len(queries)):
        client.get(address)


@given(st.data())
def test_cutting_a_speech_loses_no_character_whatever_is_marked_in_it(data):
    text = data.draw(st.text(alphabet="ab é\n", min_size=1, max_size=60))
    places = st.integers(0, len(text))
    speech = Speech(
        text=text,
        pieces=[[0, 100, len(text)]],
        start=90,
        end=100 + len(text),
        notes=data.draw(st.lists(st.tuples(places, st.just("(applaus)")), max_size=3)),
    )
    spans = data.draw(st.lists(st.tuples(places, places).map(sorted), max_size=4))
    statements = [Statement(pk=at, start=a, end=b) for at, (a, b) in enumerate(spans) if a < b]
    cut = paragraphs(speech, statements, [0, *sorted(data.draw(st.lists(st.integers(95, 170), max_size=3)))])
    assert "\n".join("".join(run.text for run in one.runs) for one in cut if "".join(r.text for r in one.runs)) == (
        "\n".join(part for part in text.split("\n") if part)
    )
    marked = "".join(run.text for one in cut for run in one.runs if run.statement)
    covered = {at for one in statements for at in range(one.start, one.end) if text[at] != "\n"}
    assert len(marked) == len(covered)


def test_an_excerpt_is_cut_at_words_and_stays_in_its_paragraph():
    text = "Eerste alinea.\nHier staan wat woorden vooraf. Ik doe dat. En nog wat woorden erna.\nDerde alinea."
    start = text.index("Ik doe dat.")
    cut = excerpt(text, start, start + 11, around=15)
    assert (cut.before, cut.quote, cut.after) == ("vooraf. ", "Ik doe dat.", " En nog wat")
    assert cut.cut_before
    assert cut.cut_after
    whole = excerpt(text, start, start + 11)
    assert whole.before == "Hier staan wat woorden vooraf. "
    assert whole.after == " En nog wat woorden erna."


@pytest.mark.django_db
def test_the_contents_lead_to_each_item_and_to_who_speaks_in_it(client):
    turn = rows.speech()
    rows.commitment(turn=turn)
    second = rows.item(turn.item.document, "Vraag over de huurpremie")
    member = rows.speech(second, "Dank u.", person=rows.person("Karim Daems"), label="Karim Daems", capacity="member")
    rows.speech(second, "Het woord is aan u.", person=rows.person("An Vos"), label="De voorzitter", capacity="chair")
    answer = client.get(reverse("document", args=[turn.item.document.uid]))
    sections = answer.context["sections"]
    assert [[one["name"] for one in section["speakers"]] for section in sections] == [["Els Vanrode"], ["Karim Daems"]]
    assert [section["found"] for section in sections] == [1, 0]
    text = answer.content.decode()
    for place in (f"#i-{second.uid}", f"#t-{member.uid}", f"#t-{turn.uid}"):
        assert f'href="{place}"' in text
