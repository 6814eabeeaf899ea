"""A whole list in every format, read back by second readers: the same rows as in JSON."""

import csv
import json
import tracemalloc
from datetime import date, datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from rest_framework.renderers import JSONRenderer

from commitments.api import base
from commitments.api.formats import as_text, cells
from commitments.api.serializers import CommitmentSerializer
from commitments.api.views import COLUMNS
from commitments.models import Commitment
from commitments.services import asking, outside, tracking
from commitments.showing.past import Past
from commitments.showing.succession import Holders
from tests import rows
from tests.commitments.offices import SECRETS, world
from transcripts.models import Mandate

LIST = "/api/v1/commitments/"
DAY = date(2026, 4, 10)
FORMULA = '=HYPERLINK("http://127.0.0.1";"kijk")'
FORMS = ["jsonl", "csv", "xlsx"]


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


def whole(client, form: str, **query) -> bytes:
    answer = client.get(LIST, {"format": form, **query})
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def as_json(client, **query) -> list[dict]:
    return client.get(LIST, query).json()["results"]


def several() -> None:
    rows.commitment(title=FORMULA)
    rows.commitment(title='Een "plan"; met, tekens\nen een regel', due_end=None, due_start=None, due_text="")
    rows.commitment(title="Één café – naïef", status="fulfilled", fulfilled_on=date(2026, 4, 1), evidence="-1+1")
    rows.commitment(person=None, condition="als het decreet er is")


def unsafe(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


@pytest.mark.django_db
def test_json_lines_are_the_results_of_json(client):
    several()
    lines = whole(client, "jsonl").decode().splitlines()
    assert [json.loads(line) for line in lines] == as_json(client)


@pytest.mark.django_db
@pytest.mark.parametrize("excel", [False, True])
def test_csv_gives_the_same_rows_back_and_no_cell_is_a_formula(client, excel):
    several()
    text = whole(client, "csv", **({"excel": "true"} if excel else {})).decode()
    assert text.startswith("\ufeff") is excel
    head, *lines = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";" if excel else ",")
    assert tuple(head) == COLUMNS
    expected = [[as_text(cell) for cell in cells(one, COLUMNS)] for one in as_json(client)]
    assert [[unsafe(cell) for cell in line] for line in lines] == expected
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell == f"'{FORMULA}" for line in lines for cell in line)


@pytest.mark.django_db
def test_a_workbook_gives_the_same_rows_back_with_days_and_numbers_and_without_formulas(client):
    several()
    sheet = openpyxl.load_workbook(BytesIO(whole(client, "xlsx"))).active
    head, *lines = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == COLUMNS
    results = as_json(client)
    assert len(lines) == len(results) == 4
    for line, one in zip(lines, results, strict=True):
        for cell, expected in zip(line, cells(one, COLUMNS), strict=True):
            assert cell.data_type != "f"
            found = cell.value
            if isinstance(found, datetime):
                found = found.date().isoformat()
            assert ("" if found is None else found) == (
                expected if isinstance(expected, bool | int) else as_text(expected)
            )
    ends = {cell.value for cell in list(sheet.columns)[COLUMNS.index("deadline.end")][1:]}
    assert datetime(2026, 3, 31) in ends  # noqa: DTZ001 - a sheet knows no zones
    assert {type(cell.value) for cell in list(sheet.columns)[COLUMNS.index("days_late")][1:]} == {int}


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_the_whole_filtered_list_is_written_whatever_the_page_size(client, monkeypatch, form):
    monkeypatch.setattr(base, "AT_ONCE", 2)
    for number in range(5):
        rows.commitment(kind="publish", title=f"Plan {number}")
    rows.commitment(kind="act", title="Niet gevraagd")
    content = whole(client, form, kind="publish", page_size="1")
    if form == "xlsx":
        titles = [line[2] for line in openpyxl.load_workbook(BytesIO(content)).active.iter_rows(values_only=True)][1:]
    elif form == "csv":
        titles = [line["title"] for line in csv.DictReader(StringIO(content.decode()))]
    else:
        titles = [json.loads(line)["title"] for line in content.decode().splitlines()]
    assert titles == [one["title"] for one in as_json(client, kind="publish")]
    assert len(titles) == 5


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
def test_an_empty_list_is_a_list_in_every_format(client, form):
    content = whole(client, form)
    if form == "xlsx":
        assert openpyxl.load_workbook(BytesIO(content)).active.max_row == 1
    else:
        assert content.decode() == ("" if form == "jsonl" else ",".join(COLUMNS) + "\r\n")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("accept", "told"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/jsonl", "application/jsonl"),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet, */*;q=0.1", "application/vnd.openxml"),
        ("*/*", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
    ],
)
def test_the_header_accept_chooses_the_format_where_the_address_does_not(client, accept, told):
    rows.commitment()
    answer = client.get(LIST, headers={"Accept": accept})
    assert answer["Content-Type"].startswith(told)
    assert client.get(LIST, {"format": "json"}, headers={"Accept": accept})["Content-Type"] == "application/json"


