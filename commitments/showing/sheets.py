"""Tables as CSV for a spreadsheet of Flanders: semicolons, and a byte-order mark so that accents are read right."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A cell that begins with one of these is a formula to a spreadsheet, whoever wrote it in a document.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def safe(cell: str) -> str:
    """Return the cell so that no spreadsheet computes it: with an apostrophe in front where it would."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
