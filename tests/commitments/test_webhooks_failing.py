"""What is done when an event is not taken: tried later, switched off, told its owner, and nothing lost."""

from datetime import timedelta

import pytest
import time_machine

from commitments.models import WebHook, WebHookDelivery
from commitments.services import sending, tokens, webhooks
from tests.commitments.hooks import AT, after, happened, hook, key, told
from tests.commitments.hooks import _here as _here
from tests.commitments.hooks import office as office
from tests.commitments.hooks import there as there
from tests.commitments.offices import DAY
from tracker.clock import moment

pytestmark = pytest.mark.django_db


def test_what_fails_is_tried_later_and_the_pauses_grow(office, there):
    there.answer = 503
    mine = hook(office, there)
    happened(office, "asked")
    happened(office, "status_changed")
    at = AT
    for attempt, pause in enumerate(sending.PAUSES[:4], 1):
        with time_machine.travel(at, tick=False):
            assert webhooks.send_due() == (0, 1)
            assert webhooks.send_due() == (0, 0)
        assert len(there.got) == attempt  # the second event waits as well, as long as nothing is taken there
        mine.refresh_from_db()
        assert (mine.failures, mine.failing_since) == (attempt, AT)
        assert pause * (1 - sending.JITTER) <= mine.retry_at - at <= pause * (1 + sending.JITTER)
        first = WebHookDelivery.objects.order_by("event_id").first()
        assert first.code == 503
        at = max([mine.retry_at, *filter(None, WebHookDelivery.objects.values_list("next_attempt_at", flat=True))])
    there.answer = 204
    with time_machine.travel(at, tick=False):
        assert webhooks.send_due() == (2, 0)
    mine.refresh_from_db()
    assert (mine.failures, mine.failing_since, mine.retry_at) == (0, None, None)
    assert set(WebHookDelivery.objects.values_list("state", flat=True)) == {"sent"}


def test_one_event_that_is_not_taken_does_not_hold_up_the_others(office, there):
    there.answers = [422]
    hook(office, there)
    happened(office, "asked")
    happened(office, "status_changed")
    assert webhooks.send_due() == (0, 1)
    WebHook.objects.update(retry_at=None)  # the address is ready again before that one event is
    assert webhooks.send_due() == (1, 0)
    assert told(there) == ["commitment.asked", "commitment.status_changed"]


def test_an_event_that_is_never_taken_fails_in_the_end(office, there):
    there.answer = 422
    hook(office, there)
    happened(office)
    for _ in range(len(sending.PAUSES) + 1):
        webhooks.send_due()
        WebHook.objects.update(retry_at=None)
        WebHookDelivery.objects.update(next_attempt_at=None)
    assert WebHookDelivery.objects.get().state == "failed"
    assert webhooks.send_due() == (0, 0)


def test_an_address_that_fails_for_days_is_switched_off_and_its_owner_told_once(office, there, mailoutbox):
    there.answer = 500
    mine = hook(office, there)
    happened(office)
    assert webhooks.send_due() == (0, 1)
    with after(webhooks.STOPPED_AFTER):
        WebHookDelivery.objects.update(next_attempt_at=None)
        assert webhooks.send_due() == (0, 1)
        assert webhooks.send_due() == (0, 0)
        mine.refresh_from_db()
        assert (mine.active, mine.stopped_at) == (False, AT + webhooks.STOPPED_AFTER)
        (mail,) = mailoutbox
        assert mail.to == [office.users["stranger"].email]
        assert mine.address in mail.body
        assert "/mijn-sleutels/" in mail.body
        assert webhooks.secret_of(mine) not in mail.body
        happened(office)
        webhooks.switch_on(webhook=mine, actor=office.users["stranger"])
        there.answer = 200
        WebHookDelivery.objects.all().delete()
        assert webhooks.send_due() == (0, 0)  # what happened meanwhile
        happened(office, "asked")
        assert webhooks.send_due() == (1, 0)
    assert len(mailoutbox) == 1


def test_an_address_that_says_it_is_gone_is_switched_off_at_once(office, there, mailoutbox):
    there.answer = 410
    hook(office, there)
    happened(office)
    assert webhooks.send_due() == (0, 1)
    assert not WebHook.objects.get().active
    assert len(mailoutbox) == 1


def test_a_mail_that_does_not_go_is_tried_again(office, there, mailoutbox, monkeypatch):
    there.answer = 410
    hook(office, there)
    happened(office)

    def broken(*args, **kwargs):
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", broken)
        webhooks.send_due()
    assert webhooks.tell() == 1
    assert webhooks.tell() == 0
    assert len(mailoutbox) == 1


@pytest.mark.parametrize(("answer", "trouble"), [("hang up", "hung_up"), (302, "")])
def test_who_hangs_up_or_sends_on_elsewhere_has_not_taken_it(office, there, answer, trouble):
    there.answer = answer
    hook(office, there)
    happened(office)
    assert webhooks.send_due() == (0, 1)
    made = WebHookDelivery.objects.get()
    assert (made.state, made.trouble) == ("waiting", trouble)
    assert len(there.got) == 1


def test_this_machine_is_called_only_where_that_is_set(office, there, settings):
    settings.WEBHOOK_NETWORKS = []
    hook(office, there)
    happened(office)
    assert webhooks.send_due() == (0, 1)
    assert WebHookDelivery.objects.get().trouble == "forbidden"
    assert not there.got


def test_nothing_is_sent_any_more_once_the_key_works_no_more(office, there):
    mine = key(office)
    hook(office, there, token=mine)
    happened(office)
    webhooks.queue(at=moment())
    tokens.revoke(token=mine, actor=office.users["stranger"], at=AT, day=DAY)
    assert webhooks.send_due() == (0, 0)
    assert webhooks.send(WebHook.objects.get().pk) == (0, 0)
    with after(timedelta(days=91)):
        again = hook(office, there, token=key(office))
        assert list(WebHook.objects.working(moment())) == [again]
    assert not there.got


def test_a_run_that_has_an_address_in_hand_keeps_it_until_its_time_is_over(office, there):
    mine = hook(office, there)
    happened(office)
    webhooks.queue(at=moment())
    WebHook.objects.update(lease_until=AT + webhooks.LEASE)
    assert webhooks.send(mine.pk) == (0, 0)
    with after(webhooks.LEASE):
        assert webhooks.send(mine.pk) == (1, 0)
    assert WebHook.objects.get().lease_until is None


def test_a_run_that_breaks_off_lets_go_of_the_address_and_loses_nothing(office, there, monkeypatch):
    mine = hook(office, there)
    happened(office)
    webhooks.queue(at=moment())

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("tracker.outward.post", killed)
        with pytest.raises(KeyboardInterrupt):
            webhooks.send(mine.pk)
    assert webhooks.send(mine.pk) == (1, 0)
