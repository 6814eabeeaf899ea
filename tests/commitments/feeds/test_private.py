"""Secret addresses: what they give, to whom, and when they stop."""

import hashlib
import json
import logging
import logging.config
from io import StringIO

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from commitments.models import FeedAddress, Membership, OfficeEvent
from commitments.services import feed_addresses, offices, review
from commitments.services.errors import RoleError, ServiceError
from tests import rows
from tests.commitments.counting import queries
from tests.commitments.feeds.asking import DAY, atom, calendar
from tests.commitments.offices import LABEL, NOTE, SECRETS, World, world
from tracker import logs

pytestmark = pytest.mark.django_db

KINDS = ("ics", "atom")


@pytest.fixture(autouse=True)
def _day(settings):
    settings.TODAY = DAY


@pytest.fixture
def office() -> World:
    made = world().keep()
    rows.commitment(title="Van niemand gevolgd")
    return made


def address(office: World, who: str, team: bool = True, name: str = "") -> tuple[FeedAddress, str]:
    return feed_addresses.make(user=office.users[who], team=office.a if team else None, name=name, day=DAY)


def path(secret: str, kind: str = "ics") -> str:
    return f"/feeds/eigen.{kind}?key={secret}"


def gives(secret: str) -> list[int]:
    return [Client().get(path(secret, kind)).status_code for kind in KINDS]


def test_an_office_has_what_it_marked_with_its_marks(office):
    _, secret = address(office, "a_reader")
    found = calendar(path(secret))
    event = found.event
    assert event["uid"] == str(office.commitment.uid)
    assert event["class"] == "PRIVATE"
    said = str(event["description"])
    assert "Prioriteit: hoog" in said
    assert f"Labels: {LABEL}" in said
    assert NOTE not in found.answer.content.decode()
    assert [one.title for one in atom(path(secret, "atom")).entries] == ["Nieuwe toezegging: Rapport bezorgen"]


def test_a_change_of_marks_raises_the_sequence(office):
    _, secret = address(office, "a_reader")
    author, last = office.users["a_author"], calendar(path(secret)).event
    mark = {"team": office.a, "commitment": office.commitment, "actor": author, "day": DAY, "watched": True}
    changes = [
        lambda: offices.mark(**mark, priority="low", tags=[office.label]),
        lambda: offices.rename_tag(tag=office.label, name="zwaan", actor=office.users["a_manager"], day=DAY),
        lambda: offices.mark(**mark, priority="low"),
        lambda: offices.mark(**mark),
    ]
    for change in changes:
        change()
        event = calendar(path(secret)).event
        assert event.to_ical() != last.to_ical()
        assert int(event["sequence"]) > int(last["sequence"])
        last = event
    before = Client().get(path(secret)).content
    offices.add_note(team=office.a, commitment=office.commitment, text="x", actor=author, day=DAY)
    assert Client().get(path(secret)).content == before


def test_what_leaves_the_list_leaves_the_feed(office):
    _, secret = address(office, "a_reader")
    first = Client().get(path(secret))
    author = office.users["a_author"]
    offices.mark(team=office.a, commitment=office.commitment, actor=author, day=DAY)
    answer = Client().get(path(secret), headers={"If-None-Match": first["ETag"]})
    assert answer.status_code == 200
    assert b"VEVENT" not in answer.content


def test_a_watch_list_is_ones_own_and_that_of_ones_offices(office):
    _, secret = address(office, "a_reader", team=False)
    own = rows.commitment(title="Voor mij alleen")
    offices.watch_alone(commitment=own, user=office.users["a_reader"], watched=True)
    found = calendar(path(secret))
    assert {str(one["uid"]) for one in found.events} == {str(own.uid), str(office.commitment.uid)}
    for marked in (*SECRETS, "Prioriteit"):
        assert marked not in found.answer.content.decode()
    _, colleague = address(office, "a_reviewer", team=False)
    assert [str(one["uid"]) for one in calendar(path(colleague)).events] == [str(office.commitment.uid)]
    _, elsewhere = address(office, "b_reader", team=False)
    assert calendar(path(elsewhere)).events == []


def test_a_promise_that_is_put_back_to_review_is_cancelled_for_who_watched_it(office):
    _, secret = address(office, "a_reader")
    review.reopen(statement=office.commitment.statements.get(), actor=office.users["superuser"], day=DAY)
    event = calendar(path(secret)).event
    assert event["status"] == "CANCELLED"
    for private in (LABEL, "apport", "Vanrode"):
        assert private not in event.to_ical().decode()


