"""The weekly digest: what it tells, to whom, and that it is sent once whatever happens in between."""

from datetime import date, timedelta
from email.message import Message

import lxml.html
import pytest
from django.contrib.auth.models import User
from django.utils import timezone, translation

from commitments import mails
from commitments.models import Commitment, Digest, Event, Subscription
from commitments.services import digest, sending
from commitments.services.digest import DigestResult
from tests import rows
from tracker.clock import noon_of

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 4, 6)
NEXT_MONDAY = MONDAY + timedelta(days=7)


def send(week: date = MONDAY, **options) -> DigestResult:
    return digest.send_due(moment=noon_of(week), **options)


def undated(**fields) -> Commitment:
    return rows.commitment(due_text="binnenkort", due_start=None, due_end=None, **fields)


def block(text: str, title: str) -> str:
    """The part of a mail under a heading."""
    return text.partition(title.upper() + "\n")[2].partition("\n\n\n")[0]


def test_it_tells_what_is_late_due_soon_and_to_be_asked_about_with_the_way_to_each(subscription, mailoutbox):
    late = rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    soon = rows.commitment(title="De brug", due_end=date(2026, 4, 20))
    ask = undated(title="Het overleg", check_on=date(2026, 4, 1))
    rows.commitment(title="Het plan van later", due_end=date(2027, 1, 1))
    rows.statement()
    assert send() == DigestResult(sent=1, already=0, failed=0)
    (mail,) = mailoutbox
    for body in (mail.body, mail.alternatives[0][0]):
        for told in (late, soon, ask):
            assert told.title in body
            assert f"http://127.0.0.1:8000/toezeggingen/{told.uid}/" in body
        assert "Het plan van later" not in body
        assert "1 statement waits for review" in body
    assert "Het rapport" in block(mail.body, "Newly past their date")
    assert "De brug" in block(mail.body, "Due by the next meeting")
    assert "Het overleg" in block(mail.body, "Time to ask")
    assert mail.to == ["an@example.org"]
    assert mail.subject.startswith("1 promise newly past its date")


def test_it_leads_to_the_desk_of_what_waits_there(subscription, mailoutbox):
    rows.statement()
    made = rows.commitment()
    rows.proposed(made)
    rows.proposed(made, state="dismissed")
    send()
    for body in (mailoutbox[0].body, mailoutbox[0].alternatives[0][0]):
        assert "1 statement waits for review" in body
        assert "http://127.0.0.1:8000/admin/commitments/statement/desk/" in body
        assert "1 proposed follow-up waits at the desk" in body
        assert "http://127.0.0.1:8000/admin/commitments/followup/desk/" in body
        assert "state__exact" not in body


def test_without_anything_late_it_still_says_that_it_looked(subscription, mailoutbox):
    paper = rows.document()
    send()
    imported = timezone.localtime(paper.imported_at).date()
    assert f"0 overdue, last report imported on {imported.day} {imported:%B %Y}." in mailoutbox[0].body


def test_it_is_in_the_language_of_the_subscriber(subscription, mailoutbox, monkeypatch):
    spoken = []
    real = mails._context

    def heard(claim):
        spoken.append(translation.get_language())
        return real(claim)

    monkeypatch.setattr(mails, "_context", heard)
    Subscription.objects.update(language="nl-be")
    with translation.override("en"):
        send()
    assert spoken == ["nl-be"]


def test_the_html_carries_its_style_with_it(subscription, mailoutbox):
    send()
    html, kind = mailoutbox[0].alternatives[0]
    assert kind == "text/html"
    assert 'style="' in html
    assert "<style" not in html
    assert "<script" not in html


def test_nothing_in_it_tells_anybody_that_it_was_read(subscription, mailoutbox):
    made = rows.commitment(due_end=date(2026, 3, 31))
    send()
    html, _ = mailoutbox[0].alternatives[0]
    page = lxml.html.fromstring(html)
    assert not page.xpath("//*[@src or @srcset or @background or self::link or self::iframe or self::object]")
    assert "url(" not in html
    leads = set(page.xpath("//@href"))
    assert all(one.startswith("http://127.0.0.1:8000/") for one in leads), leads
    assert f"http://127.0.0.1:8000/toezeggingen/{made.uid}/" in leads, "straight there, by way of nobody who counts"


def test_words_of_a_document_stay_words(subscription, mailoutbox):
    rows.commitment(title='<b>vet</b> & "net"', due_end=date(2026, 3, 31))
    send()
    assert '<b>vet</b> & "net"' in mailoutbox[0].body
    assert "&lt;b&gt;vet&lt;/b&gt; &amp;" in mailoutbox[0].alternatives[0][0]


def test_what_was_told_as_new_is_told_as_still_late_a_week_later(subscription, mailoutbox):
    rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    send(MONDAY)
    send(NEXT_MONDAY)
    assert "Het rapport" in block(mailoutbox[1].body, "Still past their date")
    assert "Newly past their date".upper() not in mailoutbox[1].body


