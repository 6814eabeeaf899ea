"""The real documents, where they are at hand: counts and hashes only, no words of them."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from tests.transcripts.parsing.test_account import check
from transcripts.papers import Paper, open_paper
from transcripts.parsing.transcript import Capacity, Reason

REPORTS = "corpus/verslagen"


def opened(shared: Path, name: str) -> Paper:
    return open_paper(shared / REPORTS / f"{name}.txt")


def test_the_long_report_has_all_its_items_questions_and_turns(shared):
    transcript = opened(shared, "c151-2023-02-28").transcript
    assert [len(item.questions) for item in transcript.items] == [1, 1, 2, 1, 1, 1, 1, 2]
    assert [len(item.turns) for item in transcript.items] == [11, 9, 15, 7, 9, 11, 9, 13]
    numbers = [question.number for item in transcript.items for question in item.questions]
    assert numbers == ["912", "1426", "1601", "1691", "1602", "1641", "1671", "1660", "1661", "1678"]
    speakers = Counter(turn.speaker.capacity for turn in transcript.turns())
    assert speakers == {Capacity.CHAIR: 46, Capacity.MINISTER: 15, Capacity.MEMBER: 23}
    ministers = Counter(turn.speaker.name for turn in transcript.turns() if turn.speaker.capacity is Capacity.MINISTER)
    assert ministers == {"Jan Jambon": 11, "Zuhal Demir": 4}
    assert {turn.speaker.party for turn in transcript.turns() if turn.speaker.capacity is Capacity.MEMBER} == {
        "cd&v",
        "N-VA",
        "Vooruit",
        "Vlaams Belang",
    }
    assert (transcript.meeting_number, transcript.session) == ("C151", "2022-2023")
    assert transcript.said_on is not None
    assert transcript.said_on.isoformat() == "2023-02-28"
    assert transcript.warnings == ()


def test_the_full_report_has_its_cover_its_contents_and_its_first_item(shared):
    transcript = opened(shared, "c180-2020-05-12-begin").transcript
    (item,) = transcript.items
    assert [question.number for question in item.questions] == ["2132"]
    assert (transcript.meeting_number, transcript.session) == ("C180", "2019-2020")
    assert transcript.committee.startswith("Commissie voor Binnenlands Bestuur")
    assert transcript.said_on is not None
    assert transcript.said_on.isoformat() == "2020-05-12"
    assert len(item.turns) == 15
    assert transcript.warnings == ()


def test_the_written_question_has_one_turn_per_answer(shared):
    (item,) = opened(shared, "schriftelijke-vraag-2021").transcript.items
    assert [turn.answer_to for turn in item.turns] == ["", "1", "2", "3", "4", "5", "6"]


def test_the_policy_note_is_all_the_ministers(shared):
    transcript = opened(shared, "beleidsnota-2019-begin").transcript
    assert {turn.speaker.name for turn in transcript.turns()} == {"Jan Jambon"}
    assert len(transcript.turns()) == 7


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("c151-2023-02-28", "a1e4"),
        ("c180-2020-05-12-begin", "a333"),
        ("schriftelijke-vraag-2021", "234b"),
        ("beleidsnota-2019-begin", "ba83"),
    ],
)
def test_nothing_of_a_real_document_disappears_or_changes_unseen(shared, name, begins):
    paper = opened(shared, name)
    check(paper.source.text, paper.transcript)
    assert Reason.NOT_UNDERSTOOD not in {run.reason for run in paper.transcript.account}
    words = "\n\n".join(f"{turn.speaker.name}: {turn.text}" for turn in paper.transcript.turns())
    assert hashlib.sha256(words.encode()).hexdigest()[:4] == begins


def test_a_turn_differs_from_its_source_in_undone_hyphens_only(shared):
    for name in ("c151-2023-02-28", "c180-2020-05-12-begin"):
        paper = opened(shared, name)
        for turn in paper.transcript.turns():
            printed = "".join(paper.source.text[there : there + length] for _, there, length in turn.passage.pieces)
            assert "".join(turn.text.split()) == "".join(printed.split())
