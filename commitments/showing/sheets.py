"""Tables as CSV: for a spreadsheet of Flanders, or as RFC 4180 has it for programs. No cell is ever computed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it in a document.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"  # a byte-order mark: by it a spreadsheet reads accents right


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return a table for a spreadsheet of Flanders."""
    return "".join(csv_lines(rows, flemish=True))


def csv_lines(rows: Iterable[Sequence[str]], *, flemish: bool) -> Iterator[str]:
    """Yield a table line by line. flemish: semicolons and a byte-order mark; else commas, and no mark."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";" if flemish else ",", lineterminator="\r\n")
    if flemish:
        yield MARK
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def safe(cell: str) -> str:
    """Return the cell so that no spreadsheet computes it: with an apostrophe in front where it would."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
