"""The way of a claimed digest to the mail server: sent once, tried again, given up, uncertain, or in another's hand."""

import os
import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from aiosmtpd.smtp import AuthResult
from django.contrib.auth.models import User
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commitments.models import DeliveryNote, Digest, Membership, OfficeEvent, Subscription, Team
from commitments.services import sending
from commitments.services.errors import NotAllowedError
from commitments.services.sending import BATCH, JITTER, PAUSES, Sent
from tests.mailing import server as mailing
from tests.mailing.server import Plan, serving
from tracker import journal
from tracker.clock import moment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]

MONDAY = date(2026, 4, 6)
EMPTY = {"day": MONDAY.isoformat(), "waiting": 0, "last_report": None}


@pytest.fixture
def plan(settings) -> Iterator[Plan]:
    """What goes wrong at a mail server that the settings name."""
    made = Plan()
    with serving(made) as there:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", there.port, 10
        yield made


def claims(number: int = 1, period: date = MONDAY) -> list[Digest]:
    """A digest to be sent to each of so many subscribers: n0@example.org, n1@example.org …"""
    made = []
    for at in range(number):
        user, _ = User.objects.get_or_create(username=f"n{at}", defaults={"email": f"n{at}@example.org"})
        subscription, _ = Subscription.objects.get_or_create(user=user, defaults={"language": "en"})
        made.append(Digest.objects.create(subscription=subscription, period=period, items=EMPTY))
    return made


def send(*digests: Digest) -> Sent:
    return sending.send([one.pk for one in digests])


def now_is_the_time() -> None:
    Digest.objects.update(next_attempt_at=None)


def notes(digest: Digest) -> list[tuple[str, str, int | None, str]]:
    return list(digest.delivery_notes.values_list("kind", "address", "code", "words"))


def state(digest: Digest) -> str:
    digest.refresh_from_db()
    return digest.state


def test_each_is_sent_once_and_noted(plan):
    made = claims(3)
    assert send(*made) == Sent(sent=3)
    assert send(*made) == Sent()
    assert [one["to"] for one in plan.taken] == ["n0@example.org", "n1@example.org", "n2@example.org"]
    assert {(one.state, one.attempts, one.sent_at is None) for one in Digest.objects.all()} == {("sent", 1, False)}
    assert plan.connections == 1


def test_what_the_server_puts_off_is_tried_again_after_a_growing_pause(plan):
    (made,) = claims()
    plan.to["n0@example.org"] = ["450 4.2.1 later"] * 3
    for attempt, pause in enumerate(PAUSES[:3], 1):
        before = moment()
        assert send(made) == Sent(failed=1)
        assert send(made) == Sent(), "its time has not come"
        made.refresh_from_db()
        assert (made.state, made.attempts) == ("waiting", attempt)
        assert pause * (1 - JITTER) <= made.next_attempt_at - before
        assert made.next_attempt_at - moment() <= pause * (1 + JITTER)
        now_is_the_time()
    assert send(made) == Sent(sent=1)
    assert notes(made) == [("temporary", "n0@example.org", 450, "4.2.1 later")] * 3
    assert Subscription.objects.get().active


def test_after_the_last_pause_it_has_failed_with_its_reasons_and_is_left_alone(plan):
    (made,) = claims()
    plan.to["n0@example.org"] = ["450 4.2.1 later"] * 99
    for _ in range(len(PAUSES) + 1):
        send(made)
        now_is_the_time()
    assert state(made) == "failed"
    assert send(made) == Sent()
    assert made.delivery_notes.count() == len(PAUSES) + 1


def test_a_server_that_is_away_costs_nobody_but_the_first_an_attempt(plan):
    made = claims(3)
    plan.at_connect = 3
    assert send(*made) == Sent(failed=1)
    assert list(Digest.objects.order_by("pk").values_list("state", "attempts")) == [
        ("waiting", 1),
        ("waiting", 0),
        ("waiting", 0),
    ]
    assert notes(made[0])[0][0] == "away"
    assert send(*made) == Sent(sent=2)


def test_a_login_that_is_refused_is_told_and_costs_nobody_but_the_first_an_attempt(settings):
    plan = Plan()
    with serving(plan, authenticator=lambda *_: AuthResult(success=False, handled=False)) as there:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", there.port, 10
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "toegezegd", "het verkeerde"
        made = claims(3)
        there.options["auth_require_tls"] = False
        assert send(*made) == Sent(failed=1)
    assert list(Digest.objects.order_by("pk").values_list("state", "attempts")) == [
        ("waiting", 1),
        ("waiting", 0),
        ("waiting", 0),
    ]
    with translation.override("nl-be"):
        (told,) = [str(one) for one in made[0].delivery_notes.all()]
    assert told.startswith("de mailserver weigert de naam of het wachtwoord van deze site 535 ")
    assert Subscription.objects.filter(active=True).count() == 3


def test_an_address_that_is_refused_switches_its_subscription_off_and_nobody_else_s(plan):
    made = claims(2)
    plan.to["n0@example.org"] = ["550 5.1.1 unknown here"]
    assert send(*made) == Sent(sent=1, failed=1, refused=1)
    assert state(made[0]) == "refused"
    off, on = Subscription.objects.order_by("pk")
    assert (off.active, off.refused_address, off.refused_words) == (
        False,
        "n0@example.org",
        "550 5.1.1 unknown here",
    )
    assert on.active
    assert off.history.latest().history_change_reason == "550 5.1.1 unknown here"
    assert notes(made[0]) == [("refused", "n0@example.org", 550, "5.1.1 unknown here")]
    now_is_the_time()
    assert send(*made) == Sent()


