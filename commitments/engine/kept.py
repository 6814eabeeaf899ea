"""Keeps compiled regular expressions on disk, so that only the first process after a change of the rules compiles them.

What was read of the rules themselves is kept beside them: see kept_rules.py.

To compile the rules that a document needs takes several times as long as to read it. Python cannot pickle a compiled
expression, but what its compiler hands to the engine of `re` is a row of numbers, and that engine takes the same row
back, and examines it first. Each is kept under a digest of the expression itself: none can be out of date. The file
holds for one version of Python and stands where that keeps compiled modules; where it cannot be read or written, or
Python does not know these inner functions any more, an expression is compiled as ever.
"""

import atexit
import os
import re
import sys
import zlib
from array import array
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from importlib import import_module
from importlib.util import cache_from_source
from marshal import dumps, loads
from pathlib import Path
from typing import Any, NamedTuple

from commitments.engine.compiling import uncollected

_MOST = 1 << 24  # bytes of the file: with what changed rules left behind it is begun anew
_SUM = 4  # bytes of its checksum
_RULES = Path(__file__).resolve().parents[1] / "rules"


class _Inner(NamedTuple):
    """What Python's own modules do not promise: made is `_sre.compile`, parse and code are the steps before it."""

    made: Callable[..., re.Pattern[str]]
    parse: Callable[..., Any]
    code: Callable[..., list[int]]
    version: bytes


class _Row(NamedTuple):
    """One expression. flags, groups, names, numbers: as `_sre.compile` takes them.

    code  unsigned numbers of 4 bytes each
    """

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]
    numbers: tuple[str | None, ...]


class Kept:
    """The expressions that are kept in the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._inner = _inner()
        self._rows: dict[bytes, tuple[Any, ...]] | None = None
        self._needed: set[bytes] = set()  # of those, the keys of what was asked for
        self._new = False

    def compiled(self, expression: str) -> re.Pattern[str]:
        """Return what `re.compile` does. Raises re.error as it does."""
        taken = self.taken(expression)
        if taken or self._inner is None or self._rows is None:
            return taken or re.compile(expression)
        key = _key(expression)
        try:
            row = self._compiled(expression)
            made = self._revived(expression, row)
        except re.error:
            raise
        except Exception:  # whatever another Python's inner functions answer
            return re.compile(expression)
        self._rows[key], self._new = tuple(row), True
        return made

    def taken(self, expression: str) -> re.Pattern[str] | None:
        """Return the expression as it was kept, or None where it was not."""
        if self._inner is None:
            return None
        if self._rows is None:
            self._rows = self._read()
        key = _key(expression)
        self._needed.add(key)
        if key in self._rows:
            with suppress(RuntimeError, TypeError, ValueError, OverflowError):  # numbers that make no expression
                return self._revived(expression, _Row(*self._rows[key]))
        return None

    def __len__(self) -> int:
        return len(self._rows or ())

    def keep(self) -> None:
        """Write what was compiled since the file was read. Raises OSError where that cannot be done."""
        if not self._new or self._rows is None or self._inner is None:
            return
        rows = dumps(self._read() | self._rows)
        if len(rows) > _MOST:
            rows = dumps({key: row for key, row in self._rows.items() if key in self._needed})
        write(self._path, self._inner.version, rows)
        self._new = False

    def _read(self) -> dict[bytes, tuple[Any, ...]]:
        """Return the rows of the file; none where it is of another Python or not whole."""
        body = read(self._path, self._inner.version if self._inner else b"")
        if body is None:
            return {}
        rows: dict[bytes, tuple[Any, ...]] = loads(body)  # noqa: S302  (its own file, as whole as it was written)
        return rows

    def _compiled(self, expression: str) -> _Row:
        assert self._inner
        with uncollected():
            tree = self._inner.parse(expression, 0)
            code = array("I", self._inner.code(tree, 0))
        state = tree.state
        numbers: list[str | None] = [None] * state.groups
        for name, number in state.groupdict.items():
            numbers[number] = name
        return _Row(state.flags, code.tobytes(), state.groups - 1, state.groupdict, tuple(numbers))

    def _revived(self, expression: str, row: _Row) -> re.Pattern[str]:
        assert self._inner
        code = array("I", row.code)
        return self._inner.made(expression, row.flags, code.tolist(), row.groups, row.names, row.numbers)


def _key(expression: str) -> bytes:
    return blake2b(expression.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def write(path: Path, version: bytes, content: bytes) -> None:
    """Write a file that `read` gives back whole or not at all. Raises OSError where that cannot be done."""
    body = version + content
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(zlib.crc32(body).to_bytes(_SUM, "big") + body)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def read(path: Path, version: bytes) -> memoryview | None:
    """Return what was written for this version; None where there is nothing, or it is not whole."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = memoryview(data)[_SUM:]
    if body[: len(version)] != version or zlib.crc32(body).to_bytes(_SUM, "big") != data[:_SUM]:
        return None
    return body[len(version) :]


@cache
def _inner() -> _Inner | None:
    """Return the inner functions of this Python's `re`, or None where they are not as they are known here."""
    try:
        made, parser, compiler = import_module("_sre"), import_module("re._parser"), import_module("re._compiler")
        if array("I").itemsize != made.CODESIZE:
            return None
        version = f"{sys.version} {made.MAGIC} {sys.byteorder}\n".encode()
        return _Inner(made.compile, parser.parse, compiler._code, version)
    except (ImportError, AttributeError):
        return None


def compiled(expression: str) -> re.Pattern[str]:
    """Return what `re.compile` does, without compiling what an earlier process compiled. Raises re.error as it does."""
    return expressions().compiled(expression)


@cache
def expressions() -> Kept:
    """Return the expressions of the product. What is new is kept at the end of the process."""
    kept = Kept(place())
    at_the_end(kept.keep)
    return kept


def place(name: str = "expressions", ending: str = ".sre") -> Path:
    """Return the path of a file; it follows PYTHONPYCACHEPREFIX, as compiled modules do."""
    return Path(cache_from_source(str(_RULES / f"{name}.py"))).with_suffix(ending)


def at_the_end(keep: Callable[[], None]) -> None:
    """Keep something when the process ends, also where PYTHONDONTWRITEBYTECODE is set: that tells of modules only."""
    atexit.register(_keep, keep)


def _keep(keep: Callable[[], None]) -> None:
    with suppress(OSError):  # a folder that cannot be written: then it is made anew
        keep()
