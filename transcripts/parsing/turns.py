"""One turn of a report: its rows joined, the notes in it taken out of what was said."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.parsing import notes
from transcripts.parsing.joining import Joiner, cut, places
from transcripts.parsing.ledger import Ledger
from transcripts.parsing.lines import Row
from transcripts.parsing.transcript import Passage, Reason, Speaker, Turn
from transcripts.reading.source import Source


@dataclass(slots=True)
class OpenTurn:
    """A turn that still goes on. stage: (first row, last row) of each stage note in it."""

    speaker: Speaker
    start: int
    rows: list[Row] = field(default_factory=list)
    stage: list[tuple[Row, Row]] = field(default_factory=list)

    @property
    def end(self) -> int:
        ends = [row.end for row in self.rows[-1:]] + [last.end for _, last in self.stage[-1:]]
        return max(ends, default=self.start + len(self.speaker.label) + 1)


def build_turn(turn: OpenTurn, source: Source, joiner: Joiner, ledger: Ledger) -> Turn:
    """Join the rows, take the bracketed notes out, and enter in the ledger where every row went."""
    passage, found, _ = take_notes(joiner.join(turn.rows), ledger)
    ledger.add_rows(turn.rows, Reason.SPEECH)
    for first, last in turn.stage:
        found.append((_offset(passage, first.start), " ".join(source.text[first.start : last.end].split())))
    return Turn(turn.speaker, passage, turn.start, turn.end, source.page_at(turn.start), tuple(sorted(found)))


def take_notes(whole: Passage, ledger: Ledger) -> tuple[Passage, list[tuple[int, str]], Sequence[tuple[int, int]]]:
    """Take the bracketed notes out of what was said, and claim their characters.

    Returns what is left, the notes with their offset in it, and the spans of `whole` that were cut.
    """
    spans = notes.bracketed_notes(whole.text) if "(" in whole.text else []
    passage = cut(whole, spans)
    found: list[tuple[int, str]] = []
    inner: list[tuple[int, int]] = []
    gone = 0
    for start, end in spans:
        words = whole.text[start:end].strip()
        found.append((min(start - gone, len(passage.text)), words))
        begin = start + whole.text[start:end].index(words[0])
        inner.append((begin, begin + len(words)))
        gone += end - start
    for start, end in places(whole, inner):
        ledger.claim(start, end, Reason.NOTE)
    return passage, found, spans


def _offset(passage: Passage, place: int) -> int:
    """Return the offset in the running text at which something stands that was printed at `place` and left out."""
    at = bisect_right(passage.pieces, place, key=lambda piece: piece[1]) - 1
    return passage.pieces[at][0] + passage.pieces[at][2] if at >= 0 else 0
