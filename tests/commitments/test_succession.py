"""A promise follows its portfolio: who is in charge of it now, and what is handed over."""

import csv
from datetime import date
from io import BytesIO, StringIO

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.models import Commitment
from commitments.services import outside
from commitments.showing import sheets
from commitments.showing.succession import Holders
from tests import rows
from tests.commitments.test_outside import WORDS
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db

ELECTION = date(2024, 6, 9)
SWORN = date(2024, 9, 30)
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY
    settings.LANGUAGE_CODE = "en"


def mandate(name: str, portfolio: str, start: date = SWORN, end: date | None = None, **fields) -> Mandate:
    facts = {"title": "Vlaams minister", "registered": True}
    return Mandate.objects.create(
        person=rows.person(name), portfolio=portfolio, start=start, end=end, **(facts | fields)
    )


def before(portfolio: str, name: str = "Els Vanrode") -> Mandate:
    return mandate(name, portfolio, date(2019, 10, 2), date(2024, 9, 29))


def after(old: Mandate) -> list[tuple[str, bool]]:
    return [(one.person.name, one.certain) for one in Holders(DAY).after(old)]


def test_a_mandate_that_goes_on_has_no_successor():
    assert after(mandate("Els Vanrode", "Wonen")) == []
    assert Holders(DAY).after(None) == []


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ({"Jan Peeters": "Energie en Wonen"}, [("Jan Peeters", True)]),  # in another order
        ({"Jan Peeters": "Wonen, Energie en Toerisme"}, [("Jan Peeters", True)]),  # merged into a larger one
        ({"Jan Peeters": "Wonen", "Mia Claes": "Energie"}, [("Jan Peeters", False), ("Mia Claes", False)]),  # split
        ({"Jan Peeters": "Energiebeleid en Mobiliteit"}, []),
        ({"Jan Peeters": "Sociaal Wonen"}, [("Jan Peeters", False)]),  # a word of it
        ({"Jan Peeters": "Onderwijs"}, []),
        ({"Els Vanrode": "Wonen en Energie"}, [("Els Vanrode", True)]),  # in office again
    ],
    ids=str,
)
def test_a_portfolio_passes_to_whoever_holds_it_now(now, found):
    old = before("Wonen en Energie")
    for name, portfolio in now.items():
        mandate(name, portfolio)
    assert after(old) == found


def test_the_register_goes_before_what_a_heading_told():
    old = before("Wonen")
    mandate("Jan Peeters", "Wonen", registered=False)
    assert after(old) == [("Jan Peeters", True)]
    mandate("Mia Claes", "Wonen en Energie")
    assert after(old) == [("Mia Claes", True)]


def test_words_of_every_portfolio_make_no_successor():
    mandate("Jan Peeters", "Vlaamse Rand")
    assert after(before("Vlaamse Ombudsdienst")) == []


def test_page_list_and_api_show_the_successor(client):
    made = rows.commitment(mandate=before("Wonen en Energie"))
    new = mandate("Jan Peeters", "Wonen")
    rows.commitment(mandate=before("Onderwijs", "Mia Claes"))
    text = client.get(reverse("commitment", args=[made.uid])).content.decode()
    assert "Now probably in charge:" in text
    assert "Jan Peeters" in text
    uid = str(new.person.uid)
    assert list(client.get(reverse("commitments"), {"holder": uid}).context["page"]) == [made]
    (found,) = client.get("/api/v1/commitments/", {"holder": uid}).json()["results"]
    assert found["successors"] == [
        {
            "person": {"uid": uid, "name": "Jan Peeters"},
            "portfolio": "Wonen",
            "since": "2024-09-30",
            "certain": False,
        }
    ]


def test_who_made_the_promise_and_is_still_in_charge_is_found_too(client):
    held = mandate("Els Vanrode", "Wonen")
    made = rows.commitment(mandate=held)
    query = {"holder": str(held.person.uid)}
    assert list(client.get(reverse("commitments"), query).context["page"]) == [made]


