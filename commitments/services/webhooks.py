"""Events sent to the addresses that programs gave: found in the database, signed, sent at least once.

What is sent is thin and public: which event, of which commitment that a person accepted, and where its data are to be
had. The signature is that of the Standard Webhooks specification, for which there are libraries in many languages. One
run at a time has an address in hand, so that its events go in their order; a run that is killed loses nothing, and the
event it was about to note as sent goes once more, under the same id.
"""

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Collection
from datetime import datetime, timedelta
from ipaddress import ip_network
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from commitments.links import commitment_address, site_address
from commitments.models import ApiToken, Commitment, Event, Scope, WebHook, WebHookDelivery
from commitments.models.webhooks import LONGEST_ADDRESS
from commitments.services.errors import RoleError, ServiceError
from commitments.services.sending import next_attempt
from commitments.webhook_mails import stopped_mail
from tracker import outward
from tracker.clock import moment

log = logging.getLogger(__name__)

Kind, State = Event.Kind, WebHookDelivery.State
# What everybody may hear of a commitment that was accepted; of a follow-up only what a person confirmed.
TOLD = (
    Kind.ACCEPTED, Kind.ENTERED, Kind.STATUS_CHANGED, Kind.DEADLINE_MOVED, Kind.DEADLINE_CORRECTED,
    Kind.BECAME_DUE_SOON, Kind.BECAME_OVERDUE, Kind.TIME_TO_ASK, Kind.CONDITION_CAME, Kind.SILENT,
    Kind.PART_ADDED, Kind.PART_DONE, Kind.PART_REOPENED, Kind.PART_REMOVED,
    Kind.ASKED, Kind.ANSWERED, Kind.ASKING_WITHDRAWN, Kind.WAITING_ENDED,
    Kind.LAPSE_ANNOUNCED, Kind.KEPT_OPEN, Kind.FOLLOW_UP_ADDED, Kind.FOLLOW_UP_JUDGED,
)  # fmt: skip
TEST = "test"
MOST = 20  # addresses of one person
# Numbers of events are given out before the events are there for others to see: those of so long ago are.
SETTLED = timedelta(hours=6)
LEASE, BEGIN_WITHIN = timedelta(minutes=10), timedelta(minutes=2)  # much more than one call takes lies between them
STOPPED_AFTER = timedelta(days=3)  # without one success
GONE = 410  # the other side says that nobody is there any more
KEPT = timedelta(days=30)  # deliveries; more than SETTLED, so that nothing is sent again
BATCH = 5000  # events noted for one address in one run


@transaction.atomic
def register(*, token: ApiToken, address: str, kinds: Collection[str], actor: Any, at: datetime) -> WebHook:
    """Have the events from now on sent to an address. kinds: of TOLD, none for all.

    Raises RoleError where the key is not one's own or not made for it, ServiceError for what will not do.
    """
    token = ApiToken.objects.select_for_update(of=("self",)).select_related("user").get(pk=token.pk)
    works = ApiToken.objects.usable(at).filter(pk=token.pk).exists()
    if token.user_id != actor.pk or Scope.WEBHOOKS not in token.scopes or not works:
        raise RoleError(_("That is no key of yours that was made for this."))
    if set(kinds) - set(TOLD):
        raise ServiceError(_("There is no such event."))
    try:
        parts = outward.parts_of(address)
    except ValueError:
        parts = None
    if parts is None or len(address) > LONGEST_ADDRESS:
        raise ServiceError(_("Write a whole address, as https://example.org/hook."))
    if WebHook.objects.seen_by(actor).count() >= MOST:
        raise ServiceError(_("You have %(most)d addresses already. Remove one first.") % {"most": MOST})
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    wanted = [str(kind) for kind in TOLD if kind in kinds]
    return WebHook.objects.create(token=token, address=address, kinds=wanted, made_at=at, looked_at=last)


@transaction.atomic
def switch_on(*, webhook: WebHook, actor: Any) -> None:
    """Let an address get events again that was switched off; what happened meanwhile is not sent."""
    row = _own(webhook, actor)
    if row.active:
        return
    row.active, row.failures, row.looked_at = True, 0, Event.objects.aggregate(last=Max("pk"))["last"] or 0
    row.failing_since = row.retry_at = row.stopped_at = row.told_at = None
    row.save()


@transaction.atomic
def remove(*, webhook: WebHook, actor: Any) -> None:
    """Send nothing more to an address, and forget what was sent."""
    _own(webhook, actor).delete()


@transaction.atomic
def send_test(*, webhook: WebHook, actor: Any, at: datetime) -> WebHookDelivery:
    """Have a test sent, which is about nothing, as soon as somebody sends."""
    row = _own(webhook, actor)
    if not row.active:
        raise ServiceError(_("This address is switched off. Switch it on first."))
    _at_once(row)
    return WebHookDelivery.objects.create(webhook=row, made_at=at)


