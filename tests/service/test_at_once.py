"""Several processes at once on PostgreSQL: each thing happens once."""

import json
import re

import pytest

from tests.service.house import PROCESSES, SAMPLES, House, finish_all

pytestmark = pytest.mark.service


def test_the_same_files_imported_at_once_are_there_once(filled: House, embedded: House):
    embedded.manage("import_transcripts", *SAMPLES)
    there, here = filled.ask("content"), embedded.ask("content")
    for name in ("documents", "names", "mandates", "questions", "speeches"):
        assert there[name] == here[name], name


def test_two_people_who_judge_at_once_are_told_who_was_first(filled: House):
    accepted = filled.count("commitments_event", kind="accepted")
    uid = filled.ask("unsure")
    told = finish_all([filled.start_script("questions", "judge", name, uid) for name in ("bo", "cas", "dirk")])
    assert sorted(json.loads(one) for one in told) == ["accepted", "too late", "too late"]
    assert filled.count("commitments_event", kind="accepted") == accepted + 1


def test_the_watch_and_the_digest_run_at_once_tell_everything_once(filled: House):
    filled.ask("review")
    told = finish_all([filled.start("manage.py", "note_overdue") for _ in range(PROCESSES)])
    numbers = [[int(number) for number in re.findall(r"\d+", one)] for one in told]
    counted = [sum(column) for column in zip(*numbers, strict=True)]
    kinds = ("became_overdue", "became_due_soon", "time_to_ask")
    assert counted == [filled.count("commitments_event", kind=kind) for kind in kinds]
    assert counted[0] > 0
    finish_all([filled.start("manage.py", "send_digests") for _ in range(PROCESSES)])
    assert len(filled.mails()) == 1
