"""A run that sends and does not end well: held up, killed, its journal read by the next one."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.models import Digest
from commitments.services import sending
from commitments.services.sending import BATCH, Sent
from tests.commitments.sendings import claims, now_is_the_time, send, state
from tests.commitments.sendings import plan as plan
from tracker import journal
from tracker.clock import moment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]


def test_who_ends_the_run_by_force_leaves_everything_noted(plan, monkeypatch):
    made = claims(3)
    real = sending.digest_mail

    def ends_at_the_second(digest):
        if digest.pk == made[1].pk:
            raise KeyboardInterrupt
        return real(digest)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "digest_mail", ends_at_the_second)
        with pytest.raises(KeyboardInterrupt):
            send(*made)
    assert [(state(one), one.attempts) for one in made] == [("sent", 1), ("waiting", 1), ("waiting", 0)]
    now_is_the_time()
    assert send(*made) == Sent(sent=2)


def test_a_run_that_was_held_up_beyond_its_lease_hands_over_nothing_more(plan, monkeypatch):
    (made,) = claims()
    real = sending.digest_mail

    def long_ago(digest):
        digest.lease_until = moment()
        return real(digest)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "digest_mail", long_ago)
        assert send(made) == Sent(failed=1)
    assert not plan.taken
    assert state(made) == "waiting"


def left_by_the_dead(lines: str | None, digests: list[Digest], until: timedelta = timedelta(minutes=9)) -> UUID:
    """What a run that was killed leaves: rows in hand, and its journal, where it is on this machine."""
    lease = uuid4()
    Digest.objects.filter(pk__in=[one.pk for one in digests]).update(
        state="sending", attempts=1, lease=lease, lease_until=moment() + until
    )
    if lines is not None:
        path = sending._journal(lease)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(lines)
    return lease


def test_the_journal_of_a_run_that_was_killed_tells_at_once_how_far_each_came(plan):
    made = claims(5)
    keys = [one.pk for one in made]
    lines = "".join(f"{key} begun\n{key} over\n{key} {word}\n" for key, word in zip(keys, ["yes", "no"], strict=False))
    left_by_the_dead(f"{lines}{keys[2]} begun\n{keys[2]} over\n{keys[3]} begun\n{keys[3]} ov", made)
    sending.settle_ended()
    assert [(state(one), one.attempts) for one in made] == [
        ("sent", 1),
        ("waiting", 1),
        ("uncertain", 1),
        ("waiting", 1),
        ("waiting", 0),
    ]
    assert not list(sending._journal(uuid4()).parent.iterdir())


def test_the_journal_of_a_run_that_lives_is_left_alone(plan):
    made = claims()
    lease = left_by_the_dead(None, made, until=-timedelta(minutes=9))
    with journal.keep(sending._journal(lease)) as living:
        assert sending.settle_ended() == 0
        living.settled = True
    assert state(made[0]) == "sending"


def test_where_the_journal_is_on_another_machine_the_end_of_the_lease_is_awaited_and_all_is_uncertain(plan):
    made = claims(2)
    left_by_the_dead(None, made)
    assert sending.settle_ended() == 0
    Digest.objects.update(lease_until=moment() - timedelta(seconds=1))
    assert sending.settle_ended() == 2
    assert {state(one) for one in made} == {"uncertain"}


def test_a_yes_that_comes_after_the_row_was_called_uncertain_still_counts(plan, monkeypatch):
    (made,) = claims()
    real = sending.Post.hand_over

    def slow(self, *arguments, **options):
        found = real(self, *arguments, **options)
        Digest.objects.update(state="uncertain", lease_until=None)
        return found

    monkeypatch.setattr(sending.Post, "hand_over", slow)
    send(made)
    assert state(made) == "sent"


def test_a_run_takes_as_many_queries_for_a_batch_as_the_rules_allow(plan, monkeypatch):
    """At most ten for a hundred beyond what making the mails takes, whatever the server makes of some of them."""
    ready = mail.EmailMessage("Dag", "Dag", "toegezegd@example.org")

    def made_without_asking(digest):
        ready.to = [f"n{digest.pk}@example.org"]
        return ready

    monkeypatch.setattr(sending, "digest_mail", made_without_asking)

    def asked(number: int) -> int:
        Digest.objects.all().delete()
        made = claims(number)
        for one in made[::20]:
            plan.to[f"n{one.pk}@example.org"] = ["450 later"]
        with CaptureQueriesContext(connection) as queries:
            assert send(*made) == Sent(sent=number - number // 20, failed=number // 20)
        return len(queries)

    one, five = asked(BATCH), asked(5 * BATCH)
    assert (five - one) / 4 <= 10 * BATCH / 100
    assert one <= 16
