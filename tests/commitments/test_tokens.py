"""Keys for programs: told once, kept as a digest, no further than a role or a scope, and over when they are over."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from commitments.api.authentication import TokenAuthentication
from commitments.api.permissions import may, needs, viewer
from commitments.models import ApiToken, Membership, OfficeEvent, Scope
from commitments.services import tokens
from commitments.services.errors import RoleError, ServiceError
from tests.commitments.offices import DAY, NOTE, World, world
from tracker.clock import moment, noon_of

pytestmark = pytest.mark.django_db
AT = noon_of(DAY)
LIST = "/api/v1/commitments/"


@pytest.fixture
def office() -> World:
    return world().keep()


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


def key(user, *scopes: str, days: int = 90, name: str = "rapport") -> tuple[ApiToken, str]:
    return tokens.make(user=user, name=name, scopes=scopes, days=days, at=moment(), day=DAY)


def get(secret: str, address: str = LIST):
    return Client().get(address, headers={"Authorization": f"Bearer {secret}"})


def request_of(office: World, persona: str, *scopes: str, key_of: bool = True) -> Request:
    made = APIRequestFactory().get(LIST)
    if persona == "anonymous":
        return Request(made)
    user = office.users[persona]
    if key_of:
        row = ApiToken.objects.create(
            user=user, name="x", digest=persona, scopes=list(scopes), made_at=AT, expires_at=AT + timedelta(days=1)
        )
        request = Request(made)
        request.user, request.auth = user, row
        return request
    request = Request(made)
    request.user, request.auth = user, None
    return request


def test_the_secret_is_told_once_and_kept_nowhere(office):
    row, secret = key(office.users["stranger"])
    assert tokens.SHAPE.fullmatch(secret)
    kept = ApiToken.objects.filter(pk=row.pk).values().get()
    assert secret not in str(kept)
    assert kept["digest"] == tokens.digest_of(secret)
    assert secret.startswith(kept["start"])
    assert len(secret) - len(kept["start"]) >= 2 * tokens.BYTES - 8
    assert key(office.users["stranger"])[1] != secret


def test_a_key_lets_its_owner_in_and_the_use_of_it_is_noted_once_an_hour(office):
    row, secret = key(office.users["stranger"])
    assert get(secret).status_code == 200
    row.refresh_from_db()
    assert row.used_at == AT
    with CaptureQueriesContext(
        connection,
    ) as asked:
        get(secret)
    assert not [one for one in asked.captured_queries if one["sql"].startswith("UPDATE")]
    with time_machine.travel(AT + timedelta(minutes=59), tick=False):
        get(secret)
    row.refresh_from_db()
    assert row.used_at == AT
    with time_machine.travel(AT + timedelta(minutes=60), tick=False):
        get(secret)
    row.refresh_from_db()
    assert row.used_at == AT + timedelta(minutes=60)


def test_a_key_that_does_not_work_is_refused_with_the_reason_even_where_none_is_needed(office):
    user = office.users["stranger"]
    gone, withdrawn = key(user)
    tokens.revoke(token=gone, actor=user, at=AT, day=DAY)
    _, expired = key(user, days=1)
    _, shut = key(office.users["b_reader"])
    office.users["b_reader"].is_active = False
    office.users["b_reader"].save()
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        for given, word in (
            (withdrawn, "ingetrokken"),
            (expired, "vervallen"),
            (shut, "gesloten"),
            ("tgz_" + 48 * "0", "niet"),
            ("something", "niet"),
            ("a b", "Bearer"),
            ("", "Bearer"),
        ):
            answer = get(given)
            assert answer.status_code == 401, given
            assert answer["WWW-Authenticate"].startswith("Bearer")
            assert word in answer.json()["detail"]


def test_what_is_no_key_asks_nothing_of_the_database():
    with CaptureQueriesContext(connection) as asked:
        assert tokens.find("tgz_" + 47 * "0") is None
        assert tokens.find("tgz_" + 48 * "x") is None
    assert len(asked) == 0


def test_a_key_is_not_made_for_more_than_its_owner_may_do(office):
    able = {persona: set() for persona in ("stranger", "a_reader", "a_reviewer", "a_manager", "superuser")}
    for persona, scopes in able.items():
        for scope in Scope:
            try:
                key(office.users[persona], scope)
            except RoleError:
                continue
            scopes.add(str(scope))
    assert able == {
        "stranger": {"webhooks"},
        "a_reader": {"office", "webhooks"},
        "a_reviewer": set(Scope.values),
        "a_manager": set(Scope.values),
        "superuser": {"proposals", "review", "webhooks"},
    }


def test_a_request_goes_as_far_as_role_and_scope_both_go(office):
    for persona in ("a_reader", "a_reviewer", "superuser", "stranger"):
        for scope in Scope:
            ApiToken.objects.all().delete()
            without = request_of(office, persona, *(set(Scope.values) - {str(scope)}))
            assert not may(without, scope), (persona, scope)
            ApiToken.objects.all().delete()
            by_key = may(request_of(office, persona, scope), scope)
            assert by_key == may(request_of(office, persona, key_of=False), scope), (persona, scope)
    assert not any(may(request_of(office, "anonymous"), scope) for scope in Scope)


def test_who_loses_a_role_loses_it_for_the_keys_that_were_made_with_it(office):
    user = office.users["a_reviewer"]
    _, secret = key(user, Scope.REVIEW, Scope.OFFICE)
    address = reverse("api:commitment-office", args=[office.commitment.uid])
    assert NOTE in get(secret, address).content.decode()
    Membership.objects.filter(user=user).delete()
    assert get(secret, address).status_code == 404


def test_what_an_office_keeps_is_not_shown_to_a_key_that_was_not_made_for_it(office):
    address = reverse("api:commitment-office", args=[office.commitment.uid])
    _, other = key(office.users["a_manager"], Scope.PROPOSALS, Scope.REVIEW, Scope.NOTES, Scope.WEBHOOKS)
    assert get(other, address).status_code == 404
    request = request_of(office, "a_manager", Scope.NOTES)
    assert viewer(request, Scope.OFFICE) == AnonymousUser()
    assert viewer(request, Scope.NOTES) == office.users["a_manager"]


def test_a_door_for_a_scope_says_which_of_the_two_is_missing(office):
    guard = needs(Scope.REVIEW)()
    assert guard.has_permission(request_of(office, "a_reviewer", Scope.REVIEW), None)
    assert not guard.has_permission(request_of(office, "a_manager", Scope.NOTES), None)
    assert "sleutel" in guard.message
    assert not guard.has_permission(request_of(office, "a_reader", Scope.REVIEW), None)
    assert "rol" in guard.message


def test_a_key_is_withdrawn_by_its_owner_a_manager_of_that_office_or_who_administers_the_site(office):
    for persona in ("a_reader", "a_manager", "superuser"):
        row, secret = key(office.users["a_reader"])
        tokens.revoke(token=row, actor=office.users[persona], at=AT, day=DAY)
        tokens.revoke(token=row, actor=office.users["superuser"], at=AT + timedelta(days=1), day=DAY)
        row.refresh_from_db()
        assert (row.revoked_at, row.revoked_by) == (AT, office.users[persona])
        assert get(secret).status_code == 401
    row, secret = key(office.users["a_reader"])
    for persona in ("stranger", "a_reviewer", "b_manager", "b_reader"):
        with pytest.raises(RoleError):
            tokens.revoke(token=row, actor=office.users[persona], at=AT, day=DAY)
    assert get(secret).status_code == 200


def test_the_offices_of_its_owner_are_told_of_a_key_and_no_other(office):
    OfficeEvent.objects.all().delete()
    row, secret = key(office.users["a_reader"], Scope.OFFICE)
    tokens.revoke(token=row, actor=office.users["a_manager"], at=AT, day=DAY)
    made, gone = OfficeEvent.objects.filter(kind="key").order_by("at")
    assert made.team == gone.team == office.a
    facts = {"user": "a_reader", "scopes": ["office"]}
    assert (made.before, made.after, gone.before, gone.after) == ({}, facts, facts, {})
    assert (made.actor, gone.actor) == (office.users["a_reader"], office.users["a_manager"])
    page = office.client("a_reviewer").get(reverse("office")).content.decode()
    assert "a_reader (office)" in page
    assert secret not in page


@pytest.mark.parametrize(
    "wrong", [{"name": "  "}, {"days": 0}, {"days": tokens.MOST_DAYS + 1}, {"scopes": ["everything"]}]
)
def test_what_will_not_do_for_a_key_is_refused_and_leaves_nothing(office, wrong):
    asked = {"name": "x", "days": 1, "scopes": [], **wrong}
    with pytest.raises(ServiceError):
        tokens.make(user=office.users["stranger"], at=AT, day=DAY, **asked)
    assert not ApiToken.objects.exists()


def test_nobody_has_more_keys_than_can_be_looked_after(office):
    made = [key(office.users["stranger"])[0] for _ in range(tokens.MOST)]
    with pytest.raises(ServiceError):
        key(office.users["stranger"])
    tokens.revoke(token=made[0], actor=office.users["stranger"], at=AT, day=DAY)
    key(office.users["stranger"])


def test_somebody_sees_ones_own_keys_and_nobody_elses(office):
    mine, _ = key(office.users["a_reader"])
    assert list(ApiToken.objects.seen_by(office.users["a_reader"])) == [mine]
    for persona in ("stranger", "a_manager", "superuser"):
        assert not ApiToken.objects.seen_by(office.users[persona]).exists()
    assert not ApiToken.objects.seen_by(AnonymousUser()).exists()


def test_a_key_opens_no_page_and_no_desk(office):
    _, secret = key(office.users["superuser"], *("proposals", "review", "webhooks"))
    for name in ("my_mail", "office", "admin:index"):
        assert get(secret, reverse(name)).status_code == 302


def test_the_way_to_come_in_says_how(office):
    assert TokenAuthentication().authenticate(Request(APIRequestFactory().get(LIST))) is None
    basic = APIRequestFactory().get(LIST, HTTP_AUTHORIZATION="Basic eA==")
    assert TokenAuthentication().authenticate(Request(basic)) is None
