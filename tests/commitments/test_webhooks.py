"""Events to addresses: signed, at least once, later when they fail, never more than everybody may hear."""

import base64
import hashlib
import hmac
import json
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction

from commitments import tasks
from commitments.models import Event, FollowUp, Note, WebHook, WebHookDelivery
from commitments.services import tokens, webhooks
from commitments.services.errors import RoleError, ServiceError
from tests import rows
from tests.commitments.hooks import AT, after, happened, hook, key, told
from tests.commitments.hooks import _here as _here
from tests.commitments.hooks import office as office
from tests.commitments.hooks import there as there
from tests.commitments.offices import DAY, SECRETS
from tracker.beat import BEAT_SCHEDULE
from tracker.celery import app
from tracker.clock import moment

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).resolve().parent.parent.parent / "docs/api.md"


def test_an_event_is_sent_with_a_signature_that_its_receiver_can_check(office, there):
    mine = hook(office, there)
    event = happened(office)
    assert webhooks.send_due() == (1, 0)
    ((_path, headers, body),) = there.got
    # As the specification tells a receiver to do it, with nothing of ours.
    secret = base64.b64decode(webhooks.secret_of(mine).removeprefix("whsec_"))
    signed = b".".join([headers["webhook-id"].encode(), headers["webhook-timestamp"].encode(), body])
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert int(headers["webhook-timestamp"]) == int(AT.timestamp())
    assert headers["webhook-id"] == str(WebHookDelivery.objects.get().pk)
    assert headers["content-type"] == "application/json"
    made = office.commitment
    assert json.loads(body) == {
        "type": "commitment.status_changed",
        "timestamp": event.at.isoformat(),
        "data": {
            "event": str(event.uid),
            "day": "2026-04-06",
            "about_day": None,
            "commitment": {
                "uid": str(made.uid),
                "title": made.title,
                "status": made.status,
                "due_end": "2026-03-31",
                "url": f"http://127.0.0.1:8000/toezeggingen/{made.uid}/",
                "api": f"http://127.0.0.1:8000/api/v1/commitments/{made.uid}/",
            },
        },
    }