@transaction.atomic
def send_again(*, delivery: WebHookDelivery, actor: Any) -> None:
    """Have a delivery sent once more, under the same id."""
    row = _own(delivery.webhook, actor)
    if not row.active:
        raise ServiceError(_("This address is switched off. Switch it on first."))
    _at_once(row)
    WebHookDelivery.objects.filter(pk=delivery.pk, webhook=row).update(
        state=State.WAITING, attempts=0, next_attempt_at=None, trouble="", code=None
    )


def queue(*, at: datetime) -> None:
    """Note for each address which events go there that nobody noted yet, whatever became of the task for them."""
    for webhook in WebHook.objects.working(at):
        _queue(webhook.pk, at)


def to_send(at: datetime) -> QuerySet[WebHook]:
    """The addresses for which there is something to be sent by now, and that no run has in hand."""
    waiting = _waiting(at).filter(webhook=OuterRef("pk"))
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    ready = Q(retry_at__isnull=True) | Q(retry_at__lte=at)
    return WebHook.objects.working(at).filter(free, ready, Exists(waiting)).order_by("pk")


def send_due() -> tuple[int, int]:
    """Queue and send everything that is due by now; return how many deliveries were taken, and how many were not."""
    queue(at=moment())
    taken = failed = 0
    for pk in list(to_send(moment()).values_list("pk", flat=True)):
        some, others = send(pk)
        taken, failed = taken + some, failed + others
    tell()
    forget(at=moment())
    return taken, failed


def send(pk: UUID) -> tuple[int, int]:
    """Send what waits for one address, in order, until one fails; return how many were taken and how many were not.

    Nobody waits here: after a failure the address is let alone for a growing while, and after long failure for good.
    """
    begun = moment()
    until = begun + LEASE
    if not to_send(begun).filter(pk=pk).update(lease_until=until):
        return 0, 0
    taken = failed = 0
    try:
        webhook = WebHook.objects.select_related("token").get(pk=pk)
        while not failed and moment() < begun + BEGIN_WITHIN:
            waiting = _waiting(moment()).filter(webhook=pk).select_related("event__commitment", "event__follow_up")
            delivery = waiting.order_by("made_at", "event_id", "pk").first()
            # Asked anew each time: the key may be withdrawn, the address switched off or removed in between.
            if delivery is None or not WebHook.objects.working(moment()).filter(pk=pk).exists():
                break
            body = payload(delivery)
            if body is None:
                WebHookDelivery.objects.filter(pk=delivery.pk).update(state=State.PASSED)
            elif _send(webhook, delivery, body):
                taken += 1
            else:
                failed += 1
    finally:
        WebHook.objects.filter(pk=pk, lease_until=until).update(lease_until=None)
    return taken, failed


def payload(delivery: WebHookDelivery) -> bytes | None:
    """Return what a delivery tells, None where that is no longer for everybody to hear."""
    event = delivery.event
    if event is None:
        return _json({"type": TEST, "timestamp": delivery.made_at.isoformat(), "data": {}})
    commitment = event.commitment
    if commitment is None or not Commitment.objects.published().filter(pk=commitment.pk).exists():
        return None
    if event.kind == Kind.FOLLOW_UP_JUDGED and (event.follow_up is None or event.follow_up.state != "confirmed"):
        return None
    return _json(
        {
            "type": f"commitment.{event.kind}",
            "timestamp": event.at.isoformat(),
            "data": {
                "event": str(event.uid),
                "day": event.day.isoformat(),
                "about_day": event.about_day.isoformat() if event.about_day else None,
                "commitment": {
                    "uid": str(commitment.uid),
                    "title": commitment.title,
                    "status": commitment.status,
                    "due_end": commitment.due_end.isoformat() if commitment.due_end else None,
                    "url": commitment_address(commitment),
                    "api": site_address(reverse("api:commitment-detail", args=[commitment.uid])),
                },
            },
        }
    )


def secret_of(webhook: WebHook) -> str:
    """Return the secret by which the receiver knows what is ours, as the specification writes it."""
    return "whsec_" + base64.b64encode(_key(webhook)).decode()


