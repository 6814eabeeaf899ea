"""The way of claimed digests to the mail server: each handed over once, whatever breaks on the way.

A mail server's yes and our note of it are two things, and nothing makes them one. So everything is noted before it is
done, and what cannot be known is called uncertain and not sent again unless somebody says so (decision 21).
"""

import itertools
import logging
import random
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from commitments.mails import digest_mail
from commitments.models import DeliveryNote, Digest, Subscription
from commitments.services import refusals, troubles
from commitments.services.errors import NotAllowedError
from commitments.subscription_querysets import DigestQuerySet
from tracker import journal
from tracker.clock import moment, now
from tracker.post import NOBODY_THERE, Answer, Outcome, Post

log = logging.getLogger(__name__)

BATCH = 200  # digests that one run takes in hand at once
# How long a batch is its run's own, and after how much of that no further mail of it is begun. What is between them is
# more than one mail can take: three dialogues of a few commands, each given up after EMAIL_TIMEOUT.
LEASE, BEGIN_WITHIN = timedelta(minutes=30), timedelta(minutes=5)
MARGIN = timedelta(minutes=1)  # before the end of the lease in which nothing is handed over any more

# After the first attempt, the second, and so on, each a fifth shorter or longer; after the last one it failed.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 3 * 60, 6 * 60, 12 * 60, 24 * 60))
JITTER = 0.2
# When a server refuses this share of at least so many addresses, it refuses us: nobody's subscription is switched off.
DOUBTED_SHARE, DOUBTED_FROM = 0.5, 10

State, Kind = Digest.State, DeliveryNote.Kind


@dataclass(slots=True)
class Sent:
    """sent: went out now. failed: were tried and did not. uncertain: handed over, and no answer came.

    refused: of the failed, those whose address was refused for good.
    """

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    refused: int = 0


class LeaseEndedError(Exception):
    """This run was held up for so long that another one may take over."""


def send(pks: Iterable[int], *, connection: BaseEmailBackend | None = None) -> Sent:
    """Send these claims, each once, over as few connections as the server allows, BATCH rows in memory at a time.

    connection: the mail server to use instead of the one in the settings.

    1. What a run that was killed left in hand is sorted by its journal: sent, to be sent, or uncertain.
    2. A batch is taken in hand (a lease), so that no other run takes the same rows.
    3. Each mail is made and handed over; before the end of its message is sent, the journal says so.
    4. The answers are noted all at once, and the batch is let go.

    Nobody waits here: what is to be tried again gets a time before which no run takes it.
    """
    tidy_up()
    return send_free(pks, connection=connection)


def tidy_up() -> None:
    """Sort what ended runs left in hand, pass over what a later digest tells, and tell who can mend what is wrong."""
    settle_ended()
    pass_over()
    refusals.tell()
    troubles.tell()


def send_free(pks: Iterable[int], *, connection: BaseEmailBackend | None = None) -> Sent:
    """Send those of these claims that no run has in hand; for who has tidied up a moment ago, as the beat's run has."""
    result = Sent()
    with Post(connection) as post:
        for some in by_batches(pks):
            if not _send_batch(some, post, result):
                break  # no server to be reached: the others wait for the next run
    if result.refused:
        refusals.tell()
    return result


def sendable(at: datetime) -> DigestQuerySet:
    """The claims that may be taken in hand at this moment, of who still wants them and has an address.

    None that a later one tells, also where that was claimed since it was looked who is passed over.
    """
    reachable = Subscription.objects.reachable()
    return _unsent().latest_claimed().filter(subscription__in=reachable).exclude(next_attempt_at__gt=at)


def _unsent() -> DigestQuerySet:
    return Digest.objects.filter(state=State.WAITING, sent_at__isnull=True, nothing=False)


@transaction.atomic
def send_again(*, digest: Digest, actor: User) -> None:
    """Let a digest that failed, was refused or is uncertain be sent once more, or at once where it waits for its time.

    Raises NotAllowedError where that would tell somebody nothing, or tell it to nobody.
    """
    digest = Digest.objects.select_for_update(of=("self",)).select_related("subscription__user").get(pk=digest.pk)
    if digest.state in (State.SENT, State.SENDING):
        raise NotAllowedError(_("This digest is sent or in hand. Look again in a minute."))
    if digest.state == State.PASSED or Digest.objects.filter(pk=digest.pk).with_a_later_one().exists():
        raise NotAllowedError(_("A later digest tells what this one would have told: send that one again."))
    user = digest.subscription.user
    if not (digest.subscription.active and user.is_active and user.email):
        words = _("Correct the address of %(user)s and switch the subscription on first.") % {"user": user}
        raise NotAllowedError(words)
    DeliveryNote.objects.create(digest=digest, at=moment(), kind=Kind.AGAIN, address=user.email, actor=actor)
    digest.state, digest.attempts, digest.next_attempt_at = State.WAITING, 0, None
    digest.lease = digest.lease_until = digest.trouble_told_at = None
    digest.save(update_fields=["state", "attempts", "next_attempt_at", "lease", "lease_until", "trouble_told_at"])