def test_the_lines_in_the_documents_know_what_is_ours(office, there):
    shown = re.search(r"```python\n(import base64.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[1]
    names: dict = {}
    exec(shown, names)  # noqa: S102  our own document
    mine = hook(office, there)
    happened(office)
    webhooks.send_due()
    ((_path, headers, body),) = there.got
    secret = webhooks.secret_of(mine)
    assert names["is_ours"](secret, headers, body)
    assert not names["is_ours"](secret, headers, body + b" ")
    assert not names["is_ours"](webhooks.secret_of(hook(office, there)), headers, body)
    assert not names["is_ours"](secret, headers | {"webhook-id": "another"}, body)
    with after(timedelta(minutes=6)):
        assert not names["is_ours"](secret, headers, body)


def test_each_address_has_a_secret_of_its_own_that_is_in_no_row(office, there):
    one, two = hook(office, there), hook(office, there)
    assert len({webhooks.secret_of(one), webhooks.secret_of(two)}) == 2
    assert webhooks.secret_of(WebHook.objects.get(pk=one.pk)) == webhooks.secret_of(one)
    assert webhooks.secret_of(one)[6:] not in str(WebHook.objects.values().get(pk=one.pk))


def test_an_event_is_sent_once_in_order_and_only_from_the_time_the_address_was_given(office, there):
    happened(office, "accepted")
    hook(office, there)
    for kind in ("became_overdue", "asked", "status_changed"):
        happened(office, kind)
    assert webhooks.send_due() == (3, 0)
    assert webhooks.send_due() == (0, 0)
    assert told(there) == ["commitment.became_overdue", "commitment.asked", "commitment.status_changed"]


def test_only_the_kinds_that_were_chosen_are_sent(office, there):
    hook(office, there, kinds=["asked"])
    happened(office, "asked")
    happened(office, "status_changed")
    assert webhooks.send_due() == (1, 0)
    assert told(there) == ["commitment.asked"]


def test_what_the_house_keeps_to_itself_is_never_sent(office, there):
    hook(office, there, "a_manager", token=key(office, "a_manager", "webhooks", "office", "proposals", "review"))
    proposal = rows.statement(quote=rows.NEXT)
    follow_up = rows.follow_up(office.commitment)
    for kind in set(Event.Kind) - set(webhooks.TOLD):
        happened(office, kind, about_day=DAY)
    happened(office, "status_changed", commitment=None, statement=proposal)
    happened(office, "follow_up_judged", follow_up=follow_up)
    hidden = rows.commitment(title="Nog niet aanvaard")
    hidden.statements.update(state="proposed")
    happened(office, "status_changed", commitment=hidden)
    assert Note.objects.seen_by(office.users["a_manager"]).exists()
    assert webhooks.send_due() == (0, 0)
    follow_up.state = FollowUp.State.CONFIRMED
    follow_up.save()
    assert webhooks.send_due() == (1, 0)
    assert told(there) == ["commitment.follow_up_judged"]
    assert not any(word in body.decode() for _path, _headers, body in there.got for word in (*SECRETS, rows.NEXT))


def test_what_is_public_no_longer_when_it_is_sent_is_passed_over(office, there):
    mine = hook(office, there)
    happened(office)
    webhooks.queue(at=moment())
    office.commitment.statements.update(state="proposed")
    assert webhooks.send(mine.pk) == (0, 0)
    assert WebHookDelivery.objects.get().state == "passed"
    assert not there.got


def test_an_event_that_was_committed_behind_a_later_one_is_found(office, there):
    hook(office, there)
    late = happened(office, "asked")
    later = happened(office, "status_changed")
    number, facts = late.pk, {f.attname: getattr(late, f.attname) for f in Event._meta.concrete_fields}
    late.delete()
    with after(webhooks.SETTLED - timedelta(minutes=1)):
        assert webhooks.send_due() == (1, 0)
        Event.objects.create(**facts)
        assert number < later.pk
        assert webhooks.send_due() == (1, 0)
    with after(webhooks.SETTLED + timedelta(minutes=1)):
        assert webhooks.send_due() == (0, 0)
        assert WebHook.objects.get().looked_at == later.pk


def test_more_events_than_one_run_notes_are_noted_by_the_next_ones(office, there, monkeypatch):
    monkeypatch.setattr(webhooks, "BATCH", 2)
    hook(office, there)
    for day in range(5):
        happened(office, "became_overdue", about_day=date(2026, 4, 1 + day))
    with after(webhooks.SETTLED + timedelta(minutes=1)):
        assert [webhooks.send_due()[0] for _ in range(4)] == [2, 2, 1, 0]
    assert len(there.got) == 5


def test_a_test_and_a_second_time_are_sent_when_somebody_asks(office, there):
    mine, owner = hook(office, there), office.users["stranger"]
    webhooks.send_test(webhook=mine, actor=owner, at=moment())
    assert webhooks.send(mine.pk) == (1, 0)
    made = WebHookDelivery.objects.get()
    webhooks.send_again(delivery=made, actor=owner)
    assert webhooks.send(mine.pk) == (1, 0)
    assert told(there) == ["test", "test"]
    assert [headers["webhook-id"] for _path, headers, _body in there.got] == [str(made.pk)] * 2
    for verb in (webhooks.switch_on, webhooks.remove):
        for persona in ("a_manager", "superuser"):
            with pytest.raises(RoleError):
                verb(webhook=mine, actor=office.users[persona])
    with pytest.raises(RoleError):
        webhooks.send_test(webhook=mine, actor=office.users["superuser"], at=moment())
    with pytest.raises(RoleError):
        webhooks.send_again(delivery=made, actor=office.users["superuser"])
    WebHook.objects.update(active=False)
    with pytest.raises(ServiceError):
        webhooks.send_test(webhook=mine, actor=owner, at=moment())
    webhooks.remove(webhook=mine, actor=owner)
    assert not WebHookDelivery.objects.exists()


def test_an_address_is_registered_with_a_key_of_ones_own_that_was_made_for_it(office):
    owner, good = office.users["stranger"], "https://example.org/hook"
    wrong = [
        (key(office, "a_reader"), good, []),
        (key(office, "superuser", "proposals"), good, []),
        (key(office), "ftp://example.org/", []),
        (key(office), "https://me:word@example.org/", []),
        (key(office), "https://example.org/" + 500 * "x", []),
        (key(office), good, ["proposed"]),
    ]
    revoked = key(office)
    tokens.revoke(token=revoked, actor=owner, at=AT, day=DAY)
    for token, address, kinds in [*wrong, (revoked, good, [])]:
        with pytest.raises(ServiceError):
            webhooks.register(token=token, address=address, kinds=kinds, actor=owner, at=AT)
    assert not WebHook.objects.exists()
    for _ in range(webhooks.MOST):
        hook(office, good, token=wrong[3][0])
    with pytest.raises(ServiceError):
        hook(office, good, token=wrong[3][0])


def test_what_was_sent_long_ago_is_forgotten_and_not_sent_again(office, there):
    hook(office, there)
    happened(office)
    webhooks.send_due()
    with after(webhooks.KEPT + timedelta(days=1)):
        webhooks.send_due()
        assert not WebHookDelivery.objects.exists()
        assert webhooks.send_due() == (0, 0)
    assert len(there.got) == 1


def test_the_beat_finds_what_the_queue_lost(office, there):
    assert BEAT_SCHEDULE["webhooks"]["task"] == tasks.deliver_events.name
    assert BEAT_SCHEDULE["webhooks"]["options"]["expires"] == 60
    assert tasks.deliver_events.name in app.tasks
    hook(office, there)
    happened(office)
    tasks.deliver_events()
    assert told(there) == ["commitment.status_changed"]


@pytest.mark.django_db(transaction=True)
def test_with_workers_a_transaction_queues_the_sending_once_and_without_them_nobody_waits(
    office, settings, monkeypatch
):
    queued = []
    monkeypatch.setattr(tasks.deliver_events, "delay", lambda: queued.append(connection.in_atomic_block))
    happened(office)
    assert queued == []
    settings.CELERY_TASK_ALWAYS_EAGER = False
    with transaction.atomic():
        for day in range(3):
            happened(office, "became_overdue", about_day=date(2026, 4, 1 + day))
        assert queued == []
    assert queued == [False]
