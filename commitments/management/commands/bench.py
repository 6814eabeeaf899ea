"""Measure the reading of deadlines beside other readers, on one text in one run.

Steps: the text is put together; ours reads it for the first time and again; dateparser.search reads a slice;
chrono-node reads all of it where node can load it; then ours reads once, ten and a hundred times the text. At last the
same files are read as documents, from their bytes to the promises in them (see whole_way.py), the rules named that
cost most there (see rule_costs.py), and their items compared with promises (see matching.py).

First: nothing is remembered of any text; the tables are loaded, the code has run. Again: the same text once more, its
turns of phrase are remembered. chrono-node remembers nothing; its first reading is the first its process makes, with
code that node has not compiled yet, the other the best of five.
"""

import json
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

from dateparser.search import search_dates
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commitments.engine import calendars, deadlines
from commitments.management import matching, whole_way

SAID_ON = date(2025, 3, 11)
SAMPLES = ("tests/samples/reports/*.txt", "../shared/corpus/verslagen/*.txt")
SLICE = 8_000  # characters for dateparser.search, which needs minutes for a megabyte
LEAST = 250_000  # characters: shorter texts are joined to themselves, each copy with other digits
GROWTH = (1, 10, 100)
PROCESSES = 3  # of a reader that reads for the first time
CHRONO = """
const chrono = require("chrono-node");
const text = require("fs").readFileSync(0, "utf8"), told = [];
for (let i = 0; i < 5; i++) {
  const start = process.cpuUsage();
  const found = chrono.nl.parse(text, new Date(process.argv[1])).length;
  told.push([process.cpuUsage(start).user / 1e6, found]);
}
console.log(JSON.stringify(told));
"""

Line = tuple[str, float, int, str]  # who, MB/s, expressions found, remark


class Command(BaseCommand):
    help = "Measure how fast deadlines are read and promises found, beside other readers."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="texts in UTF-8; without any, the sample reports")
        parser.add_argument("--repeat", type=int, default=7, help="readings of which the fastest counts")

    def handle(self, *args: Any, files: list[Path], repeat: int, **options: Any) -> None:
        paths = files or [path for glob in SAMPLES for path in sorted(settings.BASE_DIR.glob(glob))]
        text = text_of(paths)
        size = len(text.encode())
        calendar = calendars.load()

        def ours(text: str = text) -> int:
            return len(deadlines.read(text, SAID_ON, calendar))

        def forget() -> None:
            deadlines.forget(calendar)

        lines = [
            measured("ours, first reading", ours, size, repeat, before=forget),
            measured("ours, again", ours, size, repeat, before=ours),
            by_dateparser(text[:SLICE]),
        ]
        self.stdout.write(
            f"One text of {size / 1e6:.2f} MB, said on {SAID_ON}; processor time, the fastest of {repeat}.\n\n"
        )
        self.stdout.write(f"{'':22}{'MB/s':>10}{'found':>8}{'found/KB':>10}{'µs each':>10}\n")
        chrono = by_chrono(text)
        for who, speed, found, remark in [*lines, *chrono]:
            told = len(text[:SLICE].encode()) if remark else size
            each = told / speed / found if found else 0
            self.stdout.write(
                f"{who:22}{speed:10.3f}{found:8}{found / told * 1e3:10.2f}{each:10.1f}  {remark}".rstrip() + "\n"
            )
        if not chrono:
            self.stdout.write(f"{'chrono-node':22}{'–':>10}  skipped: node or its package chrono-node is not here\n")
            self.stdout.write(f"{'':34}npm install chrono-node somewhere, and name its node_modules in NODE_PATH\n")
        self.stdout.write("\nGrowth: so many times a text that was read before, and the time per text.\n")
        part = text[: max(1, len(text) // 4)]
        ours(part)
        spent = [fastest(partial(ours, part * times), repeat if times < max(GROWTH) else 1) / times for times in GROWTH]
        for times, each in zip(GROWTH, spent, strict=True):
            self.stdout.write(f"{times:>4}x {each * 1e3:10.2f} ms  {each / spent[0]:6.2f}\n")
        self.stdout.write("\n")
        for line in (*whole_way.lines(paths, min(repeat, PROCESSES)), "", *whole_way.costliest(paths)):
            self.stdout.write(f"{line}\n")
        self.stdout.write("\n")
        for line in matching.lines(paths, min(repeat, PROCESSES)):
            self.stdout.write(f"{line}\n")


def text_of(paths: list[Path]) -> str:
    try:
        text = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"The text cannot be read: {error}") from error
    if not text.strip():
        raise CommandError("There is no text to read: name files with text in them.")
    copies = [text]
    while sum(map(len, copies)) < LEAST:
        copies.append(text.translate(turned(len(copies))))
    return "\n".join(copies)


def turned(by: int) -> dict[int, str]:
    """Days and years of another copy: no copy is a second reading of the first."""
    return {ord(str(digit)): str((digit + by) % 10) for digit in range(3, 10)}


def fastest(work: Callable[[], object], repeat: int, before: Callable[[], object] | None = None) -> float:
    """Seconds of the processor that the fastest of some runs took; before each, something that does not count."""
    spent = []
    for _ in range(max(1, repeat)):
        if before:
            before()
        start = process_time()
        work()
        spent.append(process_time() - start)
    return min(spent)


def measured(
    who: str, work: Callable[[], int], size: int, repeat: int, before: Callable[[], object] | None = None
) -> Line:
    return who, size / fastest(work, repeat, before) / 1e6, work(), ""


def by_dateparser(part: str) -> Line:
    now = datetime.combine(SAID_ON, time())

    def work() -> int:
        return len(search_dates(part, languages=["nl"], settings={"RELATIVE_BASE": now}) or [])

    who, speed, found, _ = measured("dateparser.search", work, len(part.encode()), 1)
    return who, speed, found, f"measured on the first {len(part.encode()) / 1e3:.0f} KB, once"


def by_chrono(text: str) -> list[Line]:
    """First and best of five readings in one process of node; nothing where node or the package is missing."""
    node = shutil.which("node")
    if not node:
        return []
    ran = subprocess.run(  # noqa: S603  (node of the PATH, a script of ours)
        [node, "-e", CHRONO, str(SAID_ON)], input=text, capture_output=True, text=True, check=False,
        cwd=settings.BASE_DIR,
    )  # fmt: skip
    if ran.returncode:
        return []
    told = json.loads(ran.stdout)
    size = len(text.encode())
    return [
        ("chrono-node, first", size / told[0][0] / 1e6, told[0][1], ""),
        ("chrono-node, again", size / min(spent for spent, _ in told) / 1e6, told[0][1], ""),
    ]
