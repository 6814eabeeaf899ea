"""The part of `bench` about reading and extracting: from the file on disk to the promises found in it, no database.

Every line is of a process that had read nothing before (see first_pass.py). The rules were read and compiled and kept
on disk by an earlier one, but for the line that says otherwise (see engine/kept.py, engine/kept_rules.py).
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from commitments.management.first_pass import NOT_INSTALLED

OTHERS = {"spacy": ("spaCy, words only", "words"), "pysbd": ("pysbd, sentences only", "sentences")}
GROWTH = (1, 10, 100)


def lines(paths: list[Path], repeat: int) -> Iterator[str]:
    """Yield the lines of the section about these documents. repeat: processes of which the fastest counts."""
    size = sum(path.stat().st_size for path in paths)
    yield f"Reading and extracting: {len(paths)} documents of {size / 1e6:.2f} MB together, each line of a new process."
    with TemporaryDirectory() as empty:
        first_ever = _fastest("toegezegd", paths, repeat, PYTHONPYCACHEPREFIX=empty, anew=True)
    if "problem" in first_ever:
        yield f"skipped: {first_ever['problem']}"
        return
    ready = _fastest("toegezegd-compiled", paths, repeat)  # and keeps all for the next line, where nothing was kept
    fresh = _fastest("toegezegd", paths, repeat)
    yield f"{'':45}{'ms':>9}{'MB/s':>8}{'found':>8}"
    for what, seconds, found in (
        ("ours, first pass", fresh["seconds"], fresh["found"]),
        ("ours, first pass after a change of all rules", first_ever["seconds"], first_ever["found"]),
        ("ours, once more after the first line (warm)", fresh["again"], fresh["found"]),
        ("before it: to load the code and the rules", fresh["ready"], 0),
    ):
        speed = f"{size / seconds / 1e6:8.2f}{found:8} promises" if found else ""
        yield f"{what:45}{seconds * 1e3:9.1f}{speed}"
    for name, (who, what) in OTHERS.items():
        told = _fastest(name, paths, repeat)
        if "problem" in told:
            yield f"{who:45}{'–':>9}  skipped: {told['problem']}"
        else:
            speed = size / told["seconds"] / 1e6
            yield f"{who:45}{told['seconds'] * 1e3:9.1f}{speed:8.2f}{told['found']:8} {what}"
    yield ""
    yield "Growth: the documents so many times, all compiled before: the time for one time, and the most memory held."
    for times in GROWTH:
        told = _first_pass("toegezegd-compiled", paths, times)
        each = told["seconds"] / times
        yield f"{times:>4}x {each * 1e3:10.2f} ms  {each / ready['seconds']:6.2f}  {told['peak'] / 2**20:6.1f} MB"


def costliest(paths: list[Path]) -> Iterator[str]:
    """Yield the lines about the rules that take longest on these documents."""
    told = _ran("commitments.management.rule_costs", paths)
    if "problem" in told:
        yield f"skipped: {told['problem']}"
        return
    whole = told["seconds"] * 1e6
    yield f"The rules that cost most there, of {whole / 1e3:.1f} ms for the searches of all rules."
    yield f"{'':26}{'ms':>8}{'share':>8}{'begun':>8}{'found':>8}"
    for name, taken, begun, found in told["rules"]:
        yield f"{name:26}{taken / 1e3:8.2f}{taken / max(whole, 1):8.0%}{begun:8}{found:8}"


def _fastest(name: str, paths: list[Path], repeat: int, *, anew: bool = False, **environment: str) -> dict[str, Any]:
    """Return what the fastest process told. anew: whatever the one before kept in its folder is taken away."""
    told = []
    for _ in range(max(1, repeat)):
        told.append(_ran("commitments.management.first_pass", paths, name, "1", **environment))
        if anew:
            for kept in Path(environment["PYTHONPYCACHEPREFIX"]).rglob("*"):
                if kept.suffix in (".sre", ".rules"):
                    kept.unlink()
    return min(told, key=lambda one: one.get("seconds", 0))


def _first_pass(name: str, paths: list[Path], times: int = 1) -> dict[str, Any]:
    """Let a new process read; its answer, or the reason under "problem"."""
    return _ran("commitments.management.first_pass", paths, name, str(times))


def _ran(module: str, paths: list[Path], *words: str, **environment: str) -> dict[str, Any]:
    name = words[0] if words else ""
    ran = subprocess.run(  # noqa: S603  (this interpreter, a module of ours)
        [sys.executable, "-m", module, *words, *(str(path.resolve()) for path in paths)],
        capture_output=True, text=True, check=False, cwd=settings.BASE_DIR, env=os.environ | environment,
    )  # fmt: skip
    if ran.returncode == NOT_INSTALLED:
        return {"problem": f"not installed; `pip install {name}` somewhere on PYTHONPATH to have it beside ours"}
    if ran.returncode:
        return {"problem": (ran.stderr.strip().splitlines() or ["it stopped without a word"])[-1]}
    told: dict[str, Any] = json.loads(ran.stdout)
    return told