@pytest.mark.parametrize("who", ["b_reader", "b_manager", "stranger", "superuser"])
def test_nobody_makes_an_address_for_an_office_of_others(office, who):
    with pytest.raises(RoleError):
        address(office, who)
    answer = office.client(who).post(reverse("my_feeds"), {"about": str(office.a.uid)})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not FeedAddress.objects.exists()


def test_a_login_opens_no_secret_address_and_a_secret_no_page(office):
    _, secret = address(office, "a_reader")
    for who in office.users:
        assert [office.client(who).get(f"/feeds/eigen.{kind}").status_code for kind in KINDS] == [404, 404]
    assert Client().get(reverse("my_feeds"), {"key": secret}).status_code == 302


def _leave(office: World, row: FeedAddress) -> None:
    mine = Membership.objects.get(team=office.a, user=row.user)
    offices.remove_member(membership=mine, actor=office.users["superuser"], day=DAY)


def _inactive(office: World, row: FeedAddress) -> None:
    row.user.is_active = False
    row.user.save()


def _revoked(office: World, row: FeedAddress) -> None:
    feed_addresses.revoke(address=row, actor=row.user, day=DAY)


@pytest.mark.parametrize("end", [_leave, _inactive, _revoked])
def test_an_address_that_has_ended_gives_nothing_to_anybody(office, end):
    row, secret = address(office, "a_reader")
    before = Client().get(path(secret))
    assert gives(secret) == [200, 200]
    end(office, row)
    assert gives(secret) == [404, 404]
    for headers in ({"If-None-Match": before["ETag"]}, {"If-None-Match": "*"}):
        answer = Client().get(path(secret), headers=headers)
        assert answer.status_code == 404
        assert "ETag" not in answer
    for who in ("a_manager", "superuser", "b_reader"):
        assert office.client(who).get(path(secret)).status_code == 404


def test_who_leaves_keeps_the_feed_of_ones_own_list_without_the_offices(office):
    row, secret = address(office, "a_reader", team=False)
    assert len(calendar(path(secret)).events) == 1
    _leave(office, row)
    assert calendar(path(secret)).events == []


def test_who_leaves_and_comes_back_makes_a_new_address(office):
    row, secret = address(office, "a_reader")
    _leave(office, row)
    boss = office.users["superuser"]
    offices.set_member(team=office.a, user=row.user, role="reader", actor=boss, day=DAY)
    assert gives(secret) == [404, 404]
    _, newer = address(office, "a_reader")
    assert gives(newer) == [200, 200]


def test_another_role_changes_nothing(office):
    row, secret = address(office, "a_reader")
    offices.set_member(team=office.a, user=row.user, role="reviewer", actor=office.users["superuser"], day=DAY)
    assert gives(secret) == [200, 200]


@pytest.mark.parametrize("secret", ["", "x", "é", "a" * 101, "%00", "' OR 1=1 --"])
def test_a_secret_that_is_none_gives_nothing(office, secret):
    address(office, "a_reader")
    assert gives(secret) == [404, 404]


def test_the_secret_is_kept_nowhere(office):
    row, secret = address(office, "a_reader")
    assert len(secret) >= 43
    assert row.fingerprint == hashlib.sha256(secret.encode()).hexdigest()
    kept = [str(value) for one in FeedAddress.objects.values() for value in one.values()]
    kept += [json.dumps([one.before, one.after]) for one in OfficeEvent.objects.all()]
    assert not [one for one in kept if secret in one]


def test_two_addresses_have_two_secrets(office):
    (one, first), (other, second) = address(office, "a_reader"), address(office, "a_reader")
    assert first != second
    feed_addresses.revoke(address=one, actor=one.user, day=DAY)
    assert (gives(first), gives(second)) == ([404, 404], [200, 200])
    assert other.fingerprint != one.fingerprint


def test_making_and_revoking_leave_a_trail_that_the_office_sees(office):
    row, _ = address(office, "a_reader", name="Outlook")
    for _again in range(2):
        feed_addresses.revoke(address=row, actor=row.user, day=DAY)
    trail = OfficeEvent.objects.seen_by(office.users["a_manager"]).filter(kind__startswith="feed_").order_by("at")
    assert list(trail.values_list("kind", "actor__username", "before", "after")) == [
        ("feed_made", "a_reader", {}, {"name": "Outlook"}),
        ("feed_revoked", "a_reader", {"name": "Outlook"}, {}),
    ]
    page = office.client("a_manager").get(reverse("office")).content.decode()
    assert "geheim adres van een feed ingetrokken" in page
    address(office, "a_reader", team=False)
    assert OfficeEvent.objects.filter(kind="feed_made").count() == 1


