"""Several processes at once on PostgreSQL: each thing happens once."""

import json
import re

import pytest

from tests.service.house import House, finish_all
from tests.service.test_whole_way import SAMPLES

pytestmark = pytest.mark.service
PROCESSES = 3


@pytest.fixture
def filled(on_postgres: House) -> House:
    on_postgres.manage("import_transcripts", *SAMPLES)
    on_postgres.ask("review")
    return on_postgres


def test_the_same_files_imported_at_once_are_there_once(on_postgres: House, embedded: House):
    finish_all([on_postgres.start("manage.py", "import_transcripts", *SAMPLES) for _ in range(PROCESSES)])
    embedded.manage("import_transcripts", *SAMPLES)
    there, here = on_postgres.ask("content"), embedded.ask("content")
    for name in ("documents", "names", "mandates", "questions", "speeches", "statements", "events"):
        assert there[name] == here[name], name


def test_the_watch_run_at_once_counts_every_event_once(filled: House):
    told = finish_all([filled.start("manage.py", "note_overdue") for _ in range(PROCESSES)])
    counted = [
        sum(numbers) for numbers in zip(*([int(n) for n in re.findall(r"\d+", one)] for one in told), strict=True)
    ]
    assert counted == [
        filled.count("commitments_event", kind=kind) for kind in ("became_overdue", "became_due_soon", "time_to_ask")
    ]
    assert counted[0] > 0


def test_the_digest_sent_at_once_is_one_mail(filled: House):
    finish_all([filled.start("manage.py", "send_digests") for _ in range(PROCESSES)])
    assert len(filled.mails()) == 1


def test_two_people_who_judge_at_once_are_told_who_was_first(on_postgres: House):
    on_postgres.manage("import_transcripts", *SAMPLES)
    names = ["an", "bo", "cas"]
    told = finish_all([on_postgres.start_script("questions", "judge", name) for name in names])
    assert sorted(json.loads(one) for one in told) == ["accepted", "too late", "too late"]
    assert on_postgres.count("commitments_event", kind="accepted") == 1
