"""The times in parts of a text: where only some of its sentences matter, the others are not read."""

from bisect import bisect_left, bisect_right
from datetime import date

from commitments.engine.deadlines.around import WINDOW
from commitments.engine.deadlines.reading import Reader
from commitments.engine.deadlines.text import Folded
from commitments.engine.types import Expression


class Times:
    """The time expressions of one text, said or written on a day: the same as when all of it is read at once.

    Stretches of words are read together where one can bear on the next: no more than WINDOW characters apart. What
    hangs on a date that may stand further off ("een week later") has all of the text read.
    """

    def __init__(self, reader: Reader, text: str, said_on: date) -> None:
        self._reader, self._text, self._said_on = reader, text, said_on
        self._folded = Folded(text)
        self._groups: list[list[tuple[int, str]]] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._due: list[bool] = []
        may_be_due = reader.vocabulary.may_be_due
        for place, words in reader.stretches(self._folded.plain):
            due = may_be_due(words) is not None
            if self._ends and place - self._ends[-1] <= WINDOW:
                self._groups[-1].append((place, words))
                self._ends[-1] = place + len(words)
                self._due[-1] = self._due[-1] or due
            else:
                self._groups.append([(place, words)])
                self._starts.append(place)
                self._ends.append(place + len(words))
                self._due.append(due)
        self._read: dict[int, list[Expression]] = {}
        self._all: list[Expression] | None = None

    def may_be_due(self, start: int, end: int) -> bool:
        """Whether text[start:end] has words that may tell a deadline; `within` tells what they do."""
        if self._folded.shifted:
            return any(self._due)
        first = bisect_right(self._ends, start)
        return first < len(self._ends) and True in self._due[first : bisect_left(self._starts, end)]

    def within(self, start: int, end: int) -> list[Expression]:
        """The expressions that begin in text[start:end], in order, their spans counted in the text."""
        if self._all is None and not self._folded.shifted:
            first, after = bisect_right(self._ends, start), bisect_left(self._starts, end)
            try:
                return [e for at in range(first, after) for e in _between(self._group(at), start, end)]
            except LookupError:
                pass
        if self._all is None:
            stretches = (stretch for group in self._groups for stretch in group)
            self._all = self._reader.read_stretches(stretches, self._folded, self._text, self._said_on)
        return _between(self._all, start, end)

    def _group(self, at: int) -> list[Expression]:
        if at not in self._read:
            self._read[at] = self._reader.read_stretches(
                self._groups[at], self._folded, self._text, self._said_on, some=True
            )
        return self._read[at]


def _between(found: list[Expression], start: int, end: int) -> list[Expression]:
    """The expressions, given in order, that begin in [start, end)."""
    return found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]


def _start(e: Expression) -> int:
    return e.start