def pass_over() -> int:
    """Mark what was not sent before a later digest to the same subscriber was claimed; that one tells it."""
    return _unsent().with_a_later_one().update(state=State.PASSED, next_attempt_at=None)


def settle_ended() -> int:
    """Sort what runs that ended without a word left in hand; return how many rows.

    A journal on this machine tells at once how far each came. Where it is on another one, the end of the lease is
    awaited, and whatever that run had in hand may have been handed over.
    """
    settled = 0
    held = Digest.objects.filter(state=State.SENDING).order_by().values_list("lease", "lease_until").distinct()
    for lease, until in list(held):
        assert lease is not None  # the database sees to it
        assert until is not None
        try:
            with journal.of_the_dead(_journal(lease)) as words:
                if words is not None or until <= moment():
                    settled += _settle(lease, words)
        except journal.BusyError:
            continue
    return settled


def _settle(lease: UUID, words: dict[int, str] | None) -> int:
    with transaction.atomic():
        rows = Digest.objects.select_for_update(of=("self",)).filter(state=State.SENDING, lease=lease)
        left = _Book(lease)
        for digest in rows.select_related("subscription__user").order_by("pk"):
            left.take(digest)
            word = journal.OVER if words is None else words.get(digest.pk)
            if word == journal.YES:
                left.note(digest, Answer(Outcome.TAKEN))
            elif word == journal.OVER:
                left.note(digest, Answer(Outcome.UNKNOWN, None, "the program ended before it noted an answer"))
            elif word is not None:
                left.note(digest, Answer(Outcome.NOT_TAKEN), Kind.CUT_OFF)
        return left.write()


def _send_batch(pks: list[int], post: Post, result: Sent) -> bool:
    """Send what is free of these; False when no server is to be reached."""
    lease = uuid4()
    with _keep(lease) as record:
        digests = _take(pks, lease)
        book, stop, away = _Book(lease), moment() + BEGIN_WITHIN, False
        for digest in digests:
            book.take(digest)
        try:
            for digest in digests:
                if away or moment() > stop:
                    break
                away = _send(digest, post, record, book)
        finally:
            book.write()
            record.settled = True
            result.sent += book.count(Outcome.TAKEN)
            result.uncertain += book.count(Outcome.UNKNOWN)
            result.failed += book.count(Outcome.NOT_TAKEN, Outcome.REFUSED, *NOBODY_THERE)
            result.refused += book.count(Outcome.REFUSED)
    return not away


@transaction.atomic
def _take(pks: list[int], lease: UUID) -> list[Digest]:
    """Take in hand what is free of these."""
    at = moment()
    free = sendable(at).filter(pk__in=pks).select_for_update(of=("self",), skip_locked=True)
    digests = list(free.select_related("subscription__user").order_by("pk"))
    until = at + LEASE
    Digest.objects.filter(pk__in=[one.pk for one in digests]).update(
        state=State.SENDING, lease=lease, lease_until=until, attempts=F("attempts") + 1
    )
    for one in digests:
        one.lease, one.lease_until, one.attempts = lease, until, one.attempts + 1
    return digests


def _send(digest: Digest, post: Post, record: journal.Journal, book: "_Book") -> bool:
    """Send one and note the answer; True when no server is to be reached."""
    handed = False

    def before_the_dot() -> None:
        nonlocal handed
        record.over(digest.pk)
        if digest.lease_until is None or moment() > digest.lease_until - MARGIN:
            raise LeaseEndedError
        handed = True

    record.begun(digest.pk)
    kind = None
    try:
        answer = post.hand_over(digest_mail(digest), before_the_dot=before_the_dot)
    except BaseException as error:
        # Whoever ends this run by force ends it, but what it did until then is noted.
        ended = not isinstance(error, Exception) or isinstance(error, SoftTimeLimitExceeded)
        # The kind of error alone: its words may hold some of what the mail tells.
        answer = Answer(Outcome.UNKNOWN if handed else Outcome.NOT_TAKEN, None, type(error).__name__)
        kind = None if handed else Kind.CUT_OFF if ended else Kind.UNMADE
        log.exception("Digest %s was not sent.", digest.pk)
        book.note(digest, answer, kind)
        if ended:
            raise
    else:
        if answer.outcome is not Outcome.TAKEN:
            log.warning("Digest %s was not sent: %s %s", digest.pk, answer.outcome.value, answer.code or "")
        book.note(digest, answer)
    if answer.outcome is not Outcome.UNKNOWN:
        record.answered(digest.pk, taken=answer.outcome is Outcome.TAKEN)
    return answer.outcome in NOBODY_THERE


