"""The account of every character of the text as read."""

from transcripts.parsing.transcript import Account, Reason

Mark = tuple[int, int, Reason]


class Ledger:
    """Collects where characters went; what nobody claims is reported as not understood."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks = list(marks)
        self._claims: list[Mark] = []

    def add(self, start: int, end: int, reason: Reason) -> None:
        """Note that the characters [start, end) went to `reason`; of two claims the one that begins first wins."""
        if end > start:
            self._marks.append((start, end, reason))

    def claim(self, start: int, end: int, reason: Reason) -> None:
        """Note that the characters [start, end) went to `reason` after all, whatever was added for them."""
        if end > start:
            self._claims.append((start, end, reason))

    def close(self, text: str) -> tuple[Account, ...]:
        """Return runs that cover `text` from 0 to its length without gap or overlap.

        White space between two runs of one reason belongs to them; other white space is blank.
        """
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
                if claims[at][0] > begin:
                    carved.append((begin, claims[at][0], reason))
                begin = max(begin, claims[at][1])
                at += 1
            if begin < end:
                carved.append((begin, end, reason))
        return sorted(carved, key=_place)

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