def test_only_its_owner_revokes_an_address(office):
    row, secret = address(office, "a_reader")
    for who in ("a_manager", "superuser", "b_reader", "stranger"):
        assert office.client(who).post(reverse("my_feeds_revoke", args=[row.pk])).status_code == 404
        with pytest.raises(RoleError):
            feed_addresses.revoke(address=row, actor=office.users[who], day=DAY)
    assert gives(secret) == [200, 200]
    assert office.client("a_reader").post(reverse("my_feeds_revoke", args=[row.pk])).status_code == 302
    assert gives(secret) == [404, 404]


def test_who_may_not_log_in_makes_none(office):
    office.users["a_reader"].is_active = False
    with pytest.raises(RoleError):
        address(office, "a_reader", team=False)


def test_nobody_has_more_than_a_few(office, monkeypatch):
    monkeypatch.setattr(feed_addresses, "MOST", 2)
    (first, _), _ = address(office, "a_reader"), address(office, "a_reader", team=False)
    with pytest.raises(ServiceError):
        address(office, "a_reader")
    answer = office.client("a_reader").post(reverse("my_feeds"), {"about": "watch"})
    assert "U hebt 2 geheime adressen" in answer.content.decode()
    feed_addresses.revoke(address=first, actor=first.user, day=DAY)
    address(office, "a_reader")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["", "&lang=fr"])
def test_whatever_is_answered_is_for_who_asked_alone(office, kind, query):
    _, secret = address(office, "a_reader")
    for given in (secret, "x"):
        answer = Client().get(path(given, kind) + query)
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "Access-Control-Allow-Origin" not in answer
        assert "Last-Modified" not in answer
        assert not answer.cookies
    first = Client().get(path(secret, kind))
    again = Client().get(path(secret, kind), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["Cache-Control"]) == (304, "private, no-cache")


def test_the_day_it_was_last_asked_for_is_kept_once_a_day(office, settings):
    row, secret = address(office, "a_reader")
    Client().get(path(secret))
    row.refresh_from_db()
    assert row.used_on == DAY
    with queries() as found:
        Client().get(path(secret))
    assert not [one for one in found if one["sql"].startswith("UPDATE")]


@pytest.mark.parametrize("kind", KINDS)
def test_the_number_of_questions_to_the_database_does_not_grow(office, kind):
    _, secret = address(office, "a_reader")
    Client().get(path(secret, kind))

    def asked() -> int:
        with queries() as found:
            assert Client().get(path(secret, kind)).status_code == 200
        return len(found)

    mark = {"team": office.a, "actor": office.users["a_author"], "day": DAY, "tags": [office.label], "watched": True}
    offices.mark(commitment=rows.commitment(title="Tweede"), priority="low", **mark)
    few = asked()
    for number in range(28):
        turn = rows.speech(person=rows.person(f"Minister {number}"))
        offices.mark(commitment=rows.commitment(title=f"{number}", turn=turn), priority="low", **mark)
    assert asked() == few


def test_the_secret_stands_in_no_line_of_the_log(office, monkeypatch):
    _, secret = address(office, "a_reader")
    written = StringIO()
    wiring = logs.configuration(form=logs.JSON, level="DEBUG")
    wiring["handlers"]["console"]["stream"] = written
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logging.config.dictConfig(wiring)
        client = Client(raise_request_exception=False)
        assert client.get(path(secret)).status_code == 200
        assert client.get(path(f"{secret}x")).status_code == 404
        assert client.get(path(secret) + "&alarm=nooit").status_code == 400
        monkeypatch.setattr("commitments.feeds.entries.read", lambda *args, **named: 1 / 0)
        assert client.get(path(secret)).status_code == 500
    finally:
        logging.config.dictConfig(site.LOGGING)
        root.handlers[:], root.level = before
    said = [line for line in written.getvalue().splitlines() if "django.db.backends" not in line]
    assert len([line for line in said if "/feeds/eigen.ics" in line]) >= 4
    assert not [line for line in said if secret in line]
    assert secret not in written.getvalue()