def signed(webhook: WebHook, delivery: WebHookDelivery, body: bytes, at: datetime) -> dict[str, str]:
    """Return the headers of a call: id, time and signature of both with the body (Standard Webhooks)."""
    stamp = str(int(at.timestamp()))
    told = f"{delivery.pk}.{stamp}.".encode() + body
    signature = base64.b64encode(hmac.new(_key(webhook), told, hashlib.sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "User-Agent": "Toegezegd-Webhooks/1",
        "webhook-id": str(delivery.pk),
        "webhook-timestamp": stamp,
        "webhook-signature": f"v1,{signature}",
    }


def tell() -> int:
    """Tell by mail the owners of addresses that were switched off and whom nobody told yet; return how many.

    Marked before it is sent, and unmarked where the mail certainly did not go: two runs do not both tell it.
    """
    untold = WebHook.objects.filter(active=False, stopped_at__isnull=False, told_at__isnull=True)
    told = 0
    for webhook in untold.select_related("token__user").exclude(token__user__email=""):
        if not untold.filter(pk=webhook.pk).update(told_at=moment()):
            continue
        try:
            stopped_mail(webhook).send()
        except OSError:
            log.exception("Nobody was told yet that webhook %s was switched off.", webhook.pk)
            WebHook.objects.filter(pk=webhook.pk).update(told_at=None)
        else:
            told += 1
    return told


def forget(*, at: datetime) -> None:
    """Forget the deliveries of long ago; those that still wait are not among them."""
    WebHookDelivery.objects.filter(made_at__lt=at - KEPT).exclude(state=State.WAITING).delete()


@transaction.atomic
def _queue(pk: UUID, at: datetime) -> None:
    """Note the events for one address; two who do so at once write each of them one time."""
    webhook = WebHook.objects.select_for_update(of=("self",)).get(pk=pk)
    known = WebHookDelivery.objects.filter(webhook=webhook, event=OuterRef("pk"))
    public = Commitment.objects.published().filter(pk=OuterRef("commitment"))
    events = Event.objects.filter(
        Q(kind__in=webhook.kinds or TOLD) & (~Q(kind=Kind.FOLLOW_UP_JUDGED) | Q(follow_up__state="confirmed")),
        Exists(public), ~Exists(known), pk__gt=webhook.looked_at,
    )  # fmt: skip
    found = list(events.order_by("pk").values_list("pk", flat=True)[:BATCH])
    rows = [WebHookDelivery(webhook=webhook, event_id=one, made_at=at) for one in found]
    WebHookDelivery.objects.bulk_create(rows, ignore_conflicts=True)
    if len(found) == BATCH:
        return  # the next run notes the others
    settled = Event.objects.filter(pk__gt=webhook.looked_at, at__lt=at - SETTLED).aggregate(last=Max("pk"))["last"]
    if settled:
        WebHook.objects.filter(pk=pk).update(looked_at=settled)


def _send(webhook: WebHook, delivery: WebHookDelivery, body: bytes) -> bool:
    allowed = [ip_network(one) for one in settings.WEBHOOK_NETWORKS]
    called = outward.post(webhook.address, body, signed(webhook, delivery, body, moment()), allowed=allowed)
    at = moment()
    success = called.code is not None and 200 <= called.code < 300
    attempts = delivery.attempts + 1
    later = None if success else next_attempt(attempts, at)
    state = State.SENT if success else State.WAITING if later else State.FAILED
    WebHookDelivery.objects.filter(pk=delivery.pk).update(
        state=state, attempts=attempts, code=called.code, trouble=called.trouble or "", tried_at=at,
        next_attempt_at=later,
    )  # fmt: skip
    mine = WebHook.objects.filter(pk=webhook.pk)
    if success:
        mine.update(failing_since=None, failures=0, retry_at=None)
        return True
    since = webhook.failing_since or at
    stopped = called.code == GONE or at - since >= STOPPED_AFTER
    # An address fails on: the pauses grow with its failures in a row, whichever delivery they fell upon.
    pause = next_attempt(webhook.failures + 1, at) or at + (at - since) / 4
    mine.update(failing_since=since, failures=F("failures") + 1, retry_at=pause)
    if stopped:
        mine.filter(active=True).update(active=False, stopped_at=at, told_at=None)
    log.info("Webhook %s was not taken: %s", webhook.pk, called.code or called.trouble)
    return False


def _waiting(at: datetime) -> QuerySet[WebHookDelivery]:
    return WebHookDelivery.objects.filter(state=State.WAITING).exclude(next_attempt_at__gt=at)


def _own(webhook: WebHook, actor: Any) -> WebHook:
    row = WebHook.objects.seen_by(actor).select_for_update(of=("self",)).filter(pk=webhook.pk).first()
    if row is None:
        raise RoleError(_("That is no address of yours."))
    return row


def _at_once(webhook: WebHook) -> None:
    WebHook.objects.filter(pk=webhook.pk).update(retry_at=None)


def _key(webhook: WebHook) -> bytes:
    return salted_hmac("commitments.webhook", str(webhook.pk), algorithm="sha256").digest()


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