@dataclass(slots=True)
class _Book:
    """The answers about one batch, and the way they are written: three statements, however many there are."""

    lease: UUID
    open_: dict[int, Digest] = field(default_factory=dict)
    answers: list[tuple[Digest, Answer, str]] = field(default_factory=list)

    def take(self, digest: Digest) -> None:
        self.open_[digest.pk] = digest

    def note(self, digest: Digest, answer: Answer, kind: str | None = None) -> None:
        del self.open_[digest.pk]
        self.answers.append((digest, answer, kind or str(_KINDS.get(answer.outcome, ""))))

    def count(self, *outcomes: Outcome) -> int:
        return sum(answer.outcome in outcomes for _digest, answer, _kind in self.answers)

    def write(self) -> int:
        """Write what is noted, and let go of what was not begun. Return how many rows there were.

        Only rows that are still this run's: what another one took over in the meantime is that one's.
        """
        mine, at = Digest.objects.filter(lease=self.lease), moment()
        doubted = self._server_refuses_us()
        taken = [digest.pk for digest, answer, _kind in self.answers if answer.outcome is Outcome.TAKEN]
        rest = [one for one in self.answers if one[1].outcome is not Outcome.TAKEN]
        for digest, answer, _kind in rest:
            _sort(digest, answer.outcome, at, doubted=doubted)
        for digest in self.open_.values():
            digest.state, digest.attempts = State.WAITING, digest.attempts - 1
            digest.lease = digest.lease_until = None
        with transaction.atomic():
            if taken:
                mine.filter(pk__in=taken).update(
                    state=State.SENT, sent_at=now(), next_attempt_at=None, lease=None, lease_until=None
                )
            changed = [*(digest for digest, _answer, _kind in rest), *self.open_.values()]
            if changed:
                mine.bulk_update(changed, ["state", "attempts", "next_attempt_at", "lease", "lease_until"])
            if rest:
                DeliveryNote.objects.bulk_create(_note_of(*one, at=at) for one in rest)
            for digest, answer, _kind in rest:
                if digest.state == State.REFUSED:
                    refusals.switch_off(digest=digest, code=answer.code, words=answer.words)
        return len(taken) + len(changed)

    def _server_refuses_us(self) -> bool:
        refused, all_ = self.count(Outcome.REFUSED), len(self.answers)
        return all_ >= DOUBTED_FROM and refused > all_ * DOUBTED_SHARE


_KINDS = {
    Outcome.NOT_TAKEN: Kind.TEMPORARY,
    Outcome.REFUSED: Kind.REFUSED,
    Outcome.UNKNOWN: Kind.UNKNOWN,
    Outcome.AWAY: Kind.AWAY,
    Outcome.NO_LOGIN: Kind.NO_LOGIN,
    Outcome.UNTRUSTED: Kind.UNTRUSTED,
}


def _sort(digest: Digest, outcome: Outcome, at: datetime, *, doubted: bool) -> None:
    """Put a digest that got no yes where it belongs. An uncertain one keeps its run, should a yes still come."""
    digest.lease_until = digest.next_attempt_at = None
    if outcome is Outcome.UNKNOWN:
        digest.state = State.UNCERTAIN
        return
    digest.lease = None
    if outcome is Outcome.REFUSED and not doubted:
        digest.state = State.REFUSED
    else:
        digest.next_attempt_at = next_attempt(digest.attempts, at)
        digest.state = State.FAILED if digest.next_attempt_at is None else State.WAITING


def next_attempt(attempts: int, at: datetime) -> datetime | None:
    """Return when to try again after so many attempts, None after the last one."""
    if attempts > len(PAUSES):
        return None
    return at + PAUSES[max(0, attempts - 1)] * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311  no secret


def _note_of(digest: Digest, answer: Answer, kind: str, *, at: datetime) -> DeliveryNote:
    code = answer.code if answer.code is not None and answer.code > 0 else None
    address = digest.subscription.user.email
    return DeliveryNote(digest=digest, at=at, kind=kind, address=address, code=code, words=answer.words)


def _journal(lease: UUID) -> Path:
    return Path(settings.VAR_DIR) / "sending" / f"{lease}.journal"


def _keep(lease: UUID) -> AbstractContextManager[journal.Journal]:
    return journal.keep(_journal(lease))


def by_batches(pks: Iterable[int]) -> Iterator[list[int]]:
    """Part ids into as many as one run takes in hand."""
    rest = iter(pks)
    while some := list(itertools.islice(rest, BATCH)):
        yield some
