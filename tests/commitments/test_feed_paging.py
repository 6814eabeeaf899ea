"""A list is walked by cursor: nothing twice, nothing skipped, whatever is added or taken away meanwhile."""

import base64
import json
from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.keyset import BadCursorError, read_cursor, write_cursor
from tests import rows

LIST = "/api/v1/commitments/"
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


def get(client, address: str = LIST, **query) -> dict:
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def walked(client, address: str | None, way: str = "next") -> list[list[str]]:
    pages = []
    while address:
        answer = get(client, address)
        pages.append([one["uid"] for one in answer["results"]])
        address = answer[way]
    return pages


def in_all_places() -> list[str]:
    """Commitments with and without a last day and a day to ask, several on one place; their uids in order."""
    days = [DAY, DAY, DAY - timedelta(days=9), None, None, None, DAY + timedelta(days=400)]
    asked = [None, None, None, DAY, DAY, None, None]
    made = [rows.commitment(due_end=end, check_on=ask) for end, ask in zip(days, asked, strict=True)]
    far = date.max
    made.sort(key=lambda one: (one.due_end or far, one.check_on or far, one.said_on, one.pk))
    return [str(one.uid) for one in made]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
def test_walking_forwards_and_back_gives_the_same_pages(client, size):
    expected = in_all_places()
    address = f"{LIST}?page_size={size}"
    there = walked(client, address)
    assert [uid for page in there for uid in page] == expected
    assert [len(page) for page in there[:-1]] == [size] * (len(there) - 1)
    last = address
    while following := get(client, last)["next"]:
        last = following
    back = walked(client, last, "previous")
    assert back == list(reversed(there))


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/api/v1/speeches/?ordering={order}" for order in ("date", "-date", "position")])
def test_an_order_by_columns_of_several_tables_is_walked_both_ways(client, address):
    for day in (9, 2, 9, 9, 30):
        paper = rows.document(day=date(2026, 3, day))
        rows.speech(rows.item(paper))
    (whole,) = walked(client, address)
    assert len(whole) == 5
    last = f"{address}&page_size=2"
    there = walked(client, last)
    assert [uid for page in there for uid in page] == whole
    while following := get(client, last)["next"]:
        last = following
    assert walked(client, last, "previous") == list(reversed(there))


@pytest.mark.django_db
def test_what_is_added_before_the_page_meanwhile_neither_repeats_nor_skips_a_row(client):
    expected = in_all_places()
    first = get(client, page_size=3)
    rows.commitment(due_end=date(2020, 1, 1))
    assert [one["uid"] for one in first["results"]] == expected[:3]
    rest = [uid for page in walked(client, first["next"]) for uid in page]
    assert rest == expected[3:]


@pytest.mark.django_db
def test_a_row_on_which_a_page_ended_may_be_gone(client):
    expected = in_all_places()
    first = get(client, page_size=3)
    from commitments.models import Commitment

    Commitment.objects.get(uid=expected[2]).statements.update(state="rejected")
    assert [uid for page in walked(client, first["next"]) for uid in page] == expected[3:]


@pytest.mark.django_db
def test_the_address_of_the_next_page_keeps_what_was_asked(client):
    for number in range(3):
        rows.commitment(kind="publish", title=f"Plan {number}")
    rows.commitment(kind="act")
    pages = walked(client, f"{LIST}?kind=publish&page_size=2&as_of=2026-03-01")
    assert [len(page) for page in pages] == [2, 1]


@pytest.mark.django_db
def test_who_counts_pages_is_told_how_many_rows_there_are(client):
    expected = in_all_places()
    found = get(client, page=2, page_size=3)
    assert [one["uid"] for one in found["results"]] == expected[3:6]
    assert found["count"] == 7
    assert "page=3" in found["next"]
    assert "page=1" in found["previous"]
    assert "count" not in get(client)


@pytest.mark.django_db
def test_a_page_holds_as_many_rows_as_may_be(client):
    in_all_places()
    assert len(get(client, page_size=100_000)["results"]) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"cursor": "what is this"}, "cursor"),
        ({"cursor": "ééé"}, "cursor"),
        ({"cursor": write_cursor("last_day", "n", "2026-01-01")}, "cursor"),
        ({"cursor": write_cursor("last_day", "n", "2026-01-01", "2026-01-01", "soon", 7)}, "cursor"),
        ({"cursor": write_cursor("last_day", "n", "2026-01-01", "2026-01-01", None, 7)}, "cursor"),
        ({"cursor": write_cursor("last_day", "n", "2026-01-01", "2026-01-01", {}, 7)}, "cursor"),
        ({"cursor": write_cursor("last_day", "n", "2026-01-01", "2026-01-01", "2026-01-01", 10**30)}, "cursor"),
        ({"cursor": write_cursor("last_day", "x", "2026-01-01", "2026-01-01", "2026-01-01", 7)}, "cursor"),
        ({"cursor": write_cursor("title", "n", "2026-01-01", "2026-01-01", "2026-01-01", 7)}, "cursor"),
        ({"cursor": base64.urlsafe_b64encode(json.dumps({"a": 1}).encode()).decode()}, "cursor"),
        ({"page_size": "many"}, "page_size"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "-1"}, "page_size"),
        ({"page": "²"}, "page"),
        ({"ordering": "colour"}, "ordering"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(client, query, field):
    rows.commitment()
    answer = client.get(LIST, query)
    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [field]


@pytest.mark.django_db
def test_past_the_last_page_there_is_nothing(client):
    rows.commitment()
    answer = client.get(LIST, {"page": "2"})
    assert answer.status_code == 404
    assert "2" in answer.json()["detail"]
    assert client.get(LIST, {"page": "9" * 40}).status_code == 404


@given(st.lists(st.one_of(st.integers(), st.text(), st.dates().map(str), st.none()), max_size=6))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_cursor_is_read_as_it_was_written(parts):
    if any(isinstance(one, str) and "\x00" in one for one in parts):
        with pytest.raises(BadCursorError):
            read_cursor(write_cursor(*parts))
    else:
        assert read_cursor(write_cursor(*parts)) == parts


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_is_refused(text):
    with suppress(BadCursorError):
        assert isinstance(read_cursor(text), list)


@pytest.mark.django_db
def test_thirty_rows_are_asked_for_as_often_as_two(client):
    from tests.commitments.counting import queries

    assert client.get(LIST).status_code == 200  # asks once whether this SQLite knows JSON
    counts = []
    for wanted in (2, 30):
        for number in range(wanted):
            rows.commitment(turn=rows.speech(person=rows.person(f"Minister {wanted} {number}")))
        for form in ("json", "csv", "jsonl", "xlsx"):
            with queries() as asked:
                answer = client.get(LIST, {"format": form})
                assert answer.content if form == "json" else b"".join(answer.streaming_content)
            counts.append((form, len(asked)))
    assert counts[:4] == counts[4:]
    assert all(few <= 12 for _form, few in counts)


@pytest.mark.django_db
def test_pages_follow_each_other_in_order(client):
    in_all_places()
    pages = walked(client, f"{LIST}?page_size=2")
    for one, other in pairwise(pages):
        assert not set(one) & set(other)
