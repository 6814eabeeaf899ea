"""The account of every character of the text as read."""

from collections.abc import Iterable, Iterator

from transcripts.parsing.lines import Row
from transcripts.parsing.transcript import Account, Reason

Mark = tuple[int, int, Reason]
_WIDEST = 64  # characters of white space between two lines that are entered as one


class Ledger:
    """Collects where the characters of `text` went; what nobody claims is reported as not understood."""

    def __init__(self, text: str, marks: Iterable[Mark] = ()) -> None:
        self._text = text
        self._marks = list(marks)
        self._claims: list[Mark] = []

    def add(self, start: int, end: int, reason: Reason) -> None:
        """Note that the characters [start, end) went to `reason`; of two claims the one that begins first wins."""
        if end <= start:
            return
        marks = self._marks
        if marks and marks[-1][2] is reason:
            begun, until, _ = marks[-1]
            if 0 < start - until <= _WIDEST and self._text[until:start].isspace():
                marks[-1] = (begun, end, reason)  # most lines go where the line before them went
                return
        marks.append((start, end, reason))

    def add_rows(self, rows: Iterable[Row], reason: Reason) -> None:
        """Note of each of the rows that its characters went to `reason`."""
        text = self._text
        begun = until = 0
        for words, start, *_ in rows:
            end = start + len(words)
            if until > begun and 0 < start - until <= _WIDEST and text[until:start].isspace():
                until = end
                continue
            self.add(begun, until, reason)
            begun, until = start, end
        self.add(begun, until, reason)

    def claim(self, start: int, end: int, reason: Reason) -> None:
        """Note that the characters [start, end) went to `reason` after all, whatever was added for them."""
        if end > start:
            self._claims.append((start, end, reason))

    def close(self) -> tuple[Account, ...]:
        """Return runs that cover the text from 0 to its length without gap or overlap.

        White space between two runs of one reason belongs to them; other white space is blank.
        """
        text = self._text
        runs: list[Mark] = []
        at = 0
        for start, end, reason in self._carved():
            if end <= at:
                continue
            begin = max(start, at)
            if begin > at:
                self._fill(runs, text, at, begin)
            _push(runs, begin, end, reason)
            at = end
        if at < len(text):
            self._fill(runs, text, at, len(text))
        return tuple(Account(*run) for run in runs)

    def _carved(self) -> list[Mark]:
        """Return all marks in order, what was claimed cut out of the others."""
        marks = sorted(self._marks, key=_place)
        if not self._claims:
            return marks
        claims = sorted(self._claims, key=_place)
        carved: list[Mark] = list(claims)
        first = 0
        for start, end, reason in marks:
            while first < len(claims) and claims[first][1] <= start:
                first += 1
            at, begin = first, start
            while at < len(claims) and claims[at][0] < end:
                carved.extend(self._bare(begin, claims[at][0], reason))
                begin = max(begin, claims[at][1])
                at += 1
            carved.extend(self._bare(begin, end, reason))
        return sorted(carved, key=_place)

    def _bare(self, start: int, end: int, reason: Reason) -> Iterator[Mark]:
        """Yield what is left of [start, end) without the white space at its ends, if anything is."""
        text = self._text
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            yield start, end, reason

    def _fill(self, runs: list[Mark], text: str, start: int, end: int) -> None:
        between = text[start:end]
        bare = between.strip()
        if not bare:
            _push(runs, start, end, Reason.BLANK)
            return
        first = start + between.index(bare[0])
        if first > start:
            _push(runs, start, first, Reason.BLANK)
        _push(runs, first, first + len(bare), Reason.NOT_UNDERSTOOD)
        if first + len(bare) < end:
            _push(runs, first + len(bare), end, Reason.BLANK)


def _place(mark: Mark) -> tuple[int, int]:
    return mark[0], mark[1]


def _push(runs: list[Mark], start: int, end: int, reason: Reason) -> None:
    if runs and runs[-1][2] is reason:
        runs[-1] = (runs[-1][0], end, reason)
    elif len(runs) >= 2 and runs[-1][2] is Reason.BLANK and runs[-2][2] is reason:
        runs.pop()
        runs[-1] = (runs[-1][0], end, reason)
    else:
        runs.append((start, end, reason))
