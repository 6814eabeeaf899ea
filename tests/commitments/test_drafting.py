"""The question drafted from a promise."""

from datetime import date
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from commitments.models import Asking, Commitment, FollowUp
from commitments.services import asking, outside, parts
from tests import rows
from tests.commitments.test_outside import WORDS
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db

DAY = date(2026, 4, 10)  # ten days past the end of March


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def made() -> Commitment:
    held = Mandate.objects.create(
        person=rows.person(), title="Vlaams minister", portfolio="Wonen en Energie", start=date(2024, 9, 30)
    )
    return rows.commitment(title="Het rapport bezorgen", mandate=held, kind="inform")


def text(client, made: Commitment, form: str = "written") -> str:
    answer = client.get(reverse("question", args=[made.uid]), {"form": form})
    assert answer.status_code == 200
    return answer.context["draft"].text


@pytest.fixture
def keeper(login):
    login("keeper", "view_commitment", "change_commitment")


@pytest.mark.usefixtures("keeper")
def test_it_tells_who_promised_what_when_and_where_and_asks_numbered_questions(client, made):
    with translation.override("en"):
        said = text(client, made)
    item = made.statements.get().speech.item
    for words in (
        "SCHRIFTELIJKE VRAAG\n",
        "datum: 10 april 2026\naan Els Vanrode, Vlaams minister van Wonen en Energie\n",
        "Toezegging “Het rapport bezorgen” – Stand van zaken",
        "Op 20 januari 2026 zei minister Els Vanrode in de Commissie voor Wonen en Energie "
        f"(“{item.document}”, vraag nr. {item.numbers}):",
        f"“{rows.PROMISE}”",
        "De termijn die werd genoemd (“tegen eind maart”), liep tot en met 31 maart 2026.",
        "De termijn is vandaag 10 dagen verstreken. Ik vond geen antwoord en geen mededeling over de uitvoering.",
        "\n1. Wat is de stand van zaken van deze toezegging?",
        "\n2. Is de toezegging intussen uitgevoerd? Zo niet, waarom niet, en welke nieuwe datum geldt?",
        "\n3. Kan de minister het toegezegde document",
    ):
        assert words in said, words
    assert "\n\n\n" not in said
    assert "gebroken" not in said


@pytest.mark.usefixtures("keeper")
def test_what_was_written_stands_in_the_paper_in_which_it_was_written(client, made):
    item = made.statements.get().speech.item
    made.statements.update(register="written")
    item.document.__class__.objects.update(kind="schriftelijke-vraag", title="Renovatiepremies")
    where = f"in het antwoord op de schriftelijke vraag nr. {item.numbers} (“Renovatiepremies”):"
    assert f"schreef minister Els Vanrode {where}" in text(client, made)
    item.document.__class__.objects.update(kind="beleidsnota", title="Beleidsnota Wonen")
    assert "schreef minister Els Vanrode in “Beleidsnota Wonen”:" in text(client, made)


@pytest.mark.usefixtures("keeper")
def test_a_term_that_still_runs_is_told_as_such(client):
    said = text(client, rows.commitment(due_end=date(2026, 6, 30), due_text="tegen eind juni"))
    assert "De termijn die werd genoemd (“tegen eind juni”), loopt tot en met 30 juni 2026." in said
    assert "verstreken" not in said


@pytest.mark.usefixtures("keeper")
def test_the_oral_form_has_its_own_head_and_questions(client, made):
    said = text(client, made, "oral")
    assert said.startswith("VRAAG OM UITLEG\n")
    assert "over de stand van zaken van de toezegging “Het rapport bezorgen”" in said
    assert "Daarom heb ik de volgende vragen:" in said


@pytest.mark.usefixtures("keeper")
def test_what_was_said_since_stands_in_order_with_the_days_it_was_moved(client, made):
    later = rows.document("Latere vergadering", date(2026, 3, 20))
    rows.statement(
        rows.speech(rows.item(later)),
        rows.NEXT,
        state="accepted",
        commitment=made,
        relation="amendment",
        due_end=date(2026, 4, 9),
    )
    put_off = rows.follow_up(made, state="confirmed", kind="postponed", due_end=date(2026, 6, 30), due_text="in juni")
    rows.follow_up(made, state="proposed", kind="done")
    Commitment.objects.update(due_end=date(2026, 6, 30))
    said = text(client, made)
    lines = [line for line in said.splitlines() if line.startswith("- ")]
    assert [line.partition(",")[0] for line in lines] == ["- 20 maart 2026", "- 20 april 2026"]
    assert f"“{rows.NEXT}” (uiterste dag: 9 april 2026)" in lines[0]
    assert "de toezegging werd uitgesteld (uiterste dag: 30 juni 2026)" in lines[1]
    assert str(put_off.item.document) in lines[1]
    assert "Ze is sindsdien 2 keer verschoven, tot 30 juni 2026: 91 dagen later." in said
    assert "Wordt de datum van 30 juni 2026 gehaald?" in said