def test_an_address_that_was_corrected_in_the_meantime_is_not_switched_off(plan, monkeypatch):
    made = claims(1)
    plan.to["n0@example.org"] = ["550 5.1.1 unknown here"]
    real = sending.digest_mail

    def corrected(digest):
        found = real(digest)
        User.objects.update(email="right@example.org")
        return found

    monkeypatch.setattr(sending, "digest_mail", corrected)
    send(*made)
    assert Subscription.objects.get().active


def test_a_server_that_refuses_everybody_refuses_us_and_nobody_is_switched_off(plan):
    made = claims(12)
    for at in range(12):
        plan.to[f"n{at}@example.org"] = ["550 no"]
    assert send(*made) == Sent(failed=12, refused=12)
    assert not Subscription.objects.filter(active=False).exists()
    assert set(Digest.objects.values_list("state", flat=True)) == {"waiting"}


@pytest.fixture
def office() -> Team:
    team = Team.objects.create(name="Fractie")
    for name, role in (("n0", "reader"), ("chef", "manager"), ("collega", "reader")):
        user = User.objects.create_user(name, email=f"{name}@example.org")
        Membership.objects.create(team=team, user=user, role=role)
    User.objects.create_superuser("boss", email="boss@example.org")
    return team


def test_the_managers_of_the_office_are_told_once_who_is_refused_and_why(plan, office):
    made = claims()
    plan.to["n0@example.org"] = ["550 5.1.1 unknown here"]
    sent = []
    plan.take = lambda to, content: sent.append((to, content.decode()))
    send(*made)
    send(*made)
    ((to, content),) = sent
    assert to == "chef@example.org"
    assert "550 5.1.1 unknown here" in content
    assert "n0@example.org" in content
    assert OfficeEvent.objects.get(kind="mail_refused").team == office


def test_where_there_is_no_office_who_administers_the_site_is_told(plan):
    User.objects.create_superuser("boss", email="boss@example.org")
    plan.to["n0@example.org"] = ["550 5.1.1 unknown here"]
    send(*claims())
    assert [one["to"] for one in plan.taken] == ["boss@example.org"]


@pytest.mark.parametrize("place", [mailing.DOT_NOT_TAKEN, mailing.DOT_TAKEN])
def test_what_may_have_arrived_is_called_uncertain_and_not_sent_again(plan, place):
    made = claims(2)
    plan.to["n0@example.org"] = [place]
    assert send(*made) == Sent(sent=1, uncertain=1)
    assert [state(one) for one in made] == ["uncertain", "sent"]
    now_is_the_time()
    assert send(*made) == Sent()
    assert notes(made[0])[0][:2] == ("unknown", "n0@example.org")


def test_what_drops_within_a_short_message_is_uncertain_or_certainly_not_taken_and_never_there_twice(plan):
    (made,) = claims()
    plan.to["n0@example.org"] = [mailing.IN_DATA]
    result = send(made)
    now_is_the_time()
    assert send(made) == Sent()
    # Whether the drop is heard of before the dot goes out is the network's to say; both are told as they are.
    assert (state(made), len(plan.taken), result) in [
        ("uncertain", 0, Sent(uncertain=1)),
        ("sent", 1, Sent(sent=1)),
    ]


def test_a_person_has_it_sent_again_with_the_same_message_id(plan, reviewer):
    (made,) = claims()
    plan.to["n0@example.org"] = [mailing.DOT_TAKEN]
    send(made)
    sending.send_again(digest=made, actor=reviewer)
    assert send(made) == Sent(sent=1)
    first, second = plan.taken
    assert first == second
    assert made.delivery_notes.last().actor == reviewer


@pytest.mark.parametrize("why", ["sent", "in hand", "a later one", "switched off"])
def test_what_would_tell_nobody_anything_is_not_sent_again(plan, reviewer, why):
    (made,) = claims()
    if why == "sent":
        send(made)
    elif why == "in hand":
        Digest.objects.update(state="sending", lease=uuid4(), lease_until=moment())
    elif why == "a later one":
        claims(period=MONDAY + timedelta(days=7))
    else:
        Subscription.objects.update(active=False)
    with pytest.raises(NotAllowedError):
        sending.send_again(digest=made, actor=reviewer)
    assert not DeliveryNote.objects.filter(kind="again").exists()


def test_one_that_was_overtaken_by_a_later_one_is_passed_over(plan):
    (old,), (new,) = claims(), claims(period=MONDAY + timedelta(days=7))
    assert send(old, new) == Sent(sent=1)
    assert (state(old), state(new)) == ("passed", "sent")


def test_what_another_run_has_in_hand_is_left_alone(plan):
    (made,) = claims()
    Digest.objects.update(state="sending", lease=uuid4(), lease_until=moment() + timedelta(minutes=1))
    assert send(made) == Sent()
    assert state(made) == "sending"


def test_a_mail_that_cannot_be_made_stops_no_other_and_its_words_are_not_kept(plan, monkeypatch, caplog):
    made = claims(2)
    real = sending.digest_mail

    def fails_for_the_first(digest):
        if digest.pk == made[0].pk:
            raise ValueError("geheime notitie")
        return real(digest)

    monkeypatch.setattr(sending, "digest_mail", fails_for_the_first)
    assert send(*made) == Sent(sent=1, failed=1)
    assert notes(made[0]) == [("unmade", "n0@example.org", None, "ValueError")]


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


def test_files_are_written_where_no_server_is_named(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert send(*claims(2)) == Sent(sent=2)
    written = [(tmp_path / "mail" / name).read_text() for name in os.listdir(tmp_path / "mail")]
    assert sorted(re.findall(r"To: (\S+)", "".join(written))) == ["n0@example.org", "n1@example.org"]
