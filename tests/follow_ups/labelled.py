"""The labelled follow-ups (tests/samples/follow_ups): every promise against every later item, without a database.

The first set is `labels.toml` over the sample documents and `reports/`. The second, `labels2.toml`, adds `reports2/`,
and only its items are measured, while the promises of all documents compete; the third does the same.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from commitments.bridge import SIDES, propose_for
from commitments.engine import calendars
from commitments.engine.followups import Heard, Item, Known, Match, Promise, choose, hear, know, match
from commitments.engine.followups.words import rarity
from commitments.engine.statements.sentences import split
from commitments.engine.types import Turn
from transcripts.papers import open_paper
from transcripts.parsing import transcript as parsed

SAMPLES = Path(__file__).parents[1] / "samples"
FOLLOW_UPS = SAMPLES / "follow_ups"
TOP = 3
Pair = tuple[str, str]


@dataclass(frozen=True)
class Labels:
    """One labels.toml. Pairs are (key of a promise, id of an item)."""

    path: Path

    @cached_property
    def told(self) -> dict[str, Any]:
        told = tomllib.loads(self.path.read_text(encoding="utf-8"))
        if earlier := told.get("promises_of"):
            told["promise"] = [*Labels(self.path.with_name(earlier)).told["promise"], *told["promise"]]
        return told

    @property
    def folder(self) -> str:
        """Where the documents of this set alone stand: labels2.toml has reports2."""
        return self.path.stem.replace("labels", "reports")

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that competes, in the order in which the documents were written."""
        later = sorted(path for path in FOLLOW_UPS.glob("reports*") if path.name <= self.folder)
        return (SAMPLES / "reports", *later)

    @property
    def follow_ups(self) -> dict[Pair, dict[str, Any]]:
        return {(row["promise"], row["item"]): row for row in self.told["follow_up"]}

    @property
    def hard_negatives(self) -> dict[Pair, str]:
        return {(row["promise"], row["item"]): row["why"] for row in self.told["hard_negative"]}

    @property
    def maybe(self) -> set[Pair]:
        return {(row["promise"], row["item"]) for row in self.told["maybe"]}


@cache
def papers(*folders: Path) -> dict[str, parsed.Transcript]:
    """Every document of these folders by its name."""
    paths = sorted(path for folder in folders for path in folder.iterdir())
    return {path.stem: open_paper(path).transcript for path in paths if path.suffix in {".txt", ".pdf"}}


@cache
def items(*folders: Path) -> dict[str, Heard]:
    """Every item of every document of these folders, by "document#number"."""
    calendar = calendars.load()
    found = {}
    for name, paper in papers(*folders).items():
        assert paper.said_on
        for number, item in enumerate(paper.items, 1):
            found[f"{name}#{number}"] = hear(_item(item, paper), calendar)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].item.said_on, pair[0])))


def _item(item: parsed.Item, paper: parsed.Transcript) -> Item:
    assert paper.said_on
    return Item(
        turns=[Turn(turn.text, turn.speaker.name, SIDES[turn.speaker.capacity]) for turn in item.turns],
        said_on=paper.said_on,
        title=item.title,
        addressees=frozenset(one.addressee for one in item.questions if one.addressee),
        askers=frozenset(one.asker for one in item.questions if one.asker),
        answers_to=[turn.answer_to for turn in item.turns],
    )


@dataclass
class Said:
    """One statement of the samples: where, with the words before it."""

    document: str
    said_on: date
    quote: str
    context: str
    speaker: str
    item: parsed.Item
    due_text: str = ""
    due_end: Any = None


@cache
def said(*folders: Path) -> list[Said]:
    """Every promise the engine finds in these folders, with what a label may say of its deadline."""
    found = []
    for name, paper in papers(*folders).items():
        assert paper.said_on
        for item, turn, proposal in propose_for(paper):
            before = [turn.text[one.start : one.end] for one in split(turn.text) if one.end <= proposal.start]
            found.append(
                Said(
                    name,
                    paper.said_on,
                    proposal.quote,
                    before[-1] if before else "",
                    turn.speaker.name,
                    item,
                    proposal.deadline.text if proposal.deadline else "",
                    proposal.deadline.due_end if proposal.deadline else None,
                )
            )
    return found


def commitments(labels: Labels) -> dict[str, list[Said]]:
    """The statements of every commitment of the samples by its key; one that no label names has its words for a key."""
    left = list(said(*labels.folders))
    made = {}
    for row in labels.told["promise"]:
        mine = []
        for document, words in row["said"]:
            here = [one for one in left if one.document == document]
            one = next((one for one in here if words.rstrip(".") in one.quote), None)
            if one:
                left.remove(one)
            mine.append(one or _unfound(papers(*labels.folders)[document], document, words))
        made[row["key"]] = mine
    expected = {path.stem for path in (SAMPLES / "expected").glob("*.toml")}
    for one in left:
        if one.document in expected:
            made[one.quote] = [one]
    return made