@pytest.mark.django_db
def test_a_download_has_a_name_with_the_day_in_it(client):
    answer = client.get(LIST, {"format": "csv"})
    assert answer["Content-Disposition"] == 'attachment; filename="commitments-2026-04-10.csv"'


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"format": "pdf"}, "format"),
        ({"format": "csv", "excel": "maybe"}, "excel"),
        ({"format": "csv", "kind": "x"}, "kind"),
    ],
)
def test_a_problem_is_told_as_one_in_every_format(client, query, field):
    answer = client.get(LIST, query)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.django_db
def test_one_commitment_is_json_and_nothing_else(client):
    address = f"{LIST}{rows.commitment().uid}/"
    assert client.get(address, {"format": "json"}).status_code == 200
    assert client.get(address, {"format": "csv"}).json()["errors"] == {
        "format": ["“csv” wordt hier niet aangeboden. Kies uit: json."]
    }


@pytest.mark.django_db
def test_a_list_too_long_for_a_sheet_is_refused_before_it_is_written(client, monkeypatch):
    from commitments.api.formats import XLSX

    monkeypatch.setattr(XLSX, "most_rows", 1)
    rows.commitment()
    assert client.get(LIST, {"format": "xlsx"}).status_code == 200
    rows.commitment()
    answer = client.get(LIST, {"format": "xlsx"})
    assert answer.status_code == 400
    assert "csv" in answer.json()["detail"]


@pytest.mark.django_db
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("persona", ["anonymous", "stranger", "a_author", "b_manager", "superuser"])
def test_no_format_shows_anybody_more_than_json_does(form, persona):
    """Neither what waits for a judgement nor what an office keeps, not to its own members and not to a superuser."""
    office = world().keep()
    hidden = rows.commitment(title="Verborgen")
    hidden.statements.update(state="proposed")
    client = office.client(persona)
    content = whole(client, form)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(BytesIO(content)).active
        text = "\n".join(str(value) for line in sheet.iter_rows(values_only=True) for value in line)
    else:
        text = content.decode()
    assert str(office.commitment.uid) in text
    assert str(hidden.uid) not in text
    assert not [secret for secret in SECRETS if secret in text]
    assert [one["uid"] for one in as_json(client)] == [str(office.commitment.uid)]


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_a_longer_list_takes_no_more_memory(client, monkeypatch, form):
    """What is held at once is a few rows, not the list: counted by the allocations, not by a clock."""
    monkeypatch.setattr(base, "AT_ONCE", 5)
    monkeypatch.setattr("commitments.api.formats.BYTES", 1)
    turn = rows.speech()
    document_text = "x" * 20_000

    def held() -> int:
        answer = client.get(LIST, {"format": form})
        tracemalloc.start()
        for piece in answer.streaming_content:
            assert piece
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    for number in range(10):
        rows.commitment(title=f"Plan {number}", evidence=document_text, turn=rows.speech(turn.item))
    held()
    few = held()
    for number in range(90):
        rows.commitment(title=f"Plan {number}", evidence=document_text, turn=rows.speech(turn.item))
    assert held() < few * 2


@pytest.mark.django_db
@pytest.mark.parametrize("as_of", ["2026-03-05", "2026-04-10", "2027-01-01"])
def test_a_row_written_by_hand_says_what_the_serializer_says(client, rf, reviewer, as_of):
    """The list is put together by hand, for speed; the description of the API is that of the serializer."""
    several()
    by = {"actor": reviewer, "day": DAY}
    person = rows.person()
    ended = Mandate.objects.create(
        person=person, title="Minister", portfolio="Wonen", start=date(2024, 1, 1), end=date(2026, 3, 1)
    )
    later = rows.person("Jan Peeters")
    Mandate.objects.create(person=later, title="Minister", portfolio="Wonen en Energie", start=date(2026, 3, 2))
    made = rows.commitment(mandate=ended)
    rows.statement(quote=rows.NEXT, state="accepted", commitment=made)
    rows.statement(quote=rows.NEXT, state="proposed", commitment=made, said_on=date(2020, 1, 1))
    asking.file_question(commitment=made, number="412", **by)
    tracking.change_status(commitment=Commitment.objects.exclude(pk=made.pk)[0], status="fulfilled", evidence="x", **by)
    words = outside.Words("Het komt er.", date(2026, 2, 1), "De krant", "https://krant.example.org", "", None, DAY)
    outside.enter(words=words, title="Elders", person=person, public=True, **by)
    day = date.fromisoformat(as_of)
    request = rf.get("/")
    found = list(Commitment.objects.published().with_sources())
    Past(day, DAY).rewind(found)
    context = {"request": request, "day": day, "holders": Holders(day)}
    expected = json.loads(JSONRenderer().render(CommitmentSerializer(found, many=True, context=context).data))
    by_uid = {one["uid"]: one for one in as_json(client, as_of=as_of)}
    assert len(by_uid) == 6
    assert [by_uid[one["uid"]] for one in expected] == expected
    assert [list(by_uid[one["uid"]]) for one in expected] == [list(one) for one in expected]
    assert any(one["successors"] for one in expected) is (day > date(2026, 3, 1))
