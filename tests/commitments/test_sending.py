"""The way of a claimed digest to the mail server: sent once, tried again, given up, uncertain, or in another's hand."""

import os
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from aiosmtpd.smtp import AuthResult
from django.contrib.auth.models import User
from django.utils import translation

from commitments.models import DeliveryNote, Digest, Membership, OfficeEvent, Subscription, Team
from commitments.services import sending
from commitments.services.errors import NotAllowedError
from commitments.services.sending import JITTER, PAUSES, Sent
from tests.commitments.sendings import MONDAY, claims, notes, now_is_the_time, send, state
from tests.commitments.sendings import plan as plan
from tests.mailing import server as mailing
from tests.mailing.server import Plan, serving
from tracker.clock import moment

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS"),
]


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


def test_files_are_written_where_no_server_is_named(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    assert send(*claims(2)) == Sent(sent=2)
    written = [(tmp_path / "mail" / name).read_text() for name in os.listdir(tmp_path / "mail")]
    assert sorted(re.findall(r"To: (\S+)", "".join(written))) == ["n0@example.org", "n1@example.org"]
