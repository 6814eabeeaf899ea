"""The sample reports are read as tests/samples/expected says, and what ministers promise in them is found."""

import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from commitments.bridge import propose_for
from commitments.learning.matching import closest, same
from transcripts.papers import Paper, open_paper
from transcripts.parsing.transcript import Capacity, DocumentKind, Transcript

SAMPLES = Path(__file__).parent / "samples"
NAMES = sorted(path.stem for path in (SAMPLES / "expected").glob("*.toml"))
REPORTS = [name for name in NAMES if name.startswith("commissieverslag")]

# What holds over all samples together; raise them when the engine gets better, never lower a label.
LEAST_RECALL = 0.95
LEAST_PRECISION = 0.95
LEAST_DUE = 0.95


@dataclass(frozen=True)
class Found:
    quote: str
    speaker: str
    due_end: str


@cache
def expected(name: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "expected" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def paper(name: str) -> Paper:
    (path,) = (p for p in (SAMPLES / "reports").glob(f"{name}.*") if p.suffix in {".txt", ".pdf"})
    return open_paper(path)


def transcript(name: str) -> Transcript:
    return paper(name).transcript


@cache
def proposals(name: str) -> list[Found]:
    return [
        Found(
            quote=proposal.quote,
            speaker=turn.speaker.name,
            due_end=proposal.deadline.due_end.isoformat() if proposal.deadline and proposal.deadline.due_end else "",
        )
        for _, turn, proposal in propose_for(transcript(name))
    ]


def core(name: str) -> list[dict[str, Any]]:
    return [row for row in expected(name)["commitment"] if row["tier"] == "core"]


def best(row: dict[str, Any], found: list[Found]) -> Found | None:
    quote = closest(row["quote"], [one.quote for one in found])
    return next((one for one in found if one.quote == quote), None)


def test_every_report_has_its_expectation() -> None:
    reports = {path.stem for path in (SAMPLES / "reports").iterdir() if path.suffix in {".txt", ".pdf"}}
    assert reports == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_expected_sentence_stands_in_the_text_as_parsed(name: str) -> None:
    texts = [" ".join(turn.text.split()) for turn in transcript(name).turns()]
    rows = expected(name)
    lost = [row["quote"] for row in rows["commitment"] if not any(row["quote"] in text for text in texts)]
    assert lost == []


@pytest.mark.parametrize("name", NAMES)
def test_kind_and_date_are_read(name: str) -> None:
    assert transcript(name).kind is DocumentKind(expected(name)["kind"])
    assert transcript(name).said_on == expected(name)["date"]


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_gives_its_meeting_number(name: str) -> None:
    assert transcript(name).meeting_number == expected(name)["meeting_number"]
    assert transcript(name).session == expected(name)["session"]
    assert transcript(name).committee == expected(name).get("committee", "")


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_falls_apart_in_its_items_and_questions(name: str) -> None:
    seen = [
        {
            "numbers": [question.number for question in item.questions],
            "askers": [question.asker for question in item.questions],
            "addressee": item.questions[0].addressee,
            "chair": item.chair,
            "turns": len(item.turns),
        }
        for item in transcript(name).items
    ]
    assert seen == expected(name)["item"]


@pytest.mark.parametrize("name", REPORTS)
def test_every_turn_has_its_speaker(name: str) -> None:
    turns = transcript(name).turns()
    chair = [turn for turn in turns if turn.speaker.capacity is Capacity.CHAIR]
    others = Counter(turn.speaker.name for turn in turns if turn.speaker.capacity is not Capacity.CHAIR)
    assert len(chair) == expected(name)["chair_turns"]
    assert dict(others) == expected(name)["turns_of"]


def test_a_written_answer_is_the_ministers_and_falls_apart_by_number() -> None:
    name = "schriftelijke-vraag-2025-12-05"
    (item,) = transcript(name).items
    answers = [turn for turn in item.turns if turn.speaker.capacity is Capacity.MINISTER]
    assert {turn.speaker.name for turn in answers} == {expected(name)["minister"]}
    assert [turn.answer_to for turn in answers if turn.answer_to] == ["1", "2", "3", "4", "5", "6"]


def test_a_policy_note_is_the_ministers_throughout() -> None:
    name = "beleidsnota-2024-11-08"
    turns = transcript(name).turns()
    assert {turn.speaker.name for turn in turns} == {expected(name)["minister"]}
    assert {turn.speaker.capacity for turn in turns} == {Capacity.MINISTER}


@pytest.mark.parametrize("name", NAMES)
def test_every_character_of_a_sample_is_accounted_for(name: str) -> None:
    account = transcript(name).account
    assert account[0].start == 0
    assert account[-1].end == len(paper(name).source.text)
    assert all(one.end == other.start for one, other in pairwise(account))


def test_nearly_every_promise_is_proposed() -> None:
    missed = [(name, row["quote"]) for name in NAMES for row in core(name) if best(row, proposals(name)) is None]
    every = sum(len(core(name)) for name in NAMES)
    assert 1 - len(missed) / every >= LEAST_RECALL, missed


def test_nearly_every_proposal_is_a_promise() -> None:
    alarms = [
        (name, found.quote)
        for name in NAMES
        for found in proposals(name)
        if not any(same(row["quote"], found.quote) for row in expected(name)["commitment"])
    ]
    every = sum(len(proposals(name)) for name in NAMES)
    assert 1 - len(alarms) / every >= LEAST_PRECISION, alarms


def test_nearly_every_promise_found_has_its_last_day() -> None:
    pairs = [(name, row, best(row, proposals(name))) for name in NAMES for row in core(name)]
    met = [(name, row, found) for name, row, found in pairs if found]
    wrong = [
        (name, row["quote"], row["due_end"], found.due_end)
        for name, row, found in met
        if row["due_end"] != found.due_end
    ]
    assert 1 - len(wrong) / len(met) >= LEAST_DUE, wrong


def test_a_promise_found_is_its_speakers() -> None:
    wrong = [
        (row["quote"], found.speaker)
        for name in NAMES
        for row in core(name)
        if (found := best(row, proposals(name))) and row.get("speaker", found.speaker) != found.speaker
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "why"),
    sorted({(name, row["why"]) for name in NAMES for row in expected(name)["not_commitment"]}),
)
def test_what_only_looks_like_a_promise_is_not_proposed(name: str, why: str) -> None:
    alarms = [
        row["sentence"]
        for row in expected(name)["not_commitment"]
        for found in proposals(name)
        if row["why"] == why
        and same(row["sentence"], found.quote)
        and not any(same(other["quote"], found.quote) for other in expected(name)["commitment"])
    ]
    assert alarms == []
