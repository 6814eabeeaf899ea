"""Which rules cost most on some documents, so that who writes one sees it: `bench` starts it as a process of its own.

python -m commitments.management.rule_costs FILE… prints one JSON object: seconds of all searches together, and of the
costliest rules their id, the microseconds of all their searches, how often one was begun and how often it found.
Only what regular expressions take is counted: what a rule that does not apply costs, is to be looked up by its words.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from time import process_time
from typing import Any

from commitments import bridge
from commitments.engine.statements import rules
from commitments.engine.statements.beginnings import Pattern
from transcripts.papers import open_papers

MOST = 8


class _Watched:
    """A regular expression that notes what it takes."""

    def __init__(self, regex: Any, taken: list[float]) -> None:
        self._regex, self._taken = regex, taken

    def match(self, *where: Any) -> Any:
        return self._noted(self._regex.match, where)

    def search(self, *where: Any) -> Any:
        return self._noted(self._regex.search, where)

    def _noted(self, look: Any, where: tuple[Any, ...]) -> Any:
        start = process_time()
        found = look(*where)
        self._taken[0] += process_time() - start
        self._taken[1] += 1
        self._taken[2] += found is not None
        return found


def watch() -> dict[str, list[float]]:
    """Let the rules that ship note what they take from here on: seconds, searches begun, and found; by their ids."""
    book = rules.load()
    book.compile()
    taken: dict[str, list[float]] = defaultdict(lambda: [0.0, 0, 0])
    named: list[tuple[str, Pattern | None]] = []
    for rule in (*book.forms, *book.signs, *book.conditions, *book.led_in_by, *book.item):
        named += (rule.id, rule.pattern), (rule.id, rule.unless)
    named += ((f"kind {kind.kind.value}", kind.pattern) for kind in book.kinds)
    for name, pattern in named:
        if pattern:
            vars(pattern)["regex"] = _Watched(pattern.regex, taken[name])
    return taken


def main(*files: str) -> None:
    taken = watch()
    for file in files:
        for paper in open_papers(Path(file)):
            for _ in bridge.rows(paper.transcript, paper.stem):
                pass
    costly = sorted(taken.items(), key=lambda one: -one[1][0])[:MOST]
    told = [(name, seconds * 1e6, begun, found) for name, (seconds, begun, found) in costly]
    print(json.dumps({"seconds": sum(seconds for seconds, _, _ in taken.values()), "rules": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
