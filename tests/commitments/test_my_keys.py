"""The page of one's own keys and addresses, and what a manager sees of them."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from commitments.models import ApiToken, WebHook, WebHookDelivery
from commitments.services import tokens, webhooks
from tests.commitments.offices import DAY, World, world
from tests.receiver import receiver
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db
AT = noon_of(DAY)
PAGE = "/mijn-sleutels/"


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def office() -> World:
    return world()


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def make(office: World, persona: str = "a_reader", **given):
    return office.client(persona).post(PAGE, {"name": "rapport", "days": 90, **given})


def with_hook(office: World, persona: str, address: str = "https://example.org/hook") -> WebHook:
    user = office.users[persona]
    key, _ = tokens.make(user=user, name="x", scopes=["webhooks"], days=90, at=AT, day=DAY)
    return webhooks.register(token=key, address=address, kinds=[], actor=user, at=AT)


def test_a_key_is_shown_when_it_is_made_and_never_again(office):
    answer = make(office, scopes=["office"])
    (secret,) = set(tokens.SHAPE.findall(text(answer)))
    assert "no-store" in answer["Cache-Control"]
    made = ApiToken.objects.get()
    assert (made.user, made.scopes, made.expires_at) == (office.users["a_reader"], ["office"], AT + timedelta(days=90))
    assert tokens.find(secret) == made
    page = text(office.client("a_reader").get(PAGE))
    assert secret not in page
    assert made.start in page


def test_the_scopes_that_are_offered_are_those_of_ones_role(office):
    def offered(persona: str) -> set[str]:
        page = text(office.client(persona).get(PAGE))
        return set(re.findall(r'name="scopes" value="(\w+)"', page))

    assert offered("stranger") == {"webhooks"}
    assert offered("a_reader") == {"office", "webhooks"}
    assert offered("a_manager") == {"proposals", "review", "office", "notes", "webhooks"}
    page = text(make(office, "stranger", scopes=["review"]))
    assert not ApiToken.objects.exists()
    assert 'class="error"' in page


def test_a_key_without_a_name_is_not_made_and_what_was_filled_in_stays(office):
    page = text(make(office, name=" ", scopes=["office"]))
    assert not ApiToken.objects.exists()
    assert re.search(r'value="office"[^>]*checked', page)


def test_one_withdraws_ones_own_key_and_nobody_elses(office):
    make(office)
    key = ApiToken.objects.get()
    address = reverse("my_key_revoke", args=[key.pk])
    for persona in ("stranger", "a_manager", "superuser"):
        assert office.client(persona).post(address).status_code == 404
    assert office.client("a_reader").get(address).status_code == 405
    page = text(office.client("a_reader").post(address, follow=True))
    assert "ingetrokken" in page
    key.refresh_from_db()
    assert key.revoked_at == AT


def test_an_address_is_given_tested_and_removed(office, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    client = office.client("a_reader")
    assert 'name="hook-address"' not in text(client.get(PAGE))
    make(office, scopes=["webhooks"])
    key = ApiToken.objects.get()
    with receiver() as there:
        given = {"hook-token": str(key.pk), "hook-address": there.address, "hook-kinds": ["asked"]}
        page = text(client.post(reverse("my_webhook_add"), given, follow=True))
        hook = WebHook.objects.get()
        assert (hook.address, hook.kinds, hook.token) == (there.address, ["asked"], key)
        assert webhooks.secret_of(hook).replace("+", "&#x2B;") in page or webhooks.secret_of(hook) in page
        webhooks.send_test(webhook=hook, actor=office.users["a_reader"], at=AT)
        assert webhooks.send(hook.pk) == (1, 0)
        assert len(there.got) == 1
    assert "antwoord 200" in text(client.get(PAGE))
    made = WebHookDelivery.objects.get()
    client.post(reverse("my_delivery_again", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == "waiting"
    assert client.post(reverse("my_webhook", args=[hook.pk, "nonsense"])).status_code == 404
    client.post(reverse("my_webhook", args=[hook.pk, "verwijderen"]))
    assert not WebHook.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_who_asks_for_a_test_gets_it_at_once_where_tasks_run_in_the_process(office, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    with receiver() as there:
        hook = with_hook(office, "stranger", there.address)
        office.client("stranger").post(reverse("my_webhook", args=[hook.pk, "proef"]))
        assert len(there.got) == 1


def test_what_went_wrong_with_an_address_is_told_on_the_page(office):
    hook = with_hook(office, "stranger", "https://127.0.0.1/")
    webhooks.send_test(webhook=hook, actor=office.users["stranger"], at=AT)
    assert webhooks.send(hook.pk) == (0, 1)
    page = text(office.client("stranger").get(PAGE))
    assert "privaat netwerk" in page
    assert "mislukt sinds" in page
    WebHook.objects.update(active=False, stopped_at=AT)
    assert "uitgeschakeld" in text(office.client("stranger").get(PAGE))
    office.client("stranger").post(reverse("my_webhook", args=[hook.pk, "aan"]))
    assert WebHook.objects.get().active


def test_an_address_that_makes_no_sense_or_a_key_of_another_is_refused(office):
    other = with_hook(office, "a_manager").token
    mine = with_hook(office, "stranger").token
    for token, address in ((other, "https://example.org/"), (mine, "nonsense"), (mine, "ftp://example.org/")):
        page = text(
            office.client("stranger").post(
                reverse("my_webhook_add"), {"hook-token": str(token.pk), "hook-address": address}
            )
        )
        assert 'class="error"' in page
    assert WebHook.objects.count() == 2


def test_nobody_sees_or_touches_the_addresses_of_another(office):
    hook = with_hook(office, "a_reader")
    made = webhooks.send_test(webhook=hook, actor=office.users["a_reader"], at=AT)
    for persona in ("stranger", "a_manager", "superuser"):
        client = office.client(persona)
        assert hook.address not in text(client.get(PAGE))
        for verb in ("aan", "proef", "verwijderen"):
            assert client.post(reverse("my_webhook", args=[hook.pk, verb])).status_code == 404
        assert client.post(reverse("my_delivery_again", args=[made.pk])).status_code == 404
    assert WebHookDelivery.objects.count() == 1


def test_a_manager_sees_and_withdraws_the_keys_of_who_works_for_that_office_alone(office):
    def key(persona: str) -> ApiToken:
        return tokens.make(user=office.users[persona], name=persona, scopes=[], days=90, at=AT, day=DAY)[0]

    mine, other = key("a_reader"), key("b_reader")
    address = reverse("admin:commitments_apitoken_changelist")
    page = text(office.client("a_manager").get(address))
    assert mine.start in page
    assert other.start not in page
    assert mine.digest not in text(
        office.client("superuser").get(reverse("admin:commitments_apitoken_change", args=[mine.pk]))
    )
    assert office.client("a_reviewer").get(address).status_code == 403
    for one in (mine, other):
        given = {"action": "withdraw_selected", "_selected_action": [str(one.pk)]}
        office.client("a_manager").post(address, given, follow=True)
    mine.refresh_from_db()
    other.refresh_from_db()
    assert (mine.revoked_by, other.revoked_at) == (office.users["a_manager"], None)
