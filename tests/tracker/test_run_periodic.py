"""`run_periodic` and its parts: what the beat would have done, a line per thing, harmless twice."""

from datetime import date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from commitments import bridge
from commitments.models import Digest, Event, Extraction, Subscription
from commitments.services import sending
from tests import papers, rows
from tests.commitments.proposals import Engine
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(monkeypatch) -> Engine:
    made = Engine()
    monkeypatch.setattr(bridge.statements, "propose", made)
    return made


@pytest.fixture
def subscription(django_user_model):
    user = django_user_model.objects.create_user("an", email="an@example.org")
    return Subscription.objects.create(user=user, language="en")


def at(moment: str):
    return time_machine.travel(timezone.make_aware(datetime.fromisoformat(moment)), tick=False)


def run(capsys, *arguments: str) -> list[str]:
    call_command("run_periodic", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_does_everything_once_and_says_so(engine, subscription, mailoutbox, capsys):
    import_paper(paper=papers.paper())
    rows.commitment(due_end=date(2026, 3, 31))
    with at("2026-04-06T09:00"):
        assert run(capsys) == [
            "Extracted 1 documents, 0 failed.",
            "Compared 1 documents with the open commitments.",
            "Noted 1 overdue, 0 due soon, 0 to ask about.",
            "Digests: 1 sent, 0 already sent, 0 failed.",
        ]
        assert run(capsys) == [
            "Extracted 0 documents, 0 failed.",
            "Compared 0 documents with the open commitments.",
            "Noted 0 overdue, 0 due soon, 0 to ask about.",
            "Digests: 0 sent, 1 already sent, 0 failed.",
        ]
    assert len(mailoutbox) == 1


def test_before_monday_seven_o_clock_there_is_no_digest(subscription, mailoutbox, capsys):
    with at("2026-04-06T06:59"):
        assert run(capsys)[-1] == "Digests: 0 sent, 0 already sent, 0 failed."
    assert not mailoutbox


def test_it_can_be_done_as_on_another_day(subscription, mailoutbox, capsys):
    rows.commitment(due_end=date(2026, 3, 31))
    lines = run(capsys, "--day", "2026-04-09")
    assert lines[-1].startswith("Digests: 1 sent")
    assert Event.objects.get(kind=Event.Kind.BECAME_OVERDUE).day == date(2026, 4, 9)


def test_a_document_the_engine_stumbles_over_is_an_exit_status(engine, capsys, caplog):
    document = import_paper(paper=papers.paper()).document
    engine.says["Het plan komt in maart."] = {"repeats": 9}
    with pytest.raises(SystemExit):
        call_command("run_periodic", "--day", "2026-04-06")
    assert "0 documents, 1 failed" in capsys.readouterr().out
    assert Extraction.objects.get(document=document).state == "failed"


def test_a_mail_that_is_not_sent_is_an_exit_status(subscription, monkeypatch, capsys, caplog):
    monkeypatch.setattr(sending, "digest_mail", lambda *_, **__: 1 / 0)
    for command in ("run_periodic", "send_digests"):
        Digest.objects.update(next_attempt_at=None)
        with pytest.raises(SystemExit):
            call_command(command, "--day", "2026-04-06")
        assert capsys.readouterr().out.rstrip().endswith("1 failed.")


def test_the_parts_can_be_called_alone(subscription, mailoutbox, capsys):
    rows.commitment(due_end=date(2026, 3, 31))
    call_command("note_overdue", "--day", "2026-04-08")
    call_command("send_digests", "--day", "2026-04-08")
    assert capsys.readouterr().out.splitlines() == [
        "Noted 1 overdue, 0 due soon, 0 to ask about.",
        "Digests: 1 sent, 0 already sent, 0 failed.",
    ]


def test_a_day_that_is_none_is_refused_in_words(capsys):
    with pytest.raises(CommandError, match="write it as 2023-02-28"):
        call_command("note_overdue", "--day", "gisteren")