def old_promise(**fields) -> Commitment:
    return rows.commitment(said_on=date(2023, 3, 1), **fields)


def test_the_hand_over_lists_by_portfolio_what_is_still_to_be_kept(client, login):
    login("reader", "view_commitment")
    living, teaching = before("Wonen"), before("Onderwijs", "Mia Claes")
    mandate("Jan Peeters", "Wonen")
    still = [old_promise(mandate=living), old_promise(mandate=living, status="lapsed")]
    other = old_promise(mandate=teaching, person=teaching.person, status="partly")
    old_promise(mandate=living, status="fulfilled")
    rows.commitment(mandate=living)  # of this legislature
    found = client.get(reverse("hand_over"), {"from": "2019"}).context["portfolios"]
    assert [(one.name, one.ministers, [each.person.name for each in one.holders]) for one in found] == [
        ("Onderwijs", "Mia Claes", []),
        ("Wonen", "Els Vanrode", ["Jan Peeters"]),
    ]
    assert [set(one.commitments) for one in found] == [{other}, set(still)]


@pytest.mark.parametrize(("format", "begins"), [("", b"<!DOCTYPE"), ("csv", b"\xef\xbb\xbf"), ("docx", b"PK")])
def test_the_hand_over_is_for_who_may_see_commitments_at_the_desk(client, login, format, begins):
    address = reverse("hand_over", args=[format] if format else [])
    assert client.get(address)["Location"].startswith(reverse("admin:login"))
    login("staff")
    assert client.get(address).status_code == 403
    login("reader", "view_commitment")
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(begins)


def test_the_hand_over_asks_as_often_for_many_rows_as_for_one(client, login):
    login("reader", "view_commitment")
    counts = []
    for number in range(3):
        for at in range(number + 1):
            old_promise(mandate=before(f"Wonen {number} {at}"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("hand_over"), {"from": "2019"})
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2]


def test_the_table_says_the_same_as_the_page_and_computes_nothing(client, login, reviewer):
    login("reader", "view_commitment")
    old_promise(mandate=before("Wonen"), title='=HYPERLINK("http://example.org")', due_text="@mei")
    outside.enter(words=WORDS, title="-1", person=rows.person(), actor=reviewer, day=DAY, public=True)
    content = client.get(reverse("hand_over", args=["csv"]), {"from": "2019"}).content.decode("utf-8-sig")
    head, row = csv.reader(StringIO(content), delimiter=";")
    assert len(head) == len(row)
    assert (row[0], row[2], row[6]) == ("Wonen", '\'=HYPERLINK("http://example.org")', "'@mei")
    assert "'-1;" in client.get(reverse("hand_over", args=["csv"])).content.decode()


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"])
def test_a_cell_that_a_spreadsheet_would_compute_is_disarmed(cell):
    assert sheets.safe(cell) == f"'{cell}"
    assert sheets.safe("Ik zal = doen") == "Ik zal = doen"


def test_the_document_has_a_table_per_portfolio_and_takes_any_text(client, login):
    login("reader", "view_commitment")
    old_promise(mandate=before("Wonen"), title="Rapport\x01 \x0bbezorgen")
    old_promise(mandate=before("Onderwijs", "Mia Claes"))
    answer = client.get(reverse("hand_over", args=["docx"]), {"from": "2019"})
    made = docx.Document(BytesIO(answer.content))
    assert [len(table.rows) for table in made.tables] == [2, 2]
    assert made.tables[1].rows[1].cells[0].text == "Rapport bezorgen"
    assert "overdracht-2019-2024.docx" in answer["Content-Disposition"]


def test_a_legislature_that_does_not_exist_is_the_present_one(client, login):
    login("reader", "view_commitment")
    assert client.get(reverse("hand_over"), {"from": "x"}).context["term"].first == ELECTION
