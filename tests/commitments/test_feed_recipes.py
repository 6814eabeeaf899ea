"""The recipes of docs/api.md, followed as far as HTTP goes: the addresses and the columns stand there as they are."""

import csv
import re
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from openpyxl import load_workbook

from tests import rows
from tests.commitments.feed import DAY, house, more_rows

pytestmark = pytest.mark.django_db
WORDS = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
RECIPES = WORDS.partition("## Recipes")[2].partition("\n## Keys")[0]


@pytest.fixture(autouse=True)
def _house(settings):
    settings.TODAY = DAY
    house()
    more_rows(3)
    rows.commitment(title="Te laat")


def recipe(name: str) -> str:
    return RECIPES.partition(f"### {name}\n")[2].partition("\n### ")[0]


def answer(address: str):
    found = Client().get(address)
    assert found.status_code == 200, (address, found.content)
    return found


def test_power_bi_follows_next_to_the_last_row_and_finds_its_columns():
    words = recipe("Power BI")
    address = re.search(r'"https://toegezegd\.example\.org(/api[^"]+)"', words)[1].replace("500", "2")
    columns = re.search(r"\{(\"uid\".*?)\}", words)[1].replace('"', "").split(", ")
    found = []
    while address:
        page = answer(address).json()
        found += page["results"]
        address = page["next"]
    assert len(found) == 5
    assert all(set(columns) <= set(one) for one in found)


def test_grafana_finds_each_column_at_each_address():
    panels = re.findall(
        r"^\| [\w ]+ \| `(/api[^`]+)`( with root `results`)? \| (.+) \|$", recipe("Grafana"), re.MULTILINE
    )
    assert len(panels) == 3
    for address, root, told in panels:
        found = answer(address).json()
        found = found["results"] if root else found
        assert found
        for one in found if isinstance(found, list) else [found]:
            for column in re.findall(r"`([\w.]+)`", told):
                value = one
                for name in column.split("."):
                    value = value[name]
    assert answer("/api/v1/stats/?as_of=2026-02-01").json()["overdue"] == 0


def test_a_spreadsheet_opens_each_address_with_the_same_rows():
    words = recipe("A spreadsheet")
    sheet, double_click = re.findall(r"`(/api[^`]+)`", words)
    book = load_workbook(BytesIO(b"".join(answer(sheet))), read_only=True)
    lines = list(book.active.iter_rows(values_only=True))
    assert "Te laat" in [line[lines[0].index("title")] for line in lines[1:]]
    text = b"".join(answer(double_click)).decode("utf-8-sig")
    titles = [one["title"] for one in csv.DictReader(StringIO(text), delimiter=";")]
    assert len(titles) == 5
    assert "Te laat" in titles
    by_minister = re.search(r'IMPORTDATA\("https://toegezegd\.example\.org(/api[^"]+)"\)', words)[1]
    table = list(csv.DictReader(StringIO(b"".join(answer(by_minister)).decode())))
    assert sum(int(one["total"]) for one in table) == 5
