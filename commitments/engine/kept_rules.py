"""Keeps on disk what was read of rule files, so that only the first process after a change of them reads them.

To read the rules takes longer than to read a document: which words each of them needs, with which ones each of its
patterns begins. What came of it is pickled, under a digest of the files it was read from and of the modules that read
them, and with the compiled expressions named only (see kept.py). Where it cannot be read, or the modules are not there
as text, the rules are read as ever.
"""

import copyreg
import io
import pickle
import re
import sys
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from commitments.engine.compiling import uncollected
from commitments.engine.kept import at_the_end, compiled, place, write
from commitments.engine.kept import read as read_file

T = TypeVar("T")

_new: dict[Path, tuple[bytes, Any]] = {}  # what this process read anew, with its digest


def read(name: str, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """Return what `make` makes of the files `sources`, of which one at least is a module; kept under `name`."""
    sources = sorted(sources)
    if not any(source.suffix == ".py" for source in sources):
        return make()
    path, version = place(name, ".rules"), _digest(sources)
    body = read_file(path, version)
    if body is not None:
        try:
            with uncollected():
                known: T = pickle.loads(body)  # noqa: S301  (its own file, as whole as it was written)
                return known
        except Exception:  # noqa: S110  whatever a pickle of other modules answers
            pass
    made = make()
    if not _new:
        at_the_end(keep)
    _new[path] = version, made
    return made


def keep() -> None:
    """Write what was read anew. Raises OSError where that cannot be done."""
    for path, (version, made) in _new.items():
        content = io.BytesIO()
        pickler = pickle.Pickler(content, pickle.HIGHEST_PROTOCOL)
        pickler.dispatch_table = copyreg.dispatch_table | {re.Pattern: _named}
        pickler.dump(made)
        write(path, version, content.getvalue())
    _new.clear()


def _named(expression: re.Pattern[str]) -> tuple[Any, ...]:
    return compiled, (expression.pattern,)


def _digest(sources: Iterable[Path]) -> bytes:
    digest = blake2b(sys.version.encode())
    for source in sources:
        content = source.read_bytes()
        digest.update(f"\n{source.name} {len(content)}\n".encode() + content)
    return digest.digest()
