"""Every list in every format holds the same rows, read back by second readers."""

import csv
import json
from io import BytesIO, StringIO

import openpyxl
import pytest

from commitments.api.formats import as_text, cells
from tests.commitments.feed import DAY, LISTS, get, house, listed, more_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_the_same_rows_in_every_format(client, name):
    house()
    more_rows(3)
    rows = get(client, listed(name))["results"]

    def whole(form: str) -> bytes:
        return b"".join(client.get(listed(name), {"format": form}).streaming_content)

    assert len(rows) > 2
    assert [json.loads(line) for line in whole("jsonl").decode().splitlines()] == rows
    head, *lines = csv.reader(StringIO(whole("csv").decode(), newline=""))
    assert lines == [[as_text(cell) for cell in cells(row, head)] for row in rows]
    first, *others = openpyxl.load_workbook(BytesIO(whole("xlsx"))).active.iter_rows(values_only=True)
    assert list(first) == head
    assert [one[0] for one in others] == [row["uid"] for row in rows]
