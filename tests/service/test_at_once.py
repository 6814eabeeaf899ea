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


def test_people_who_judge_a_follow_up_at_once_are_told_who_was_first(filled: House):
    uid = filled.ask("followed")
    told = finish_all(
        [filled.start_script("questions", "judge_follow_up", name, uid) for name in ("bo", "cas", "dirk")]
    )
    assert sorted(json.loads(one) for one in told) == ["confirmed", "too late", "too late"]
    assert filled.count("commitments_event", kind="follow_up_judged") == 1


def test_the_watch_and_the_digest_run_at_once_tell_everything_once(filled: House):
    filled.ask("review")
    told = finish_all([filled.start("manage.py", "note_overdue") for _ in range(PROCESSES)])
    kinds = {
        "became_overdue": "overdue",
        "became_due_soon": "due soon",
        "time_to_ask": "to ask about",
        "silent": "were not heard of for long",
    }
    counted = {
        kind: sum(int(number) for one in told for number in re.findall(rf"(\d+) {words}", one))
        for kind, words in kinds.items()
    }
    assert counted == {kind: filled.count("commitments_event", kind=kind) for kind in kinds}
    assert counted["became_overdue"] > 0
    finish_all([filled.start("manage.py", "send_digests") for _ in range(PROCESSES)])
    assert len(filled.mails()) == 1