def test_a_deadline_that_was_moved_and_missed_again_is_news_again(subscription, mailoutbox):
    made = rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    send(MONDAY)
    Commitment.objects.filter(pk=made.pk).update(due_end=date(2026, 4, 8))
    send(NEXT_MONDAY)
    assert "Het rapport" in block(mailoutbox[1].body, "Newly past their date")


def test_a_week_without_a_digest_loses_no_news(subscription, mailoutbox):
    send(MONDAY - timedelta(days=14))
    rows.commitment(title="Het rapport", due_end=MONDAY - timedelta(days=12))
    digest.note_overdue(day=MONDAY - timedelta(days=11))
    send(MONDAY)
    assert "Het rapport" in block(mailoutbox[1].body, "Newly past their date")


def test_twice_in_a_week_it_is_sent_once(subscription, mailoutbox):
    send()
    assert send() == DigestResult(sent=0, already=1, failed=0)
    assert digest.send_due(moment=noon_of(MONDAY + timedelta(days=4))).sent == 0
    assert len(mailoutbox) == 1


def test_a_crash_between_claim_and_sending_is_made_up_for_once(subscription, mailoutbox, monkeypatch):
    def killed(*_, **__):
        raise KeyboardInterrupt

    rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "send", killed)
        with pytest.raises(KeyboardInterrupt):
            send()
    claim = Digest.objects.get()
    assert (claim.sent_at, len(mailoutbox)) == (None, 0)
    rows.commitment(title="Van na de crash", due_end=date(2026, 4, 1))
    assert send() == DigestResult(sent=1, already=0, failed=0)
    assert send().sent == 0
    assert "Het rapport" in mailoutbox[0].body
    assert "Van na de crash" not in mailoutbox[0].body


def test_a_mail_server_that_fails_for_one_leaves_the_others_their_mail(subscription, mailoutbox, monkeypatch, caplog):
    Subscription.objects.create(user=User.objects.create_user("bo", email="bo@example.org"))
    real = sending.digest_mail

    def fails_for_an(claim):
        if claim.subscription_id == subscription.pk:
            raise OSError("refused")
        return real(claim)

    with monkeypatch.context() as patch:
        patch.setattr(sending, "digest_mail", fails_for_an)
        assert send() == DigestResult(sent=1, already=0, failed=1)
    assert send() == DigestResult(sent=0, already=1, failed=0), "not before its pause is over"
    Digest.objects.update(next_attempt_at=None)
    assert send() == DigestResult(sent=1, already=1, failed=0)
    assert sorted(mail.to[0] for mail in mailoutbox) == ["an@example.org", "bo@example.org"]


def test_news_of_a_digest_that_never_went_out_is_news_in_the_next(subscription, mailoutbox, monkeypatch, caplog):
    rows.commitment(title="Het rapport", due_end=date(2026, 3, 31))
    with monkeypatch.context() as patch:
        patch.setattr(sending, "digest_mail", lambda *_, **__: 1 / 0)
        assert send(MONDAY).failed == 1
    send(NEXT_MONDAY)
    assert len(mailoutbox) == 1
    assert "Het rapport" in block(mailoutbox[0].body, "Newly past their date")


def test_the_same_digest_always_has_the_same_message_id(subscription, mailoutbox):
    send()
    Digest.objects.update(sent_at=None, state="waiting")
    send()
    first, second = (mail.message() for mail in mailoutbox)
    assert isinstance(first, Message)
    assert first["Message-ID"] == second["Message-ID"]
    assert str(MONDAY) in first["Message-ID"]


@pytest.mark.parametrize("reason", ["inactive subscription", "inactive user", "no address"])
def test_who_wants_or_can_have_none_gets_none(subscription, mailoutbox, reason):
    if reason == "inactive subscription":
        Subscription.objects.update(active=False)
    elif reason == "inactive user":
        User.objects.update(is_active=False)
    else:
        User.objects.update(email="")
    assert send() == DigestResult(0, 0, 0)
    assert not mailoutbox


def test_a_new_subscriber_halfway_the_week_gets_this_week_s(subscription, mailoutbox):
    send()
    Subscription.objects.create(user=User.objects.create_user("bo", email="bo@example.org"))
    assert send() == DigestResult(sent=1, already=1, failed=0)


def test_it_notes_what_is_late_so_that_mail_and_pages_agree(subscription):
    rows.commitment(due_end=date(2026, 3, 31))
    send()
    assert Event.objects.filter(kind=Event.Kind.BECAME_OVERDUE, day=MONDAY).count() == 1


def test_a_long_list_is_cut_and_counted(subscription, mailoutbox):
    for _ in range(28):
        rows.commitment(due_end=date(2026, 3, 31))
    send()
    assert mailoutbox[0].body.count("/toezeggingen/") == 25
    assert "and 3 more" in mailoutbox[0].body


def test_it_can_be_sent_to_one_alone(subscription, reviewer, mailoutbox):
    Subscription.objects.create(user=User.objects.create_user("bo", email="bo@example.org"))
    assert send(only=reviewer).sent == 1
    assert mailoutbox[0].to == ["an@example.org"]
