"""Many reports in the layout of one sample, each of another meeting, with other questions about another road."""

import re
from datetime import date, timedelta
from pathlib import Path

from tests.service.house import ROOT

SAMPLE = ROOT / "tests" / "samples" / "reports" / "commissieverslag-2025-10-14.txt"
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
FIRST = date(2025, 1, 7)


def many_reports(folder: Path, number: int) -> list[Path]:
    """Write `number` reports into a folder and return where they are."""
    text = SAMPLE.read_text(encoding="utf-8")
    folder.mkdir()
    written = []
    for at in range(number):
        day = FIRST + timedelta(days=at)
        said = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        one = text.replace("14 oktober 2025", said).replace("C099", f"C{200 + at}").replace("N498", f"N{500 + at}")
        one = re.sub(r"\b(\d+) \(2025-2026\) *(?=\d*\s*$)", _another_number(at), one, flags=re.MULTILINE)
        path = folder / f"c{200 + at}.txt"
        path.write_text(one, encoding="utf-8")
        written.append(path)
    return written


def _another_number(at: int):
    return lambda found: found[0].replace(found[1], str(int(found[1]) + 300 * (at + 1)), 1)
