"""Tasks are doors: queued on commit with an id, harmless twice, and nothing depends on the queue alone."""

from datetime import date, datetime

import pytest
import time_machine
from django.utils import timezone
from kombu.exceptions import OperationalError

from commitments import tasks
from commitments.models import Event, Extraction, Statement
from commitments.services import extraction, watch
from tests import papers, rows
from tracker.beat import BEAT_SCHEDULE
from tracker.celery import app
from transcripts.services import import_paper

pytestmark = pytest.mark.django_db
WORDS = "Het plan komt in maart."


def test_an_import_is_read_by_the_engine_once_it_is_committed(engine, django_capture_on_commit_callbacks):
    engine.says[WORDS] = {}
    with django_capture_on_commit_callbacks(execute=True):
        document = import_paper(paper=papers.paper()).document
        assert document.extraction.state == Extraction.State.WAITING
        assert not Statement.objects.exists()
    assert Statement.objects.get().quote == WORDS
    document.extraction.refresh_from_db()
    assert document.extraction.state == Extraction.State.DONE


@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_loses_nothing(engine, monkeypatch, caplog):
    def silent(*_):
        raise OperationalError("no Redis")

    engine.says[WORDS] = {}
    with monkeypatch.context() as patch:
        patch.setattr(tasks.extract_document, "delay", silent)
        import_paper(paper=papers.paper())
    assert Extraction.objects.get().state == Extraction.State.WAITING
    tasks.extract_pending.delay()
    assert Statement.objects.get().quote == WORDS


def test_a_document_that_is_gone_or_read_is_let_be(engine, document):
    tasks.extract_document.delay(document.pk)
    tasks.extract_document.delay(document.pk)
    tasks.extract_document.delay(document.pk + 1)
    assert len(engine.asked) == 1


def test_the_watch_counts_from_today(settings):
    settings.TODAY = date(2026, 4, 1)
    rows.commitment()
    tasks.note_overdue.delay()
    assert Event.objects.get(kind=Event.Kind.BECAME_OVERDUE).day == settings.TODAY


@pytest.mark.parametrize(
    ("moment", "sent"), [("2026-03-16T06:59", 0), ("2026-03-16T07:00", 1), ("2026-03-20T03:00", 1)]
)
def test_the_digest_goes_out_from_monday_seven_o_clock_on(subscription, mailoutbox, moment, sent):
    brussels = timezone.make_aware(datetime.fromisoformat(moment))
    with time_machine.travel(brussels, tick=False):
        tasks.send_digests.delay()
        tasks.send_digests.delay()
    assert len(mailoutbox) == sent


def test_the_beat_names_tasks_that_exist():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in BEAT_SCHEDULE.values()} <= set(app.tasks)


@pytest.mark.parametrize("name", BEAT_SCHEDULE)
def test_what_no_worker_took_is_not_done_any_more_when_the_next_one_is_sent(name):
    entry = BEAT_SCHEDULE[name]
    times_a_day = len(entry["schedule"].hour) * len(entry["schedule"].minute)
    assert 0 < entry["options"]["expires"] <= 24 * 3600 / times_a_day


@pytest.mark.parametrize(
    ("task", "service"),
    [(tasks.note_overdue, (watch, "note_overdue")), (tasks.extract_document, (extraction, "extract_document"))],
)
def test_a_database_that_is_away_for_a_moment_is_asked_again(task, service, monkeypatch, document):
    from django.db import OperationalError

    calls = []

    def away_once(**_):
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("the connection is gone")

    monkeypatch.setattr(*service, away_once)
    monkeypatch.setattr(task, "retry_backoff", 0)
    task.apply(args=(document.pk,) if task is tasks.extract_document else ())
    assert len(calls) == 2
