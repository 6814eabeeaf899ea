"""The part of `bench` about follow-ups: an item looked up in an index of promises, beside the whole of the comparing.

No database of the product: the words of the promises go in an FTS5 table in memory, as they do in the product's own.
The promises are those of the documents that are read, each copied with other words in half of its places, so that
looking up meets as many that are no answer as it does in an archive.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import process_time
from typing import Any

from commitments.bridge import SIDES, propose_for
from commitments.engine import calendars
from commitments.engine.followups import Heard, Item, Known, Promise, choose, hear, know, match
from commitments.engine.followups.words import lists
from commitments.engine.types import Turn
from commitments.services.following import CANDIDATES, NEAR, SOUGHT
from transcripts.papers import open_paper
from transcripts.parsing.transcript import Transcript
from transcripts.reading.source import UnreadableError

PROMISES = (1_000, 10_000)
LATER = timedelta(days=150)
MOST_ITEMS = 30
_MATCH = "SELECT rowid FROM promises WHERE words MATCH ? ORDER BY rank LIMIT ?"


@dataclass
class Bench:
    """Promises in an index, and items to compare with them."""

    known: list[Known]
    items: list[Item]
    index: sqlite3.Connection
    size: int

    def look_up(self, heard: Heard) -> list[int]:
        usual = lists().usual
        sought = sorted(heard.words, key=lambda word: (word in usual, -len(word), word))[:SOUGHT]  # long words are rare
        query = " OR ".join(f'"{word}"' for word in sought if '"' not in word)
        return [row for (row,) in self.index.execute(_MATCH, [query, NEAR])]

    def whole_way(self, item: Item) -> int:
        heard = hear(item, calendars.load())
        near = [self.known[row % len(self.known)] for row in self.look_up(heard)[:CANDIDATES]]
        found = {at: told for at, one in enumerate(near) if (told := match(one, heard, _rare))}
        return len(choose(found))


def lines(paths: Sequence[Path], repeat: int) -> Iterator[str]:
    """Yield the lines of the section about these documents. repeat: rounds of which the fastest counts."""
    papers = [paper for path in paths if (paper := _read(path))]
    known = [one for paper in papers for one in _promises(paper)]
    items = [one for paper in papers for one in _items(paper)][:MOST_ITEMS]
    if not known or not items:
        yield "Follow-ups: skipped, for no promise was found in these documents."
        return
    yield f"Follow-ups: {len(items)} items compared with so many promises; processor time of one, the best of {repeat}."
    yield f"{'':>8}{'looked up':>12}{'whole':>12}{'ratio':>8}"
    for size in PROMISES:
        bench = Bench(known, items, _index(known, size), size)
        ready = [hear(one, calendars.load()) for one in items]
        alone = min(_timed(bench.look_up, ready) for _ in range(max(1, repeat)))
        whole = min(_timed(bench.whole_way, items) for _ in range(max(1, repeat)))
        each = 1e3 / len(items)
        yield f"{size:>8}{alone * each:9.2f} ms{whole * each:9.2f} ms{whole / alone:8.1f}"


def _timed(work: Callable[[Any], object], through: Sequence[Any]) -> float:
    start = process_time()
    for one in through:
        work(one)
    return process_time() - start


def _rare(word: str) -> float:
    return 0.6


def _read(path: Path) -> Transcript | None:
    try:
        paper = open_paper(path).transcript
    except UnreadableError:
        return None
    return paper if paper.said_on else None


def _promises(paper: Transcript) -> Iterator[Known]:
    assert paper.said_on
    for item, turn, proposal in propose_for(paper):
        yield know(
            Promise((proposal.quote,), frozenset({turn.speaker.name}), (paper.said_on - LATER,), subject=item.title)
        )


def _items(paper: Transcript) -> Iterator[Item]:
    assert paper.said_on
    for item in paper.items:
        turns = [Turn(turn.text, turn.speaker.name, SIDES[turn.speaker.capacity]) for turn in item.turns]
        yield Item(turns, paper.said_on, item.title, answers_to=[turn.answer_to for turn in item.turns])


def _index(known: Sequence[Known], size: int) -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("CREATE VIRTUAL TABLE promises USING fts5(words)")
    rows = []
    for row in range(size):
        copy, own = row // len(known), sorted(known[row % len(known)].words)
        kept = [word if at % 2 or not copy else f"{word}{copy}" for at, word in enumerate(own)]
        rows.append((row, " ".join(kept)))
    made.executemany("INSERT INTO promises (rowid, words) VALUES (?, ?)", rows)
    return made
