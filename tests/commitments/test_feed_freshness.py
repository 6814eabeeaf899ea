"""Nobody fetches twice what they have, and nobody is told they have what is no longer so."""

import gzip
from datetime import UTC, date, datetime

import pytest
import time_machine

from tests import rows

LIST = "/api/v1/commitments/"
DAY = date(2026, 4, 10)


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


def again(client, answer, address: str = LIST, **headers):
    return client.get(address, headers={"If-None-Match": answer["ETag"], **headers})


@pytest.mark.django_db
def test_what_a_client_has_is_not_sent_again(client):
    made = rows.commitment()
    for address in (LIST, f"{LIST}{made.uid}/"):
        first = client.get(address)
        second = again(client, first, address)
        assert (second.status_code, second.content) == (304, b"")
        assert second["ETag"] == first["ETag"]
        assert second["Cache-Control"] == first["Cache-Control"]


@pytest.mark.django_db
def test_a_change_is_sent(client):
    made = rows.commitment()
    first = client.get(LIST)
    made.evidence = "https://example.org/verslag"
    made.save()
    assert again(client, first).status_code == 200


@pytest.mark.django_db
def test_midnight_in_brussels_changes_what_is_late_and_so_the_answer(client, settings):
    settings.TODAY = None
    rows.commitment(due_end=date(2026, 4, 10))
    with time_machine.travel(datetime(2026, 4, 10, 21, 59, tzinfo=UTC), tick=False):
        first = client.get(LIST)
    with time_machine.travel(datetime(2026, 4, 10, 22, 1, tzinfo=UTC), tick=False):
        second = again(client, first)
    assert second.status_code == 200
    assert second.json()["results"][0]["days_late"] == 1


@pytest.mark.django_db
def test_the_day_asked_about_and_the_language_have_answers_of_their_own(client):
    made = rows.commitment(due_rule="hand", due_text="tegen eind maart")
    made.statements.update(due_rule="hand")
    first = client.get(LIST)
    assert again(client, first, f"{LIST}?as_of=2026-03-01").status_code == 200
    address = f"{LIST}{made.uid}/"
    dutch = client.get(address, headers={"Accept-Language": "nl"})
    assert again(client, dutch, address, **{"Accept-Language": "en"}).status_code == 200
    assert again(client, dutch, address, **{"Accept-Language": "nl"}).status_code == 304


@pytest.mark.django_db
def test_caches_keep_answers_apart_by_whatever_they_depend_on(client):
    told = client.get(LIST)["Vary"].replace(" ", "").split(",")
    assert {"Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie"} <= set(told)


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["json", "csv"])
def test_everybody_may_keep_what_is_public_and_nobody_else_what_somebody_asked(client, admin_user, form):
    rows.commitment()
    assert client.get(LIST, {"format": form})["Cache-Control"] == "no-cache, public"
    client.force_login(admin_user)
    assert client.get(LIST, {"format": form})["Cache-Control"] == "no-cache, private"


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["json", "csv", "jsonl"])
def test_public_answers_are_packed_for_who_can_unpack_them(client, admin_user, form):
    for _ in range(5):
        rows.commitment()
    address = f"{LIST}?format={form}"
    packing = {"Accept-Encoding": "gzip, br"}

    def content(answer) -> bytes:
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    plain, packed = client.get(address), client.get(address, headers=packing)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(content(packed)) == content(plain)
    if form == "json":
        assert packed["ETag"] == plain["ETag"]
        assert again(client, plain, address, **packing).status_code == 304
    client.force_login(admin_user)
    assert "Content-Encoding" not in client.get(address, headers=packing)


@pytest.mark.django_db
def test_a_workbook_is_not_packed_twice(client):
    rows.commitment()
    assert "Content-Encoding" not in client.get(f"{LIST}?format=xlsx", headers={"Accept-Encoding": "gzip"})


@pytest.mark.django_db
def test_a_problem_is_not_kept(client):
    answer = client.get(LIST, {"as_of": "yesterday"})
    assert answer.status_code == 400
    assert "ETag" not in answer


@pytest.mark.django_db
def test_what_an_office_keeps_is_kept_by_no_cache(client, admin_user):
    from commitments.models import Membership, Team

    made = rows.commitment()
    Membership.objects.create(team=Team.objects.create(name="Fractie"), user=admin_user, role=Membership.Role.MANAGER)
    client.force_login(admin_user)
    answer = client.get(f"{LIST}{made.uid}/office/", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer
    assert "Content-Encoding" not in answer
