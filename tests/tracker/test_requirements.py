"""The product runs on what requirements.txt brings; what only development needs is imported by tests alone."""

import ast
import re
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from sys import stdlib_module_names

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("tracker", "transcripts", "commitments")
# Loaded where it is there, and done without where it is not: other readers, to measure beside ours.
BESIDE = {"spacy", "pysbd"}
DISTRIBUTIONS = packages_distributions()


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def named(lines: Iterator[str] | list[str]) -> set[str]:
    """The distributions that lines of requirements name, extras and versions left out."""
    found = (re.match(r"[A-Za-z0-9][\w.-]*", line) for line in lines if "extra ==" not in line)
    return {folded(match[0]) for match in found if match}


def brought(wanted: set[str]) -> set[str]:
    """These distributions, and what they bring."""
    known: set[str] = set()
    waiting = list(wanted)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            with suppress(PackageNotFoundError):  # what another system or another Python needs
                waiting.extend(named(requires(name) or []))
    return known


def imported(tree: ast.AST) -> Iterator[str]:
    """Top names of the modules that are imported when the code runs; what is under TYPE_CHECKING is not."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module.partition(".")[0]
        yield from imported(node)


@pytest.mark.parametrize("room", ROOMS)
def test_the_product_imports_nothing_that_only_development_installs(room: str) -> None:
    here = brought(named((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()))
    for path in sorted((ROOT / room).rglob("*.py")):
        for module in set(imported(ast.parse(path.read_text(encoding="utf-8")))):
            if module in stdlib_module_names or module in ROOMS or module in BESIDE:
                continue
            owners = {folded(name) for name in DISTRIBUTIONS.get(module, [])}
            assert owners & here, f"{path.relative_to(ROOT)} imports {module}, which requirements.txt does not bring"
