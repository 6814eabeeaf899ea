"""A plain table for a terminal."""

from collections.abc import Sequence

GAP = "  "
LEAST = 10  # characters an elastic column keeps
LONGEST = 300  # characters of a cell where nobody has set a width


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None, elastic: Sequence[int]) -> str:
    """Lay out rows under a head, in at most `width` characters per line (None: as wide as the words are).

    elastic: columns whose cells are cut, with an ellipsis, where there is no room; none becomes narrower than LEAST.
    A table whose fixed columns alone are too wide is wider than `width`.
    """
    widths = [min(LONGEST, max(len(row[at]) for row in [head, *rows])) for at in range(len(head))]
    if width is not None:
        while sum(widths) + len(GAP) * (len(head) - 1) > width:
            shrinkable = [at for at in elastic if widths[at] > LEAST]
            if not shrinkable:
                break
            widths[max(shrinkable, key=lambda at: widths[at])] -= 1
    lines = [_line(head, widths), _line(["─" * one for one in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    return "\n".join(lines)


def cut(words: str, longest: int) -> str:
    """Return `words` in at most `longest` characters, the cut shown by an ellipsis."""
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(cut(cell, wide).ljust(wide) for cell, wide in zip(cells, widths, strict=True)).rstrip()
