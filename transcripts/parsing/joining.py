"""Rows joined to running text, with the place of every character kept."""

from collections.abc import Sequence

from transcripts.parsing.hyphens import Hyphens, Joint
from transcripts.parsing.lines import Row, Sheet, opens_paragraph
from transcripts.parsing.transcript import Passage


class Joiner:
    """Joins rows of one document."""

    def __init__(self, text: str, sheet: Sheet) -> None:
        rows = sheet.rows
        self._width = sheet.width
        self._hyphens = Hyphens(
            text,
            (
                (row.text, rows[at + 1].text)
                for at, row in enumerate(rows[:-1])
                if row.text.endswith(("-", "‐", "\u00ad"))
            ),
        )

    def join(self, rows: Sequence[Row], *, one_paragraph: bool = False) -> Passage:
        """Join `rows` in order: hyphenation undone, paragraphs by a line feed, other lines by a space."""
        parts: list[str] = []
        pieces: list[tuple[int, int, int]] = []
        length = 0
        before: Row | None = None
        for row in rows:
            text, start, gap, _, _ = row
            if before is not None:
                last = before.text[-1]
                if not gap and (last.isalpha() or last == ",") and text[0].isalpha():
                    glue, dropped = " ", False  # as `_glue` says of most rows: the words go on
                else:
                    glue, dropped = self._glue(before, row, one_paragraph)
                if dropped:
                    here, there, size = pieces[-1]
                    pieces[-1] = (here, there, size - 1)
                    parts[-1] = parts[-1][:-1]
                    length -= 1
                    if size == 1:
                        pieces.pop()
                if glue:
                    parts.append(glue)
                    length += 1
            size = len(text)
            parts.append(text)
            pieces.append((length, start, size))
            length += size
            before = row
        return Passage("".join(parts), tuple(pieces))

    def _glue(self, before: Row, row: Row, one_paragraph: bool) -> tuple[str, bool]:
        text = before.text
        if not one_paragraph and opens_paragraph(before, row, self._width):
            return "\n", False
        last = text[-1]
        if last == "\u00ad":
            return "", True
        if last in "-‐" and text[-2:-1].isalnum():
            joint = self._hyphens.joint(text, row.text)
            return (" ", False) if joint is Joint.SPACE else ("", joint is Joint.DROP)
        if last == "/" and text[-2:-1].isalnum():
            return "", False
        return " ", False


def cut(passage: Passage, spans: Sequence[tuple[int, int]]) -> Passage:
    """Return `passage` without the character spans (ascending, apart), its pieces kept exact."""
    if not spans:
        return passage
    keep: list[tuple[int, int]] = []
    at = 0
    for start, end in spans:
        keep.append((at, start))
        at = end
    keep.append((at, len(passage.text)))
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    length = piece = 0
    for start, end in keep:
        while piece < len(passage.pieces):
            here, there, size = passage.pieces[piece]
            low, high = max(here, start), min(here + size, end)
            if low < high:
                pieces.append((length + low - start, there + low - here, high - low))
            if here + size > end:
                break
            piece += 1
        parts.append(passage.text[start:end])
        length += end - start
    return Passage("".join(parts), tuple(pieces))


def places(passage: Passage, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the runs of the text as read that the character spans (ascending, apart) of `passage` were made from."""
    runs: list[tuple[int, int]] = []
    first = 0
    for start, end in spans:
        while first < len(passage.pieces) and passage.pieces[first][0] + passage.pieces[first][2] <= start:
            first += 1
        at = first
        while at < len(passage.pieces) and passage.pieces[at][0] < end:
            here, there, size = passage.pieces[at]
            low, high = max(here, start), min(here + size, end)
            runs.append((there + low - here, there + high - here))
            at += 1
    return runs
