"""The part of `bench` about reading and extracting: from the file on disk to the promises found in it, no database.

Every figure is of a process of its own that had read nothing before (see first_pass.py).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from commitments.management.first_pass import NOT_INSTALLED

OTHERS = {"spacy": ("spaCy, words only", "words"), "pysbd": ("pysbd, sentences only", "sentences")}
GROWTH = (1, 10, 100)


def lines(paths: list[Path], repeat: int) -> Iterator[str]:
    """Yield the lines of the section about these documents. repeat: processes of which the fastest counts."""
    size = sum(path.stat().st_size for path in paths)
    yield f"Reading and extracting: {len(paths)} documents of {size / 1e6:.2f} MB together, first pass."
    ours = _fastest("toegezegd", paths, repeat)
    if "problem" in ours:
        yield f"skipped: {ours['problem']}"
        return
    yield f"{'':26}{'MB/s':>8}{'found':>8}"
    yield f"{'ours, to promises':26}{size / ours['seconds'] / 1e6:8.2f}{ours['found']:8} promises"
    for name, (who, what) in OTHERS.items():
        told = _fastest(name, paths, repeat)
        if "problem" in told:
            yield f"{who:26}{'–':>8}  skipped: {told['problem']}"
        else:
            yield f"{who:26}{size / told['seconds'] / 1e6:8.2f}{told['found']:8} {what}"
    yield ""
    yield "Growth: the documents so many times one after another, the time for one time, and the most memory held."
    for times in GROWTH:
        told = _first_pass("toegezegd", paths, times)
        each = told["seconds"] / times
        yield f"{times:>4}x {each * 1e3:10.2f} ms  {each / ours['seconds']:6.2f}  {told['peak'] / 2**20:6.1f} MB"


def _fastest(name: str, paths: list[Path], repeat: int) -> dict[str, Any]:
    told = [_first_pass(name, paths) for _ in range(max(1, repeat))]
    return min(told, key=lambda one: one.get("seconds", 0))


def _first_pass(name: str, paths: list[Path], times: int = 1) -> dict[str, Any]:
    """Let a new process read; its answer, or the reason under "problem"."""
    command = [sys.executable, "-m", "commitments.management.first_pass", name, str(times)]
    ran = subprocess.run(  # noqa: S603  (this interpreter, a module of ours)
        [*command, *(str(path.resolve()) for path in paths)],
        capture_output=True, text=True, check=False, cwd=settings.BASE_DIR,
    )  # fmt: skip
    if ran.returncode == NOT_INSTALLED:
        return {"problem": f"not installed; `pip install {name}` somewhere on PYTHONPATH to have it beside ours"}
    if ran.returncode:
        return {"problem": (ran.stderr.strip().splitlines() or ["it stopped without a word"])[-1]}
    told: dict[str, Any] = json.loads(ran.stdout)
    return told