@pytest.mark.usefixtures("keeper")
@pytest.mark.parametrize(
    ("due", "words"),
    [
        ({"due_end": date(2026, 4, 9)}, "De termijn is vandaag 1 dag verstreken."),
        (
            {"due_text": "binnenkort", "due_start": None, "due_end": None},
            "Als termijn werd “binnenkort” genoemd, zonder einddatum.",
        ),
        ({"due_text": "", "due_start": None, "due_end": None}, "Er werd geen termijn genoemd."),
    ],
)
def test_dates_and_plurals_are_right(client, due, words):
    assert words in text(client, rows.commitment(**due))


@pytest.mark.usefixtures("keeper")
def test_it_tells_the_parts_and_what_was_asked_before(client, made, reviewer):
    for title in ("Het rapport", "De nota"):
        parts.add(commitment=made, actor=reviewer, day=DAY, title=title)
    parts.tick(part=made.parts.first(), actor=reviewer, day=DAY, evidence="brief", done_on=date(2026, 3, 2))
    asking.file_question(commitment=made, actor=reviewer, day=DAY, filed_on=date(2026, 4, 1))
    said = text(client, made)
    assert "- Het rapport: uitgevoerd op 2 maart 2026\n- De nota: geen uitvoering gevonden" in said
    assert "Op de vraag van 1 april 2026 vond ik geen antwoord." in said
    assert "Tegen welke datum volgt de rest van de toezegging?" in said


@pytest.mark.usefixtures("keeper")
def test_it_is_addressed_to_the_successor_and_says_who_promised(client, made):
    Mandate.objects.update(end=date(2026, 3, 1))
    Mandate.objects.create(
        person=rows.person("Jan Peeters"), title="Vlaams minister", portfolio="Wonen en Energie", start=date(2026, 3, 2)
    )
    said = text(client, made)
    assert "aan Jan Peeters, Vlaams minister van Wonen en Energie" in said
    assert "zei minister Els Vanrode" in said


@pytest.mark.usefixtures("keeper")
def test_a_promise_made_elsewhere_names_its_source(client, reviewer):
    made = outside.enter(words=WORDS, title="", person=rows.person(), actor=reviewer, day=DAY, public=True)
    said = text(client, made)
    assert "in Radio, ochtendprogramma:" in said
    assert "(https://example.org/interview)" in said


@pytest.mark.usefixtures("keeper")
def test_words_of_a_document_are_neither_changed_nor_run(client):
    quote = "Ik <b>zal</b> {{ dat }} & het rapport bezorgen."
    made = rows.commitment(turn=rows.speech(text=quote), quote=quote)
    assert f"“{quote}”" in text(client, made)
    assert "<b>zal" not in client.get(reverse("question", args=[made.uid])).content.decode()


@pytest.mark.usefixtures("keeper")
def test_it_is_downloaded_as_a_word_document_with_the_same_words(client, made):
    answer = client.get(reverse("question_docx", args=[made.uid]), {"form": "oral"})
    document = docx.Document(BytesIO(answer.content))
    words = " ".join(" ".join(paragraph.text for paragraph in document.paragraphs).split())
    assert words == " ".join(text(client, made, "oral").split())


def test_asked_files_it_with_the_text_as_it_was_by_who_may_change_commitments(client, login, made):
    address = reverse("question", args=[made.uid])
    given = {"text": "Mijn vraag", "filed_on": "2026-04-09", "number": "412"}
    assert client.post(address, given)["Location"].startswith(reverse("admin:login"))
    login("staff")
    assert client.post(address, given).status_code == 403
    login("reader", "view_commitment")
    assert client.post(address, given).status_code == 403
    assert client.get(address).status_code == 200
    assert not Asking.objects.exists()
    login("keeper", "view_commitment", "change_commitment")
    assert client.post(f"{address}?form=oral", given).status_code == 302
    filed = Asking.objects.get()
    assert (filed.kind, filed.number, filed.text, filed.addressee) == ("oral", "412", "Mijn vraag", made.person)
    assert filed.filed_by.username == "keeper"


@pytest.mark.usefixtures("keeper")
def test_what_cannot_be_filed_is_said_and_keeps_what_was_typed(client, made):
    answer = client.post(reverse("question", args=[made.uid]), {"text": "Mijn vraag", "filed_on": "2026-04-11"})
    assert "still to come" in answer.content.decode()
    assert "Mijn vraag" in answer.content.decode()


@pytest.mark.parametrize("name", ["question", "question_docx"])
def test_the_draft_is_for_who_may_see_commitments_at_the_desk(client, login, made, name):
    address = reverse(name, args=[made.uid])
    assert client.get(address)["Location"].startswith(reverse("admin:login"))
    login("staff")
    assert client.get(address).status_code == 403
    login("reader", "view_commitment")
    assert client.get(address).status_code == 200
    assert client.get(address, {"form": "sonnet"}).status_code == 404


@pytest.mark.usefixtures("keeper")
def test_the_page_asks_as_often_for_much_as_for_little(client, made):
    counts = []
    for _ in range(3):
        rows.follow_up(made, state=FollowUp.State.CONFIRMED)
        rows.statement(rows.speech(), rows.NEXT, state="accepted", commitment=made)
        with CaptureQueriesContext(connection) as asked:
            text(client, made)
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]
