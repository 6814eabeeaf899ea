"""A plain table for a terminal."""

from collections.abc import Sequence

GAP = "  "


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int | None, elastic: Sequence[int]) -> str:
    """Lay out rows under a head, in at most `width` characters per line (None: as wide as the words are).

    elastic: columns whose cells are cut, with an ellipsis, where there is no room; none becomes narrower than its
    head or 12 characters. A table whose fixed columns alone are too wide is wider than `width`.
    """
    widths = [max(len(row[at]) for row in [head, *rows]) for at in range(len(head))]
    if width is not None:
        least = {at: min(widths[at], max(12, len(head[at]))) for at in elastic}
        while sum(widths) + len(GAP) * (len(head) - 1) > width:
            shrinkable = [at for at in elastic if widths[at] > least[at]]
            if not shrinkable:
                break
            widths[max(shrinkable, key=lambda at: widths[at])] -= 1
    lines = [_line(head, widths), _line(["─" * one for one in widths], widths)]
    lines += [_line(row, widths) for row in rows]
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    fitted = (
        (cell if len(cell) <= wide else cell[: wide - 1] + "…").ljust(wide)
        for cell, wide in zip(cells, widths, strict=True)
    )
    return GAP.join(fitted).rstrip()
