"""Counts: each promise once, as it stood on the day, in all and by group, and the same as the lists say."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from commitments.models import Commitment
from commitments.services import asking, tracking
from tests import rows
from tests.commitments.feed import get, seen
from transcripts.models import Mandate

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def boss(admin_user):
    return admin_user


def counts(client, name: str = "stats", **query):
    return get(client, reverse(f"api:{name}"), **query)


def fulfil(made: Commitment, boss, on: date) -> None:
    tracking.change_status(commitment=made, actor=boss, day=on, status="fulfilled", on=on, evidence="het verslag")


@pytest.fixture
def promises(boss) -> dict[str, Commitment]:
    """Until 31 March each, but one without a last day."""
    made = {name: rows.commitment(title=name) for name in ("late", "kept", "kept late", "waiting", "partly", "moved")}
    made["undated"] = rows.commitment(title="undated", due_text="", due_start=None, due_end=None)
    made["dropped"] = rows.commitment(title="dropped")
    fulfil(made["kept"], boss, date(2026, 3, 31))
    fulfil(made["kept late"], boss, date(2026, 4, 10))
    fulfil(made["undated"], boss, date(2026, 4, 10))
    tracking.change_status(
        commitment=made["partly"], actor=boss, day=date(2026, 5, 1), status="partly", evidence="een deel"
    )
    tracking.change_status(
        commitment=made["dropped"], actor=boss, day=date(2026, 5, 1), status="dropped", evidence="het besluit"
    )
    asking.file_question(commitment=made["waiting"], actor=boss, day=date(2026, 6, 10))
    put_off = rows.proposed(made["moved"], due_end=date(2026, 12, 31))
    tracking.confirm_follow_up(follow_up=put_off, actor=boss, day=date(2026, 5, 2))
    return made


def test_every_promise_is_counted_once_where_it_belongs(client, promises):
    late = (DAY - date(2026, 3, 31)).days
    assert counts(client) == {
        "as_of": "2026-06-15",
        "total": 8,
        "open": 4,
        "partly": 1,
        "overdue": 2,
        "days_late": 2 * late,
        "waiting": 1,
        "dated": 7,
        "fulfilled": 3,
        "on_time": 1,
        "late": 1,
        "undated": 1,
        "dropped": 1,
        "lapsed": 0,
        "superseded": 0,
        "slipped": 1,
        "days_slipped": (date(2026, 12, 31) - date(2026, 3, 31)).days,
    }


@pytest.mark.parametrize("day", ["2026-01-19", "2026-03-31", "2026-04-09", "2026-04-10", "2026-05-01", "2026-06-14"])
def test_a_day_that_has_passed_is_counted_as_the_lists_tell_it(client, promises, day):
    told = counts(client, as_of=day)
    said = {"as_of": day, "said_before": day}
    assert told["total"] == len(seen(client, "commitment", **said))
    assert told["open"] == len(seen(client, "commitment", status=["open", "partly"], **said))
    assert told["overdue"] == len(seen(client, "commitment", overdue="true", **said))
    assert told["waiting"] == len(seen(client, "commitment", waiting="true", **said))
    for status in ("partly", "fulfilled", "dropped"):
        assert told[status] == len(seen(client, "commitment", status=status, **said))


def test_the_series_tells_at_each_month_s_end_what_was_told_on_that_day(client, promises):
    series = counts(client, "stats-series", since="2026-01-05")
    assert [one["day"] for one in series] == [
        "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-15",
    ]  # fmt: skip
    for one in series:
        whole = counts(client, as_of=one["day"])
        whole.pop("as_of")
        assert {name: value for name, value in one.items() if name != "day"} == whole


def test_a_deadline_has_slipped_from_the_day_the_later_one_was_named(client, promises):
    named = rows.SAID_ON + timedelta(days=90)
    assert counts(client, as_of=(named - timedelta(days=1)).isoformat())["slipped"] == 0
    assert counts(client, as_of=named.isoformat())["slipped"] == 1


def test_groups_add_up_to_the_whole_and_what_has_none_comes_last(client, promises):
    mandate = Mandate.objects.create(
        person=rows.person("Jan Peeters"), title="Vlaams minister", portfolio="Wonen", start=date(2024, 9, 30)
    )
    rows.commitment(turn=rows.speech(person=mandate.person), mandate=mandate)
    whole = counts(client)
    for name in ("stats-ministers", "stats-portfolios", "stats-committees", "stats-months"):
        groups = counts(client, name)
        for count in ("total", "overdue", "days_late", "slipped"):
            assert sum(one[count] for one in groups) == whole[count], name
    assert [one["minister"]["name"] for one in counts(client, "stats-ministers")] == ["Jan Peeters", "Els Vanrode"]
    assert [one["portfolio"] and one["portfolio"]["portfolio"] for one in counts(client, "stats-portfolios")] == [
        "Wonen",
        None,
    ]
    assert counts(client, "stats-months")[0]["month"] == "2026-01"
    assert counts(client, "stats-committees")[0]["committee"] == "Commissie voor Wonen en Energie"


def test_counts_are_narrowed_as_the_list_is(client, promises):
    rows.commitment(kind="fund")
    assert counts(client, kind="fund")["total"] == 1
    assert counts(client, person=rows.person("Niemand").uid)["total"] == 0
    assert sum(one["total"] for one in counts(client, "stats-ministers", kind="fund")) == 1
    assert counts(client, "stats-series", kind="fund", since=DAY)[0]["total"] == 1


@pytest.mark.parametrize(
    "query",
    [
        {"since": "2026-06-16"},
        {"since": "2000-01-01"},
        {"since": "May"},
        {"as_of": "2200-01-01"},
        {"status": "open"},
    ],
)
def test_a_series_that_cannot_be_is_refused_by_name(client, query):
    answer = client.get(reverse("api:stats-series"), query)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == list(query)


def test_the_longest_series_and_an_empty_house_are_counted(client):
    assert counts(client)["total"] == 0
    assert counts(client, "stats-ministers") == []
    series = counts(client, "stats-series", since="2006-07-01")
    assert (len(series), series[0]["total"]) == (240, 0)
    assert len(counts(client, "stats-series", as_of="1900-01-31", since="1900-01-01")) == 1
    assert len(counts(client, "stats-series", as_of="2199-12-31")) == 12


def test_groups_come_as_csv_with_their_counts(client, promises):
    answer = client.get(reverse("api:stats-ministers"), {"format": "csv"})
    head, line = b"".join(answer).decode().splitlines()
    assert head.startswith("minister.uid,minister.name,total,open,partly,overdue")
    assert line.split(",")[1:4] == ["Els Vanrode", "8", "4"]