def promises(labels: Labels, day: date) -> dict[str, Known]:
    """Every commitment as it stood before a day."""
    successors: dict[str, str] = labels.told.get("succeeds", {})
    known = {}
    for key, statements in commitments(labels).items():
        mine = [one for one in statements if one.said_on < day]
        if mine:
            known[key] = _promise(mine, successors)
    return known


def _unfound(paper: parsed.Transcript, document: str, words: str) -> Said:
    """Return a promise the engine for statements did not find, as a person would mark it."""
    assert paper.said_on
    for item in paper.items:
        for turn in item.turns:
            if words.rstrip(".") in turn.text:
                return Said(document, paper.said_on, words, "", turn.speaker.name, item)
    raise LookupError(f"{document} does not say: {words}")


def _promise(mine: list[Said], successors: dict[str, str]) -> Known:
    persons = {mine[0].speaker}
    dated = [one for one in mine if one.due_end] or [one for one in mine if one.due_text] or mine
    asked = [question for one in mine for question in one.item.questions]
    days = tuple(one.said_on for one in mine)
    return know(
        Promise(
            quotes=tuple(one.quote for one in mine),
            contexts=tuple(one.context for one in mine),
            persons=frozenset(persons | {new for new, old in successors.items() if old in persons}),
            said_on=days,
            subject=" ".join(one.item.title for one in mine[:1]),
            due_text=dated[-1].due_text,
            due_end=dated[-1].due_end,
            numbers=frozenset(one.number for one in asked if one.number),
            askers=frozenset(one.asker for one in asked if one.asker),
        )
    )


class Rarity:
    """How rare a word is among these items."""

    def __init__(self, heard: dict[str, Heard]) -> None:
        self.counts = Counter(word for one in heard.values() for word in one.words)
        self.whole = len(heard)

    def __call__(self, word: str) -> float:
        return rarity(self.counts[word], self.whole)


@dataclass
class Measured:
    """What came of comparing everything.

    matches    what is proposed
    ranks      of each labelled follow-up its place among those shown beside the same sentence; None: not proposed
    positions  its place among all that are proposed of its item
    """

    matches: dict[Pair, Match] = field(default_factory=dict)
    ranks: dict[Pair, int | None] = field(default_factory=dict)
    positions: dict[Pair, int | None] = field(default_factory=dict)
    labels: Labels | None = None

    @property
    def in_top(self) -> float:
        return _within(TOP, self.ranks)

    @property
    def in_top_of_item(self) -> float:
        return _within(TOP, self.positions)

    def precision(self, *steps: str) -> tuple[int, int]:
        """(right, shown) of the matches of these steps; what can be defended either way is left out."""
        assert self.labels
        shown = [p for p, one in self.matches.items() if one.certainty in steps and p not in self.labels.maybe]
        return sum(pair in self.labels.follow_ups for pair in shown), len(shown)


def measured_items(labels: Labels) -> dict[str, Heard]:
    """The items this set measures: for the first those of the sample documents too, for a later one its own."""
    later = labels.folders[-1:] if len(labels.folders) > 2 else labels.folders
    own = papers(*later)
    return {at: heard for at, heard in items(*labels.folders).items() if at.partition("#")[0] in own}


def measure(labels: Labels) -> Measured:
    told = Measured(labels=labels)
    rare = Rarity(items(*labels.folders))
    for at, heard in measured_items(labels).items():
        known = promises(labels, heard.item.said_on)
        weighed = {key: match(one, heard, rare) for key, one in known.items()}
        found = choose({key: one for key, one in weighed.items() if one})
        told.matches |= {(key, at): one for key, one in found.items()}
        order = list(found)
        for pair in labels.follow_ups:
            if pair[1] == at:
                mine = found.get(pair[0])
                told.positions[pair] = order.index(pair[0]) + 1 if mine else None
                beside = [key for key in order if mine and _place(found[key]) == _place(mine)]
                told.ranks[pair] = beside.index(pair[0]) + 1 if mine else None
    return told


def _within(top: int, ranks: dict[Pair, int | None]) -> float:
    return sum(rank is not None and rank <= top for rank in ranks.values()) / len(ranks)


def _place(one: Match) -> tuple[int, int]:
    return one.turn, one.start


def rows(told: Measured) -> Iterator[str]:
    """What is wrong, for whoever changes a rule."""
    assert told.labels
    for pair, rank in told.ranks.items():
        one = told.matches.get(pair)
        label = told.labels.follow_ups[pair]
        wrong = []
        if rank is None or rank > TOP:
            wrong.append(f"rank {rank}")
        if one and one.sign not in label["kinds"]:
            wrong.append(f"{one.sign} for {label['kinds']}")
        if one and "due_end" in label and (one.deadline is None or one.deadline.due_end != label["due_end"]):
            wrong.append(f"due {one.deadline and one.deadline.text} for {label['due_end']}")
        if wrong:
            yield f"{pair}: {'; '.join(wrong)} {one.score if one else ''}"
    for pair, one in told.matches.items():
        if pair not in told.ranks and pair not in told.labels.maybe and one.certainty != "possible":
            yield f"WRONG {one.certainty} {one.score} {pair} {[(r.rule, r.weight, r.words) for r in one.reasons]}"
